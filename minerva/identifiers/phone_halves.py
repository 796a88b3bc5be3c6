"""Numbers told in two or more places of a text, each part behind words that say which it is: `my number starts with 604
555 ... and the rest is 0185`, `первая часть: 8-926 ... вторая часть: 765 46 69`. What is found so is a guess.

Linear in the text: what is read behind each such phrase is bounded (data/phone_halves.json).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from typing import NamedTuple

from minerva.identifiers import digit_stretches, digit_words, lexicon, lookalike_runs, word_roles
from minerva.identifiers.characters import folded
from minerva.identifiers.group_rows import FEWEST_TOLD, MOST_TOLD, Read, leftmost
from minerva.identifiers.phone_context import DATE
from minerva.identifiers.phone_tokens import Hit, Token, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_halves")
_NATIVE = _DATA["native"]
_FAR = 420
"""Characters from the first part to the last."""
_MOST_PARTS, _MOST_BETWEEN, _LONGEST = 4, 12, 72


def _keys(order: str) -> frozenset[bytes]:
    """Of each phrase its longest word that is no digit."""
    words = [[word for word in phrase.split() if word not in lexicon.MEANINGS] for phrase in _DATA[order]]
    return word_roles.forms_of([*(max(each, key=len) for each in words if each), *_DATA.get("accented_" + order, ())])


_BEGIN_KEYS, _KEYS = _keys("area") | _keys("begin"), _keys("end")
_AREA_KEYS = word_roles.forms_of([area.split()[-1] for area in _DATA["area"]])
_LATER_KEYS = _KEYS | _keys("middle")
_PHONE_KEYS = word_roles.forms_of(_DATA["phone"])
_DIGIT_BYTES = b"0123456789"
_NATIVE_KEYS = re.compile("|".join(_NATIVE["end"]))


class _Part(NamedTuple):
    """A part of a number and the phrase before it (0 begin, 1 middle, 2 end, -1 area code)."""

    order: int
    digits: str
    start: int
    end: int


def tells(word: bytes) -> bool:
    """Whether a word stands before the later parts of a number, or names an area code."""
    return word in _KEYS or word in _AREA_KEYS


def begins(word: bytes) -> bool:
    """Whether a word stands before the first part of a number, as one does where there are several."""
    return word in _BEGIN_KEYS


def is_later(word: bytes) -> bool:
    """Whether a word stands before a part of a number that is not the first, as one does where there are several."""
    return word in _LATER_KEYS


def may_hold(encoded: bytes, in_words: bool) -> bool:
    """Whether a text (UTF-8) can hold a number in several places: phrases before a first and a later part are in it, a
    word for a phone, and digits, in words if `in_words`."""
    if not in_words and encoded.isascii():
        digits = len(encoded) - len(encoded.translate(None, _DIGIT_BYTES))
        if digits < FEWEST_TOLD // 2:
            return False
    words = digit_stretches.words_of(encoded)[1]
    if not (_LATER_KEYS.isdisjoint(words) or _BEGIN_KEYS.isdisjoint(words)) and (
        # A trunk prefix tells of a phone as well, and the sign of a number does.
        b" 0" in encoded or b"# " in encoded or not _PHONE_KEYS.isdisjoint(words)
    ):
        return True
    return not encoded.isascii() and _NATIVE_KEYS.search(encoded.decode("utf-8", "surrogatepass")) is not None


_ORDERS = {"area": -1, "begin": 0, "middle": 1, "end": 2}
_BY_FIRST: dict[str, list[tuple[str, int]]] = {}
"""Phrases and the order of their part, by first word, the longest first."""
for _order, _place in _ORDERS.items():
    for _phrase in _DATA[_order]:
        _BY_FIRST.setdefault(_phrase.split()[0], []).append((_phrase, _place))
for _phrases in _BY_FIRST.values():
    _phrases.sort(key=lambda each: -len(each[0]))
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _native() -> re.Pattern[str]:
    """Phrases of scripts without blanks, by what part they stand before."""
    orders = [order for order in _ORDERS if order in _NATIVE]
    return re.compile("|".join([f"(?P<{order}>{'|'.join(_NATIVE[order])})" for order in orders]))


def _phrases_in(written: str) -> list[tuple[int, int, int]]:
    """(start, end, order) of the phrases of a text."""
    found = []
    for word in _WORD.finditer(written):
        for phrase, order in _BY_FIRST.get(word[0], ()):
            start = word.start()
            end = start + len(phrase)
            if end == word.end() or (written.startswith(phrase, start) and not written[end : end + 1].isalnum()):
                found.append((start, end, order))
                break
    if not written.isascii():
        natives = [(*match.span(), _ORDERS[match.lastgroup or ""]) for match in _native().finditer(written)]
        found = sorted(found + natives)
    return found


@cache
def _between() -> re.Pattern[str]:
    """What may stand between such a phrase and its part."""
    words = lexicon.branches(_DATA["between"])
    counted = lexicon.branches(_DATA["counted"])
    return re.compile(
        rf"(?:[\s:;=,.#\-\u2013\u2014\u2026\"'(\[]{{1,6}}|(?:[^\W_]{{1,12}} )?(?:{counted})(?![^\W_])"
        rf"|(?:{words})(?![^\W_])|{'|'.join(_NATIVE['between'])}){{0,{_MOST_BETWEEN}}}"
    )


_DIGITS = re.compile(r"\+?[0-9]+(?:[ .\-/()]{1,2}[0-9]+)*(?![^\W_])(?!:[0-9]| ?[%€$£¥₹°²]| ?(?:am|pm|h|min|uhr|eur)\b)")
_ALIKE = re.compile(r"[^\W_]+(?:[ .\-][^\W_]+){0,5}")
_GROUP = re.compile("[0-9]+")
_BEFORE = re.compile(
    r"(?<![^\W_])([0-9][0-9 .\-]{0,14}[0-9])(?: ?[(\[](?:the |la |a |die |der |el |il )?|\)? is (?:the|my) )$"
)


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are told so."""
    parts = list(_parts(text))
    return leftmost(len(parts), partial(_number_at, parts, text, rules))


def _parts(text: str) -> Iterable[_Part]:
    written = folded(text)
    done = 0
    for first, last, order in _phrases_in(written):
        if first < done:
            continue
        between = _between().match(written, last, last + _LONGEST)
        read = None if between is None else _digits_at(text, written, last, between.end())
        if read is None and text[first - 1 : first] in ("(", "[", " "):
            # "51 9 9600 (primeira parte)"
            before = _BEFORE.search(text, max(0, first - 24), first)
            read = None if before is None else ("".join(_GROUP.findall(before[1])), before.start(1), before.end(1))
        if read is not None:
            digits, start, end = read
            yield _Part(order, digits, start, end)
            done = max(end, last)


def _digits_at(text: str, written: str, floor: int, start: int) -> tuple[str, int, int] | None:
    """The digits that begin at `start`, as digits, in words, or in letters that look like them; with start and end."""
    match = _DIGITS.match(text, start)
    if match is not None:
        if DATE.match(text, start) is not None:
            return None
        return "".join(_GROUP.findall(match[0])), start, match.end()
    match = _ALIKE.match(text, start, start + 24)
    if match is not None:
        # As many words as look like digits: `0Is5 and more`.
        size = 0
        for word in re.finditer(r"[^\W_]+", match[0]):
            if not all(sign in "0123456789" or sign in lookalike_runs.LOOKALIKE for sign in word[0]):
                break
            size = word.end()
        alike = match[0][:size].translate(lookalike_runs.TO_DIGITS)
        digits = "".join(_GROUP.findall(alike))
        if len(digits) > 1 and any(map(str.isdigit, match[0][:size])):
            return digits, start, start + size
    # Words that count may be digits of the part itself: `first three are three one zero`.
    return digit_words.chain_at(text, written, start) or digit_words.chain_at(text, written, floor)


def _number_at(parts: list[_Part], text: str, rules: Dialing, first: int) -> Read:
    """The number whose first part is one of some parts, and the place behind its last; the last one may stand first."""
    head = parts[first]
    near = [part for part in parts[first + 1 : first + _MOST_PARTS] if part.start - head.end <= _FAR]
    if head.order == 2 and near and near[0].order < 1:
        # "it ends in 0185 and begins with 615 555"
        read = _whole([near[0], head], text, rules)
        return None if read is None else (read, first + 2)
    if head.order > 0:
        return None
    own = []
    for part in near:
        if part.order < 1:
            break
        if part.order != 1 or len(part.digits) > 2:
            # "after 18", an hour, is no part.
            own.append(part)
    for count in range(len(own), 0, -1):
        if own[count - 1].order == 2 or count > 1 or head.order < 0 or head.digits[0] == "0":
            read = _whole([head, *own[:count]], text, rules)
            if read is not None:
                return read, first + count + 1
    return None


def _whole(parts: list[_Part], text: str, rules: Dialing) -> Hit | None:
    digits = "".join([part.digits for part in parts])
    if not FEWEST_TOLD <= len(digits) <= MOST_TOLD:
        return None
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    plus = text[start] == "+"
    found = whole_of([Token(digits, start + plus, end, plus)], text, rules)
    return found[0] if found else None
