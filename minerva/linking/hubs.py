"""Finds identifiers that strangers share: front desks, call centers, agency mailboxes, link pages.

An identifier in many records is trusted only when its records also hang together without it. First, identifiers whose
records directly share others are taken as firm; with rare ones they form the firm components. Then the records of each
remaining suspect are grouped by shared identifiers and firm components, and agreement = share of record pairs in one
group, counted over the records that have such company at all.
Method: agreement test over a bipartite graph; related to edge filtering in arXiv 2507.13477.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from minerva.linking.graph import DisjointSets
from minerva.linking.model import Hub, Options

_CROWD = 10
"""This many times suspect_degree records that share one value and nothing else are a crowd, not one holder."""


def find_hubs(holders: Mapping[str, Sequence[int]], held: Sequence[Sequence[str]], options: Options) -> dict[str, Hub]:
    """Returns the hubs by identifier. holders: identifier -> record positions; held: position -> joining identifiers.

    Cost: linear in record-identifier pairs.
    """
    firm = DisjointSets(len(held))
    suspects: list[str] = []
    for value, records in holders.items():
        if len(records) >= options.suspect_degree:
            groups = _groups(value, records, held, {}, None)
            if len(records) > options.hub_degree or _agreement(groups, len(records)) < options.agreement:
                suspects.append(value)
                continue
        for record in records[1:]:
            firm.union(records[0], record)
    sizes = Counter(firm.find(position) for position in range(len(held)))
    hubs: dict[str, Hub] = {}
    # Largest first: a value already known as a hub is no company for the next.
    for value in sorted(suspects, key=lambda item: (-len(holders[item]), item)):
        records = holders[value]
        why = _suspicion(value, records, held, hubs, firm, sizes, options)
        if why:
            hubs[value] = Hub(value, len(records), why)
    return hubs


def _suspicion(
    value: str,
    records: Sequence[int],
    held: Sequence[Sequence[str]],
    hubs: Mapping[str, Hub],
    firm: DisjointSets,
    sizes: Mapping[int, int],
    options: Options,
) -> str:
    """Returns what shows that strangers share the value, or "" when its records belong together."""
    degree = len(records)
    if degree > options.hub_degree:
        return f"in {degree} records, more than one holder's"
    groups = _groups(value, records, held, hubs, firm)
    companied = [group for group in groups if len(group) > 1 or sizes[firm.find(group[0])] > 1]
    known = sum(map(len, companied))
    if known < 2 or (known < 0.2 * degree and degree < _CROWD * options.suspect_degree):
        return f"in {degree} records that share nothing else" if degree >= _CROWD * options.suspect_degree else ""
    if _agreement(companied, known) >= options.agreement or max(map(len, companied)) >= 0.6 * known:
        return ""
    return f"in {degree} records of {len(companied)} groups that share nothing else with each other"


def _agreement(groups: Sequence[Sequence[int]], known: int) -> float:
    """Returns the share of the record pairs that stand in one group."""
    return sum(len(group) * (len(group) - 1) for group in groups) / (known * (known - 1))


def _groups(
    value: str,
    records: Sequence[int],
    held: Sequence[Sequence[str]],
    hubs: Mapping[str, Hub],
    firm: DisjointSets | None,
) -> list[list[int]]:
    """Returns the records of one identifier, grouped by what they share beside it (and by firm component, if given)."""
    local = DisjointSets(len(records))
    first: dict[str, int] = {}
    components: dict[int, int] = {}
    for position, record in enumerate(records):
        for other in held[record]:
            if other != value and other not in hubs:
                local.union(first.setdefault(other, position), position)
        if firm is not None:
            local.union(components.setdefault(firm.find(record), position), position)
    return [[records[item] for item in group] for group in local.groups().values()]
