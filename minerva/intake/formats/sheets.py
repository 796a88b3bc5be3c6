"""Sheets: the cells of workbooks (XLSX, ODS) as text. Runs in the limited child.

A 135 kB workbook can unpack to 50 MiB and cost a minute, one of 6.8 MB took 558 MB of memory (measured): the zip's own
sizes are judged before its content is, and what its cells give is counted, since a few bytes can name a far row, repeat
a row, or stand for a long text. Formulas stay the text they are; no image of a workbook is looked at.
"""

from __future__ import annotations

import fnmatch
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Union

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.tables import MAX_COLUMNS, MAX_FIELD_CHARS, MAX_ROW_CHARS, Numbered, table_rows
from minerva.intake.formats.xml_rows import events_of, local
from minerva.intake.rows import Row
from minerva.zips import BROKEN

MAX_ROWS, MAX_REPEATED, MAX_MISSING = 2**20, 2**16, 2**23
"""Rows of a sheet; rows of a workbook that are there only since one with text is repeated; those that no cell is in."""
GIVEN_RATIO, GIVEN_FLOOR_CHARS = 8, 16 * 1024 * 1024
"""Characters that cells may give for each byte of the unpacked workbook, and in any case."""
_UNREADABLE: tuple[type[Exception], ...] = (
    *BROKEN,
    TypeError,
    AttributeError,
    SyntaxError,
    AssertionError,
)
Cells = Iterator[tuple[int, Union[list[str], None]]]
"""Numbers and cells of rows; None of one that has a cell beyond all columns."""


class _Bounds:
    """What is left of what the cells of a workbook may give. Raises FileError."""

    def __init__(self, facts: ReadFacts, name: str, unpacked: int) -> None:
        self._code, self._name = f"{facts.format}_bomb", name
        self._chars = max(GIVEN_FLOOR_CHARS, GIVEN_RATIO * unpacked)
        self._repeated, self._missing = MAX_REPEATED, MAX_MISSING

    def row(self, number: int) -> None:
        """A row of this number is there."""
        if number > MAX_ROWS:
            raise FileError(self._code, f"{self._name}: a row beyond {MAX_ROWS}")

    def miss(self) -> None:
        """A row without a cell was gone through: a far row in each of many sheets costs minutes otherwise."""
        self._missing -= 1
        if self._missing < 0:
            raise FileError(self._code, f"{self._name}: empty rows without end")

    def repeat(self, more: int) -> None:
        """A row with text stands there so many times more."""
        self._repeated -= more
        if self._repeated < 0:
            raise FileError(self._code, f"{self._name}: rows are repeated without end")

    def give(self, chars: int) -> None:
        """Cells of so many characters are given."""
        self._chars -= chars
        if self._chars < 0:
            raise FileError(self._code, f"{self._name}: a long text stands in cells without end")


def sheet_rows(book: BinaryIO, facts: ReadFacts, name: str, needed: Sequence[str], unpacked: int) -> Iterator[Row]:
    """The rows of a workbook's sheets: the first one, those that `sheets` names (`*` stands for any text), or all.

    `unpacked`: bytes of the workbook's parts. Of several sheets each has its own heading, and the column `_sheet`; one
    that cannot be read is a Row with a fault.
    """
    several = len(facts.sheets) > 1 or "*" in "".join(facts.sheets)
    read = _xlsx if facts.format == "xlsx" else _ods
    bounds = _Bounds(facts, name, unpacked)
    found = False
    for number, title, rows in read(book, facts.sheets, name, bounds):
        found = True
        place = f"{name}#{number}" if several else name
        table = table_rows(_numbered(rows, place, facts, bounds), facts, needed, name, sheet=title if several else "")
        try:
            yield from table
        except FileError as error:
            if not several:
                raise
            yield Row(place, None, f"file_{error.code}")
    if not found:
        raise FileError(facts.format, f"{name}: has no such sheet")


def _numbered(rows: Cells, place: str, facts: ReadFacts, bounds: _Bounds) -> Iterator[Numbered]:
    try:
        for number, cells in rows:
            while cells and not cells[-1]:
                cells.pop()
            if number <= facts.skip_rows or cells == []:
                continue
            if cells is None:
                yield f"{place}:{number}", None, "columns"
                continue
            chars = sum(map(len, cells))
            bounds.give(chars)
            if chars > MAX_ROW_CHARS or max(map(len, cells)) > MAX_FIELD_CHARS:
                yield f"{place}:{number}", None, "row_too_long"
            else:
                yield f"{place}:{number}", cells, ""
    except RecursionError:
        raise FileError(facts.format, f"{place}: not a workbook that can be read") from None
    except _UNREADABLE as error:
        if "memory" in str(error).lower():  # the XML parser says it by an error of its own
            raise MemoryError from None
        raise FileError(facts.format, f"{place}: not a workbook that can be read") from None


def _wanted(title: str, number: int, sheets: Sequence[str]) -> bool:
    if not sheets:
        return number == 1
    return title in sheets or any(fnmatch.fnmatchcase(title, sheet) for sheet in sheets if "*" in sheet)


def _xlsx(book: BinaryIO, sheets: Sequence[str], name: str, bounds: _Bounds) -> Iterator[tuple[int, str, Cells]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it drops; only values matter here
        try:
            pages = load_workbook(book, read_only=True, data_only=False, keep_links=False).worksheets
        except RecursionError:
            raise FileError("xlsx", f"{name}: not a workbook that can be read") from None
        except _UNREADABLE as error:
            if "memory" in str(error).lower():
                raise MemoryError from None
            raise FileError("xlsx", f"{name}: not a workbook that can be read") from None
        for number, page in enumerate(pages, 1):
            if _wanted(page.title, number, sheets):
                yield number, page.title, _xlsx_cells(page, bounds)


def _xlsx_cells(page: Any, bounds: _Bounds) -> Cells:
    page.reset_dimensions()  # the declared size is often wrong
    for number, cells in enumerate(page.iter_rows(values_only=True), 1):
        bounds.row(number)
        if not cells:  # openpyxl gives the empty rows before one that is far away
            bounds.miss()
            continue
        beyond = cells[MAX_COLUMNS:]
        yield number, None if beyond.count(None) < len(beyond) else [text_of(cell) for cell in cells[:MAX_COLUMNS]]


def text_of(value: Any) -> str:
    """A cell's value as text: dates in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # a number typed as 5550123 is stored as 5550123.0
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}"
    return str(value)


def _unbroken(events: Iterator[tuple[str, Any]], name: str) -> Iterator[tuple[str, Any]]:
    """The events; where the packed content is damaged, which is seen as it is read, a FileError."""
    try:
        yield from events
    except _UNREADABLE:
        raise FileError("ods", f"{name}: is damaged or cut off") from None


def _ods(book: BinaryIO, sheets: Sequence[str], name: str, bounds: _Bounds) -> Iterator[tuple[int, str, Cells]]:
    """The tables of content.xml (OpenDocument 1.2, part 1, section 9), read as a stream."""
    try:
        content: Any = zipfile.ZipFile(book).open("content.xml")  # noqa: SIM115  # read as long as rows are asked for
    except _UNREADABLE:
        raise FileError("ods", f"{name}: not an ODS workbook") from None
    number = 0
    events = _unbroken(events_of(content, name, "ods"), name)
    for event, element in events:
        if local(element.tag) != "table":
            if event == "end" and local(element.tag) in ("styles", "font-face-decls", "automatic-styles"):
                element.clear()
            continue
        if event == "start":
            number += 1
            title = _attribute(element, "name")
            rows = _ods_cells(events, element, bounds)
            if _wanted(title, number, sheets):
                yield number, title, rows
            for _ in rows:
                pass


def _ods_cells(events: Iterator[tuple[str, Any]], table: Any, bounds: _Bounds) -> Cells:
    number, depth = 0, 1
    for event, element in events:
        kind = local(element.tag)
        if kind == "table":
            depth += 1 if event == "start" else -1
            if depth == 0:
                table.clear()
                return
        elif kind == "table-row" and event == "end" and depth == 1:
            cells, repeated = _ods_row(element), _count(element, "number-rows-repeated")
            element.clear()
            if len(table):
                del table[:-1]
            if cells is not None and not any(cells):
                number += repeated
                continue
            bounds.row(number + repeated)
            bounds.repeat(repeated - 1)
            for _ in range(repeated):
                number += 1
                yield number, cells and list(cells)


def _ods_row(row: Any) -> Union[list[str], None]:
    cells: list[str] = []
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        text = _ods_text(cell)
        repeated, room = _count(cell, "number-columns-repeated"), MAX_COLUMNS - len(cells)
        if text and repeated > room:
            return None
        cells += [text] * min(repeated, room)
    return cells


def _ods_text(cell: Any) -> str:
    kind = _attribute(cell, "value-type")
    if kind in ("float", "percentage", "currency"):
        value = _attribute(cell, "value")
        try:
            return text_of(float(value)) if value.endswith(".0") else value
        except ValueError:
            return value
    if kind in ("date", "boolean", "time"):
        return _attribute(cell, f"{kind}-value")
    return "\n".join(_paragraph(child) for child in cell if local(child.tag) in ("p", "h"))


def _paragraph(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        kind = local(child.tag)
        if kind == "s":
            parts.append(" " * min(_count(child, "c"), 1000))
        elif kind in ("tab", "line-break"):
            parts.append("\t" if kind == "tab" else "\n")
        elif kind not in ("annotation", "note"):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if local(key) == name), "")


def _count(element: Any, name: str) -> int:
    text = _attribute(element, name)
    return max(1, int(text[:12])) if text.isascii() and text.isdigit() else 1
