"""Near-duplicate texts as evidence: rare templates, in one city, near in time, with user names that are alike.

A template that many records hold says little; one that two or three hold, with the same city, says a lot. Contacts that
differ count against, and no text joins two records by a short phrase alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from minerva.linking.model import LinkRecord
from minerva.linking.pairs import PairScore
from minerva.linking.people_names import person_of
from minerva.linking.strength import kind_of
from minerva.names.persons import compare_persons
from minerva.names.usernames import compare_usernames
from minerva.text import group_texts

CROWDED = 60
LEAST_WORDS, LONG_TEXT = 20, 40
NEAR_DAYS = 3
# Bits. A template in two records starts at 5; each doubling of its records takes one away.
SHARED, LONG, SAME_CITY, OTHER_CITY, NEAR_TIME, OTHER_CONTACT = 6.0, 1.5, 2.0, -2.0, 0.5, -3.0
ALIKE_USERNAMES, SAME_NAME, OTHER_NAME = 2.0, 2.5, -1.5


def text_groups(records: Sequence[LinkRecord]) -> dict[int, list[int]]:
    """Returns group -> positions, of records whose texts are near-duplicates of each other; two records and more."""
    told = [position for position, record in enumerate(records) if record.text.count(" ") + 1 >= LEAST_WORDS]
    if len(told) < 2:
        return {}
    found: dict[int, list[int]] = defaultdict(list)
    for position, label in zip(told, group_texts([records[position].text for position in told])):
        found[told[label]].append(position)
    return {label: positions for label, positions in found.items() if len(positions) > 1}


def candidate_texts(groups: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Yields (position, position, records of the group) of each pair of a group that is no crowd."""
    for positions in groups.values():
        if len(positions) < CROWDED:
            for place, a in enumerate(positions):
                for b in positions[place + 1 :]:
                    yield a, b, len(positions)


def score_texts(a: LinkRecord, b: LinkRecord, held_by: int) -> PairScore:
    """Returns the score of two records of one text group. held_by: records of the group."""
    total = SHARED - math.log2(held_by)
    reasons = [f"near-duplicate texts, a template found in {held_by} records"]
    if min(a.text.count(" "), b.text.count(" ")) >= LONG_TEXT:
        total += LONG
    if a.city and b.city:
        same = a.city.casefold() == b.city.casefold()
        total += SAME_CITY if same else OTHER_CITY
        reasons.append(f"both in {a.city}" if same else "in different cities")
    if a.time and b.time and abs(a.time - b.time) <= NEAR_DAYS * 86_400:
        total += NEAR_TIME
        reasons.append(f"within {NEAR_DAYS} days")
    for kind in ("phone", "email"):
        left, right = _of_kind(a, kind), _of_kind(b, kind)
        if left and right and not left & right:
            total += OTHER_CONTACT
            reasons.append(f"different {kind}")
    for one in _of_kind(a, "username"):
        for other in _of_kind(b, "username"):
            likeness = compare_usernames(one.rpartition("/")[2], other.rpartition("/")[2])
            if one != other and likeness.score >= 0.6:
                total += ALIKE_USERNAMES * likeness.score
                reasons.append(f"user names {likeness.why}")
    if person_of(a) and person_of(b):
        same = compare_persons(a.name, b.name).score >= 0.6
        total += SAME_NAME if same else OTHER_NAME
        reasons.append("names agree" if same else "names differ")
    return PairScore(round(total, 2), "text", "; ".join(reasons), "")


def _of_kind(record: LinkRecord, kind: str) -> set[str]:
    return {value.partition(":")[2] for value in record.identifiers if kind_of(value) == kind}
