"""The eight mirrored and turned forms of a picture, from its hash alone: what the picture itself would give is near.

A bit says whether a wave of the picture is above the middle of all. Mirroring turns waves around and a turn swaps rows
and columns (Meta's PDQ, ThreatExchange, pdq/README); the middle is nearly nought, so a wave that turns around
changes its bit. Each form is within a few bits of the true one: docs/images.md says how many were measured.
"""

from __future__ import annotations

from functools import lru_cache

from minerva.images.distance import distance

SIDE = 16
NAMES = (
    "as it is", "turned by 90 degrees", "turned by 180 degrees", "turned by 270 degrees", "mirrored upside down",
    "mirrored left to right", "mirrored along a diagonal", "mirrored along the other diagonal",
)  # fmt: skip
"""Of the forms, in the order of `forms` and of PDQ's own eight."""


def _mask(odd: bool, rows: bool, columns: bool) -> int:
    """The bits of waves that change sign: in even rows or columns, or where row and column differ by an odd step."""
    found = 0
    for place in range(SIDE * SIDE):
        row, column = divmod(place, SIDE)
        turned = (row + column) % 2 == 1 if odd else (rows and row % 2 == 0) or (columns and column % 2 == 0)
        found |= int(turned) << place
    return found


_ODD, _ROWS, _COLUMNS = _mask(True, False, False), _mask(False, True, False), _mask(False, False, True)


@lru_cache(maxsize=1 << 16)
def forms(value: int) -> tuple[int, ...]:
    """The hashes of a picture's eight forms, its own first; see NAMES."""
    return (
        value,
        _swapped(value ^ _COLUMNS),
        value ^ _ODD,
        _swapped(value ^ _ROWS),
        value ^ _ROWS,
        value ^ _COLUMNS,
        _swapped(value),
        _swapped(value ^ _ODD),
    )


_STEPS = tuple(
    (step, sum(1 << place for place in range(256) if place // SIDE & step == 0 and place % SIDE & step))
    for step in (1, 2, 4, 8)
)


def _swapped(value: int) -> int:
    """The bits with rows and columns swapped, block by block (Warren, Hacker's Delight, section 7-3)."""
    for step, mask in _STEPS:
        shift = step * (SIDE - 1)
        changed = (value ^ value >> shift) & mask
        value ^= changed ^ changed << shift
    return value


def nearest_form(one: int, other: int) -> tuple[int, int]:
    """How many bits two hashes differ at least, one of them in any form, and the number of that form in NAMES."""
    return min((distance(form, other), number) for number, form in enumerate(forms(one)))


_MASKS = (0, _ROWS, _COLUMNS, _ODD)
_PIECE = 2 * SIDE


def pieces_of_all_forms(value: int) -> set[tuple[int, int]]:
    """Pairs of place and 32 bits that a hash has in common with its own eight forms.

    A piece is two rows or two columns, in the least of the four ways in which mirroring may turn its waves around. Up
    to seven changed bits leave one whole for certain; docs/decisions/near-images.md counts the rest.
    """
    found = set()
    for bits in (value, _swapped(value)):
        for place in range(0, SIDE * SIDE, _PIECE):
            piece = bits >> place
            turned = (piece ^ mask >> place for mask in _MASKS)
            found.add((place, min(each & (1 << _PIECE) - 1 for each in turned)))
    return found
