"""The numbering plans as arrays: many numbers at once against the automaton and the quick rules of dialing (plans.py).

Says what `plans.dialed` and `plans.after_plus` say, or leaves the number to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from minerva.identifiers import numbering, other_numbers, plans

Array = Any
WIDTH = numbering.MAX_DIGITS + 1
NO_DIGIT = 10
"""Stands behind the last digit of a number, in rows of WIDTH."""
_STEP = 11
_FULL_RULES, _ABROAD = 4, 3


class Dialings(NamedTuple):
    """Quick rules of some regions, one row of each array for one region."""

    rules: Sequence[plans.Dialing]
    start: Array
    cut: Array
    """By the first two digits how many are cut off before the automaton reads on: _ABROAD for the 00 before a country
    code, _FULL_RULES where only the full rules can tell."""
    lengths: Array
    """By the count of digits (all above the longest are one) whether a number without a 0 in front can have them."""
    trunked: Array
    is_one: Array
    """Whether the country code is 1."""
    shared: Array
    """Whether another country shares the code, which is not 1."""
    bare: Array
    """Whether bare digits without the trunk prefix are no phone (other_numbers.WITH_TRUNK)."""
    hinted: Array
    """Whether it is a region at all."""


@lru_cache(maxsize=64)
def dialings(regions: tuple[str, ...]) -> Dialings:
    """The rules of regions (codes of numbering.region_code, empty for none), in this order."""
    known = [numbering.dialing(region or None) for region in regions]
    return Dialings(
        known,
        np.array([each.start // 10 * _STEP for each in known], np.int32),
        np.array([_cut(each) for each in known], np.int8),
        np.array([[count in each.lengths for count in range(WIDTH + 1)] for each in known]),
        np.array([each.trunked for each in known]),
        np.array([each.country == "1" for each in known]),
        np.array([not each.alone and each.country != "1" for each in known]),
        np.array([each.region in other_numbers.WITH_TRUNK for each in known]),
        np.array([each.region != "" for each in known]),
    )


def _cut(rules: plans.Dialing) -> list[int]:
    known = [{"d": 0, "t": 1}.get(rules.heads[b"%02d" % pair], _FULL_RULES) for pair in range(100)]
    if rules.from_abroad and known[0] == _FULL_RULES:
        known[0] = _ABROAD
    return known


class _Automaton(NamedTuple):
    following: Array
    """By state + digit the next state; a state is its row times _STEP, and NO_DIGIT keeps it."""
    valid: Array
    root: int
    code_length: Array
    """By the first three digits behind a plus sign how long the country code is."""
    certain: Array
    """By the same and the two digits behind the country code whether these leave no doubt."""


@cache
def _automaton() -> _Automaton:
    rows = np.array(plans.NEXT[48:], np.int32).reshape(-1, 10) // 10 * _STEP
    following = np.hstack([rows, np.arange(len(rows), dtype=np.int32)[:, None] * _STEP]).ravel()
    valid = np.zeros(len(rows), bool)
    valid[[state // 10 for state in plans.VALID]] = True
    length = np.zeros(1000, np.int8)
    certain = np.zeros((1000, 100), bool)
    for country, heads in plans.MAIN_HEADS.items():
        first = int(country) * 10 ** (3 - len(country))
        with_country = slice(first, first + 10 ** (3 - len(country)))
        length[with_country] = len(country)
        certain[with_country] = [head in "dn" for head in heads]
    return _Automaton(following, valid, plans.ROOT // 10 * _STEP, length, certain)


class Read(NamedTuple):
    """What the plans say of some numbers, one entry of each array for one of them."""

    is_number: Array
    """Whether it surely is a number; else plans.py must be asked."""
    is_unknown: Array
    """Whether it would be one, read as quickly, if a plan knew it."""
    no_length: Array
    """Whether no number of the region has so many digits."""
    cut: Array
    """How many of its first digits are no part of the number."""
    is_abroad: Array
    """Whether what is left begins with a country code."""


def read(digits: Array, counts: Array, plus: Array, inner_zero: Array, rules: Dialings, region: Array) -> Read:
    """Reads numbers of seven digits or more: rows of WIDTH `digits` (NO_DIGIT behind the last), `counts` of them,
    whether a `plus` sign is before them and whether an `inner_zero` begins a group; `region` is each one's row of
    `rules`. Digits beyond WIDTH are not read, and then it is no number."""
    machine = _automaton()
    first, second = digits[:, 0], digits[:, 1]
    cut = rules.cut[region, first * 10 + second]
    cut[(cut == _FULL_RULES) & rules.is_one[region] & (first == 1) & (counts == 11)] = 1
    zero = first == 0
    fits = rules.lengths[region, np.minimum(counts, WIDTH)] | zero
    told = fits & (cut < _FULL_RULES) & (~rules.trunked[region] | zero | ~inner_zero)
    told |= plus
    is_abroad = plus | (cut == _ABROAD)
    cut = np.where(plus, 0, np.minimum(cut, 2))
    states = np.where(is_abroad, machine.root, rules.start[region])
    following = machine.following
    for place, column in enumerate(np.array(digits.T[: counts.max(initial=0)], np.int32, order="C")):
        further = following[states + column]
        states = further if place > 1 else np.where(cut > place, states, further)
    certain = ~is_abroad
    abroad = np.flatnonzero(is_abroad)
    certain[abroad] = _certain(digits[abroad], cut[abroad])
    told &= certain & (counts < WIDTH)
    valid = machine.valid[states // _STEP]
    return Read(told & valid, told & ~valid, ~fits, cut, is_abroad)


def _certain(digits: Array, cut: Array) -> Array:
    """Whether numbers with a country code behind the digits to `cut` off leave no doubt."""
    machine, rows, values = _automaton(), np.arange(len(digits)), digits.astype(np.intp)
    code = np.minimum(values[rows, cut] * 100 + values[rows, cut + 1] * 10 + values[rows, cut + 2], 999)
    behind = cut + machine.code_length[code]
    head = np.minimum(values[rows, behind] * 10 + values[rows, behind + 1], 99)
    certain: Array = machine.certain[code, head]
    return certain
