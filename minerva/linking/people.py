"""Records of people without an address: their names, compared within one city, against contacts that contradict.

Weights are in bits, like those of pairs.py, and come from data/weights.json. A contact that strangers share (a hub)
neither agrees nor differs here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from minerva.linking.candidates import People, name_company, spread_of
from minerva.linking.held import Held, fast
from minerva.linking.model import LinkRecord
from minerva.linking.pairs import PairScore, comparable, person_weight
from minerva.linking.people_names import Names
from minerva.linking.strength import kind_of
from minerva.linking.weights import bits, table

_RULED_BY = ("phone", "email", "username")


def company_of(names: Names) -> Sequence[int]:
    """Returns for each record the number of its name within its city, -1 where no other record has it."""
    if fast(len(names.of)):
        from minerva.linking.candidates_numpy import name_company_numpy

        return name_company_numpy(names)  # type: ignore[no-any-return]  # numpy is optional, so untyped here
    return name_company(names)


def people_of(
    records: Sequence[LinkRecord], names: Names, held: Held, hubs: Collection[int], groups: Sequence[int], least: float
) -> People:
    """Returns what `candidates` needs to know of each record. least: bits from which two people are joined."""
    kinds = contact_kinds(held, hubs)
    own = bytearray(len(records))
    for position, name in enumerate(names.of):
        if name >= 0 and records[position].address and comparable(records[position]):
            own[position] = 1
    if fast(len(names.of)):
        from minerva.linking.candidates_numpy import spread_numpy

        cities: Sequence[int] = spread_numpy(names).tolist()
    else:
        cities = spread_of(names)
    equal, other = margins(least)
    logs: dict[int, float] = {}
    spread = [logs.get(count) or logs.setdefault(count, math.log2(max(1, count))) for count in cities]
    return People(groups, kinds, own, equal, other, spread)


def contact_kinds(held: Held, hubs: Collection[int]) -> bytearray:
    """Returns for each record which kinds of contact it holds, one bit per kind of _RULED_BY, hubs left out."""
    bit = {kind: 1 << place for place, kind in enumerate(_RULED_BY)}
    kinds = bytearray(bit.get(kind_of(value), 0) for value in held.values)
    for hub in hubs:
        kinds[hub] = 0
    kinds += bytes(held.company)
    if fast(len(held.bounds) - 1):
        from minerva.linking.held_numpy import kinds_numpy

        return kinds_numpy(held, kinds)
    found = bytearray(len(held.bounds) - 1)
    for position in range(len(found)):
        for number in held.of(position):
            found[position] |= kinds[number]
    return found


def margins(least: float) -> tuple[list[float], list[float]]:
    """Returns by bits of kinds that two records both hold, and hold differently: the bits that equal names reach over
    `least`, and that names which are not equal reach at most."""
    levels = sorted((weight for _, weight in table()["person_name"]), reverse=True)
    city = bits("city", 1.0) - least
    lost = [
        sum(bits(f"{kind}_agrees", 0.0) for place, kind in enumerate(_RULED_BY) if both >> place & 1)
        for both in range(1 << len(_RULED_BY))
    ]
    return [levels[0] + city + each for each in lost], [levels[1] + city + each for each in lost]


def score_people(
    a: LinkRecord, b: LinkRecord, spread: float, hubs: Collection[str], name: tuple[float, str] | None = None
) -> PairScore:
    """Returns the score of two people of one city. spread: bits lost as the name occurs in many cities."""
    weight, why = name or person_weight(a.name, b.name)
    total = weight + bits("city", 1.0) - spread
    reasons = [why, f"both in {a.city}"]
    if spread:
        reasons.append(f"the name occurs in {round(2**spread)} cities")
    for kind in _RULED_BY:
        left = {value for value in a.identifiers if kind_of(value) == kind and value not in hubs}
        right = {value for value in b.identifiers if kind_of(value) == kind and value not in hubs}
        if left and right:
            total += bits(f"{kind}_agrees", 1.0 if left & right else 0.0)
            reasons.append(f"{'same' if left & right else 'different'} {kind}")
    return PairScore(round(total, 2), "city", "; ".join(reasons), "")
