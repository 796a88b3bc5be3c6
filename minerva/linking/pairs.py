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
from minerva.linking.model import PLACE_TYPES, LinkRecord, Options
from minerva.linking.weights import bits
from minerva.names import compare_names
from minerva.names.compare import words_of
from minerva.names.kinds import is_person
from minerva.names.persons import compare_persons
from minerva.names.tables import GENERIC

ADDRESS_WEIGHT = {"same": 5.0, "close": 4.0, "near": 0.5, "street": -1.5, "different": -5.0, "unknown": -0.5}
CONTACT_RARE = 3.0
CONTACT_SHARED = 1.0
CONTACT_OTHER = -0.5
OTHER_POSTCODE = -0.5
SHARED_AT = 3
"""A contact found at this many addresses is a head office's, and says less."""

# (least score, weight)
NAME_WEIGHT = ((0.85, 3.0), (0.6, 2.0), (0.35, 1.0), (0.15, 0.0), (0.0, -1.0))
NAME_CONFLICT = -2.0
MOVED = -2.0
"""People move; a place does not: what another address says of two people."""


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
    address = compare_addresses(a.parsed_address(), b.parsed_address())
    total = ADDRESS_WEIGHT[address.level]
    reasons = [address.why] if address.level in ("same", "close", "near", "street") else []
    if names_people(a) and names_people(b):
        total = max(total, MOVED)
        weight, why = person_weight(a.name, b.name)
    else:
        name = compare_names(a.name, b.name)
        weight = next(weight for least, weight in NAME_WEIGHT if name.score >= least)
        weight += NAME_CONFLICT if name.conflict else 0.0
        why = name.why
    total += weight
    if weight > 0:
        reasons.append(why)
    shared = sorted(set(a.identifiers) & set(b.identifiers), key=lambda value: (spread.get(value, 1), value))
    if shared:
        rare = spread.get(shared[0], 1) < SHARED_AT
        total += CONTACT_RARE if rare else CONTACT_SHARED
        reasons.append("same contact" if rare else "same contact, also used elsewhere")
    elif a.identifiers and b.identifiers:
        total += CONTACT_OTHER
    left, right = a.parsed_address().postcode, b.parsed_address().postcode
    if left and right and left != right:
        total += OTHER_POSTCODE
    return PairScore(round(total, 2), address.level, "; ".join(reasons), shared[0] if shared else "")


def names_people(record: LinkRecord) -> bool:
    """True when the record's name is a person's, as far as one can tell; a place's name never is."""
    return record.record_type not in PLACE_TYPES and is_person(record.name)


def person_weight(a: str, b: str) -> tuple[float, str]:
    """Returns (bits, why) of two names of people."""
    compared = compare_persons(a, b)
    return bits("person_name", compared.score), "names agree: " + ", ".join(compared.reasons)


def contact_spread(records: Sequence[LinkRecord]) -> dict[str, int]:
    """Returns for each identifier at how many different address keys it occurs."""
    places: dict[str, set[str]] = defaultdict(set)
    for record in records:
        key = record.parsed_address().key
        if key is not None:
            for value in record.identifiers:
                places[value].add(key)
    return {value: len(keys) for value, keys in places.items()}


def candidate_pairs(
    records: Sequence[LinkRecord], options: Options, groups: Sequence[int] = (), crowded: Container[str] = ()
) -> Iterator[tuple[int, int]]:
    """Yields each pair of positions (a < b) that shares a block, once. groups: see `pairs_within`; crowded: `Beyond`.

    Blocks: house number with street, house number with postcode, contact, and each telling word of the name within the
    city. A block over block_size is cut by adding the house number; what is still over it is skipped.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        if not comparable(record):
            continue
        for key in block_keys(record):
            blocks[key].append(position)
    fit = (found for key, found in blocks.items() if 2 <= len(found) <= options.block_size and key not in crowded)
    yield from pairs_within(fit, groups)


def block_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the blocks of a comparable record."""
    address = record.parsed_address()
    if address.key is not None:
        yield f"a:{address.key}"
        if address.postcode:
            yield f"z:{address.number} {address.postcode}"
    for value in record.identifiers:
        yield f"c:{value}"
    street = address.street[0] if address.street else ""
    for word in words_of(record.name)[0]:
        if word not in GENERIC and len(word) > 2:
            yield f"n:{word}|{record.city.lower()}|{street}"
