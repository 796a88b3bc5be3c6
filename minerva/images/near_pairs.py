"""Near hashes of two lists in plain Python: a scan that compares all, and a faster search that finds the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minerva.images.distance import distance

SLOTS, WIDTH = 16, 16
EXACT = 2 * SLOTS - 1
"""Up to so many changed bits one of 16 slots has at most one."""
PAYS_FROM = 300
"""Hashes searched in from which the index pays."""


def near(wanted: Sequence[int], among: Sequence[int], radius: int) -> Iterator[tuple[int, int, int]]:
    """Yields (place in wanted, place in among, distance) of all within the radius."""
    if radius > EXACT or len(among) < PAYS_FROM:
        return near_plainly(wanted, among, radius)
    return near_by_slots(wanted, among, radius)


def near_plainly(wanted: Sequence[int], among: Sequence[int], radius: int) -> Iterator[tuple[int, int, int]]:
    """`near` by comparing all; the reference of the fast path."""
    for place, one in enumerate(wanted):
        for other_place, other in enumerate(among):
            bits = distance(one, other)
            if bits <= radius:
                yield place, other_place, bits


def near_by_slots(wanted: Sequence[int], among: Sequence[int], radius: int) -> Iterator[tuple[int, int, int]]:
    """`near` for a radius up to EXACT: only what has a slot within one bit is compared."""
    index: list[dict[int, list[int]]] = [{} for _ in range(SLOTS)]
    for place, value in enumerate(among):
        for slot in range(SLOTS):
            index[slot].setdefault(value >> WIDTH * slot & 0xFFFF, []).append(place)
    for place, value in enumerate(wanted):
        found: set[int] = set()
        for slot in range(SLOTS):
            part, held = value >> WIDTH * slot & 0xFFFF, index[slot]
            found.update(held.get(part, ()))
            for bit in range(WIDTH):
                found.update(held.get(part ^ 1 << bit, ()))
        for other_place in sorted(found):
            bits = distance(value, among[other_place])
            if bits <= radius:
                yield place, other_place, bits
