"""Whether any word of a text tells of a hidden number: one look at all its words, before any reading of them.

Telling are digit words, words of order and endearment (phone_parts), and words that say that a number is to be read in
another order. Each word met is judged once; nearly all words of nearly all texts are silent.
"""

from __future__ import annotations

import re

from minerva.identifiers import digit_stretches, lexicon, phone_parts

_MOST, _LONGEST = 50_000, 24
"""How many words are kept, and of up to how many bytes."""
_silent: set[bytes] = set()
_telling: set[bytes] = set()
_OTHER_ORDER = (*(max(re.findall(r"\w+", mark), key=len) for mark in lexicon.REVERSED), "code")
"""Of each mark of another order its longest word, and of `area code` the rarer one: without it a text does not hold the
mark."""


def tell(encoded: bytes) -> bool:
    """Whether a word of a text (UTF-8) tells of a hidden number. What it says no to as a whole it says no to in parts
    that words do not go beyond."""
    words = digit_stretches.words_of(encoded)[1]
    if _silent.issuperset(words):
        return False
    # A list, as a text may hold a word too long to be kept.
    return not _telling.isdisjoint(words) or any([_is_telling(word) for word in words if word not in _silent])  # noqa: C419


def _is_telling(word: bytes) -> bool:
    told = digit_stretches.opens(word) or phone_parts.is_told(word) or _names_order(word)
    if len(word) <= _LONGEST:
        known = _telling if told else _silent
        if len(known) >= _MOST:
            known.clear()
        known.add(word)
    return told


def _names_order(word: bytes) -> bool:
    lowered = word.decode("utf-8", "surrogatepass").lower()
    return any([part in lowered for part in _OTHER_ORDER])  # noqa: C419 -- half the time of a generator
