"""Which part of a run of digit groups is a phone: leftmost first, the longest that a numbering plan knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from string import ascii_letters
from typing import Any, NamedTuple

from minerva.identifiers import id_labels, numbering, phone_context
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import FEWEST, FULL
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


class Run:
    """Neighboring tokens and how they were read: `digits`, `separators`, `words`, `lookalike` or `reversed`.

    `digits` are all digits, `start`, `plus` and `weak` are those of the first token, `end` that of the last.
    """

    __slots__ = ("_tokens", "count", "digits", "end", "method", "plus", "plus_within", "start", "weak")

    def __init__(self, tokens: list[Token], method: str) -> None:
        self._tokens = tokens
        self.method = method
        self.digits = "".join([token[0] for token in tokens])
        self.count = len(tokens)
        _, self.start, _, self.plus, self.weak = tokens[0]
        self.end = tokens[-1][2]
        self.plus_within = any([token[3] for token in tokens[1:]])  # noqa: C419 -- half the time of a generator

    @property
    def tokens(self) -> list[Token]:
        return self._tokens

    def is_weak(self) -> bool:
        """Whether all tokens are weak."""
        return all([token.weak for token in self.tokens])  # noqa: C419 -- half the time of a generator

    def first_end(self) -> int:
        """Where its first token ends."""
        return self.tokens[0].end

    def ends_in_prose(self) -> bool:
        """Whether its last word is one of ordinary prose too, if that is quickly told."""
        return False

    def without_first(self) -> Run | None:
        """The run without its first token, if that is quickly told and it has no plus sign; None otherwise."""
        return None

    def without_last(self) -> Run | None:
        """The same without its last token."""
        return None


class Row(Run):
    """A run of all digit groups of `text[start:end]` (`span`), without plus signs, whose tokens are only made when they
    are asked for; `way` is the method and how many groups there are."""

    __slots__ = ("_text",)

    def __init__(self, text: str, span: tuple[int, int], digits: str, way: tuple[str, int]) -> None:
        self._text = text
        self.start, self.end = span
        self.digits = digits
        self.method, self.count = way
        self.plus = self.plus_within = self.weak = False

    @property
    def tokens(self) -> list[Token]:
        groups = _GROUP.finditer(self._text, self.start, self.end)
        return [token_of((group[0], *group.span(), False, False)) for group in groups]


_GROUP = late(r"[0-9]+")


Hit = tuple[int, int, str, str, float]
"""Start and end in the normalized text of what an E.164 number was read from, the number, method and confidence. Each
text found costs one, and a tuple with names costs as much as looking the number up."""
CONFIDENCE = {"digits": 0.95, "unicode": 0.93, "separators": 0.88, "words": 0.88, "lookalike": 0.78, "link": 0.97,
              "reversed": 0.5, "split": 0.55, "keypad": 0.7}  # fmt: skip


NORTH_AMERICA = "1"
"""The country code of the North American plan."""
NORTH_AMERICAN_SHAPES = ([3, 3, 4], [1, 3, 3, 4])
"""Digits of the groups in which all write its numbers."""


def numbers_of(run: Run, text: str, rules: Dialing) -> list[Hit]:
    """The numbers in a run, from left to right."""
    method = run.method
    # A word that is also prose starts a number where all words of it are such: Chinese in Latin letters.
    whole = None
    if not run.weak or run.is_weak() or _is_tied(run.first_end(), text) or text[run.start - 2 : run.start] == ": ":
        whole = _whole(run, text, rules)
    if whole is not None and method == "words" and text[run.end - 2 : run.end] in _PROSE_ENDS:
        run, whole = _before_prose(run, whole, text, rules)
    if whole is None and (nearly := _nearly_whole(run, text, rules)) is not None:
        run, whole = nearly
    if whole is not None:
        start, end, plus = run.start, run.end, run.plus
        if text[end : end + 2] not in NO_EXTENSION:
            end = extended(text, end)
        if plus or text[start - 1 : start] in "+(" or text[run.end : run.end + 1] == ")":
            start, end = widen(text, start, run.end, end, plus)
        return [(start, end, whole, method, assess(method, plus, rules.region != "", run.count == 1))]
    found: list[Hit] = []
    tokens = run.tokens
    index = 0
    last = len(tokens)
    while index < last:
        window = _longest(tokens, index, method, text, rules)
        if (
            window is not None
            and tokens[index].weak
            and index + 1 < last
            and not (_repeats(tokens, index) or _is_tied(tokens[index].end, text))
        ):
            # "write to five 5 five": a word that is also prose only starts a number that there is none without it.
            without = _longest(tokens, index + 1, method, text, rules)
            if without is not None and without[0] >= window[0]:
                window, index = without, index + 1
        if window is None:
            index += 1
            continue
        stop, number, plus = window
        end = tokens[stop].end
        start, end = widen(text, tokens[index].start, end, extended(text, end), plus)
        confidence = assess(method, plus, bool(rules.region), stop == index)
        found.append((start, end, number, method, confidence))
        index = stop + 1
    return found


_PROSE_ENDS = frozenset(["or", "to"])
"""How `for` and `to` end."""
_GOES_ON = late(r"(?<![^\W_])(?:for|to) (?=[a-z])")


def _before_prose(run: Run, number: str, text: str, rules: Dialing) -> tuple[Run, str]:
    """A run and its number without its last word, where that goes on to the next and the rest is a number too:
    `zero eight five ... two zero for details`."""
    if len(run.digits) >= FULL and _GOES_ON.search(text, run.end - 4, run.end + 2) is not None:
        before = Run(run.tokens[:-1], run.method)
        shorter = _whole(before, text, rules)
        if shorter is not None:
            return before, shorter
    return run, number


def _is_tied(end: int, text: str) -> bool:
    """Whether a sign without blanks ties the word that ends at `end` to the next: `um.1.nove.5`."""
    return text[end : end + 1] in _TYING and text[end + 1 : end + 2].isalnum()


_TYING = frozenset("._*~/")


def whole_of(tokens: list[Token], text: str, rules: Dialing) -> list[Hit]:
    """The number that all tokens together are, none if there is no such."""
    found = numbers_of(Run(tokens, "split"), text, rules)
    return found if len(found) == 1 and found[0][0] <= tokens[0].start and found[0][1] >= tokens[-1].end else []


def _repeats(tokens: list[Token], index: int) -> bool:
    """Whether a word stands twice in a row, as no prose does: `tre tre tre` is the beginning of a number."""
    first, second = tokens[index], tokens[index + 1]
    return second.weak and first.digits == second.digits


def _whole(run: Run, text: str, rules: Dialing) -> str | None:
    """The number that all tokens together are, the answer of `_longest` where there is one."""
    digits = run.digits
    plus = run.plus
    if (
        not 6 < len(digits) <= numbering.MAX_DIGITS
        or not (plus or len(digits) in rules.lengths or digits[0] == "0")
        or (digits[-1] == digits[-7] and digits[-7:] == digits[-1] * 7)
        or run.plus_within
        or (plus and "(0)" in text[run.start : run.end] and ")(0)" not in text[run.start : run.end])
        or not (text[run.start - 2 : run.start] in _STARTS_BEHIND or _may_start(text, run.start, run.method))
        or not (text[run.end : run.end + 1] in _ENDS_BEFORE or _may_end(text, run.end, run.method))
        or (run.count == 1 and not plus and id_labels.follows_id(text, run.start))
    ):
        return None
    return numbering.read(digits.encode(), plus, rules)


def _nearly_whole(run: Run, text: str, rules: Dialing) -> tuple[Run, str] | None:
    """The run, not a number as a whole, without a weak word before it or a short token behind it, and the number that
    it is then; None where `numbers_of` must look at each token to tell what it finds."""
    part: Run | None = run
    if run.count > FULL and run.ends_in_prose() and (before := run.without_last()) is not None:
        # "nau aath ... teen teen for repairs": prose is sooner behind a number than a part of it.
        number = _whole(before, text, rules)
        if number is not None:
            return before, number
    if run.weak:
        part = run.without_first()
        if part is None or part.weak:
            return None
        number = _whole(part, text, rules)
        if number is not None:
            return part, number
        if _whole(run, text, rules) is not None:
            return None
    if part is None or len(run.digits) > numbering.MAX_DIGITS:
        return None
    shorter = part.without_last()
    if shorter is None or len(part.digits) - len(shorter.digits) >= FEWEST:
        return None
    number = _whole(shorter, text, rules)
    return None if number is None else (shorter, number)


def _longest(tokens: list[Token], index: int, method: str, text: str, rules: Dialing) -> tuple[int, str, bool] | None:
    first, start, _, plus, _ = tokens[index]
    lengths = None if plus or first[0] == "0" else rules.lengths
    ends: list[tuple[int, int, str]] = []
    digits = ""
    size = 0
    for position, token in enumerate(tokens[index : index + numbering.MAX_DIGITS], index):
        more, begin, end, has_plus, _ = token
        if has_plus and position > index:
            break
        # "+44 (0)20": the national prefix in brackets is not part of the international number.
        if plus and more == "0" and text[begin - 1 : end + 1] == "(0)" and text[begin - 2 : begin - 1] != ")":
            continue
        digits += more
        size += len(more)
        if size > numbering.MAX_DIGITS:
            break
        if size > 6 and (lengths is None or size in lengths):
            ends.append((position, end, digits))
    if not ends or not _may_start(text, start, method):
        return None
    for position, end, candidate in reversed(ends):
        if not _may_end(text, end, method) or candidate[-7:] == candidate[-1] * 7:
            continue
        if position == index and not plus and id_labels.follows_id(text, start):
            continue
        number = numbering.read(candidate.encode(), plus, rules)
        if number is not None:
            return position, number, plus
    return None


def _may_start(text: str, start: int, method: str) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if before in " \n":
        # "$ 900" is a price, "180$ 900" is one before 900.
        return method == "digits" or start < 2 or text[start - 2] not in "$€£¥" or text[start - 3 : start - 2].isdigit()
    if before == "=" and phone_context.is_asked_for(text, start):
        return True
    if before in "#=@_&/\\":
        if before in "#=\\" and method == "separators":
            # The same sign stands between the digits: `#4#1#5...`.
            behind = _BEHIND_SIGN.match(text, start)
            return behind is not None and behind[1] == before
        if before == "@" and method == "digits":
            return is_told_at(text, start - 1)
        return before in "_/" and (method != "digits" or (before == "/" and is_announced(text, start - 1)))
    if before in "$€£¥":
        # "$$415 555 0123$$" is decoration, "$415" a price.
        return (text[start - 2 : start - 1] == before and start > 1) or phone_context.is_no_price(text, start)
    if before == ":" and text[max(0, start - 3) : start - 1].isdigit():
        return False
    if before == "." and start > 1 and text[start - 2].isdigit():
        return False
    if method == "digits" and phone_context.continues(text, start - 2, start - 1):
        return False
    if before.isalpha() and method != "words":
        return phone_context.glued_before(text, start) or phone_context.is_unspaced(before)
    return True


_ENDS_BEFORE = " .,\n"
_STARTS_BEHIND = frozenset(f"{sign} " for sign in f"{ascii_letters}.,:;!?-")
"""The commonest of what a number may begin behind."""
_BEHIND_SIGN = late(r"[0-9]{1,5} ?([#=\\]) ?[0-9]")


def is_announced(text: str, slash: int) -> bool:
    """Whether a number may follow the slash at `slash`: behind a word that announces phones or behind digits."""
    return phone_context.glued_before(text, slash) or text[max(0, slash - 1) : slash].isdigit()


def is_told_at(text: str, sign: int) -> bool:
    """Whether the sign at `sign` stands for the word `at`, behind one that announces phones: `text me @4155550123`."""
    before = text[max(0, sign - _WORD_BEFORE) : sign].rstrip(" ")
    return text[sign - 1 : sign] == " " and phone_context.glued_before(before, len(before))


_WORD_BEFORE = 24


def _may_end(text: str, end: int, method: str) -> bool:
    after = text[end : end + 1]
    if after in _ENDS_BEFORE:
        # Every text holds the empty one, which is what follows at its end.
        return True
    if after == "=" and method == "separators":
        return "=" in text[end - 6 : end]
    if after in "@%€£¥=" or (after == ":" and text[end + 1 : end + 2].isdigit()):
        return False
    if method == "digits" and phone_context.continues(text, end + 1, end):
        return False
    if after == "$" and text[end + 1 : end + 2].isdigit():
        # A price that follows without a blank.
        return True
    if after in "_$" and method == "digits":
        return after == text[end + 1 : end + 2]
    if after.isalpha() and method != "words":
        return phone_context.glued_after(text, end) or phone_context.is_unspaced(after)
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
    after = text[end : end + 2]
    if after in NO_EXTENSION:
        return end
    if after[:1] not in phone_context.MAY_EXTEND and not (
        after[:1].isspace() and (after[1:] in phone_context.MAY_EXTEND or after[1:].isspace())
    ):
        return end
    extension = phone_context.EXTENSION.match(text, end, end + 30)
    return end if extension is None else extension.end()


NO_EXTENSION = frozenset(["", ".", ". ", ".\n", "! ", "? "])
"""The commonest of what is no beginning of an extension."""


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
