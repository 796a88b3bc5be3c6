"""Numbers told in parts behind a word that announces them, with nothing but joining words between the parts: `my number
is 360 and 555 and 5306`, `ring 07400 followed by 263 263`, `text 0491 lol 570 lol 156`.

Linear in the text: from each place where a number can begin only as many groups are looked at as one can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from minerva.identifiers import announced, digit_stretches, numbering, word_roles
from minerva.identifiers.group_rows import Read, groups_at, leftmost, longest_first
from minerva.identifiers.late import late
from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_shapes import FULL, kinds_of
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES, Hit, Token, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_parts")
_FIRM = frozenset([*_DATA["joins"], *_DATA["markers"], *_DATA["endearments"]])
"""Words that join parts even where they stand once."""
_FIRM_FORMS = word_roles.forms_of(_FIRM)
_LINKS = frozenset(_DATA["links"])
_JOINING = _FIRM | _LINKS
_BESIDE = _JOINING | frozenset(_DATA["others"])
"""All that may stand in a gap beside a joining word."""
_ANNOUNCING = announced.WORDS.union(_DATA["announcing"])
_BRIDGES = frozenset(_DATA["bridges"])
_MOST_BEFORE, _MOST_BRIDGES = 60, 6
_GROUP = late("[0-9]+")
_WORD = late(r"[^\W\d_]+")
_PLAIN = late(r"(?!\. )[ .,\-()]{0,3}")
_second = re.compile(rb"99(?<=[a).,] 99)").search
"""What a part but the first begins with, by KINDS, behind a letter or a sign of _LAST and a blank."""
_LAST = frozenset(").,")
_NO_GAP = frozenset("\n$€£¥₹%@#+=<>/&")
_SENTENCE_ENDS = (". ", "! ", "? ")
_LONGEST_GAP = 30
_WIDEST = 52
"""Bytes of such a gap, a few of its letters beyond ASCII."""
_PRICED = frozenset("$€£¥₹#")
_UNIT = late(rf" ?(?:[%€$£¥₹°/:]|(?:{'|'.join(_DATA['units'])})(?![^\W_]))", re.IGNORECASE)


def is_measured(text: str, end: int) -> bool:
    """Whether a currency or unit follows a group of digits that ends at `end`."""
    return _UNIT.match(text, end) is not None


def may_hold(encoded: bytes, kinds: bytes | None = None) -> bool:
    """Whether nothing but joining words stands between two groups of digits of a text (UTF-8); `kinds` as
    phone_plain.scan gives it, if that is at hand."""
    if kinds is None:
        kinds = kinds_of(encoded)
    match = _second(kinds)
    while match is not None:
        at = match.start()
        before = kinds.rfind(b"9", at - _WIDEST if at > _WIDEST else 0, at)
        # A byte stands three places before its kind.
        if before >= 0 and _joins(encoded[before - 2 : at - 3]):
            return True
        match = _second(kinds, at + 2)
    return False


def says_more(encoded: bytes) -> bool:
    """Whether a word that joins parts firmly is in a text (UTF-8): a quicker question than may_hold's, where another
    number is found already."""
    return not _FIRM_FORMS.isdisjoint(digit_stretches.words_of(encoded)[1])


@lru_cache(maxsize=4096)
def _joins(gap: bytes) -> bool:
    """Whether joining words alone stand in a gap between two groups."""
    return _joint(gap.decode("utf-8", "replace")) > 0


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are told so."""
    found: list[Hit] = []
    for row, joints in _rows(text):
        found += leftmost(len(row), partial(_number_at, row, joints, text, rules))
    return found


def _rows(text: str) -> Iterator[tuple[list[Token], list[int]]]:
    """Rows of groups with plain signs or joining words between, words in one gap at least, each with how the gap before
    it joins: 0 with signs, 1 with links, 2 with firm words."""
    row: list[Span] = []
    joints: list[int] = []
    for group in _GROUP.finditer(text):
        place = group.span()
        joint = 0
        if row:
            gap = text[row[-1][1] : place[0]]
            joint = 0 if _PLAIN.fullmatch(gap) is not None else _joint(gap) or -1
            if joint < 0:
                if any(joints):
                    yield groups_at(text, row), joints
                row, joints, joint = [], [], 0
        row.append(place)
        joints.append(joint)
    if any(joints):
        yield groups_at(text, row), joints


@lru_cache(maxsize=4096)
def _joint(gap: str) -> int:
    """2 if words of a gap join two parts firmly, 1 if only links do, 0 if there are others or none."""
    if len(gap) > _LONGEST_GAP or not _NO_GAP.isdisjoint(gap) or gap.startswith(_SENTENCE_ENDS):
        return 0
    sign = gap[-2:-1]
    if gap[-1:] != " " or not (sign.isalpha() or sign in _LAST or sign > "\x7f"):
        return 0
    words = frozenset(_WORD.findall(gap.lower()))
    if _JOINING.isdisjoint(words) or not _BESIDE.issuperset(words):
        return 0
    return 1 if _FIRM.isdisjoint(words) else 2


def _number_at(row: list[Token], joints: list[int], text: str, rules: Dialing, first: int) -> Read:
    """The longest number told in parts that begins with a token of a row, and the place behind its last one."""
    if first and not joints[first]:
        return None
    ends = list(longest_first(row, first))
    if not ends or not any(joints[first + 1 : ends[0]]):
        return None
    is_announced = _is_announced(text, row[first].start)
    for last in ends:
        tokens = row[first:last]
        if (
            (last == len(row) or joints[last])
            and (is_announced or _is_told_in_order(tokens, joints[first:last], text, rules))
            and _are_parts(tokens, joints[first:last], rules)
            and not is_measured(text, tokens[-1].end)
            and numbering.read("".join([token.digits for token in tokens]).encode(), tokens[0].plus, rules)
        ):
            found = whole_of(tokens, text, rules)
            if found and not (_ends_in_hour(tokens, text) and whole_of(tokens[:-1], text, rules)):
                return found[0], last
    return None


def _ends_in_hour(tokens: list[Token], text: str) -> bool:
    """Whether the last group may be an hour: `dopo le 18`."""
    *_, before, hour = tokens
    return len(hour.digits) < 3 and not _HOURS.isdisjoint(_WORD.findall(text[before.end : hour.start].lower()))


_HOURS = frozenset(_DATA["hours"])


def _are_parts(tokens: list[Token], joints: list[int], rules: Dialing) -> bool:
    """Whether groups, joined so, are parts as numbers of the region have them."""
    parts: list[str] = []
    for token, joint in zip(tokens, joints):
        if parts and not joint:
            parts[-1] += token.digits
        else:
            parts.append(token.digits)
    if len(parts) < 2 or all(part.endswith("00") for part in parts):
        return False
    if len(tokens) == FULL and all(len(token.digits) == 1 for token in tokens):
        # `4 and 4 and 3, 5 and 5 and 5, 0 and 1 and 6 and 5`
        return True
    is_firm = max(joints[1:]) > 1
    sizes = list(map(len, parts))
    if rules.country == NORTH_AMERICA and not tokens[0].plus:
        return sizes in NORTH_AMERICAN_SHAPES or sizes == [3, 7] or (is_firm and sizes in ([6, 4], [1, 10]))
    if tokens[0].plus and sizes == [1, 3, 3, 4]:
        return True
    if min(sizes) < 2:
        return False
    return is_firm or len(parts) > 2 or tokens[0].plus or parts[0][0] == "0"


def _is_told_in_order(tokens: list[Token], joints: list[int], text: str, rules: Dialing) -> bool:
    """Whether firm words stand in each gap, two at least, of groups that begin like no other number."""
    if len(tokens) < _FEWEST_IN_ORDER or min(joints[1:]) < _FIRMLY or tokens[-1].digits.endswith("00"):
        return False
    start = tokens[0].start
    if text[start - 1 : start] in _PRICED and start:
        return False
    sizes = [len(token.digits) for token in tokens]
    if rules.country == NORTH_AMERICA:
        return sizes in NORTH_AMERICAN_SHAPES
    return (tokens[0].plus or tokens[0].digits[0] == "0") and min(sizes) > 1


_FEWEST_IN_ORDER, _FIRMLY = 3, 2


def _is_announced(text: str, start: int) -> bool:
    """Whether a word before a number announces it, with nothing but bridges between."""
    before = text[max(0, start - _MOST_BEFORE) : start]
    if before[-1:] in _PRICED:
        return False
    digits = list(_GROUP.finditer(before))
    if digits:
        before = before[digits[-1].end() :]
    for word in reversed(_WORD.findall(before.lower())[-_MOST_BRIDGES:]):
        if word in _ANNOUNCING:
            return True
        if word not in _BRIDGES:
            return False
    return False
