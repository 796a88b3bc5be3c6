"""How common beginnings and ends of user names are in the set in hand: titles, offices, places, trades.

What many names of a population begin with tells little of who holds one: half of a parliament's accounts begin alike.
An affix is a beginning behind which names go on in many ways, or an end before which they do (as Harris 1955, "From
phoneme to morpheme", finds morphemes). Its surprise is the share of names that have it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from minerva.names.username_parts import account_of, readings, surprise

LEAST_NAMES = 30
"""Names from which shares are learned; fewer tell nothing."""
LEAST_HOLDERS, LEAST_SHARE = 5, 0.03
"""Names that have an affix: one person's several names are no population."""
LONGEST_AFFIX, LEAST_LEFT = 14, 2
LEAST_LONGER = 0.25
WAYS, WAYS_OF_FEW = 6.0, 0.7
"""In how many ways names go on behind an affix (perplexity), or in which share of the names that have it."""


@dataclass(frozen=True, eq=False)
class Affixes:
    """Bits of surprise of beginnings and of ends (each as written from left to right)."""

    before: Mapping[str, float] = field(default_factory=dict)
    behind: Mapping[str, float] = field(default_factory=dict)

    def ends_of(self, reading: str) -> tuple[int, int]:
        """How many letters of a reading are an affix at its beginning, and at its end; the longest that there are."""
        begun = _longest(reading, self.before)
        rest = reading[begun:][::-1]
        return begun, _longest(rest, self.behind, turned=True)

    def surprise(self, reading: str) -> tuple[float, ...]:
        """The bits of each character, those of affixes as common as they are."""
        begun, ended = self.ends_of(reading)
        if not begun and not ended:
            return surprise(reading)
        end = len(reading) - ended
        return (
            *_lower(surprise(reading[:begun]), self.before.get(reading[:begun], 0.0)),
            *surprise(reading[begun:end]),
            *_lower(surprise(reading[end:]), self.behind.get(reading[end:], 0.0)),
        )

    def bare(self, text: str) -> str:
        """A user name without the affixes at its ends; separators stay where they are within what is left."""
        letters = [place for place, sign in enumerate(text) if sign.isalnum()]
        begun, ended = self.ends_of("".join(text[place] for place in letters))
        if not begun and not ended:
            return text
        return text[letters[begun] : letters[len(letters) - ended - 1] + 1]


NONE = Affixes()


def learned(usernames: Iterable[str]) -> Affixes:
    """The affixes of a set of user names, NONE where there are too few. Linear, and holds little besides the set."""
    names = {found[0] for username in usernames for found in [readings(account_of(username))] if found}
    if len(names) < LEAST_NAMES:
        return NONE
    behind = _common([name[::-1] for name in names])
    return Affixes(_common(list(names)), {affix[::-1]: bits for affix, bits in behind.items()})


def _common(names: list[str]) -> dict[str, float]:
    """Beginnings that many of the names share and then leave in many ways -> bits."""
    least = max(LEAST_HOLDERS, LEAST_SHARE * len(names))
    following: dict[str, Counter[str]] = {}
    holders: dict[str, int] = {}
    alive = names
    for size in range(2, LONGEST_AFFIX + 1):
        alive = [name for name in alive if len(name) >= size + LEAST_LEFT]
        counts = Counter(name[:size] for name in alive)
        holders.update((affix, count) for affix, count in counts.items() if count >= least)
        alive = [name for name in alive if name[:size] in holders]
        for name in alive:
            following.setdefault(name[:size], Counter())[name[size]] += 1
    found: dict[str, float] = {}
    for affix in sorted(holders, key=len, reverse=True):
        # Names that go on to a longer affix are that one's: those of "senator" say nothing of how "sen" goes on.
        ways = following[affix].copy()
        for longer in [each for each in found if each.startswith(affix)]:
            ways[longer[len(affix)]] -= holders[longer]
        own = sum(max(0, count) for count in ways.values())
        if own >= LEAST_HOLDERS and _ways(ways) >= min(WAYS, WAYS_OF_FEW * own):
            found[affix] = math.log2(len(names) / holders[affix])
    # A longer affix must be a usual one of those that begin as the shorter does: "rep" and a given name are two.
    return {
        affix: bits
        for affix, bits in found.items()
        if not any(
            affix.startswith(other) and holders[affix] < LEAST_LONGER * holders[other]
            for other in found
            if other != affix
        )
    }


def _ways(counts: Counter[str]) -> float:
    """Perplexity: how many signs would be as uncertain, were they equally likely."""
    shares = [count for count in counts.values() if count > 0]
    total = sum(shares)
    return float(2 ** -sum(count / total * math.log2(count / total) for count in shares)) if total else 0.0


def _longest(text: str, affixes: Mapping[str, float], turned: bool = False) -> int:
    for size in range(min(LONGEST_AFFIX, len(text) - LEAST_LEFT), 1, -1):
        if (text[:size][::-1] if turned else text[:size]) in affixes:
            return size
    return 0


def _lower(bits: tuple[float, ...], most: float) -> list[float]:
    """The bits, together at most so many."""
    total = sum(bits)
    return [each * most / total for each in bits] if total > most else list(bits)
