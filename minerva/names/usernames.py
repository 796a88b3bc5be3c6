"""Whether two different user names may be one person's: what they share, weighed against chance and contradiction.

A weak lead by nature. Shared characters count by how surprising they are; parts that only one of the two has count
little (people add digits and affixes), parts that each has on its own count against. Another given name, trade or place
in the place of the first one's contradicts, whatever they share (username_clash).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from minerva.names.username_affixes import NONE, Affixes
from minerva.names.username_clash import contradiction
from minerva.names.username_parts import account_of, meant, readings

LONGEST = 64  # characters compared; platforms allow 30 to 64
SHORTEST_BLOCK = 2
VOWELS_TOO = 1.3  # what a shared stretch of consonants is worth, with the vowels that may stand between
# Log-odds of the start and of each feature: round values near the best of a grid over the odd lines of
# benchmarks/cases/usernames.csv (benchmarks/username_pairs.py scores the even ones).
WEIGHTS = (-1.8, 0.3, -0.2, -0.04, 0.4, 1.0)
_DIGITS = re.compile(r"\d{2,}")
_VOWELS = re.compile(r"[aeiou\d]")
USERNAME_THRESHOLD = 0.5
CONTRADICTED = 0.3  # what is left of the score, however rare what they share


@dataclass(frozen=True)
class UsernameComparison:
    """score: 0 to 1; shared: the stretches both hold, longest first; bits: how surprising they are together."""

    score: float
    shared: tuple[str, ...]
    bits: float
    why: str


@lru_cache(maxsize=65536)
def compare_usernames(a: str, b: str, among: Affixes = NONE) -> UsernameComparison:
    """Returns how likely two user names belong together; symmetric. Names equal but for case and separators score 1.

    among: what was learned from the set that both are of (username_affixes.learned).
    """
    a, b = account_of(a), account_of(b)
    best = UsernameComparison(0.0, (), 0.0, "nothing to compare")
    for one in readings(a):
        for other in readings(b):
            first, second = sorted((one[:LONGEST], other[:LONGEST]))
            found = _compared(first, second, among)
            if found.score > best.score:
                best = found
    clash = contradiction(among.bare(meant(a)), among.bare(meant(b))) if CONTRADICTED <= best.score < 1.0 else ""
    if clash:
        why = f"{best.why}; {clash} contradict"
        return UsernameComparison(round(best.score * CONTRADICTED, 4), best.shared, best.bits, why)
    return best


def _compared(one: str, other: str, among: Affixes) -> UsernameComparison:
    if one == other:
        bits = sum(among.surprise(one))
        return UsernameComparison(1.0, (one,), round(bits, 1), "equal but for case, separators or digits for letters")
    seen = features(one, other, among)
    odds = WEIGHTS[0] + sum(weight * value for weight, value in zip(WEIGHTS[1:], seen))
    parts = tuple(one[start : start + size] for start, _, size in _blocks(one, other))
    score = min(0.9999, round(1 / (1 + math.exp(-odds)), 4))
    why = "share nothing"
    if parts:
        why = f"share {', '.join(parts)} ({seen.shared:.0f} bits of surprise; {seen.clash:.0f} bits contradict)"
    return UsernameComparison(score, parts, round(seen.shared, 1), why)


class Features(NamedTuple):
    """What is weighed. shared, clash, extra: bits in both, on both sides apart, on the longer side alone; same_digits:
    1 where both hold one run of two digits or more, -1 where each holds its own; covered: 1 where the more telling half
    of the shorter name is held by both.
    """

    shared: float
    clash: float
    extra: float
    same_digits: float
    covered: float


def features(one: str, other: str, among: Affixes = NONE) -> Features:
    """Returns what is weighed of two readings."""
    own, others = among.surprise(one), among.surprise(other)
    shared = 0.0
    for start, place, size in _blocks(one, other):
        worth = min(sum(own[start : start + size]), sum(others[place : place + size]))
        shared += worth * _block_trust(size, one, other)
    shared = max(shared, VOWELS_TOO * _consonants_shared(one, other, among))
    left, right = max(0.0, sum(own) - shared), max(0.0, sum(others) - shared)
    covered = min(1.0, shared / max(1.0, min(sum(own), sum(others))))
    return Features(shared, min(left, right), abs(left - right), _digits(one, other), covered)


def _digits(one: str, other: str) -> float:
    own, others = set(_DIGITS.findall(one)), set(_DIGITS.findall(other))
    if not own or not others:
        return 0.0
    same = any(a == b or (len(a) + len(b) == 6 and (a.endswith(b) or b.endswith(a))) for a in own for b in others)
    return 1.0 if same else -1.0


def _consonants_shared(one: str, other: str, among: Affixes) -> float:
    """Returns the bits of the longest stretch of consonants in both: vowels are what people drop or write as digits."""
    own, others = _consonants(one, among), _consonants(other, among)
    size, start, place = _longest([sign for sign, _ in own], [sign for sign, _ in others])
    if size < 4:
        return 0.0
    return min(
        sum(bits for _, bits in own[start : start + size]), sum(bits for _, bits in others[place : place + size])
    )


def _consonants(reading: str, among: Affixes) -> list[tuple[str, float]]:
    return [(sign, bits) for sign, bits in zip(reading, among.surprise(reading)) if not _VOWELS.match(sign)]


def _block_trust(size: int, one: str, other: str) -> float:
    """Short stretches meet by chance: two letters almost always somewhere in two names."""
    if size >= 5 or size == min(len(one), len(other)):
        return 1.0
    return {2: 0.25, 3: 0.6, 4: 0.85}.get(size, 0.0)


def _blocks(one: str, other: str) -> list[tuple[int, int, int]]:
    """Returns (start, start, size) of common stretches in any order, longest first, none overlapping another."""
    left, right = list(one), list(other)
    found: list[tuple[int, int, int]] = []
    while True:
        size, start, place = _longest(left, right)
        if size < SHORTEST_BLOCK:
            return found
        found.append((start, place, size))
        left[start : start + size] = ["\0"] * size
        right[place : place + size] = ["\1"] * size


def _longest(left: list[str], right: list[str]) -> tuple[int, int, int]:
    """Returns (size, start, start) of the longest common stretch, the first of equals."""
    best = (0, 0, 0)
    row = [0] * (len(right) + 1)
    for start, sign in enumerate(left):
        last = 0
        for place, other in enumerate(right):
            here = row[place + 1]
            row[place + 1] = last + 1 if sign == other else 0
            if row[place + 1] > best[0]:
                best = (row[place + 1], start - row[place + 1] + 1, place - row[place + 1] + 1)
            last = here
    return best
