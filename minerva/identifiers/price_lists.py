"""Lists of prices of which some lack a currency: `1 Std. 65 Euro, 1,5 Std. 90`, `hh 100 hr 160 qv 80`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.price_terms import AMOUNT, COUNT, NO_LETTER, SLANG, number, unit_of
from minerva.identifiers.spans import meets


class Stated(NamedTuple):
    """A price in a text, by where it stands."""

    start: int
    end: int
    value: str
    confidence: float


_END = r"(?![0-9]|[.,][0-9]| ?(?:%|km|kg|cm|min\b|m\b|m2)|[^\W_])"
_UNIT_FIRST = late(rf"(?<![\w.,])(?P<unit>{COUNT}{NO_LETTER}\.?)[ :=\-]{{1,3}}(?P<amount>{AMOUNT}){_END}")
_AMOUNT_FIRST = late(
    rf"(?<![\w.,])(?P<amount>{AMOUNT})(?: ?/ ?| (?:for|per|por|pour|für|za|x) )(?P<unit>{COUNT}{NO_LETTER}\.?)"
)
_BETWEEN = late(r"(?:[ \n,;/|+\u2022\u00b7\-]|and |und |y |et |e |i |u\. |or |oder |o |ou ){0,6}")
_SLANG = late(
    rf"(?<![\w$.,:/+\-])(?:(?P<first>{alternation(list(SLANG))}) ?[:=\-]? ?(?P<behind>[0-9]{{2,4}})"
    r"|(?P<before>[0-9]{2,4}) ?/? ?(?P<last>hh|hr|hour|half|h|qv|qk))(?![\w%/])"
)
_LEAST, _MOST = 30, 3_000


def others_of_lists(folded: str, stated: Sequence[Stated], own: str | None, region: str | None) -> list[Stated]:
    """The prices of a text beside those `stated`: pairs of a duration and an amount in a row with one, which have its
    currency, and rows of slang for durations, which have the region's `own`."""
    spans = [each[:2] for each in stated]
    row: list[Stated | _Pair] = [*stated]
    for pattern in (_UNIT_FIRST, _AMOUNT_FIRST):
        for match in pattern.finditer(folded):
            unit = unit_of(match["unit"].rstrip("."), region)
            if unit and not meets(spans, *match.span()):
                row.append(_Pair(*match.span(), number(match["amount"]), unit))
        spans = sorted([(each.start, each.end) for each in row])
    found: list[Stated] = []
    if len(row) > len(stated):
        row.sort(key=lambda each: each.start)
        found = _with_currency(folded, row)
        row.reverse()
        found += _with_currency(folded, row)
    if own is not None and not stated:
        found += _in_slang(folded, own)
    return found


class _Pair(NamedTuple):
    """An amount of no currency for a unit."""

    start: int
    end: int
    amount: str
    unit: str


def _with_currency(folded: str, row: list[Stated | _Pair]) -> list[Stated]:
    """The pairs of a row that stand right beside a price or such a pair before them in it, which get its currency. In
    `row` the price stands in their place then."""
    found: list[Stated] = []
    for at in range(1, len(row)):
        one, before = row[at], row[at - 1]
        if isinstance(one, _Pair) and isinstance(before, Stated):
            first, last = sorted([(one.start, one.end), (before.start, before.end)])
            if _BETWEEN.fullmatch(folded, first[1], last[0]) is not None:
                price = Stated(one.start, one.end, f"{before.value[:3]} {one.amount} / {one.unit}", 0.8)
                row[at] = price
                found.append(price)
    return found


def _in_slang(folded: str, own: str) -> list[Stated]:
    """Rows of at least two pairs of slang for a duration and an amount, one of which is no common word."""
    row: list[re.Match[str]] = []
    found: list[Stated] = []
    for match in _SLANG.finditer(folded):
        if row and not _BETWEEN.fullmatch(folded, row[-1].end(), match.start()):
            found += _row_of(row, own)
            row = []
        row.append(match)
    return found + _row_of(row, own)


_TELLING = frozenset(["hh", "qv", "qk"])


def _row_of(row: list[re.Match[str]], own: str) -> list[Stated]:
    units = [match["first"] or match["last"] for match in row]
    amounts = [int(match["behind"] or match["before"]) for match in row]
    if len(row) < 2 or _TELLING.isdisjoint(units):
        return []
    if not all(_LEAST <= each <= _MOST and each % 5 == 0 for each in amounts):
        return []
    return [
        Stated(match.start(), match.end(), f"{own} {amount} / {SLANG[unit]}", 0.6)
        for match, unit, amount in zip(row, units, amounts)
    ]
