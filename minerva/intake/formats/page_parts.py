"""Page parts: the addresses of a web page's links and the hidden fields of its forms. Runs in the limited child.

No tree is made: a page may be a hundred times what its links are. The parser of the standard library, and regular
expressions, can be kept busy for hours by a page that is made for it, which is why they work there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.rows import Row

LINKS, FIELDS = PAGE_PARTS = ("links", "fields")
"""Formats that facts of a source cannot name: rows of `href` that the regular expression in `row` finds, and rows of
`name` and `value`."""
_MOST_LINKS = 20_000
_LONGEST = 8192
_LONGEST_FIELD = 4 * 1024 * 1024
_MOST_FIELDS = 200


class _Page(HTMLParser):
    """Collects the addresses of links and the hidden fields of forms."""

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


def page_parts(content: bytes, facts: ReadFacts, name: str) -> Iterator[Row]:
    """The rows of a page's links or fields. Raises FileError (`links`) for what is no regular expression."""
    page = _Page()
    page.feed(content.decode("utf-8", "replace"))
    if facts.format == FIELDS:
        for key, value in page.fields.items():
            yield Row(name, {"name": key, "value": value})
        return
    try:
        wanted = re.compile(facts.row)
    except re.error:
        raise FileError(LINKS, f"{name}: the facts hold no regular expression: {facts.row!r}") from None
    for link in page.links:
        if wanted.search(link):
            yield Row(name, {"href": link})
