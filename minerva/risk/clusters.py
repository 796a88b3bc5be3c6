"""Premises of one trade that share a phone, a mail, a user name or an owner's name: whom to look at together.

It changes no score. What very many share, such as the phone of a booking service, joins nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from minerva.components import DisjointSets
from minerva.risk.establishments import Establishment
from minerva.risk.market import Market
from minerva.risk.points import LOOK_FIRST

MOST_PREMISES = 20
"""Places under which one phone or one owner's name stands, from which on it says nothing."""
MOST_SHARED = 20
OWNER = "owner"


class Share(NamedTuple):
    """What one business shares with others at other places. by: kind of contact, or OWNER; ids: of the others."""

    by: str
    value: str
    ids: tuple[str, ...]


def shares_of(each: Establishment, market: Market) -> list[Share]:
    """What a business shares with others of its trade at other places, contacts before owners."""
    if not each.place:
        return []
    found = []
    for by, value, held in _keys(each, market):
        if _is_of_many(held):
            continue
        others = [other for other in held if other is not each and other.place and other.place != each.place]
        if others:
            found.append(Share(by, value, tuple(sorted(other.establishment_id for other in others))))
    return found[:MOST_SHARED]


def _is_of_many(held: Iterable[Establishment]) -> bool:
    """Whether what they share stands at more places than MOST_PREMISES; no more are read than tell so."""
    places: set[str] = set()
    for each in held:
        if each.place:
            places.add(each.place)
            if len(places) > MOST_PREMISES:
                return True
    return False


def _keys(each: Establishment, market: Market) -> Iterable[tuple[str, str, Sequence[Establishment]]]:
    for contact in sorted(each.contacts):
        kind, _, value = contact.partition(":")
        yield kind, value, market.contacts.get((each.sector, contact), ())
    for owner in sorted(each.owners):
        yield OWNER, owner, market.owners.get((each.sector, owner), ())


def clusters(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """{"cluster", "businesses", "places", "look_first", "score", "by", "regions", "ids"}, the most to look at first.

    rows: scores of one trade as they are stored. by: what they share, in words; score: the highest of one of them. A
    cluster is named by the smallest of its ids.
    """
    held = {str(row["establishment_id"]): row for row in rows}
    ids = list(held)
    numbers = {each: number for number, each in enumerate(ids)}
    sets = DisjointSets(len(ids))
    for each, row in held.items():
        for share in row.get("shares", ()):
            for other in share["ids"]:
                if other in numbers:
                    sets.union(numbers[each], numbers[other])
    groups = sets.groups().values()
    found = [_cluster([ids[number] for number in group], held) for group in groups if len(group) > 1]
    return sorted(found, key=lambda each: (-each["look_first"], -each["score"], -each["businesses"], each["cluster"]))


def _cluster(ids: list[str], held: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    rows = [held[each] for each in ids]
    kinds = sorted({share["by"] for row in rows for share in row.get("shares", ())})
    return {
        "cluster": min(ids), "businesses": len(ids),
        "places": len({(row["address"], row["city"], row["region"]) for row in rows}),
        "look_first": sum(row["state"] == LOOK_FIRST for row in rows), "score": max(row["score"] for row in rows),
        "by": kinds, "regions": sorted({row["region"] for row in rows if row["region"]}), "ids": sorted(ids),
    }  # fmt: skip
