"""Child reader: the process that reads one file for limited_child.py, and nothing else.

Standard input is the file. Each line of standard output is JSON: a row [place, columns, fault], at the end an object
with the code of what went wrong ("" if nothing did), its words and counts.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from minerva.intake.errors import BodyError, FileError
from minerva.intake.facts.reading import ReadFacts, Span
from minerva.intake.formats.limits import Limits, seconds_of, words_of
from minerva.intake.formats.read import rows_here
from minerva.intake.rows import ReadCounts
from minerva.limited_process import SlowError, limit_process


def main() -> None:
    """Arguments: where modules are found (the caller has used it), and the order as JSON."""
    order = json.loads(sys.argv[2])
    facts, limits = facts_of(order["facts"]), Limits(**order["limits"])
    _load_libraries(facts.format)  # what the interpreter and libraries take is not the file's
    if order["limited"]:
        limit_process(limits.memory_bytes, seconds_of(facts, limits))
    code = facts.format if facts.unpack == "none" else facts.unpack.replace(".", "_")
    out, met = sys.stdout.buffer, ReadCounts()
    words = ""
    try:
        source: Any = sys.stdin.buffer
        if not source.seekable():
            source = io.BytesIO(source.read(limits.document_bytes + 1))
        for row in rows_here(source, facts, order["name"], order["needed"], met, limits):
            line = json.dumps([row.place, row.columns, row.fault], ensure_ascii=False)
            out.write(line.encode("utf-8", "replace") + b"\n")
        code = ""
    except (FileError, BodyError) as error:
        code, words = error.code, str(error)
    except MemoryError:
        code += "_memory"
    except SlowError:
        code += "_slow"
    except RecursionError:
        code += "_depth"
    words = words or (f"{order['name']}: {words_of(code)}" if code else "")
    out.write(json.dumps({"code": code, "message": words, "met": met.counts}).encode("utf-8", "replace") + b"\n")
    out.flush()


def facts_of(document: dict[str, Any]) -> ReadFacts:
    """ReadFacts from what JSON made of them."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in document.items()
    }
    values["columns"] = tuple(Span(**span) for span in document["columns"])
    for key in ("nulls", "stop_at"):
        values[key] = frozenset(document[key])
    return ReadFacts(**values)


def _load_libraries(kind: str) -> None:
    if kind in ("xlsx", ""):
        import openpyxl  # noqa: F401
    if kind in ("html", "article", ""):
        import bs4
        import html5lib  # noqa: F401

        bs4.BeautifulSoup("<p></p>", "html5lib").select("p")
    if kind == "mail":
        import bs4

        bs4.BeautifulSoup("<p></p>", "html.parser")
    if kind in ("rss", ""):
        import bs4
        import feedparser  # type: ignore[import-untyped]

        bs4.BeautifulSoup("<p></p>", "html.parser")
        feedparser.parse(io.BytesIO(b"<rss version='2.0'/>"))
    if kind in ("xml", "ods", "xlsx", ""):
        import defusedxml.ElementTree  # noqa: F401
