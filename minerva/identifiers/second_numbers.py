"""Whether a text with a plainly written number may tell a second one, in digit words or in parts, in a language of its
region (data/second_numbers.json)."""

from __future__ import annotations

import re

from minerva.identifiers.kept import keep
from minerva.identifiers.tables import table

_DATA = table("second_numbers")
_DIGITS = b"0123456789"
_BEHIND_ONE, _ALONE = 17, 7
"""Digits of a number told in parts and of one before it, and of one that is told so alone."""
_Parts = tuple[bytes, ...]
_known: dict[str, tuple[_Parts, _Parts]] = {}
_MOST = 400
_BEGINS = {
    b" with ": re.compile(rb"(?:begin|start)s?(?: off)? with "),
    b"first ": re.compile(rb"first [0-9]"),
}
"""What common words must stand beside."""


def may_tell(region: str, lowered: bytes, written_plainly: bool) -> bool:
    """`lowered` is the text in UTF-8, its ASCII letters small, with the numbers found in it if they are
    `written_plainly`. Needles are sooner not found than an expression."""
    words, begins = _known.get(region) or _needles(region)
    find = lowered.find
    for word in words:
        if find(word) >= 0:
            return True
    for begin in begins:
        if find(begin) >= 0 and (begin not in _BEGINS or _BEGINS[begin].search(lowered) is not None):
            digits = len(lowered) - len(lowered.translate(None, _DIGITS))
            return digits >= (_BEHIND_ONE if written_plainly else _ALONE)
    return False


def _needles(region: str) -> tuple[_Parts, _Parts]:
    """The parts of words and of phrases that a text of a region is looked through for."""
    languages = [language for language, regions in _DATA["regions"].items() if region in regions]
    words, begins = (
        tuple([part.encode() for language in languages for part in _DATA[key][language]]) for key in ("words", "begins")
    )
    return keep(_known, region, (words, begins), _MOST)
