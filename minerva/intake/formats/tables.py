"""Tables: rows of cells under a heading, with the place of every row that cannot be read.

No more than one row is held, whatever the file: a line, or a quoted row of several, that is too long is passed over.
"""

from __future__ import annotations

import contextlib
import csv
import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar, Union

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.media import holds_media
from minerva.intake.rows import Row

MAX_FIELD_CHARS = 131_072
MAX_ROW_CHARS = 1024 * 1024
"""Characters of a line, and of all the lines of one row."""
MAX_COLUMNS = 4096
_NO_WORD = re.compile(r"[\W_]+")
_LONG = 40
"""Cells of fewer characters hold no image."""
_BLANK = " \t\r\n\x0b\x0c\x1a\xa0"
"""What an empty cell may hold: 0x1A once marked the end of a file."""

_Made = TypeVar("_Made")
Numbered = tuple[str, Union[Sequence[str], None], str]
"""The place of a row, and its cells or, in their place, a fault."""


class Lined(Protocol):
    """What gives lines, at most so many characters of one."""

    def readline(self, size: int, /) -> str: ...


class LineFault(Exception):
    """A line that is passed over; `code` says why: too long (alone, or with others of its row), or it holds NUL."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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
        """The next line. Raises LineFault in place of one that cannot be; the line after it is there all the same."""
        line = piece = self._text.readline(MAX_ROW_CHARS + 1)
        if not line:
            raise StopIteration
        self.number += 1
        while len(piece) > MAX_ROW_CHARS and not piece.endswith(("\n", "\r")):
            piece = self._text.readline(MAX_ROW_CHARS + 1)
        self._row_chars += len(line)
        if self._row_chars > MAX_ROW_CHARS:
            raise LineFault("row_too_long")
        if "\0" in line:
            raise LineFault("nul")
        return line

    def numbered(self, file_name: str, before: int = 0) -> Iterator[tuple[str, Union[str, None], str]]:
        """Each line that is left as a row of its own: its place, and the line or, in its place, a fault."""
        return self.read_by(self, file_name, before)

    def read_by(
        self, reader: Iterator[_Made], file_name: str, before: int = 0
    ) -> Iterator[tuple[str, Union[_Made, None], str]]:
        """What a reader of these lines makes of each row: its place, and the row or, in its place, a fault."""
        while True:
            self.begin_row()
            place = f"{file_name}:{before + self.number + 1}"
            try:
                row = next(reader, None)
            except LineFault as fault:
                yield place, None, fault.code
                continue
            except csv.Error:
                yield place, None, "csv"
                continue
            if row is None:
                return
            yield place, row, ""

    def skip(self, count: int) -> None:
        """Pass over so many lines."""
        for _ in range(count):
            with contextlib.suppress(LineFault):
                next(self, None)


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


def stack_headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """One heading line of several: the cells over a column joined by " / ".

    An empty cell of an upper line goes with the one to its left, as under a heading that spans columns; a text that
    stands again below itself counts once.
    """
    if len(rows) == 1:
        return list(rows[0])
    width = max(map(len, rows), default=0)
    filled = []
    for row in rows[:-1]:
        line, last = [], ""
        for cell in [*row, *[""] * (width - len(row))]:
            last = cell.strip() or last
            line.append(last)
        filled.append(line)
    below = [cell.strip() for cell in rows[-1]]
    filled.append([*below, *[""] * (width - len(below))])
    return [" / ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*filled)]


def rename(names: Sequence[str], facts: ReadFacts) -> list[str]:
    """Column names after `headings`: a key matches whatever its case and blanks; `*` in it stands for any text.

    With `headings: words` a column is its heading's words in lower case, joined by underscores.
    """
    if facts.heading_words:
        return name_columns([_NO_WORD.sub("_", name.casefold()).strip("_") for name in names])
    if not facts.headings:
        return list(names)
    keys = [(_folded(key), name) for key, name in facts.headings.items()]
    renamed = []
    for name in names:
        folded = _folded(name)
        found = next((to for key, to in keys if key == folded), None)
        if found is None:
            found = next((to for key, to in keys if "*" in key and fnmatch.fnmatchcase(folded, _glob(key))), None)
        renamed.append(name if found is None else found)
    return name_columns(renamed)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _glob(key: str) -> str:
    return key.replace("[", "[[]").replace("?", "[?]")


def check_header(names: Sequence[str], needed: Iterable[str], file_name: str) -> None:
    """Raises FileError (`header`) if a column that the natural key needs is missing."""
    missing = sorted({name for name in needed if name not in names})
    if missing:
        raise FileError(
            "header", f"{file_name}: the header lacks {', '.join(missing)}; another file, or the source has changed"
        )


def read_delimited(text: Lined, facts: ReadFacts, needed: Sequence[str], file_name: str) -> Iterator[Row]:
    """Rows of CSV (line ends kept) under the first row, or under `header` if the file has no heading.

    A row with cells beyond the header, an over-long cell, line or row, or a broken quote is a Row with a fault. Empty
    rows are left out. Raises FileError if the header lacks a needed column or has more than MAX_COLUMNS.
    """
    return table_rows(_delimited(text, facts, file_name), facts, needed, file_name)


def _delimited(text: Lined, facts: ReadFacts, file_name: str) -> Iterator[Numbered]:
    lines = Lines(text)
    lines.skip(facts.skip_rows)
    if facts.quote:
        reader = csv.reader(lines, delimiter=facts.delimiter, quotechar=facts.quote)
    else:
        reader = csv.reader(lines, delimiter=facts.delimiter, quoting=csv.QUOTE_NONE)
    yield from lines.read_by(reader, file_name)


def read_fixed(text: Lined, facts: ReadFacts, file_name: str) -> Iterator[Row]:
    """Rows of a file whose columns stand at fixed places of each line, blanks around the values taken off."""
    lines = Lines(text)
    lines.skip(facts.skip_rows)
    spans = [(span.start - 1, span.start - 1 + span.length) for span in facts.columns]
    names = [span.name for span in facts.columns]

    def cells() -> Iterator[Numbered]:
        for place, line, fault in lines.numbered(file_name):
            yield place, None if line is None else [line[start:end].strip(_BLANK) for start, end in spans], fault

    return table_rows(cells(), facts, (), file_name, names)


def read_lines(text: Lined, facts: ReadFacts, file_name: str) -> Iterator[Row]:
    """Each line as a row of one column, `line`; empty ones are left out."""
    lines = Lines(text)
    lines.skip(facts.skip_rows)
    for place, line, fault in lines.numbered(file_name):
        if line is None:
            yield Row(place, None, fault)
            continue
        line = line.strip("\r\n\ufeff\x1a")
        if line.strip() in facts.stop_at:
            return
        if holds_media(line):
            yield Row(place, None, "media")
        elif line.strip() and line.strip() not in facts.nulls:
            yield Row(place, {"line": line})


def table_rows(
    numbered: Iterable[Numbered],
    facts: ReadFacts,
    needed: Sequence[str],
    file_name: str,
    names: Sequence[str] = (),
    sheet: str = "",
) -> Iterator[Row]:
    """Rows of cells under `names`, the facts' `header`, or the first rows as headings; `sheet` becomes `_sheet`.

    A row that repeats the heading is left out, as an empty one is. Raises FileError as read_delimited does.
    """
    names = list(names or facts.header)
    headings: list[Sequence[str]] = []
    stops, nulls = facts.stop_at, facts.nulls
    for place, cells, fault in numbered:
        if cells is None:
            yield Row(place, None, fault)
            continue
        longest = max(map(len, cells), default=0)
        # The module's own limit of a cell belongs to the whole process and may be raised there.
        if longest > MAX_FIELD_CHARS:
            yield Row(place, None, "csv")
            continue
        if not any(cell.strip(_BLANK) for cell in cells):
            continue
        if stops and cells[0].strip() in stops:
            return
        if longest >= _LONG and any(holds_media(cell) for cell in cells):
            yield Row(place, None, "media")
            continue
        if not names:
            if len(cells) > MAX_COLUMNS:
                raise FileError("header", f"{file_name}: the header has more than {MAX_COLUMNS} columns")
            headings.append(list(cells))
            if len(headings) == facts.header_rows:
                names = rename(name_columns(stack_headings(headings)), facts)
                check_header(names, needed, file_name)
            continue
        if headings and cells[0] == headings[-1][0] and list(cells) == headings[-1]:
            continue
        if len(cells) > len(names) and any(cell.strip(_BLANK) for cell in cells[len(names) :]):
            yield Row(place, None, "width")
            continue
        if nulls:
            cells = ["" if cell.strip() in nulls else cell for cell in cells]
        columns = dict(zip(names, cells))
        if sheet:
            columns["_sheet"] = sheet
        yield Row(place, columns)
