"""Which of many ASCII texts without plainly written phones may hold hidden ones: few do, so they are asked together.

Says yes wherever the tests that phone.find asks one text after the other do, and hardly more often.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from minerva.identifiers import (
    digit_runs,
    digit_stretches,
    lettered_numbers,
    lookalike_runs,
    phone_gates,
    phone_parts,
    telling_words,
)
from minerva.identifiers.phone_shapes import FEWEST

Array = Any
_APART = b" ::: "
"""Stands between texts whose words are looked at together: ends a word, links nothing."""
_PARTS = 8
_FEW_WORDS = 8
"""Up to so many telling words it pays to look where they are."""
_LETTER, _SIGN, _OTHER, _NO_TIME, _DIGIT = 1, 2, 4, 8, 16
_FEWEST_REAL = 3
_DIGITS = b"0123456789"
_SLASH, _BAR, _LINE = b"/|_"


def _kind(char: str) -> int:
    """A digit; a letter or a colon, which no number goes beyond; what looks like a digit; what does not stand within a
    number written with such signs; all but a colon, which a number with colons between does not go beyond."""
    if char in "0123456789":
        return _DIGIT
    kind = _LETTER if char.isalnum() or char == ":" else 0
    if char != ":":
        kind |= _NO_TIME
    if char in lookalike_runs.LOOKALIKE:
        return kind | _SIGN
    return kind if char in " .-()*~/" else kind | _OTHER


_KINDS = bytes(map(_kind, map(chr, range(256))))


def with_digits(left: Sequence[bytes]) -> list[int]:
    """The places of the texts that `may_hold` of digit_runs, lookalike_runs or, where they are parted,
    lettered_numbers says yes to. `left` are ASCII texts
    without the spans of what is no number."""
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
    found.update(place for place in letters if lookalike_runs.may_hold(left[place]))
    # Signs like digits between others than plain separators are no such seven.
    parted = [place for place, text in enumerate(left) if _SLASH in text or _BAR in text or _LINE in text]
    found.update(place for place in parted if place not in found and _is_lettered(left[place]))
    return sorted(found)


def _is_lettered(left: bytes) -> bool:
    return lookalike_runs.may_hold(left) or (phone_gates.is_parted(left) and lettered_numbers.may_hold(left))


def _close(kinds: Array, between: int, places: Array) -> Array:
    """From the seventh of `places` on, whether nothing of the kind `between` stands among it and the six before."""
    passed = np.cumsum(kinds & between > 0, dtype=np.int32)[places]
    found: Array = passed[FEWEST - 1 :] == passed[: 1 - FEWEST]
    return found


def _texts(places: Array, told: Array, ends: Array) -> set[int]:
    """The texts in which one of `places`, from the seventh on, is `told`."""
    return set(np.searchsorted(ends, places[FEWEST - 1 :][told], "right").tolist())


def with_words(texts: Sequence[bytes], left: Sequence[bytes]) -> list[int]:
    """The places of the texts that phone_gates.may_hide says yes to; `left` as for `with_digits`."""
    told = _telling(texts)
    silent = [place for place in range(len(texts)) if place not in told]
    some = list(left)
    for place in told:
        if not _may_tell(left[place]):
            some[place] = b""
    return sorted(_loud(sorted(told), phone_gates.may_hide, texts, some) + _loud(silent, _shows_letters, texts, left))


def _may_tell(left: bytes) -> bool:
    """Whether phone_gates.may_hide can find anything in what is left of a text: in few digits it only looks for
    `5 then 4` and for a line that ends between two. Their gaps need not be gone through."""
    return len(left) - len(left.translate(None, _DIGITS)) >= FEWEST or b" then " in left or b"\n" in left


def _telling(texts: Sequence[bytes]) -> set[int] | range:
    """The texts with a word that tells of a hidden number; all of them if many words do."""
    spaced = (b" %b " % _APART.join(texts)).translate(digit_stretches.SPACED)
    sample = spaced.find(b" ", len(spaced) // _PARTS)
    telling = telling_words.among(set(spaced[:sample].split()))
    if len(telling) <= _FEW_WORDS:
        telling |= telling_words.among(set(spaced[sample:].split()))
    if len(telling) > _FEW_WORDS:
        return range(len(texts))
    ends = list(accumulate([len(text) + len(_APART) for text in texts]))
    found = set()
    for word in telling:
        alone = b" %b " % word
        at = spaced.find(alone)
        while at >= 0:
            place = bisect_right(ends, at)
            found.add(place)
            at = spaced.find(alone, ends[place])
    return found


def _shows_letters(encoded: bytes, left: bytes) -> bool:
    """phone_gates.may_hide of a text without telling words."""
    return phone_gates.shows_letters(encoded) or phone_parts.may_hold(encoded, left, False)


def _loud(
    places: list[int], test: Callable[[bytes, bytes], bool], texts: Sequence[bytes], left: Sequence[bytes]
) -> list[int]:
    """Those of the `places` whose text passes the test; what it says no to as a whole, with colons between texts, it
    says no to one by one."""
    joined = [_APART.join([each[place] for place in places]) for each in (texts, left)]
    if not places or not test(*joined):
        return []
    if len(places) == 1:
        return places
    step = -(-len(places) // _PARTS)
    parts = range(0, len(places), step)
    return [each for at in parts for each in _loud(places[at : at + step], test, texts, left)]
