"""The compiled numbering plans (data/numbering.json, by assembly/reference/numbering.py): what is valid, how dialed.

Equal to the field library's parse and validity test, without importing it; tests prove that on random numbers.
"""

from __future__ import annotations

import base64
import re
import sys
import zlib
from array import array
from collections import Counter
from copy import copy
from functools import cache
from typing import Any, NamedTuple

from minerva.identifiers.kept import keep
from minerva.identifiers.tables import table

_DATA = table("numbering")
_MAIN: dict[str, str] = _DATA["main"]
_RULES: dict[str, dict[str, Any]] = _DATA["regions"]
REGIONS = frozenset(name for name in _RULES if len(name) == 2)
VERSION: str = _DATA["version"]
_LONGEST_NATIONAL = 17
_SHORTEST_NATIONAL = 2


def _next_states() -> list[int]:
    """The automaton as one flat list: entry `state + code of the digit` is the next state, scaled to be used so."""
    flat = zlib.decompress(base64.b64decode(_DATA["states"]))
    rows = array("H", flat)
    if sys.byteorder == "big":
        rows.byteswap()
    # Digits have the codes 48 to 57, so 48 unused entries stand in front and a state is ten times its row. Entries of
    # one state are one object: numbers stay within few cache lines.
    states = range(0, len(rows), 10)
    return [0] * 48 + list(map(list(states).__getitem__, rows))


NEXT = _next_states()
ROOT: int = _DATA["root"] * 10
VALID = frozenset(row * 10 for row, flag in enumerate(_DATA["valid"]) if flag == "1")


class Rules(NamedTuple):
    """How numbers of one region are dialed. Lengths count national digits; local ones leave out the area code."""

    country: str
    international: re.Pattern[str] | None
    national: re.Pattern[str] | None
    transform: str
    trunk: str
    general: re.Pattern[str] | None
    lengths: frozenset[int]
    local: frozenset[int]


@cache
def rules_of(region: str) -> Rules:
    """The rules of a member of REGIONS, or of `001/<country code>` for plans that belong to no country."""
    raw = _RULES[region]

    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(raw[name]) if name in raw else None

    return Rules(
        str(raw["country"]),
        pattern("international"),
        pattern("national"),
        re.sub(r"\$(\d)", r"\\\1", raw.get("transform", "")),
        raw.get("trunk", ""),
        pattern("general"),
        frozenset(raw.get("lengths", ())),
        frozenset(raw.get("local", ())),
    )


class Dialing:
    """What reading dialed digits of one region takes at full speed: see `dialed`.

    `heads` tells by the first two digits how a number may begin (assembly/reference/numbering.py); `start` is the state
    that the country code leads to; `alone`: no other region shares the country code; `trunked`: 0 is the trunk prefix;
    `lengths`: digit counts a number without a 0 in front is written with, trunk prefix or country code included;
    `rules` names the full rules; `from_abroad`: 00 and nothing else is dialed before a country code. `open` keeps of
    first digits that were met, `reach` many, with how many digits in all every number that begins so is valid, and how
    many of them are no part of it.
    """

    # Slots are read sooner than the fields of a named tuple.
    __slots__ = (
        "alone", "country", "from_abroad", "heads", "lead", "lengths", "open", "reach", "region", "rules", "start",
        "trunked"
    )  # fmt: skip

    def __init__(
        self,
        region: str,
        country: str,
        start: int,
        heads: dict[bytes, str],
        *,
        alone: bool,
        trunked: bool,
        lengths: frozenset[int],
        from_abroad: bool,
    ) -> None:
        self.region = self.rules = region
        self.country = country
        self.lead = "+" + country
        self.start = start
        self.heads = heads
        self.alone = alone
        self.trunked = trunked
        self.lengths = lengths
        self.from_abroad = from_abroad
        self.open: dict[bytes, tuple[int, int]] = {}
        self.reach = 5 if trunked else 4

    def without_region(self) -> Dialing:
        """The same for texts of no known region: 00 is an international prefix whatever this region's own is."""
        rules = copy(self)
        rules.region = ""
        rules.heads, rules.from_abroad, rules.open = {**self.heads, b"00": "x"}, True, {}
        return rules


_SHARING = Counter(str(rules["country"]) for rules in _RULES.values())
_PAIRS = tuple(b"%02d" % number for number in range(100))
SLOW = ""
"""Answer of `dialed` for digits that only the full rules can read."""


@cache
def dialing(region: str) -> Dialing:
    """The quick rules of a region or of `001/<country code>`."""
    raw = _RULES[region]
    country = str(raw["country"])
    state = ROOT
    for code in country.encode("ascii"):
        state = NEXT[state + code]
    shared = _SHARING[country] > 1
    heads = dict(zip(_PAIRS, raw["heads"]))
    national, before = raw.get("lengths", ()), (0, len(raw.get("trunk", "")), len(country))
    lengths = frozenset(count + more for count in national for more in before)
    from_abroad = raw.get("international") == "00"
    trunked = heads[b"01"] == "t"
    return Dialing(
        region, country, state, heads, alone=not shared, trunked=trunked, lengths=lengths, from_abroad=from_abroad
    )


def dialed(digits: bytes, rules: Dialing) -> str | None:
    """The E.164 number that 7 to 17 digits (ASCII) dialed in a region are, None if no valid one, or SLOW.

    Equal to `international` and `is_valid` where it does not answer SLOW: a national number that begins with nothing
    that could be a prefix stands as it is, and of one digit that can only be the trunk prefix, what follows is read.
    """
    first = digits[: rules.reach]
    count, cut = known = rules.open.get(first, NOT_MET)
    if count == len(digits):
        return rules.lead + digits[cut:].decode()
    head = rules.heads[digits[:2]]
    if head == "d":
        rest = digits
    elif head == "t" or (digits[0] == 49 and rules.country == "1" and len(digits) == 11):
        rest = digits[1:]
    elif rules.from_abroad and digits[:2] == b"00":
        return after_plus(digits[2:])
    else:
        return SLOW
    state = rules.start
    following = NEXT
    for code in rest:
        state = following[state + code]
    if state in VALID and (head != "t" or rules.alone or is_cut(digits, rules)):
        if known is NOT_MET and (head != "t" or rules.alone):
            cut = len(digits) - len(rest)
            is_open = _is_open(reached(rules.start, first[cut:]), len(digits) - rules.reach)
            keep(rules.open, first, (len(digits) if is_open else 0, cut), _MOST_OPEN)
        return rules.lead + rest.decode()
    return None if head == "d" else SLOW


def reached(state: int, digits: bytes) -> int:
    """The state behind some digits (ASCII), 0 where no number goes on so."""
    for code in digits:
        state = NEXT[state + code]
    return state


NOT_MET = (0, 0)
"""What Dialing.open has of first digits that were not met."""
_MOST_OPEN = 20_000


@cache
def _is_open(state: int, more: int) -> bool:
    """Whether so many more digits, whichever they are, lead from a state to a valid number."""
    if not (state and more):
        return state in VALID
    return all([_is_open(NEXT[state + code], more - 1) for code in b"0123456789"])  # noqa: C419 -- half the time


def is_cut(digits: bytes, dialing: Dialing) -> bool:
    """Whether the trunk prefix is no part of the number in a region that shares its country code: another region's
    numbers are valid too, but this one's rules say what is cut off."""
    rules = rules_of(dialing.rules)
    count = len(digits) - 1
    return count in rules.lengths and count not in rules.local and not _is_general(digits.decode(), rules)


def after_plus(digits: bytes) -> str | None:
    """The E.164 number that 7 to 17 digits (ASCII) behind a plus sign are, or SLOW (as `dialed`)."""
    first = digits[:_REACH_ABROAD]
    count = _open_abroad.get(first)
    if count == len(digits):
        return "+" + digits.decode()
    state = ROOT
    following = NEXT
    for code in digits:
        state = following[state + code]
    if state not in VALID:
        return SLOW
    for length in (1, 2, 3):
        heads = MAIN_HEADS.get(digits[:length])
        if heads is not None:
            head = heads[int(digits[length : length + 2])]
            if head != "d" and head != "n":
                return SLOW
            if count is None:
                is_open = _is_open(reached(ROOT, first), len(digits) - _REACH_ABROAD)
                keep(_open_abroad, first, len(digits) if is_open else 0, _MOST_OPEN)
            return "+" + digits.decode()
    return SLOW


_open_abroad: dict[bytes, int] = {}
_REACH_ABROAD = 5
"""As Dialing.open and Dialing.reach; a country code and what `heads` tells of are within."""


MAIN_HEADS: dict[bytes, str] = {country.encode(): _RULES[region]["heads"] for country, region in _MAIN.items()}


def is_valid(digits: str) -> bool:
    """Whether ASCII digits, country code first, are a number of some plan."""
    state = ROOT
    for code in digits.encode("ascii"):
        state = NEXT[state + code]
        if not state:
            return False
    return state in VALID


def international(digits: str, plus: bool, region: str | None) -> str | None:
    """Country code and national number of dialed digits, valid or not; None where the plans cannot read them.

    With `plus` the digits start with the country code; otherwise they are dialed in `region`, a member of REGIONS.
    """
    if plus:
        split = _split(digits)
        if split is not None:
            return _national(*split, _main_rules(split[0]))
    if region is None:
        return None
    rules = rules_of(region)
    prefix = rules.international.match(digits) if rules.international is not None else None
    if prefix is not None and digits[prefix.end() : prefix.end() + 1] != "0":
        split = _split(digits[prefix.end() :])
        return None if split is None else _national(*split, _main_rules(split[0]))
    if digits.startswith(rules.country):
        rest = _without_trunk(digits[len(rules.country) :], rules)
        if (not _is_general(digits, rules) and _is_general(rest, rules)) or _is_too_long(len(digits), rules):
            # The library reads on with the plan of the code's main region.
            return _national(rules.country, rest, _main_rules(rules.country))
    # Digits behind a plus sign that no country code starts are not read as national ones.
    return None if plus else _national(rules.country, digits, rules)


def _main_rules(country: str) -> Rules:
    return rules_of(_MAIN[country])


def _split(digits: str) -> tuple[str, str] | None:
    """(country code, rest); no country code starts another one."""
    if len(digits) <= _SHORTEST_NATIONAL:
        return None
    for length in (1, 2, 3):
        if digits[:length] in _MAIN:
            return digits[:length], digits[length:]
    return None


def _national(country: str, digits: str, rules: Rules) -> str | None:
    if len(digits) < _SHORTEST_NATIONAL:
        return None
    rest = _without_trunk(digits, rules)
    count = len(rest)
    # Digits are only cut off if what is left has a possible length, or more.
    if count not in rules.local and (count in rules.lengths or _is_too_long(count, rules)):
        digits = rest
    return country + digits if _SHORTEST_NATIONAL <= len(digits) <= _LONGEST_NATIONAL else None


def _is_too_long(count: int, rules: Rules) -> bool:
    return count not in rules.local and count > max(rules.lengths)


def _is_general(digits: str, rules: Rules) -> bool:
    return rules.general is not None and rules.general.fullmatch(digits) is not None


def _without_trunk(digits: str, rules: Rules) -> str:
    """`digits` without national prefix and carrier code, rewritten where the plan says so."""
    match = rules.national.match(digits) if rules.national is not None and digits else None
    if match is None:
        return digits
    groups = match.groups()
    # A plan may rewrite digits without capturing any: then the library cuts the prefix off.
    rewritten = bool(rules.transform) and bool(groups) and groups[-1] is not None
    rest = (match.expand(rules.transform) if rewritten else "") + digits[match.end() :]
    return digits if _is_general(digits, rules) and not _is_general(rest, rules) else rest
