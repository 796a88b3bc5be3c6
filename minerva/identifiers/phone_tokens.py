"""Which part of a run of digit groups is a phone: leftmost first, the longest that a numbering plan knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

from minerva.identifiers import numbering, phone_context
from minerva.identifiers.plans import Dialing


class Token(NamedTuple):
    """`digits` read from `text[start:end]` of the normalized text; `plus` if a plus sign stands before them."""

    digits: str
    start: int
    end: int
    plus: bool = False
    weak: bool = False


token_of: Callable[[tuple[Any, ...]], Token] = partial(tuple.__new__, Token)
"""A token of a tuple of all its fields, sooner than by calling the class."""


class Run(NamedTuple):
    """Neighboring tokens and how they were read: `digits`, `separators`, `words`, `lookalike` or `reversed`."""

    tokens: list[Token]
    method: str


class Hit(NamedTuple):
    """An E.164 number read from `text[start:end]` of the normalized text."""

    start: int
    end: int
    number: str
    method: str
    confidence: float


hit_of: Callable[[tuple[Any, ...]], Hit] = partial(tuple.__new__, Hit)
"""A hit of a tuple of its fields, sooner than by calling the class."""
CONFIDENCE = {"digits": 0.95, "unicode": 0.93, "separators": 0.88, "words": 0.88, "lookalike": 0.78, "link": 0.97,
              "reversed": 0.5, "split": 0.55}  # fmt: skip


LONGEST_PLAIN = 18
"""Characters of a plainly written number; a longer one is written in an odd way."""


def numbers_of(run: Run, text: str, rules: Dialing) -> Iterator[Hit]:
    """The numbers in a run, from left to right."""
    tokens = run.tokens
    index = 0
    last = len(tokens)
    whole = None if tokens[0].weak else _whole(tokens, run.method, text, rules)
    if whole is not None:
        number, plus = whole
        end = tokens[-1].end
        start, end = widen(text, tokens[0].start, end, extended(text, end), plus)
        yield hit_of((start, end, number, run.method, assess(run.method, plus, bool(rules.region), last == 1)))
        return
    while index < last:
        window = _longest(tokens, index, run.method, text, rules)
        if window is not None and tokens[index].weak and index + 1 < last:
            # "write to five 5 five": a word that is also prose only starts a number that there is none without it.
            without = _longest(tokens, index + 1, run.method, text, rules)
            if without is not None and without[0] >= window[0]:
                window, index = without, index + 1
        if window is None:
            index += 1
            continue
        stop, number, plus = window
        end = tokens[stop].end
        start, end = widen(text, tokens[index].start, end, extended(text, end), plus)
        confidence = assess(run.method, plus, bool(rules.region), stop == index)
        yield hit_of((start, end, number, run.method, confidence))
        index = stop + 1


def _whole(tokens: list[Token], method: str, text: str, rules: Dialing) -> tuple[str, bool] | None:
    """The number that all tokens together are, the answer of `_longest` where there is one."""
    first = tokens[0]
    plus = first.plus
    digits = "".join([token.digits for token in tokens])
    count = len(digits)
    if (
        not 6 < count <= numbering.MAX_DIGITS
        or not (plus or count in rules.lengths or digits[0] == "0")
        or digits[-7:] == digits[-1] * 7
        or (plus and "(0)" in text[first.start : tokens[-1].end])
        or any([token.plus for token in tokens[1:]])  # noqa: C419 -- half the time of a generator
        or not _may_start(text, first, method)
        or not _may_end(text, tokens[-1], method)
        or (len(tokens) == 1 and not plus and phone_context.follows_id(text, first.start))
    ):
        return None
    number = numbering.read(digits.encode(), plus, rules)
    return None if number is None else (number, plus)


def _longest(tokens: list[Token], index: int, method: str, text: str, rules: Dialing) -> tuple[int, str, bool] | None:
    first = tokens[index]
    plus = first.plus
    ends: list[tuple[int, str]] = []
    digits = ""
    for position in range(index, min(index + numbering.MAX_DIGITS, len(tokens))):
        token = tokens[position]
        if token.plus and position > index:
            break
        # "+44 (0)20": the national prefix in brackets is not part of the international number.
        if plus and token.digits == "0" and text[token.start - 1 : token.end + 1] == "(0)":
            continue
        digits += token.digits
        if len(digits) > numbering.MAX_DIGITS:
            break
        if len(digits) > 6:
            ends.append((position, digits))
    if not ends or not _may_start(text, first, method):
        return None
    lengths = None if plus or ends[0][1][0] == "0" else rules.lengths
    for position, candidate in reversed(ends):
        if lengths is not None and len(candidate) not in lengths:
            continue
        if not _may_end(text, tokens[position], method) or candidate[-7:] == candidate[-1] * 7:
            continue
        if position == index and not plus and phone_context.follows_id(text, first.start):
            continue
        number = numbering.read(candidate.encode(), plus, rules)
        if number is not None:
            return position, number, plus
    return None


def _may_start(text: str, token: Token, method: str) -> bool:
    if token.start == 0:
        return True
    before = text[token.start - 1]
    if before in "#=@_&/\\":
        return before in "_/" and (method != "digits" or (before == "/" and is_announced(text, token.start - 1)))
    if before in "$€£¥":
        # "$$415 555 0123$$" is decoration, "$415" a price.
        return text[token.start - 2 : token.start - 1] == before and token.start > 1
    if before == ":" and text[max(0, token.start - 3) : token.start - 1].isdigit():
        return False
    if before == "." and token.start > 1 and text[token.start - 2].isdigit():
        return False
    if method == "digits" and phone_context.continues(text, token.start - 2, token.start - 1):
        return False
    if before.isalpha() and method != "words":
        return phone_context.glued_before(text, token.start)
    return True


def is_announced(text: str, slash: int) -> bool:
    """Whether a number may follow the slash at `slash`: behind a word that announces phones or behind digits."""
    return phone_context.glued_before(text, slash) or text[max(0, slash - 1) : slash].isdigit()


def _may_end(text: str, token: Token, method: str) -> bool:
    after = text[token.end : token.end + 1]
    if not after:
        return True
    if after in "@%€£¥=" or (after == ":" and text[token.end + 1 : token.end + 2].isdigit()):
        return False
    if method == "digits" and phone_context.continues(text, token.end + 1, token.end):
        return False
    if after == "$" and text[token.end + 1 : token.end + 2].isdigit():
        # A price that follows without a blank.
        return True
    if after in "_$" and method == "digits":
        return after == text[token.end + 1 : token.end + 2]
    if after.isalpha() and method != "words":
        return phone_context.glued_after(text, token.end) or ord(after) > 0x2E00
    return True


def widen(text: str, start: int, end: int, last: int, plus: bool) -> tuple[int, int]:
    """The span of a number in `text[start:end]` with its plus sign and brackets; `last` is its extension's end."""
    while start > 0 and text[start - 1] in "+(" and (text[start - 1] == "+" or ")" in text[start : end + 1]):
        start -= 1
    if plus and text[start] != "+" and text[start : start + 2] != "(+":
        # A plus sign in words stays outside the span.
        sign = text.rfind("+", 0, start)
        start = sign if start - sign < 9 and sign >= 0 else start
    if last == end and text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        last = extended(text, end + 1)
    return start, last


def extended(text: str, end: int) -> int:
    """The end of a number with the extension that follows it."""
    after = text[end : end + 1]
    if after not in phone_context.MAY_EXTEND and not after.isspace():
        return end
    extension = phone_context.EXTENSION.match(text, end, end + 30)
    return end if extension is None else extension.end()


@lru_cache(maxsize=256)
def assess(method: str, plus: bool, has_region: bool, in_one: bool) -> float:
    """The confidence in a number: how it was read, whether its country is told, whether it stands in one block."""
    confidence = CONFIDENCE[method]
    if plus:
        confidence += 0.03
    elif not has_region:
        confidence -= 0.15
    elif in_one and method == "digits":
        confidence -= 0.05
    return round(confidence, 2)
