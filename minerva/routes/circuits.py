"""Circuits: rounds of three towns or more that were made in one order twice or more, wherever they begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minerva.routes.visits import Visit

LEAST_TOWNS, MOST_TOWNS = 3, 12
LEAST_ROUNDS = 2
DAY_S = 86400


class Circuit(NamedTuple):
    """places, labels: of the towns in their order, from the first in the alphabet; rounds: how often all of them were
    visited one after the other; days: that a round took on average; first, last: epoch seconds."""

    places: tuple[str, ...]
    labels: tuple[str, ...]
    rounds: int
    days: float
    first: float
    last: float


def find_circuits(visits: Sequence[Visit]) -> list[Circuit]:
    """Returns the circuits, those with the most visits first; none that lies within the visits of a longer one."""
    found: list[Circuit] = []
    taken: set[int] = set()
    for length in range(MOST_TOWNS, LEAST_TOWNS - 1, -1):
        rounds: dict[tuple[str, ...], list[int]] = {}
        for start in _windows(visits, length):
            if taken.isdisjoint(range(start, start + length)):
                rounds.setdefault(turned([each.place for each in visits[start : start + length]]), []).append(start)
        for places, starts in sorted(rounds.items()):
            apart = _apart(starts, length)
            if len(apart) >= LEAST_ROUNDS:
                found.append(_circuit(visits, places, apart))
                for start in apart:
                    taken.update(range(start, start + length))
    return sorted(found, key=lambda each: (-each.rounds * len(each.places), each.places))


def turned(places: Sequence[str]) -> tuple[str, ...]:
    """Returns a round from its first town in the alphabet: ABC, BCA and CAB are one."""
    start = places.index(min(places))
    return (*places[start:], *places[:start])


def _windows(visits: Sequence[Visit], length: int) -> Iterator[int]:
    for start in range(len(visits) - length + 1):
        if len({each.place for each in visits[start : start + length]}) == length:
            yield start


def _apart(starts: Sequence[int], length: int) -> list[int]:
    """Returns starts whose rounds do not overlap."""
    kept: list[int] = []
    for start in starts:
        if not kept or start >= kept[-1] + length:
            kept.append(start)
    return kept


def _circuit(visits: Sequence[Visit], places: tuple[str, ...], starts: Sequence[int]) -> Circuit:
    length = len(places)
    labels = {each.place: each.label for start in starts for each in visits[start : start + length]}
    days = [(visits[start + length - 1].last - visits[start].first) / DAY_S for start in starts]
    last = visits[starts[-1] + length - 1].last
    return Circuit(places, tuple(labels[place] for place in places), len(starts), sum(days) / len(days),
                   visits[starts[0]].first, last)  # fmt: skip
