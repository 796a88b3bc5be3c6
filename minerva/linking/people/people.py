"""Records of people without an address: their names, compared within one city, against contacts that contradict.

Weights are in bits, like those of pairs.py, and come from data/weights.json. A contact that strangers share (a hub)
neither agrees nor differs here.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

from minerva.linking.held import Held, fast
from minerva.linking.model import LinkRecord
from minerva.linking.people.candidates import People, name_company, spread_of
from minerva.linking.people.people_names import Names
from minerva.linking.places.pairs import PairScore
from minerva.linking.places.residents import CONTACTS, EQUAL, contacts_told, equal_level
from minerva.linking.weights import bits, table
from minerva.names.persons import PersonComparison, compare_persons


def company_of(names: Names) -> Sequence[int]:
    """Returns for each record the number of its name within its city, -1 where no other record has it."""
    if fast(len(names.of)):
        from minerva.linking.people.candidates_numpy import name_company_numpy

        return name_company_numpy(names)  # type: ignore[no-any-return]  # numpy is optional, so untyped here
    return name_company(names)


def people_of(
    addressed: Iterable[int],
    names: Names,
    held: Held,
    hubs: Collection[int],
    groups: Sequence[int],
    least: float,
    known: Mapping[str, int],
) -> People:
    """Returns what `candidates` needs to know of each record. addressed: positions as of `pairs.addressed`; least: bits
    from which two people are joined; known: in how many cities names occur, where that is not seen from the records."""
    kinds = contact_kinds(held, hubs)
    own = bytearray(len(names.of))
    for position in addressed:
        own[position] = names.of[position] >= 0
    if fast(len(names.of)):
        from minerva.linking.people.candidates_numpy import spread_numpy

        cities: Sequence[int] = spread_numpy(names).tolist()
    else:
        cities = spread_of(names)
    if known:
        cities = names.count_cities(known, cities)
    equal, other = margins(least)
    lost = {count: common_name(count) for count in set(cities)}
    return People(groups, kinds, own, equal, other, array("d", list(map(lost.__getitem__, cities))))


def common_name(cities: int) -> float:
    """Returns the bits that equal names lose as the name occurs in so many cities."""
    return bits("person_name", 1.0) - bits("person_name", equal_level(cities))


def contact_kinds(held: Held, hubs: Collection[int]) -> bytearray:
    """Returns for each record which kinds of contact it holds, one bit per kind of CONTACTS, hubs left out."""
    bit = {kind: 1 << place for place, kind in enumerate(CONTACTS)}
    of_kind = [bit.get(kind, 0) for kind in held.kind_names]
    kinds = bytearray(map(of_kind.__getitem__, held.kinds))
    for hub in hubs:
        kinds[hub] = 0
    kinds += bytes(held.company)
    if fast(len(held.bounds) - 1):
        from minerva.linking.held_numpy import kinds_numpy

        return kinds_numpy(held.flat, held.bounds, kinds)
    found = bytearray(len(held.bounds) - 1)
    for position in range(len(found)):
        for number in held.of(position):
            found[position] |= kinds[number]
    return found


def margins(least: float) -> tuple[list[float], list[float]]:
    """Returns by bits of kinds that two records both hold, and hold differently: the bits that equal names reach over
    `least`, and that names which are not equal reach at most."""
    unequal = max(weight for level, weight in table()["person_name"] if level < EQUAL)
    city = bits("city", 1.0) - least
    lost = [
        sum(bits(f"{kind}_agrees", 0.0) for place, kind in enumerate(CONTACTS) if both >> place & 1)
        for both in range(1 << len(CONTACTS))
    ]
    return [bits("person_name", 1.0) + city + each for each in lost], [unequal + city + each for each in lost]


def score_people(
    a: LinkRecord, b: LinkRecord, lost: float, hubs: Collection[str], compared: PersonComparison | None = None
) -> PairScore:
    """Returns the score of two people of one city. lost: see `common_name`."""
    found = compared or compare_persons(a.name, b.name)
    total = bits("city", 1.0) + bits(
        "person_name", min(1.0, found.score + 0.02) if found.score >= EQUAL else found.score
    )
    reasons = ["names agree: " + ", ".join(found.reasons), f"both in {a.city}"]
    if found.score >= EQUAL and lost:
        total -= lost
        reasons.append("a name that people of other cities bear too")
    for weight, reason in contacts_told(a, b, CONTACTS, hubs):
        total += weight
        reasons.append(reason)
    return PairScore(round(total, 2), "city", "; ".join(reasons), "")
