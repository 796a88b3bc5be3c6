"""The sketch of a text by which near-duplicates are found: one-permutation min-hash over shingles of three words.

The plain path, in whole numbers modulo 2**64; `signature_numpy` gives the same numbers. Method: Li, Owen, Zhang, "One
Permutation Hashing" (2012), with the empty bins filled by rotation (Shrivastava and Li 2014). Sketches made of these
numbers are stored with events: whoever changes the numbers makes what is stored incomparable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Union

BINS = 64
SHINGLE = 3
BIN_SHIFT = 58
EMPTY = 0xFFFFFFFF
VALUE = 0xFFFFFFFF
MASK = 0xFFFFFFFFFFFFFFFF

# Odd constants: the multiplication is then a bijection modulo 2**64.
WORD, SHINGLED = 0x9E3779B97F4A7C15, 0x7FB5D329728EA185
FIRST, SECOND, THIRD = 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB
LETTER, PLACE = 0x81DADEF4BC2DD44D, 0xC2B2AE3D27D4EB4F
FILL = 0x9E3779B1
NUMBER = 0xD1B54A32D192ED03

BLOCK = 8
LONG_WORD = 64

Signature = tuple[int, ...]


def narrowed(code: Any) -> Any:
    """Returns the byte that stands for a code point outside ASCII; also takes an array of them."""
    return code & 0x7F | 0x80


@lru_cache(maxsize=1 << 17)
def word_hash(word: bytes) -> int:
    """Returns the 64-bit hash of a word: of its blocks of 8 signs from the end on, little-endian, one byte per sign.

    Each letter outside ASCII adds a number made of its code point and its distance from the end. All numbers hash
    alike, since prices and phones are what changes most in a template.
    """
    if word.isdigit():
        return NUMBER
    added = 0
    if not word.isascii():
        signs = word.decode()
        for distance, sign in zip(range(len(signs), 0, -1), signs):
            if sign > "\x7f":
                added += letter_number(ord(sign), distance)
        word = bytes([ord(sign) if sign <= "\x7f" else narrowed(ord(sign)) for sign in signs])
    if len(word) > LONG_WORD:
        return long_word_hash(word) + added & MASK
    value = 0
    for end in range(len(word), 0, -BLOCK):
        value = (value + int.from_bytes(word[max(end - BLOCK, 0) : end], "little")) * WORD & MASK
        value ^= value >> 32
    return value + added & MASK


def letter_number(code: int, distance: int) -> int:
    """Returns what a letter outside ASCII adds to the hash of its word (to be taken modulo 2**64)."""
    value = (code * LETTER + distance * PLACE) & MASK
    return (value ^ value >> 32) * LETTER & MASK


def long_word_hash(narrow: bytes) -> int:
    """Returns the 64-bit hash of a word of more than LONG_WORD signs, without its letters' numbers."""
    return int.from_bytes(hashlib.blake2b(narrow, digest_size=8).digest(), "little")


def shingles(normal: bytes) -> list[int]:
    """Returns the hash of each three consecutive words of a normal text, three numbers in a row left out."""
    hashes = [word_hash(word) for word in normal.split()]
    found = []
    for first, second, third in zip(hashes, hashes[1:], hashes[2:]):
        if first == second == third == NUMBER:
            continue
        value = (first * FIRST + second * SECOND + third * THIRD) & MASK
        value = (value ^ value >> 32) * SHINGLED & MASK
        found.append(value ^ value >> 32)
    return found


def signature(found: Sequence[int]) -> Union[Signature, None]:
    """Returns the 64 bins of a text's shingles, or None where there is no shingle.

    A bin holds the least low half of the shingles whose high bits name it; an empty one holds what its right neighbor
    hands on.
    """
    if not found:
        return None
    bins = [EMPTY] * BINS
    for value in found:
        place, low = value >> BIN_SHIFT, value & VALUE
        if low < bins[place]:
            bins[place] = low
    if EMPTY in bins:
        # Twice from right to left, since what is left of the first bin is the last.
        right = EMPTY
        for place in (*range(BINS - 1, -1, -1), *range(BINS - 1, -1, -1)):
            value = bins[place]
            if value == EMPTY and right != EMPTY:
                bins[place] = value = (right * FILL + 1) & VALUE
            right = value
    return tuple(bins)


def agreement(first: Signature, second: Signature) -> float:
    """Returns the share of equal bins, 0 to 1: an estimate of the Jaccard similarity of the two shingle sets."""
    return sum(map(int.__eq__, first, second)) / BINS
