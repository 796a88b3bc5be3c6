"""Of how many holders a contact seems to be by where it is told: addresses, or names at one address that are not one.

A house of many businesses has one reception, whose phone stands in the records of all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from minerva.components import DisjointSets
from minerva.linking.model import LinkRecord
from minerva.linking.places.commonness import house_key
from minerva.names import compare_names

ALIKE_NAMES = 0.15
"""Names that are less alike share nothing that tells."""
SHARED_AT = 3
"""A contact found at this many addresses is a head office's, under so many unlike names at one a reception's."""
MOST_NAMES = 12
"""Spellings of names at one address that are compared with each other: more are those of many holders."""


class Told(NamedTuple):
    """Under which name a contact is told at which address, "" for none, and behind which door or ""."""

    address: str
    door: str
    name: str


def told_of(record: LinkRecord) -> Told:
    """Returns what a record says of its contacts."""
    return Told(house_key(record), record.parsed_address().door, record.name)


def unlike(one: Told, other: Told) -> bool:
    """True for two names that are not one, not behind one door for sure."""
    return (not one.door or one.door != other.door) and compare_names(one.name, other.name).score < ALIKE_NAMES


def holders_told(told: Collection[Told], most: int) -> int:
    """Returns at how many addresses a contact is told, or under how many unlike names at one of them, if that is more;
    `most` at most. told: each once, with an address. What comes when `is_settled` changes nothing.
    """
    if is_settled(told, most):
        return most
    houses = _by_house(told)
    return min(most, max(len(houses), *map(_holders, houses.values())))


def is_settled(told: Collection[Told], most: int) -> bool:
    """True when a contact is told at `most` addresses, or under more names at one than are compared."""
    if len(told) < min(most, MOST_NAMES):
        return False
    houses = _by_house(told)
    return len(houses) >= most or max(map(len, houses.values())) > MOST_NAMES


def at_one_place(places: Collection[Told], others: Collection[Told] = ()) -> bool:
    """True when a contact of `places` is told of one address, and of one holder there as far as doors and names show.
    others: what is told of it by who is no place."""
    houses = {each.address for each in places}
    if len(houses) > 1:
        return False
    told = {*places, *(each for each in others if each.address in houses)}
    if is_settled(told, SHARED_AT) or _holders(sorted(told)) >= SHARED_AT:
        return False
    return not any(one.door != other.door and unlike(one, other) for one, other in combinations(told, 2))


def _by_house(told: Iterable[Told]) -> dict[str, list[Told]]:
    houses: dict[str, list[Told]] = {}
    for each in told:
        houses.setdefault(each.address, []).append(each)
    return houses


def _holders(told: Sequence[Told]) -> int:
    """Returns how many names are not one, where names in between may connect others."""
    sets = DisjointSets(len(told))
    for a, b in combinations(range(len(told)), 2):
        if not unlike(told[a], told[b]):
            sets.union(a, b)
    return len(sets.groups())
