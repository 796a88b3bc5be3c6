"""Compares records by name, address and contact: blocks that find candidates, and a score in log-odds style.

Shape: Fellegi and Sunter (1969), a sum of weights per field. The weights are facts of this table; each is a rounded
log2 odds of agreement among true against chance pairs in public registers. `joins` needs Options.pair_score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from minerva.addresses import compare_addresses
from minerva.linking.blocks import pairs_within
from minerva.linking.model import DEFAULT, PLACE_TYPES, LinkRecord, Options
from minerva.linking.residents import resident_blocks, score_residents
from minerva.linking.spots import spot_bits
from minerva.names import compare_names
from minerva.names.compare import words_of
from minerva.names.kinds import is_person, is_person_words
from minerva.names.romanize import latin_words
from minerva.names.tables import GENERIC

ADDRESS_WEIGHT = {"same": 5.0, "close": 4.0, "near": 0.5, "street": -1.5, "different": -5.0, "unknown": -0.5}
CONTACT_RARE = 3.0
CONTACT_SHARED = 1.0
CONTACT_OTHER = -0.5
OTHER_POSTCODE = -0.5
MOST_HOMES = 6
"""A contact found at more addresses than that belongs to no one person, who may move but not so often."""
MOST_KNOWN = MOST_HOMES + 1
"""Addresses counted of a contact: more say no more."""
PERSON_OFFSET = DEFAULT.pair_score - DEFAULT.resident_score
"""Brings the learned odds of two people and the weights of two places to one scale, at whose pair_score both join."""
SHARED_AT = 3
"""A contact found at this many addresses is a head office's, and says less."""

# (least score, weight)
NAME_WEIGHT = ((0.85, 3.0), (0.6, 2.0), (0.35, 1.0), (0.15, 0.0), (0.0, -1.0))
NAME_CONFLICT = -2.0


@dataclass(frozen=True)
class PairScore:
    """score: sum of weights; level: the address level; why: agreements in words; contact: a shared identifier or "" """

    score: float
    level: str
    why: str
    contact: str


def comparable(record: LinkRecord) -> bool:
    """True when a record says enough to be compared: a name, with an address beside it."""
    return bool(record.name and record.address)


def score_pair(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> PairScore:
    """Returns the score of two comparable records. spread: contact -> at how many addresses it was seen."""
    if are_people(a, b):
        return _score_people(a, b, spread)
    address = compare_addresses(a.parsed_address(), b.parsed_address())
    total = ADDRESS_WEIGHT[address.level]
    reasons = [address.why] if address.level in ("same", "close", "near", "street") else []
    name = compare_names(a.name, b.name)
    weight = next(weight for least, weight in NAME_WEIGHT if name.score >= least)
    weight += NAME_CONFLICT if name.conflict else 0.0
    total += weight
    if weight > 0:
        reasons.append(name.why)
    left, right = a.contacts, b.contacts
    shared = sorted(set(left) & set(right), key=lambda value: (spread.get(value, 1), value))
    if shared:
        rare = spread.get(shared[0], 1) < SHARED_AT
        total += CONTACT_RARE if rare else CONTACT_SHARED
        reasons.append("same contact" if rare else "same contact, also used elsewhere")
    elif left and right:
        total += CONTACT_OTHER
    one, other = a.parsed_address().postcode, b.parsed_address().postcode
    if one and other and one != other:
        total += OTHER_POSTCODE
    weight, reason = spot_bits(a.identifiers, b.identifiers, address.level)
    if reason:
        total += weight
        reasons.append(reason)
    return PairScore(round(total, 2), address.level, "; ".join(reasons), shared[0] if shared else "")


def _score_people(a: LinkRecord, b: LinkRecord, spread: Mapping[str, int]) -> PairScore:
    """Returns the score of two people with an address each; a contact seen at many addresses tells nothing."""
    left, right = set(a.contacts), set(b.contacts)
    everyone = {value for value in left | right if spread.get(value, 1) > MOST_HOMES}
    total, reasons = score_residents(a, b, everyone)
    level = compare_addresses(a.parsed_address(), b.parsed_address()).level
    weight, reason = spot_bits(a.identifiers, b.identifiers, level)
    if weight > 0 or level in ("same", "close", "near"):  # people move: other addresses far apart say no more
        total += weight
        reasons += [reason] if reason else []
    shared = sorted((left & right) - everyone)
    return PairScore(round(total + PERSON_OFFSET, 2), level, "; ".join(reasons), shared[0] if shared else "")


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
    """Returns for each identifier at how many different address keys it occurs, up to MOST_KNOWN."""
    places: dict[str, set[str]] = defaultdict(set)
    for record in records:
        key = record.parsed_address().key
        if key is not None:
            for value in record.contacts:
                places[value].add(key)
    return {value: min(len(keys), MOST_KNOWN) for value, keys in places.items()}


def candidate_pairs(
    records: Sequence[LinkRecord],
    options: Options,
    groups: Sequence[int] = (),
    crowded: Container[str] = (),
    decided: Sequence[int] = (),
) -> Iterator[tuple[int, int]]:
    """Yields each pair of positions (a < b) that shares a block, once. groups, decided: see `pairs_within`; crowded:
    see `Beyond`.

    Blocks: those of `resident_blocks` for people; house number with street, house number with postcode, contact, and
    each telling word of the name within the city. A block over block_size is cut by adding the house number; what is
    still over it is skipped.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        if not comparable(record):
            continue
        for key in block_keys(record):
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
