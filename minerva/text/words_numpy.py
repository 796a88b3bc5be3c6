"""Where the words of many texts stand, and their signs as bytes, where numpy is at hand.

The words are those of `normal.normal_text`. The texts are one array of code points: what is ASCII is folded at once for
all, each sign outside it by a table filled as signs are met. A text in which a sign's neighbors have a say (combining
marks, scripts without spaces) is first brought to its normal form by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from minerva.text.normal import NOTHING, SEPARATOR, SPACE, normal_text, sign_alone
from minerva.text.signature import BLOCK, narrowed

Array = Any
_UNKNOWN, _INVOLVED = 0, 255
_CODE_POINTS = 0x110000
# By code point; the pages that no text touches take no memory.
_KINDS = np.zeros(_CODE_POINTS, np.uint8)
_FOLDED = np.zeros(_CODE_POINTS, np.uint32)


class Words(NamedTuple):
    """signs: uint8, one per code point as `signature.narrowed` has it, with BLOCK more at both ends.

    starts, ends: the places in `signs` of each word; until: the number of words up to the end of each text.
    letters, places: the code point, folded, and the place of each letter outside ASCII.
    """

    signs: Array
    starts: Array
    ends: Array
    until: Array
    letters: Array
    places: Array


def words_of(texts: Sequence[str], prepared: bool = False) -> Words:
    """Returns the words of one or more texts, in order. `prepared`: those that need it are in their normal form."""
    codes = np.frombuffer((" ".join(texts) + " ").encode("utf-32-le", "surrogatepass"), "<u4")
    text_ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)  # behind the space that follows
    signs, within = _ascii_words(codes)
    foreign = np.flatnonzero(codes > 0x7F)
    kinds = _kinds(codes[foreign])
    places = foreign + BLOCK
    within[places] = kinds != SEPARATOR
    # A sign that is dropped joins what stands around it, unless that is a separator.
    dropped = places[kinds == NOTHING]
    inside = within[dropped - 1] & within[dropped + 1]
    if not prepared:
        involved = np.concatenate((foreign[kinds == _INVOLVED], dropped[inside] - BLOCK))
        if len(involved):
            return words_of(_normal_where(texts, np.searchsorted(text_ends, involved, "right")), True)
    within[dropped] = False

    lettered = within[places]
    places = places[lettered]
    letters = _FOLDED[codes[foreign[lettered]]]
    beyond = letters > 0x7F
    signs[places] = np.where(beyond, narrowed(letters), letters)
    if not beyond.all():
        letters, places = letters[beyond], places[beyond]
    edges = np.flatnonzero(within[1:] != within[:-1]) + 1
    starts, ends = edges[0::2], edges[1::2]
    return Words(signs, starts, ends, np.searchsorted(starts, text_ends + BLOCK), letters, places)


def _ascii_words(codes: Array) -> tuple[Array, Array]:
    """Returns (signs, which of them belong to a word): capitals folded, what is not ASCII still open."""
    signs = np.full(len(codes) + 2 * BLOCK, SPACE, np.uint8)
    inner = signs[BLOCK:-BLOCK]
    inner[:] = codes
    digits = inner - np.uint8(0x30) < 10
    inner |= np.uint8(0x20)  # no digit changes
    within = np.zeros(len(signs), bool)
    np.less(inner - np.uint8(0x61), 26, out=within[BLOCK:-BLOCK])
    within[BLOCK:-BLOCK] |= digits
    return signs, within


def _kinds(met: Array) -> Array:
    kinds = _KINDS[met]
    if not kinds.all():
        for code in np.unique(met[kinds == _UNKNOWN]).tolist():
            alone = sign_alone(chr(code))
            # The kind last: another thread may read it at once.
            kind, _FOLDED[code] = (_INVOLVED, code) if alone is None else alone
            _KINDS[code] = kind
        kinds = _KINDS[met]
    return kinds


def _normal_where(texts: Sequence[str], chosen: Array) -> list[str]:
    found = list(texts)
    for place in np.unique(chosen).tolist():
        found[place] = normal_text(found[place]).decode()
    return found
