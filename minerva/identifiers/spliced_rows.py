"""Rows of a chunk's CSV as they stand, with cells added at their end: for chunks that the search-command SDK would pass
on unchanged. Anything it would write in another way is left to columns.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

TWIN = "__mv_"
_LONGEST = 100_000
"""Longer rows are left to the csv module, which limits the size of a cell."""
_BARE = r'[^",\r\n]*'
_QUOTED = r'"[^",\r\n]*(?:[,\r\n]|"")[^"]*(?:""[^"]*)*"'
"""A cell in quotes that needs them; the csv module writes no other ones."""


def names_of(header: str) -> list[str] | None:
    """The fields of a header in which each is followed by its twin, as the SDK writes one; None for any other."""
    if '"' in header or "\r" in header:
        return None
    cells = header.split(",")
    names = cells[::2]
    if [TWIN + name for name in names] != cells[1::2] or len(set(names)) != len(names) or not all(names):
        return None
    return None if any(name.startswith(TWIN) for name in names) else names


def cut(body: str, start: int, count: int, wanted: Sequence[int]) -> tuple[list[str], list[list[str]]] | None:
    """The rows of `body` from `start` on without their ends, and the columns of the cells at the places `wanted` (in
    order), for rows of `count` cells each followed by an empty twin. None if a row is not so, or if the SDK would write
    it in another way."""
    if "\0" in body:
        return None
    found = _row(count, tuple(wanted)).findall(body, start)
    if not found or not found[-1][0]:
        return None
    rows, *columns, _ = map(list, zip(*found))
    if max(map(len, rows)) > _LONGEST:
        return None
    return rows, list(map(_unquoted, columns))


@lru_cache(maxsize=8)
def _row(count: int, wanted: tuple[int, ...]) -> re.Pattern[str]:
    """A row, its wanted cells and its end as groups; where no row begins, all that is left: there the search ends."""
    cell = f"{_QUOTED}|{_BARE}"
    cells = [f"({cell})" if place in wanted else f"(?:{cell})" for place in range(count)]
    return re.compile(f"({',,'.join(cells)},)(\\r?\\n|\\Z)|[\\s\\S]+")


def _unquoted(column: list[str]) -> list[str]:
    if '"' not in "".join(column):
        return column
    return [cell[1:-1].replace('""', '"') if '"' in cell else cell for cell in column]


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
