"""Feeds: the entries of RSS and Atom, as feedparser names them. Runs in the limited child; nothing is fetched."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterator
from typing import Any

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.pages import text_of
from minerva.intake.rows import Row

_MAX_DEPTH = 8


def feed_rows(content: bytes, facts: ReadFacts, name: str) -> Iterator[Row]:
    """Each entry: title, link, id, summary, author, published, `published_parsed` (UTC, ISO), tags, content, links;
    `plain` is its content, or else its summary, without markup.

    A feed that ends in the middle gives what it holds, then a Row with the fault `rss`.
    """
    from xml.sax import SAXException

    import feedparser  # type: ignore[import-untyped]

    # A stream, since feedparser would fetch or open what a text names.
    feed = feedparser.parse(io.BytesIO(content), resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise FileError("rss", f"{name}: not an RSS or Atom feed")
    for number, entry in enumerate(feed.entries, 1):
        if number > facts.skip_rows:
            yield cleaned_row(f"{name}#{number}", {**_plain(entry, 0), "plain": _text(entry)}, facts)
    if feed.bozo and isinstance(feed.bozo_exception, SAXException):
        yield Row(name, None, "rss")


def _text(entry: Any) -> str:
    """The longest of what an entry says, without markup."""
    from bs4 import BeautifulSoup

    parts = [str(part.get("value") or "") for part in entry.get("content") or [] if isinstance(part, dict)]
    text = max([*parts, str(entry.get("summary") or "")], key=len)
    if "<" not in text and "&" not in text:
        return text.strip()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of texts that look like an address: it opens none
        page = BeautifulSoup(text, "html.parser")
    for element in page(("script", "style")):
        element.decompose()
    for block in page(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote")):
        block.append("\n")
    return text_of(page)


def _plain(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, time.struct_time):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", value) if value.tm_year > 0 else ""
    if isinstance(value, dict):
        return {str(key): _plain(item, depth + 1) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(item, depth + 1) for item in value]
    return value if isinstance(value, (str, int, bool)) else str(value)
