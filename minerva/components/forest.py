"""Which of many edges, in order of rank, join what was apart: the spanning forest that union-find finds one by one.

numpy's own way to the same edges (Boruvka 1926): each component takes its best edge, all at once, until none is left.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minerva.components.with_numpy import components_numpy

Array = Any


def forest_numpy(size: int, first: Array, second: Array) -> tuple[Array, Array]:
    """Returns (places of the edges that join, ascending; the smallest place of each one's component).

    Edges stand in order of rank, the best first; the answer is that of `union` called on each in turn.
    """
    labels = np.arange(size, dtype=np.int64)
    rank = np.flatnonzero(first != second)
    one, other = first[rank].astype(np.int64), second[rank].astype(np.int64)
    picked = [np.empty(0, np.int64)]
    while len(rank):
        best = np.full(size, len(first), dtype=np.int64)
        np.minimum.at(best, one, rank)
        np.minimum.at(best, other, rank)
        chosen = np.zeros(len(first), bool)
        chosen[best[best < len(first)]] = True
        chosen = np.flatnonzero(chosen)
        picked.append(chosen)
        at = np.searchsorted(rank, chosen)
        merged = components_numpy(size, one[at], other[at])
        labels = merged[labels]
        one, other = merged.take(one), merged.take(other)
        left = np.flatnonzero(one != other)
        rank, one, other = rank.take(left), one.take(left), other.take(left)
    return np.sort(np.concatenate(picked)), labels
