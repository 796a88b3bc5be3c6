"""Numbers in digit words that are misspelled as no list holds them: letters doubled, left out, exchanged, written by
ear, as digits or with a sign (`QUAAATRE cink h*it`, `ssei kuattro`, `0 drreih 8cht`).

Read where three words of one language are spelled as they should be: those beside are taken for the digit that one of
its words is likest to. Linear in the text: of each word few neighbors are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from minerva.identifiers import announced, lexicon
from minerva.identifiers.characters import folded, unmixed
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import has_plus
from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_tokens import Hit, Run, Token, numbers_of, token_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import meets

_PIECE = late(r"[^\W_]+")
_JOINING = frozenset("*#~'\u2019_.-")
"""Signs within a word."""
_MOST_JOINED, _LONGEST = 7, 14
_FEWEST_SURE, _FEWEST_LETTERS = 3, 4
_ROW = late(
    # words and groups with nothing but signs of a number between, enough of them for one
    rf"[^\W_]+(?:[ ,.;/|\-\u2013\u2014*#'\u2019~_!()\u2022\u00b7]{{1,4}}[^\W_]+){{{_FEWEST_SURE - 1},}}"
)
_FEWEST_WORDS = {1: 6, 2: 5}
"""Of fewer words that are spelled as they should be, how many there must be in all."""
_FEWEST, _MOST = 7, 15
"""Digits of a number."""
_MOST_AROUND = 2
"""Members before or behind a number that are none of it: a price, an hour."""
_CONFIDENCE = 0.72


class _Member(NamedTuple):
    """A word or group of digits with what it is read as; `sure` where it is spelled as it should be."""

    digits: str
    start: int
    end: int
    sure: bool
    is_word: bool


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are written so."""
    found: list[Hit] = []
    written = folded(unmixed(text))
    for match in _ROW.finditer(written):
        languages = _languages(_PIECE.findall(match[0]))
        row = [piece.span() for piece in _PIECE.finditer(written, *match.span())] if languages else []
        for language in languages:
            told = [
                hit
                for first, last in _stretches(written, row, language)
                for members in _chains(written, row[first:last], language)
                for hit in _number_in(members, text, rules)
            ]
            if told:
                found += told
                break
    return found


def repaired(text: str, hits_in_words: list[Hit], rules: Dialing, taken: list[Span]) -> list[Hit]:
    """The numbers in words of a text, with those that are only read where misspelled words are: the only ones, or in
    place of one before which such a word stands, as long as no span that is `taken` is touched."""
    if hits_in_words and not any([_goes_on(text, hit) for hit in hits_in_words]):  # noqa: C419 -- half the time
        return hits_in_words
    known = sorted([hit[:2] for hit in hits_in_words])
    read = {hit[:3] for hit in hits_in_words}
    found = [
        hit
        for hit in hits(text, rules)
        # What takes the place of a number holds all of it, and more.
        if hit[:3] not in read
        and not meets(taken, hit[0], hit[1])
        and not any([meets(known, place, place) for place in hit[:2]])  # noqa: C419
    ]
    spans = [hit[:2] for hit in found]
    return [hit for hit in hits_in_words if not meets(spans, hit[0], hit[1])] + found


def _goes_on(text: str, hit: Hit) -> bool:
    """Whether the word right before a number in words may be a misspelled digit of it."""
    start = hit[0]
    before = text[start - _LONGEST if start > _LONGEST else 0 : start].rstrip(_SIGNS_BEFORE).rpartition(" ")[2]
    return _may_go_on(before, text[start : start + _LONGEST].partition(" ")[0])


_SIGNS_BEFORE = " ,.;/|-\u2013\u2014*#'\u2019~_!()\u2022\u00b7"


@lru_cache(maxsize=4096)
def _may_go_on(before: str, first: str) -> bool:
    """Whether the last word of what stands before may be a misspelled digit in a language of the first one behind."""
    words, behind = (_PIECE.findall(folded(unmixed(each))) for each in (before, first))
    if not (words and behind):
        return False
    languages = lexicon.REPAIRED.intersection(lexicon.MEANINGS.get(behind[0]) or ())
    return any(_likest(words[-1], language, False) for language in languages)


def _languages(row: list[str]) -> list[str]:
    """The languages of most digit words among the words of a row, by name; none without any."""
    known = [languages for word in row if (languages := _languages_of(word))]
    counted = Counter(chain.from_iterable(known))
    most = max(counted.values(), default=0)
    return sorted(language for language, count in counted.items() if count == most)


@lru_cache(maxsize=4096)
def _languages_of(word: str) -> frozenset[str]:
    """The languages in which a word is a digit, with letters drawn out or not."""
    meanings = lexicon.MEANINGS.get(lexicon.unstretched(word))
    if meanings is not None and len(word) > 1:
        return _NONE if word in lexicon.WEAK else lexicon.REPAIRED.intersection(meanings)
    if not word.isalpha() or len(word) < 2:
        return _NONE
    squeezed = _squeezed(word)
    if len(squeezed) < _FEWEST_LETTERS:
        return _NONE
    return frozenset(language for language in lexicon.REPAIRED if squeezed in _forms(language))


_NONE: frozenset[str] = frozenset()


def _stretches(written: str, row: list[tuple[int, int]], language: str) -> Iterator[tuple[int, int]]:
    """The parts of a row, by place, that hold all chains with a word that is spelled as it should be: each word of them
    is read, or joined to another one by a sign."""
    first, is_sure = 0, False
    for place, (start, end) in enumerate(row):
        behind = written[end : end + 2]
        if (place + 1 < len(row) and row[place + 1][0] == end + 1 and behind[:1] in _JOINING) or (
            place and row[place - 1][1] == start - 1 and written[start - 1] in _JOINING
        ):
            is_sure = True
            continue
        word = written[start:end]
        if word.isdigit() and word.isascii():
            continue
        digit, sure = _alone(word, language, behind[:1] in ("*", "#"))
        if digit:
            is_sure = is_sure or sure
            continue
        if is_sure and place - first >= _FEWEST_SURE:
            yield first, place
        first, is_sure = place + 1, False
    if is_sure and len(row) - first >= _FEWEST_SURE:
        yield first, len(row)


def _chains(written: str, row: list[tuple[int, int]], language: str) -> Iterator[list[_Member]]:
    """The stretches of a row in which each member is read."""
    members: list[_Member] = []
    place = 0
    while place < len(row):
        member, place = _member_at(written, row, place, language)
        if member is not None:
            members.append(member)
        elif members:
            yield members
            members = []
    yield members


def _member_at(written: str, row: list[tuple[int, int]], place: int, language: str) -> tuple[_Member | None, int]:
    """What stands at a place of a row, and the next place."""
    start, end = row[place]
    word = written[start:end]
    if word.isdigit() and word.isascii():
        return _Member(word, start, end, True, False), place + 1
    digit, sure = _alone(word, language, written[end : end + 1] in ("*", "#"))
    if digit:
        return _Member(digit, start, end, sure, True), place + 1
    # Letters with signs between: the most that are one word.
    last = place
    while (
        last + 1 < len(row)
        and last + 1 - place < _MOST_JOINED
        and row[last + 1][0] - row[last][1] == 1
        and written[row[last][1]] in _JOINING
        and row[last + 1][1] - start <= _LONGEST
    ):
        last += 1
    while last > place:
        joined = "".join([written[first:behind] for first, behind in row[place : last + 1]])
        digit = _exactly(joined, language) or _likest(joined, language, True)
        if digit:
            return _Member(digit, start, row[last][1], joined in lexicon.MEANINGS, True), last + 1
        last -= 1
    return None, place + 1


@lru_cache(maxsize=8192)
def _alone(word: str, language: str, is_signed: bool) -> tuple[str, bool]:
    """The digit that a word is, "" if none, and whether it is spelled as it should be; `is_signed` as for `_likest`."""
    digit = _exactly(word, language)
    return (digit, True) if digit else (_likest(word, language, is_signed) if len(word) > 2 else "", False)


def _exactly(word: str, language: str) -> str:
    """The digit that a word is, with letters drawn out or not, "" if none."""
    digits = (lexicon.MEANINGS.get(lexicon.unstretched(word)) or {}).get(language, "")
    if len(digits) == 1 or not word.isalpha():
        return digits if len(digits) == 1 else ""
    squeezed = _squeezed(word)
    return _forms(language).get(squeezed, "") if len(squeezed) >= _FEWEST_LETTERS else ""


@lru_cache(maxsize=4096)
def _likest(word: str, language: str, is_signed: bool) -> str:
    """The digit that a word is likest to, "" if none or several; `is_signed`: whether signs stood in it."""
    if len(word) > _LONGEST or len(word) < 2 or (word in announced.WORDS and not is_signed):
        return ""
    forms = _forms(language)
    if not word.isalpha():
        if (
            word[0].isdigit()
            and not word[1:].isdigit()
            and len(word) > 2
            and (
                any([form.endswith(word[1:]) for form, digit in forms.items() if digit == word[0]])  # noqa: C419 -- sooner
            )
        ):
            # "7ben"
            return word[0]
        pattern = re.compile("".join(["." if sign.isdigit() else sign for sign in _squeezed(word)]))
        letters = sum(map(str.isalpha, word))
        return _only([digit for form, digit in forms.items() if letters > 1 and pattern.fullmatch(form)])
    squeezed = _squeezed(word)
    if squeezed in forms:
        return forms[squeezed]
    if len(squeezed) >= (_FEWEST_LETTERS - is_signed):
        near = _only([digit for form, digit in forms.items() if len(form) > 2 and _is_near(squeezed, form)])
        if near:
            return near
    sound = _sound(squeezed)
    alike = _only([digit for form, digit in forms.items() if _sound(form) == sound]) if len(sound) > 2 else ""
    if alike:
        return alike
    others = set((lexicon.MEANINGS.get(word) or {}).values())
    # A digit word of another language, with one meaning in all.
    return others.pop() if len(others) == 1 and word not in lexicon.WEAK and len(min(others)) == 1 else ""


def _only(digits: list[str]) -> str:
    return digits[0] if digits and len(set(digits)) == 1 else ""


@cache
def _forms(language: str) -> dict[str, str]:
    """The digit words of a language without double letters; those that are two digits then are left out."""
    found: dict[str, str] = {}
    for word, meanings in lexicon.MEANINGS.items():
        digit = meanings.get(language, "")
        if len(digit) == 1 and word.isalpha() and (word not in lexicon.WEAK or word in lexicon.USUAL):
            form = _squeezed(word)
            found[form] = digit if found.get(form, digit) == digit else ""
    return {form: digit for form, digit in found.items() if digit}


_DOUBLED = re.compile(r"(.)\1+")


def _squeezed(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _is_near(word: str, form: str) -> bool:
    """Whether one letter makes the difference, or two that are exchanged."""
    if abs(len(word) - len(form)) > 1 or word == form:
        return word == form
    at = 0
    shorter = min(len(word), len(form))
    while at < shorter and word[at] == form[at]:
        at += 1
    if len(word) == len(form):
        return word[at + 1 :] == form[at + 1 :] or (
            word[at : at + 2] == form[at : at + 2][::-1] and word[at + 2 :] == form[at + 2 :]
        )
    longer, other = (word, form) if len(word) > len(form) else (form, word)
    return longer[at + 1 :] == other[at:]


_SOUNDS = (
    ("ph", "f"), ("sch", "s"), ("ch", "c"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("tz", "s"), ("ts", "s"),
    ("x", "ks"), ("z", "s"), ("v", "f"), ("y", "i"), ("w", "u"), ("h", ""),
)  # fmt: skip


@lru_cache(maxsize=1024)
def _sound(word: str) -> str:
    """A rough key of how a word sounds: its first letter and its consonants, those alike as one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = re.sub("c(?=[ei])", "s", word).replace("c", "k")
    return _squeezed(word[:1] + re.sub("[aeiouаеиоуыэюяё]", "", word[1:]))


def _number_in(members: list[_Member], text: str, rules: Dialing) -> list[Hit]:
    """The number of a chain: all of it, or but for few members before or behind."""
    if len(members) < _FEWEST_SURE or sum([len(member[0]) for member in members]) < _FEWEST:
        return []
    for before in range(_MOST_AROUND + 1):
        for behind in range(_MOST_AROUND + 1):
            part = members[before : len(members) - behind]
            words = [member for member in part if member.is_word]
            sure = len([member for member in words if member.sure])
            size = sum([len(member.digits) for member in part])
            if not sure or not _FEWEST <= size <= _MOST or len(words) < _FEWEST_WORDS.get(sure, _FEWEST_SURE):
                continue
            tokens: list[Token] = [
                token_of((member.digits, member.start, member.end, has_plus(text, member.start), False))
                for member in part
            ]
            found = numbers_of(Run(tokens, "words"), text, rules)
            if len(found) == 1 and found[0][0] <= tokens[0].start and found[0][1] >= tokens[-1].end:
                start, end, number, method, _ = found[0]
                return [(start, end, number, method, _CONFIDENCE)]
    return []
