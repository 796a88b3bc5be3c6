"""How far two 256-bit hashes are apart, and what that says: in plain Python, so that it works everywhere."""

from __future__ import annotations

import re
from typing import Union

from minerva.images.errors import HashError

_HASH = re.compile(r"[0-9a-fA-F]{64}")
SAME, LIKELY, POSSIBLE = "same", "likely", "possible: look"
TIERS = ((31, SAME), (50, LIKELY), (70, POSSIBLE))
"""Up to so many differing bits -> what is said."""
WIDEST = TIERS[-1][0]
LEAST_QUALITY = 50
"""PDQ of plainer pictures says little (ThreatExchange: not to be used)."""

FEWEST_SET = 64
"""Bits that a hash of a picture has of each value; black, white and one-colored pictures give all zeros."""


def parse_hash(text: str) -> int:
    """A hash from 64 hexadecimal digits. Raises HashError."""
    if not _HASH.fullmatch(text):
        raise HashError(f"not a hash of 64 hexadecimal digits ({len(text)} characters)")
    return int(text, 16)


def is_plain(value: int) -> bool:
    """Whether a hash is one of a plain picture: PDQ sets half of its bits, and few where there is nothing to see."""
    return not FEWEST_SET <= bin(value).count("1") <= 256 - FEWEST_SET


def distance(first: int, second: int) -> int:
    """The number of differing bits, 0 to 256."""
    return bin(first ^ second).count("1")


def tier(bits: int, quality: Union[int, None] = None) -> str:
    """What a distance says: same, likely, possible: look, or nothing ("").

    `quality` is the lower one of the two pictures, where it is known: below 50 nothing is said.
    """
    if quality is not None and quality < LEAST_QUALITY:
        return ""
    return next((name for most, name in TIERS if bits <= most), "")
