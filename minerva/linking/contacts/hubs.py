"""Finds identifiers that strangers share: front desks, call centers, agency mailboxes, link pages.

An identifier in many records is trusted only when its records also hang together without it. First, identifiers whose
records directly share others are taken as firm; with rare ones they form the firm components. Then the records of each
remaining suspect are grouped by shared identifiers and firm components, and agreement = share of record pairs in one
group, counted over the records that have such company at all.
Method: agreement test over a bipartite graph; related to edge filtering in arXiv 2507.13477.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import sub

from minerva.components import DisjointSets
from minerva.linking.contacts.firm import Firm
from minerva.linking.contacts.votes import as_votes
from minerva.linking.held import Held, fast
from minerva.linking.model import NOTHING, Beyond, Hub, LinkRecord, Options
from minerva.linking.people.people_names import Names, telling_words

Named = Callable[[int], "Collection[int | str]"]

_LEAST = 4
"""In fewer records, strangers are as likely to be one operation with two phones."""
_LOOKED_AT = 40
"""Records of one value whose names are read to see whether they disagree."""
_SAMPLE = 4
_PASSES = 3
_CROWD = 10
"""This many times suspect_degree records that share one value and nothing else are a crowd, not one holder."""


def find_hubs(
    held: Held,
    options: Options,
    names: Sequence[str] = (),
    beyond: Beyond = NOTHING,
    people: Names | None = None,
    posts: Sequence[LinkRecord] = (),
) -> dict[int, Hub]:
    """Returns the hubs by number. What records share as company joins nothing here, and speaks for an identifier whose
    records share it; names: the name of each record, which speak against an identifier whose records bear full names
    that share no word. beyond: what is known already of values of which not all records are given. people: the names
    as numbers, if they are at hand; posts: the records, so that what one source got at once speaks once (votes.py).
    Cost: linear in record-identifier pairs, a fixed number of passes.
    """
    named = _named(names, people)
    settled: dict[int, Hub] = {}
    joining: frozenset[int] = frozenset()
    if beyond.hubs or beyond.joining:
        settled = {number: beyond.hubs[value] for number, value in enumerate(held.values) if value in beyond.hubs}
        joining = frozenset(number for number, value in enumerate(held.values) if value in beyond.joining)
    apart = names_disagree(held, options, names, people, posts).difference(settled, joining)
    apart |= {number for number, hub in settled.items() if hub.names_apart}
    firm, doubtful = sort_out(held, options, apart.union(settled))
    sizes = {value: settled[value].degree if value in settled else held.degree(value) for value in doubtful}
    suspects = [value for value in doubtful if sizes[value] >= options.suspect_degree and value not in joining]
    small = [value for value in doubtful if sizes[value] < options.suspect_degree and value not in joining]
    # Largest first: a value already known as a hub is no company for the next.
    suspects.sort(key=lambda value: (-sizes[value], held.values[value]))
    judge = partial(_judge, held=held, options=options, named=named, apart=apart, settled=settled, posts=posts)
    hubs = judge(suspects, known=None, firm=firm)
    for _ in range(_PASSES):
        # A value cleared in one pass makes its records one component, which may clear those that only lacked company.
        for value in suspects:
            if value not in hubs:
                firm.unite(held.holders(value))
        again = judge([value for value in suspects if value in hubs], known=hubs, firm=firm)
        if len(again) == len(hubs):
            break
        hubs = again
    # Few records show little: they are judged when all else is settled.
    hubs.update(judge(sorted(small), known=hubs, firm=firm))
    return hubs


def _named(names: Sequence[str], people: Names | None) -> Named:
    """Returns what tells the words of a record's name that count."""
    return partial(_words, names) if people is None else partial(people.telling, names)


def _words(names: Sequence[str], position: int) -> frozenset[str]:
    return telling_words(names[position])


def names_disagree(
    held: Held,
    options: Options,
    names: Sequence[str],
    people: Names | None = None,
    posts: Sequence[LinkRecord] = (),
) -> frozenset[int]:
    """Returns the values, held by suspect_degree to hub_degree records, that bear full names that share no word.

    Such values do not speak for each other: a front desk and its web page stand in the records of the same strangers.
    """
    if not names:
        return frozenset()
    named = _named(names, people)
    least, most = options.suspect_degree, options.hub_degree  # above, it is a hub whatever the names
    if people is not None and fast(len(names)):
        from minerva.linking.contacts.hubs_numpy import perhaps_apart_numpy

        asked = perhaps_apart_numpy(held, least, most, _LOOKED_AT, options.agreement, people)
    else:
        degrees = map(sub, held.starts[1:], held.starts)
        asked = [value for value, degree in enumerate(degrees) if least <= degree <= most]
    found = []
    for value in asked:
        records = held.holders(value)
        degree = len(records)
        if _look_alike([names[record] for record in records[:: degree // _SAMPLE]]):
            continue
        if degree > _LOOKED_AT:
            records = records[:: degree // _LOOKED_AT]
        if _names_apart([[record] for record in records], named, options, posts):
            found.append(value)
    return frozenset(found)


def _look_alike(names: Sequence[str]) -> bool:
    """True when names of one owner, as they mostly are, show it at a glance: half of their pairs share a word as it
    stands, or hardly any is a full name."""
    told = [name.split() for name in names]
    if set(told[0]).intersection(*told[1:]):
        return True
    words = [set(map(str.lower, each)) for each in told]
    full = [each for each in words if len(each) > 1]
    pairs = [one.isdisjoint(other) for place, one in enumerate(full) for other in full[place + 1 :]]
    return len(full) < 2 or 2 * sum(pairs) < len(pairs)


def sort_out(held: Held, options: Options, apart: frozenset[int] = frozenset()) -> tuple[Firm, list[int]]:
    """Returns (firm components, identifiers that must be looked at again) by what records directly share."""
    if fast(len(held.bounds) - 1):
        from minerva.linking.contacts.hubs_numpy import sort_out_numpy

        return sort_out_numpy(held, _LEAST, options.hub_degree, options.agreement, apart)
    return sort_out_plainly(held, options, apart)


def sort_out_plainly(held: Held, options: Options, apart: frozenset[int] = frozenset()) -> tuple[Firm, list[int]]:
    """`sort_out` without numpy; the reference of the fast path."""
    firm = Firm(len(held.bounds) - 1)
    doubtful: list[int] = []
    for value in range(len(held.values)):
        records = held.holders(value)
        degree = len(records)
        if value in apart or (
            degree >= _LEAST
            and (
                degree > options.hub_degree
                or _agreement(_groups(value, records, held, {}, None), degree) < options.agreement
            )
        ):
            doubtful.append(value)
        else:
            firm.unite(records)
    return firm, doubtful


def _judge(
    suspects: Sequence[int],
    held: Held,
    known: Mapping[int, Hub] | None,
    firm: Firm,
    options: Options,
    named: Named,
    apart: frozenset[int],
    settled: Mapping[int, Hub],
    posts: Sequence[LinkRecord],
) -> dict[int, Hub]:
    """Returns those of the suspects that are hubs. known: hubs of the pass before, no company for each other; None in
    the first pass, where a hub just found is none for the next."""
    hubs: dict[int, Hub] = {}
    for value in suspects:
        if value in settled:
            hubs[value] = settled[value]
            continue
        records = held.holders(value)
        why = _suspicion(value, records, held, hubs if known is None else known, firm, options, named, apart, posts)
        if why:
            hubs[value] = Hub(held.values[value], len(records), why, value in apart)
    return hubs


def _suspicion(
    value: int,
    records: Sequence[int],
    held: Held,
    hubs: Mapping[int, Hub],
    firm: Firm,
    options: Options,
    named: Named,
    apart: frozenset[int],
    posts: Sequence[LinkRecord],
) -> str:
    """Returns what shows that strangers share the value, or "" when its records belong together."""
    degree = len(records)
    if degree > options.hub_degree:
        return f"in {degree} records, more than one holder's"
    if value in apart:
        groups = _groups(value, records, held, apart.union(hubs), firm)
        names = _names_apart(groups, named, options, posts)
        if names:
            return f"in {degree} records of {names} names that have nothing else in common"
    groups = _groups(value, records, held, hubs, firm)
    companied = [group for group in groups if len(group) > 1 or firm.company[group[0]]]
    known = sum(map(len, companied))
    agreed = known > 1 and (
        _agreement(companied, known) >= options.agreement or max(map(len, companied)) >= 0.6 * known
    )
    if known < 2 or (known < 0.2 * degree and degree < _CROWD * options.suspect_degree):
        return f"in {degree} records that share nothing else" if degree >= _CROWD * options.suspect_degree else ""
    if agreed:
        return ""
    if degree < options.suspect_degree and len(companied) < _LEAST:
        return ""
    return f"in {degree} records of {len(companied)} groups that share nothing else with each other"


def _names_apart(groups: Sequence[Sequence[int]], named: Named, options: Options, posts: Sequence[LinkRecord]) -> int:
    """Returns how many groups bear a full name, where they are _LEAST or more and few of their pairs share a word
    of it, also where those that came at once speak once; else 0."""
    found = _apart(groups, named, options)
    return found if found == 0 or not posts else _apart(as_votes(groups, posts), named, options)


def _apart(groups: Sequence[Sequence[int]], named: Named, options: Options) -> int:
    words = [named(group[0]) if len(group) == 1 else frozenset().union(*map(named, group)) for group in groups]
    told = list(filter(None, words))
    if len(told) < _LEAST:
        return 0
    alike = sum([holders * (holders - 1) for holders in Counter(chain.from_iterable(told)).values()])
    return len(told) if alike < options.agreement * len(told) * (len(told) - 1) else 0


def _agreement(groups: Sequence[Sequence[int]], known: int) -> float:
    """Returns the share of the record pairs that stand in one group."""
    return sum(len(group) * (len(group) - 1) for group in groups) / (known * (known - 1))


def _groups(
    value: int, records: Sequence[int], held: Held, hubs: Collection[int], firm: DisjointSets | None
) -> list[list[int]]:
    """Returns the records of one identifier, grouped by what they share beside it (and by firm component, if given)."""
    local = DisjointSets(len(records))
    first: dict[int, int] = {}
    components: dict[int, int] = {}
    for position, record in enumerate(records):
        for other in held.of(record):
            if other != value and other not in hubs:
                before = first.setdefault(other, position)
                if before != position:
                    local.union(before, position)
        if firm is not None:
            before = components.setdefault(firm.find(record), position)
            if before != position:
                local.union(before, position)
    return [[records[item] for item in group] for group in local.groups().values()]
