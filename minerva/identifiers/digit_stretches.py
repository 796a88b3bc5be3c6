"""Where a text can hold numbers in digit words: a look at each word alone, before any is read (digit_words.py).

What each word can be in a number word_roles.py says. A stretch that passes may hold a number, the other parts of the
text hold none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import accumulate, compress
from typing import Optional

from minerva.identifiers import simple_runs
from minerva.identifiers.late import late
from minerva.identifiers.word_gaps import WIDEST_GAP
from minerva.identifiers.word_roles import (
    BLANK,
    COMMON,
    DASH_WORDS,
    FILLER,
    GROUP,
    GROUPS,
    JOINS,
    LETTERS,
    LOOSE,
    NOTHING,
    OPENS,
    OPENS_ALONE,
    OPENS_BESIDE_DIGITS,
    OPENS_WITH_OTHERS,
    PROSE_ONE,
    SEVERAL,
    SIMPLE,
    SURELY,
    TRANSCRIBED,
    UNSEEN,
    WEAK,
    WEAK_ONE,
    is_glued_pair,
    role_byte,
)

SPACED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))
_LINKED = late(rb"[0-9] then [0-9]|[0-9]{3} and then [0-9]{3}", re.IGNORECASE)
_FEWEST_SHORT = 4
_SURELY_OPENS, _OPENS_UNLESS_FOUND, _MAY_OPEN_ONLY = b"\1", b"\2", b"\3"
_OPENING = b"".join(
    _SURELY_OPENS if code & OPENS else _OPENS_UNLESS_FOUND if code & OPENS_ALONE else
    _MAY_OPEN_ONLY if code >= OPENS else b"\0" for code in range(256)
)  # fmt: skip
"""How each role opens the search."""
_MAY_OPEN = bytes(bytes([code]) == _MAY_OPEN_ONLY for code in range(256))
_ROLE = bytes(code & 15 for code in range(256))
_SORT_OF = {NOTHING: b".", GROUP: b"g", LOOSE: b"g", GROUPS: b"G", SEVERAL: b"m", SIMPLE: b"s", SURELY: b"s",
            WEAK: b"w", WEAK_ONE: b"w", PROSE_ONE: b"w", FILLER: b"f"}  # fmt: skip
_SORTS = b"".join(_SORT_OF.get(code & 15, b"-") for code in range(256))
"""Each word by its sort: a dot for one that ends a chain, a dash for one that never counts."""
_FIRM = bytes(115 if code in b"smf" else 46 for code in range(256))
"""Words by which a stretch is found, as s: those that are no weak ones."""
_WEAK_SORTS = bytes(119 if code in b"gw" else code for code in range(256))
"""Weak words and digit groups as w: four of them stand in every stretch that they alone make a number, dashes aside."""
_GAPS_ONLY = bytes([BLANK, UNSEEN])
_LINKS_ONLY = bytes([BLANK, UNSEEN, JOINS])
_MANY = 400
"""Words from which on the place of each is noted, as counting them anew for every stretch takes longer."""


Place = tuple[int, int, Optional[simple_runs.SimpleRun]]
"""Start and end of a stretch, and its run if that is simple."""


def words_of(encoded: bytes) -> tuple[bytes, list[bytes]]:
    """A text (UTF-8) with blanks for its signs and small letters for ASCII ones, and the words of that; kept for the
    text read last, as telling_words and phone_parts ask for the same."""
    global _last_words
    last, words = _last_words
    # The same object is sooner known than an equal one.
    if last is not encoded:
        spaced = encoded.translate(SPACED)
        words = spaced, spaced.split(b" ")
        _last_words = encoded, words
    return words


_last_words: tuple[bytes, tuple[bytes, list[bytes]]] = b"", (b"", [b""])


tells_from: tuple[bytes, int] = b"", 0
"""The text of which telling_words last told ANYTHING, and the place of its first word that tells of digit words."""
_NO_ROLE = bytes([NOTHING])


def opened_by(encoded: bytes, left: bytes, found: bool) -> tuple[list[bytes], bytes] | None:
    """The words of a text, one blank apart, and what each is in a chain, if a number in digit words is worth a search;
    parameters as for `places`."""
    spaced, words = words_of(encoded)
    last, first = tells_from
    if last is encoded:
        # No stretch is a number of words that tell nothing alone: what goes on to the first that does is looked up.
        while first and role_byte(words[first - 1]) != _NO_ROLE:
            first -= 1
        roles = _NO_ROLE * first + b"".join(map(role_byte, words[first:]))
    else:
        roles = b"".join(map(role_byte, words))
    opening = roles.translate(_OPENING)
    if (
        opening.find(_SURELY_OPENS) < 0
        and (found or opening.find(_OPENS_UNLESS_FOUND) < 0)
        and (spaced.find(b" then ") < 0 or _LINKED.search(left) is None)
    ):
        may_open = opening.translate(_MAY_OPEN)
        if may_open.find(1) < 0 or not _is_open(may_open, roles, words, spaced):
            return None
    return words, roles


def places(text: str, encoded: bytes, left: bytes, found: bool) -> list[Place]:
    """The stretches of a text that may hold a number in digit words; `encoded` is the text (UTF-8), `left` the same
    without what is read already. With numbers `found` already, words glued together or written with digits in them are
    not looked for."""
    opened = opened_by(encoded, left, found)
    if opened is None:
        return []
    words, roles = opened
    found_places: list[Place] = []
    sizes = list(accumulate(map(len, words))) if len(words) > _MANY else None
    is_ascii = text.isascii()
    at = chars = 0
    sorts = roles.translate(_SORTS)
    # Many weak words and digit groups alone can be a number too.
    weak = (
        sorts.count(b"w") > 1
        and _may_be_weak(sorts)
        and (sorts.translate(_WEAK_SORTS, b"-").find(b"wwww") >= 0 or sorts.find(b"G") >= 0)
    )
    for first, last in _in_row(sorts) if weak else _around_firm(sorts):
        within = sorts[first:last]
        # A word alone is the commonest of what is no number, several sure words the commonest of what may be one.
        sure = within.count(b"s")
        if sure < 2 and ((len(within) == 1 and within != b"m") or not _may_be_number(within, sure)):
            continue
        stretch = roles[first:last].translate(_ROLE)
        # What only links words is no part of it before and behind.
        if stretch[-1] in _LINKS_ONLY:
            stretch = stretch.rstrip(_LINKS_ONLY)
            last = first + len(stretch)
        if stretch[0] in _GAPS_ONLY:
            stretch = stretch.lstrip(_GAPS_ONLY)
            first = last - len(stretch)
        own = words[first:last]
        if sizes is None:
            # By the words before or those behind, whichever are fewer.
            if first * 2 < len(words):
                start = len(b" ".join(words[:first])) + 1 if first else 0
            else:
                start = len(encoded) - len(b" ".join(words[first:]))
            end = start + len(b" ".join(own))
        else:
            start = (sizes[first - 1] if first else 0) + first
            end = sizes[last - 1] + last - 1
        size = end - start
        place = start
        if not is_ascii:
            # Bytes counted as characters, each once.
            chars, at = chars + len(encoded[at:start].decode("utf-8", "surrogatepass")), end
            size = len(encoded[start:end].decode("utf-8", "surrogatepass"))
            place, chars = chars, chars + size
        run = None
        if not stretch.strip(simple_runs.PLAIN_ROLES):  # nothing else in it
            run = simple_runs.simple(text, (place, place + size), stretch, own, encoded[start:end])
        found_places.append((place, place + size, run))
    return found_places


def _around_firm(sorts: bytes) -> list[tuple[int, int]]:
    """Where words stand without one between that ends a chain, such as are found by one that is no weak one."""
    spans = []
    starts = sorts.translate(_FIRM)
    begin = starts.find(b"s")
    while begin >= 0:
        last = sorts.find(b".", begin)
        if last < 0:
            last = len(sorts)
        spans.append((sorts.rfind(b".", 0, begin) + 1, last))
        begin = starts.find(b"s", last)
    return spans


def _in_row(sorts: bytes) -> list[tuple[int, int]]:
    """The same of all that are several words or one that says several digits."""
    return [match.span() for match in _ROWS.finditer(sorts)]


_ROWS = late(rb"[^.]{2,}|m")


def everywhere(text: str, encoded: bytes, left: bytes, found: bool) -> list[Place]:
    """The whole text, in place of `places`."""
    return [(0, len(text), None)]


def _is_open(may_open: bytes, roles: bytes, words: list[bytes], spaced: bytes) -> bool:
    """Whether the words of a text (`spaced`) that `may_open` marks open the search by their `roles`."""
    short, beside = [], []
    for word, role in zip(compress(words, may_open), compress(roles, may_open)):
        if role & OPENS_BESIDE_DIGITS:
            if word in DASH_WORDS or is_glued_pair(word):
                beside.append(word)
        elif role & OPENS_WITH_OTHERS:
            short.append(word)
    if any_beside_digit(beside, spaced):
        return True
    if not short:
        return False
    known = {part for word in (*short, *COMMON.intersection(words)) for part in LETTERS.findall(word)}
    # "yao ba 1 yao 9 9 er 9"
    fewest = _FEWEST_SHORT - (len([word for word in words if len(word) == 1 and word.isdigit()]) > _FEWEST_SHORT)
    if any(len(known & language) >= fewest for language in TRANSCRIBED):
        return True
    return len(known) >= _IN_ROW and _is_row_beside_digits(may_open, words)


def _is_row_beside_digits(may_open: bytes, words: list[bytes]) -> bool:
    """Whether three words in a row that `may_open` marks are of one language, with a group of three digits or more
    right before or behind them: `yi san ba 1234 5678`."""
    at = may_open.find(_ROW)
    while at >= 0:
        row = words[at : at + _IN_ROW]
        beside = [*words[max(0, at - 1) : at], *words[at + _IN_ROW : at + _IN_ROW + 1]]
        if any(language.issuperset(row) for language in TRANSCRIBED) and any(
            len(word) >= _IN_ROW and word.isdigit() for word in beside
        ):
            return True
        at = may_open.find(_ROW, at + 1)
    return False


_IN_ROW = 3
_ROW = b"\1" * _IN_ROW


def any_beside_digit(words: Collection[bytes], spaced: bytes) -> bool:
    """Whether one of some words, for a dash or of two digits, stands beside a digit, as near as in a chain."""
    if not words:
        return False
    spaced = b" %b " % spaced
    return any([is_beside_digit(word, spaced) for word in set(words)])  # noqa: C419 -- half the time of a generator


def is_beside_digit(word: bytes, spaced: bytes) -> bool:
    """`any_beside_digit` of one word; blanks stand before and behind the text."""
    between = b" %b " % word
    at = spaced.find(between)
    while at >= 0:
        behind = at + len(between)
        before = spaced[max(0, at - WIDEST_GAP) : at].rstrip()
        if before[-1:].isdigit() or spaced[behind : behind + WIDEST_GAP].lstrip()[:1].isdigit():
            return True
        at = spaced.find(between, behind - 1)
    return False


def _may_be_number(sorts: bytes, sure: int) -> bool:
    """Whether the words of a stretch, fewer than two of them sure ones, are enough for a chain, as digit_words demands
    it."""
    if b"m" in sorts:
        return True
    groups = sorts.count(b"g") + 3 * sorts.count(b"G")
    return (groups > 1 and (sure > 0 or b"f" in sorts)) or _may_be_weak(sorts)


def _may_be_weak(sorts: bytes) -> bool:
    """Whether weak words and digit groups alone are enough."""
    weak = sorts.count(b"w")
    if weak > 6 or weak < 2:
        return weak > 6
    groups = sorts.count(b"g") + 3 * sorts.count(b"G")
    return groups > 2 or (groups > 1 and weak > 4) or (groups > 0 and weak > 2)
