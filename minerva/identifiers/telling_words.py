"""What the words of a text tell of a hidden number: one look at all of them, before any reading of them.

Telling are digit words, words of order and endearment (phone_parts), and words that say that a number is to be read in
another order. Each word met is judged once; nearly all words of nearly all texts are silent.
"""

from __future__ import annotations

import re
from itertools import filterfalse
from operator import length_hint

from minerva.identifiers import digit_stretches, leet_words, lexicon, phone_halves, phone_parts, word_roles
from minerva.identifiers.late import late

_MOST, _LONGEST = 50_000, 24
"""How many words are kept, and of up to how many bytes."""
IN_WORDS, IN_PARTS, IN_ORDER = 1, 2, 4
"""What there can be: a number in digit words, one told in parts, one in another order."""
ANYTHING = IN_WORDS | IN_PARTS | IN_ORDER
NAMES_PART, _BEGINS, _LATER = 16, 32, 64
IN_PLACES = _BEGINS | _LATER
"""There can be one in several places if both are said, or NAMES_PART in a remark; not said beside ANYTHING."""
BUT_PARTS = IN_WORDS | IN_ORDER
_BESIDE_DIGIT = 8
"""A word for a dash or a dot: digit words can be there if a digit is beside it."""
_GLUED = 128
"""A word of letters and digits that tells of nothing alone and may be in a number that others tell of: `O4I9`."""
_IN_STRETCH = IN_WORDS | _BESIDE_DIGIT | _GLUED
_silent: set[bytes] = set()
_telling: dict[bytes, int] = {}
_MARKS = lexicon.longest_words(lexicon.REVERSED_NUMBERS + lexicon.AREA_APART)
"""What each mark of another order has a word of."""
_OTHER_ORDER = late(lexicon.branches(_MARKS))
_OTHER_ORDER_ASCII = re.compile(lexicon.branches(filter(str.isascii, _MARKS)).encode())
_NAMES_PART = phone_parts.TELLING | phone_halves.TELLING


def told(encoded: bytes) -> int:
    """What numbers the words of a text (UTF-8) tell of, ANYTHING where a word does that stands for nothing but a digit.
    What it does not name for a whole it does not name for parts that words do not go beyond."""
    global _last_order
    spaced, words = digit_stretches.words_of(encoded)
    found = 0
    first: int | None = None
    dashes = []
    left = iter(words)
    # Nearly all are silent: up to the next that is not they are looked up without a step of ours for each. `issuperset`
    # of 3.9 would take all of `left` before it looks at the first.
    for word in filterfalse(_silent.__contains__, left):
        what = _telling.get(word) or _judged(word)
        if first is None and what & _IN_STRETCH:
            first = len(words) - 1 - length_hint(left)
        if what == ANYTHING:
            _last_order = encoded, found & IN_ORDER > 0
            digit_stretches.tells_from = encoded, first or 0
            return ANYTHING
        if what == _BESIDE_DIGIT:
            dashes.append(word)
        elif what != _GLUED:
            found |= what
    if dashes and digit_stretches.any_beside_digit(dashes, spaced):
        found |= IN_WORDS
    _last_order = encoded, found & IN_ORDER > 0
    return found


_last_order: tuple[bytes, bool] = b"", False


def may_say_order(encoded: bytes) -> bool:
    """False if the words of a text up to the first digit word, or all of them, name no other order, as far as `told`
    was asked for it last."""
    last, said = _last_order
    return said or last is not encoded


def names_order(encoded: bytes) -> bool:
    """Whether a word of a part of a text (UTF-8) says that a number is to be read in another order."""
    silent = _silent
    if silent.issuperset(words := encoded.translate(digit_stretches.SPACED).split()):
        return False
    for word in words:
        if word not in silent:
            # Long ones are not kept: those of scripts without blanks.
            what = _telling.get(word) or (_judged(word) if len(word) <= _LONGEST else _names_order(word) * IN_ORDER)
            if what & IN_ORDER and what != ANYTHING:
                return True
    return False


def _judged(word: bytes) -> int:
    what = 0 if _tells_nothing(word) else _told_by(word)
    if len(word) <= _LONGEST:
        if len(_silent) + len(_telling) >= _MOST:
            _silent.clear()
            _telling.clear()
        if what:
            _telling[word] = what
        else:
            _silent.add(word)
    return what


def _tells_nothing(word: bytes) -> bool:
    """Whether a word is one of those that are soonest known to be silent: `_told_by` it is 0. Nearly all words met for
    the first time, user names and codes among them, are such."""
    return word.isdigit() or (
        word not in _NAMES_PART
        and word_roles.plain_role(word) is not None
        and not leet_words.may_begin_one(word)
        and _OTHER_ORDER_ASCII.search(word) is None
    )


def _told_by(word: bytes) -> int:
    what = 0
    role = word_roles.role_byte(word)[0]
    if role >= word_roles.OPENS:
        what = _BESIDE_DIGIT if word_roles.is_dash(word) else ANYTHING
    elif leet_words.is_one(word):
        what = ANYTHING
    elif word_roles.is_link(word):
        what = IN_WORDS
    if what not in (_BESIDE_DIGIT, ANYTHING):
        if phone_parts.is_told(word):
            what |= IN_PARTS
        if _names_order(word):
            what |= IN_ORDER
        if phone_halves.tells(word):
            what |= NAMES_PART
        if phone_halves.begins(word):
            what |= _BEGINS
        if phone_halves.is_later(word):
            what |= _LATER
    return what or (role in _IN_NUMBERS) * _GLUED


_IN_NUMBERS = frozenset([word_roles.SURELY, word_roles.SIMPLE, word_roles.SEVERAL, word_roles.GROUPS])


def _names_order(word: bytes) -> bool:
    return _OTHER_ORDER.search(word.decode("utf-8", "surrogatepass").lower()) is not None
