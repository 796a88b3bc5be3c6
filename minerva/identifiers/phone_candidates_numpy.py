"""Candidates for phones in many texts at once: the texts joined, one byte for each character, and arrays of what
stands where.

A character beyond Latin-1 is a question mark there, and a question mark then another sign; what depends on the
character itself is asked of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from minerva.identifiers import digit_runs, other_numbers, phone_context, phone_shapes, plans_numpy, references
from minerva.identifiers.kept import keep

Array = Any
_BREAK = "\x1e"
_JOINT = _BREAK + "   "
_MARK = "\x81"
"""Stands for a question mark where the question mark stands for a character beyond Latin-1."""
_ODD = frozenset([_BREAK, _MARK, "\0"])
_BEYOND = ord("?")
_WIDE_KINDS = bytes(
    97 if code == _BEYOND else _BEYOND if code == ord(_MARK) else phone_shapes.KINDS[code]
    for code in range(256)
)  # fmt: skip
_DIGIT, _SIGN, _END, _LETTER = 1, 2, 3, 4
_HIDING_WORDS = tuple((word, next(place for place, code in enumerate(word) if code in b"vc"))
                      for word in phone_context.HIDING_WORDS)  # fmt: skip
"""With the place of a letter that few other words have."""


def _class(byte: int) -> int:
    if 48 <= byte <= 57:
        return _DIGIT
    if byte in phone_context.HIDING_SIGNS.encode():
        return _SIGN
    if byte | 32 in b"vc":
        return _LETTER
    return _END if byte == ord(_BREAK) else 0


_CLASS = np.array([_class(byte) for byte in range(256)], np.uint8)
_HAS_CLASS = bytes(_class(byte) > 0 for byte in range(256))
_SEPARATES = np.zeros(256, bool)
_SEPARATES[list(phone_shapes.SEPARATORS)] = True
_GLUED = np.zeros(256, bool)
_GLUED[[ord(each) for word in phone_context.GLUED_WORDS for each in {chr(word[0]), chr(word[0]).upper()}]] = True
_BETWEEN = np.array([byte > 127 or byte == _BEYOND or chr(byte) in digit_runs.ASCII_LETTERS for byte in range(256)])
_WIDEST_GAP = 4
_FEWEST = phone_shapes.FEWEST
_BEFORE = phone_shapes.BEFORE
_WIDTH = 40
"""Bytes of a window: three before a candidate and up to 37 of its own."""
_OWN = np.where(np.arange(_WIDTH) < np.arange(_WIDTH + 1)[:, None], 255, 0).astype(np.uint8)
"""By the bytes of a window a mask of them."""
_DIGITS = np.arange(plans_numpy.WIDTH)
_MOST_KEPT = 20_000


class Candidates(NamedTuple):
    """Runs of seven digits or more with gaps of up to four separators, one entry of each array for one run: its text,
    its place in the joined bytes, its place in the text, the first of its digits among all, how many it has."""

    owner: Array
    begin: Array
    end: Array
    start: Array
    first: Array
    count: Array


class Ways(NamedTuple):
    """phone_shapes.Way of each candidate."""

    way: Array
    plus: Array
    alone: Array
    wider: Array
    in_row: Array


def _is_odd(text: str) -> bool:
    return not _ODD.isdisjoint(text) or references.resolved(text) is not text


class Joined:
    """Texts as one row of bytes (`data`, of which `kinds` is phone_shapes.KINDS). `digits` are the places of all
    digits and `values` the digits; `hiding` tells which texts show a sign of a hidden number beside a plainly written
    one, `odd` are the places of texts that are left out, as they hold what has a meaning here."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        joined = _JOINT.join(texts)
        self.odd: list[int] = []
        if joined.count(_BREAK) >= len(texts) or _MARK in joined or "\0" in joined or "&" in joined:
            self.odd = [place for place, text in enumerate(texts) if _is_odd(text)]
            left_out = set(self.odd)
            joined = _JOINT.join(["" if place in left_out else text for place, text in enumerate(texts)])
        wide = not joined.isascii()
        joined = f"   {joined}{_BREAK}{' ' * _WIDTH}"
        self._bytes = (joined.replace("?", _MARK) if wide else joined).encode("latin-1", "replace")
        self.data = np.frombuffer(self._bytes, np.uint8)
        self.kinds = _WIDE_KINDS if wide else phone_shapes.KINDS
        # numpy looks for places in an array of truths alone several times as fast as in one of numbers.
        places = np.flatnonzero(np.frombuffer(self._bytes.translate(_HAS_CLASS), bool))
        what = _CLASS[self.data[places]]
        is_end, is_digit = what == _END, what == _DIGIT
        owners = np.cumsum(is_end)
        self.digits = places[is_digit]
        self.values = self.data[self.digits] - 48
        self._owners = owners[is_digit]
        self._ends = places[is_end]
        self.hiding = self._hiding(owners[what == _SIGN], places[what == _LETTER])

    def _hiding(self, signs: Array, letters: Array) -> Array:
        hiding = np.zeros(len(self.texts), bool)
        hiding[signs] = True
        hiding[self.odd] = True
        told: list[int] = []
        for word, known in _HIDING_WORDS:
            found = letters
            for place, code in enumerate(word):
                found = found[self.data[found + (place - known)] | 32 == code]
            told += found.tolist()
        for digit in self.digits[_GLUED[self.data[self.digits + 1]]].tolist():
            if self._bytes[digit + 1 : digit + 8].lower().startswith(phone_context.GLUED_WORDS):
                told.append(digit)
        # Letters between two digits: a first and a last one, no further apart than phone.py says.
        gaps = np.diff(self.digits)
        near = np.flatnonzero((gaps > 1) & (gaps <= phone_context.MOST_BETWEEN + 1))
        inner = _BETWEEN[self.data[self.digits[near] + 1]] & _BETWEEN[self.data[self.digits[near + 1] - 1]]
        told += self.digits[near[inner]].tolist()
        hiding[np.searchsorted(self._ends, told)] = True
        return hiding

    def candidates(self) -> Candidates | None:
        """All candidates, in the order of the texts; None if there are none."""
        digits = self.digits
        if len(digits) < _FEWEST:
            return None
        gaps = np.diff(digits)
        joins = gaps == 1
        wider = np.flatnonzero((gaps > 1) & (gaps <= _WIDEST_GAP + 1))
        size = gaps[wider]
        linked = np.ones(len(wider), bool)
        for step in range(1, _WIDEST_GAP + 1):
            linked &= (size <= step) | _SEPARATES[self.data[digits[wider] + step]]
        joins[wider] = linked
        first = np.flatnonzero(np.concatenate(([True], ~joins)))
        count = np.diff(first, append=len(digits))
        enough = count >= _FEWEST
        first, count = first[enough], count[enough]
        if not len(first):
            return None
        owner, begin, end = self._owners[first], digits[first], digits[first + count - 1] + 1
        starts = np.concatenate(([_BEFORE], self._ends[:-1] + len(_JOINT)))
        return Candidates(owner, begin, end, begin - starts[owner], first, count)

    def ways(self, seen: Candidates) -> Ways:
        """How each candidate must be read; way 0 for those that are too long to tell."""
        size = seen.end - seen.begin + _BEFORE
        windows = _rows(self.data, _WIDTH)[seen.begin - _BEFORE]
        windows = np.frombuffer(windows.tobytes().translate(self.kinds), np.uint8).reshape(-1, _WIDTH)
        windows = windows & _OWN[np.minimum(size, _WIDTH)]
        keys = windows.view(f"S{_WIDTH}").ravel().tolist()
        packed = np.frombuffer(bytes(map(_packed.__getitem__, keys)), np.uint8)
        way = np.where(size <= _WIDTH, packed & 7, 0)
        plus, alone, wider, in_row = ((packed >> bit & 1).astype(bool) for bit in (3, 4, 5, 6))
        return Ways(way, plus, alone, wider, in_row)

    def numbers(self, seen: Candidates) -> tuple[Array, Array, Array]:
        """The digits of each candidate (plans_numpy.read), whether a group behind its first begins with a zero after a
        blank, and whether its last seven digits are the same."""
        values = np.concatenate((self.values, np.zeros(plans_numpy.WIDTH, np.uint8)))
        matrix = _rows(values, plans_numpy.WIDTH)[seen.first].astype(np.int32)
        matrix[seen.count[:, None] <= _DIGITS] = plans_numpy.NO_DIGIT
        zeros = np.flatnonzero((self.values == 0) & (self.data[self.digits - 1] == 32))
        inner_zero = np.searchsorted(zeros, seen.first + seen.count) > np.searchsorted(zeros, seen.first, "right")
        last = seen.first + seen.count - _FEWEST
        tail = _rows(self.values, _FEWEST)[last]
        return matrix, inner_zero, (tail == tail[:, :1]).all(axis=1)

    def ends_there(self, seen: Candidates) -> Array:
        """Whether what is behind each candidate tells that it ends there (phone_shapes.ends_before)."""
        ends = _looked_up(_ends, self.data, seen.end, phone_shapes.AFTER)
        known = ends == _ENDS
        for index in np.flatnonzero(ends == _UNKNOWN).tolist():
            end = int(seen.start[index] + seen.end[index] - seen.begin[index])
            after = self.texts[seen.owner[index]][end : end + phone_shapes.AFTER]
            known[index] = phone_shapes.ends_before(after)
        return known

    def begins_type(self, end: Array) -> Array:
        """Whether a dot and a letter stand behind each number, as those of a file's type do."""
        behind = np.frombuffer(self.data[end + 1].tobytes().translate(self.kinds), np.uint8)
        return (self.data[end] == 46) & (behind == 97)

    def may_be_labeled(self, owner: Array, begin: Array, start: Array) -> Array:
        """other_numbers.may_be_label of what is before numbers that begin at `start` of their texts."""
        labels = _looked_up(_labels, self.data, begin - 4, 4)
        may_be = labels == 1
        for index in np.flatnonzero((labels == _UNKNOWN) | (start < 4)).tolist():
            place = int(start[index])
            may_be[index] = other_numbers.may_be_label[self.texts[owner[index]][max(0, place - 4) : place]]
        return may_be


class _Packed(dict[bytes, int]):
    """phone_shapes.way_of by window, in one byte: the way, then a bit each for a plus sign, one group, a sign before
    that belongs to the number, many groups."""

    def __missing__(self, window: bytes) -> int:
        way, _, plus, alone, wider, in_row = phone_shapes.way_of(window)
        packed = way | plus << 3 | alone << 4 | wider << 5 | in_row << 6
        return keep(self, window, packed, _MOST_KEPT)


_UNKNOWN, _GOES_ON, _ENDS = 2, 0, 1


class _Ends(dict[bytes, int]):
    """Whether a number ends before four bytes: _UNKNOWN where they are no characters of ASCII alone."""

    def __missing__(self, after: bytes) -> int:
        known = _UNKNOWN
        if after.isascii() and b"?" not in after:
            ends = phone_shapes.ends_before(after.partition(_BREAK.encode())[0].decode())
            known = _ENDS if ends else _GOES_ON
        return keep(self, after, known, _MOST_KEPT)


class _Labels(dict[bytes, int]):
    """Whether four bytes before a number may end a label (other_numbers.may_be_label)."""

    def __missing__(self, before: bytes) -> int:
        known = _UNKNOWN
        if before.isascii() and b"?" not in before and _BREAK.encode() not in before:
            known = int(other_numbers.may_be_label[before.decode()])
        return keep(self, before, known, _MOST_KEPT)


_packed, _ends, _labels = _Packed(), _Ends(), _Labels()


def _looked_up(known: dict[bytes, int], data: Array, first: Array, width: int) -> Array:
    """`known` of the `width` bytes of `data` from each of the places `first` on."""
    keys = np.ascontiguousarray(_rows(data, width)[first]).view(f"S{width}").ravel().tolist()
    return np.frombuffer(bytes(map(known.__getitem__, keys)), np.uint8)


def _rows(data: Array, width: int) -> Array:
    """The `width` bytes from each place of `data` on."""
    return as_strided(data, (len(data) - width + 1, width), (data.itemsize, data.itemsize), writeable=False)
