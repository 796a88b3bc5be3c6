"""Finds identifiers that strangers share: front desks, call centers, agency mailboxes, link pages.

An identifier in many records is trusted only when its records also hang together without it. First, identifiers whose
records directly share others are taken as firm; with rare ones they form the firm components. Then the records of each
remaining suspect are grouped by shared identifiers and firm components, and agreement = share of record pairs in one
group, counted over the records that have such company at all.
Method: agreement test over a bipartite graph; related to edge filtering in arXiv 2507.13477.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minerva.components import DisjointSets
from minerva.linking.held import Held, fast
from minerva.linking.model import Hub, Options

_LEAST = 4
"""In fewer records, strangers are as likely to be one operation with two phones."""
_PASSES = 3
_CROWD = 10
"""This many times suspect_degree records that share one value and nothing else are a crowd, not one holder."""


def find_hubs(held: Held, options: Options) -> dict[int, Hub]:
    """Returns the hubs by number. What records share as company joins nothing here, and speaks for an identifier whose
    records share it. Cost: linear in record-identifier pairs, a fixed number of passes.
    """
    firm, doubtful = sort_out(held, options)
    suspects = [value for value in doubtful if held.degree(value) >= options.suspect_degree]
    small = [value for value in doubtful if held.degree(value) < options.suspect_degree]
    # Largest first: a value already known as a hub is no company for the next.
    suspects.sort(key=lambda value: (-held.degree(value), value))
    hubs = _judge(suspects, held, {}, firm, options)
    for _ in range(_PASSES):
        # A value cleared in one pass makes its records one component, which may clear those that only lacked company.
        for value in suspects:
            if value not in hubs:
                firm.unite(held.holders(value))
        again = _judge([value for value in suspects if value in hubs], held, hubs, firm, options)
        if len(again) == len(hubs):
            break
        hubs = again
    # Few records show little: they are judged when all else is settled.
    hubs.update(_judge(sorted(small), held, hubs, firm, options))
    return hubs


class Firm(DisjointSets):
    """Components of records that belong together for sure. company: 1 for each record that was ever united."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.company = bytearray(size)

    def unite(self, records: Sequence[int]) -> None:
        """Makes records one component."""
        if len(records) > 1:
            for record in records:
                self.company[record] = 1
                self.union(records[0], record)


def sort_out(held: Held, options: Options) -> tuple[Firm, list[int]]:
    """Returns (firm components, identifiers that must be looked at again) by what records directly share."""
    if fast(len(held.bounds) - 1):
        from minerva.linking.hubs_numpy import sort_out_numpy

        return sort_out_numpy(held, _LEAST, options.hub_degree, options.agreement)
    return sort_out_plainly(held, options)


def sort_out_plainly(held: Held, options: Options) -> tuple[Firm, list[int]]:
    """`sort_out` without numpy; the reference of the fast path."""
    firm = Firm(len(held.bounds) - 1)
    doubtful: list[int] = []
    for value in range(len(held.values)):
        records = held.holders(value)
        degree = len(records)
        if degree >= _LEAST and (
            degree > options.hub_degree
            or _agreement(_groups(value, records, held, {}, None), degree) < options.agreement
        ):
            doubtful.append(value)
        else:
            firm.unite(records)
    return firm, doubtful


def _judge(
    suspects: Sequence[int], held: Held, known: Mapping[int, Hub], firm: Firm, options: Options
) -> dict[int, Hub]:
    """Returns those of the suspects that are hubs. known: hubs of the pass before, no company for each other."""
    hubs: dict[int, Hub] = {}
    for value in suspects:
        records = held.holders(value)
        why = _suspicion(value, records, held, known or hubs, firm, options)
        if why:
            hubs[value] = Hub(held.values[value], len(records), why)
    return hubs


def _suspicion(
    value: int, records: Sequence[int], held: Held, hubs: Mapping[int, Hub], firm: Firm, options: Options
) -> str:
    """Returns what shows that strangers share the value, or "" when its records belong together."""
    degree = len(records)
    if degree > options.hub_degree:
        return f"in {degree} records, more than one holder's"
    groups = _groups(value, records, held, hubs, firm)
    companied = [group for group in groups if len(group) > 1 or firm.company[group[0]]]
    known = sum(map(len, companied))
    if known < 2 or (known < 0.2 * degree and degree < _CROWD * options.suspect_degree):
        return f"in {degree} records that share nothing else" if degree >= _CROWD * options.suspect_degree else ""
    if _agreement(companied, known) >= options.agreement or max(map(len, companied)) >= 0.6 * known:
        return ""
    if degree < options.suspect_degree and len(companied) < _LEAST:
        return ""
    return f"in {degree} records of {len(companied)} groups that share nothing else with each other"


def _agreement(groups: Sequence[Sequence[int]], known: int) -> float:
    """Returns the share of the record pairs that stand in one group."""
    return sum(len(group) * (len(group) - 1) for group in groups) / (known * (known - 1))


def _groups(
    value: int, records: Sequence[int], held: Held, hubs: Mapping[int, Hub], firm: DisjointSets | None
) -> list[list[int]]:
    """Returns the records of one identifier, grouped by what they share beside it (and by firm component, if given)."""
    local = DisjointSets(len(records))
    first: dict[int, int] = {}
    components: dict[int, int] = {}
    for position, record in enumerate(records):
        for other in held.of(record):
            if other != value and other not in hubs:
                local.union(first.setdefault(other, position), position)
        if firm is not None:
            local.union(components.setdefault(firm.find(record), position), position)
    return [[records[item] for item in group] for group in local.groups().values()]
