"""Joins by a shared identifier: the surest first, so that what joins two records is the best they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from minerva.linking.commonness import NOT_COUNTED, Commonness
from minerva.linking.held import Held, fast
from minerva.linking.kept_apart import SetsKeptApart
from minerva.linking.model import LinkRecord, SharedJoins
from minerva.linking.pairs import are_listed_apart
from minerva.linking.strength import strength_of
from minerva.linking.told import at_one_place, told_of

MOST_LISTED = 12
"""Rows of a register that hold one value and whose names are compared."""


def join_shared(
    records: Sequence[LinkRecord],
    held: Held,
    hubs: Collection[int],
    sets: SetsKeptApart,
    apart: list[tuple[int, int]],
    kept: Mapping[int, Sequence[Sequence[int]]],
    common: Commonness = NOT_COUNTED,
) -> SharedJoins:
    """Joins records in `sets` by what they share, hubs left out, and returns the joins made.

    apart: pairs that people keep apart: what links them comes last, when the records around have found their side.
    kept: hub -> groups of records that it joins all the same (see bridges.py), after everything else. common: which
    registers list a thing once: what one lists apart its contact does not join.
    """
    found = _joined(records, held, hubs, sets, apart, common)
    for value in sorted(kept):
        found.degrees[value] = held.degree(value)
        for head, *others in kept[value]:
            for position in others:
                if sets.union(head, position):
                    found.first.append(head)
                    found.second.append(position)
                    found.value.append(value)
    return found


def _joined(
    records: Sequence[LinkRecord],
    held: Held,
    hubs: Collection[int],
    sets: SetsKeptApart,
    apart: list[tuple[int, int]],
    common: Commonness,
) -> SharedJoins:
    around = {
        value: positions
        for value, positions in held.placed.items()
        if value not in hubs
        and at_one_place(
            {told_of(records[position]) for position in positions},
            {told_of(records[position]) for position in held.holders(value)},
        )
        and not _listed_apart([records[position] for position in (*positions, *held.holders(value))], common)
    }
    hubs = {*hubs, *_of_one_list(records, held, hubs, common)} if common.once else hubs
    if fast(len(records)) and not apart and not around and sets.untouched():
        from minerva.linking.shared_numpy import join_shared_numpy

        return join_shared_numpy(held, hubs, sets)
    return join_shared_plainly(records, held, hubs, sets, apart, around)


def _of_one_list(records: Sequence[LinkRecord], held: Held, hubs: Collection[int], common: Commonness) -> Iterator[int]:
    """Yields the values that rows of one register hold, which lists a thing once and tells where each is, under names
    that differ: infant and junior school behind one phone. Which of them others mean who hold it is not told."""
    for value in range(len(held.values)):
        if not 1 < held.degree(value) <= MOST_LISTED or value in hubs or value in held.placed:
            continue
        rows = [records[position] for position in held.holders(value)]
        if _listed_apart([row for row in rows if common.lists_once(row.source_id)], common):
            yield value


def _listed_apart(places: Iterable[LinkRecord], common: Commonness) -> bool:
    named = {(place.source_id, place.name): place for place in places}
    return any(are_listed_apart(a, b, common) for a, b in combinations(named.values(), 2))


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
    first: list[int] = []
    second: list[int] = []
    values: list[int] = []
    for _, _, value in order:
        positions = held.holders(value).tolist() + around.get(value, [])
        heads = positions[:1]
        for position in positions[1:]:
            head = next((each for each in heads if sets.may_join(each, position)), None) if apart else heads[0]
            if head is None:
                heads.append(position)
            elif sets.union(head, position):
                first.append(head)
                second.append(position)
                values.append(value)
    return SharedJoins(first, second, values, degrees)
