"""Finds identifiers that strangers share: front desks, call centers, agency mailboxes, link pages.

An identifier in many records is trusted only when its records also hang together without it. First, identifiers whose
records directly share others are taken as firm; with rare ones they form the firm components. Then the records of each
remaining suspect are grouped by shared identifiers and firm components, and agreement = share of record pairs in one
group, counted over the records that have such company at all.
Method: agreement test over a bipartite graph; related to edge filtering in arXiv 2507.13477.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from minerva.components import DisjointSets
from minerva.linking.model import NOTHING, Hub, Options

_LEAST = 4
"""In fewer records, strangers are as likely to be one operation with two phones."""
_PASSES = 3
WORTH_NUMPY = 20_000
"""Records from which importing numpy (0.1 s of CPU) pays."""
_CROWD = 10
"""This many times suspect_degree records that share one value and nothing else are a crowd, not one holder."""


def find_hubs(
    holders: Mapping[str, Sequence[int]],
    held: Sequence[Sequence[str]],
    options: Options,
    company: Sequence[Sequence[str]] = (),
    settled: Mapping[str, Hub] = NOTHING.hubs,
) -> dict[str, Hub]:
    """Returns the hubs by identifier. holders: identifier -> record positions; held: position -> joining identifiers.

    company: position -> what else the record shares (a text group, an address); it joins nothing here, and speaks for
    an identifier whose records share it. settled: identifiers of which not all holders are given, and which are hubs
    (see `Beyond`). Cost: linear in record-identifier pairs, a fixed number of passes.
    """
    if company:
        held = [(*own, *more) if more else own for own, more in zip(held, company)]
    judged_here = {value: found for value, found in holders.items() if value not in settled} if settled else holders
    firm, doubtful = sort_out(judged_here, held, options)
    suspects = [value for value in doubtful if len(holders[value]) >= options.suspect_degree]
    small = [value for value in doubtful if len(holders[value]) < options.suspect_degree]
    suspects += settled
    # Largest first: a value already known as a hub is no company for the next.
    suspects.sort(key=lambda item: (-(settled[item].degree if item in settled else len(holders[item])), item))
    judge = partial(_judge, holders=holders, held=held, options=options, settled=settled)
    hubs = judge(suspects, known=None, firm=firm)
    for _ in range(_PASSES):
        # A value cleared in one pass makes its records one component, which may clear those that only lacked company.
        for value in suspects:
            if value not in hubs:
                _unite(firm, holders[value])
        again = judge([value for value in suspects if value in hubs], known=hubs, firm=firm)
        if len(again) == len(hubs):
            break
        hubs = again
    # Few records show little: they are judged when all else is settled.
    hubs.update(judge(sorted(small), known=hubs, firm=firm))
    return hubs


def sort_out(
    holders: Mapping[str, Sequence[int]], held: Sequence[Sequence[str]], options: Options
) -> tuple[DisjointSets, list[str]]:
    """Returns (firm components, identifiers that must be looked at again) by what records directly share."""
    if len(held) >= WORTH_NUMPY and importlib.util.find_spec("numpy"):
        from minerva.linking.hubs_numpy import sort_out_numpy

        return sort_out_numpy(holders, held, _LEAST, options.hub_degree, options.agreement)
    return sort_out_plainly(holders, held, options)


def sort_out_plainly(
    holders: Mapping[str, Sequence[int]], held: Sequence[Sequence[str]], options: Options
) -> tuple[DisjointSets, list[str]]:
    """`sort_out` without numpy; the reference of the fast path."""
    firm = DisjointSets(len(held))
    doubtful: list[str] = []
    for value, records in holders.items():
        degree = len(records)
        if degree >= _LEAST and (
            degree > options.hub_degree
            or _agreement(_groups(value, records, held, {}, None), degree) < options.agreement
        ):
            doubtful.append(value)
        else:
            _unite(firm, records)
    return firm, doubtful


def _unite(firm: DisjointSets, records: Sequence[int]) -> None:
    for record in records[1:]:
        firm.union(records[0], record)


def _judge(
    suspects: Sequence[str],
    holders: Mapping[str, Sequence[int]],
    held: Sequence[Sequence[str]],
    known: Mapping[str, Hub] | None,
    firm: DisjointSets,
    options: Options,
    settled: Mapping[str, Hub],
) -> dict[str, Hub]:
    """Returns those of the suspects that are hubs. known: hubs of the pass before, no company for each other; None in
    the first pass, where a hub just found is none for the next."""
    sizes = Counter(firm.find(position) for position in range(len(held)))
    hubs: dict[str, Hub] = {}
    for value in suspects:
        if value in settled:
            hubs[value] = settled[value]
            continue
        records = holders[value]
        why = _suspicion(value, records, held, hubs if known is None else known, firm, sizes, options)
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
    if degree < options.suspect_degree and len(companied) < _LEAST:
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
