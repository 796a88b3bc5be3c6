"""Sketches of texts: 64 pairs of signs of a min-hash, which tell near-duplicates and give no text away.

A sketch is `<size><128 signs>`. size: `s` for a text of some twenty words, `l` for a longer one. Two signs are one bin
(12 bits) of the signature.
"""

from __future__ import annotations

from minerva.text.normal import normal_text
from minerva.text.signature import BINS, shingles, signature

LEAST_SHINGLES, LONG_SHINGLES = 18, 38
"""Runs of three words that a text needs to be compared at all (twenty words), and to count as a long one."""
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SKETCH_SIGNS = 1 + 2 * BINS
_PAIRS = [one + other for one in SIGNS for other in SIGNS]


def text_sketch(text: str) -> str:
    """Returns the sketch of a text, "" for one too short to be compared. Linear."""
    runs = shingles(normal_text(text))
    bins = signature(runs) if len(runs) >= LEAST_SHINGLES else None
    return size_sign(len(runs)) + "".join([_PAIRS[value & 4095] for value in bins]) if bins else ""


def size_sign(runs: int) -> str:
    """Returns how the sketch of a text of so many runs of three words begins."""
    return "l" if runs >= LONG_SHINGLES else "s"
