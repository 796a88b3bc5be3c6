"""The first look at identifiers of `hubs.sort_out` where numpy is at hand: agreement of all at once, the same answer.

Records of an identifier are grouped by what else they share: a graph of (identifier, record), those linked that hold
one other identifier, has these groups as its components.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minerva.components.with_numpy import components_numpy
from minerva.linking.held import Held
from minerva.linking.held_numpy import view
from minerva.linking.hubs import Firm

Array = Any

_PAIRS = 200_000
"""(record, other identifier) pairs in memory at once; a million cost a third more, in pages touched first."""


def sort_out_numpy(
    held: Held, least: int, most: int, agreement: float, apart: frozenset[int] = frozenset()
) -> tuple[Firm, list[int]]:
    """See `hubs.sort_out`."""
    records, all_starts = view(held.records), view(held.starts)
    starts, degrees = all_starts[:-1], np.diff(all_starts)
    doubtful = degrees > max(most, least - 1)
    doubtful[np.fromiter(apart, dtype=np.int64, count=len(apart))] = True
    tested = np.flatnonzero((degrees >= least) & ~doubtful)
    if len(tested):
        others, bounds = view(held.flat), view(held.bounds)
        shared = np.bincount(others, minlength=len(held.values) + held.company) > 1
        for chosen in _chunks(tested, starts, degrees, records, bounds):
            doubtful[chosen] = _agreements(chosen, starts, degrees, records, others, bounds, shared) < agreement
    firm = ~doubtful & (degrees > 0)
    joined = np.repeat(firm, degrees)
    heads = np.repeat(records[np.minimum(starts, max(0, len(records) - 1))], degrees) if len(records) else records
    labels = components_numpy(len(held.bounds) - 1, heads[joined], records[joined])
    sets = Firm(0)
    sets.parent = labels.tolist()
    sets.company = bytearray((np.bincount(labels, minlength=len(labels))[labels] > 1).astype(np.uint8).tobytes())
    return sets, np.flatnonzero(doubtful).tolist()


def _chunks(tested: Array, starts: Array, degrees: Array, records: Array, bounds: Array) -> Iterator[Array]:
    """Yields the identifiers in parts whose expansion fits in memory."""
    widths = np.concatenate([np.zeros(1, np.int64), np.cumsum((bounds[1:] - bounds[:-1])[records])])
    sizes = np.cumsum(widths[starts[tested] + degrees[tested]] - widths[starts[tested]])
    edges = np.searchsorted(sizes, np.arange(_PAIRS, int(sizes[-1]) + _PAIRS, _PAIRS), side="right")
    at = 0
    for end in [*edges.tolist(), len(tested)]:
        end = max(end, at + 1) if at < len(tested) else at
        if end > at:
            yield tested[at:end]
            at = end


def _agreements(
    chosen: Array, starts: Array, degrees: Array, records: Array, others: Array, bounds: Array, shared: Array
) -> Array:
    """Returns for each chosen identifier the share of its record pairs that stand in one group."""
    owner, record = _expanded(starts[chosen], degrees[chosen], records)
    place, other = _expanded(bounds[record], bounds[record + 1] - bounds[record], others)
    kept = shared[other] & (other != chosen[owner[place]])
    place, other = place[kept], other[kept]
    keys = owner[place] * len(shared) + other
    order = np.argsort(keys)
    keys, place = keys[order], place[order]
    same = keys[1:] == keys[:-1]
    labels = components_numpy(len(owner), place[:-1][same], place[1:][same])
    sizes = np.bincount(labels, minlength=len(owner))
    pairs = np.zeros(len(chosen), dtype=np.int64)
    np.add.at(pairs, owner, sizes * (sizes - 1))
    return pairs / (degrees[chosen] * (degrees[chosen] - 1))


def _expanded(starts: Array, lengths: Array, flat: Array) -> tuple[Array, Array]:
    """Returns (which part, item) of all items of the parts flat[start : start + length]."""
    part = np.repeat(np.arange(len(starts)), lengths)
    offset = np.arange(len(part)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return part, flat[starts[part] + offset]
