"""The same sketches as `signature`, for many texts at once, where numpy is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from minerva.text.signature import (
    BIN_SHIFT,
    BINS,
    BLOCK,
    EMPTY,
    FILL,
    FIRST,
    LETTER,
    LONG_WORD,
    NUMBER,
    PLACE,
    SECOND,
    SHINGLE,
    SHINGLED,
    THIRD,
    VALUE,
    WORD,
    long_word_hash,
)
from minerva.text.words_numpy import Words, words_of

Array = Any
# The arrays of a chunk then fit the second-level cache.
CHUNK_TEXTS = 600
CHUNK_SIGNS = 300_000
_HALF = np.uint64(32)
# Of the signs that a word has, only digits have neither of the two highest bits.
_NO_DIGIT = np.uint64(0xC0C0C0C0C0C0C0C0)
# By the number of signs, those of a block that belong to a word: it ends where the block ends.
_DROPPED = np.array([64 - 8 * size for size in range(BLOCK + 1)], np.uint64)


def _handed_on() -> tuple[Array, Array]:
    factors, sums = [1], [0]
    while len(factors) < BINS:
        factors.append(factors[-1] * FILL & VALUE)
        sums.append((sums[-1] * FILL + 1) & VALUE)
    return np.array(factors, np.uint32), np.array(sums, np.uint32)


# A value handed on over n bins is value x _FACTORS[n] + _SUMS[n].
_FACTORS, _SUMS = _handed_on()


def signatures(texts: Sequence[str]) -> tuple[Array, Array]:
    """Returns (bins, counts): uint32 of shape (BINS, texts), and the number of shingles of each text."""
    bins = np.empty((BINS, len(texts)), np.uint32)
    counts = np.empty(len(texts), np.int64)
    for start, end in _chunks(texts):
        values, places, counts[start:end] = _shingles(texts[start:end])
        bins[:, start:end] = _least(values, places, end - start).T
    return bins, counts


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    signs = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    start = 0
    while start < len(texts):
        before = int(signs[start - 1]) if start else 0
        within = int(np.searchsorted(signs, before + CHUNK_SIGNS, "right"))
        end = min(max(within, start + 1), start + CHUNK_TEXTS, len(texts))
        yield start, end
        start = end


def _shingles(texts: Sequence[str]) -> tuple[Array, Array, Array]:
    """Returns (shingle hashes, the bin of each, shingles of each text).

    A bin's number is the text's x BINS + its own; the shingles left out have the number of one bin more.
    """
    words = words_of(texts)
    hashes = _word_hashes(words)
    sizes = np.diff(words.until, prepend=0)
    counts = np.maximum(sizes - (SHINGLE - 1), 0)
    if len(hashes) < SHINGLE:
        return np.empty(0, np.uint64), np.empty(0, np.int64), counts
    values = hashes[:-2] * np.uint64(FIRST)
    values += hashes[1:-1] * np.uint64(SECOND)
    values += hashes[2:] * np.uint64(THIRD)
    values ^= values >> _HALF
    values *= np.uint64(SHINGLED)
    values ^= values >> _HALF
    places = (values >> np.uint64(BIN_SHIFT)).view(np.int64)
    places += np.repeat(np.arange(0, len(texts) * BINS, BINS), sizes)[:-2]
    numbers = np.flatnonzero(hashes == np.uint64(NUMBER))
    threes = numbers[:-2][numbers[2:] - numbers[:-2] == 2]
    owners = np.searchsorted(words.until, threes, "right")
    whole = threes + 2 < words.until[owners]
    np.subtract.at(counts, owners[whole], 1)
    # No shingle starts at the last two words of a text. Of one with fewer words, this meets the end of another.
    ends = words.until[:-1]
    for left_out in (threes, ends - 1, ends - 2):
        places[left_out[(left_out >= 0) & (left_out < len(places))]] = len(texts) * BINS
    return values, places, counts


def _word_hashes(words: Words) -> Array:
    starts, ends = words.starts, words.ends
    # The 8 signs before each place; `signs` begins with as many that no word has.
    windows = np.ndarray((len(words.signs) - BLOCK + 1,), np.dtype("<u8"), words.signs, strides=(1,))
    left = ends - starts
    block = windows.take(ends - BLOCK)
    block >>= _DROPPED.take(left, mode="clip")
    digits = block & _NO_DIGIT == 0
    hashes = _mixed(block)
    chosen = np.flatnonzero((left > BLOCK) & (left <= LONG_WORD))
    places = ends[chosen]
    while len(chosen):
        places, more = places - BLOCK, left[chosen] - BLOCK
        left[chosen] = more
        block = windows[places - BLOCK] >> _DROPPED.take(more, mode="clip")
        digits[chosen] &= block & _NO_DIGIT == 0
        hashes[chosen] = _mixed(hashes[chosen] + block)
        further = more > BLOCK
        chosen, places = chosen[further], places[further]
    for word in np.flatnonzero(left > LONG_WORD).tolist():
        narrow = words.signs[starts[word] : ends[word]].tobytes()
        hashes[word] = long_word_hash(narrow)
        digits[word] = narrow.isdigit()
    if len(words.letters):
        owners = np.searchsorted(starts, words.places, "right") - 1
        added = words.letters * np.uint64(LETTER)
        added += (ends[owners] - words.places).astype(np.uint64) * np.uint64(PLACE)
        added ^= added >> _HALF
        added *= np.uint64(LETTER)
        np.add.at(hashes, owners, added)
    hashes[digits] = NUMBER
    return hashes


def _mixed(values: Array) -> Array:
    """Changes `values` in place, and returns it."""
    values *= np.uint64(WORD)
    values ^= values >> _HALF
    return values


def _least(values: Array, places: Array, texts: int) -> Array:
    """Returns uint32 of shape (texts, BINS): the least value of each bin, or what its right neighbor hands on.

    A text without shingles has EMPTY in all bins.
    """
    flat = np.full(texts * BINS + 1, EMPTY, np.uint32)
    np.minimum.at(flat, places, values.astype(np.uint32))
    flat = flat[:-1]
    held = flat != EMPTY
    empty = np.flatnonzero(~held)
    filled = np.flatnonzero(held)
    if not len(filled) or not len(empty):
        return flat.reshape(texts, BINS)
    # Before the nth empty bin stand as many filled ones as its number less n; the next of them hands its value on.
    following = empty - np.arange(len(empty))
    row_ends = np.cumsum(held.reshape(texts, BINS).sum(axis=1))
    rows = empty // BINS
    first = np.concatenate(([0], row_ends[:-1]))[rows]
    around = following >= row_ends[rows]  # the next is the row's first
    source = filled[np.minimum(np.where(around, first, following), len(filled) - 1)]
    steps = source - empty + BINS * around
    value = flat[source] * _FACTORS[steps & BINS - 1] + _SUMS[steps & BINS - 1]
    flat[empty] = np.where(first < row_ends[rows], value, np.uint32(EMPTY))
    return flat.reshape(texts, BINS)
