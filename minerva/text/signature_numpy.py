"""The same sketches as `signature`, for many texts at once, where numpy is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from minerva.text.normal import RECORD_SEPARATOR, SPACE, normal_texts
from minerva.text.signature import (
    BIN_SHIFT,
    BINS,
    BLOCK,
    EMPTY,
    FILL,
    FIRST,
    LENGTH,
    LONG_WORD,
    MIX_1,
    MIX_2,
    NUMBER,
    SECOND,
    SHINGLE,
    THIRD,
    VALUE,
    long_word_hash,
)  # fmt: skip

Array = Any
CHUNK_TEXTS = 1000  # the arrays of a chunk then fit the second-level cache: a third faster than 40,000
CHUNK_SIGNS = 1_000_000
FILLED_TEXTS = 8000
# Of the signs that a normal text has, only the digits 0x30 to 0x39 have the high half 3.
_HIGH_HALVES, _ZEROS = np.uint64(0xF0F0F0F0F0F0F0F0), np.uint64(0x3030303030303030)
_KEEP = np.array([(1 << 8 * size) - 1 for size in range(BLOCK + 1)], np.uint64)


def signatures(texts: Sequence[str]) -> tuple[Array, Array]:
    """Returns (bins, counts): uint32 of shape (BINS, texts), and the number of shingles of each text."""
    bins = np.empty((BINS, len(texts)), np.uint32)
    counts = np.empty(len(texts), np.int64)
    for start, end in _chunks(texts):
        values, owners = _shingles(texts[start:end])
        bins[:, start:end] = _least(values, owners, end - start)
        counts[start:end] = np.bincount(owners, minlength=end - start)
    for start in range(0, len(texts), FILLED_TEXTS):
        _fill(bins[:, start : start + FILLED_TEXTS])
    return bins, counts


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    start, signs = 0, 0
    for place, text in enumerate(texts):
        signs += len(text)
        if place + 1 - start >= CHUNK_TEXTS or signs >= CHUNK_SIGNS:
            yield start, place + 1
            start, signs = place + 1, 0
    if start < len(texts):
        yield start, len(texts)


def _mixed(values: Array) -> Array:
    """Changes `values` in place, and returns it."""
    values ^= values >> np.uint64(31)
    values *= np.uint64(MIX_1)
    values ^= values >> np.uint64(27)
    values *= np.uint64(MIX_2)
    values ^= values >> np.uint64(33)
    return values


def _shingles(texts: Sequence[str]) -> tuple[Array, Array]:
    """Returns (shingle hashes, the text of each), texts ascending."""
    normal = normal_texts(texts)
    signs = np.frombuffer(normal, np.uint8)
    between = (signs == SPACE) | (signs == RECORD_SEPARATOR)
    edges = np.flatnonzero(between[1:] != between[:-1]) + 1
    if not between[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[0::2], edges[1::2]  # the last sign is a separator, so each word has its end
    hashes = _word_hashes(normal, starts, ends - starts)
    counts = np.diff(np.searchsorted(starts, np.flatnonzero(signs == RECORD_SEPARATOR)), prepend=0)
    owners = np.repeat(np.arange(len(texts)), counts)
    if len(hashes) < SHINGLE:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    number = hashes == np.uint64(NUMBER)
    whole = (owners[:-2] == owners[2:]) & ~(number[:-2] & number[1:-1] & number[2:])
    values = hashes[:-2] * np.uint64(FIRST)
    values += hashes[1:-1] * np.uint64(SECOND)
    values += hashes[2:] * np.uint64(THIRD)
    return _mixed(values[whole]), owners[:-2][whole]


def _word_hashes(normal: bytes, starts: Array, lengths: Array) -> Array:
    padded = normal + bytes(BLOCK)
    windows = np.ndarray((len(normal),), np.dtype("<u8"), buffer=padded, strides=(1,))  # 8 bytes from each place on
    hashes = lengths.astype(np.uint64) * np.uint64(LENGTH)
    chosen: Array = slice(None)
    left, places = lengths, starts
    digits = np.ones(len(starts), bool)
    for _ in range(0, LONG_WORD, BLOCK):
        keep = _KEEP[np.minimum(left, BLOCK)]
        block = windows[places] & keep
        hashes[chosen] = _mixed(hashes[chosen] + block)
        digits[chosen] &= (block & _HIGH_HALVES) == (_ZEROS & keep)
        more = np.flatnonzero(left > BLOCK)
        if not len(more):
            break
        chosen = more if isinstance(chosen, slice) else chosen[more]
        left, places = left[more] - BLOCK, places[more] + BLOCK
    for word in np.flatnonzero(lengths > LONG_WORD).tolist():
        start = int(starts[word])
        whole = normal[start : start + int(lengths[word])]
        hashes[word] = long_word_hash(whole)
        digits[word] = whole.isdigit()
    hashes[digits] = NUMBER
    return hashes


def _least(values: Array, owners: Array, texts: int) -> Array:
    """Returns uint32 of shape (BINS, texts): the least value of each bin, EMPTY where it has none."""
    flat = np.full(texts * BINS, EMPTY, np.uint32)
    places = owners * BINS + (values >> np.uint64(BIN_SHIFT)).astype(np.int64)
    np.minimum.at(flat, places, (values & np.uint64(VALUE)).astype(np.uint32))
    return flat.reshape(texts, BINS).T


def _fill(bins: Array) -> None:
    """Gives each empty bin what its right neighbor hands on; a text without shingles keeps EMPTY in all bins."""
    held = bins != EMPTY
    value = np.zeros(bins.shape[1], np.uint32)
    for place in range(BINS - 1, -1, -1):  # what comes round from the right end
        value *= np.uint32(FILL)
        value += np.uint32(1)
        np.copyto(value, bins[place], where=held[place])
    for place in range(BINS - 1, -1, -1):
        value *= np.uint32(FILL)
        value += np.uint32(1)
        np.copyto(value, bins[place], where=held[place])
        bins[place] = value
    bins[:, ~held.any(axis=0)] = EMPTY
