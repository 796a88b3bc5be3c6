"""Searches a list of forms for all that are alike above a cut-off: exact, nothing above it is lost. The plain path.

Likeness is 1 - d / (length + length), d = characters to insert or delete (rapidfuzz: `ratio`, on sorted words
`token_sort_ratio`). Three lower bounds of d leave few forms to compare: the difference of the lengths; the letters,
counted: each insertion or deletion changes one count by one, so the bits of capped counts differ in at most d; and the
pairs of neighbors: each changes at most three (one pair broken, two made, or the reverse), so their bits differ in at
most 3 d. Letters or pairs that share a bit only bring two forms nearer.
"""

from __future__ import annotations

import importlib.util
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from rapidfuzz.distance import Indel

LETTER_BINS, LETTER_LEVELS = 32, 2
PAIR_BITS = 128
EDGE_FIRST, EDGE_LAST = 2, 3
"""Code points that stand before and after a form, so that its first and last letter are in two pairs as well."""

WORTH_NUMPY = 5000


class Found(NamedTuple):
    """position: place in the list; likeness: 0 to 1."""

    position: int
    likeness: float


class Search(Protocol):
    """A list ready to be searched."""

    def search(self, form: str, cutoff: float, limit: int = 0) -> list[Found]:
        """Returns all entries of likeness `cutoff` (above 0, at most 1) or more, the most alike first, then in the
        order of the list; `limit` 0 = all. An empty form is like nothing.
        """
        ...


def index_of(forms: Sequence[str]) -> Search:
    """Returns the list ready to be searched, with numpy where it is at hand and the list is long enough to pay."""
    if len(forms) >= WORTH_NUMPY and importlib.util.find_spec("numpy"):
        from minerva.names.index_numpy import NumpyIndex

        return NumpyIndex.build(forms)
    return PlainIndex(forms)


def letter_bin(code: int) -> int:
    """Returns which count a character belongs to: one per Latin letter, six for all others."""
    return code - 97 if 97 <= code <= 122 else 26 + code % 6


def pair_bit(first: int, second: int) -> int:
    """Returns the bit of two neighboring characters."""
    return (first * 131 + second * 7) % PAIR_BITS


def signatures(form: str) -> tuple[int, int]:
    """Returns (bits of the letters counted up to two, bits of the neighboring pairs)."""
    letters = pairs = 0
    before = EDGE_FIRST
    for code in map(ord, form):
        bit = 1 << letter_bin(code)
        letters |= bit << LETTER_BINS if letters & bit else bit
        pairs |= 1 << pair_bit(before, code)
        before = code
    return letters, pairs | 1 << pair_bit(before, EDGE_LAST)


def most_edits(length: int, other: int, cutoff: float) -> int:
    """Returns the largest d with which forms of these lengths are still alike enough."""
    return math.floor((1.0 - cutoff) * (length + other) + 1e-9)


def lengths_around(length: int, cutoff: float) -> tuple[int, int]:
    """Returns the least and largest length of forms that can be alike enough: d is at least the difference."""
    least = math.ceil(length * cutoff / (2.0 - cutoff) - 1e-9)
    return least, math.floor(length * (2.0 - cutoff) / cutoff + 1e-9)


def likeness(form: str, other: str, most: int) -> float:
    """Returns the likeness of two forms, or 0 where d is over `most`."""
    edits = Indel.distance(form, other, score_cutoff=most)
    return 0.0 if edits > most else 1.0 - edits / (len(form) + len(other))


def ranked(found: list[Found], limit: int) -> list[Found]:
    """Returns the most alike first, equals in the order of the list."""
    found.sort(key=lambda each: (-each.likeness, each.position))
    return found[:limit] if limit else found


class PlainIndex:
    """The list by length with its signatures as whole numbers; the reference of `NumpyIndex`."""

    def __init__(self, forms: Sequence[str]) -> None:
        order = sorted((position for position, form in enumerate(forms) if form), key=lambda place: len(forms[place]))
        self._rows = [(position, forms[position], *signatures(forms[position])) for position in order]
        self._lengths = [len(form) for _, form, _, _ in self._rows]

    def search(self, form: str, cutoff: float, limit: int = 0) -> list[Found]:
        """See `Search`."""
        found: list[Found] = []
        letters, pairs = signatures(form)
        least, largest = lengths_around(len(form), cutoff)
        start, end = bisect_left(self._lengths, max(1, least)), bisect_right(self._lengths, largest)
        for position, other, other_letters, other_pairs in self._rows[start : end if form else start]:
            most = most_edits(len(form), len(other), cutoff)
            if bin(letters ^ other_letters).count("1") > most or bin(pairs ^ other_pairs).count("1") > 3 * most:
                continue
            alike = likeness(form, other, most)
            if alike:
                found.append(Found(position, alike))
        return ranked(found, limit)
