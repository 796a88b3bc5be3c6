"""Numbers with remarks between their groups, any words, behind a word or picture that announces a phone: in signs that
are alike (`813 ...HOLA... 555 ...SOLO SERIOS... 0168`, `832 (leave msg) 555 (call) 0199`, `416-RING-ME-555-NOW-0107`)
or between blanks alone (`720 LEAVE MSG 555 TEXT 0181`). What is found so is a guess.

Linear in the text: each group belongs to one row, and remarks are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from minerva.identifiers import announced, id_labels, joined_parts, numbering
from minerva.identifiers.group_rows import Read, leftmost, longest_first
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES, Hit, Token, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_parts")
_UNITS = frozenset([*_DATA["units"], *_DATA["measures"]]) - {"a", "o", "or", "to", "by", "u", "in", "x", "no"}
_PLAIN, _BRACKETS, _DOTS, _DASHES, _BLANKS, _LINES = range(6)
"""A gap of signs alone, and what stands around the remark in another."""
_REMARK = r"[^0-9\n()$\u20ac\u00a3\u00a5%@/]{1,32}"
_GAPS = (
    (_PLAIN, re.compile(r"[ .\-]{1,2}")),
    (_BRACKETS, re.compile(rf" ?[(\[{{]{_REMARK}[)\]}}] ?")),
    (_DOTS, re.compile(rf" ?(?:\.{{2,4}}|\u2026) ?{_REMARK}?[^0-9. ] ?(?:\.{{2,4}}|\u2026) ?")),
    (_DASHES, re.compile(rf" ?- ?[^\W\d_](?:{_REMARK}(?<![-/]))? ?- ?")),
    (_LINES, re.compile(r" ?\n[^\w\n$\u20ac\u00a3\u00a5%@]{1,14}|\s?\n_{1,14}")),
    (_BLANKS, re.compile(r" [^\W\d_][^0-9\n()$\u20ac\u00a3\u00a5%@/.,:;\-]{1,26}[^ ] ")),
)
_GROUP = late("[0-9]+")
_WORD = late(r"[^\W\d_]+")
_CONFIDENCE = 0.6
# Digits first, so that the search skips to them.
_IN_SHAPE = re.compile(rb"999 (?<![9$]999 )[a ?!']{2,80} 999 [a ?!']{2,80} 9999(?!9)")
_IN_DOTS = late(rb"9 ?\.{2,4} ?a[^9\n]{1,90}\.{2,4} ?9")


def may_hold(kinds: bytes) -> bool:
    """Whether remarks without brackets and dashes may stand between groups of a text, by phone_shapes.KINDS."""
    find = kinds.find
    return (find(b"999 a") >= 0 and find(b" 9999") >= 0 and _IN_SHAPE.search(kinds) is not None) or (
        find(b"..") >= 0 and _IN_DOTS.search(kinds) is not None
    )


def may_hold_any(kinds: bytes) -> bool:
    """The same of remarks of all sorts."""
    return may_hold(kinds) or any(pattern.search(kinds) for pattern in _IN_ANY)


_IN_BLANKS = late(rb"999 [a ?!']{2,80} 9{3,7} [a ?!']{2,80} 999")
_IN_LINES = late(rb"\n[^9a\n]{1,14}9{1,7} ?\n[^9a\n]{1,14}9")
_IN_BRACKETS = late(rb"9 ?[(\[{][^9()\n]{1,90}[)\]}] ?9{1,7} ?[(\[{]")
_IN_DASHES = late(rb"9 ?- ?a[a '?!\-]{0,90}- ?9{1,7} ?- ?a")
_IN_ANY = (_IN_LINES, _IN_BRACKETS, _IN_DASHES, _IN_BLANKS)


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are written so."""
    found: list[Hit] = []
    for row, kinds in _rows(text):
        found += leftmost(len(row), partial(_number_at, row, kinds, text, rules, len(found) > 0))
    return found


def _rows(text: str) -> Iterator[tuple[list[Token], list[int]]]:
    """Rows of groups, remarks between two at least, with what stands in each gap."""
    row: list[Token] = []
    kinds: list[int] = []
    for group in _GROUP.finditer(text):
        start, end = group.span()
        if row:
            kind = _kind(text[row[-1].end : start])
            if kind < 0:
                if len(kinds) - kinds.count(_PLAIN) > 1:
                    yield row, kinds
                row, kinds = [], []
            else:
                kinds.append(kind)
        row.append(Token(group[0], start, end, text[start - 1 : start] == "+"))
    if len(kinds) - kinds.count(_PLAIN) > 1:
        yield row, kinds


@lru_cache(maxsize=4096)
def _kind(gap: str) -> int:
    """What stands around the remark of a gap, -1 where no number goes on."""
    if len(gap) > _WIDEST:
        return -1
    for kind, pattern in _GAPS:
        if pattern.fullmatch(gap) is not None:
            measured = kind > _PLAIN and not _UNITS.isdisjoint(_WORD.findall(gap.lower())[:1])
            return -1 if measured else kind
    return -1


_WIDEST = 46


def _number_at(row: list[Token], kinds: list[int], text: str, rules: Dialing, again: bool, first: int) -> Read:
    """The longest number that begins with a group of a row, and the place behind its last one; `again`: one was found
    before, and who tells one number so tells the next in the same way."""
    start = row[first].start
    if start and (text[start - 1].isalnum() or text[start - 1] in "$\u20ac\u00a3\u00a5\u20b9#@/"):
        return None
    is_told: bool | None = None
    for last in longest_first(row, first):
        tokens, between = row[first:last], kinds[first : last - 1]
        remarks = {kind for kind in between if kind != _PLAIN}
        if len(remarks) != 1 or len(between) - between.count(_PLAIN) < 2 or between[-1] == _PLAIN == between[0]:
            continue
        sizes = [len(token.digits) for token in tokens]
        in_shape = rules.country == NORTH_AMERICA and sizes in NORTH_AMERICAN_SHAPES
        if not (in_shape or _may_be_abroad(tokens, remarks, rules)):
            continue
        behind = text[tokens[-1].end : tokens[-1].end + 1]
        digits = "".join([token.digits for token in tokens])
        if (
            behind.isalpha()
            or joined_parts.is_measured(text, tokens[-1].end)
            or not numbering.read(digits.encode(), tokens[0].plus, rules)
        ):
            continue
        if is_told is None:
            is_told = (again and digits[0] == "0") or _is_told(text, start)
        if (is_told or (_BLANKS not in remarks and text[:start].endswith((":", ": ")))) and (
            not id_labels.follows_id(text, start)
        ):
            found = whole_of(tokens, text, rules)
            if found:
                begin, end, number, method, _ = found[0]
                return (begin, end, number, method, _CONFIDENCE), last
    return None


def _may_be_abroad(tokens: list[Token], remarks: set[int], rules: Dialing) -> bool:
    """Whether groups are those of a number outside North America: signs around the remarks, and groups of two digits
    and more."""
    if rules.country == NORTH_AMERICA and not tokens[0].plus:
        return False
    least = min([len(token.digits) for token in tokens])
    return least > 2 and tokens[0].digits[0] == "0" if _BLANKS in remarks else least > 1


_ANNOUNCING = announced.WORDS.union(_DATA["announcing"])
_NEAR, _MOST_BEFORE = 32, 3


def _is_told(text: str, start: int) -> bool:
    """Whether a word close before a number, of the same line, or a picture right before it announces a phone."""
    if announced.is_pictured(text, start):
        return True
    before = text[max(0, start - _NEAR) : start].rstrip("\n ->*\u2022_:")
    if announced.is_pictured(before, len(before)):
        return True
    words = _WORD.findall(before.rpartition("\n")[2].lower())
    return not _ANNOUNCING.isdisjoint(words[-_MOST_BEFORE:])
