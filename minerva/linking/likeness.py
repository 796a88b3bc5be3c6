"""Two near-duplicate texts, or images, as evidence: a rare template, in one city, near in time, with user names alike.

Shape: Fellegi and Sunter (1969). The weights are learned (data/weights.json, benchmarks/link_texts.py): a template that
many use says little, contacts that differ count against. Which records share one: templates.py.
"""

from __future__ import annotations

from collections.abc import Collection

from minerva.linking.contacts.near_values import near_words
from minerva.linking.model import LinkRecord
from minerva.linking.people.people_names import person_of
from minerva.linking.places.pairs import PairScore
from minerva.linking.places.residents import OTHER, SAME, UNKNOWN, contact_levels
from minerva.linking.strength import kind_of
from minerva.linking.texts.sketches import agreement, is_long, sketch_of
from minerva.linking.texts.templates import step
from minerva.linking.weak import weak_signals
from minerva.linking.weights import bits
from minerva.names.persons import compare_persons
from minerva.names.usernames import compare_usernames

NEAR_DAYS = 3
ALIKE = 0.6
LONG = 1.0
"""Added to the likeness of two long texts: short ones are soon alike, as phrases of the trade are most of them."""
TEXT_LEVELS = {
    "text_likeness": (LONG + 0.55, LONG, 0.55, 0.0),
    "text_city": (SAME, OTHER),
    "text_time": (SAME, OTHER),
    "text_phone": (SAME, OTHER),
    "text_email": (SAME, OTHER),
    "text_username": (ALIKE, 0.0),
    "text_name": (ALIKE, 0.0),
}
"""Comparison -> least value of each level. Equal bins of the sketches; the city; whether near in
time; phone and e-mail; likeness of user names that differ; likeness of people's names."""
IMAGE, BY_IMAGE = 4.0, -2.65
"""Bits of two images that are one for sure, and log2 odds of two records that nothing but near images brings together:
by hand, as no input makes hashes of images from which they could be learned."""
NOTHING = PairScore(-99.0, "text", "", "")


def text_levels(a: LinkRecord, b: LinkRecord, hubs: Collection[str] = ()) -> dict[str, float]:
    """Returns comparison -> level of TEXT_LEVELS of two records of one template, UNKNOWN where one does not say."""
    return {
        "text_likeness": agreement(sketch_of(a), sketch_of(b)) + LONG * (is_long(a) and is_long(b)),
        "text_time": _time_level(a, b),
        **_levels_beside(a, b, hubs),
    }


def score_alike(
    a: LinkRecord, b: LinkRecord, holders: int, image: float = 0.0, hubs: Collection[str] = ()
) -> PairScore:
    """Returns the score of two records of one template, or with near images, or both: log2 of the odds that they are
    one holder's. holders: see `templates`, 0 for no template; image: see `near_values`.

    Two records that share a contact which strangers share (a hub) have the template of its owner: it says nothing.
    """
    if any(value in hubs for value in {*a.identifiers} & {*b.identifiers}):
        return NOTHING
    total, reasons = IMAGE * image, [near_words(a, b)] if image else []
    if holders:
        most = step(max(2, holders))
        total += bits("text_holders", most)
        reasons.append(f"near-duplicate texts, a template used with at most {most} different contacts")
        found = text_levels(a, b, hubs)
    else:
        total += BY_IMAGE
        found = _levels_beside(a, b, hubs)
    total += sum(bits(name, level) for name, level in found.items() if level != UNKNOWN)
    reasons += _reasons(a, b, found)
    weak, told = (0.0, []) if holders else weak_signals(a, b)  # a copied text is typed and timed as its template is
    return PairScore(round(total + weak, 2), "text", "; ".join([*reasons, *told]), "")


def _levels_beside(a: LinkRecord, b: LinkRecord, hubs: Collection[str]) -> dict[str, float]:
    """Returns the levels of what stands beside text or image."""
    named = person_of(a) and person_of(b)
    contacts = contact_levels(a, b, ("phone", "email"), hubs)
    return {
        "text_city": UNKNOWN if not a.city or not b.city else SAME if a.city.casefold() == b.city.casefold() else OTHER,
        "text_phone": contacts["phone"],
        "text_email": contacts["email"],
        "text_username": _username_level(a, b, hubs),
        "text_name": compare_persons(a.name, b.name).score if named else UNKNOWN,
    }


def _time_level(a: LinkRecord, b: LinkRecord) -> float:
    if not a.time or not b.time:
        return UNKNOWN
    return SAME if abs(a.time - b.time) <= NEAR_DAYS * 86_400 else OTHER


def _username_level(a: LinkRecord, b: LinkRecord, hubs: Collection[str]) -> float:
    """Returns the likeness of the two user names that are most alike, UNKNOWN where there are none that differ."""
    return max(
        (
            compare_usernames(one.rpartition("/")[2], other.rpartition("/")[2]).score
            for one in _of_kind(a, "username", hubs)
            for other in _of_kind(b, "username", hubs)
            if one != other
        ),
        default=UNKNOWN,
    )


def _reasons(a: LinkRecord, b: LinkRecord, found: dict[str, float]) -> list[str]:
    """What speaks for one holder, then, after "although", what speaks against."""
    reasons, against = [], []
    if found["text_city"] == SAME:
        reasons.append(f"both in {a.city}")
    elif found["text_city"] != UNKNOWN:
        against.append("in different cities")
    if found.get("text_time") == SAME:
        reasons.append(f"within {NEAR_DAYS} days")
    against += [f"different {kind}" for kind in ("phone", "email") if found[f"text_{kind}"] == OTHER]
    if found["text_username"] >= ALIKE:
        reasons.append("user names alike")
    if found["text_name"] != UNKNOWN:
        (reasons if found["text_name"] >= ALIKE else against).append(
            "names agree" if found["text_name"] >= ALIKE else "names differ"
        )
    return [*reasons, *(f"although {each}" for each in against)]


def _of_kind(record: LinkRecord, kind: str, hubs: Collection[str]) -> set[str]:
    return {value.partition(":")[2] for value in record.identifiers if kind_of(value) == kind and value not in hubs}
