"""Links: addresses and hidden fields of a web page. Text alone is read, nothing is drawn or run.

CSS selectors are answered by the reader of HTML, in its limited child process; the rest needs no tree.
"""

from __future__ import annotations

import fnmatch
import io
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from minerva.intake.errors import FileError, PagingError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.facts.web import FindLink
from minerva.intake.formats.read import read_rows

_MOST_LINKS = 20_000
_LONGEST = 8192
_LONGEST_FIELD = 4 * 1024 * 1024
_MOST_FIELDS = 200


class _Page(HTMLParser):
    """Collects the addresses of links, the page's base, and the hidden fields of its forms."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("a", "area") and given.get("href"):
            if len(self.links) < _MOST_LINKS and len(given["href"]) <= _LONGEST:
                self.links.append(given["href"].strip())
        elif tag == "input" and given.get("type", "").lower() == "hidden" and self._is_kept(given):
            self.fields[given["name"]] = given.get("value", "")

    def _is_kept(self, given: Mapping[str, str]) -> bool:
        few = len(self.fields) < _MOST_FIELDS and len(given.get("value", "")) <= _LONGEST_FIELD
        return few and bool(given.get("name"))

    handle_startendtag = handle_starttag


def _page(body: bytes) -> _Page:
    page = _Page()
    page.feed(body.decode("utf-8", "replace"))
    return page


def hidden_fields(body: bytes) -> dict[str, str]:
    """The hidden fields of a page's forms, such as __VIEWSTATE. Raises PagingError if there are none."""
    fields = _page(body).fields
    if not fields:
        raise PagingError("the page holds no form whose hidden fields could be sent back")
    return fields


def linked(body: bytes, *, select: str = "", pattern: str = "", pick: str = "first") -> str | None:
    """The address of the first (or last) link that a CSS selector or a regular expression finds, None for none."""
    found = list(_selected(body, select) if select else _matching(body, pattern))
    return None if not found else found[0 if pick == "first" else -1]


def _selected(body: bytes, select: str) -> Iterator[str]:

    facts = ReadFacts(format="html", row=select, cells={"href": "@href"})
    try:
        for row in read_rows(io.BytesIO(body), facts, "page"):
            href = (row.columns or {}).get("href")
            if href:
                yield str(href).strip()
    except FileError as error:
        if error.code != "html":  # that it holds no such link
            raise


def _matching(body: bytes, pattern: str) -> Iterator[str]:
    wanted = re.compile(pattern)
    return (link for link in _page(body).links if wanted.search(link))


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
