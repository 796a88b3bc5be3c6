"""The names of people in records as whole numbers: each name read once, whatever number of records bear it.

A lone first name, a title or the name of the place is no person's name here; words of the record's city do not count.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from minerva.linking.held import fast
from minerva.linking.model import PLACE_TYPES, LinkRecord
from minerva.names.kinds import MOST_PERSON_WORDS, is_person_words
from minerva.names.persons import given_names
from minerva.names.romanize import latin_words, sound
from minerva.names.tables import GENERIC, LEGAL_FORMS

Words = tuple[str, ...]


@lru_cache(maxsize=65536)
def person_words(name: str, city: str) -> Words:
    """Returns the words of a person's name, or none when it may be something else; words of the city do not count."""
    words = _all_words(name)
    placed = latin_words(city)
    return _enough(tuple([word for word in words if word not in placed])) if words else ()


def person_of(record: LinkRecord) -> Words:
    """Returns the name words of a record that may be compared here: a person with a city."""
    if not record.name or not record.city or record.record_type in PLACE_TYPES:
        return ()
    return person_words(record.name, record.city)


def _all_words(name: str) -> Words:
    words = latin_words.__wrapped__(name)
    return words if is_person_words(words) else ()


def _enough(words: Words) -> Words:
    return words if len([word for word in words if len(word) > 1]) >= 2 else ()


@lru_cache(maxsize=65536)
def telling_words(name: str) -> frozenset[str]:
    """Returns the telling words of a full name, of a person or not, as they sound; none for a
    lone word, which people choose freely."""
    words = [word for word in latin_words(name) if len(word) > 1 and word not in GENERIC and word not in LEGAL_FORMS]
    if len(words) < 2:
        return frozenset()
    return frozenset(sound(word) for word in words)


BEFORE, AFTER, SPREAD = 0x9E3779B1, 0x85EBCA6B, 20
"""Of `neighbors`."""


class Told(NamedTuple):
    """What is known to be too full, by numbers of `Names`. blocks: (sound, city); parts: (sound, city, part); wholes:
    (sound, larger sound, city)."""

    blocks: frozenset[tuple[int, int]] = frozenset()
    parts: frozenset[tuple[int, int, int]] = frozenset()
    wholes: frozenset[tuple[int, int, int]] = frozenset()


NONE_TOLD = Told()


class Names:
    """of: record -> its name's number, -1 where it has none; city: record -> its city's number, -1 where it has none.

    By name number: texts (one spelling as given), written (the first number of that spelling: where words of the city
    do not count, a text may have several), plain (the number that names of the same words in any order share),
    sounds (numbers of the sounds of its words of two letters or more, each once). By sound number: parts (`_parts`),
    signs (64 bits: which letters stand beside each other), forms (64 bits: which name a short form may stand for).
    cities: how many there are.
    """

    def __init__(self, records: Sequence[LinkRecord]) -> None:
        self.of = array("q")
        self.city = array("q")
        self.texts: list[str] = []
        self.written = array("q")
        self.plain = array("q")
        self.sounds: list[tuple[int, ...]] = []
        self.parts: list[tuple[int, ...]] = []
        self.signs = array("Q")
        self.forms = array("Q")
        self._plain: dict[Words, int] = {}
        self._sounds: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._people: dict[str, int] = {}
        """As _words, of words that rule no name out as a person's."""
        self._letters: dict[str, int] = {}
        self._read(records)
        if fast(len(records)):
            from minerva.linking.candidates_numpy import neighbors_numpy

            self.signs = neighbors_numpy(list(self._sounds))
        else:
            self.signs = array("Q", map(neighbors, self._sounds))

    def told(self, keys: Iterable[str]) -> Told:
        """Returns what those of the keys say that are made by `word_key`, `part_key` and `pair_key`."""
        found: dict[str, set[tuple[int, ...]]] = {"p": set(), "q": set(), "x": set()}
        for key in keys:
            if key[0] not in found:
                continue
            word, _, rest = key[2:].partition("|")
            numbers = [self._sounds.get(word)]
            if key[0] == "x":
                word, _, rest = rest.partition("|")
                numbers.append(self._sounds.get(word))
                numbers.sort(key=lambda number: -1 if number is None else number)
            city, _, part = rest.rpartition("|") if key[0] == "q" else (rest, "", "")
            numbers.append(self._cities.get(city))
            if key[0] == "q":
                numbers.append(self._letters.get(part))
            if None not in numbers:
                found[key[0]].add(tuple([number for number in numbers if number is not None]))
        return Told(*(frozenset(found[kind]) for kind in "pqx"))  # type: ignore[arg-type]  # lengths differ by kind

    def count_cities(self, counts: Mapping[str, int], cities: Sequence[int]) -> list[int]:
        """Returns by `plain` number in how many cities a name occurs: `cities`, or what `counts` says of its words,
        sorted and joined by spaces."""
        found = list(cities)
        for text, count in counts.items():
            number = self._plain.get(tuple(text.split(" ")))
            if number is not None:
                found[number] = count
        return found

    def _read(self, records: Sequence[LinkRecord]) -> None:
        cities: dict[str, int] = {}
        spelled: dict[str, int] = {"": -1}
        numbers: dict[str, int] = {"": -1}
        written = [record.name if record.name and record.city and record.record_type not in PLACE_TYPES else ""
                   for record in records]  # fmt: skip
        placed_in = [record.city if name else "" for record, name in zip(records, written)]
        for city in dict.fromkeys(placed_in):
            if city:
                spelled[city] = cities.setdefault(city.casefold(), len(cities))
        for name in dict.fromkeys(written):
            if name:
                numbers[name] = self._add_read(name)
        self.of = array("q", list(map(numbers.__getitem__, written)))
        self.city = array("q", list(map(spelled.__getitem__, placed_in)))
        self.cities = len(cities)
        self._cities = cities
        placed = {word for city in spelled for word in latin_words(city)}
        if placed.isdisjoint(self._people) and placed.isdisjoint(self._words):
            return
        doubtful = {number for name, number in numbers.items()
                    if number >= 0 and not placed.isdisjoint(latin_words(name))}  # fmt: skip
        special: dict[tuple[str, str], int] = {}
        if doubtful:
            for position, number in enumerate(self.of):
                if number in doubtful:
                    key = (records[position].name, records[position].city)
                    if key not in special:
                        words = person_words(*key)
                        special[key] = number if words == latin_words(key[0]) else self._add(key[0], words, number)
                    self.of[position] = special[key]

    def _add_read(self, text: str) -> int:
        """`_add` of the words of a name, or -1 where they are no person's; each word is judged once."""
        words = latin_words.__wrapped__(text)
        known = self._people
        long = 0
        sounds: list[int] = []
        for word in words:
            number = known.get(word)
            if number is None:
                if not is_person_words(("anna", word)):
                    return self._add(text, _enough(words if is_person_words(words) else ()))
                number = known[word] = self._add_word(word)
            if number >= 0 and number not in sounds:
                sounds.append(number)
            long += len(word) > 1
        return self._append(text, words, sounds) if long >= 2 and len(words) <= MOST_PERSON_WORDS else -1

    def _add(self, text: str, words: Words, written: int = -1) -> int:
        """Returns the number of a new name, or -1 for no words. written: the number its spelling has already."""
        if not words:
            return -1
        sounds: list[int] = []
        for word in words:
            number = self._words.get(word)
            if number is None:
                number = self._words[word] = self._add_word(word)
            if number >= 0 and number not in sounds:
                sounds.append(number)
        return self._append(text, words, sounds, written)

    def _append(self, text: str, words: Words, sounds: Sequence[int], written: int = -1) -> int:
        number = len(self.texts)
        self.texts.append(text)
        self.written.append(number if written < 0 else written)
        if len(words) != 2 or words[0] > words[1]:
            words = tuple(sorted(words))
        self.plain.append(self._plain.setdefault(words, len(self._plain)))
        self.sounds.append(tuple(sounds))
        return number

    def _add_word(self, word: str) -> int:
        """Returns the number of a word's sound, or -1 for a word of one letter."""
        sounded = sound(word)  # kept, since `telling_words` asks for many of them again
        if len(word) < 2 or not sounded:
            return -1
        number = self._sounds.setdefault(sounded, len(self._sounds))
        if number == len(self.parts):
            found = parts_of(sounded)
            self.parts.append(tuple([self._letters.setdefault(each, len(self._letters)) for each in found]))
            bits = 0
            for form in found[2:]:  # not by its number, which depends on the other records
                bits |= 1 << crc32(form.encode("utf-8")) % 64
            self.forms.append(bits)
        return number


def sounds_of(words: Words) -> set[str]:
    """Returns the sounds by which a name is found."""
    return {sounded for sounded in (sound(word) for word in words if len(word) > 1) if sounded}


def word_key(sounded: str, city: str) -> str:
    """Returns the name of the block of a word's sound in a city."""
    return f"p:{sounded}|{city}"


def part_key(sounded: str, city: str, part: str) -> str:
    """Returns the name of a part of a full block."""
    return f"q:{sounded}|{city}|{part}"


def pair_key(sounded: str, other: str, city: str) -> str:
    """Returns the name of the block of two sounds in a city."""
    return f"x:{min(sounded, other)}|{max(sounded, other)}|{city}"


def blocks_of(key: str) -> list[str]:
    """Returns the blocks (`word_key`) that a `part_key` or a `pair_key` divides."""
    word, _, rest = key[2:].partition("|")
    if key[0] == "q":
        return [word_key(word, rest.rpartition("|")[0])]
    other, _, city = rest.partition("|")
    return [word_key(word, city), word_key(other, city)]


def parts_of(sounded: str) -> list[str]:
    """Returns what two words that may be one share one of: the first sign of a sound, its last, long forms of the
    given names that sound like it."""
    return [f"^{sounded[0]}", f"{sounded[-1]}$", *_long_forms().get(sounded, ())]


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, forms in given_names().forms.items():
        sounded = sound.__wrapped__(word)
        longest = max(forms, key=lambda each: (len(each), each))
        if sounded and longest not in found.setdefault(sounded, []):
            found[sounded].append(longest)
    return found


def neighbors(sounded: str) -> int:
    """Returns 64 bits, one set for each two letters that stand beside each other, ends included."""
    bits, before = 0, 2
    for code in (*map(ord, sounded), 3):
        # The product's middle bits spread well; its low ones would not.
        bits |= 1 << ((before * BEFORE + code * AFTER) >> SPREAD) % 64
        before = code
    return bits
