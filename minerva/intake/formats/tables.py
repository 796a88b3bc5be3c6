"""Tables: rows of delimited text under a header, with the place of every row that cannot be read.

No more than one row is held, whatever the file: a line, or a quoted row of several, that is too long is passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from minerva.intake.errors import FileError
from minerva.intake.rows import Row

MAX_FIELD_CHARS = 131_072
MAX_ROW_CHARS = 1024 * 1024
"""Characters of a line, and of all the lines of one row."""
MAX_COLUMNS = 4096


class Lined(Protocol):
    """What gives lines, at most so many characters of one."""

    def readline(self, size: int, /) -> str: ...


class TooLong(Exception):
    """A line, or a row of several lines, has more than MAX_ROW_CHARS; it was passed over."""


class Lines:
    """The lines of a text, their ends kept. `number`: of the line that was given last, from 1."""

    def __init__(self, text: Lined) -> None:
        self._text = text
        self._row_chars = 0
        self.number = 0

    def begin_row(self) -> None:
        """What comes next counts as a row of its own."""
        self._row_chars = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        """The next line. Raises TooLong in place of one that is too long; the line after it is there all the same."""
        line = piece = self._text.readline(MAX_ROW_CHARS + 1)
        if not line:
            raise StopIteration
        self.number += 1
        while len(piece) > MAX_ROW_CHARS and not piece.endswith(("\n", "\r")):
            piece = self._text.readline(MAX_ROW_CHARS + 1)
        self._row_chars += len(line)
        if self._row_chars > MAX_ROW_CHARS:
            raise TooLong
        return line


def name_columns(cells: Sequence[str]) -> list[str]:
    """Header cells as distinct column names: nameless ones become `column_7`, repeated ones get `_2`, `_3`."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        base = cell.strip().lstrip("\ufeff") or f"column_{number}"
        name, again = base, 2
        while name in names:
            name, again = f"{base}_{again}", again + 1
        names[name] = None
    return list(names)


def check_header(names: Sequence[str], needed: Iterable[str], file_name: str) -> None:
    """Raises FileError (`header`) if a column that the natural key needs is missing."""
    missing = sorted(set(needed) - set(names))
    if missing:
        raise FileError(
            "header", f"{file_name}: the header lacks {', '.join(missing)}; another file, or the source has changed"
        )


def read_delimited(
    text: Lined, delimiter: str, header: Sequence[str], needed: Sequence[str], file_name: str
) -> Iterator[Row]:
    """Rows of CSV (line ends kept). `header` () means that the first row holds it.

    A row with cells beyond the header, an over-long cell, line or row, or a broken quote is a Row with a fault. Empty
    rows are left out. Raises FileError if the header lacks a needed column or has more than MAX_COLUMNS.
    """
    lines = Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    names = list(header)
    while True:
        lines.begin_row()
        place = f"{file_name}:{lines.number + 1}"
        try:
            cells = next(reader, None)
        except TooLong:
            yield Row(place, None, "row_too_long")
            continue
        except csv.Error:
            yield Row(place, None, "csv")
            continue
        if cells is None:
            return
        # The module's own limit belongs to the whole process and may be raised there.
        if any(len(cell) > MAX_FIELD_CHARS for cell in cells):
            yield Row(place, None, "csv")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not names:
            if len(cells) > MAX_COLUMNS:
                raise FileError("header", f"{file_name}: the header has more than {MAX_COLUMNS} columns")
            names = name_columns(cells)
            check_header(names, needed, file_name)
            continue
        yield table_row(names, cells, place)


def table_row(names: Sequence[str], cells: Sequence[str], place: str) -> Row:
    """The Row of cells under names; a fault `width` if filled cells stand beyond the header."""
    if any(cell.strip() for cell in cells[len(names) :]):
        return Row(place, None, "width")
    return Row(place, dict(zip(names, cells)))
