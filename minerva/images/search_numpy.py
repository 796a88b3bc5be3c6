"""Search of a bank with numpy: by an index up to 31 differing bits, by reading all hashes beyond. Both miss nothing.

Index: a hash is 16 slots of 16 bits. With at most 31 differing bits one slot differs in at most one, so that the rows
under a slot's value and its 16 neighbors, for each slot, hold every match (multi-index hashing; Norouzi 2012).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from minerva.images.search_plain import columns_of

Array = np.ndarray[Any, np.dtype[Any]]
INDEXED_RADIUS = 31
AVAILABLE = hasattr(np, "bitwise_count")
"""Counting bits needs numpy 2."""
_SLOTS, _VALUES = 16, 65536
_BLOCK = 32_768
_NEIGHBORS = np.concatenate(([0], 1 << np.arange(16))).astype(np.int64)


def index_starts(column: array[int], slot: int) -> bytes:
    """Of the index: where the rows of each value of a slot of a column begin, as 32-bit numbers."""
    counts = np.bincount(_values_of(column, slot), minlength=_VALUES)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.uint32).tobytes()


def index_rows(column: array[int], slot: int) -> bytes:
    """Of the index: the rows by the value of a slot of a column, as 32-bit numbers."""
    return np.argsort(_values_of(column, slot), kind="stable").astype(np.uint32).tobytes()


def _values_of(column: array[int], slot: int) -> Array:
    values: Array = np.ascontiguousarray(np.frombuffer(column, np.uint16).reshape(-1, 4)[:, slot])
    return values


def near_by_index(
    columns: Sequence[Any], starts: Any, rows: Any, queries: Sequence[int], radius: int
) -> Iterator[tuple[int, int, int]]:
    """What search_plain.near gives, for a radius up to 31."""
    words = [np.frombuffer(column, np.uint64) for column in columns]
    begins = np.frombuffer(starts, np.uint32).reshape(_SLOTS, _VALUES + 1)
    by_value = np.frombuffer(rows, np.uint32).reshape(_SLOTS, -1)
    for number, query in enumerate(queries):
        wanted = np.array(columns_of(query), np.uint64)
        values = wanted.view(np.uint16).astype(np.int64)
        parts = []
        for slot in range(_SLOTS):
            near_values = values[slot] ^ _NEIGHBORS
            first, last = begins[slot, near_values], begins[slot, near_values + 1]
            held = by_value[slot]
            parts += [held[start:end] for start, end in zip(first.tolist(), last.tolist()) if start < end]
        if parts:
            for row, bits in _within(words, np.concatenate(parts), wanted, radius):
                yield number, row, bits


def near_by_scan(columns: Sequence[Any], queries: Sequence[int], radius: int) -> Iterator[tuple[int, int, int]]:
    """What search_plain.near gives, for any radius; every hash is read once for all queries."""
    words = [np.frombuffer(column, np.uint64) for column in columns]
    wanted = [np.array(columns_of(query), np.uint64) for query in queries]
    mixed, counted = np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.uint8)
    for start in range(0, len(words[0]), _BLOCK):
        block = [word[start : start + _BLOCK] for word in words]
        size = len(block[0])
        scratch, counts = mixed[:size], counted[:size]
        for number, query in enumerate(wanted):
            # The distance of the first words never exceeds the whole. Three words have 192 bits, which 8 bits hold.
            np.bitwise_count(np.bitwise_xor(block[0], query[0], out=scratch), out=counts)
            kept = np.flatnonzero(counts <= radius)
            for word in (1, 2):
                if 4 * kept.size > size:
                    counts += np.bitwise_count(np.bitwise_xor(block[word], query[word], out=scratch))
                    kept = np.flatnonzero(counts <= radius)
            if kept.size:
                for row, bits in _within(block, kept, query, radius):
                    yield number, start + row, bits


def _within(words: Sequence[Array], rows: Array, query: Array, radius: int) -> Iterator[tuple[int, int]]:
    """The rows within the radius and their distances; a row that is given several times is answered once."""
    bits = np.zeros(len(rows), np.uint16)
    for word, wanted in zip(words, query):
        bits = bits + np.bitwise_count(word[rows] ^ wanted)
        kept = bits <= radius
        rows, bits = rows[kept], bits[kept]
    rows, first = np.unique(rows, return_index=True)
    return zip(rows.tolist(), bits[first].tolist())
