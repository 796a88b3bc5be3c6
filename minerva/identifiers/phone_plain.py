"""Phones written in digits with plain separators: one search for candidates, a quick verdict on most of them.

A candidate whose shape and surroundings leave no doubt is looked up in the numbering plan at once; every other one is
read with care (phone_doubtful). The quick verdict only ever says what the careful reading would say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import numbering, other_numbers, phone_context, phone_shapes, phone_tokens
from minerva.identifiers.phone_doubtful import PLAIN_AFTER, Doubtful, Span, date_at, may_follow
from minerva.identifiers.phone_shapes import BLANKS, FEWEST, KINDS, SEPARATORS
from minerva.identifiers.phone_tokens import NO_EXTENSION, Hit
from minerva.identifiers.plans import Dialing, after_plus, dialed

_seen = re.compile(rb"9[9 \-.()/\[\]\t]{5,}9").search
"""Digits and separators (by KINDS) from digit to digit, as far as they go; fewer than seven digits are no candidate."""
_CANDIDATE = re.compile(rb"9(?=[9 \-.()/\[\]\t]{6})9*(?:[ \-.()/\[\]\t]{1,4}9+)*")
"""The same with gaps of up to four separators."""
_SAME_SEVEN = tuple(b"%d" % digit * 7 for digit in range(10))
quick_verdicts = True
"""Tests switch this off to compare both readings."""


Scanned = tuple[list[Hit], list[Span], list[Span], bool, bytes]
"""The numbers found; the spans that need no other reading, of the numbers, of dates and of single groups; those of the
dates alone, in which no hidden number has a part; whether other_numbers.phones_only is known to keep each number;
the text by phone_shapes.KINDS behind three blanks (of a given candidate only that)."""


def scan(text: str, rules: Dialing, encoded: bytes | None = None, candidate: Span | None = None) -> Scanned:
    """What the text holds in digits with plain separators.

    `encoded` is the text in UTF-8, if it is at hand. `candidate` is a span of digits with gaps of up to four
    separators, to read no other.
    """
    last = chars = 0
    if candidate is None:
        data = text.encode("utf-8", "surrogatepass") if encoded is None else encoded
        # Blanks stand for what is before the text.
        kinds = BLANKS + data.translate(KINDS)
        wide = len(data) != len(text)
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
    pieces: list[Span] = []
    doubtful: Doubtful | None = None
    web: list[Span] | None = None
    lengths = rules.lengths
    trunked = rules.trunked
    ways, ends = phone_shapes.ways, phone_shapes.after
    are_phones = True
    while True:
        if pieces:
            begin, end = pieces.pop()
        elif match is None:
            break
        else:
            begin, end = match.span()
            match = _seen(kinds, end)
        at = begin - 3
        window = kinds[at:end]
        way, count, plus, alone, wider, in_row = ways.get(window) or phone_shapes.judged(window)
        if way == _TOO_FEW:
            continue
        if wide:
            # Bytes counted as characters, each once.
            chars += len(data[last:at].decode("utf-8", "surrogatepass"))
            start, last = chars, at
            written = data[at : end - 3]
            end += start - begin
        else:
            start = at
            end -= 3
            written = data[start:end]
        parts = None
        if way == _QUICK and quick_verdicts:
            after = text[end : end + 4]
            follows = ends.get(after)
            if follows is None:
                follows = phone_shapes.nothing_follows(after)
            behind = end
            if not follows and window[2] == _BRACKET and _closes(written, after):
                follows, behind, are_phones = 1, end + 1, False
            if follows:
                code = written if alone else written.translate(None, SEPARATORS)
                number = None
                if plus:
                    number = after_plus(code) or numbering.read(code, True, rules)
                elif not trunked or code[0] == 48 or written.find(b" 0") < 0:
                    if count in lengths or code[0] == 48:
                        number = dialed(code, rules) or numbering.read(code, False, rules)
                    if number is None and alone and window[2] in b" \n(":
                        # One group that no plan knows: reading it with care gives nothing else.
                        if after[:1] in PLAIN_AFTER:
                            spans.append((start, end))
                        continue
                if (
                    number
                    and (code[-1] != code[-7] or not code.endswith(_SAME_SEVEN))
                    and (not alone or window[2] == 43 or not phone_context.follows_id(text, start))
                ):
                    spans.append((start, end))
                    confidence = 0.98 if plus else 0.8 if not rules.region else 0.9 if alone else 0.95
                    start -= wider
                    hits.append((start, behind, number, "digits", confidence))
                    if (
                        in_row
                        or follows == _MAY_BE_FILE
                        or may_be_label[text[start - 4 if start > 4 else 0 : start]]
                        or (not plus and rules.region in _WITH_TRUNK and ord(number[len(rules.lead)]) == code[0])
                    ):
                        are_phones = False
                    continue
                if not number and not alone and behind == end and after[:1] != ",":
                    parts = _by_groups(text, start, code, written, plus, rules)
        elif way == _WIDE:
            # Its pieces are next, the last of the list first.
            pieces = [piece.span() for piece in _CANDIDATE.finditer(kinds, begin, begin + end - start)][::-1]
            continue
        elif way == _GLUED and quick_verdicts:
            if (
                (letter := text[start - 1]).isalpha()
                and not phone_context.is_unspaced(letter)
                and phone_shapes.ends_before(after := text[end : end + 4])
                and after[:1] != ","
                and not phone_context.glued_before(text, start)
                and not (web := phone_context.web_spans(text) if web is None else web)
            ):
                parts = _by_groups(text, start, written.translate(None, SEPARATORS), written, False, rules, False)
        elif way == _IN_WEB and quick_verdicts:
            if text[end : end + 1] in PLAIN_AFTER and not may_follow(text, start):
                spans.append((start, end))
                continue
        elif way == _DATE:
            date = date_at(text, start, end)
            if date is not None:
                dates.append(date)
                spans.append(date)
                continue
        elif way == _ZIP and quick_verdicts and phone_context.ZIP_OR_SSN.match(text, start, end + 3) is not None:
            continue
        if parts is not None:
            if parts:
                are_phones = False
                hits += parts
                spans.append((start, end))
            continue
        if doubtful is None:
            doubtful = Doubtful(text, rules, quick_verdicts)
        doubtful.read(start, end, hits, spans, dates)
        are_phones = False
    return hits, spans, dates, are_phones, kinds


_MAY_BE_FILE = 2
may_be_label, _WITH_TRUNK = other_numbers.may_be_label, other_numbers.WITH_TRUNK
_TOO_FEW, _DATE, _IN_WEB = phone_shapes.TOO_FEW, phone_shapes.DATE, phone_shapes.IN_WEB
_QUICK, _WIDE, _GLUED, _ZIP = phone_shapes.QUICK, phone_shapes.WIDE, phone_shapes.GLUED, phone_shapes.ZIP
_BRACKET = 40


def _closes(written: bytes, after: str) -> bool:
    """Whether a bracket closes behind a candidate that one opens before, and nothing follows."""
    return after[:1] == ")" and after[1:3] in NO_EXTENSION and written.count(b"(") >= written.count(b")")


def window_of(text: str, start: int, written: bytes) -> bytes:
    """The window (phone_shapes) of the candidate `written` that stands at `start`."""
    before = BLANKS + text[start - 3 if start > 3 else 0 : start].encode("utf-8", "surrogatepass")
    return (before[-3:] + written).translate(KINDS)


_Group = tuple[int, int, int, int, bool]
"""Where a group's digits begin and end among all digits, where among all characters, and whether a number may begin."""


@lru_cache(maxsize=4096)
def _groups(shape: bytes) -> tuple[_Group, ...] | None:
    """The groups of a shape with blanks, dashes, dots and slashes alone between; None for any other."""
    if shape.translate(None, b"9 -./") or _SENTENCE.search(shape) is not None:
        return None
    groups: list[_Group] = []
    digits = last = 0
    for match in _NINES.finditer(shape):
        first, behind = match.span()
        gap = shape[last:first]
        # No number begins behind a dot or slash, but behind a slash that follows a digit.
        may_start = gap != b"." and (gap == b"/" or not gap.endswith(b"/"))
        groups.append((digits, digits + behind - first, first, behind, may_start))
        digits, last = digits + behind - first, behind
    if any(end - begin in phone_shapes.STAMP_LENGTHS for begin, end, *_ in groups):
        return None
    return tuple(groups)


_SENTENCE = re.compile(rb"9\. 9[ .\-]+9(?!9)")
"""A sentence that ends before digits that stand alone."""
_NINES = re.compile(b"9+")


def _by_groups(
    text: str, start: int, code: bytes, written: bytes, plus: bool, rules: Dialing, may_start: bool = True
) -> list[Hit] | None:
    """What `Doubtful.read` finds in groups of digits (`code` all digits, `written` with the signs between) that are no
    number as a whole and that nothing follows, sooner; None where it must be asked. `may_start`: whether a number may
    begin with the first."""
    groups = _groups(written.translate(phone_shapes.SHAPE))
    two_before = text[start - 2 : start - 1] if start > 1 else " "
    if groups is None or (two_before not in " \n" if plus else two_before in "$€£¥"):
        return None
    if rules.trunked and not plus and (
        (code[0] != 48 and code[groups[1][0]] == 48 and groups[0][1] < 4) or written.find(b". 0") >= 0
    ):
        return None
    hits: list[Hit] = []
    index, last = 0, len(groups) - 1
    while index <= last:
        begin, _, first, _, is_start = groups[index]
        own_plus = plus and not index
        lengths = None if own_plus or code[begin] == 48 else rules.lengths
        stop = last if is_start and (may_start or index) else -1
        while stop >= index:
            digits = code[begin : groups[stop][1]]
            if len(digits) < FEWEST:
                stop = -1
                break
            if (
                (lengths is None or len(digits) in lengths)
                and (digits[-1] != digits[-7] or not digits.endswith(_SAME_SEVEN))
                and (stop > index or own_plus or not phone_context.follows_id(text, start + first))
            ):
                number = numbering.read(digits, own_plus, rules)
                if number is not None:
                    end = start + groups[stop][3]
                    confidence = phone_tokens.assess("digits", own_plus, bool(rules.region), stop == index)
                    end = end if stop < last else phone_tokens.extended(text, end)
                    hits.append((start + first - own_plus, end, number, "digits", confidence))
                    break
            stop -= 1
        index = stop + 1 if stop >= index else index + 1
    return hits
