"""Phones of many texts in columns: evidence of each is only made where it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from operator import itemgetter
from typing import Any, NamedTuple

from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.phone_tokens import Hit

_FEW = 16
"""Putting one phone among so many costs as much as putting all in order."""


Row = tuple[int, int, int, str, str, float, tuple[str, ...]]
"""A phone: an entry of each of the columns."""


class PhoneColumns(NamedTuple):
    """One entry of each list for one phone; by texts, in each text by start.

    `texts` are the places of the texts among those searched; the rest is what Evidence says of a phone.
    """

    texts: list[int]
    starts: list[int]
    ends: list[int]
    numbers: list[str]
    methods: list[str]
    confidences: list[float]
    others: list[tuple[str, ...]]
    """Other numbers that each may be, the likelier first."""

    @classmethod
    def none(cls) -> PhoneColumns:
        return cls([], [], [], [], [], [], [])

    def surer_than(self, least: float) -> PhoneColumns:
        """Those of at least that confidence."""
        if not self.texts or min(self.confidences) >= least:
            return self
        kept = [confidence >= least for confidence in self.confidences]
        return self.kept(kept)

    def kept(self, kept: Sequence[bool]) -> PhoneColumns:
        """Those for which `kept` is True."""
        columns: Any = self  # of several types
        return PhoneColumns(*[list(compress(column, kept)) for column in columns])

    def and_rows(self, rows: Sequence[Row]) -> PhoneColumns:
        """These and other phones, of texts that have none here."""
        columns: Any = self  # of several types
        rows = sorted(rows, key=itemgetter(0))
        if len(rows) * _FEW > len(self.texts):
            return PhoneColumns(*map(list, zip(*sorted([*zip(*columns), *rows], key=itemgetter(0)))))
        places = [bisect_left(self.texts, row[0]) for row in rows]
        for column, values in zip(columns, zip(*rows)):
            # The last one first, so that the places before it stay.
            for place, value in zip(reversed(places), reversed(values)):
                column.insert(place, value)
        return self

    def spread(self, searched: Sequence[int]) -> PhoneColumns:
        """Those of texts that are each the one at that place among those `searched`, which may be one text."""
        held: dict[int, list[tuple[Any, ...]]] = {}
        for place, *phone in zip(*self):
            held.setdefault(place, []).append(tuple(phone))
        rows = [(text, *phone) for text, place in enumerate(searched) if place in held for phone in held[place]]
        return PhoneColumns(*map(list, zip(*rows)))

    def row(self, index: int) -> Hit:
        """One of them."""
        columns: Any = self  # of several types
        return tuple([column[index] for column in columns[1:-1]])

    def evidence(self, texts: Sequence[str], field: str) -> list[list[Evidence]]:
        """The evidence of each of the texts that were searched."""
        found: list[list[Evidence]] = [[] for _ in texts]
        for place, start, end, number, method, confidence, others in zip(*self):
            raw = texts[place][start:end]
            beside = tuple(["phone:" + other for other in others]) if others else ()
            found[place].append(evidence_of(("phone:" + number, raw, field, start, end, method, confidence, beside)))
        return found
