"""Connected components where numpy is at hand: hooking and pointer jumping (Shiloach and Vishkin 1982)."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


def components_numpy(size: int, first: Array, second: Array) -> Array:
    """Returns the label of each place 0..size-1, the smallest place of its component, as int64.

    `first` and `second` hold the two ends of each edge. Each round lowers the higher end's label to the lower one's,
    follows labels to their end, and drops edges within a component; rounds grow with the logarithm of the size.
    """
    labels: Array = np.arange(size, dtype=np.int64)
    low, high = np.minimum(first, second), np.maximum(first, second)
    while len(low):
        np.minimum.at(labels, high, low)
        while True:
            further = labels.take(labels)
            if np.array_equal(further, labels):
                break
            labels = further
        one, other = labels.take(low), labels.take(high)
        open_edges = np.flatnonzero(one != other)
        one, other = one.take(open_edges), other.take(open_edges)
        low, high = np.minimum(one, other), np.maximum(one, other)
    return labels
