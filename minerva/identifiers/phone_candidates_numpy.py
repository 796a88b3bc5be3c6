"""Candidates for phones in many texts at once: the texts joined, one byte for each character, and arrays of what
stands where.

A character beyond Latin-1 is a question mark there, and a question mark then another sign; what depends on the
character itself is asked of the text.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from minerva.identifiers import (
    foreign_letters,
    lookalike_runs,
    number_labels,
    phone_context,
    phone_shapes,
    plans_numpy,
    references,
)
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
_HIDING_WORDS = tuple(
    (word, max([place for place, code in enumerate(word) if code in b"vcq"], default=1))
    for word in phone_context.HIDING_WORDS
)
"""With the place of a letter that few other words have behind the one before it."""
_GLUED = np.zeros(256, bool)
_GLUED[[ord(each) for word in phone_context.GLUED_WORDS for each in {chr(word[0]), chr(word[0]).upper()}]] = True
_BLANK = 32


def _table(codes: bytes) -> Array:
    """By byte whether it is one of some."""
    found = np.zeros(256, bool)
    found[list(codes)] = True
    return found


_FRAMING = _table(phone_context.FRAMING_SIGNS.encode())
_BEFORE_O, _BEHIND_O = _table(b" .-"), _table(b"0123456789OoIl")
"""Around the O of phone_context.FIRST_LETTER."""
_SEPARATES = _table(phone_shapes.SEPARATORS)
_SIGNS = np.array([byte > 127 or byte == _BEYOND for byte in range(256)])
_BETWEEN = np.array([byte > 127 or byte == _BEYOND or chr(byte) in lookalike_runs.ASCII_LETTERS for byte in range(256)])
_LINKING = bytes(np.flatnonzero(_BETWEEN).tolist())
_NOTHING_ELSE = (b"", b" ")
_WIDEST_GAP = 4
_FEWEST = phone_shapes.FEWEST
_BEFORE = phone_shapes.BEFORE
_WIDTH = 40
"""Bytes of a window: three before a candidate and up to 37 of its own."""
_OWN = np.where(np.arange(_WIDTH) < np.arange(_WIDTH + 1)[:, None], 255, 0).astype(np.uint8)
"""By the bytes of a window a mask of them."""
_NO_DIGITS = bytes(code for code in range(256) if not 48 <= code <= 57)
_DIGITS = np.arange(plans_numpy.WIDTH)
_MOST_KEPT = 20_000


class Candidates(NamedTuple):
    """Runs of seven digits or more with gaps of up to four separators, one entry of each array for one run: its text,
    its place in the joined bytes, its place in the text, how many digits it has."""

    owner: Array
    begin: Array
    end: Array
    start: Array
    count: Array

    def only(self, some: Array) -> Candidates:
        return Candidates(*[column[some] for column in self])


class Ways(NamedTuple):
    """phone_shapes.Way of each candidate."""

    way: Array
    plus: Array
    alone: Array
    wider: Array
    in_row: Array

    def only(self, some: Array) -> Ways:
        return Ways(*[column[some] for column in self])


class Numbers(NamedTuple):
    """The digits of some candidates, one after the other, which of them is each one's first, and rows of them as
    plans_numpy.read takes them; whether a group behind its first begins with a zero after a blank, and whether its last
    seven digits are the same.
    """

    written: str
    first: Array
    rows: Array
    inner_zero: Array
    same: Array


def _is_odd(text: str) -> bool:
    return not _ODD.isdisjoint(text) or references.resolved(text) is not text


def _is_read_in_latin(text: str) -> bool:
    """Whether letters of other scripts stand for others in a text that is not ASCII."""
    return foreign_letters.in_latin(text, text.encode("utf-8", "surrogatepass")) is not None


class Joined:
    """Texts as one row of bytes (`data`, of which `kinds` is phone_shapes.KINDS). `hiding` tells which texts show a
    sign of a hidden number beside a plainly written one, `odd` are the places of texts that are left out, as they hold
    what has a meaning here."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.odd: list[int] = []
        joined = _JOINT.join(texts)
        self._put(joined)
        if len(self._ends) > len(texts) or _MARK in joined or "\0" in joined or references.may_hold(joined):
            self.odd = [place for place, text in enumerate(texts) if _is_odd(text)]
            left_out = set(self.odd)
            self._put(_JOINT.join(["" if place in left_out else text for place, text in enumerate(texts)]))
        # Where groups of digits begin and end.
        is_digit = self.data - 48 < 10
        bounds = np.flatnonzero(is_digit[1:] != is_digit[:-1]) + 1
        self._first, self._behind = bounds[::2].copy(), bounds[1::2].copy()
        self._gaps = self._first[1:] - self._behind[:-1]
        self.hiding = self._hiding()

    def _put(self, joined: str) -> None:
        self._is_wide = not joined.isascii()
        joined = f"   {joined}{_BREAK}{' ' * _WIDTH}"
        self._bytes = (joined.replace("?", _MARK) if self._is_wide else joined).encode("latin-1", "replace")
        self.data = np.frombuffer(self._bytes, np.uint8)
        self.kinds = _WIDE_KINDS if self._is_wide else phone_shapes.KINDS
        self._ends = np.flatnonzero(self.data == ord(_BREAK))

    def _hiding(self) -> Array:
        data = self.data
        signs = [sign for sign in phone_context.HIDING_SIGNS.encode() if sign in self._bytes]
        told: list[Array] = [np.flatnonzero(data == sign) for sign in signs]
        small = data | 32
        pairs = np.zeros(len(small) - 1, bool)
        for word, known in _HIDING_WORDS:
            pairs |= (small[1:] == word[known]) & (small[:-1] == word[known - 1])
        likely = np.flatnonzero(pairs) + 1
        for word, known in _HIDING_WORDS:
            found = likely
            for place, code in enumerate(word):
                found = found[small[found + (place - known)] == code]
            told.append(found)
        glued = self._behind[_GLUED[data[self._behind]]].tolist()
        words = phone_context.GLUED_WORDS
        told.append(np.array([at for at in glued if self._bytes[at : at + 7].lower().startswith(words)], np.intp))
        # Letters between two digits: a first and a last one, no further apart than phone.py says.
        near = np.flatnonzero(self._gaps <= phone_context.MOST_BETWEEN)
        inner = near[_BETWEEN[data[self._behind[near]]] & _BETWEEN[data[self._first[near + 1] - 1]]]
        gaps = zip(self._behind[inner].tolist(), self._first[inner + 1].tolist())
        # Between two pictures a blank may stand.
        linked = [at for at, end in gaps if self._bytes[at:end].translate(None, _LINKING) in _NOTHING_ELSE]
        told.append(np.array(linked, np.intp))
        behind, first = self._behind, self._first
        told.append(behind[(data[behind + 1] == ord("O")) & _BEFORE_O[data[behind]] & _BEHIND_O[data[behind + 2]]])
        framed = first[_FRAMING[data[first - 1]]]
        blank = data[framed - 2] == _BLANK
        told.append(framed[_FRAMING[data[framed - 2]] | (blank & _FRAMING[data[framed - 3]])])
        # A sign with blanks around it between two digits.
        spaced = near[(data[behind[near]] == _BLANK) & (data[first[near + 1] - 1] == _BLANK)]
        told.append(behind[spaced[_SIGNS[data[behind[spaced] + 1]] & _SIGNS[data[first[spaced + 1] - 2]]]])
        hiding = np.zeros(len(self.texts), bool)
        hiding[np.searchsorted(self._ends, np.concatenate(told))] = True
        hiding[self.odd] = True
        if self._is_wide:
            beyond = [place for place, text in enumerate(self.texts) if not text.isascii()]
            hiding[[place for place in beyond if _is_read_in_latin(self.texts[place])]] = True
        return hiding

    def candidates(self) -> Candidates | None:
        """All candidates, in the order of the texts; None if there are none."""
        if not len(self._first):
            return None
        near = np.flatnonzero(self._gaps <= _WIDEST_GAP)
        size, behind = self._gaps[near], self._behind[near]
        linked = _SEPARATES[self.data[behind]]
        for step in range(1, _WIDEST_GAP):
            wide = np.flatnonzero(size > step)
            linked[wide] &= _SEPARATES[self.data[behind[wide] + step]]
        apart = np.ones(len(self._gaps), bool)
        apart[near[linked]] = False
        ends = np.flatnonzero(apart)
        first = np.concatenate(([0], ends + 1))
        count = np.add.reduceat(self._behind - self._first, first)
        enough = np.flatnonzero(count >= _FEWEST)
        if not len(enough):
            return None
        begin = self._first[first[enough]]
        end = self._behind[np.concatenate((ends, [len(apart)]))[enough]]
        owner = np.searchsorted(self._ends, begin)
        starts = np.concatenate(([_BEFORE], self._ends[:-1] + len(_JOINT)))
        return Candidates(owner, begin, end, begin - starts[owner], count[enough])

    def ways(self, seen: Candidates) -> Ways:
        """How each candidate must be read; way 0 for those that are too long to tell."""
        size = seen.end - seen.begin + _BEFORE
        windows = _rows(self.data, _WIDTH)[seen.begin - _BEFORE]
        windows = np.frombuffer(windows.tobytes().translate(self.kinds), np.uint8).reshape(-1, _WIDTH)
        windows = windows & _OWN[np.minimum(size, _WIDTH)]
        keys = windows.view(f"S{_WIDTH}").ravel().tolist()
        packed = np.frombuffer(bytes(map(_packed.__getitem__, keys)), np.uint8)
        way = np.where(size <= _WIDTH, packed & 15, 0)
        way[(way == phone_shapes.NO_STAMP) & (self.data[seen.begin] == 48)] = phone_shapes.QUICK
        plus, alone, wider, in_row = ((packed >> bit & 1).astype(bool) for bit in (4, 5, 6, 7))
        return Ways(way, plus, alone, wider, in_row)

    def written(self, seen: Candidates) -> list[bytes]:
        """The candidates as they stand in the joined bytes."""
        return [self._bytes[begin:end] for begin, end in zip(seen.begin.tolist(), seen.end.tolist())]

    def numbers(self, seen: Candidates) -> Numbers:
        """The digits of candidates that fit into a window."""
        own = _rows(self.data, _WIDTH)[seen.begin] & _OWN[seen.end - seen.begin]
        written = own.tobytes().translate(None, _NO_DIGITS)
        values = np.frombuffer(written + b"0" * plans_numpy.WIDTH, np.uint8) - 48
        behind = np.cumsum(seen.count)
        first = behind - seen.count
        digits = _rows(values, plans_numpy.WIDTH)[first]
        np.putmask(digits, seen.count[:, None] <= _DIGITS, plans_numpy.NO_DIGIT)
        # No window ends with a blank.
        row = own.ravel()
        inner_zero = np.zeros(len(own), bool)
        inner_zero[np.flatnonzero((row[1:] == 48) & (row[:-1] == 32)) // _WIDTH] = True
        tail = _rows(values, _FEWEST)[behind - _FEWEST]
        return Numbers(written.decode(), first, digits, inner_zero, (tail == tail[:, :1]).all(axis=1))

    def ends_there(self, seen: Candidates) -> Array:
        """Whether what is behind each candidate tells that it ends there (phone_shapes.ends_before)."""
        ends = _looked_up(_ends[self._is_wide], self.data, seen.end)
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
        """number_labels.may_be_label of what is before numbers that begin at `start` of their texts."""
        labels = _looked_up(_labels[self._is_wide], self.data, begin - 4)
        may_be = labels == 1
        for index in np.flatnonzero((labels == _UNKNOWN) | (start < 4)).tolist():
            place = int(start[index])
            may_be[index] = number_labels.may_be_label(self.texts[owner[index]][max(0, place - 4) : place])
        return may_be


class _Packed(dict[bytes, int]):
    """phone_shapes.way_of by window, in one byte: the way, then a bit each for a plus sign, one group, a sign before
    that belongs to the number, many groups."""

    def __missing__(self, window: bytes) -> int:
        way, _, plus, alone, wider, in_row = phone_shapes.way_of(window)
        packed = way | plus << 4 | alone << 5 | wider << 6 | in_row << 7
        return keep(self, window, packed, _MOST_KEPT)


_UNKNOWN, _GOES_ON, _ENDS = 2, 0, 1


class _Ends(dict[int, int]):
    """Whether a number ends before four bytes, which are one key: _UNKNOWN where they are no characters of ASCII
    alone. A question mark is none in texts that are wide."""

    def __init__(self, is_wide: bool) -> None:
        self._is_wide = is_wide

    def __missing__(self, key: int) -> int:
        known, after = _UNKNOWN, key.to_bytes(4, sys.byteorder)
        if after.isascii() and not (self._is_wide and b"?" in after):
            ends = phone_shapes.ends_before(after.partition(_BREAK.encode())[0].decode())
            known = _ENDS if ends else _GOES_ON
        return keep(self, key, known, _MOST_KEPT)


class _Labels(dict[int, int]):
    """Whether four bytes before a number may end a label (number_labels.may_be_label); else as _Ends."""

    def __init__(self, is_wide: bool) -> None:
        self._is_wide = is_wide

    def __missing__(self, key: int) -> int:
        known, before = _UNKNOWN, key.to_bytes(4, sys.byteorder)
        if before.isascii() and not (self._is_wide and b"?" in before) and _BREAK.encode() not in before:
            known = int(number_labels.may_be_label(before.decode()))
        return keep(self, key, known, _MOST_KEPT)


_packed = _Packed()
_ends, _labels = [(_Ends(False), _Ends(True)), (_Labels(False), _Labels(True))]


def _looked_up(known: dict[int, int], data: Array, first: Array) -> Array:
    """`known` of the four bytes of `data` from each of the places `first` on."""
    keys = _rows(data, 4)[first].view(np.uint32).ravel().tolist()
    return np.frombuffer(bytes(map(known.__getitem__, keys)), np.uint8)


def _rows(data: Array, width: int) -> Array:
    """The `width` bytes from each place of `data` on."""
    return np.ndarray((len(data) - width + 1, width), np.uint8, data, 0, (1, 1))  # sooner than as_strided
