"""Entities made when they are asked for: ids and groups are kept as numbers, joins and sentences are written on demand.

A million records in hundreds of thousands of entities then cost no object each until somebody reads them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypedDict, Union, overload

from minerva.linking.cluster import Clustered
from minerva.linking.explain import explain
from minerva.linking.held import transposed
from minerva.linking.judgements import Settled
from minerva.linking.model import Entity, Join, LinkRecord
from minerva.linking.relations import Relation, by_group, largest
from minerva.linking.strength import strength_of, title_of


class _Origin(TypedDict):
    sources: tuple[str, str]
    time: int


class Entities(Sequence[Entity]):
    """The entities of one run, sorted by id. ids: of each group, in the order of their first positions."""

    def __init__(
        self,
        records: Sequence[LinkRecord],
        found: Clustered,
        ids: Sequence[str],
        tenant_id: str,
        judged: Settled,
    ) -> None:
        self._records = records
        self._found = found
        self._ids = ids
        self._tenant_id = tenant_id
        self._judged = judged
        self._order: Union[list[int], None] = None
        self._joins: Union[tuple[array[int], array[int], Mapping[int, tuple[list[Join], list[Join]]]], None] = None

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> Entity: ...

    @overload
    def __getitem__(self, place: slice) -> list[Entity]: ...

    def __getitem__(self, place: Union[int, slice]) -> Union[Entity, list[Entity]]:
        if isinstance(place, slice):
            return [self._entity(number) for number in self._sorted()[place]]
        return self._entity(self._sorted()[place])

    def __iter__(self) -> Iterator[Entity]:
        return map(self._entity, self._sorted())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Entity.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def _sorted(self) -> list[int]:
        if self._order is None:
            self._order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        return self._order

    @cached_property
    def _groups(self) -> Sequence[Sequence[int]]:
        """The positions of each group."""
        return list(self._found.sets.groups().values())

    def _entity(self, number: int) -> Entity:
        group = [self._records[position] for position in self._groups[number]]
        joins = self._joins_of(number)
        buildings = self._found.buildings
        return Entity(
            self._ids[number],
            self._tenant_id,
            tuple(sorted(group, key=lambda record: record.record_id)),
            tuple(joins),
            explain(group, joins, self._found.hubs, self._judged),
            tuple(self._relations.get(number, ())),
            largest(buildings[each] for each in self._groups[number] if each in buildings) if buildings else None,
        )

    @cached_property
    def _relations(self) -> Mapping[int, list[Relation]]:
        """The relations of each group that has any."""
        return by_group(self._found.relations, self._group_of) if self._found.relations else {}

    @cached_property
    def _group_of(self) -> array[int]:
        """The group of each position."""
        group_of = array("q", bytes(8 * len(self._records)))
        for number, positions in enumerate(self._groups):
            for position in positions:
                group_of[position] = number
        return group_of

    def _joins_of(self, number: int) -> list[Join]:
        if len(self._groups[number]) == 1:
            return []
        if self._joins is None:
            self._joins = self._filed()
        places, starts, others = self._joins
        shared = [self._shared(place) for place in places[starts[number] : starts[number + 1]]]
        if number not in others:
            return shared
        record = {self._records[position].record_id: self._records[position] for position in self._groups[number]}
        before, after = (
            [replace(join, **_origin(record[join.a], record[join.b])) for join in joins] for joins in others[number]
        )
        return [*before, *shared, *after]

    def _filed(self) -> tuple[array[int], array[int], Mapping[int, tuple[list[Join], list[Join]]]]:
        """Returns the shared joins by group, and the other joins of each group."""
        group_of = self._group_of
        owners = array("q", map(group_of.__getitem__, self._found.shared.first))
        places, starts = transposed(owners, array("q", range(len(owners) + 1)), len(self._groups))
        others: dict[int, tuple[list[Join], list[Join]]] = {}
        for kind, joins in enumerate((self._found.judged, self._found.other)):
            for position, join in joins:
                others.setdefault(group_of[position], ([], []))[kind].append(join)
        return places, starts, others

    def _shared(self, place: int) -> Join:
        shared = self._found.shared
        value = shared.value[place]
        identifier, degree = self._found.held.values[value], shared.degrees[value]
        why = f"both hold the {title_of(identifier)} {identifier.partition(':')[2]}, found in {degree} records"
        a, b = self._records[shared.first[place]], self._records[shared.second[place]]
        strength = strength_of(identifier, degree)
        return Join(a.record_id, b.record_id, "shared_identifier", identifier, strength, why, **_origin(a, b))


def _origin(a: LinkRecord, b: LinkRecord) -> _Origin:
    return {"sources": (a.source_id, b.source_id), "time": max(a.time, b.time) if a.time and b.time else 0}
