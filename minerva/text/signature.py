"""The sketch of a text by which near-duplicates are found: one-permutation min-hash over shingles of three words.

The plain path, in whole numbers modulo 2**64; `signature_numpy` gives the same numbers. Method: Li, Owen, Zhang, "One
Permutation Hashing" (2012), with the empty bins filled by rotation (Shrivastava and Li 2014).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Union

BINS = 64
SHINGLE = 3
BIN_SHIFT = 58
EMPTY = 0xFFFFFFFF
VALUE = 0xFFFFFFFF
MASK = 0xFFFFFFFFFFFFFFFF

# Odd constants: the multiplication is then a bijection modulo 2**64.
LENGTH = 0x9E3779B97F4A7C15
FIRST, SECOND, THIRD = 3, 0x100000001B3, 0x9E3779B97F4A7C15
MIX_1, MIX_2 = 0x7FB5D329728EA185, 0x81DADEF4BC2DD44D
FILL = 0x9E3779B1
NUMBER = 0xD1B54A32D192ED03

BLOCK = 8
LONG_WORD = 64

Signature = tuple[int, ...]


def mixed(value: int) -> int:
    """Returns a bijection of a 64-bit number whose high and low bits depend on all of it."""
    value ^= value >> 31
    value = value * MIX_1 & MASK
    value ^= value >> 27
    value = value * MIX_2 & MASK
    return value ^ (value >> 33)


@lru_cache(maxsize=1 << 17)
def word_hash(word: bytes) -> int:
    """Returns the 64-bit hash of a word: its blocks of 8 bytes, little-endian, each mixed into those before it.

    All numbers hash alike, since prices and phones are what changes most in a template.
    """
    if word.isdigit():
        return NUMBER
    if len(word) > LONG_WORD:
        return long_word_hash(word)
    value = len(word) * LENGTH
    for start in range(0, len(word), BLOCK):
        value = mixed(value + int.from_bytes(word[start : start + BLOCK], "little") & MASK)
    return value


def long_word_hash(word: bytes) -> int:
    """Returns the 64-bit hash of a word of more than LONG_WORD bytes."""
    return int.from_bytes(hashlib.blake2b(word, digest_size=8).digest(), "little")


def shingles(normal: bytes) -> list[int]:
    """Returns the hash of each three consecutive words of a normal text, three numbers in a row left out."""
    hashes = [word_hash(word) for word in normal.split()]
    found = []
    for first, second, third in zip(hashes, hashes[1:], hashes[2:]):
        if first == second == third == NUMBER:
            continue
        value = (first * FIRST + second * SECOND + third * THIRD) & MASK
        value ^= value >> 31
        value = value * MIX_1 & MASK
        value ^= value >> 27
        value = value * MIX_2 & MASK
        found.append(value ^ (value >> 33))
    return found


def signature(found: Sequence[int]) -> Union[Signature, None]:
    """Returns the 64 bins of a text's shingles, or None where there is no shingle."""
    if not found:
        return None
    bins = [EMPTY] * BINS
    for value in found:
        place, low = value >> BIN_SHIFT, value & VALUE
        if low < bins[place]:
            bins[place] = low
    while EMPTY in bins:
        filled = list(bins)
        for place, value in enumerate(bins):
            right = bins[place + 1 - BINS]
            if value == EMPTY and right != EMPTY:
                filled[place] = (right * FILL + 1) & VALUE
        if filled == bins:  # only where a value fell on EMPTY itself
            break
        bins = filled
    return tuple(bins)


def agreement(first: Signature, second: Signature) -> float:
    """Returns the share of equal bins, 0 to 1: an estimate of the Jaccard similarity of the two shingle sets."""
    return sum(map(int.__eq__, first, second)) / BINS
