"""The first look at identifiers of `hubs.sort_out` where numpy is at hand: agreement of all at once, the same answer.

Records of an identifier are grouped by what else they share: a graph of (identifier, record) and (identifier, other
identifier held by that record) has these groups as its components.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from minerva.components import DisjointSets
from minerva.components.with_numpy import components_numpy

Array = Any

_PAIRS = 1_000_000
"""(record, other identifier) pairs in memory at once."""


def sort_out_numpy(
    holders: Mapping[str, Sequence[int]], held: Sequence[Sequence[str]], least: int, most: int, agreement: float
) -> tuple[DisjointSets, list[str]]:
    """See `hubs.sort_out`."""
    values = list(holders)
    degrees = np.fromiter(map(len, holders.values()), dtype=np.int64, count=len(values))
    records = np.fromiter(chain.from_iterable(holders.values()), dtype=np.int64, count=int(degrees.sum()))
    starts = np.cumsum(degrees) - degrees
    doubtful = degrees > max(most, least - 1)
    tested = np.flatnonzero((degrees >= least) & ~doubtful)
    if len(tested):
        others, bounds, shared = _held_numbers(values, held)
        for chosen in _chunks(tested, starts, degrees, records, bounds):
            doubtful[chosen] = _agreements(chosen, starts, degrees, records, others, bounds, shared) < agreement
    firm = ~doubtful & (degrees > 0)
    joined = np.repeat(firm, degrees)
    heads = np.repeat(records[np.minimum(starts, max(0, len(records) - 1))], degrees) if len(records) else records
    sets = DisjointSets(0)
    sets.parent = components_numpy(len(held), heads[joined], records[joined]).tolist()
    return sets, [values[number] for number in np.flatnonzero(doubtful).tolist()]


def _held_numbers(values: Sequence[str], held: Sequence[Sequence[str]]) -> tuple[Array, Array, Array]:
    """Returns (what each record holds as numbers, where its part starts, which numbers two records hold at least).

    The numbers of `values` come first, in order.
    """
    numbers = {value: number for number, value in enumerate(values)}
    lengths = np.fromiter(map(len, held), dtype=np.int64, count=len(held))
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    found = (numbers.setdefault(value, len(numbers)) for value in chain.from_iterable(held))
    others = np.fromiter(found, dtype=np.int64, count=int(bounds[-1]))
    return others, bounds, np.bincount(others, minlength=len(numbers)) > 1


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
    keys, links = np.unique(owner[place] * len(shared) + other, return_inverse=True)
    labels = components_numpy(len(owner) + len(keys), place, links + len(owner))[: len(owner)]
    sizes = np.bincount(labels, minlength=len(owner))
    pairs = np.zeros(len(chosen), dtype=np.int64)
    np.add.at(pairs, owner, sizes * (sizes - 1))
    return pairs / (degrees[chosen] * (degrees[chosen] - 1))


def _expanded(starts: Array, lengths: Array, flat: Array) -> tuple[Array, Array]:
    """Returns (which part, item) of all items of the parts flat[start : start + length]."""
    part = np.repeat(np.arange(len(starts)), lengths)
    offset = np.arange(len(part)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return part, flat[starts[part] + offset]
