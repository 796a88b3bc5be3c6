"""The one call of linking: rows of records in, entities with ids, reasons and redirects out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter, lt
from typing import Any, Union

from minerva.linking.assign import assign, entity_id_of
from minerva.linking.cluster import cluster
from minerva.linking.collector import at_rest
from minerva.linking.entities import Entities
from minerva.linking.judgements import Judgement, settle
from minerva.linking.model import (
    DEFAULT,
    NOTHING,
    Assignment,
    Beyond,
    LinkRecord,
    Options,
    Resolution,
    read_row,
)
from minerva.linking.numbering import mapped
from minerva.linking.same_id import as_one
from minerva.linking.texts.sketches import sketched


def resolve(
    records: Iterable[Union[LinkRecord, Mapping[str, Any]]],
    previous: Assignment,
    tenant_id: str,
    options: Options = DEFAULT,
    judgements: Iterable[Judgement] = (),
    beyond: Beyond = NOTHING,
) -> Resolution:
    """Returns the entities of one tenant's records.

    A record given twice (delivery is at-least-once) counts once, and different contents under one id as one record that
    says so (see same_id.py). The answer depends on the records and `previous` alone, not on their order, the clock or
    other tenants. `judgements` of people win over all evidence; those that contradict each other count for nothing and
    are named. `beyond`: what is known of further records of the tenant that are not given (see changes.py). Cost: near
    linear; see benchmarks/linking_hubs.py.
    """
    with at_rest():
        return _resolved(records, previous, tenant_id, options, judgements, beyond)


def _by_age(records: Sequence[LinkRecord]) -> Sequence[LinkRecord]:
    """Returns the records by `assign.age`: those without a time come last."""
    times = list(map(attrgetter("time"), records))
    if all(times) and all(map(lt, times, times[1:])):  # each at a time of its own, and in order
        return records
    timed = sorted([record for record in records if record.time], key=attrgetter("time", "record_id"))
    return timed + sorted([record for record in records if not record.time], key=attrgetter("record_id"))


def _resolved(
    records: Iterable[Union[LinkRecord, Mapping[str, Any]]],
    previous: Assignment,
    tenant_id: str,
    options: Options,
    judgements: Iterable[Judgement],
    beyond: Beyond,
) -> Resolution:
    rows: Sequence[LinkRecord] = sketched(row if isinstance(row, LinkRecord) else read_row(row) for row in records)
    ordered = _by_age(as_one(rows))
    del rows
    judged = settle(judgements)
    found = cluster(ordered, options, judged, beyond)
    labels = found.sets.labels()
    heads = [position for position, label in enumerate(labels) if position == label]
    if previous or beyond.taken:
        members = [[ordered[position] for position in group] for group in found.sets.groups().values()]
        ids, redirects = assign(members, previous, tenant_id, beyond.taken)
    else:  # records stand by age, so the first of a group is its oldest
        ids, redirects = [entity_id_of(tenant_id, ordered[head].record_id) for head in heads], {}
    entities = Entities(ordered, found, ids, tenant_id, judged)
    id_of = [""] * len(ordered)
    for head, entity_id in zip(heads, ids):
        id_of[head] = entity_id
    assigned = mapped(zip(map(attrgetter("record_id"), ordered), map(id_of.__getitem__, labels)))
    hubs = [found.hubs[value] for value in sorted(found.hubs)]
    near = [(ordered[a].record_id, ordered[b].record_id) for a, b in found.near]
    relations = [each.relation for each in found.relations]
    buildings = {ordered[each].record_id: held.names for each, held in found.buildings.items()}
    told = (judged.contradictions, near, relations, found.skipped, buildings)
    return Resolution(entities, assigned, redirects, hubs, *told)
