"""Two near-duplicate texts, or images, as evidence: a rare template, in one city, near in time, with user names alike.

A template that many use says little; one that two or three use, with the same city, says a lot. Contacts that differ
count against, and no text joins two records by a short phrase alone. Which records share one: templates.py.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from minerva.linking.model import LinkRecord
from minerva.linking.pairs import PairScore
from minerva.linking.people_names import person_of
from minerva.linking.sketches import is_long
from minerva.linking.strength import kind_of
from minerva.linking.templates import step
from minerva.linking.weak import weak_signals
from minerva.names.persons import compare_persons
from minerva.names.usernames import compare_usernames

NEAR_DAYS = 3
# Bits. A template that two hold starts at 5; each doubling of its holders takes one away.
SHARED, LONG, SAME_CITY, OTHER_CITY, NEAR_TIME, OTHER_CONTACT = 6.0, 1.5, 2.0, -2.0, 0.5, -3.0
IMAGE = 5.0  # two images that are one for sure, as a template that two use; a picture of many is a hub
ALIKE_USERNAMES, SAME_NAME, OTHER_NAME = 2.0, 2.5, -1.5
NOTHING = PairScore(-99.0, "text", "", "")


def score_alike(
    a: LinkRecord, b: LinkRecord, holders: int, image: float = 0.0, hubs: Collection[str] = ()
) -> PairScore:
    """Returns the score of two records of one template, or with near images, or both. holders: see `templates`, 0 for
    no template; image: see `near_values`.

    Two records that share a contact which strangers share (a hub) have the template of its owner: it says nothing.
    """
    if any(value in hubs for value in {*a.identifiers} & {*b.identifiers}):
        return NOTHING
    total, reasons = IMAGE * image, ["images near each other"] if image else []
    if holders:
        most = step(max(2, holders))
        total += SHARED - math.log2(most)
        reasons.append(f"near-duplicate texts, a template used with at most {most} different contacts")
        if is_long(a) and is_long(b):
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
    weak, told = weak_signals(a, b, copied=bool(holders))
    return PairScore(round(total + weak, 2), "text", "; ".join([*reasons, *told]), "")


def _of_kind(record: LinkRecord, kind: str) -> set[str]:
    return {value.partition(":")[2] for value in record.identifiers if kind_of(value) == kind}
