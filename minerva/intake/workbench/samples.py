"""Samples: pasted, uploaded or fetched bytes as rows, and how they are to be read, guessed where nobody says it."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minerva.intake.errors import BodyError, FactsError, FileError
from minerva.intake.facts.reading import READING_KEYS, read_facts
from minerva.intake.facts.shape import Table, check
from minerva.intake.formats.archives import SUFFIXES
from minerva.intake.formats.read import read_rows
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.rows import Row

MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS, MAX_CELLS = 500, 40_000
_PROBE = 64 * 1024
_DELIMITERS = ",;\t|"
_UNITS = {"csv": "line", "tsv": "line", "fixed": "line", "lines": "line", "jsonl": "line"}


@dataclass(frozen=True)
class Sample:
    """Rows of a sample, at most MAX_ROWS, and of wide ones as many as hold MAX_CELLS; `fault` says in words why reading
    ended early, "" if it did not."""

    rows: tuple[Row, ...]
    reading: Mapping[str, Any]
    more: bool
    fault: str = ""


def read_sample(content: bytes, reading: Mapping[str, Any] | None = None) -> Sample:
    """The rows of a sample, read as `reading` says (the reading keys of a source) or as it looks.

    Raises FactsError for wrong reading keys. What cannot be read is the sample's fault, with the rows before it.
    """
    if len(content) > MAX_BYTES:
        return Sample(
            (),
            dict(reading or {}),
            False,
            f"the sample is longer than {MAX_BYTES // 1024 // 1024} MiB: a part of it will do",
        )
    keys = dict(reading) if reading else guess_reading(content)
    problems = check(keys, Table(optional=READING_KEYS))
    if problems:
        raise FactsError(f"{'.'.join(map(str, problems[0].path))}: {problems[0].message}")
    rows: list[Row] = []
    cells = 0
    try:
        for row in read_rows(io.BytesIO(content), read_facts(keys), "sample"):
            if len(rows) == MAX_ROWS or cells >= MAX_CELLS:
                return Sample(tuple(rows), keys, True)
            rows.append(row)
            cells += len(row.columns or ())
    except FileError as error:
        return Sample(tuple(rows), keys, False, str(error).removeprefix("sample: "))
    return Sample(tuple(rows), keys, False)


def guess_reading(content: bytes) -> dict[str, Any]:
    """How bytes are to be read, as reading keys of a source: format, packing, delimiter, encoding, list."""
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(b"\x1f\x8b"):
        try:
            start = zlib.decompressobj(wbits=31).decompress(content, _PROBE)
        except zlib.error:
            start = b""
        return {**guess_reading(start), "unpack": "gzip"}
    try:
        text, more = content.decode("utf-8-sig"), {}
    except UnicodeDecodeError:
        text, more = content.decode("cp1252", "replace"), {"encodings": ["cp1252"]}
    text = text.lstrip()
    if text.startswith("<"):
        return {**_marked_up(text[:_PROBE]), **more}
    if text.startswith(("{", "[")):
        return {**_json(content, text), **more}
    return {**_delimited(text[:_PROBE]), **more}


def _zipped(content: bytes) -> dict[str, Any]:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()[:1000]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return {"format": "csv", "unpack": "zip"}
    if "xl/workbook.xml" in names:
        return {"format": "xlsx"}
    if "content.xml" in names:
        return {"format": "ods"}
    kinds = [SUFFIXES.get(name.rpartition(".")[2].lower(), "") for name in names]
    return {"format": next((kind for kind in kinds if kind), "csv"), "unpack": "zip"}


def _marked_up(text: str) -> dict[str, Any]:
    head = text[:2000].lower()
    if re.search(r"<(rss|feed|rdf:rdf)\b", head):
        return {"format": "rss"}
    if re.search(r"<!doctype html|<html\b|<body\b|<table\b", head):
        return {"format": "html"}
    return {"format": "xml"}


def _json(content: bytes, text: str) -> dict[str, Any]:
    try:
        document = parse_json(content)
    except BodyError:
        first = text.partition("\n")[0].strip()
        try:
            return {"format": "jsonl" if isinstance(json.loads(first), dict) else "json"}
        except (ValueError, RecursionError):
            return {"format": "json"}
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return {"format": "geojson"}
    items = _longest_list(document)
    return {"format": "json", **({"items": items} if items else {})}


def _longest_list(document: Any, path: str = "", depth: int = 0) -> str:
    """The dotted path of the longest list of objects in a document, "" for the document itself."""
    best, size = "", 0
    waiting = [(document, path, depth)]
    while waiting:
        value, where, level = waiting.pop()
        objects = sum(isinstance(item, dict) for item in value) if isinstance(value, list) else 0
        if objects > size and objects * 2 >= len(value):
            best, size = where, objects
        elif isinstance(value, dict) and level < 4:
            waiting += [
                (inner, f"{where}.{name}" if where else str(name), level + 1)
                for name, inner in value.items()
                if "." not in str(name)
            ]
    return best


def _delimited(text: str) -> dict[str, Any]:
    lines = [line for line in text.splitlines() if line.strip()][:20]
    best, fewest = "", 0
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines] or [0]
        even = sum(1 for count in counts if count and abs(count - counts[0]) <= max(2, counts[0] // 4))
        if counts[0] and even * 2 >= len(counts) and counts[0] > fewest:
            best, fewest = delimiter, counts[0]
    if not best:
        return {"format": "csv" if len(lines) > 1 else "lines"}
    if best == "\t":
        return {"format": "tsv"}
    return {"format": "csv", **({} if best == "," else {"delimiter": best})}
