"""Records of people without an address: their names, compared within one city, against contacts that contradict.

A lone first name, a title or the name of the place joins nothing. Weights are in bits, like those of pairs.py, and come
from data/weights.json.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache

from minerva.linking.blocks import pairs_within
from minerva.linking.model import PLACE_TYPES, LinkRecord
from minerva.linking.pairs import PairScore, person_weight
from minerva.linking.strength import kind_of
from minerva.linking.weights import bits
from minerva.names.kinds import is_person
from minerva.names.persons import compare_persons
from minerva.names.romanize import latin_words, sound

FEW = 8
"""Up to so many records that share a word in a city are all compared."""
CROWDED = 60
"""A word of a name that more records of a city hold is too common to compare them all."""
_RULED_BY = ("phone", "email", "username")


@lru_cache(maxsize=65536)
def person_words(name: str, city: str) -> tuple[str, ...]:
    """Returns the words of a person's name, or none when it may be something else; words of the city do not count."""
    if not name or not is_person(name):
        return ()
    placed = latin_words(city)
    words = tuple([word for word in latin_words(name) if word not in placed])
    return words if len([word for word in words if len(word) > 1]) >= 2 else ()


def person_of(record: LinkRecord) -> tuple[str, ...]:
    """Returns the name words of a record that may be compared here: a person with a city."""
    if not record.name or not record.city or record.record_type in PLACE_TYPES:
        return ()
    return person_words(record.name, record.city)


def name_spread(records: Sequence[LinkRecord], people: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """Returns for each name (its words in order of the alphabet) in how many cities it occurs, where it is in several.

    people: `person_of` of each record.
    """
    first: dict[tuple[str, ...], str] = {}
    cities: dict[tuple[str, ...], set[str]] = {}
    for record, words in zip(records, people):
        if words:
            name, city = tuple(sorted(words)), record.city.casefold()
            if first.setdefault(name, city) != city:
                cities.setdefault(name, {first[name]}).add(city)
    return {name: len(found) for name, found in cities.items()}


def candidate_people(
    records: Sequence[LinkRecord],
    people: Sequence[tuple[str, ...]],
    groups: Sequence[int] = (),
    crowded: Container[str] = (),
) -> Iterator[tuple[int, int]]:
    """Yields each pair of positions (a < b) once whose names share a word, as spelt or as it sounds, in one city.

    Where many records share a word, another word of theirs must begin or end with the same sound too; where many share
    even that, nothing is compared. people: `person_of` of each record; groups: see `pairs_within`; crowded:
    see `Beyond`. Cost: linear, each record meets a bounded number.
    """
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, words in enumerate(people):
        if words:
            city = records[position].city.casefold()
            for word in {sound(word) for word in words if len(word) > 2}:
                blocks[(word, city)].append(position)
    yield from pairs_within(_divided(blocks, people, crowded), groups)


def _divided(
    blocks: Mapping[tuple[str, str], Sequence[int]], people: Sequence[tuple[str, ...]], crowded: Container[str]
) -> Iterator[Sequence[int]]:
    for (word, city), members in blocks.items():
        if len(members) <= FEW and word_key(word, city) not in crowded:
            yield members
            continue
        parts: dict[tuple[int, str], list[int]] = defaultdict(list)
        for position in members:
            for part in parts_of(word, people[position]):
                parts[part].append(position)
        yield from (
            found
            for part, found in parts.items()
            if 2 <= len(found) < CROWDED and part_key(word, city, part) not in crowded
        )


def parts_of(word: str, words: Sequence[str]) -> set[tuple[int, str]]:
    """Returns the parts of a full block of `word` that a name belongs to: ends of the sounds of its other words."""
    sounds = [sound(other) for other in words if len(other) > 2]
    return {(end, other[end]) for other in sounds if other and other != word for end in (0, -1)}


def word_key(word: str, city: str) -> str:
    """Returns the name of the block of a word's sound in a city."""
    return f"p:{word}|{city}"


def part_key(word: str, city: str, part: tuple[int, str]) -> str:
    """Returns the name of a part of a full block."""
    return f"q:{word}|{city}|{part[0]}{part[1]}"


def too_different(a: LinkRecord, b: LinkRecord, least: float) -> bool:
    """True when the names alone rule out a score of `least`, whatever the contacts say; cheaper than the score."""
    shared = 0 if set(a.identifiers).isdisjoint(b.identifiers) else len(_RULED_BY)
    best = sum(sorted((bits(f"{kind}_agrees", 1.0) for kind in _RULED_BY), reverse=True)[:shared])
    return bits("person_name", compare_persons(a.name, b.name).score) + bits("city", 1.0) + best < least


def score_people(a: LinkRecord, b: LinkRecord, spread: Mapping[tuple[str, ...], int]) -> PairScore:
    """Returns the score of two people of one city. spread: see name_spread."""
    weight, why = person_weight(a.name, b.name)
    total = weight + bits("city", 1.0)
    common = max(spread.get(tuple(sorted(person_of(each))), 1) for each in (a, b))
    total -= math.log2(common)
    reasons = [why, f"both in {a.city}"]
    if common > 1:
        reasons.append(f"the name occurs in {common} cities")
    for kind in _RULED_BY:
        left = {value for value in a.identifiers if kind_of(value) == kind}
        right = {value for value in b.identifiers if kind_of(value) == kind}
        if left and right:
            total += bits(f"{kind}_agrees", 1.0 if left & right else 0.0)
            reasons.append(f"{'same' if left & right else 'different'} {kind}")
    return PairScore(round(total, 2), "city", "; ".join(reasons), "")
