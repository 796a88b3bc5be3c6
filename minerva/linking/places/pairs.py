"""Compares records by name, address and contact: blocks that find candidates, and a score.

Shape: Fellegi and Sunter (1969), a sum of weights per field, as log2 of the odds that both are one place's or person's.
The weights are learned (data/weights.json, benchmarks/link_places.py). What joins needs Options.pair_score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, count
from math import inf
from operator import attrgetter

from minerva.addresses import compare_addresses
from minerva.addresses.postcodes import is_of_street
from minerva.linking.blocks import pairs_within
from minerva.linking.model import PLACE_TYPES, LinkRecord, Options
from minerva.linking.places.bearers import (
    OF_BUSINESS,
    OF_PEOPLE,
    comparable,
    guess_told,
    is_guessed,
    may_name_person,
    names_organization,
    names_person,
)
from minerva.linking.places.commonness import NOT_COUNTED, Commonness, firm_key, name_key, place_key
from minerva.linking.places.once import differing, numbers_of
from minerva.linking.places.organizations import (
    ALIASES,
    ELSEWHERE,
    LEAST_EQUAL,
    LEAST_WHOLE,
    listed_apart,
    name_evidence,
    place_evidence_of,
)
from minerva.linking.places.related import ONE_SITE, doubt_told, elsewhere_told, relation_of, turn_told
from minerva.linking.places.residents import (
    MOST_PLACE,
    OTHER,
    UNKNOWN,
    resident_blocks,
    same_words,
    score_residents,
)
from minerva.linking.places.spots import spot_bits
from minerva.linking.places.stated import most_stated
from minerva.linking.places.told import ALIKE_NAMES, SHARED_AT, Told, holders_told, told_of
from minerva.linking.relations import NAMESAKE, ONE_CONTACT, SAME_NAME, SAME_SITE
from minerva.linking.skipped import Skipped
from minerva.linking.strength import joins_alone, sharing_odds, title_of
from minerva.linking.weights import bits
from minerva.names import compare_names
from minerva.names.compare import words_of
from minerva.names.tables import GENERIC

FEW_HOLDERS = 3
"""Of so many records a contact is taken to be where two addresses have it."""
MOST_HOMES = 6
"""A contact found at more addresses than that belongs to no one person, who may move but not so often."""
MOST_KNOWN = MOST_HOMES + 1
"""Addresses, or unlike names at one, counted of a contact: more say no more."""
RARE, SHARED = 1.0, 0.5
MOST_NAME = bits("place_name", 1.0) + bits("place_numbers", 1.0)
MOST_WORD = 10
"""Records compared because they share a word of their names in a street or a postcode, or house number and postcode."""
MOST_HOUSE, MOST_TOWN = 10, 20
"""Records of one house, and people of one town who share a word of their names, that are compared with each other: of
more, only those who share more than that."""
BEGINNING = 3
"""Letters of a word that two names share where house number and postcode are the same and the street is another; names
of one word, in which a slip may be anywhere, need none."""
MOST_BRANCHES = 20
"""Records of one name, wherever they are, that are compared with each other: branches of one firm."""
MOST_EQUAL = 50_000
"""Records of one name at one place that are compared one after the other."""
APART = -20.0
"""Bits of two that are two for sure: of one register they hold two numbers, of which each organization has one."""
ELSEWHERE_BITS = -1.0
"""Most bits of two names that may be a firm's, at two whole addresses and without a contact of both: branches."""
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
    """score: log2 of odds; level: the address level; why: agreements in words; contact: a shared identifier or "";
    relation: what the two are to each other where they are not one (see relations.py), or ""; names: bits of two
    organizations' names, by which one of two equal scores comes first; most: bits of the score that a join states"""

    score: float
    level: str
    why: str
    contact: str
    relation: str = ""
    names: float = 0.0
    most: float = inf


def addressed(records: Sequence[LinkRecord]) -> Iterator[int]:
    """Yields the positions of the comparable records."""
    types = map(attrgetter("record_type"), records)
    told = zip(map(attrgetter("address"), records), map(PLACE_TYPES.__contains__, types))
    some = compress(count(), map(any, told))  # few or none, where people are linked
    return (position for position in some if comparable(records[position]))


def score_pair(
    a: LinkRecord, b: LinkRecord, spread: Mapping[str, int], common: Commonness = NOT_COUNTED, least: float = -inf
) -> PairScore:
    """Returns the score of two comparable records. spread: contact -> at how many addresses it was seen; common: how
    many hold what the two share; least: bits that matter: of two organizations that equal names would leave under them
    the names are not compared."""
    if are_people(a, b):
        people = _score_people(a, b, spread)
        apart = people.score > ELSEWHERE_BITS and are_listed_apart(a, b, common)
        return replace(people, score=ELSEWHERE_BITS) if apart else people
    compared = compare_addresses(a.parsed_address(), b.parsed_address())
    place = place_evidence_of(a, b, compared, common)
    contact = _rarest(a, b, spread)
    if not contact and not place.house:
        most = bits("place_start", 0.0) + place.bits + MOST_NAME
        spot, _ = spot_bits(a.identifiers, b.identifiers, compared.level)
        if most + max(0.0, spot) < least and firm_key(a.name) != firm_key(b.name):
            return PairScore(round(most, 2), compared.level, "", "")
    name = name_evidence(a, b, common)
    if compared.why in ALIASES and (contact or name.equal or len(name.shared) >= LEAST_WHOLE):
        place = place_evidence_of(a, b, compared, common, alias=True)
    shared = _contact_level(a, b, contact, spread)
    found = {"place_name": name.score, "place_numbers": float(not name.numbers), "place_address": place.level,
             "place_contact": shared}  # fmt: skip
    told = {"place_name": name.bits, "place_address": place.bits}
    apart = listed_apart(a, b, name, common)
    told["place_numbers"] = bits("place_numbers", float(not (name.numbers or apart)))
    if shared != UNKNOWN and not (shared > OTHER and (apart or _at_reception(a, b, found))):
        told["place_contact"] = bits("place_contact", shared)
    total = bits("place_start", 0.0) + place_evidence(told)
    if not apart and not name.rivals:
        total = max(total, _operation_odds(a, b, found, contact))
    reasons = [place.why] if place.why else []
    known = contact if spread.get(contact, 1) <= MOST_HOMES else ""
    related = relation_of(a, b, name, place, known, common)
    if related == NAMESAKE:
        reasons = [elsewhere_told(a, b)[0]]
    elif related == SAME_SITE and reasons and (apart or told["place_name"] <= 0):
        reasons[0] += ", so possibly one site"
    if told["place_name"] > 0 or related in ONE_SITE or (related == SAME_NAME and name.is_numbered):
        reasons.append(name.why)
    held = f"the {title_of(contact)} {contact.partition(':')[2]}"
    if related and known and (related == ONE_CONTACT or "place_contact" not in told):
        reasons.append(f"both hold {held}")
        if related == ONE_CONTACT and place.level == OTHER and told["place_name"] <= 0:
            reasons.append("names and addresses differ")
        elif related in ONE_SITE:
            reasons.append(f"the {title_of(contact)} may be the house's, or one operator has two names")
    elif related and contact and not known and told.get("place_contact", 0.0) <= 0:
        reasons.append(f"both hold {held}, which many others hold too, so that it counts for nothing here")
    elif told.get("place_contact", 0.0) > 0:
        reasons.append(f"same contact, {held}" if shared == RARE else f"same contact, {held}, also used elsewhere")
        if name.others[0] and name.others[1]:
            reasons.append("may be two licenses or a renaming")
    if apart and related in ONE_SITE:
        reasons.append(f"one register ({a.source_id}) lists both, as separate entries")
    if name.equal and place.same:
        total = max(total, LEAST_EQUAL)
    differ = differing(numbers_of(a), numbers_of(b))
    weight, reason = spot_bits(a.identifiers, b.identifiers, compared.level)
    if reason:
        total += weight
        reasons.append(reason)
    reasons += guess_told(a, b, OF_BUSINESS)
    if differ:
        total = min(total, APART)
        reasons.append(differ)
    if differ and related in (SAME_NAME, NAMESAKE):
        related = ""
    reasons += filter(None, [turn_told(a, b, related), doubt_told(a, b, related, name)])
    alone = told.get("place_contact", 0.0) <= 0 and weight <= 0
    why = "; ".join(reasons)
    most = most_stated(a, b, why, by_contact=not alone)
    return PairScore(round(total, 2), compared.level, why, contact, related, told["place_name"], most)


def _operation_odds(a: LinkRecord, b: LinkRecord, levels: Mapping[str, float], contact: str) -> float:
    """Returns the bits that two records of no known type are of one operation, which may have moved or have two
    addresses: a contact that joins alone and that few addresses know, and names that share something that tells and are
    no rivals."""
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


def address_evidence(
    a: LinkRecord, b: LinkRecord, spread: Mapping[str, int], common: Commonness = NOT_COUNTED
) -> float:
    """Returns the bits that two addresses and where they lie say of one place; of two people, who move, those of all
    that is told."""
    if are_people(a, b):
        return _score_people(a, b, spread).score
    compared = compare_addresses(a.parsed_address(), b.parsed_address())
    told = place_evidence_of(a, b, compared, common, alias=True).bits
    told += spot_bits(a.identifiers, b.identifiers, compared.level)[0]
    if not a.record_type and not b.record_type and same_words(a, b):
        return max(0.0, told)  # of no known type: an operation may move
    return told


def are_listed_apart(a: LinkRecord, b: LinkRecord, common: Commonness) -> bool:
    """True where one register lists the two under names that differ by a word (see `organizations.listed_apart`)."""
    if not a.source_id or a.source_id != b.source_id or a.name == b.name or not (a.address and b.address):
        return False
    return listed_apart(a, b, name_evidence(a, b, common), common)


def place_levels(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> dict[str, float]:
    """Returns comparison -> level of PLACE_LEVELS of two records that may be one place's, UNKNOWN where one does not
    say."""
    compared = compare_addresses(a.parsed_address(), b.parsed_address())
    name = compare_names(a.name, b.name)
    contact = _contact_level(a, b, _rarest(a, b, spread), spread)
    place = place_evidence_of(a, b, compared, NOT_COUNTED)
    return {"place_name": name.score, "place_numbers": float(not name.conflict), "place_address": place.level,
            "place_contact": contact}  # fmt: skip


def _contact_level(a: LinkRecord, b: LinkRecord, shared: str, spread: Mapping[str, int]) -> float:
    if shared:
        return RARE if spread.get(shared, 1) < SHARED_AT else SHARED
    return OTHER if a.shareable and b.shareable else UNKNOWN


def _rarest(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> str:
    """Returns the contact of both that was seen at the fewest addresses, "" for none."""
    return min(set(a.shareable) & set(b.shareable), key=lambda value: (spread.get(value, 1), value), default="")


def _score_people(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> PairScore:
    """Returns the score of two people with an address each; a contact seen at many addresses tells nothing."""
    left, right = set(a.shareable), set(b.shareable)
    everyone = {value for value in left | right if spread.get(value, 1) > MOST_HOMES}
    total, reasons = score_residents(a, b, everyone)
    level = compare_addresses(a.parsed_address(), b.parsed_address()).level
    if level == "different" and is_guessed(a) and is_guessed(b) and left.isdisjoint(right):
        total = min(total, ELSEWHERE_BITS)
    weight, reason = spot_bits(a.identifiers, b.identifiers, level)
    if weight > 0 or level in ("same", "close", "near"):  # people move: other addresses far apart say no more
        total += max(-MOST_PLACE, min(NEIGHBORS, weight))
        reasons += [reason] if reason else []
    reasons += guess_told(a, b, OF_PEOPLE)
    shared = sorted((left & right) - everyone)
    return PairScore(round(total, 2), level, "; ".join(reasons), shared[0] if shared else "")


def are_people(a: LinkRecord, b: LinkRecord) -> bool:
    """True when both names are people's; a lone word may be a family name where the other is a person's name."""
    one, other = names_person(a), names_person(b)
    return (one and (other or may_name_person(b))) or (other and may_name_person(a))


def contact_spread(records: Sequence[LinkRecord]) -> dict[str, int]:
    """Returns for each identifier of how many holders it seems to be by addresses and names, up to MOST_KNOWN."""
    first: dict[str, Told] = {}
    several: dict[str, set[Told]] = {}
    for record in records:
        told = told_of(record)
        if told.address:
            for value in record.shareable:
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
    skipped: dict[str, Skipped] | None = None,
    common: Commonness = NOT_COUNTED,
) -> Iterator[tuple[int, int]]:
    """Yields each pair of positions (a < b) that shares a block, once. groups, decided: see `pairs_within`; crowded:
    see `Beyond`; compared: what `addressed` yields, where it is at hand; skipped: is filled with the blocks left out;
    common: words of names that say nothing, so many hold them, make no block with a house or a street.

    Blocks: those of `resident_blocks` for people; house number with street, and with a word of the name or the door as
    well, since a house may hold many; house number with postcode, contact, and
    each telling word of the name within the city and street, and within the postcode; for branches of a firm, the whole
    name wherever it is. A block of more than `most_in`
    is skipped. Of one name at one place each is compared with the next one, however many they are.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for position in addressed(records) if compared is None else compared:
        for key, is_usual in _blocks_of(records[position], common.usual):
            blocks[key].append(~position if is_usual else position)
    yield from pairs_within(_fit(blocks, options, crowded, {} if skipped is None else skipped), groups, decided)


def _fit(
    blocks: Mapping[str, Sequence[int]], options: Options, crowded: Container[str], skipped: dict[str, Skipped]
) -> Iterator[Sequence[int]]:
    for key, found in blocks.items():
        if len(found) < 2 or key in crowded:
            continue
        if len(found) > most_in(key, options):
            skipped[key[0]] = skipped.get(key[0], Skipped()).with_block(len(found))
            continue
        if key[0] == "e":
            yield from (found[place : place + 2] for place in range(len(found) - 1))
        else:
            yield found if min(found) >= 0 else [each for each in found if each >= 0]


def most_in(key: str, options: Options) -> int:
    """Returns how many records a block may hold: more than share a rarer thing share too little to be compared."""
    if key[0] == "e":
        return MOST_EQUAL
    if key[0] == "f":
        return min(MOST_BRANCHES, options.block_size)
    if key[0] == "r" and key[1] != "a":
        return min(MOST_TOWN, options.block_size)
    most = MOST_HOUSE if key[0] == "a" else MOST_WORD if key[0] in "bdhnz" else options.block_size
    return min(most, options.block_size)


def block_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the blocks of a comparable record."""
    return (key for key, _ in _blocks_of(record, ()))


def _blocks_of(record: LinkRecord, usual: Container[str]) -> Iterator[tuple[str, bool]]:
    """Yields (block, whether the record counts in it and is compared with nobody there: for a word of `usual`)."""
    address = record.parsed_address()
    if address.key is not None:
        yield f"a:{address.key}", False
        if address.door:
            yield f"d:{address.door}|{address.key}", False
    for value in record.shareable:
        yield f"c:{value}", False
    if names_organization(record):
        yield f"f:{name_key(record.name)}", False
        if firm_key(record.name) != name_key(record.name):
            yield f"f:{firm_key(record.name)}", False
        place = place_key(record)
        yield f"e:{name_key(record.name)}|{address.postcode or place}", False
        if address.postcode and place:  # a name that two houses of a postcode bear stands there in turn
            yield f"e:{name_key(record.name)}|{place}, {address.postcode}", False
        if may_name_person(record):
            yield from resident_blocks(record, usual, of_organization=True)
    elif may_name_person(record):
        yield from resident_blocks(record, usual)
    street = address.street[0] if address.street else ""
    begun: dict[str, bool] = {}
    for word in words_of(record.name)[0]:
        if len(word) > 2:
            is_usual = word in usual
            begun[word[:BEGINNING]] = begun.get(word[:BEGINNING], True) and is_usual
            if address.key is not None:
                yield f"h:{word}|{address.key}", is_usual
            if word not in GENERIC:
                yield f"n:{word}|{record.city.lower()}|{street}", is_usual
            if is_of_street(address.postcode):
                yield f"b:{word}|{address.postcode}", False
    if address.number is not None and address.postcode:
        if len(words_of(record.name)[0]) == 1:
            yield f"z:|{address.number} {address.postcode}", False
        for letters, is_usual in begun.items():
            yield f"z:{letters}|{address.number} {address.postcode}", is_usual
