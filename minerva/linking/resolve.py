"""The one call of linking: rows of records in, entities with ids, reasons and redirects out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from typing import Any, Union

from minerva.linking.assign import age, assign
from minerva.linking.cluster import cluster
from minerva.linking.explain import explain
from minerva.linking.judgements import Judgement, settle
from minerva.linking.model import (
    DEFAULT,
    NOTHING,
    Assignment,
    Beyond,
    Entity,
    Join,
    LinkRecord,
    Options,
    Resolution,
    read_row,
)


def resolve(
    records: Iterable[Union[LinkRecord, Mapping[str, Any]]],
    previous: Assignment,
    tenant_id: str,
    options: Options = DEFAULT,
    judgements: Iterable[Judgement] = (),
    beyond: Beyond = NOTHING,
) -> Resolution:
    """Returns the entities of one tenant's records.

    A record given twice (delivery is at-least-once) counts once. The answer depends on the records and `previous`
    alone, not on their order, the clock or other tenants. `judgements` of people win over all evidence; those that
    contradict each other count for nothing and are named. `beyond`: what is known of further records of the tenant that
    are not given (see changes.py). Cost: near linear; see benchmarks/linking_hubs.py.
    """
    # Linking makes millions of objects and no cycles: the collector would walk all of them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _resolved(records, previous, tenant_id, options, judgements, beyond)
    finally:
        if collecting:
            gc.enable()


def _resolved(
    records: Iterable[Union[LinkRecord, Mapping[str, Any]]],
    previous: Assignment,
    tenant_id: str,
    options: Options,
    judgements: Iterable[Judgement],
    beyond: Beyond,
) -> Resolution:
    unique: dict[str, LinkRecord] = {}
    for row in records:
        record = row if isinstance(row, LinkRecord) else read_row(row)
        known = unique.get(record.record_id)
        if known is None or record < known:
            unique[record.record_id] = record
    ordered = sorted(unique.values(), key=age)
    judged = settle(judgements)
    sets, made, hubs, near = cluster(ordered, options, judged, beyond)
    groups = sets.groups()
    joins: dict[int, list[Join]] = {root: [] for root in groups}
    for a, _, join in made:
        joins[sets.find(a)].append(join)
    members = [[ordered[position] for position in positions] for positions in groups.values()]
    ids, redirects = assign(members, previous, tenant_id, beyond.taken)
    entities = [
        Entity(
            entity_id,
            tenant_id,
            tuple(sorted(group, key=lambda record: record.record_id)),
            tuple(joins[root]),
            explain(group, joins[root], hubs, judged),
        )
        for entity_id, group, root in zip(ids, members, groups)
    ]
    entities.sort(key=lambda entity: entity.entity_id)
    assigned = {record.record_id: entity.entity_id for entity in entities for record in entity.records}
    return Resolution(
        entities,
        assigned,
        redirects,
        [hubs[value] for value in sorted(hubs)],
        judged.contradictions,
        [(ordered[a].record_id, ordered[b].record_id) for a, b in near],
    )
