"""The slow parts of `held` where numpy is at hand: rows widened, rows turned into columns; the same answer.

Here and in the other files of this kind `take` stands where many places are asked for in no order: an index in brackets
costs twice as much there, and one of booleans in no order four times (numpy 2.4).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any


def view(numbers: array[int]) -> Array:
    """Returns an array of 64-bit numbers as numpy sees it, without a copy."""
    return np.frombuffer(numbers, dtype=np.int64) if len(numbers) else np.empty(0, np.int64)


def filled(numbers: Array) -> array[int]:
    """Returns numbers of numpy as an `array`."""
    made = array("q")
    made.frombytes(np.ascontiguousarray(numbers, dtype=np.int64).view(np.uint8).data)
    return made


def widened(
    flat: array[int], bounds: array[int], column: Sequence[int], base: int
) -> tuple[array[int], array[int], int]:
    """See `held.widened`."""
    more = np.asarray(column, dtype=np.int64)
    chosen = more >= 0
    ends = view(bounds)[1:]
    wide = np.insert(view(flat), ends[chosen], more[chosen] + base)
    edges = view(bounds) + np.concatenate([np.zeros(1, np.int64), np.cumsum(chosen)])
    return filled(wide), filled(edges), int(more.max(initial=-1)) + 1


def distinct(numbers: Array) -> Array:
    """Returns the different numbers, ascending. `np.unique` fills a hash table since numpy 2.3: slow."""
    found = np.sort(numbers)
    return found[np.concatenate([np.ones(min(1, len(found)), bool), found[1:] != found[:-1]])]


def transposed(flat: array[int], bounds: array[int], size: int) -> tuple[array[int], array[int]]:
    """See `held.transposed`."""
    numbers, edges = view(flat), view(bounds)
    positions = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    order = np.argsort(numbers, kind="stable")
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(numbers, minlength=size))])
    return filled(positions.take(order)), filled(starts[: size + 1])


def kinds_numpy(flat: array[int], bounds: array[int], kinds: bytearray) -> bytearray:
    """See `people.contact_kinds`. flat, bounds: as of `Held`; kinds: number -> bits."""
    bits, edges = np.frombuffer(bytes(kinds), np.uint8)[view(flat)], view(bounds)
    found = np.zeros(len(edges) - 1, np.uint8)
    some = np.flatnonzero(np.diff(edges))
    if len(some):
        found[some] = np.bitwise_or.reduceat(bits, edges[some])
    return bytearray(found.tobytes())
