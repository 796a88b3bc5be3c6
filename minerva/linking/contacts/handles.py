"""User names that are one but for what people add when a name is taken, as evidence beside names, cities and contacts.

What is compared is the core of a user name (names/username_parts.py), on whatever platform it stands, and only where
few would choose it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from minerva.linking.blocks import pairs_within
from minerva.linking.held import Held
from minerva.linking.model import LinkRecord, Options
from minerva.linking.places.pairs import PairScore
from minerva.linking.places.residents import OTHER, city_level, contacts_told, names_told
from minerva.linking.strength import TELLING_BITS, sharing_odds
from minerva.linking.texts.templates import count_holders, step
from minerva.linking.weights import bits
from minerva.names.username_parts import core_of, surprise

KIND, KEY = "username:", "i:@"
TOLD = ("phone", "email")
CHANGED = 3.0
"""Bits that the core of a user name says less than the name as it stands: another may have been refused it."""


def handle_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the keys of a record's user names: two records that share one are worth comparing."""
    for identifier in record.shareable:
        if identifier.startswith(KIND):
            core = core_of(_name_of(identifier))
            if core:
                yield f"{KEY}{core}"


def _name_of(identifier: str) -> str:
    """Returns the user name of an identifier, without its platform if one is told."""
    return identifier[len(KIND) :].rpartition("/")[2]


def candidate_handles(
    records: Sequence[LinkRecord],
    options: Options,
    crowded: Collection[str] = (),
    groups: Sequence[int] = (),
    decided: Sequence[int] = (),
    held: Held | None = None,
) -> Iterator[tuple[int, int, float]]:
    """Yields (position, position, odds) of records whose user names have one core, once.

    odds: log2 of the odds that they are one holder's, by how many hold the core (holders as of templates). A core that
    many would choose, or of more than block_size records or text_crowd holders, is passed over. crowded, groups,
    decided: as in `pairs.candidate_pairs`. held: what the records hold, if it is at hand.
    """
    telling: list[tuple[float, str]] = []
    blocks = _blocks(records, held)
    for core, members in blocks.items():
        if groups and len({groups[position] for position in members}) == 1:
            continue  # one group already, as most are
        if len(members) > options.block_size or KEY + core in crowded or sum(surprise(core)) < TELLING_BITS:
            continue
        holders = count_holders(records, members)
        if 2 <= holders < options.text_crowd:
            telling.append((sharing_odds(KIND, step(holders)) - CHANGED, core))
    # Of several cores that two records share the surest counts: blocks come in that order, and a pair once.
    telling.sort(key=lambda item: (-item[0], item[1]))
    seen: set[tuple[int, int]] = set()
    for odds, core in telling:
        for a, b in pairs_within([blocks[core]], groups, decided):
            if (a, b) not in seen:
                seen.add((a, b))
                yield a, b, odds


_identifiers = attrgetter("identifiers")


def _blocks(records: Sequence[LinkRecord], held: Held | None) -> dict[str, list[int]]:
    """Returns the positions of the records of each core that user names which are not equal have, ascending."""
    if held is not None and held.told == held.values:
        return _numbered_blocks(held)  # all that is told has a number
    first: dict[str, str] = {}
    shared: dict[str, str] = {}
    for identifier in chain.from_iterable(map(_identifiers, records)) if held is None else held.told:
        if identifier[: len(KIND)] == KIND and (core := core_of(_name_of(identifier))):
            known = first.setdefault(core, identifier)
            # Most cores are of one user name, told perhaps twice: the records are only asked for the others.
            if known != identifier:
                shared[known] = shared[identifier] = core
    blocks: dict[str, list[int]] = {}
    if not shared:
        return blocks
    is_none_of = frozenset(shared).isdisjoint
    for position, identifiers in enumerate(map(_identifiers, records)):
        if not is_none_of(identifiers):
            for core in {shared[each] for each in records[position].shareable if each in shared}:
                blocks.setdefault(core, []).append(position)
    return blocks


def _numbered_blocks(held: Held) -> dict[str, list[int]]:
    """`_blocks` by the numbers of the user names, which say who holds each."""
    if KIND[:-1] not in held.kind_names:
        return {}
    kind = held.kind_names.index(KIND[:-1])
    numbers = [number for number, each in enumerate(held.kinds) if each == kind]
    cores = [core_of(_name_of(held.values[number])) for number in numbers]
    several = {core for core, names in Counter(cores).items() if core and names > 1}
    found: dict[str, set[int]] = defaultdict(set)
    for number, core in zip(numbers, cores):
        if core in several:
            found[core].update(held.holders(number))
    return {core: sorted(positions) for core, positions in found.items()}


def score_handles(a: LinkRecord, b: LinkRecord, odds: float, hubs: Collection[str]) -> PairScore:
    """Returns the score of two records whose user names have one core, as log2 of the odds that they are one holder's.

    User names are made of names, so that names that agree add nothing, and names that differ speak against. odds: of
    `candidate_handles`; what strangers share (hubs) neither agrees nor differs.
    """
    total, reasons = odds, ["user names are one but for what is added"]
    if a.name and b.name:
        told = names_told(a.name, b.name)
        total += min(0.0, told)
        reasons.append("names agree" if told > 0 else "names differ")
    if city_level(a.city, b.city) == OTHER:
        total += bits("resident_city", OTHER)
        reasons.append("in different cities")
    for weight, reason in contacts_told(a, b, TOLD, hubs):
        total += weight
        reasons.append(reason)
    return PairScore(round(total, 2), "handle", "; ".join(reasons), "")
