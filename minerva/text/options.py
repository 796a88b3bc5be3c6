"""The settings of near-duplicate grouping, with what they were measured against. No logic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """bands x rows of the signature's bins: a pair is looked at when one band is equal in both texts.
    least_agreement: share of equal bins at which a pair is kept (an estimate of Jaccard similarity). At 0.36 templates
    with six changed slots, moved blocks and cut ends are found at recall 0.995 (0.979 at 0.42) with no false pair.
    doubtful_agreement: from here up to least_agreement, the words in order decide.
    few_shingles: below this many shingles the estimate is too coarse: exact similarity or the words in order decide,
    and short_bands x short_rows bring more pairs to look at, since each change touches a larger share of a short text.
    least_in_order, least_words: share of the longer text's words that both hold in the same order, at which a pair is
    kept, and the words that both need for it.
    """

    bands: int = 21
    rows: int = 3
    least_agreement: float = 0.36
    doubtful_agreement: float = 0.2
    few_shingles: int = 32
    short_bands: int = 32
    short_rows: int = 2
    least_in_order: float = 0.7
    least_words: int = 8


DEFAULT = Options()
