"""Joins records into groups: identifiers first, then name-and-address pairs from the surest down, conflicts vetoed.

A place (record_type `site`) is the address itself: two places join only when their addresses do not contradict, however
many contacts they share, since one office answers for many sites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minerva.linking.graph import DisjointSets
from minerva.linking.hubs import find_hubs
from minerva.linking.model import Hub, Join, LinkRecord, Options
from minerva.linking.pairs import PairScore, candidate_pairs, comparable, contact_spread, score_pair
from minerva.linking.strength import joins_alone, strength_of, title_of

PLACE_TYPES = frozenset({"site"})
_CHECKED = 12
"""Pairs looked at before two groups of places are joined: enough to show a contradiction, few enough to stay linear."""


def cluster(
    records: Sequence[LinkRecord], options: Options
) -> tuple[DisjointSets, list[tuple[int, int, Join]], dict[str, Hub]]:
    """Returns (groups, joins as (position, position, Join), hubs). Records must come in a fixed order."""
    holders, held = _holders(records)
    hubs = find_hubs(holders, held, options)
    sets = DisjointSets(len(records))
    joins: list[tuple[int, int, Join]] = []
    for value in sorted(holders, key=lambda item: (-strength_of(item, len(holders[item])), item)):
        positions = holders[value]
        if value in hubs or len(positions) < 2:
            continue
        strength = strength_of(value, len(positions))
        why = f"both hold the {title_of(value)} {value.partition(':')[2]}, found in {len(positions)} records"
        for position in positions[1:]:
            if sets.union(positions[0], position):
                join = Join(
                    records[positions[0]].record_id,
                    records[position].record_id,
                    "shared_identifier",
                    value,
                    strength,
                    why,
                )
                joins.append((positions[0], position, join))
    joins.extend(_join_pairs(records, sets, options))
    return sets, joins, hubs


def _holders(records: Sequence[LinkRecord]) -> tuple[dict[str, list[int]], list[list[str]]]:
    """Returns identifier -> positions and position -> identifiers, of identifiers that may join by themselves."""
    holders: dict[str, list[int]] = {}
    held: list[list[str]] = []
    for position, record in enumerate(records):
        alone = [value for value in record.identifiers if joins_alone(value)]
        if record.record_type in PLACE_TYPES:
            alone = []
        held.append(alone)
        for value in alone:
            holders.setdefault(value, []).append(position)
    return holders, held


def _join_pairs(records: Sequence[LinkRecord], sets: DisjointSets, options: Options) -> list[tuple[int, int, Join]]:
    """Joins groups by comparing names and addresses; returns the joins made."""
    spread = contact_spread([record for record in records if comparable(record)])
    scored: list[tuple[float, int, int, PairScore]] = []
    for a, b in candidate_pairs(records, options):
        score = score_pair(records[a], records[b], spread)
        if score.score >= options.pair_score:
            scored.append((-score.score, a, b, score))
    scored.sort(key=lambda item: item[:3])
    members: dict[int, list[int]] = sets.groups()
    joins: list[tuple[int, int, Join]] = []
    for _, a, b, score in scored:
        left, right = sets.find(a), sets.find(b)
        if left == right or _contradict(records, members[left], members[right], spread):
            continue
        sets.union(a, b)
        kept, gone = min(left, right), max(left, right)
        members[kept] = sorted(members[kept] + members.pop(gone))
        strength = round(min(0.99, 0.5 + score.score / 20), 3)
        why = score.why or "name and address agree"
        joins.append(
            (a, b, Join(records[a].record_id, records[b].record_id, "name_address", score.contact, strength, why))
        )
    return joins


def _contradict(records: Sequence[LinkRecord], left: list[int], right: list[int], spread: Mapping[str, int]) -> bool:
    """True when the places of two groups do not fit: the mean score of their pairs is below zero."""
    a = [position for position in left if records[position].record_type in PLACE_TYPES][:_CHECKED]
    b = [position for position in right if records[position].record_type in PLACE_TYPES][:_CHECKED]
    scores = [score_pair(records[i], records[j], spread).score for i in a for j in b]
    return bool(scores) and sum(scores) / len(scores) < 0.0
