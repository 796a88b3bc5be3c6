"""Whether two user names name two holders: another given name, trade, place or number in the place of the first one's.

What is rare and shared does not outweigh this: mashablizzard and dashablizzard are two people who share a family name,
or one word. A name beside nothing contradicts nothing: people add to a name that is taken.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from minerva.names.persons import given_names
from minerva.names.romanize import sound
from minerva.names.tables import TRADES
from minerva.names.username_parts import (
    AFFIX_BITS,
    LETTER_BITS,
    NAME_BITS,
    WORD_BITS,
    is_usual,
    meant,
    parts_known,
    split,
)

LONGEST = 64
_RUN = re.compile(r"\d+|[^\W\d_]+")
_VOWELS = re.compile("[aeiou]")
_SHORT_NAME_BITS = 13.0  # a given name of three letters stands in many words by chance
NAME, WORD, TRADE, PLACE, TITLE, COLOR = "name", "word", "trade", "place", "title", "color"
AFFIX, NUMBER, RARE = "affix", "number", ""
OF_LETTERS = (NAME, WORD, RARE)
TELLING = (NAME, WORD, TRADE, PLACE, COLOR, RARE)
SAME_ENOUGH, HELD_ENOUGH, LEAST_HELD, LEAST_FORK = 0.75, 0.6, 3, 4
LEAST_COUNTED, LEAST_REST = 4, 5
LEAST_RARE, LEAST_KNOWN, LONGEST_STRICT = 4, 3, 5


class Part(NamedTuple):
    """kind: one of the constants above; RARE for what stands in no list."""

    text: str
    kind: str


@lru_cache(maxsize=1)
def _kinds() -> tuple[dict[str, str], dict[str, float], dict[str, str]]:
    """Returns (kind of each known part, its bits, what a place or title stands for)."""
    data = json.loads((Path(__file__).parent / "data" / "username_parts.json").read_text(encoding="utf-8"))
    bits = dict(parts_known())
    kinds = dict.fromkeys(data["short"].split(), WORD)
    kinds.update((part, AFFIX if cost == AFFIX_BITS else WORD) for part, cost in bits.items())
    for name in given_names().given:
        if len(name) > 2 and kinds.get(name) != AFFIX and name not in data["words"].split():
            kinds[name] = NAME
            bits[name] = min(bits.get(name, 99.0), NAME_BITS if len(name) > 3 else _SHORT_NAME_BITS)
    stands_for: dict[str, str] = {}
    for kind, groups in ((PLACE, data["places"]), (TITLE, data["titles"]), (COLOR, data["colors"])):
        for line in groups:
            for part in line.split():
                kinds[part], stands_for[part] = kind, line.split()[0]
                bits[part] = min(bits.get(part, 99.0), AFFIX_BITS if len(part) < 4 else WORD_BITS)
    for part, trade in (*TRADES.items(), *((word, word) for word in data["trades"].split())):
        if len(part) > 2:
            kinds[part], stands_for[part] = TRADE, trade
            bits[part] = min(bits.get(part, 99.0), WORD_BITS)
    return kinds, bits, stands_for


@lru_cache(maxsize=65536)
def parts_of(username: str) -> tuple[Part, ...]:
    """Returns the parts of a user name in order; each stretch of unknown letters is one."""
    found: list[Part] = []
    for run in _RUN.findall(meant(username)[:LONGEST]):
        found += [Part(run, NUMBER)] if run.isdigit() else _letter_parts(run)
    return tuple(found)


def _letter_parts(run: str) -> list[Part]:
    kinds, bits, _ = _kinds()
    if run in kinds:
        return [Part(run, kinds[run])]
    found: list[Part] = []
    for start, end, each in split(run, bits):
        text = run[start:end]
        kind = RARE if each == LETTER_BITS and end - start == 1 else kinds[text]
        if found and kind == RARE == found[-1].kind:
            found[-1] = Part(found[-1].text + text, RARE)
        else:
            found.append(Part(text, kind))
    merged: list[Part] = []
    for place, part in enumerate(found):
        kind = part.kind if _stands(place, found) else RARE
        if merged and kind == RARE == merged[-1].kind:
            merged[-1] = Part(merged[-1].text + part.text, RARE)
        else:
            merged.append(Part(part.text, kind))
    return merged


def _stands(place: int, parts: list[Part]) -> bool:
    """Whether a known part is meant as such. Beside a few unknown letters it may stand there by chance: kw-abena; a
    long one at an end of the name does not.
    """
    size = len(parts[place].text)
    if size > LEAST_KNOWN and (not place or place + 1 == len(parts)):
        return True
    beside = [part for part in parts[max(0, place - 1) : place + 2] if part.kind == RARE]
    return not beside or (size >= LEAST_KNOWN and all(len(part.text) >= LEAST_RARE for part in beside))


@lru_cache(maxsize=65536)
def contradiction(a: str, b: str) -> str:
    """Returns in a few words how two user names contradict, or ""; symmetric."""
    first, second = sorted((a, b))
    left, right = list(parts_of(first)), list(parts_of(second))
    shared = _taken(left, right)
    stands_for = _kinds()[2]
    for kind in (TITLE, PLACE, TRADE, COLOR, NAME):
        one, other = ([part.text for part in side if part.kind == kind] for side in (left, right))
        if (
            one
            and other
            and {stands_for.get(text, text) for text in one}.isdisjoint(stands_for.get(text, text) for text in other)
        ):
            return _said(one[0], other[0])
    initial = _other_initial(first, second) or _other_initial(second, first)
    if initial:
        return initial
    if shared and [part.kind for part in left] == [part.kind for part in right] == [NUMBER]:
        count, another = left[0].text, right[0].text
        if len(count) == len(another) >= LEAST_COUNTED and not is_usual(count) and not is_usual(another):
            return _said(count, another)  # one word, counted on: guest48213 and guest48231
    told, others = ([part for part in side if part.kind in TELLING] for side in (left, right))
    if not shared and len(told) == len(others) == 1 and _forked(told[0].text, others[0].text):
        return _said(told[0].text, others[0].text)
    whole, other_whole = (
        "".join(part.text for part in parts_of(name) if part.kind in OF_LETTERS) for name in (first, second)
    )
    if _forked(whole, other_whole) and not _meet_again(whole, other_whole):
        return _said(whole, other_whole)
    if any(_is_rare(part) for part in shared):
        return ""
    if told and others and shared and not _same_consonants(told, others) and not _held_whole(first, second):
        return _said(told[0].text, others[0].text)
    numbers, more = ([part.text for part in side if part.kind == NUMBER] for side in (left, right))
    return _said(numbers[0], more[0]) if numbers and more and not told and not others else ""


def _other_initial(a: str, b: str) -> str:
    """Returns in a few words how the letter before a rest that both have contradicts the given name that the other has
    there: tbarrowman, gina_barrowman; else "".
    """
    parts = parts_of(b)
    one = "".join(part.text for part in parts_of(a))
    if len(parts) < 2 or parts[0].kind != NAME:
        return ""
    rest = "".join(part.text for part in parts[1:])
    if len(rest) < LEAST_REST or one[1:] != rest or one[0] == parts[0].text[0]:
        return ""
    return _said(one[0], parts[0].text)


def _is_rare(part: Part) -> bool:
    if part.kind == NUMBER:
        return not is_usual(part.text)
    return part.kind == RARE and len(part.text) >= LEAST_HELD


def _same_consonants(told: list[Part], others: list[Part]) -> bool:
    """Whether one side is the other with most vowels dropped."""
    one, other = ("".join(part.text for part in side) for side in (told, others))
    bare, full = _VOWELS.sub("", one), _VOWELS.sub("", other)
    few, many = sorted((len(one) - len(bare), len(other) - len(full)))
    return 2 * few <= many and min(len(bare), len(full)) >= LEAST_HELD and (bare in full or full in bare)


def _held_whole(a: str, b: str) -> bool:
    """Whether one user name is the other with something before or after it: what was added may part it by chance."""
    one, other = ("".join(part.text for part in parts_of(name)) for name in (a, b))
    return one in other or other in one


def _forked(a: str, b: str) -> bool:
    """Whether two words begin alike and end otherwise, each in letters of its own."""
    begun = next((place for place, (one, other) in enumerate(zip(a, b)) if one != other), min(len(a), len(b)))
    return begun >= LEAST_FORK and min(len(a), len(b)) - begun >= LEAST_HELD


def _meet_again(a: str, b: str) -> bool:
    """Whether what follows a common beginning may be one: two letters in a row are in both, or it is one word with most
    vowels dropped.
    """
    begun = next(place for place, (one, other) in enumerate(zip(a, b)) if one != other)
    one, other = a[begun:], b[begun:]
    bare, bare_other = _VOWELS.sub("", one), _VOWELS.sub("", other)
    return bare in bare_other or bare_other in bare or any(one[i : i + 2] in other for i in range(len(one) - 1))


def _said(one: str, other: str) -> str:
    first, second = sorted((one, other))
    return f"{first} and {second}"


def _taken(left: list[Part], right: list[Part]) -> list[Part]:
    """Takes from both lists the parts that may be one, equal ones first, and returns them."""
    shared: list[Part] = []
    for alike in (_equal, _alike):
        for part in list(left):
            other = next((other for other in right if alike(part, other)), None)
            if other is not None:
                left.remove(part)
                right.remove(other)
                shared.append(part if part.kind == RARE else other)
    return shared


def _equal(one: Part, other: Part) -> bool:
    return one.text == other.text


def _alike(one: Part, other: Part) -> bool:
    """Whether two parts may be one: a short form, another spelling, a slip, or one cut to the other."""
    a, b = one.text, other.text
    if one.kind == NUMBER or other.kind == NUMBER:
        return one.kind == other.kind and (a.endswith(b) or b.endswith(a)) and min(len(a), len(b)) > 1
    if one.kind in (PLACE, TITLE, AFFIX) or other.kind in (PLACE, TITLE, AFFIX):
        return False
    names = given_names()
    if (min(a, b), max(a, b)) in names.apart:
        return False
    if sound(a) == sound(b) or a.replace("y", "i") == b.replace("y", "i"):
        return True
    if b in names.forms.get(a, ()) or not _full(a).isdisjoint(_full(b)):
        return True
    if one.kind == other.kind == NAME and abs(len(a) - len(b)) >= LEAST_HELD and (a.startswith(b) or b.startswith(a)):
        return True
    if one.kind != RARE and other.kind != RARE:
        return False
    if min(len(a), len(b)) < LEAST_HELD:
        return a.startswith(b) or b.startswith(a)
    # In a short word another letter makes another word; and few slips hit the first letter.
    if len(a) != len(b) or (len(a) > LONGEST_STRICT and a[0] == b[0]):
        for first, second in ((a, b), (sound(a), sound(b))):
            if float(Levenshtein.normalized_similarity(first, second)) >= SAME_ENOUGH:
                return True
    return _held(a, b) or _held(b, a)


def _full(name: str) -> frozenset[str]:
    return given_names().full.get(name, frozenset())


def _held(a: str, b: str) -> bool:
    """Whether a stretch of both is enough of the shorter, with nothing before it in `a` and nothing after it in `b`, or
    nothing on both sides of it in one: two names that part after a common beginning are two.
    """
    least = max(LEAST_HELD, round(HELD_ENOUGH * min(len(a), len(b))))
    if a in b and len(a) >= least:
        return True
    return any(b.endswith(a[:size]) for size in range(least, min(len(a), len(b)) + 1))
