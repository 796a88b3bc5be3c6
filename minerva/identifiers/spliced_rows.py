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
    if len(parts) == 3:
        before, inside, behind = parts
        if (before and before[-1] != ",") or (behind and behind[0] != ",") or "\r" in before or "\r" in behind:
            return None
        if "," not in inside and "\n" not in inside and "\r" not in inside:
            return None
        cells = before.split(",")
        cells[-1] = inside
        return cells + behind.split(",")[1:]
    if len(parts) % 2 == 0:
        return None
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
