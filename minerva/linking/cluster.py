"""Joins records into groups: identifiers first, then name-and-address pairs from the surest down, conflicts vetoed.

A place (record_type `site`) is the address itself: two places join only when their addresses do not contradict, however
many contacts they share, since one office answers for many sites.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from math import log2

from minerva.linking.hubs import find_hubs
from minerva.linking.judgements import Settled
from minerva.linking.kept_apart import SetsKeptApart
from minerva.linking.likeness import candidate_texts, score_texts, text_groups
from minerva.linking.model import NOTHING, PLACE_TYPES, Beyond, Hub, Join, LinkRecord, Options
from minerva.linking.pairs import PairScore, candidate_pairs, comparable, contact_spread, score_pair
from minerva.linking.people import CROWDED, candidate_people, name_spread, person_of, score_people, too_different
from minerva.linking.strength import joins_alone, strength_of, title_of

_UNJUDGED = Settled()
_CHECKED = 12
"""Pairs looked at before two groups of places are joined: enough to show a contradiction, few enough to stay linear."""


def cluster(
    records: Sequence[LinkRecord], options: Options, judged: Settled = _UNJUDGED, beyond: Beyond = NOTHING
) -> tuple[SetsKeptApart, list[tuple[int, int, Join]], dict[str, Hub], list[tuple[int, int]]]:
    """Returns (groups, joins as (position, position, Join), hubs, pairs compared that are good enough to join).

    Records must come in a fixed order.
    """
    holders, held, placed = _holders(records)
    texts = text_groups(records)
    people = [person_of(record) for record in records]
    hubs = find_hubs(holders, held, options, _company(records, texts, people), beyond.hubs)
    place = (
        {record.record_id: position for position, record in enumerate(records)} if judged.apart or judged.same else {}
    )
    apart = [(place[each.a], place[each.b]) for each in judged.apart if each.a in place and each.b in place]
    sets = SetsKeptApart(len(records), apart)
    joins = _join_judged(judged, place, sets)
    contested = {value for a, b in apart for value in {*records[a].identifiers} & {*records[b].identifiers}}
    # What links two records that people keep apart comes last: the records around them have then found their side.
    shared = [value for value, positions in holders.items() if len(positions) > 1 or value in placed]
    for value in sorted(shared, key=lambda item: (item in contested, -strength_of(item, len(holders[item])), item)):
        positions = holders[value]
        around = placed.get(value, [])
        if around and value not in hubs and _one_place(records, around):
            positions = [*positions, *around]
        if value in hubs or len(positions) < 2:
            continue
        strength = strength_of(value, len(positions))
        why = f"both hold the {title_of(value)} {value.partition(':')[2]}, found in {len(positions)} records"
        heads = positions[:1]
        for position in positions[1:]:
            head = next((each for each in heads if sets.may_join(each, position)), None) if apart else heads[0]
            if head is None:
                heads.append(position)
            elif sets.union(head, position):
                ids = (records[head].record_id, records[position].record_id)
                joins.append((head, position, Join(*ids, "shared_identifier", value, strength, why)))
    compared, near = _join_pairs(records, people, sets, options, texts, beyond)
    return sets, joins + compared, hubs, near


def _join_judged(judged: Settled, place: Mapping[str, int], sets: SetsKeptApart) -> list[tuple[int, int, Join]]:
    """Joins what people judged the same; returns the joins made."""
    joins: list[tuple[int, int, Join]] = []
    for each in judged.same:
        a, b = place.get(each.a), place.get(each.b)
        if a is not None and b is not None and sets.union(a, b):
            joins.append((a, b, Join(each.a, each.b, "judgement", "", 1.0, each.sentence())))
    return joins


def _holders(
    records: Sequence[LinkRecord],
) -> tuple[dict[str, list[int]], list[list[str]], dict[str, list[int]]]:
    """Returns identifier -> positions, position -> identifiers, of identifiers that may join by themselves; and
    identifier -> positions of records that are places, which a contact alone does not join."""
    holders: dict[str, list[int]] = {}
    held: list[list[str]] = []
    placed: dict[str, list[int]] = {}
    for position, record in enumerate(records):
        alone = [value for value in record.identifiers if joins_alone(value)]
        if is_place(record):
            if record.record_type not in PLACE_TYPES:
                for value in alone:
                    placed.setdefault(value, []).append(position)
            alone = []
        held.append(alone)
        for value in alone:
            holders.setdefault(value, []).append(position)
    return holders, held, placed


def is_place(record: LinkRecord) -> bool:
    """True for a place, and for a record of no known type that has a name and an address."""
    return record.record_type in PLACE_TYPES or (not record.record_type and comparable(record))


def _one_place(records: Sequence[LinkRecord], positions: Sequence[int]) -> bool:
    """True when all records give one address: then their contact is that place's and no head office's."""
    return len({records[position].parsed_address().key for position in positions}) == 1


def _company(
    records: Sequence[LinkRecord], texts: Mapping[int, Sequence[int]], people: Sequence[tuple[str, ...]]
) -> list[Sequence[str]]:
    """Returns what each record shares beside joining identifiers: rare texts and people's names with their city."""
    found: list[Sequence[str]] = [()] * len(records)
    for label, positions in texts.items():
        if len(positions) < CROWDED:
            for position in positions:
                found[position] = (f"\0text {label}",)
    first: dict[str, int] = {}
    for position, words in enumerate(people):
        if words:
            name = f"\0name {' '.join(sorted(words))}|{records[position].city.casefold()}"
            before = first.setdefault(name, position)
            if before != position:  # a name that one record alone has is no company
                if before >= 0:
                    first[name] = -1
                    found[before] = (*found[before], name)
                found[position] = (*found[position], name)
    return found


def _join_pairs(
    records: Sequence[LinkRecord],
    people: Sequence[tuple[str, ...]],
    sets: SetsKeptApart,
    options: Options,
    texts: Mapping[int, Sequence[int]],
    beyond: Beyond,
) -> tuple[list[tuple[int, int, Join]], list[tuple[int, int]]]:
    """Joins groups by comparing names, addresses and texts, from the surest pair down.

    Returns the joins made, and all pairs that are good enough.
    """
    spread = contact_spread([record for record in records if comparable(record)])
    least = {"name_city": options.pair_score, "similar_text": options.text_score}
    found = _scored(records, people, options, texts, spread, sets.labels(), beyond.crowded)
    scored = sorted(found, key=lambda item: item[:3])
    members: dict[int, list[int]] = sets.groups()
    joins: list[tuple[int, int, Join]] = []
    for _, a, b, score, rule in scored:
        left, right = sets.find(a), sets.find(b)
        if (
            left == right
            or not sets.may_join(left, right)
            or _contradict(records, members[left], members[right], spread)
        ):
            continue
        # Large groups meet by chance more often, so what joins them must be surer.
        if rule in least and score.score - least[rule] < log2(min(len(members[left]), len(members[right]))):
            continue
        sets.union(a, b)
        kept, gone = min(left, right), max(left, right)
        members[kept] = sorted(members[kept] + members.pop(gone))
        strength = round(min(0.99, 0.5 + score.score / 20), 3)
        why = score.why or "name and address agree"
        joins.append((a, b, Join(records[a].record_id, records[b].record_id, rule, score.contact, strength, why)))
    return joins, [(a, b) for _, a, b, _, _ in scored]


def _scored(
    records: Sequence[LinkRecord],
    people: Sequence[tuple[str, ...]],
    options: Options,
    texts: Mapping[int, Sequence[int]],
    spread: Mapping[str, int],
    groups: Sequence[int],
    crowded: Container[str],
) -> Iterator[tuple[float, int, int, PairScore, str]]:
    """Yields (-score, position, position, score, rule) of every pair of two groups that scores enough to join."""
    cities = name_spread(records, people)
    for a, b in candidate_pairs(records, options, groups, crowded):
        score = score_pair(records[a], records[b], spread)
        if score.score >= options.pair_score:
            yield -score.score, a, b, score, "name_address"
    for a, b in candidate_people(records, people, groups, crowded):
        one, other = records[a], records[b]
        if comparable(one) and comparable(other):
            score, rule = score_pair(one, other, spread), "name_address"
        elif too_different(one, other, options.pair_score):
            continue
        else:
            score, rule = score_people(one, other, cities), "name_city"
        if score.score >= options.pair_score:
            yield -score.score, a, b, score, rule
    for a, b, held_by in candidate_texts(texts):
        if groups[a] == groups[b]:
            continue
        score = score_texts(records[a], records[b], held_by)
        if score.score >= options.text_score:
            yield options.text_score - options.pair_score - score.score, a, b, score, "similar_text"


def _contradict(records: Sequence[LinkRecord], left: list[int], right: list[int], spread: Mapping[str, int]) -> bool:
    """True when the places of two groups do not fit: the mean score of their pairs is below zero."""
    a = [position for position in left if is_place(records[position])][:_CHECKED]
    b = [position for position in right if is_place(records[position])][:_CHECKED]
    scores = [score_pair(records[i], records[j], spread).score for i in a for j in b]
    return bool(scores) and sum(scores) / len(scores) < 0.0
