"""Runs of digits as people write them: plain groups, odd separators, digit words, look-alike letters.

A run is a list of tokens close enough to be one number; which part of it is a phone is decided by the numbering plan
(phone.py). Everything here is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from minerva.identifiers.lexicon import DIGIT_WORDS, FILLERS, MULTIPLIERS, WEAK_WORDS


class Token(NamedTuple):
    """`digits` read from `text[start:end]` of the normalized text; `plus` if a plus sign stands before them."""

    digits: str
    start: int
    end: int
    plus: bool = False
    weak: bool = False


class Run(NamedTuple):
    """Neighboring tokens and how they were read: `digits`, `separators`, `words` or `lookalike`."""

    tokens: list[Token]
    method: str


_GROUP = re.compile(r"[0-9]+")
SEVEN_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,7}[0-9]){6}")
"""What every text with a phone in digits holds: no gap in a run is longer than seven characters."""
_FEWEST = 7
_PLAIN_GAP = re.compile(r"[ \t.\-()/\[\]]{1,4}")
_COMMON_GAPS = frozenset([" ", "-", ".", ") "])
_ODD_GAP = re.compile(r" {0,2}[^\w\s$€£¥%:,+'\"=#@&?]{1,3} {0,2}|[_*~|^]{1,3}|, ?|' ?")
_WORD_GAP = re.compile(r"[^\w$€£¥%+\n]{0,4}|_{1,2}")
_WORD_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_GATE_WORDS = tuple(word for word in DIGIT_WORDS if len(word) > 2)
_WORDS = re.compile("|".join(sorted(map(re.escape, DIGIT_WORDS), key=len, reverse=True)))
_WORD_CHAIN = re.compile(f"(?:{_WORDS.pattern})+")

_LOOKALIKE = {
    "O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1", "S": "5", "s": "5", "B": "8",
    "Z": "2", "z": "2", "О": "0", "о": "0", "Ο": "0", "ο": "0", "З": "3", "з": "3", "б": "6",
}  # fmt: skip
_LOOKALIKE_CLASS = "".join(map(re.escape, _LOOKALIKE))
# A digit stands first so that the search skips from digit to digit.
_LOOKALIKE_GATE = re.compile(
    rf"[0-9](?:[ .\-]?[{_LOOKALIKE_CLASS}]|(?<=[{_LOOKALIKE_CLASS}].)|(?<=[{_LOOKALIKE_CLASS}][ .\-].))"
)
_LOOKALIKE_SIGNS = "0123456789 .-()" + "".join(_LOOKALIKE)
_LOOKALIKE_STRETCH = re.compile(rf"[0-9 .\-(){_LOOKALIKE_CLASS}]+")
_FIVE_DIGITS = re.compile(r"[0-9](?:[^0-9]*[0-9]){4}")
_LOOKALIKE_RUN = re.compile(
    rf"(?<!\w)[0-9{_LOOKALIKE_CLASS}]{{1,12}}(?:[ .\-()]{{1,2}}[0-9{_LOOKALIKE_CLASS}]{{1,12}}){{0,12}}(?!\w)"
)
_LOOKALIKE_GROUP = re.compile(rf"[0-9{_LOOKALIKE_CLASS}]+")


def has_plus(text: str, start: int) -> bool:
    """Whether a plus sign stands right before `start`, an opening bracket or blank between allowed."""
    if not start or text[start - 1] not in "+( ":
        return False
    before = text[max(0, start - 3) : start].rstrip(" ")
    return before.endswith("+") or before.rstrip("(").rstrip(" ").endswith("+")


def digit_runs(text: str, blocked: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """Runs of at least seven digits in groups outside the `blocked` spans (sorted: dates, URLs, prices...)."""
    tokens: list[Token] = []
    odd = False
    count = 0
    spans = iter(blocked)
    span = next(spans, None)
    may_have_plus = "+" in text
    for match in _GROUP.finditer(text):
        start, end = match.span()
        while span is not None and span[1] <= start:
            span = next(spans, None)
        if span is not None and span[0] < end:
            if count >= _FEWEST:
                yield Run(tokens, "separators" if odd else "digits")
            tokens, odd, count = [], False, 0
            continue
        plus = may_have_plus and has_plus(text, start)
        if tokens:
            gap = text[tokens[-1].end : start]
            if plus or len(gap) > 7:
                joined, is_odd = False, False
            elif gap in _COMMON_GAPS or _PLAIN_GAP.fullmatch(gap):
                joined, is_odd = True, False
            else:
                joined = is_odd = _ODD_GAP.fullmatch(gap) is not None
            if not joined:
                if count >= _FEWEST:
                    yield Run(tokens, "separators" if odd else "digits")
                tokens, odd, count = [], False, 0
            odd = odd or is_odd
        tokens.append(Token(match.group(), start, end, plus))
        count += end - start
    if count >= _FEWEST:
        yield Run(tokens, "separators" if odd else "digits")


@lru_cache(maxsize=16384)
def _chain_digits(word: str) -> str | None:
    """Digits of a word made of nothing but digit words (`fivefive`), else None."""
    if len(word) > 60 or _WORD_CHAIN.fullmatch(word) is None:
        return None
    return "".join(DIGIT_WORDS[part] for part in _WORDS.findall(word))


@lru_cache(maxsize=16384)
def _is_sure(word: str) -> bool:
    return word not in WEAK_WORDS and _chain_digits(word) is not None


def may_have_words(words: Iterable[str]) -> bool:
    """Whether a text of these words (lower case) can hold a run of digit words."""
    return any(map(_is_sure, words))


def word_runs(text: str) -> Iterator[Run]:
    """Runs of digit words, digit groups of up to four and fillers between, at least two of them sure digit words."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not any(word in lowered for word in _GATE_WORDS):
        return
    tokens: list[Token] = []
    sure = 0
    repeat = 1
    last_end = -1
    for match in _WORD_TOKEN.finditer(lowered):
        word = match.group()
        start, end = match.span()
        joined = last_end >= 0 and start - last_end <= 4 and _WORD_GAP.fullmatch(lowered, last_end, start) is not None
        is_group = word[0].isdigit()
        digits = (word if len(word) <= 4 else None) if is_group else _chain_digits(word)
        if digits is None and joined and tokens and word in FILLERS:
            last_end = end
            continue
        if digits is None and not is_group and word in MULTIPLIERS:
            if not joined:
                if sure >= 2:
                    yield Run(tokens, "words")
                tokens, sure = [], 0
            repeat, last_end = MULTIPLIERS[word], end
            continue
        if digits is None or not joined:
            if sure >= 2:
                yield Run(tokens, "words")
            tokens, sure = [], 0
            if not joined:
                repeat = 1
        if digits is None:
            repeat, last_end = 1, -1
            continue
        weak = not is_group and word in WEAK_WORDS
        sure += not is_group and not weak
        tokens.append(Token(digits * repeat, start, end, has_plus(text, start), weak))
        repeat, last_end = 1, end
    if sure >= 2:
        yield Run(tokens, "words")


def lookalike_runs(text: str) -> Iterator[Run]:
    """Runs in which letters stand for digits (`4l5-5S5-O123`): at least five real digits and one such letter."""
    if _LOOKALIKE_GATE.search(text) is None:
        return
    for first, last in lookalike_stretches(text):
        for match in _LOOKALIKE_RUN.finditer(text, first, last):
            yield from _lookalike_run(text, match)


def lookalike_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Parts of the text, one sign more at the end, that hold five digits and nothing but what a run is made of."""
    position = 0
    while True:
        digit = _GROUP.search(text, position)
        if digit is None:
            return
        first = position + len(text[position : digit.start()].rstrip(_LOOKALIKE_SIGNS))
        stretch = _LOOKALIKE_STRETCH.match(text, digit.start())
        position = stretch.end() if stretch is not None else digit.end()
        if _FIVE_DIGITS.search(text, first, position):
            yield first, position + 1


def _lookalike_run(text: str, match: re.Match[str]) -> Iterator[Run]:
    raw = match.group()
    real = sum(char.isdigit() for char in raw)
    letters = sum(char in _LOOKALIKE for char in raw)
    if real < 5 or not 0 < letters <= real:
        return
    tokens = []
    for group in _LOOKALIKE_GROUP.finditer(raw):
        digits = "".join(_LOOKALIKE.get(char, char) for char in group.group())
        start = match.start() + group.start()
        tokens.append(Token(digits, start, match.start() + group.end(), has_plus(text, start)))
    yield Run(tokens, "lookalike")
