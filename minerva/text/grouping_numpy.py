"""Groups of near-duplicate texts where numpy is at hand: buckets by sorting, agreement over all pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minerva.components.with_numpy import components_numpy
from minerva.text.grouping import alike_closely, counted_alike, equal_pairs, in_order, may_count
from minerva.text.normal import normal_text
from minerva.text.options import Options
from minerva.text.signature import BINS, VALUE, WORD, shingles, signature
from minerva.text.signature_numpy import signatures

Array = Any
PAIRS_AT_ONCE = 500_000
# Odd, one for each row of a band.
_FACTORS = np.array([pow(WORD, row + 1, 1 << 64) for row in range(BINS)], np.uint64)


def group_with_numpy(texts: Sequence[str], options: Options) -> list[int]:
    """Returns what `grouping.group_plainly` returns."""
    bins, counts = signatures(texts)
    few = counts < options.few_shingles
    numbers = [_candidates(bins, np.flatnonzero(counts), options.bands, options.rows)]
    terse = np.flatnonzero(few & (counts > 0))
    _count_alike(bins, texts, terse.tolist())  # of a pair with a short text the bins decide nothing from here on
    numbers.append(_candidates(bins, terse, options.short_bands, options.short_rows))
    unique = np.concatenate(numbers)
    unique.sort()
    unique = unique[np.diff(unique, prepend=np.uint64(0)) > 0]  # no pair is (0, 0)
    pairs = np.stack([unique >> np.uint64(32), unique & np.uint64(VALUE)], axis=1).astype(np.int64)
    alike = _agreements(bins, pairs)
    same = alike >= options.least_agreement
    short = few[pairs].any(axis=1)
    doubtful = ~short & ~same & (alike >= options.doubtful_agreement)
    without = np.flatnonzero(counts == 0).tolist()
    looked_at = np.flatnonzero(short | doubtful)
    normals = {place: normal_text(texts[place]) for place in {*pairs[looked_at].ravel().tolist(), *without}}
    for number in looked_at.tolist():
        first, second = pairs[number].tolist()
        decide = alike_closely if short[number] else in_order
        same[number] = decide(normals[first], normals[second], options)
    equal = np.array(list(equal_pairs(texts, normals, without)), np.int64).reshape(-1, 2)
    kept = np.concatenate([pairs[same], equal])
    labels: list[int] = components_numpy(len(texts), kept[:, 0], kept[:, 1]).tolist()
    return labels


def _count_alike(bins: Array, texts: Sequence[str], places: Sequence[int]) -> None:
    """Writes the signatures of those texts at `places` in which a number has a unit, as `counted_alike` has them."""
    changed: dict[int, str] = {}
    for place in places:
        if not may_count(texts[place]):
            continue
        normal = normal_text(texts[place])
        counted = counted_alike(normal)
        if counted == normal:
            continue
        if counted.isascii():
            changed[place] = counted.decode()
        else:
            bins[:, place] = signature(shingles(counted))
    if changed:
        bins[:, list(changed)] = signatures(list(changed.values()))[0]


def _candidates(bins: Array, places: Array, bands: int, rows: int) -> Array:
    """Returns the neighbors in the buckets as numbers: the smaller place in the high half, the other in the low one.

    A bucket's key and the place share one number, the key above, so that one sort brings buckets together in order.
    Two buckets whose keys are equal in the bits left (40 for sixteen million texts) become one.
    """
    if not len(places):
        return np.empty(0, np.uint64)
    whole = len(places) == bins.shape[1]
    low = np.uint64((1 << max(int(places[-1]).bit_length(), 1)) - 1)
    marks = places.astype(np.uint64)
    found = []
    for start in range(0, bands * rows, rows):
        keys = np.zeros(len(places), np.uint64)
        for row, factor in zip(range(start, start + rows), _FACTORS):
            keys += (bins[row] if whole else bins[row, places]) * factor
        keys &= ~low
        keys |= marks
        keys.sort()
        same = np.flatnonzero((keys[1:] ^ keys[:-1]) <= low)
        first, second = keys[same] & low, keys[same + 1] & low
        found.append((first << np.uint64(32)) | second)
    return np.concatenate(found)


def _agreements(bins: Array, pairs: Array) -> Array:
    """Returns the share of equal bins of each pair."""
    parts = [np.empty(0)]
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        first, second = pairs[start : start + PAIRS_AT_ONCE].T
        equal = np.zeros(len(first), np.int64)
        for row in bins:
            equal += row[first] == row[second]
        parts.append(equal / len(bins))
    return np.concatenate(parts)
