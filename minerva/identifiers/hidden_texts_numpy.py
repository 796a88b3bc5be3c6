"""Which of many ASCII texts without plainly written phones may hold hidden ones: few do, so they are asked together.

Says yes wherever the tests that phone.find asks one text after the other do, and hardly more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minerva.identifiers import digit_runs, phone
from minerva.identifiers.phone_shapes import FEWEST

Array = Any
_APART = b" ::: "
"""Stands between texts whose words are looked at together: ends a word, links nothing."""
_PARTS = 8
_LETTER, _SIGN, _OTHER, _NO_TIME, _DIGIT = 1, 2, 4, 8, 16
_FEWEST_REAL = 3


def _kind(char: str) -> int:
    """A digit; a letter or a colon, which no number goes beyond; what looks like a digit; what does not stand within a
    number written with such signs; all but a colon, which a number with colons between does not go beyond."""
    if char in "0123456789":
        return _DIGIT
    kind = _LETTER if char.isalnum() or char == ":" else 0
    if char != ":":
        kind |= _NO_TIME
    if char in digit_runs.LOOKALIKE:
        return kind | _SIGN
    return kind if char in " .-()/" else kind | _OTHER


_KINDS = bytes(map(_kind, map(chr, range(256))))


def with_digits(left: Sequence[bytes]) -> list[int]:
    """The places of the texts that digit_runs.may_hold or may_hold_letters say yes to. `left` are ASCII texts without
    the spans of what is no number."""
    if not left:
        return []
    kinds = np.frombuffer(b"x".join(left).translate(_KINDS), np.uint8)
    ends = np.cumsum([len(text) + 1 for text in left])
    # Seven digits with no letter or colon between, or with nothing but colons.
    digits = np.flatnonzero(kinds == _DIGIT)
    dense = _close(kinds, _LETTER, digits) | _close(kinds, _NO_TIME, digits)
    # Seven digits or signs like them with nothing but plain separators between, three digits anywhere in the text.
    signs = np.flatnonzero(kinds & (_DIGIT | _SIGN) > 0)
    alike = _close(kinds, _OTHER, signs)
    real = np.bincount(np.searchsorted(ends, digits, "right"), minlength=len(left)) >= _FEWEST_REAL
    found = {place for place in _texts(digits, dense, ends) if digit_runs.may_hold(left[place])}
    letters = [place for place in _texts(signs, alike, ends) - found if real[place]]
    found.update(place for place in letters if digit_runs.may_hold_letters(left[place]))
    return sorted(found)


def _close(kinds: Array, between: int, places: Array) -> Array:
    """From the seventh of `places` on, whether nothing of the kind `between` stands among it and the six before."""
    passed = np.cumsum(kinds & between > 0, dtype=np.int32)[places]
    found: Array = passed[FEWEST - 1 :] == passed[: 1 - FEWEST]
    return found


def _texts(places: Array, told: Array, ends: Array) -> set[int]:
    """The texts in which one of `places`, from the seventh on, is `told`."""
    return set(np.searchsorted(ends, places[FEWEST - 1 :][told], "right").tolist())


def with_words(texts: Sequence[bytes], left: Sequence[bytes]) -> list[int]:
    """The places of the texts that phone.may_hide says yes to; `left` as for `with_digits`."""

    def loud(first: int, last: int) -> list[int]:
        if first == last or not phone.may_hide(_APART.join(texts[first:last]), _APART.join(left[first:last])):
            return []
        if last - first == 1:
            return [first]
        step = -(-(last - first) // _PARTS)
        return [each for at in range(first, last, step) for each in loud(at, min(at + step, last))]

    return loud(0, len(texts))
