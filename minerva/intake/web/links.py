"""Links: addresses and hidden fields of a web page. Text alone is read, nothing is drawn or run.

What is asked of a page is answered in the limited child process: a page can keep any parser of pages busy.
"""

from __future__ import annotations

import fnmatch
import io
from collections.abc import Mapping
from typing import Any

from minerva.intake.errors import FileError, PagingError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.facts.web import FindLink
from minerva.intake.formats.limits import LIMITS, Limits
from minerva.intake.formats.page_parts import FIELDS, LINKS
from minerva.intake.formats.read import read_rows


def hidden_fields(body: bytes, *, limits: Limits = LIMITS) -> dict[str, str]:
    """The hidden fields of a page's forms, such as __VIEWSTATE. Raises PagingError if there are none."""
    fields = {str(row["name"]): str(row["value"]) for row in _rows(body, ReadFacts(format=FIELDS), limits)}
    if not fields:
        raise PagingError("the page holds no form whose hidden fields could be sent back")
    return fields


def linked(
    body: bytes, *, select: str = "", pattern: str = "", pick: str = "first", limits: Limits = LIMITS
) -> str | None:
    """The address of the first (or last) link that a CSS selector or a regular expression finds, None for none."""
    if select:
        found = _selected(body, select, limits)
    else:
        found = [str(row["href"]) for row in _rows(body, ReadFacts(format=LINKS, row=pattern), limits)]
    return None if not found else found[0 if pick == "first" else -1]


def _rows(body: bytes, facts: ReadFacts, limits: Limits) -> list[Mapping[str, Any]]:
    return [row.columns for row in read_rows(io.BytesIO(body), facts, "page", limits=limits) if row.columns is not None]


def _selected(body: bytes, select: str, limits: Limits) -> list[str]:
    try:
        rows = _rows(body, ReadFacts(format="html", row=select, cells={"href": "@href"}), limits)
    except FileError as error:
        if error.code != "html":  # that it holds no such link
            raise
        return []
    return [str(row["href"]).strip() for row in rows if row.get("href")]


def listed(items: Any, facts: FindLink) -> str | None:
    """The address in a JSON list whose item has every value of `where` (globs, case not minded), None for none."""
    if not isinstance(items, list):
        raise PagingError(f"the answer holds no list at {facts.list!r}; the source has changed or the facts are wrong")
    found = [item[facts.url] for item in items if _fits(item, facts.where) and isinstance(item.get(facts.url), str)]
    return None if not found else str(found[0 if facts.pick == "first" else -1])


def _fits(item: Any, where: Mapping[str, str]) -> bool:
    return isinstance(item, dict) and all(
        fnmatch.fnmatchcase(str(item.get(name, "")).lower(), glob.lower()) for name, glob in where.items()
    )
