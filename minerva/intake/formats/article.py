"""Article: the title and main text of a web page, without menus, forms and advertisements. Runs in the limited child.

The main part is what the page marks as its article; else the element whose paragraphs hold the most text outside of
links. Nothing that a page names is fetched, and no script runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.pages import page_tree, text_of
from minerva.intake.rows import Row

MAX_TEXT_CHARS = 200_000
_UNSEEN = (
    *("script", "style", "template", "svg", "noscript", "iframe", "form", "nav", "aside", "button", "select", "dialog"),
    *("object", "video", "audio", "figure", "menu"),
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|sidebar|comments?|related|share|social|cookie|consent|advert|ads?|promo|newsletter|"
    r"breadcrumbs?|footer|subscribe|popup|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED = ('[itemprop="articleBody"]', "article", "main", '[role="main"]')
_PARTS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "pre", "dd", "dt")
_FEWEST_CHARS = 25
"""Of a paragraph that counts as running text: a shorter one is as often a label."""
_ENOUGH_CHARS = 140
"""Of a part that a page marks as its article; marks round a teaser or an empty frame hold less."""
_MOST_LINKED = 0.5
_MOST_ELEMENTS = 50_000


def article_rows(content: bytes, facts: ReadFacts, name: str) -> Iterator[Row]:
    """One row: title, text, published, modified, author, publisher, language, url; "" for what the page does not say.

    Raises FileError (`article`) for a page without running text, (`html_bomb`) for one of too many elements.
    """
    page = page_tree(content, facts.encodings, name)
    stated = _stated(page)
    headline = page.find("h1")
    _clear(page, name)
    main = _main(page)
    text = _running_text(main)[:MAX_TEXT_CHARS] if main is not None else ""
    if not text:
        raise FileError("article", f"{name}: the page holds no running text")
    first = text_of(headline) if headline is not None else ""
    title = stated("og:title", "twitter:title") or first or (text_of(page.title) if page.title else "")
    when = page.select_one("article time[datetime], main time[datetime], time[datetime][itemprop]")
    link = page.find("link", rel="canonical", href=True)
    html = page.find("html")
    row = {
        "title": " ".join(title.split())[:1000],
        "text": text,
        "published": stated("article:published_time", "datePublished", "date", "dc.date", "dcterms.issued")
        or (str(when["datetime"]) if when is not None else ""),
        "modified": stated("article:modified_time", "dateModified", "dcterms.modified"),
        "author": stated("author", "article:author", "dc.creator", "byl"),
        "publisher": stated("og:site_name", "publisher", "dc.publisher"),
        "language": str((html.get("lang") if html is not None else "") or "").strip(),
        "url": stated("og:url") or (str(link["href"]).strip() if link is not None else ""),
    }
    yield cleaned_row(name, row, facts)


def _stated(page: Any) -> Any:
    """What the page's head says by any of these names, the first that says something."""
    said: dict[str, str] = {}
    for meta in page.find_all("meta", content=True, limit=500):
        key = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = " ".join(str(meta["content"]).split())[:1000]
        if key and value:
            said.setdefault(key, value)
    return lambda *names: next((said[name.lower()] for name in names if name.lower() in said), "")


def _clear(page: Any, name: str) -> None:
    """Take out what is no running text wherever it stands."""
    if len(page.find_all(True, limit=_MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
        raise FileError("html_bomb", f"{name}: the page holds more than {_MOST_ELEMENTS} elements")
    for element in page(_UNSEEN):
        element.decompose()
    for element in page.find_all(True):
        if element.decomposed or element.name in ("html", "body", "main", "article"):
            continue
        frame = element.name in ("header", "footer") and element.find_parent(("article", "main")) is None
        if frame or element.has_attr("hidden") or element.get("aria-hidden") == "true" or _is_beside(element):
            element.decompose()


def _is_beside(element: Any) -> bool:
    names = element.get("class") or []
    words = " ".join([*(names if isinstance(names, list) else [str(names)]), str(element.get("id") or "")])
    return bool(words) and _BESIDE.search(words) is not None and not element.find("article")


def _main(page: Any) -> Any:
    for selector in _MARKED:
        found = max(page.select(selector), key=_worth, default=None)
        if found is not None and _worth(found) >= _ENOUGH_CHARS:
            return found
    scores: dict[int, float] = {}
    parts: dict[int, Any] = {}
    for paragraph in page.find_all(("p", "pre", "blockquote")):
        text = paragraph.get_text(" ", strip=True)
        if len(text) < _FEWEST_CHARS:
            continue
        worth = (1 + text.count(",") + min(len(text) / 100, 3)) * (1 - _linked(paragraph))
        for part, share in ((paragraph.parent, 1.0), (paragraph.parent.parent if paragraph.parent else None, 0.5)):
            if part is not None and part.name not in ("html", "[document]"):
                parts[id(part)] = part
                scores[id(part)] = scores.get(id(part), 0.0) + worth * share
    return parts[max(scores, key=lambda key: scores[key])] if scores else None


def _worth(part: Any) -> int:
    return sum(
        len(text)
        for paragraph in part.find_all(("p", "pre", "blockquote"))
        if len(text := paragraph.get_text(" ", strip=True)) >= _FEWEST_CHARS and _linked(paragraph) < _MOST_LINKED
    )


def _linked(part: Any) -> float:
    """The share of a part's text that stands in links."""
    size = len(part.get_text(" ", strip=True))
    inside = sum(len(link.get_text(" ", strip=True)) for link in part.find_all("a"))
    return inside / size if size else 0.0


def _running_text(main: Any) -> str:
    lines = []
    kept: set[int] = set()
    for part in main.find_all(_PARTS):
        if any(id(above) in kept for above in part.parents):
            continue
        if part.name in ("li", "dd", "dt") and _linked(part) >= _MOST_LINKED:
            continue
        text = text_of(part)
        if text:
            kept.add(id(part))
            lines.append(text)
    return "\n".join(lines)
