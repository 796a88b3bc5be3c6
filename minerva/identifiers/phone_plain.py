"""Phones written in digits with plain separators: one search for candidates, a quick verdict on most of them.

A candidate whose shape and surroundings leave no doubt is looked up in the numbering plan at once; every other one is
read with care (phone_doubtful). The quick verdict only ever says what the careful reading would say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import (
    id_labels,
    number_labels,
    numbering,
    other_numbers,
    phone_context,
    phone_shapes,
    phone_tokens,
)
from minerva.identifiers.late import late
from minerva.identifiers.phone_doubtful import PLAIN_AFTER, Doubtful, Span, date_at, may_follow
from minerva.identifiers.phone_shapes import BLANKS, FEWEST, KINDS, SEPARATORS
from minerva.identifiers.phone_tokens import NO_EXTENSION, Hit
from minerva.identifiers.plans import NOT_MET, Dialing, after_plus, dialed
from minerva.identifiers.shared_beginnings import with_others

_seen = re.compile(rb"9[9 \-.()/\[\]\t]{5,}9").search
"""Digits and separators (by KINDS) from digit to digit, as far as they go; fewer than seven digits are no candidate."""
_CANDIDATE = late(rb"9(?=[9 \-.()/\[\]\t]{6})9*(?:[ \-.()/\[\]\t]{1,4}9+)*")
"""The same with gaps of up to four separators."""
_SAME_SEVEN = tuple(b"%d" % digit * 7 for digit in range(10))
quick_verdicts = True
"""Tests switch this off to compare both readings."""


Scanned = tuple[list[Hit], list[Span], list[Span], bool, bytes]
"""The numbers found; the spans that need no other reading, of the numbers, of dates and of single groups; those of the
dates alone, in which no hidden number has a part; whether other_numbers.phones_only is known to keep each number;
the text by phone_shapes.KINDS behind three blanks (of a given candidate only that)."""


def scan(
    text: str,
    rules: Dialing,
    encoded: bytes | None = None,
    candidate: Span | None = None,
    others: _Others | None = None,
) -> Scanned:
    """What the text holds in digits with plain separators.

    `encoded` is the text in UTF-8, if it is at hand. `candidate` is a span of digits with gaps of up to four
    separators, to read no other; `others` reads what needs another look, as it does in the text around, and has the
    lists to which all is added.
    """
    chars = 0
    if candidate is None:
        data = text.encode("utf-8", "surrogatepass") if encoded is None else encoded
        # Blanks stand for what is before the text.
        kinds = BLANKS + data.translate(KINDS)
        wide = not text.isascii()
    else:
        chars, reach = candidate
        data = text[chars:reach].encode()
        kinds = window_of(text, chars, data)
        wide = True
    # Searches one by one are sooner than `finditer`.
    match = _seen(kinds)
    if match is None:
        return [], [], [], True, kinds
    hits: list[Hit] = []
    spans: list[Span] = []
    dates: list[Span] = []
    if others is not None:
        hits, spans, dates = others.found
    lengths, trunked = rules.lengths, rules.trunked
    are_phones = True
    while match is not None:
        begin, end = match.span()
        at = begin - 3
        window = kinds[at:end]
        way, count, plus, alone, wider, in_row = _way_of(window) or phone_shapes.judged(window)
        match = _seen(kinds, end)
        if wide:
            # Counted in characters: none before it is written alike, as that would be a candidate too.
            written = data[at : end - 3]
            start = text.find(written.decode(), chars)
            end += start - begin
            chars = end
        else:
            start = at
            end -= 3
            written = data[start:end]
        if (way == _QUICK or (way == _NO_STAMP and written[0] == 48)) and quick_verdicts:
            after = text[end : end + 4]
            follows = _known_after(after)
            if follows is None:
                follows = phone_shapes.nothing_follows(after)
            behind = end
            if not follows and window[2] == _BRACKET and _closes(written, after):
                follows, behind, are_phones = 1, end + 1, False
            if follows:
                code = written if alone else written.translate(None, SEPARATORS)
                number = None
                if plus:
                    number = after_plus(code)
                    if not number:
                        number = numbering.read_on(number, code, True, rules)
                elif not trunked or code[0] == 48 or written.find(b" 0") < 0:
                    if count in lengths or code[0] == 48:
                        # As `dialed` begins, without a call for most.
                        known, cut = rules.open.get(code[: rules.reach], NOT_MET)
                        if known == count:
                            number = rules.lead + code[cut:].decode()
                        else:
                            number = dialed(code, rules)
                            if not number:
                                number = numbering.read_on(number, code, False, rules)
                    if number is None and alone and window[2] in b" \n(":
                        # One group that no plan knows: reading it with care gives nothing else, but behind a sign
                        # that hides numbers it may be the last one of more.
                        if after[:1] in PLAIN_AFTER and window[1] != _HIDING:
                            spans.append((start, end))
                        continue
                if number:
                    if (code[-1] != code[-7] or not code.endswith(_SAME_SEVEN)) and (
                        not alone or window[2] == 43 or not id_labels.follows_id(text, start)
                    ):
                        spans.append((start, end))
                        confidence = 0.98 if plus else 0.8 if not rules.region else 0.9 if alone else 0.95
                        start -= wider
                        hits.append((start, behind, number, "digits", confidence))
                        if (
                            in_row
                            or follows == _MAY_BE_FILE
                            or (
                                may_be_label(text[start - 4 if start > 4 else 0 : start])
                                and not text.endswith(says_phone, 0, start)
                            )
                            or (not plus and rules.region in _WITH_TRUNK and ord(number[len(rules.lead)]) == code[0])
                        ):
                            are_phones = False
                        continue
                elif not alone and behind == end and after[:1] != ",":
                    parts = _by_groups(text, start, code, written, plus, rules)
                    if parts is not None:
                        if parts:
                            are_phones = False
                            hits += parts
                            spans.append((start, end))
                        continue
            elif not (plus or alone) and holds_none(written, rules):
                continue
        if way == _DATE and (date := date_at(text, start, end)) is not None:
            dates.append(date)
            spans.append(date)
        elif way != _TOO_FEW:
            if others is None:
                others = _Others(text, rules, (hits, spans, dates))
            if others.read(way, start, end, written):
                are_phones = False
    return hits, spans, dates, are_phones, kinds


class _Others:
    """The candidates of one text that need another look, each by its way; what they hold is added to the lists of
    `scan`, which are `found`."""

    __slots__ = ("_doubtful", "_rules", "_text", "_web", "found")

    def __init__(self, text: str, rules: Dialing, found: tuple[list[Hit], list[Span], list[Span]]) -> None:
        self._text, self._rules, self.found = text, rules, found
        self._doubtful: Doubtful | None = None
        self._web: list[Span] | None = None

    def read(self, way: int, start: int, end: int, written: bytes) -> bool:
        """Whether other_numbers.phones_only must be asked of what was found."""
        text, rules = self._text, self._rules
        hits, spans, dates = self.found
        if way == _WIDE:
            are_phones = True
            for piece in _CANDIDATE.finditer(written.translate(KINDS)):
                candidate = start + piece.start(), start + piece.end()
                are_phones &= scan(text, rules, None, candidate, self)[3]
            return not are_phones
        if not quick_verdicts:
            pass
        elif way == _GLUED:
            parts = self._behind_letter(start, end, written)
            if parts is not None:
                if parts:
                    hits += parts
                    spans.append((start, end))
                return len(parts) > 0
        elif way == _IN_WEB:
            if text[end : end + 1] in PLAIN_AFTER and not may_follow(text, start):
                spans.append((start, end))
                return False
        elif way == _ZIP and phone_context.ZIP_OR_SSN.match(text, start, end + 3) is not None:
            return False
        if self._doubtful is None:
            self._doubtful = Doubtful(text, rules, quick_verdicts)
        known = len(hits)
        self._doubtful.read(start, end, hits, spans, dates)
        return len(hits) > known

    def _behind_letter(self, start: int, end: int, written: bytes) -> list[Hit] | None:
        """`_by_groups` of groups right behind a letter."""
        if holds_none(written, self._rules):
            return []
        text = self._text
        letter = text[start - 1]
        after = text[end : end + 4]
        if (
            letter.isalpha()
            and not phone_context.is_unspaced(letter)
            and phone_shapes.ends_before(after)
            and after[:1] != ","
            and not phone_context.glued_before(text, start)
        ):
            if self._web is None:
                self._web = phone_context.web_spans(text)
            if not self._web:
                code = written.translate(None, SEPARATORS)
                return _by_groups(text, start, code, written, False, self._rules, False)
        return None


_MAY_BE_FILE = 2
may_be_label, says_phone = number_labels.may_be_label, number_labels.SAYS_PHONE
_WITH_TRUNK = other_numbers.WITH_TRUNK
_TOO_FEW, _DATE, _IN_WEB = phone_shapes.TOO_FEW, phone_shapes.DATE, phone_shapes.IN_WEB
_QUICK, _WIDE, _GLUED, _ZIP = phone_shapes.QUICK, phone_shapes.WIDE, phone_shapes.GLUED, phone_shapes.ZIP
_NO_STAMP = phone_shapes.NO_STAMP
_way_of, _known_after = phone_shapes.ways.get, phone_shapes.after.get
_BRACKET, _HIDING = 40, phone_shapes.HIDING


def _closes(written: bytes, after: str) -> bool:
    """Whether a bracket closes behind a candidate that one opens before, and nothing follows."""
    return after[:1] == ")" and after[1:3] in NO_EXTENSION and written.count(b"(") >= written.count(b")")


def window_of(text: str, start: int, written: bytes) -> bytes:
    """The window (phone_shapes) of the candidate `written` that stands at `start`."""
    before = BLANKS + text[start - 3 if start > 3 else 0 : start].encode("utf-8", "surrogatepass")
    return (before[-3:] + written).translate(KINDS)


_Read = tuple[int, int, int]
"""The last group of what may be a number, where its digits end among all digits, where among all characters."""
_Group = tuple[int, int, tuple[_Read, ...], tuple[_Read, ...]]
"""Where a group's digits begin among all digits, where among all characters, and what may be a number that begins with
it, the longest first: by its digits, and where they begin with a 0."""


@lru_cache(maxsize=4096)
def _groups(shape: bytes, lengths: frozenset[int], may_start: bool) -> tuple[tuple[_Group, ...], bool] | None:
    """The groups of a shape with blanks, dashes, dots, slashes and round brackets alone between, and whether it has
    brackets; None for any other. `lengths` and `may_start` as for `_by_groups`."""
    if shape.translate(None, b"9 -./()") or _SENTENCE.search(shape) is not None:
        return None
    places: list[tuple[int, int, int, int, bool]] = []
    digits = last = 0
    for match in _NINES.finditer(shape):
        first, behind = match.span()
        gap = shape[last:first]
        # No number begins behind a dot or slash, but behind a slash that follows a digit.
        is_start = gap != b"." and (gap == b"/" or not gap.endswith(b"/")) and (may_start or first > 0)
        places.append((digits, digits + behind - first, first, behind, is_start))
        digits, last = digits + behind - first, behind
    if any(end - begin in phone_shapes.STAMP_LENGTHS for begin, end, *_ in places):
        return None
    groups: list[_Group] = []
    for index, (begin, _, first, _, is_start) in enumerate(places):
        reads = [
            (stop, end, reach)
            for stop, (_, end, _, reach, _) in enumerate(places[index : index + numbering.MAX_DIGITS], index)
            if is_start and FEWEST <= end - begin <= numbering.MAX_DIGITS
        ][::-1]
        groups.append((begin, first, tuple([read for read in reads if read[1] - begin in lengths]), tuple(reads)))
    return tuple(groups), b"(" in shape or b")" in shape


def holds_none(written: bytes, rules: Dialing) -> bool:
    """Whether no neighboring groups of a candidate of way QUICK or GLUED, without a plus sign before, have as many
    digits as a number can have: what is behind it is no matter then."""
    told = _groups(written.translate(phone_shapes.SHAPE), rules.lengths, True)
    if told is None:
        return False
    groups = [group for group in told[0] if group[3]]
    return not any([of_length or written[first] == 48 for _, first, of_length, _ in groups])  # noqa: C419 -- sooner


_SENTENCE = late(rb"9\. [^9]{0,2}9[^9]+9(?!9)")
"""A sentence that ends before digits that stand alone."""
_NINES = late(b"9+")


def _by_groups(
    text: str, start: int, code: bytes, written: bytes, plus: bool, rules: Dialing, may_start: bool = True
) -> list[Hit] | None:
    """What `Doubtful.read` finds in groups of digits (`code` all digits, `written` with the signs between) that are no
    number as a whole and that nothing follows, sooner; None where it must be asked. `may_start`: whether a number may
    begin with the first."""
    told = _groups(written.translate(phone_shapes.SHAPE), rules.lengths, may_start)
    two_before = text[start - 2 : start - 1] if start > 1 else " "
    if told is None or (two_before not in " \n" if plus else two_before in "$€£¥"):
        return None
    groups, in_brackets = told
    if rules.trunked and (
        (code[0] != 48 and not plus and code[groups[1][0]] == 48 and groups[1][0] < 4) or written.find(b". 0") >= 0
    ):
        return None
    hits: list[Hit] = []
    index, last = 0, len(groups) - 1
    while index <= last:
        begin, first, of_length, of_any = groups[index]
        own_plus = plus and not index
        for stop, behind, end in of_any if own_plus or code[begin] == 48 else of_length:
            digits = code[begin:behind]
            if (digits[-1] != digits[-7] or not digits.endswith(_SAME_SEVEN)) and (
                stop > index or own_plus or not id_labels.follows_id(text, start + first)
            ):
                number = numbering.read(digits, own_plus, rules)
                if number is not None:
                    end += start
                    extended = end if stop < last else phone_tokens.extended(text, end)
                    span = (
                        phone_tokens.widen(text, start + first, end, extended, own_plus)
                        if in_brackets
                        else (start + first - own_plus, extended)
                    )
                    confidence = phone_tokens.assess("digits", own_plus, bool(rules.region), stop == index)
                    hits.append((*span, number, "digits", confidence))
                    index = stop
                    break
        index += 1
    return with_others(text, hits) if hits and b"/" in written else hits
