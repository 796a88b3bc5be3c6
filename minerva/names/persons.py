"""Compares two names of people: words in any order, other spellings, short forms, initials, left-out middle names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple, Union

from rapidfuzz.distance import OSA

from minerva.names.kana import kana_words, kana_writes
from minerva.names.person_readings import consonants, filial, readings
from minerva.names.romanize import latin_words, sound
from minerva.names.spellings import (
    is_misread,
    is_other_stretch,
    respelt,
    same_skeleton,
    stems_of,
    stretches,
    without_vowels,
)
from minerva.names.tables import OF_A_MAN, OF_A_WOMAN, PARTICLES

GENERATIONS = {"jr": "junior", "junior": "junior", "sr": "senior", "senior": "senior", "ii": "2", "iii": "3", "iv": "4"}

SPELLING, SHORT_FORM, CONSONANTS, INITIAL, TYPED = 0.95, 0.92, 0.88, 0.72, 0.75
TYPED_FIRST = 0.85  # where the first sounds differ: few slips hit the first letter (Pollock and Zamora 1984)
FEMININE, BEGINNING = 0.93, 0.86
SERVANT = "abd"
MOST_LONGER = 0.4
LEAST_BEGINNING, LEAST_LEFT = 4, 3
"""Letters of a short form that is the beginning of a longer name, and letters it leaves out at least."""
LEAST_WORDS = 2
OWN_WORDS = 0.1
LEAST_SAME, LONGEST_SHORT = 3, 4
TURNED = 0.5  # what is left of the score where father and child change places


class Match(NamedTuple):
    """Two words that may be one: how sure (0 to 1), and why."""

    closeness: float
    why: str


_EQUAL = Match(1.0, "equal")
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


class Read(NamedTuple):
    """ways: the words that name the person, the plain reading first; marks: of a generation; particles: small words;
    filial: (child, father) of a name with bin, ibn or ben, else empty; bare: the words as consonants where the name is
    Thai, to be compared with Latin spellings, else empty; title: "man" or "woman" where the title says so, else empty;
    kana: the words as written of a name in katakana, else empty.
    """

    ways: tuple[tuple[str, ...], ...]
    marks: frozenset[str]
    particles: tuple[str, ...]
    filial: tuple[str, ...]
    bare: tuple[str, ...]
    title: str
    kana: tuple[str, ...]


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
def _read(name: str) -> Read:
    """Returns how a name may be read: as words without small ones, and what else `person_readings` finds."""
    words = kept = latin_words(name)
    marks: frozenset[str] = frozenset()
    if not GENERATIONS.keys().isdisjoint(words):
        marks = frozenset(GENERATIONS[word] for word in words[1:] if word in GENERATIONS)
        kept = tuple(word for place, word in enumerate(words) if not (place and word in GENERATIONS))
    title = ""  # a title alone is the name
    if kept[1:]:
        title = "man" if words[0] in OF_A_MAN else "woman" if words[0] in OF_A_WOMAN else ""
    particles = tuple([word for word in words if word in PARTICLES])
    return Read(readings(name, kept), marks, particles, filial(words), consonants(name), title, kana_words(name))


@lru_cache(maxsize=262144)
def compare_persons(a: str, b: str) -> PersonComparison:
    """Returns how likely two names are one person's name; symmetric."""
    left, right = _read(a), _read(b)
    found = _compared((left.ways[0], left.marks), (right.ways[0], right.marks))
    if found.score < 1.0 and len(left.ways) + len(right.ways) > 2:
        ways = set(product(left.ways, right.ways)) - {(left.ways[0], right.ways[0])}
        if left.particles == right.particles:  # to write the same small words as one with the next tells nothing new
            ways = {way for way in ways if way[0] == left.ways[0] or way[1] == right.ways[0]}
        for one, other in sorted(ways):
            found = max(found, _compared((one, left.marks), (other, right.marks)), key=lambda each: each.score)
    for own, others in ((left.bare, right.bare), (left.kana, right.kana)):
        if bool(own) == bool(others):
            continue
        for one, other in product((own,) if own else left.ways, (others,) if others else right.ways):
            found = max(found, _compared((one, left.marks), (other, right.marks)), key=lambda each: each.score)
    if left.filial and right.filial and _turned(left.filial, right.filial):
        return PersonComparison(round(found.score * TURNED, 4), (*found.reasons, "father and child change places"))
    if left.title and right.title and left.title != right.title and _only_initials(left.ways[0], right.ways[0]):
        return PersonComparison(round(found.score * TURNED, 4), (*found.reasons, "titles of a man and of a woman"))
    return found


def _only_initials(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether a name holds one word alone that is no initial: its title says who of a family is meant."""
    return any(sum(len(word) > 1 for word in words) < LEAST_WORDS for words in (left, right))


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether (child, father) of one name are (father, child) of the other."""
    return (
        word_match(one[0], other[1]) is not None
        and word_match(one[1], other[0]) is not None
        and word_match(one[0], other[0]) is None
    )


def _compared(a: tuple[tuple[str, ...], frozenset[str]], b: tuple[tuple[str, ...], frozenset[str]]) -> PersonComparison:
    if (len(b[0]), b) < (len(a[0]), a):
        a, b = b, a
    (left, left_marks), (right, right_marks) = a, b
    if not left or not right:
        return PersonComparison(0.0, ("a name without a letter or digit",))
    if left == right and left_marks == right_marks:
        return PersonComparison(1.0, ("the same words",))
    joined = _joined(left, right)
    left = _parted(left, right)
    if len(right) < 3:  # nothing to write as one
        pairs, apart, right = _assigned(left, right)
    else:
        pairs, apart, right = max((_assigned(left, words) for words in _partings(right)), key=_sum_of_closeness)
    own = list(right)
    for _, other, _ in pairs:
        own.remove(other)
    if len(apart) == len(own) == 1 and _slip_in_short(apart[0], own[0], pairs):
        pairs, apart, own = [*pairs, (apart[0], own[0], Match(TYPED, "one letter differs"))], [], []
    found = sum(match.closeness for _, _, match in pairs) / len(left)
    reasons = [f"{one} / {other}: {match.why}" for one, other, match in pairs]
    full = sum(1 for one, other, match in pairs if min(len(one), len(other)) > 1)
    extra = len(right) - len(left)
    # One word alone, or one word and initials, says little when the other name has more.
    found -= extra * (0.06 if full >= 2 else 0.12 if full and len(left) > 1 else 0.3)
    if apart:
        reasons.append("only in one name: " + ", ".join(apart))
        if own:  # each has a word of its own: another clan, father or middle name
            found -= OWN_WORDS
    if joined > found:
        found, reasons = joined, ["the same letters, parted otherwise"]
    if left_marks and right_marks and left_marks != right_marks:
        found *= 0.7
        reasons.append("of different generations: " + " and ".join(sorted(left_marks | right_marks)))
    elif left_marks != right_marks:
        found -= 0.04
    return PersonComparison(_scaled(found), tuple(reasons))


def _slip_in_short(a: str, b: str, pairs: list[tuple[str, str, Match]]) -> bool:
    """Whether two short words differ by a slip, where enough other words of both names are the same: alone, another
    letter makes another name of a short word.
    """
    same = sum(1 for one, _, match in pairs if match.closeness == 1.0 and len(one) > 1)
    if same < LEAST_SAME or max(len(a), len(b)) > LONGEST_SHORT or min(len(a), len(b)) < 2:
        return False
    names = given_names()
    return not (a in names.known and b in names.known) and OSA.distance(a, b) == 1


def _scaled(found: float) -> float:
    """Puts 0.8, from where on names are one more likely than not, at the threshold that all names share."""
    found = min(1.0, max(0.0, found))
    return round(found * 0.75 if found < 0.8 else 0.6 + (found - 0.8) * 2, 4)


def _joined(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    if len(left) == len(right):
        return 0.0
    one, other = "".join(left), "".join(right)
    if min(len(one), len(other)) < 5:
        return 0.0
    if one == other:
        return 0.97
    return 0.9 if sound(one) == sound(other) else 0.0


def _parted(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Returns `left` with a word parted in two where two neighbors in `right` are spellings of the parts: Guoqiang,
    Kuo-chiang.
    """
    if len(right) <= len(left):
        return left
    forms = given_names().forms
    for place, word in enumerate(left):
        for first, second in zip(right, right[1:]):
            for begun in (first, *forms.get(first, ())):
                size = len(begun)
                if 1 < size < len(word) - 1 and word.startswith(begun) and _spelt(word[size:], second):
                    return (*left[:place], begun, word[size:], *left[place + 1 :])
    return left


def _spelt(a: str, b: str) -> bool:
    return a == b or b in given_names().forms.get(a, ())


def _partings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Returns the words as they are, and with each two neighbors written as one: Xiao Ming, Xiaoming."""
    merged = [(*words[:i], words[i] + words[i + 1], *words[i + 2 :]) for i in range(len(words) - 1) if len(words) > 2]
    return [words, *merged]


def _sum_of_closeness(found: Assigned) -> float:
    return sum(match.closeness for _, _, match in found[0])


def _assigned(left: tuple[str, ...], right: tuple[str, ...]) -> Assigned:
    """Returns (word pairs, closest first, each word used once; words of `left` that met none; `right` itself)."""
    # Words that are equal and stand in one place come before all others, so nothing else they may match is asked for.
    used = {place for place, (one, other) in enumerate(zip(left, right)) if one == other}
    pairs = [(left[place], left[place], _EQUAL) for place in sorted(used)]
    possible = sorted(
        (
            (match, i, j)
            for i, one in enumerate(left)
            if i not in used
            for j, other in enumerate(right)
            if j not in used and (match := word_match(one, other)) is not None
        ),
        key=lambda found: (-found[0].closeness, abs(found[1] - found[2]), found[1]),
    )
    used_left, used_right = set(used), set(used)
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
        return _EQUAL
    if len(a) == 1 or len(b) == 1:
        return Match(INITIAL, "initial") if a[0] == b[0] else None
    if not (a.isascii() and b.isascii()):  # words in katakana
        kana, latin = (b, a) if a.isascii() else (a, b)
        return Match(CONSONANTS, "as it sounds in Japanese") if latin.isascii() and kana_writes(kana, latin) else None
    names = given_names()
    if (min(a, b), max(a, b)) in names.apart:
        return None
    one, other = sound(a), sound(b)
    if _of_woman_and_man(a, b, names):
        return None
    if one == other and (min(len(a), len(b)) > 3 or a[0] == b[0]) and not _of_two_starts(a, b, names):
        return Match(SPELLING, "other spelling")
    if _short_form(a, b, one, other):
        return Match(SHORT_FORM, "short form or other spelling")
    if respelt(a, b):
        return Match(SPELLING, "other spelling")
    if a.startswith(SERVANT) and b.startswith(SERVANT) and min(len(a), len(b)) > len(SERVANT) + 1:
        inner = word_match(a[len(SERVANT) :], b[len(SERVANT) :])
        if inner is not None:
            return inner
    if without_vowels(a) or without_vowels(b):  # a script that writes no vowels: Arabic, Hebrew, here also Thai
        wholes = product((a, *names.full.get(a, ())), (b, *names.full.get(b, ())))
        return Match(CONSONANTS, "the same consonants") if any(same_skeleton(*pair) for pair in wholes) else None
    if len(a) < 4 or len(b) < 4:
        return None
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    if shorter in _masculine(longer):
        return Match(FEMININE, "the woman's form of a family name")
    if a in names.known and b in names.known:
        return None  # Daniel and Daniela, Marian and Marina are names of their own, not slips
    if longer[-1] == "s" and len(shorter) > LEAST_BEGINNING:
        inner = word_match(longer[:-1], shorter)
        if inner is not None and inner.closeness >= SHORT_FORM:
            return Match(CONSONANTS, "the Latvian ending of a man's name")
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
    close = max(_likeness(a, b), 0.97 * _likeness(one, other) if _of_like_length(a, b) else 0.0)
    stems = stems_of(a, b) if close else ()
    if stems and OSA.distance(a, b) > 1:  # what many family names end in says nothing; one slip is one wherever
        close = min(close, max(_likeness(*stems), _likeness(*map(sound, stems))))
    if close >= (TYPED if _same_start(a, b, one, other) else TYPED_FIRST):
        return Match(close, "a letter or two differ")
    if is_misread(a, b):
        return Match(CONSONANTS, "signs that reading by machine takes for each other")
    if (
        len(shorter) >= LEAST_BEGINNING
        and len(longer) - len(shorter) >= LEAST_LEFT
        and longer.startswith(shorter)
        and shorter not in names.known
        and longer in names.known
    ):
        return Match(BEGINNING, "the beginning of the longer name")
    return None


def _of_two_starts(a: str, b: str, names: GivenNames) -> bool:
    """Whether two known names differ in the j or y before a or o, which not every spelling drops: Jane, Anne."""
    first, second = sorted((a, b), key=lambda name: name[0] not in "jy")
    return first[0] in "jy" and second[0] in "ao" and a in names.given and b in names.given


def _short_form(a: str, b: str, one: str, other: str) -> bool:
    """Whether one is a short form or a listed spelling of the other, also in another spelling of either."""
    names = given_names()
    if b in names.forms.get(a, ()) or a in names.forms.get(b, ()):
        return True
    if min(len(a), len(b)) < LEAST_BEGINNING:
        return False
    return other in _sounded().get(one, ()) and not (a in names.forms and b in names.forms)


@lru_cache(maxsize=1)
def _sounded() -> dict[str, frozenset[str]]:
    """Returns the short forms by sound, so that they are found for spellings that are not listed."""
    found: dict[str, set[str]] = {}
    for name, forms in given_names().forms.items():
        if len(name) >= LEAST_BEGINNING:
            found.setdefault(sound(name), set()).update(sound(form) for form in forms if len(form) >= LEAST_BEGINNING)
    return {name: frozenset(forms) for name, forms in found.items()}


def _of_woman_and_man(a: str, b: str, names: GivenNames) -> bool:
    """Whether two words are the man's and the woman's form of one given name: Amin, Amina; Mario, Maria.

    Of family names both forms are one family's (`_masculine`).
    """
    if names.given.isdisjoint((a, b)):
        return False
    shorter, longer = sorted((a, b), key=len)
    if longer[-1] not in "ae" or b in names.forms.get(a, ()):
        return False
    if len(longer) == len(shorter) + 1:
        return longer[:-1] == shorter and shorter[-1] not in "aeiouy"
    return len(a) == len(b) and a[:-1] == b[:-1] and {a[-1], b[-1]} == {"a", "o"}


def _likeness(a: str, b: str) -> float:
    """Returns 1 - slips / letters of the longer, or 0 where that is under TYPED or what differs is no slip."""
    longest = max(len(a), len(b))
    most = int(longest * (1 - TYPED))
    if abs(len(a) - len(b)) > most or len({*a} ^ {*b}) > 2 * most:
        return 0.0  # a slip changes a letter for another at most
    slips = OSA.distance(a, b, score_cutoff=most)
    return 0.0 if slips > most or is_other_stretch(*stretches(a, b)) else 1.0 - slips / longest


def _of_like_length(a: str, b: str) -> bool:
    """Whether two words are one name as far as their lengths tell: a first syllable (xiao) sounds like xiaolei."""
    return abs(len(a) - len(b)) <= max(len(a), len(b)) * MOST_LONGER


def _same_start(a: str, b: str, one: str, other: str) -> bool:
    return a[0] == b[0] or one[0] == other[0] or any(a[0] in signs and b[0] in signs for signs in _STARTS)


def _masculine(word: str) -> tuple[str, ...]:
    """Returns the forms that a Slavic family name of a woman may have for a man; none for what is no such name."""
    if word[-1] != "a":
        return ()
    if word.endswith(("skaya", "skaia")):
        return (word[:-4] + "y", word[:-4] + "i")
    if word.endswith(("ska", "cka")):
        return (word[:-1] + "i", word[:-1] + "y")
    if word.endswith("ova"):
        return (word[:-1], word[:-3])
    return (word[:-1],) if word.endswith(("eva", "ina")) else ()


def _consonants(sounded: str) -> str:
    return sounded.translate(_NO_VOWELS)


_VOWELS = frozenset("aeiouy")
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_STARTS = ("aeiouy", "gjyd", "bv", "ckqs", "szx")  # first letters that write one sound somewhere
