"""Compares records by name, address and contact: blocks that find candidates, and a score.

Shape: Fellegi and Sunter (1969), a sum of weights per field, as log2 of the odds that both are one place's or person's.
The weights are learned (data/weights.json, benchmarks/link_places.py). What joins needs Options.pair_score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from math import inf
from operator import attrgetter

from minerva.addresses import AddressComparison, compare_addresses
from minerva.linking.blocks import pairs_within
from minerva.linking.model import PLACE_TYPES, LinkRecord, Options
from minerva.linking.residents import (
    MOST_PLACE,
    OTHER,
    UNKNOWN,
    city_level,
    postcode_level,
    resident_blocks,
    same_words,
    score_residents,
)
from minerva.linking.spots import LEVELS, spot_bits
from minerva.linking.strength import joins_alone, sharing_odds
from minerva.linking.told import ALIKE_NAMES, SHARED_AT, Told, holders_told, told_of
from minerva.linking.weights import bits
from minerva.names import NameComparison, compare_names
from minerva.names.compare import words_of
from minerva.names.kinds import is_person, is_person_words
from minerva.names.romanize import latin_words
from minerva.names.tables import GENERIC

FEW_HOLDERS = 3
"""Of so many records a contact is taken to be where two addresses have it."""
MOST_HOMES = 6
"""A contact found at more addresses than that belongs to no one person, who may move but not so often."""
MOST_KNOWN = MOST_HOMES + 1
"""Addresses, or unlike names at one, counted of a contact: more say no more."""
RARE, SHARED = 1.0, 0.5
ELSEWHERE = 0.55
"""Of two addresses that agree, while postcode, city or the door within the house do not."""
NEIGHBORS = 1.5
"""Bits that one spot adds at most where two people are compared: within 50 m live neighbors too."""
PLACE_LEVELS = {
    "place_name": (0.85, 0.6, 0.35, 0.15, 0.0),
    "place_numbers": (1.0, 0.0),
    "place_address": (1.0, 0.9, 0.6, ELSEWHERE, 0.3, 0.0),
    "place_contact": (RARE, SHARED, OTHER),
}


@dataclass(frozen=True)
class PairScore:
    """score: log2 of odds; level: the address level; why: agreements in words; contact: a shared identifier or "" """

    score: float
    level: str
    why: str
    contact: str


def comparable(record: LinkRecord) -> bool:
    """True when a record says enough to be compared: a name, with an address beside it."""
    return bool(record.name and record.address)


def addressed(records: Sequence[LinkRecord]) -> Iterator[int]:
    """Yields the positions of the comparable records."""
    some = compress(count(), map(attrgetter("address"), records))  # few or none, where people are linked
    return (position for position in some if comparable(records[position]))


def score_pair(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> PairScore:
    """Returns the score of two comparable records. spread: contact -> at how many addresses it was seen."""
    if are_people(a, b):
        return _score_people(a, b, spread)
    address = compare_addresses(a.parsed_address(), b.parsed_address())
    name = compare_names(a.name, b.name)
    found = _levels(a, b, spread, address, name)
    told = {each: bits(each, level) for each, level in found.items() if level != UNKNOWN}
    if found["place_contact"] > OTHER and _at_reception(a, b, found):
        told.pop("place_contact")
    contact = _rarest(a, b, spread)
    total = bits("place_start", 0.0) + place_evidence(told)
    total = max(total, _operation_odds(a, b, found, contact))
    reasons = [address.why] if address.level in ("same", "close", "near", "street") else []
    if told["place_name"] > 0:
        reasons.append(name.why)
    if told.get("place_contact", 0.0) > 0:
        reasons.append("same contact" if found["place_contact"] == RARE else "same contact, also used elsewhere")
    weight, reason = spot_bits(a.identifiers, b.identifiers, address.level)
    if reason:
        total += weight
        reasons.append(reason)
    return PairScore(round(total, 2), address.level, "; ".join(reasons), contact)


def _operation_odds(a: LinkRecord, b: LinkRecord, levels: Mapping[str, float], contact: str) -> float:
    """Returns the bits that two records of no known type are of one operation, which may have moved or have two
    addresses: a contact that joins alone and that few addresses know, and names that share something that tells."""
    if a.record_type or b.record_type or levels["place_name"] < ALIKE_NAMES:
        return -inf
    if levels["place_contact"] != RARE or not joins_alone(contact):
        return -inf
    asked = {each: level for each, level in levels.items() if each != "place_contact" and level != UNKNOWN}
    return sharing_odds(contact, FEW_HOLDERS) + sum(bits(each, level) for each, level in asked.items())


def _at_reception(a: LinkRecord, b: LinkRecord, levels: Mapping[str, float]) -> bool:
    """True where the contact that two records share may be the house's, which answers for all who have a door there:
    their names are not one, and nothing says that their door is."""
    if levels["place_name"] >= ALIKE_NAMES:
        return False
    one, other = a.parsed_address().door, b.parsed_address().door
    return one != other or (not one and levels["place_contact"] == SHARED)


def place_evidence(told: Mapping[str, float]) -> float:
    """Returns the bits of comparisons together. Name and contact tell who runs a place: where both agree, that is one
    fact told twice, and the stronger counts."""
    who, contact = told["place_name"] + told["place_numbers"], told.get("place_contact", 0.0)
    return told.get("place_address", 0.0) + (max(who, contact) if min(who, contact) > 0 else who + contact)


def address_evidence(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> float:
    """Returns the bits that two addresses and where they lie say of one place; of two people, who move, those of all
    that is told."""
    if are_people(a, b):
        return _score_people(a, b, spread).score
    compared = compare_addresses(a.parsed_address(), b.parsed_address())
    level = _address_level(a, b, compared)
    told = spot_bits(a.identifiers, b.identifiers, compared.level)[0]
    told += bits("place_address", level) if level != UNKNOWN else 0.0
    if not a.record_type and not b.record_type and same_words(a, b):
        return max(0.0, told)  # of no known type: an operation may move
    return told


def place_levels(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> dict[str, float]:
    """Returns comparison -> level of PLACE_LEVELS of two records that may be one place's, UNKNOWN where one does not
    say."""
    compared = compare_addresses(a.parsed_address(), b.parsed_address())
    return _levels(a, b, spread, compared, compare_names(a.name, b.name))


def _levels(
    a: LinkRecord, b: LinkRecord, spread: Mapping[str, int], compared: AddressComparison, name: NameComparison
) -> dict[str, float]:
    contact, shared = UNKNOWN, _rarest(a, b, spread)
    if shared:
        contact = RARE if spread.get(shared, 1) < SHARED_AT else SHARED
    elif a.contacts and b.contacts:
        contact = OTHER
    return {"place_name": name.score, "place_numbers": float(not name.conflict),
            "place_address": _address_level(a, b, compared), "place_contact": contact}  # fmt: skip


def _address_level(a: LinkRecord, b: LinkRecord, compared: AddressComparison) -> float:
    one, other = a.parsed_address(), b.parsed_address()
    level = LEVELS[compared.level]
    if level >= LEVELS["near"] and (
        postcode_level(one.postcode, other.postcode) == OTHER
        or city_level(a.city, b.city) == OTHER
        or (one.door and other.door and one.door != other.door)
    ):
        return ELSEWHERE
    return level


def _rarest(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> str:
    """Returns the contact of both that was seen at the fewest addresses, "" for none."""
    return min(set(a.contacts) & set(b.contacts), key=lambda value: (spread.get(value, 1), value), default="")


def _score_people(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> PairScore:
    """Returns the score of two people with an address each; a contact seen at many addresses tells nothing."""
    left, right = set(a.contacts), set(b.contacts)
    everyone = {value for value in left | right if spread.get(value, 1) > MOST_HOMES}
    total, reasons = score_residents(a, b, everyone)
    level = compare_addresses(a.parsed_address(), b.parsed_address()).level
    weight, reason = spot_bits(a.identifiers, b.identifiers, level)
    if weight > 0 or level in ("same", "close", "near"):  # people move: other addresses far apart say no more
        total += max(-MOST_PLACE, min(NEIGHBORS, weight))
        reasons += [reason] if reason else []
    shared = sorted((left & right) - everyone)
    return PairScore(round(total, 2), level, "; ".join(reasons), shared[0] if shared else "")


def are_people(a: LinkRecord, b: LinkRecord) -> bool:
    """True when both names are people's; a lone word may be a family name where the other is a person's name."""
    one, other = names_people(a), names_people(b)
    return (one and (other or may_be_person(b))) or (other and may_be_person(a))


def may_be_person(record: LinkRecord) -> bool:
    """True when nothing in the record's name rules out a person."""
    return record.record_type not in PLACE_TYPES and is_person_words(("anna", *latin_words(record.name)))


def names_people(record: LinkRecord) -> bool:
    """True when the record's name is a person's, as far as one can tell; a place's name never is."""
    return record.record_type not in PLACE_TYPES and is_person(record.name)


def contact_spread(records: Sequence[LinkRecord]) -> dict[str, int]:
    """Returns for each identifier of how many holders it seems to be by addresses and names, up to MOST_KNOWN."""
    first: dict[str, Told] = {}
    several: dict[str, set[Told]] = {}
    for record in records:
        told = told_of(record)
        if told.address:
            for value in record.contacts:
                if first.setdefault(value, told) != told:
                    several.setdefault(value, {first[value]}).add(told)
    found = dict.fromkeys(first, 1)
    found.update((value, holders_told(told, MOST_KNOWN)) for value, told in several.items())
    return found


def candidate_pairs(
    records: Sequence[LinkRecord],
    options: Options,
    groups: Sequence[int] = (),
    crowded: Container[str] = (),
    decided: Sequence[int] = (),
    compared: Iterable[int] | None = None,
) -> Iterator[tuple[int, int]]:
    """Yields each pair of positions (a < b) that shares a block, once. groups, decided: see `pairs_within`; crowded:
    see `Beyond`; compared: what `addressed` yields, where it is at hand.

    Blocks: those of `resident_blocks` for people; house number with street, house number with postcode, contact, and
    each telling word of the name within the city. A block over block_size is cut by adding the house number; what is
    still over it is skipped.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for position in addressed(records) if compared is None else compared:
        for key in block_keys(records[position]):
            blocks[key].append(position)
    fit = (found for key, found in blocks.items() if 2 <= len(found) <= options.block_size and key not in crowded)
    yield from pairs_within(fit, groups, decided)


def block_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the blocks of a comparable record."""
    address = record.parsed_address()
    if address.key is not None:
        yield f"a:{address.key}"
        if address.postcode:
            yield f"z:{address.number} {address.postcode}"
    for value in record.contacts:
        yield f"c:{value}"
    if may_be_person(record):
        yield from resident_blocks(record)
    street = address.street[0] if address.street else ""
    for word in words_of(record.name)[0]:
        if word not in GENERIC and len(word) > 2:
            yield f"n:{word}|{record.city.lower()}|{street}"
