"""Pages: the rows of an HTML table, or the items of a listing. Runs in the limited child.

Only texts and attributes are read: no script runs, nothing that a page names is fetched, no image is kept.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.tables import MAX_COLUMNS, Numbered, table_rows
from minerva.intake.rows import Row

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})([^<>]*)>?")
_NEVER_DEEP = frozenset(
    ["a", "area", "base", "body", "br", "button", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
     "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td",
     "tfoot", "th", "thead", "tr", "track", "wbr"]
)  # fmt: skip
"""Elements that hold nothing, or that pages may leave open: the next one, or what holds them, closes them."""
_OF_DRAWINGS = frozenset(["circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use"])
_MOST_DEEP = 512
"""Elements in each other, as in browsers: the tree of a page takes the square of its depth."""
_UNSEEN = ("script", "style", "template", "svg", "noscript")
_MAX_CELLS = 5_000_000
_CAPTCHA = ",".join(
    (
        '[class*="captcha" i]',
        '[id*="captcha" i]',
        'iframe[src*="captcha" i]',
        'iframe[src*="turnstile" i]',
        ".cf-turnstile",
    )
)


def decoded_page(content: bytes, encodings: Sequence[str]) -> str:
    """A page as text: UTF-8 or UTF-16 if it is that, else what its `meta` says, the facts' encodings, Windows-1252."""
    found = _CHARSET.search(content[:4096])
    stated = [found[1].decode("ascii")] if found else []
    first = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    for codec in (first, *stated, *encodings, "cp1252"):
        try:
            return content.decode(codec)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def page_tree(content: bytes, encodings: Sequence[str], name: str) -> Any:
    """A page as a tree of elements. Raises FileError (`html_depth`) for more than 512 elements in each other."""
    from bs4 import BeautifulSoup

    text = decoded_page(content, encodings)
    if _is_too_deep(text):
        raise FileError("html_depth", f"{name}: more than {_MOST_DEEP} elements lie in each other")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of texts that look like an address: it opens none
        return BeautifulSoup(text, "html5lib")


def _is_too_deep(text: str) -> bool:
    opened: dict[str, int] = {}
    depth = 0
    for closing, written, rest in _TAG.findall(text):
        tag = written.lower()
        if tag in _NEVER_DEEP or (tag in _OF_DRAWINGS and rest.endswith("/")):
            continue
        if not closing:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            if depth > _MOST_DEEP:
                return True
        elif opened.get(tag):
            opened[tag] -= 1
            depth -= 1
    return False


def page_rows(content: bytes, facts: ReadFacts, name: str, needed: Sequence[str]) -> Iterator[Row]:
    """The items that `row` selects, with the texts of `cells`; else the rows of the table that `table` names.

    Raises FileError (`html`) if the page holds no such table or item.
    """
    page = page_tree(content, facts.encodings, name)
    for element in page(_UNSEEN):
        element.decompose()
    if facts.row:
        return _listing(page, facts, name)
    table = _table(page, facts.table, name)
    return table_rows(_cells(table, facts, name), facts, needed, name)


def _wall(page: Any) -> str:
    """What stands between a page and its readers: `captcha`, `login_wall`, or "" for neither. Both are left alone."""
    if page.select_one(_CAPTCHA) is not None:
        return "captcha"
    return "login_wall" if page.select_one('input[type="password"]') is not None else ""


def _listing(page: Any, facts: ReadFacts, name: str) -> Iterator[Row]:
    items = _select(page, facts.row, name)
    if not items:
        raise FileError(
            _wall(page) or "html",
            f"{name}: the page holds no {facts.row!r}; the source has changed, or there is nothing",
        )
    for number, item in enumerate(items, 1):
        if number <= facts.skip_rows:
            continue
        columns: dict[str, Any] = {}
        for column, selector in (facts.cells or {"text": ""}).items():
            css, _, attribute = selector.partition("@")
            found = _select(item, css.strip(), name) if css.strip() else [item]
            texts = [_attribute(part, attribute) if attribute else text_of(part) for part in found]
            columns[column] = texts[0] if len(texts) == 1 else [text for text in texts if text] or ""
        yield cleaned_row(f"{name}#{number}", columns, facts)


def _select(part: Any, selector: str, name: str) -> list[Any]:
    from soupsieve import SelectorSyntaxError

    try:
        return list(part.select(selector))
    except (SelectorSyntaxError, NotImplementedError, ValueError):
        raise FileError("html", f"{name}: the facts hold no CSS selector: {selector!r}") from None


def _attribute(part: Any, attribute: str) -> str:
    value = part.get(attribute.strip(), "")
    return " ".join(value) if isinstance(value, list) else str(value).strip()


def text_of(part: Any) -> str:
    """The text of an element, its pieces apart by a blank, line breaks kept."""
    for line_break in part.find_all("br"):
        line_break.replace_with("\n")
    lines = " ".join(piece if piece == "\n" else piece.strip(" \t\r\n") for piece in part.strings).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _table(page: Any, wanted: str, name: str) -> Any:
    if wanted.isascii() and wanted.isdigit():
        tables = page.find_all("table", limit=int(wanted) + 1)
        found = tables[int(wanted)] if len(tables) > int(wanted) else None
    else:
        found = next(iter(_select(page, wanted, name)), None)
    if found is None:
        raise FileError(_wall(page) or "html", f"{name}: the page holds no table {wanted!r}; the source has changed")
    return found


def _cells(table: Any, facts: ReadFacts, name: str) -> Iterator[Numbered]:
    """The cells of each row, those that span columns or rows repeated where they span."""
    waiting: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    total = 0
    for number, row in enumerate(table.find_all("tr"), 1):
        if row.find_parent("table") is not table:
            continue
        cells: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _fill(cells, waiting)
            text = text_of(cell)
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    waiting[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
            if len(cells) > MAX_COLUMNS:
                break
        _fill(cells, waiting)
        total += len(cells)
        if total > _MAX_CELLS:
            raise FileError("html_bomb", f"{name}: the table's cells span without end")
        if number > facts.skip_rows:
            yield f"{name}:{number}", cells if len(cells) <= MAX_COLUMNS else None, "columns"


def _fill(cells: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    while len(cells) in waiting:
        left, text = waiting.pop(len(cells))
        if left > 1:
            waiting[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return min(max(int(text), 1), 1000) if text.isascii() and text.isdigit() and len(text) < 6 else 1
