"""The list search of `index` where numpy is at hand: signatures in columns, sorted by length, one pass per length.

Can be stored in one file and loaded without building: arrays first, then the forms as one text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from minerva.names.index import (
    EDGE_FIRST,
    EDGE_LAST,
    LETTER_BINS,
    PAIR_BITS,
    Found,
    lengths_around,
    letter_bin,
    likeness,
    most_edits,
    ranked,
    signatures,
)

Array = Any

_MAGIC = b"minerva list 1\n"
_CHUNK = 20_000  # forms whose counts are in memory at once
_WORD = (1 << 64) - 1
_ARRAYS = ("order", "starts", "bounds", "letters", "low", "high")


class IndexFileError(ValueError):
    """A stored list cannot be used; the message says why."""


class NumpyIndex:
    """order: place in the list of each row; starts: where its form begins in `text`; bounds: first row of each length;
    letters, low, high: signatures. Rows stand by length; empty forms have none.
    """

    def __init__(self, arrays: dict[str, Array], text: str) -> None:
        self._arrays = arrays
        self._text = text
        self._order, self._starts, self._bounds, self._letters, self._low, self._high = (
            arrays[name] for name in _ARRAYS
        )

    @classmethod
    def build(cls, forms: Sequence[str]) -> NumpyIndex:
        """Returns the list ready to be searched."""
        lengths = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
        order = np.argsort(lengths, kind="stable")
        order = order[lengths[order] > 0]
        ordered = [forms[place] for place in order.tolist()]
        lengths = lengths[order]
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        longest = int(lengths[-1]) if len(lengths) else 0
        bounds = np.searchsorted(lengths, np.arange(longest + 2))
        columns = [_signatures(ordered[at : at + _CHUNK]) for at in range(0, len(ordered), _CHUNK)]
        letters, low, high = (
            np.concatenate([part[column] for part in columns]) if columns else np.zeros(0, np.uint64)
            for column in range(3)
        )
        arrays = dict(zip(_ARRAYS, (order, starts, bounds, letters, low, high)))
        return cls(arrays, "".join(ordered))

    def search(self, form: str, cutoff: float, limit: int = 0) -> list[Found]:
        """See `index.Search`."""
        if not form:
            return []
        letters, pairs = signatures(form)
        own, low, high = np.uint64(letters), np.uint64(pairs & _WORD), np.uint64(pairs >> 64)
        least, largest = lengths_around(len(form), cutoff)
        found: list[Found] = []
        for length in range(max(1, least), min(largest, len(self._bounds) - 2) + 1):
            start, end = int(self._bounds[length]), int(self._bounds[length + 1])
            if start == end:
                continue
            most = most_edits(len(form), length, cutoff)
            rows = np.flatnonzero(np.bitwise_count(self._letters[start:end] ^ own) <= most) + start
            if not len(rows):
                continue
            apart = np.bitwise_count(self._low[rows] ^ low) + np.bitwise_count(self._high[rows] ^ high)
            for row in rows[apart <= 3 * most].tolist():
                begin = int(self._starts[row])
                alike = likeness(form, self._text[begin : begin + length], most)
                if alike:
                    found.append(Found(int(self._order[row]), alike))
        return ranked(found, limit)

    def save(self, path: Path) -> None:
        """Writes the list to one file."""
        text = self._text.encode("utf-8", "surrogatepass")
        head = {name: [str(array.dtype), len(array)] for name, array in self._arrays.items()}
        with path.open("wb") as file:
            file.write(_MAGIC + json.dumps({**head, "text": len(text)}).encode() + b"\n")
            for array in self._arrays.values():
                file.write(array.tobytes())
            file.write(text)

    @classmethod
    def load(cls, path: Path) -> NumpyIndex:
        """Returns a list written by `save`. Raises IndexFileError for any other file."""
        content = path.read_bytes()
        if not content.startswith(_MAGIC):
            raise IndexFileError(f"{path.name}: not a list that this version wrote; build it again")
        end = content.index(b"\n", len(_MAGIC))
        head = json.loads(content[len(_MAGIC) : end])
        at, arrays = end + 1, {}
        for name in _ARRAYS:
            kind, count = head[name]
            if at + np.dtype(kind).itemsize * count > len(content):
                raise IndexFileError(f"{path.name}: the file is cut short; build it again")
            arrays[name] = np.frombuffer(content, dtype=kind, count=count, offset=at)
            at += arrays[name].nbytes
        if len(content) - at != head["text"]:
            raise IndexFileError(f"{path.name}: the file is cut short; build it again")
        return cls(arrays, content[at:].decode("utf-8", "surrogatepass"))


_BIN_OF = np.array([letter_bin(code) for code in range(128)], dtype=np.int64)


def _signatures(forms: Sequence[str]) -> tuple[Array, Array, Array]:
    """Returns (letters, low half of the pairs, high half) of forms that are not empty."""
    text = "".join(forms)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
    rows = np.repeat(np.arange(len(forms)), lengths)
    bins = np.where(codes < 128, _BIN_OF[np.minimum(codes, 127)], 26 + codes % 6)
    counts = np.bincount(rows * LETTER_BINS + bins, minlength=len(forms) * LETTER_BINS).reshape(-1, LETTER_BINS)
    letters = _packed(np.concatenate([counts >= 1, counts >= 2], axis=1))[:, 0]
    ends = np.cumsum(lengths)
    before = np.concatenate([np.zeros(1, np.int64), codes[:-1]])
    before[ends - lengths] = EDGE_FIRST
    bits = np.zeros(len(forms) * PAIR_BITS, dtype=bool)
    bits[rows * PAIR_BITS + (before * 131 + codes * 7) % PAIR_BITS] = True
    bits[np.arange(len(forms)) * PAIR_BITS + (codes[ends - 1] * 131 + EDGE_LAST * 7) % PAIR_BITS] = True
    pairs = _packed(bits.reshape(-1, PAIR_BITS))
    return letters, pairs[:, 0].copy(), pairs[:, 1].copy()


def _packed(bits: Array) -> Array:
    """Returns rows of truth values as rows of 64-bit numbers, the first value the lowest bit."""
    return np.packbits(bits, axis=1, bitorder="little").view("<u8")
