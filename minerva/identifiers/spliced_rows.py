"""Rows of a chunk's CSV as they stand, with cells added at their end: for chunks that the search-command SDK would pass
on unchanged. Anything it would write in another way is left to columns.py.

A row is cut at commas and quotes by hand; what that cannot settle is read with the csv module, or refused.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

TWIN = "__mv_"
_LONGEST = 100_000
"""Longer lines are left to the csv module, which limits the size of a cell."""
Row = tuple[str, list[str]]
"""A row's text without its end, and its cells."""


def names_of(header: str) -> list[str] | None:
    """The fields of a header in which each is followed by its twin, as the SDK writes one; None for any other."""
    if '"' in header or "\r" in header:
        return None
    cells = header.split(",")
    names = cells[::2]
    if [TWIN + name for name in names] != cells[1::2] or len(set(names)) != len(names) or not all(names):
        return None
    return None if any(name.startswith(TWIN) for name in names) else names


def rows(lines: list[str], count: int) -> Iterator[Row | None]:
    """The rows of lines that follow the header, `count` cells each, all twins empty; None for a row that is not so, or
    that the SDK would write in another way: then nothing follows."""
    blanks = [""] * (count // 2)
    last = len(lines) - 1
    index = 0
    while index <= last:
        line = lines[index]
        index += 1
        if not line and index > last:
            return
        if line[-1:] == "\r":
            line = line[:-1]
        cells = None
        if '"' not in line:
            cells = line.split(",")
        else:
            parts = line.split('"')
            while len(parts) % 2 == 0 and index <= last and len(line) < _LONGEST:
                # A cell goes on after the line's end.
                line = f"{line}\r\n{lines[index]}" if lines[index - 1][-1:] == "\r" else f"{line}\n{lines[index]}"
                index += 1
                if line[-1:] == "\r":
                    line = line[:-1]
                parts = line.split('"')
            cells = _in_quotes(parts, line)
        if cells is None or len(cells) != count or cells[1::2] != blanks or len(line) > _LONGEST:
            yield None
            return
        yield line, cells


def _in_quotes(parts: list[str], line: str) -> list[str] | None:
    """The cells of a row cut at its quotes, None if a cell has quotes without need or the row is not well formed."""
    if len(parts) % 2 == 0:
        return None
    doubled = '""' in line
    if doubled:
        if _QUOTE in line:
            return _by_the_csv_module(line)
        parts = line.replace('""', _QUOTE).split('"')
        # A cell that begins with a quote, or is empty in quotes, is cut wrongly.
        if len(parts) % 2 == 0 or any([_QUOTE in outside for outside in parts[::2]]):  # noqa: C419 -- sooner
            return _by_the_csv_module(line)
    cells = parts[0].split(",")
    last = len(parts) - 1
    if cells[-1] or "\r" in parts[0]:
        return None
    for index in range(1, last, 2):
        inside, outside = parts[index], parts[index + 1]
        if "," not in inside and "\n" not in inside and "\r" not in inside and (not doubled or _QUOTE not in inside):
            return None
        after = outside.split(",")
        if after[0] or "\r" in outside or (index + 1 < last and (after[-1] or len(after) < 2)):
            return None
        cells[-1] = inside.replace(_QUOTE, '"') if doubled else inside
        cells += after[1:]
    return cells


_QUOTE = "\0"
"""Stands for two quotes while a row is cut at single ones."""


def _by_the_csv_module(line: str) -> list[str] | None:
    try:
        cells = next(csv.reader([line]))
    except (csv.Error, StopIteration):
        return None
    return cells if written(cells) == line else None


def written(cells: list[str]) -> str:
    """A line as the csv module writes it, which quotes no more cells than it must."""
    joined = ",".join(cells)
    if '"' not in joined and "\n" not in joined and "\r" not in joined and joined.count(",") == len(cells) - 1:
        return joined
    return ",".join(
        [
            '"' + cell.replace('"', '""') + '"'
            if cell and ('"' in cell or "," in cell or "\n" in cell or "\r" in cell)
            else cell
            for cell in cells
        ]
    )
