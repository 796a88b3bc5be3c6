"""The names of people in records as whole numbers: each name read once, whatever number of records bear it.

A lone first name, a title or the name of the place is no person's name here; words of the record's city do not count.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, count, islice
from typing import NamedTuple
from zlib import crc32

from minerva.linking.held import fast
from minerva.linking.model import LinkRecord
from minerva.linking.numbering import numbering
from minerva.linking.places.bearers import names_organization
from minerva.names.kinds import MOST_PERSON_WORDS, is_person_words
from minerva.names.persons import given_names
from minerva.names.romanize import latin_words, sound
from minerva.names.tables import GENERIC, LEGAL_FORMS

Words = tuple[str, ...]

_USUAL = GENERIC | LEGAL_FORMS
"""Words that tell nothing of whose name it is."""


@lru_cache(maxsize=65536)
def person_words(name: str, city: str) -> Words:
    """Returns the words of a person's name, or none when it may be something else; words of the city do not count."""
    words = _all_words(name)
    placed = latin_words(city)
    return _enough(tuple([word for word in words if word not in placed])) if words else ()


def person_of(record: LinkRecord) -> Words:
    """Returns the name words of a record that may be compared here: a person with a city."""
    if not record.name or not record.city or names_organization(record):
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
    words = [word for word in latin_words(name) if len(word) > 1 and word not in _USUAL]
    return frozenset(map(sound, words)) if len(words) > 1 else frozenset()


BEFORE, AFTER, SPREAD = 0x9E3779B1, 0x85EBCA6B, 20
"""Of `neighbors`."""
_AT_ONCE = 20_000
"""Names in words at once: enough for loops in C to pay, few enough to stay in the cache."""


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
    sounds (numbers of the sounds of its words of two letters or more, each once), ones and others (the numbers of the
    two words of most names, which sound otherwise and are both `telling_words`; -1 of all other names). By sound
    number: parts (`_parts`), signs (64 bits: which letters stand beside each other), forms (64 bits: which name a short
    form may stand for). cities: how many there are.
    """

    def __init__(self, records: Sequence[LinkRecord]) -> None:
        self.of = array("q")
        self.city = array("q")
        self.texts: list[str] = []
        self.written = array("q")
        self.plain = array("q")
        self.sounds: list[tuple[int, ...]] = []
        self.ones = array("q")
        self.others = array("q")
        self.parts: list[tuple[int, ...]] = []
        self.signs = array("Q")
        self.forms = array("Q")
        self._plain: dict[int | tuple[int, ...], int] = defaultdict(count().__next__)
        """By the numbers of a name's words, ascending: of two words as one number, which costs half."""
        self._sounds: dict[str, int] = {}
        self._words = numbering()
        self._sound_of: list[int] = []
        self._fit: list[bool] = []
        self._bearing: list[int] = []
        """By word number: of its sound, -1 for a word of one letter; whether it rules no name out as a person's; of
        its sound where it does not and tells something, else -1."""
        self._letters: dict[str, int] = {}
        self._read(records)
        if fast(len(records)):
            from minerva.linking.people.candidates_numpy import neighbors_numpy

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

    def telling(self, names: Sequence[str], record: int) -> Collection[int | str]:
        """Returns the `telling_words` of a record's name as numbers of sounds, or as they are where they have none."""
        number = self.of[record]
        if number >= 0 and self.ones[number] >= 0:
            return self.sounds[number]
        return [self._sounds.get(word, word) for word in telling_words(names[record])]

    def count_cities(self, counts: Mapping[str, int], cities: Sequence[int]) -> list[int]:
        """Returns by `plain` number in how many cities a name occurs: `cities`, or what `counts` says of its words,
        sorted and joined by spaces."""
        found = list(cities)
        for text, told in counts.items():
            words = [self._words.get(word, -1) for word in text.split(" ")]
            number = self._plain.get(_key(words)) if min(words) >= 0 else None
            if number is not None:
                found[number] = told
        return found

    def _read(self, records: Sequence[LinkRecord]) -> None:
        written = [record.name if record.name and record.city and not names_organization(record) else ""
                   for record in records]  # fmt: skip
        placed_in = [record.city if name else "" for record, name in zip(records, written)]
        spelled = numbering()
        spelled_in = list(map(spelled.__getitem__, placed_in))
        cities: dict[str, int] = {}
        city_of = [cities.setdefault(city.casefold(), len(cities)) if city else -1 for city in spelled]
        spellings = numbering()
        spelling = list(map(spellings.__getitem__, written))
        numbers = self._add_names(spellings)
        self.of = array("q", list(map(numbers.__getitem__, spelling)))
        self.city = array("q", list(map(city_of.__getitem__, spelled_in)))
        self.cities = len(cities)
        self._cities = cities
        placed = {word for city in spelled for word in latin_words(city)}
        if placed.isdisjoint(self._words):
            return
        doubtful = {number for name, number in zip(spellings, numbers)
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

    def _add_names(self, texts: Iterable[str]) -> list[int]:
        """Returns the number of each of different names, -1 for what is no person's.

        Names of two words that sound otherwise, as most are, are numbered by loops of the interpreter's own, many at a
        time; `_add_read` does the same for all others.
        """
        found: list[int] = []
        waiting = iter(texts)
        while some := list(islice(waiting, _AT_ONCE)):
            rows = [text.lower().split() if text.isascii() and text.replace(" ", "").isalnum() else () for text in some]
            pairs = [len(row) == 2 for row in rows]
            words = list(map(self._words.__getitem__, chain.from_iterable(compress(rows, pairs))))
            self._read_words()
            sounds = list(map(self._bearing.__getitem__, words))
            differ = [0 <= one != other >= 0 for one, other in zip(sounds[::2], sounds[1::2])]
            differing = iter(differ)
            usual = [pair and next(differing) for pair in pairs]
            first = len(self.texts)
            self.texts += compress(some, usual)
            self.written.extend(range(first, len(self.texts)))
            ones, others = list(compress(words[::2], differ)), list(compress(words[1::2], differ))
            self.ones.extend(ones)
            self.others.extend(others)
            # As `_pair_key`.
            keys = [one << 32 | other if one < other else other << 32 | one for one, other in zip(ones, others)]
            self.plain.extend(list(map(self._plain.__getitem__, keys)))
            self.sounds += compress(zip(sounds[::2], sounds[1::2]), differ)
            numbers = count(first)
            found += [next(numbers) if each else self._add_read(text) for text, each in zip(some, usual)]
        return found

    def _add_read(self, text: str) -> int:
        """`_add` of the words of a name, or -1 where they are no person's; each word is judged once."""
        words = latin_words.__wrapped__(text)
        if not _enough(words):
            return -1  # a lone word, which is neither numbered nor read
        numbers = list(map(self._words.__getitem__, words))
        self._read_words()
        # One letter at the end may end a legal form, which only all words tell.
        if not all(map(self._fit.__getitem__, numbers)) or (words and len(words[-1]) == 1):
            return self._add(text, words if is_person_words(words) else ())
        return self._append(text, numbers) if len(words) <= MOST_PERSON_WORDS else -1

    def _add(self, text: str, words: Words, written: int = -1) -> int:
        """Returns the number of a new name, or -1 for no words. written: the number its spelling has already."""
        if not words:
            return -1
        numbers = list(map(self._words.__getitem__, words))
        self._read_words()
        return self._append(text, numbers, written)

    def _append(self, text: str, words: Sequence[int], written: int = -1) -> int:
        number = len(self.texts)
        self.texts.append(text)
        self.written.append(number if written < 0 else written)
        self.plain.append(self._plain[_key(words)])
        self.ones.append(-1)
        self.others.append(-1)
        sounds = dict.fromkeys(map(self._sound_of.__getitem__, words))
        self.sounds.append(tuple([sounded for sounded in sounds if sounded >= 0]))
        return number

    def _read_words(self) -> None:
        """Reads the words that were numbered since the last call."""
        new = len(self._words) - len(self._sound_of)
        for word in reversed(list(islice(reversed(self._words), new))):
            self._sound_of.append(self._add_sound(word))
            self._fit.append(is_person_words(("anna", word)))
            self._bearing.append(self._sound_of[-1] if self._fit[-1] and word not in _USUAL else -1)

    def _add_sound(self, word: str) -> int:
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


def _key(words: Sequence[int]) -> int | tuple[int, ...]:
    return _pair_key(*words) if len(words) == 2 else tuple(sorted(words))


def _pair_key(one: int, other: int) -> int:
    return one << 32 | other if one < other else other << 32 | one


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
        sounded = sound(word)
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
