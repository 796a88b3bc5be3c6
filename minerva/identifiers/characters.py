"""Characters that stand for ASCII ones or for nothing (data/characters.json), and letters without their accents."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.tables import table

_DATA = table("characters")
VERSION: str = _DATA["unicode"]
STANDS_FOR: dict[str, str] = {char: new for new, chars in _DATA["to"].items() for char in chars}


def char_class(chars: Iterable[str]) -> str:
    """A regular expression's class of the characters, as ranges."""
    codes = sorted(map(ord, chars))
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) + "]"


def _quick_class(chars: Iterable[str]) -> str:
    """The class of the characters and of all above U+FFFF: a bitmap and one range, where `re` would else try every
    range on every character of a text."""
    return char_class([*(char for char in chars if char <= "\uffff")])[:-1] + "\\U00010000-\\U0010ffff]"


# Compiled when the first text asks for them, as it takes 2 ms and texts in ASCII need none.
@cache
def _runs() -> re.Pattern[str]:
    """Characters that may change, as a group."""
    # One character first: the search skips to it, which it does not where a pattern begins with a repetition.
    return re.compile("({0}{0}*)".format(_quick_class(STANDS_FOR)))


@cache
def _on_letter() -> re.Pattern[str]:
    marks = (c for c, new in STANDS_FOR.items() if not new and unicodedata.category(c) in ("Mn", "Me"))
    return re.compile(char_class(marks) + "+")


def end_of_marks(text: str, place: int) -> int:
    """Where the marks and keycaps at `place` end, which belong to the character before them."""
    marks = _on_letter().match(text, place)
    return place if marks is None else marks.end()


_ACCENTED = late(r"[\u00c0-\u024f\u1e00-\u1eff]")


UNCHANGED_BYTES = bytes(range(0xC0)) + b"\xc3\xc4\xc5\xd0\xd1"


def is_normal(encoded: bytes) -> bool:
    """Whether a text (UTF-8) holds nothing but ASCII, accented Latin and Cyrillic letters, which stand for themselves:
    a test quicker than looking for each character that does not."""
    return not unusual(encoded)


def unusual(encoded: bytes) -> bytes:
    """The first bytes of the characters of a text (UTF-8) for which it is not normal."""
    return encoded.translate(None, UNCHANGED_BYTES)


def not_beginning(texts: Iterable[str]) -> bytes:
    """All bytes but those that some texts begin with in UTF-8: without them nothing is left of a text that holds none
    of those."""
    return bytes({*range(256)} - {text.encode()[0] for text in texts})


def each_plain(chars: str) -> str:
    """`plain` of few characters, without the pattern that it needs for whole texts."""
    return "".join([STANDS_FOR.get(char, char) for char in chars])


class _Replaced(dict[str, str]):
    """What runs of characters that may change stand for; short ones are remembered."""

    MOST = 20_000
    LONGEST = 8

    def __missing__(self, chars: str) -> str:
        new = each_plain(chars)
        if len(chars) <= self.LONGEST:
            keep(self, chars, new, self.MOST)
        return new


_LATIN_FOR = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405",
    "aeopcyxijsdhABEKMHOPCTYXIJS",
)
"""Cyrillic letters that look like Latin ones."""
_CYRILLIC_FOR = str.maketrans("aeopcyxkmtABEKMHOPCTYX", "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u043a\u043c\u0442"
                              "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425")  # fmt: skip
"""The other way round, those that Russian words have."""
_LATIN = late("[a-zA-Z]")
_MIXED = late(r"[a-zA-Z][\u0405-\u0501]|[\u0405-\u0501][a-zA-Z]")
_LETTERS = late(r"[a-zA-Z\u0400-\u052f]+")
_SCRIPTS = bytes(
    97 if code < 128 and chr(code).isalpha() else 99 if 0xD0 <= code <= 0xD4 else 46 for code in range(256)
)
"""Bytes of UTF-8 by script: Latin letters as a, the first bytes of Cyrillic ones as c."""
_FOLLOWING = bytes(range(0x80, 0xC0))
"""All but the first byte of characters beyond ASCII."""


def may_mix(encoded: bytes) -> bool:
    """Whether Latin and Cyrillic letters touch in a text (UTF-8)."""
    # What most Cyrillic letters begin with.
    if encoded.find(b"\xd0") < 0 and encoded.find(b"\xd1") < 0:
        return False
    scripts = encoded.translate(_SCRIPTS, _FOLLOWING)
    return scripts.find(b"ac") >= 0 or scripts.find(b"ca") >= 0


def unmixed(text: str) -> str:
    """`text` with Latin letters for the Cyrillic ones of words that mix both and are Latin then (`f\u043eur`), with
    Cyrillic letters for the Latin ones of those that are Cyrillic then (`\u0434e\u0432\u044f\u0442\u044c`)."""
    return text if text.isascii() else _LETTERS.sub(_unmixed, text)


def _unmixed(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or _MIXED.search(word) is None:
        return word
    latin = word.translate(_LATIN_FOR)
    if latin.isascii():
        return latin
    cyrillic = word.translate(_CYRILLIC_FOR)
    return word if _LATIN.search(cyrillic) is not None else cyrillic


_CHANGING = frozenset(STANDS_FOR)
UNEVEN = frozenset(char for char, stands_for in STANDS_FOR.items() if len(stands_for) != 1)
"""Characters that do not stand for exactly one."""
_DROPPED = frozenset(char for char, stands_for in STANDS_FOR.items() if not stands_for)
_replaced = _Replaced()
_replacement_of = _replaced.__getitem__
_ASCII = bytes(range(128))
_MOST_CHANGING, _LONGEST = 16, 4000
"""Up to so many different characters are replaced one after another, in texts of up to so many."""


def read_plainly(text: str, encoded: bytes) -> tuple[str, frozenset[str] | None]:
    """`plain` of a text (`encoded` in UTF-8) that is not normal, and the characters of it that stand for others, None
    for more than are replaced one by one."""
    if len(text) <= _LONGEST:
        # No character of ASCII stands for another one.
        beyond = encoded.translate(None, _ASCII)
        changed = _CHANGING.intersection(beyond.decode("utf-8", "surrogatepass"))
        if len(changed) <= _MOST_CHANGING:
            # None of them stands for another one of them.
            for char in changed:
                text = text.replace(char, STANDS_FOR[char])
            return text, changed
    return plain(text), None


def that_change(texts: Sequence[str]) -> list[int]:
    """The places of the texts that hold characters which stand for others."""
    joined = "".join(texts)
    if joined.isascii() or _CHANGING.isdisjoint(_beyond(joined)):
        return []
    return [place for place, text in enumerate(texts) if not (text.isascii() or _CHANGING.isdisjoint(_beyond(text)))]


def _beyond(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _parts(text: str) -> tuple[list[str], list[str]]:
    """What stays, what may change, what stays... of a text, and the same with what it stands for; kept for the text
    read last, as its positions are asked for next."""
    parts = _runs().split(text)
    new = parts.copy()
    new[1::2] = map(_replacement_of, parts[1::2])
    return parts, new


def plain(text: str) -> str:
    """`text` with every character that stands for ASCII replaced, digits of all scripts included."""
    _, new = _parts(text)
    return text if len(new) == 1 else "".join(new)


def shifts(text: str) -> list[tuple[int, int]]:
    """(position, length of what it stands for) of each character of `text` that does not stand for exactly one."""
    found: list[tuple[int, int]] = []
    for match in _runs().finditer(text):
        steps = _steps(match[0])
        if steps:
            start = match.start()
            found += [(start + index, length) for index, length in steps]
    return found


@lru_cache(maxsize=4096)
def _steps(chars: str) -> tuple[tuple[int, int], ...]:
    lengths = [len(STANDS_FOR.get(char, char)) for char in chars]
    return tuple((index, length) for index, length in enumerate(lengths) if length != 1)


@lru_cache(maxsize=256)
def _next_kept(dropped: frozenset[str], more: int) -> re.Pattern[str]:
    """A character, and so many more behind it, with the `dropped` ones between."""
    left_out = "".join(map(re.escape, dropped))
    return re.compile(rf"(?s:.)(?:[{left_out}]*[^{left_out}]){{{more}}}")


_FEW = 32
"""Characters of most numbers, for each count of which a pattern is kept."""


class Origins:
    """Which character of a text each one of `plain(text)` comes from."""

    __slots__ = ("_dropped", "_inside", "_is_even", "_outside", "_parts", "_steps", "_text")

    def __init__(self, text: str, changed: frozenset[str] | None = None) -> None:
        """`changed` as `read_plainly` tells it."""
        self._text = text
        self._dropped: frozenset[str] | None = None
        if changed is not None:
            uneven = changed & UNEVEN
            if uneven <= _DROPPED:
                self._dropped = uneven
                self._is_even = not uneven
                return
        self._parts, new = _parts(text)
        self._is_even = all(map(UNEVEN.isdisjoint, self._parts[1::2]))
        if self._is_even:
            # Each character stands for one: all places are the same.
            return
        # Where each part begins in the text and in the plain text.
        self._steps: dict[int, list[int]] = {}
        self._outside = [0, *accumulate(map(len, self._parts))]
        self._inside = [0, *accumulate(map(len, new))]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text that the non-empty part `start` to `end` of the plain text was read from, with the
        marks and keycaps on its last character."""
        if self._is_even:
            return start, end if self._text[end : end + 1].isascii() else end_of_marks(self._text, end)
        if self._dropped is not None:
            first = self._kept(start, 0, 0)
            kept = _next_kept(self._dropped, end - 1 - start).match(self._text, first) if end - start < _FEW else None
            last = kept.end() if kept is not None else self._kept(end - 1, start, first) + 1
            return first, last if self._text[last : last + 1].isascii() else end_of_marks(self._text, last)
        inside, outside = self._inside, self._outside
        index = bisect_right(inside, start) - 1
        # Every second part stands as it is.
        first = self._changed(index, start) if index % 2 else outside[index] - inside[index] + start
        if end > inside[index + 1]:
            index = bisect_right(inside, end - 1, index) - 1
        last = self._changed(index, end - 1) + 1 if index % 2 else outside[index] - inside[index] + end
        return first, last if self._text[last : last + 1].isascii() else end_of_marks(self._text, last)

    def _kept(self, position: int, known: int, origin: int) -> int:
        """Where the character stands that `position` in the plain text was read from, if no more than characters that
        stand for nothing is left out there; what is at `known`, no farther, was read from what is at `origin`."""
        count, before = self._text.count, -1
        place = least = origin + position - known
        while place != before:
            before, place = place, least
            for char in self._dropped or ():
                place += count(char, origin, before + 1)
        return place

    def _changed(self, index: int, position: int) -> int:
        """Where the character of a part that changes stands that `position` in the plain text was read from."""
        place = self._outside[index]
        beyond = position - self._inside[index]
        steps = self._steps.get(index)
        if steps is None:
            steps = list(accumulate([len(STANDS_FOR.get(char, char)) for char in self._parts[index]]))
            self._steps[index] = steps
        return place + bisect_right(steps, beyond)


def normalized(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`plain(text)` and `shifts(text)`."""
    return plain(text), shifts(text)


_STROKED = {"\u0130": "i", "\u0131": "i", "\u0142": "l", "\u0111": "d", "\u00f8": "o"}
"""Letters that no accent can be taken off, with the ones written for them; the first is two in lower case."""


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char in _STROKED:
        return _STROKED[char]
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


def folded(text: str) -> str:
    """`text` in lower case and without the accents of Latin letters; positions stay the same."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered if lowered.isascii() else _ACCENTED.sub(lambda match: _folded(match.group()), lowered)
