"""Joins by a shared identifier: the surest first, so that what joins two records is the best they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, compress, count
from operator import attrgetter

from minerva.linking.held import Held, fast
from minerva.linking.model import LinkRecord, SharedJoins
from minerva.linking.places.commonness import Commonness, house_key
from minerva.linking.places.kept_apart import SetsKeptApart
from minerva.linking.places.pairs import are_listed_apart
from minerva.linking.places.told import at_one_place, told_of
from minerva.linking.strength import strength_of

OF_HOLDERS = frozenset(["company", "license"])
"""Record types of registers of whoever holds something: one operator has entries at several addresses, often under
several names, and what these share tells so."""
MOST_LISTED = 12
"""Names under which a register tells one value that are compared with each other."""
_NOBODY: frozenset[str] = frozenset()


def join_shared(
    records: Sequence[LinkRecord],
    held: Held,
    hubs: Collection[int],
    sets: SetsKeptApart,
    apart: list[tuple[int, int]],
    kept: Mapping[int, Sequence[Sequence[int]]],
    listed: Collection[int] = (),
) -> SharedJoins:
    """Joins records in `sets` by what they share, hubs left out, and returns the joins made.

    apart: pairs that people keep apart: what links them comes last, when the records around have found their side.
    kept: hub -> groups of records that it joins all the same (see bridges.py), after everything else. listed: values
    left to `join_listed`.
    """
    found = _joined(records, held, hubs, sets, apart, listed)
    for value in sorted(kept):
        found.degrees[value] = held.degree(value)
        for head, *others in kept[value]:
            for position in others:
                if sets.union(head, position):
                    found.add(head, position, value)
    return found


def _joined(
    records: Sequence[LinkRecord],
    held: Held,
    hubs: Collection[int],
    sets: SetsKeptApart,
    apart: list[tuple[int, int]],
    listed: Collection[int],
) -> SharedJoins:
    hubs = {*hubs, *listed} if listed else hubs
    around = {
        value: positions
        for value, positions in held.placed.items()
        if value not in hubs
        and at_one_place(
            {told_of(records[position]) for position in positions},
            {told_of(records[position]) for position in held.holders(value)},
        )
    }
    if fast(len(records)) and not apart and not around and sets.untouched():
        from minerva.linking.contacts.shared_numpy import join_shared_numpy

        return join_shared_numpy(held, hubs, sets)
    return join_shared_plainly(records, held, hubs, sets, apart, around)


def listed_apart_by(
    records: Sequence[LinkRecord], held: Held, hubs: Collection[int], common: Commonness
) -> dict[int, frozenset[str]]:
    """Returns value -> registers that list a thing once and have it in rows whose names differ: infant and junior
    school behind one phone. Which of them others mean who hold it is not told."""
    told: dict[int, dict[str, dict[str, LinkRecord]]] = {}
    for value, position in _of_registers(records, held, common):
        row = records[position]
        named = told.setdefault(value, {}).setdefault(row.source_id, {})
        if len(named) < MOST_LISTED:
            named.setdefault(row.name, row)
    found = {
        value: frozenset(source for source, named in registers.items() if _are_apart(named.values(), common))
        for value, registers in told.items()
        if value not in hubs
    }
    return {value: sources for value, sources in found.items() if sources}


def _of_registers(records: Sequence[LinkRecord], held: Held, common: Commonness) -> Iterator[tuple[int, int]]:
    """Yields (value, position) of what the rows of registers that list a thing once hold, places included."""
    if not common.once:
        return
    several = len(held.values)  # further numbers join nobody
    for position in compress(count(), map(common.once.__contains__, map(attrgetter("source_id"), records))):
        for value in held.of(position):
            if value < several and (held.degree(value) > 1 or value in held.placed):
                yield value, position
    for value, places in held.placed.items():
        for position in places:
            if common.lists_once(records[position].source_id):
                yield value, position


def _are_apart(rows: Iterable[LinkRecord], common: Commonness) -> bool:
    return any(
        are_listed_apart(a, b, common)
        for a, b in combinations(rows, 2)
        if a.record_type not in OF_HOLDERS or house_key(a) == house_key(b)
    )


def join_listed(
    records: Sequence[LinkRecord],
    held: Held,
    sets: SetsKeptApart,
    listed: Mapping[int, Collection[str]],
    found: SharedJoins,
) -> None:
    """Joins all others that hold what registers list apart (see `listed_apart_by`), and adds the joins to `found`: last
    of all, when those who share more with one of the rows stand with it. Who stands with several rows brings these not
    together: then only those who stand with none are one."""
    if not listed:
        return
    sides: dict[int, set[str]] = {}
    registers = frozenset().union(*listed.values())
    for position, record in enumerate(records):
        if record.source_id in registers:
            sides.setdefault(sets.find(position), set()).add(record.source_id)
    order = sorted(listed, key=lambda value: (-strength_of(held.values[value], held.degree(value)), value))
    for value in order:
        found.degrees[value] = held.degree(value)
        others = [each for each in held.holders(value) if records[each].source_id not in listed[value]]
        beside = {root for root in map(sets.find, others) if not sides.get(root, _NOBODY).isdisjoint(listed[value])}
        if len(beside) > 1:
            others = [each for each in others if sets.find(each) not in beside]
        for head, position in _heads(others, sets, True):
            told = [sides.pop(root, _NOBODY) for root in {sets.find(head), sets.find(position)}]
            if sets.union(head, position):
                found.add(head, position, value)
            if any(told):
                sides[sets.find(head)] = set().union(*told)


def join_shared_plainly(
    records: Sequence[LinkRecord],
    held: Held,
    hubs: Collection[int],
    sets: SetsKeptApart,
    apart: list[tuple[int, int]],
    around: Mapping[int, list[int]],
) -> SharedJoins:
    """`join_shared` without numpy; the reference of the fast path. around: value -> the places around it."""
    contested = {value for a, b in apart for value in {*records[a].identifiers} & {*records[b].identifiers}}
    order = []
    degrees: dict[int, int] = {}
    for value, name in enumerate(held.values):
        degree = held.degree(value) + len(around.get(value, ()))
        if degree > 1 and value not in hubs:
            degrees[value] = held.degree(value) + len(around.get(value, ()))
            order.append((name in contested, -strength_of(name, degree), value))
    order.sort()
    found = SharedJoins([], [], [], degrees)
    for _, _, value in order:
        for head, position in _heads(held.holders(value).tolist() + around.get(value, []), sets, bool(apart)):
            if sets.union(head, position):
                found.add(head, position, value)
    return found


def _heads(positions: Sequence[int], sets: SetsKeptApart, apart: bool) -> Iterator[tuple[int, int]]:
    """Yields (head, position) of what is to be joined, one after the other. apart: some may not be joined, so that a
    position has the first head that it may be joined with, or becomes one."""
    heads = list(positions[:1])
    for position in positions[1:]:
        head = next((each for each in heads if sets.may_join(each, position)), None) if apart else heads[0]
        if head is None:
            heads.append(position)
        else:
            yield head, position
