"""Tables: rows of delimited text under a header, with the place of every row that cannot be read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from minerva.intake.errors import FileError
from minerva.intake.rows import Row

MAX_FIELD_CHARS = 131_072


def name_columns(cells: Sequence[str]) -> list[str]:
    """Header cells as distinct column names: nameless ones become `column_7`, repeated ones get `_2`, `_3`."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        base = cell.strip().lstrip("\ufeff") or f"column_{number}"
        name, again = base, 2
        while name in names:
            name, again = f"{base}_{again}", again + 1
        names.append(name)
    return names


def check_header(names: Sequence[str], needed: Iterable[str], file_name: str) -> None:
    """Raises FileError (`header`) if a column that the natural key needs is missing."""
    missing = sorted(set(needed) - set(names))
    if missing:
        raise FileError(
            "header", f"{file_name}: the header lacks {', '.join(missing)}; another file, or the source has changed"
        )


def read_delimited(
    lines: Iterable[str],
    delimiter: str,
    header: Sequence[str],
    needed: Sequence[str],
    file_name: str,
    first_line: int = 0,
) -> Iterator[Row]:
    """Rows of CSV lines (line ends kept). `header` () means that the first row holds it.

    A row with cells beyond the header, an over-long cell or a broken quote is a Row with a fault. Empty rows are left
    out. Lines are numbered from `first_line` + 1. Raises FileError if the header lacks a needed column.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    names = list(header)
    while True:
        start = first_line + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Row(f"{file_name}:{start}", None, "csv")
            continue
        if cells is None:
            return
        # The module's own limit belongs to the whole process and may be raised there.
        if any(len(cell) > MAX_FIELD_CHARS for cell in cells):
            yield Row(f"{file_name}:{start}", None, "csv")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not names:
            names = name_columns(cells)
            check_header(names, needed, file_name)
            continue
        yield table_row(names, cells, f"{file_name}:{start}")


def table_row(names: Sequence[str], cells: Sequence[str], place: str) -> Row:
    """The Row of cells under names; a fault `width` if filled cells stand beyond the header."""
    if any(cell.strip() for cell in cells[len(names) :]):
        return Row(place, None, "width")
    return Row(place, dict(zip(names, cells)))
