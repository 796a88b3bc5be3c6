"""Numbers told backwards where the text says so (lexicon.REVERSED_NUMBERS): in digits, in words that are read one by
one from the last to the first, with the plus sign behind. Where both directions are a number the backward one holds if
the phrase stands right beside it.

Linear in the text: beside each number only what is near is looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from minerva.identifiers import digit_stretches, digit_words, id_labels, lexicon, native_words, plans, word_roles
from minerva.identifiers.characters import folded
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.other_numbers import WITH_TRUNK, phones_only
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit, Run, Token, numbers_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import meets

_IN_LINE = late(r"[0-9](?:(?:(?!\. )[^\w\n$\u20ac\u00a3\u00a5\u20b9]|_){0,7}[0-9]){6,40}")
_FEWEST = 7
_NEAR = 40
"""Characters between a phrase and a number that belongs to it, and those looked at beside a number."""
_FAR = 80
"""The same of the only number in a text that is one backwards alone."""
_BESIDE = 12
"""Characters between a phrase and the number right beside it, or between two numbers."""
_BEHIND = late(r"[0-9 .\-/]{0,12}\+?[ ,]{0,2}[(\[{\u2013\u2014\-]")
"""Where a remark begins behind a number, of which the first digits alone may have been read."""
_CUT = late(r"[0-9\n.!?;]")
_ENDED = late(r"[\w)][.!?;]\s|\n")
_REMARK_ENDS = late(r"[0-9\n)\]}]")
_LEADS = late(
    # "backwards: ", "al revés para llamar: ", "in reverse order "
    r"[^\W_]{0,8}(?:(?: [^\W_]+){0,3}(?: ?[(\uff08][^()\uff08\uff09]{1,32}[)\uff09])?[)\]]? ?[:=\uff1a]"
    r"|(?: (?:order|orden|ordem|ordre|ordine|ordnung))?)[\s(\[\-]{0,3}"
)
_ORDER = late(r"(?:revers[a-z]*|opposite|inverse) order[ :.\-(]*$", re.IGNORECASE)


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(lexicon.branches(lexicon.REVERSED_NUMBERS))


@cache
def _plus_behind() -> re.Pattern[str]:
    """A plus sign behind the last digit, in words behind the last word."""
    return re.compile(rf"\+(?![0-9])|[ ,]{{1,2}}(?:{lexicon.alternation([*lexicon.PLUS])})(?![^\W_])", re.IGNORECASE)


def _lowered(text: str) -> str:
    """The text in lower case if that is as long, as places are those of the text."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def hits(text: str, encoded: bytes, rules: Dialing, dates: Sequence[tuple[int, int]], in_words: bool) -> list[Hit]:
    """The numbers of a text (`encoded` in UTF-8) that are told backwards, without those that have a part in `dates`: of
    several the ones near a phrase that says so. `in_words`: whether digit words may be in it."""
    marks = [match.span() for match in _marks().finditer(_lowered(text))]
    if not marks:
        return []
    runs = [*_digit_runs(text), *(_word_runs(text, encoded) if in_words else ())]
    whole = [hit for run in runs for hit in numbers_of(run, text, rules) if not _is_cut(text, *hit[:2])]
    found = _phones(whole, text, rules, dates)
    if not found:
        return []
    distances = [_distance(hit, marks) for hit in found]
    nearest = min(distances)
    # Right beside a phrase one number stands, and those that go on from there.
    farthest = min(max(nearest, _NEAR), _FAR) if nearest > _BESIDE else _BESIDE
    near = {
        hit[:2]
        for hit, distance in zip(found, distances)
        if (distance <= farthest and (distance <= _BESIDE or not _ends_before(text, hit[1], marks)))
        or _is_led(text, hit[0], marks)
    }
    return sorted([hit for hit in found if hit[:2] in near or any([0 <= hit[0] - end <= _BESIDE for _, end in near])])  # noqa: C419


def _ends_before(text: str, end: int, marks: list[tuple[int, int]]) -> bool:
    """Whether a sentence ends between a number and the next phrase, none standing before it."""
    starts = [start for start, _ in marks if start >= end]
    return len(starts) == len(marks) and _ENDED.search(text, end, starts[0]) is not None


def _is_led(text: str, start: int, marks: list[tuple[int, int]]) -> bool:
    """Whether a phrase before a number belongs to it: a colon stands right before the number, no sentence ends."""
    ends = [end for _, end in marks if end <= start <= end + _NEAR]
    return bool(ends) and text[start - 2 : start].strip() == ":" and _CUT.search(text, ends[-1], start - 2) is None


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether more digits stand right before or behind what is read of a group."""
    return (text[start].isdigit() and text[start - 1 : start].isdigit()) or (
        text[end - 1].isdigit() and text[end : end + 1].isdigit()
    )


def _phones(found: list[Hit], text: str, rules: Dialing, dates: Sequence[tuple[int, int]]) -> list[Hit]:
    """phones_only of them; `in reverse order` does not name an order."""
    own = [hit for hit in found if _ORDER.search(text, max(0, hit[0] - _NEAR), hit[0]) is not None]
    others = set(found).difference(own)
    rest = [hit for hit in found if hit in others and not id_labels.follows_id(text, hit[0])]
    return [hit for hit in own if not meets(dates, hit[0], hit[1])] + phones_only(text, rest, rules, dates)


def _distance(hit: Hit, marks: list[tuple[int, int]]) -> int:
    """From a number to the nearest of some spans, sorted: the last that begins before it and the first behind."""
    at = bisect_left(marks, hit[:2])
    return min([max(hit[0] - end, start - hit[1], 0) for start, end in marks[at - 1 if at else 0 : at + 1]])


def _digit_runs(text: str) -> Iterator[Run]:
    for match in _IN_LINE.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] != "+":
            yield _backwards("".join(filter(str.isdigit, match.group()))[::-1], start, end, text)


def _word_runs(text: str, encoded: bytes) -> Iterator[Run]:
    places = digit_stretches.places(text, encoded, encoded, False)
    for run in digit_words.runs_in(text, places):
        if not run.plus and len(run.digits) >= _FEWEST and run.digits not in _COUNTED:
            tokens = [
                token.digits[::-1] if text[token.start : token.end].isdigit() else token.digits
                for token in reversed(run.tokens)
            ]
            yield _backwards("".join(tokens), run.start, run.end, text)
    if not text.isascii():
        for run in native_words.runs(text, encoded):
            if not run.plus and len(run.digits) >= _FEWEST:
                yield _backwards(run.digits[::-1], run.start, run.end, text)


_COUNTED = "109876543210 12345678910"
"""Who counts so tells no number."""


def _backwards(digits: str, start: int, end: int, text: str) -> Run:
    sign = _plus_behind().match(text, end)
    # As two tokens: of one alone `reverse order: ` would tell that it is an id.
    first = Token(digits[0], start, start + 1, sign is not None)
    return Run([first, Token(digits[1:], start + 1, end if sign is None else sign.end())], "reversed")


def may_turn(text: str, found: Sequence[Hit], rules: Dialing) -> bool:
    """Whether one of the numbers found in a text may be one that is told backwards: a number can begin with its last
    digits, and words beside it speak of an order."""
    country, trunked, bare = rules.country, rules.trunked, rules.region in WITH_TRUNK
    for start, end, number, method, _ in found:
        if text[end : end + 1] != "+":
            # Of nearly all numbers the signs at their end settle it.
            if method == "words":
                if not (_may_end_first(number, rules) or _goes_on(text, end)):
                    continue
            elif country == NORTH_AMERICA:
                if text[end - 5] in _BETWEEN:
                    # Its usual groups: backwards they would be others.
                    continue
                if not (_may_end_first(number, rules) or text[end + 1 : end + 2].isdigit()):
                    continue
            elif ((trunked and number[-1] != "0" and bare) or not _may_end_first(number, rules)) and not (
                text[end + 1 : end + 2].isdigit()
            ):
                continue
        if _is_beside(text, start, end, method == "words"):
            return True
    return False


_BETWEEN = frozenset(" -.()/[]\t")
_NEXT_WORD = late(r"[^\w\n]{1,3}([^\W\d_]{2,12})(?![^\W_])")


def _goes_on(text: str, end: int) -> bool:
    """Whether a digit word stands behind a number in words, of which the first ones alone were read."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and (digit := folded(word[1])) in word_roles.ONE_DIGIT and digit != "no"


def _may_end_first(number: str, rules: Dialing) -> bool:
    """Whether a number can begin with the last digits of one."""
    last = number[-4:]
    known = _first.get(rules.region + last)
    return _can_begin(last, rules) if known is None else known


_first: dict[str, bool] = {}
"""Whether a number of a region, which comes first, can begin with the last of four digits, as far as met."""
_MOST_FIRST = 20_000


def _can_begin(last: str, rules: Dialing) -> bool:
    digits = last[::-1]
    may_be = not rules.trunked or digits[0] == "0" or rules.region not in WITH_TRUNK
    head = rules.heads.get(digits[:2].encode(), "")
    if head in ("d", "t"):
        may_be = may_be and plans.reached(rules.start, digits[head == "t" :].encode()) > 0
    return keep(_first, rules.region + last, may_be, _MOST_FIRST)


def goes_on_plainly(text: str, end: int) -> bool:
    """Whether no remark can begin behind a number that ends at `end`."""
    behind = text[end : end + _SOON]
    return behind[:1] in _NO_REMARK or (behind[:1] == " " and behind[1:2].isalpha() and "(" not in behind)


_NO_REMARK = frozenset(["", ".", "\n", "!", "?"])
_SOON = 12
"""Characters in which a remark begins, a last word and a plus sign in words before it."""


def _is_beside(text: str, start: int, end: int, in_words: bool) -> bool:
    """Whether a word of another order stands near before a number or in a remark behind it."""
    if _is_named(text[start - _NEAR if start > _NEAR else 0 : start]):
        return True
    if goes_on_plainly(text, end):
        return False
    if not in_words:
        remark = _BEHIND.match(text, end)
        if remark is None:
            return False
        end = remark.end()
    return _is_named(text[end : end + _NEAR])


def _is_named(near: str) -> bool:
    """Whether what stands near a number says that it is told backwards."""
    lowered = _lowered(near)
    return may_say(lowered.split()) and _marks().search(lowered) is not None


def may_say(words: list[str]) -> bool:
    """Whether one of some words may be of a mark: few are, and most are known."""
    return not _silent.issuperset(words) and any([word not in _silent and _may_be_of_mark(word) for word in words])  # noqa: C419


_silent: set[str] = set()
"""Words met that hold none of `_longest_words`."""
_MOST_SILENT = 20_000


@cache
def _longest_words() -> re.Pattern[str]:
    """Of each mark its longest word, which a text that has the mark has in one of its own."""
    return re.compile(lexicon.branches(lexicon.longest_words(lexicon.REVERSED_NUMBERS)))


def _may_be_of_mark(word: str) -> bool:
    if _longest_words().search(word) is not None:
        return True
    if len(_silent) >= _MOST_SILENT:
        _silent.clear()
    _silent.add(word)
    return False


def turned(text: str, encoded: bytes, found: Sequence[Hit], rules: Dialing) -> list[Hit]:
    """The numbers told backwards in the place of some that were found, with a phrase that says so right beside."""
    digits = [hit[:2] for hit in found if hit[3] != "words"]
    words = [hit[:2] for hit in found if hit[3] == "words"]
    runs = [
        run
        for own in (_digit_runs(text) if digits else (), _word_runs(text, encoded) if words else ())
        for run in own
        if _is_told(text, run.start, run.end)
    ]
    if not any([meets(sorted(digits + words), run.start, run.end) for run in runs]):  # noqa: C419 -- sooner
        return []
    return phones_only(text, [hit for run in runs for hit in numbers_of(run, text, rules)], rules)


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether a phrase right before or behind a number says that it is told backwards."""
    before = _CUT.split(_lowered(text[max(0, start - 2 * _NEAR) : start]))[-1]
    last = None
    for mark in _marks().finditer(before):
        last = mark
    if last is not None and _LEADS.fullmatch(before, last.end()) is not None:
        return True
    sign = _plus_behind().match(text, end)
    remark = _BEHIND.match(text, end if sign is None else sign.end())
    if remark is None:
        return False
    behind = _REMARK_ENDS.split(_lowered(text[remark.end() : remark.end() + _NEAR]))[0]
    return _marks().search(behind) is not None
