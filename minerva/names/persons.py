"""Compares two names of people: words in any order, other spellings, short forms, initials, left-out middle names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Union

from rapidfuzz.distance import Levenshtein

from minerva.names.romanize import latin_words, sound
from minerva.names.tables import PARTICLES, TITLES

GENERATIONS = {"jr": "junior", "junior": "junior", "sr": "senior", "senior": "senior", "ii": "2", "iii": "3", "iv": "4"}

SPELLING, SHORT_FORM, CONSONANTS, INITIAL, TYPED = 0.95, 0.92, 0.88, 0.72, 0.75
FEMININE, BEGINNING = 0.93, 0.86
LEAST_BEGINNING, LEAST_LEFT = 4, 3
"""Letters of a short form that is the beginning of a longer name, and letters it leaves out at least."""
MOST_WORDS = 8


class Match(NamedTuple):
    """Two words that may be one: how sure (0 to 1), and why."""

    closeness: float
    why: str


Assigned = tuple[list[tuple[str, str, Match]], list[str], tuple[str, ...]]


@dataclass(frozen=True)
class PersonComparison:
    """score: 0 to 1, from 0.6 on more likely one name than not; reasons: one short sentence each."""

    score: float
    reasons: tuple[str, ...]


class GivenNames(NamedTuple):
    """known: names that many people bear; given: those of them that are given names; forms: for each name or short form
    all it may stand for, itself included; full: for each short form the full names it is short for; apart: pairs in
    order of the alphabet that sound or look alike and are the names of two people.
    """

    known: frozenset[str]
    given: frozenset[str]
    forms: dict[str, frozenset[str]]
    full: dict[str, frozenset[str]]
    apart: frozenset[tuple[str, str]]


@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """Returns the shipped given names, lower case, in Latin letters."""
    data = json.loads((Path(__file__).parent / "data" / "given_name_forms.json").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    full: dict[str, set[str]] = {}
    for name, forms in data["forms"].items():
        for form in forms.split():
            full.setdefault(form, set()).add(name)
            found.setdefault(name, {name}).add(form)
            found.setdefault(form, {form}).add(name)
    given = frozenset(data["names"].split()) | frozenset(found)
    more = json.loads((Path(__file__).parent / "data" / "name_spellings.json").read_text(encoding="utf-8"))
    for line in more["spellings"]:
        for name in line.split():
            found.setdefault(name, {name}).update(line.split())
    apart = frozenset((min(pair), max(pair)) for pair in map(str.split, more["apart"]))
    given |= frozenset(more["names"].split())
    every = {name: frozenset(forms) for name, forms in found.items()}
    return GivenNames(given | frozenset(found), given, every, {short: frozenset(full[short]) for short in full}, apart)


@lru_cache(maxsize=65536)
def _glued(name: str) -> tuple[str, ...]:
    """Returns the words with each particle written as one with the word after it: Ben Ali, Benali."""
    words = [word for place, word in enumerate(latin_words(name)) if not (place and word in GENERATIONS)]
    words = [word for word in words if word not in TITLES or word in PARTICLES] or words
    found: list[str] = []
    before = ""
    for place, word in enumerate(words):
        if word in PARTICLES and place + 1 < len(words):
            before += word
        else:
            found.append(before + word)
            before = ""
    return tuple(found[:MOST_WORDS])


@lru_cache(maxsize=65536)
def _read(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Returns (words that name the person, generation marks)."""
    words = latin_words(name)
    marks = frozenset(GENERATIONS[word] for word in words[1:] if word in GENERATIONS)
    kept = [word for place, word in enumerate(words) if not (place and word in GENERATIONS)]
    plain = [word for word in kept if word not in TITLES and word not in PARTICLES] or kept
    return tuple(plain[:MOST_WORDS]), marks


@lru_cache(maxsize=262144)
def compare_persons(a: str, b: str) -> PersonComparison:
    """Returns how likely two names are one person's name; symmetric."""
    left, right = _read(a), _read(b)
    found = _compared(left, right)
    glued_left, glued_right = _glued(a), _glued(b)
    if found.score < 1.0 and (glued_left, glued_right) != (left[0], right[0]):
        ways = {(one, other) for one in (left[0], glued_left) for other in (right[0], glued_right)}
        for one, other in sorted(ways - {(left[0], right[0])}):
            found = max(found, _compared((one, left[1]), (other, right[1])), key=lambda each: each.score)
    return found


def _compared(a: tuple[tuple[str, ...], frozenset[str]], b: tuple[tuple[str, ...], frozenset[str]]) -> PersonComparison:
    (left, left_marks), (right, right_marks) = sorted((a, b), key=lambda read: (len(read[0]), read))
    if not left or not right:
        return PersonComparison(0.0, ("a name without a letter or digit",))
    if left == right and left_marks == right_marks:
        return PersonComparison(1.0, ("the same words",))
    joined = _joined(left, right)
    pairs, apart, right = max((_assigned(left, words) for words in _partings(right)), key=_sum_of_closeness)
    found = sum(match.closeness for _, _, match in pairs) / len(left)
    reasons = [f"{one} / {other}: {match.why}" for one, other, match in pairs]
    full = sum(1 for one, other, match in pairs if min(len(one), len(other)) > 1)
    extra = len(right) - len(left)
    # One word alone, or one word and initials, says little when the other name has more.
    found -= extra * (0.06 if full >= 2 else 0.12 if full and len(left) > 1 else 0.3)
    if apart:
        reasons.append("only in one name: " + ", ".join(apart))
    if joined > found:
        found, reasons = joined, ["the same letters, parted otherwise"]
    if left_marks and right_marks and left_marks != right_marks:
        found *= 0.7
        reasons.append("of different generations: " + " and ".join(sorted(left_marks | right_marks)))
    elif left_marks != right_marks:
        found -= 0.04
    return PersonComparison(_scaled(found), tuple(reasons))


def _scaled(found: float) -> float:
    """Puts 0.8, from where on names are one more likely than not, at the threshold that all names share."""
    found = min(1.0, max(0.0, found))
    return round(found * 0.75 if found < 0.8 else 0.6 + (found - 0.8) * 2, 4)


def _joined(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    one, other = "".join(left), "".join(right)
    if len(left) == len(right) or min(len(one), len(other)) < 5:
        return 0.0
    if one == other:
        return 0.97
    return 0.9 if sound(one) == sound(other) else 0.0


def _partings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Returns the words as they are, and with each two neighbors written as one: Xiao Ming, Xiaoming."""
    merged = [(*words[:i], words[i] + words[i + 1], *words[i + 2 :]) for i in range(len(words) - 1) if len(words) > 2]
    return [words, *merged]


def _sum_of_closeness(found: Assigned) -> float:
    return sum(match.closeness for _, _, match in found[0])


def _assigned(left: tuple[str, ...], right: tuple[str, ...]) -> Assigned:
    """Returns (word pairs, closest first, each word used once; words of `left` that met none; `right` itself)."""
    possible = sorted(
        (
            (match, i, j)
            for i, one in enumerate(left)
            for j, other in enumerate(right)
            if (match := word_match(one, other)) is not None
        ),
        key=lambda found: (-found[0].closeness, abs(found[1] - found[2]), found[1]),
    )
    pairs: list[tuple[str, str, Match]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for match, i, j in possible:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((left[i], right[j], match))
    return pairs, [word for place, word in enumerate(left) if place not in used_left], right


@lru_cache(maxsize=262144)
def word_match(a: str, b: str) -> Union[Match, None]:
    """Returns whether two words of names may be one, or None."""
    if a == b:
        return Match(1.0, "equal")
    if len(a) == 1 or len(b) == 1:
        return Match(INITIAL, "initial") if a[0] == b[0] else None
    names = given_names()
    if (min(a, b), max(a, b)) in names.apart:
        return None
    one, other = sound(a), sound(b)
    if one == other and (min(len(a), len(b)) > 3 or a[0] == b[0]):
        return Match(SPELLING, "other spelling")
    if b in names.forms.get(a, ()) or a in names.forms.get(b, ()):
        return Match(SHORT_FORM, "short form or other spelling")
    if _without_vowels(a) or _without_vowels(b):  # a script that writes no vowels: Arabic, Hebrew
        return Match(CONSONANTS, "the same consonants") if _same_skeleton(a, b) else None
    if len(a) < 4 or len(b) < 4:
        return None
    shorter, longer = sorted((a, b), key=len)
    if shorter in _masculine(longer):
        return Match(FEMININE, "the woman's form of a family name")
    if a in names.known and b in names.known:
        return None  # Daniel and Daniela, Marian and Marina are names of their own, not slips
    long = len(shorter) >= 5
    same_end = (one[-1] in _VOWELS) == (other[-1] in _VOWELS) and (one[-1] not in _VOWELS or one[-1] == other[-1])
    if (
        long
        and same_end
        and one[0] == other[0]
        and len(_consonants(one)) >= 2
        and _consonants(one) == _consonants(other)
    ):
        return Match(CONSONANTS, "the same consonants")
    close = float(Levenshtein.normalized_similarity(a, b))
    close = max(close, 0.97 * float(Levenshtein.normalized_similarity(one, other)))
    if close >= TYPED:
        return Match(close, "a letter or two differ")
    if (
        len(shorter) >= LEAST_BEGINNING
        and len(longer) - len(shorter) >= LEAST_LEFT
        and longer.startswith(shorter)
        and shorter not in names.known
        and longer in names.known
    ):
        return Match(BEGINNING, "the beginning of the longer name")
    return None


def _masculine(word: str) -> tuple[str, ...]:
    """Returns the forms that a Slavic family name of a woman may have for a man; none for what is no such name."""
    if word.endswith(("skaya", "skaia")):
        return (word[:-4] + "y", word[:-4] + "i")
    if word.endswith(("ska", "cka")):
        return (word[:-1] + "i", word[:-1] + "y")
    if word.endswith("ova"):
        return (word[:-1], word[:-3])
    return (word[:-1],) if word.endswith(("eva", "ina")) else ()


def _same_skeleton(a: str, b: str) -> bool:
    one, other = skeleton(a), skeleton(b)
    return one == other and (len(one) >= 2 or max(len(a), len(b)) <= 4)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Returns the consonants that a script without vowels writes for a Latin word, weak ones (h, w, y) left out."""
    for pattern, sign in _DIGRAPHS:
        word = word.replace(pattern, sign)
    kept = [sign for sign in word if sign not in "aeiouyhw"]
    return "".join(sign for place, sign in enumerate(kept) if not place or kept[place - 1] != sign)


_DIGRAPHS = (("ph", "f"), ("sch", "S"), ("sh", "S"), ("ch", "S"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"),
             ("tz", "s"), ("ts", "s"), ("ck", "k"), ("ce", "s"), ("ci", "s"), ("c", "k"), ("q", "k"), ("z", "s"),
             ("v", "b"), ("f", "b"), ("p", "b"), ("x", "ks"), ("j", "g"))  # fmt: skip


def _consonants(sounded: str) -> str:
    return "".join(sign for sign in sounded if sign not in _VOWELS)


def _without_vowels(word: str) -> bool:
    return not any(sign in "aeiou" for sign in word)


_VOWELS = frozenset("aeiouy")
