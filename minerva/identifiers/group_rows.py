"""Rows of digit groups that may hold numbers: which places are looked at, and how many groups from each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Optional

from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_tokens import Hit, Token, token_of

FEWEST_TOLD, MOST_TOLD = 8, 15
"""Digits of a number that is told in groups: fewer are the shortest of prices and times."""
Read = Optional[tuple[Hit, int]]
"""A number and the place behind its last group, None for none."""


def leftmost(size: int, number_at: Callable[[int], Read]) -> list[Hit]:
    """The numbers of a row of `size` places, from left to right; `number_at` reads the one that begins at a place."""
    found: list[Hit] = []
    place = 0
    while place < size:
        read = number_at(place)
        place += 1
        if read is not None:
            found.append(read[0])
            place = read[1]
    return found


def groups_at(text: str, spans: Sequence[Span]) -> list[Token]:
    """The digit groups of a text at those places, with the plus sign right before."""
    return [token_of((text[start:end], start, end, text[start - 1 : start] == "+", False)) for start, end in spans]


def longest_first(row: Sequence[Token], first: int) -> Iterator[int]:
    """The places behind the last group of what may be a number from the group at `first` on: two groups at least,
    digits enough and not too many, the longest first."""
    size, last = 0, first
    while last < len(row) and size + len(row[last].digits) <= MOST_TOLD:
        size += len(row[last].digits)
        last += 1
    while last > first + 1 and size >= FEWEST_TOLD:
        yield last
        last -= 1
        size -= len(row[last].digits)
