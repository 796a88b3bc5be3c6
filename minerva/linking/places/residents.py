"""Two people who each have an address: names, house and street, postcode, city and contacts, each at a level that has
a weight. Spelling mistakes may be anywhere, people move, and a household shares all but the given name.

Shape: Fellegi and Sunter (1969). The weights are learned (data/weights.json, benchmarks/link_weights.py).
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

from minerva.addresses import Address, compare_addresses
from minerva.addresses.compare import OTHER_DISTRICT
from minerva.addresses.tables import STREET_TYPES
from minerva.linking.model import LinkRecord
from minerva.linking.strength import kind_of
from minerva.linking.weights import bits
from minerva.names import compare_names
from minerva.names.forms import address_form
from minerva.names.persons import compare_persons
from minerva.names.romanize import latin_words, sound

SAME, LIKE, NEAR, STREET, OTHER, UNKNOWN = 1.0, 0.9, 0.6, 0.3, 0.0, -1.0
EQUAL, PART = 0.98, 0.5
FEW_CITIES = 4
SAME_NAMES = 0.6
"""Names from which on two businesses are one by name."""
ALIKE_TEXT = 0.85
LEAST_CUT = 3
"""Letters of a cut second word of a city."""
CONTACTS = ("phone", "email", "username")
LEAST_TOLD, FEW_SHARED, SMALL_WORD = 2, 0.34, 2
"""Of two addresses of which one has no house number, and so many words at least, those are others that share no more of
the shorter one's words; so short a word ("co") counts for none."""
MOST_PLACE = 7.0
"""Bits that address, postcode and city give or take together at most: they are one fact told three times."""


def address_level(a: LinkRecord, b: LinkRecord) -> float:
    """Returns how far two addresses agree, one of the levels above."""
    if not a.address or not b.address:
        return UNKNOWN
    one, other = a.parsed_address(), b.parsed_address()
    compared = compare_addresses(one, other, other_area=True)
    if compared.level == "same":
        return SAME
    if compared.why == OTHER_DISTRICT:
        return OTHER
    if compared.level == "unknown":
        left, right = _told_words(one), _told_words(other)
        if not left or not right:
            return UNKNOWN
        if min(len(left), len(right)) >= LEAST_TOLD and len(left & right) <= FEW_SHARED * min(len(left), len(right)):
            return OTHER
    if compared.level == "close" or _text_likeness(a.address, b.address) >= ALIKE_TEXT:
        return LIKE
    return {"near": NEAR, "street": STREET, "different": OTHER, "unknown": UNKNOWN}[compared.level]


def _told_words(address: Address) -> set[str]:
    """Returns the words of an address that tell where it is."""
    if address.unit and not address.extra:
        return {address.unit}
    return {word for word in (*address.street, *address.extra) if len(word) > SMALL_WORD and word not in STREET_TYPES}


@lru_cache(maxsize=65536)
def _text_likeness(a: str, b: str) -> float:
    one, other = address_form(a), address_form(b)
    return max(
        float(Indel.normalized_similarity(one, other)),
        float(Indel.normalized_similarity(a.lower().replace(" ", ""), b.lower().replace(" ", ""))),
    )


def postcode_level(a: str, b: str) -> float:
    """Returns SAME, NEAR (one sign wrong, or two neighbors swapped), OTHER or UNKNOWN."""
    one, other = a.replace(" ", "").lower(), b.replace(" ", "").lower()
    if not one or not other:
        return UNKNOWN
    if one == other:
        return SAME
    return NEAR if OSA.distance(one, other, score_cutoff=1) <= 1 else OTHER


@lru_cache(maxsize=65536)
def city_level(a: str, b: str) -> float:
    """Returns SAME, NEAR (spelled otherwise or shortened), OTHER or UNKNOWN."""
    left, right = _city_words(a), _city_words(b)
    one, other = "".join(left), "".join(right)
    if not one or not other:
        return UNKNOWN
    if one == other:
        return SAME
    if _shortened(one, right) or _shortened(other, left):
        return NEAR
    allowed = 1 if min(len(one), len(other)) < 7 else 2
    return NEAR if sound(one) == sound(other) or OSA.distance(one, other, score_cutoff=allowed) <= allowed else OTHER


def _city_words(city: str) -> Sequence[str]:
    words = latin_words(city)
    return words[:-1] if len(words) > 2 and words[-1] == "city" else words


def _shortened(short: str, words: Sequence[str]) -> bool:
    """True for the first letters of a city of several words ("sf"), and for its first word with the beginning of the
    second ("sanfran"); a city's first words may be another city."""
    if len(words) < 2:
        return False
    cut = short[len(words[0]) :] if short.startswith(words[0]) else ""
    return short == "".join(word[0] for word in words) or (
        LEAST_CUT <= len(cut) < len(words[1]) and words[1].startswith(cut)
    )


def contact_levels(
    a: LinkRecord, b: LinkRecord, kinds: Iterable[str], shared_by_strangers: Collection[str] = ()
) -> dict[str, float]:
    """Returns kind of contact -> SAME, OTHER or UNKNOWN; hubs tell nothing."""
    left, right = _by_kind(a, shared_by_strangers), _by_kind(b, shared_by_strangers)
    return {
        kind: UNKNOWN if kind not in left or kind not in right
        else OTHER if left[kind].isdisjoint(right[kind]) else SAME
        for kind in kinds
    }  # fmt: skip


def contacts_told(
    a: LinkRecord, b: LinkRecord, kinds: Iterable[str], shared_by_strangers: Collection[str]
) -> Iterator[tuple[float, str]]:
    """Yields (bits, reason) of each kind of contact that both of two people of one city hold."""
    for kind, level in contact_levels(a, b, kinds, shared_by_strangers).items():
        if level != UNKNOWN:
            yield bits(f"{kind}_agrees", level), f"{'same' if level == SAME else 'different'} {kind}"


def _by_kind(record: LinkRecord, shared_by_strangers: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for value in record.identifiers:
        if value not in shared_by_strangers:
            found.setdefault(kind_of(value), set()).add(value)
    return found


def names_told(a: str, b: str) -> float:
    """Returns the bits of two names of unknown holders: as people's, or as places' where that speaks less against."""
    told = bits("person_name", compare_persons(a, b).score)
    return told if told > 0 else max(told, bits("place_name", compare_names(a, b).score))


def name_level(a: str, b: str) -> float:
    """Returns the score of two names, or PART where one of them is a single word of the other and nothing else."""
    score = compare_persons(a, b).score
    one, other = set(latin_words(a)), set(latin_words(b))
    return PART if score < PART and min(len(one), len(other)) == 1 and (one <= other or other <= one) else score


def same_words(a: LinkRecord, b: LinkRecord) -> bool:
    """True for two names that are one as those of businesses are."""
    return compare_names(a.name, b.name).score >= SAME_NAMES


def equal_level(cities: int) -> float:
    """Returns the level at which equal names agree: 1 for a name of one city, less for one of a few and of many."""
    return 1.0 if cities <= 1 else 0.99 if cities <= FEW_CITIES else EQUAL


def levels(a: LinkRecord, b: LinkRecord, shared_by_strangers: Collection[str] = ()) -> dict[str, float]:
    """Returns comparison -> level of two people with an address each; a name's level is its score."""
    found = {
        "resident_name": name_level(a.name, b.name),
        "resident_address": address_level(a, b),
        "resident_postcode": postcode_level(a.parsed_address().postcode, b.parsed_address().postcode),
        "resident_city": city_level(a.city, b.city),
    }
    if found["resident_postcode"] == NEAR and found["resident_address"] == OTHER:
        found["resident_postcode"] = OTHER  # another house on another street: no sign is wrong
    contacts = contact_levels(a, b, CONTACTS, shared_by_strangers)
    found.update({f"resident_{kind}": level for kind, level in contacts.items()})
    return found


_PLACE = ("resident_address", "resident_postcode", "resident_city")
_TOLD = {
    "resident_address": {SAME: "same house and street", LIKE: "same house and street, spelt otherwise",
                         NEAR: "house next to it, or the same house on a street spelt otherwise"},
    "resident_postcode": {SAME: "same postcode", NEAR: "postcodes one sign apart"},
    "resident_city": {SAME: "same city", NEAR: "same city, spelt otherwise", OTHER: "different cities"},
}  # fmt: skip


def score_residents(
    a: LinkRecord, b: LinkRecord, shared_by_strangers: Collection[str] = (), cities: int = 1
) -> tuple[float, list[str]]:
    """Returns (bits, reasons) of two people with an address each, as log2 of the odds that they are one.

    cities: in how many the name occurs, where the two are equal.
    """
    found = levels(a, b, shared_by_strangers)
    name = found["resident_name"]
    total = bits("resident_start", 0.0) + bits("resident_name", equal_level(cities) if name >= EQUAL else name)
    place = sum(bits(name, found[name]) for name in _PLACE if found[name] != UNKNOWN)
    total += max(-MOST_PLACE, min(MOST_PLACE, place))
    reasons = ["names agree: " + ", ".join(compare_persons(a.name, b.name).reasons)]
    reasons += [_TOLD[name][found[name]] for name in _PLACE if found[name] in _TOLD[name]]
    for kind in CONTACTS:
        level = found[f"resident_{kind}"]
        if level == SAME and kind == "phone" and place > 0 and bits("resident_name", name) < 0 and not same_words(a, b):
            continue  # the house's own: it says no more of two of its people than the house does
        if level != UNKNOWN:
            total += bits(f"resident_{kind}", level)
            reasons.append(f"{'same' if level == SAME else 'different'} {kind}")
    return total, reasons


def resident_blocks(
    record: LinkRecord, usual: Container[str] = (), *, of_organization: bool = False
) -> Iterator[tuple[str, bool]]:
    """Yields the keys of which two records share one when they are worth comparing: a word of the name as it sounds
    with the postcode, the house number, the street or the city; two words of the name; house and start of the
    street; and with each whether it is made of a word of `usual`. of_organization: a name taken for an organization's,
    by number alone."""
    address = record.parsed_address()
    heard: dict[str, bool] = {}
    for word in latin_words(record.name):
        if len(word) > 1:
            heard[sound(word)] = word in usual and heard.get(sound(word), True)
    sounds = sorted(heard)
    street = "".join(address.street)[:5]
    for place, word in enumerate(sounds):
        is_usual = heard[word]
        if address.postcode and not of_organization:
            yield f"rp:{word}|{address.postcode}", is_usual
        if address.number is not None:
            yield f"rn:{word}|{address.number}", is_usual
        if of_organization:
            continue
        if street:
            yield f"rs:{word}|{street}", is_usual
        if record.city:
            yield f"rc:{word}|{record.city.casefold()}", is_usual
        for other in sounds[place + 1 :]:
            yield f"rw:{word}|{other}", is_usual or heard[other]
    if address.number is not None and street and not of_organization:
        yield f"ra:{address.number}|{street[:3]}|{address.postcode[:2]}", False
