"""Rows of an XLSX sheet, read by expat within limits: the app ships no library for workbooks (see docs/decisions)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from minerva.imports.model import ImportRefused
from minerva.zips import BROKEN

MOST_ENTRIES, MOST_UNPACKED, MOST_CELLS, MOST_CELL, MOST_COLUMNS = 200, 64 * 1024 * 1024, 2_000_000, 32_767, 200
MOST_ELEMENTS = 4_000_000
"""XML elements of all parts that are read: a few bytes of a packed part can be millions of them that say nothing."""
_UNREADABLE = "the workbook cannot be read: save the table as CSV"
Element = tuple[str, Mapping[str, str], str]
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Workbook:
    """An opened workbook; `sheets` are its names in order. Raises ImportRefused."""

    def __init__(self, data: bytes) -> None:
        self._parts = _parts(data)
        self._elements_left = MOST_ELEMENTS
        links: dict[str, str] = {}
        for tag, given, _ in self._elements(self._part("xl/_rels/workbook.xml.rels"), ("Relationship",)):
            if tag == "Relationship":
                target = given.get("Target", "")
                links[given.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
        self.sheets: dict[str, str] = {}
        for _, given, _ in self._elements(self._part("xl/workbook.xml"), ("sheet",)):
            part = posixpath.normpath(links.get(given.get(f"{_RELATED} id", given.get("r:id", "")), ""))
            self.sheets[given.get("name", "")] = part
        self._shared = [
            text[:MOST_CELL] for _, _, text in self._elements(self._parts.get("xl/sharedStrings.xml", b""), ("si",))
        ]

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """Cells of each row as text; empty rows are left out."""
        cells: dict[int, str] = {}
        count = 0
        for tag, given, text in self._elements(self._part(self.sheets[sheet]), ("c", "row")):
            if tag == "row":
                if any(cells.values()):
                    yield [cells.get(at, "") for at in range(max(cells) + 1)]
                cells = {}
                continue
            count += 1
            at = _column(given.get("r", ""), len(cells))
            if count > MOST_CELLS or at >= MOST_COLUMNS:
                raise ImportRefused(f"a sheet has more than {MOST_CELLS} cells or {MOST_COLUMNS} columns")
            cells[at] = self._text(given.get("t", ""), text)[:MOST_CELL]

    def _text(self, kind: str, text: str) -> str:
        if kind == "s":
            place = int(text) if text.isascii() and text.isdigit() else len(self._shared)
            return self._shared[place] if place < len(self._shared) else ""
        return re.sub(r"_x005F_", "_", text) if kind == "inlineStr" else text

    def _elements(self, data: bytes, wanted: tuple[str, ...]) -> Iterator[Element]:
        """As _elements, within what is left of the workbook's. Raises ImportRefused."""
        self._elements_left -= data.count(b"<") - data.count(b"</")
        if self._elements_left < 0:
            raise ImportRefused(f"the workbook has more than {MOST_ELEMENTS} elements: save the table as CSV")
        return _elements(data, wanted)

    def _part(self, name: str) -> bytes:
        if name not in self._parts:
            raise ImportRefused(_UNREADABLE)
        return self._parts[name]


def _parts(data: bytes) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise ImportRefused(_UNREADABLE)
            found, left = {}, MOST_UNPACKED
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as file:
                        found[entry.filename] = file.read(left + 1)
                    left -= len(found[entry.filename])
                    if left < 0:
                        raise ImportRefused("the workbook unpacks to more than it may")
            return found
    except BROKEN as error:
        if isinstance(error, ImportRefused):
            raise
        raise ImportRefused(_UNREADABLE) from error


def _elements(data: bytes, wanted: tuple[str, ...]) -> Iterator[Element]:
    """(name, attributes, all text inside) of each wanted element as it ends; of a cell without its formula."""
    found: list[Element] = []
    open_: list[tuple[str, Mapping[str, str], list[str]]] = []
    silent = 0

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal silent
        bare = name.rpartition(" ")[2]
        if bare in ("f", "rPh"):
            silent += 1
        if bare in wanted:
            open_.append((bare, given, []))

    def end(name: str) -> None:
        nonlocal silent
        bare = name.rpartition(" ")[2]
        if bare in ("f", "rPh"):
            silent -= 1
        if bare in wanted:
            tag, given, texts = open_.pop()
            found.append((tag, given, "".join(texts)))

    def text(piece: str) -> None:
        if open_ and not silent:
            open_[-1][2].append(piece)

    def refuse(*_: object) -> None:
        raise ImportRefused("the workbook declares a document type of its own, which is not read")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = refuse
    try:
        for at in range(0, len(data), 65_536):
            parser.Parse(data[at : at + 65_536], False)
            yield from found
            found.clear()
        if data:
            parser.Parse(b"", True)
        yield from found
    except expat.ExpatError:
        raise ImportRefused(_UNREADABLE) from None


def _column(place: str, following: int) -> int:
    """The column of `AB12`, counted from 0; the following one where a cell says none."""
    letters = re.match(r"[A-Z]{1,3}", place)
    if not letters:
        return following
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1
