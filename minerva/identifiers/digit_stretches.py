"""Where a text can hold numbers in digit words: a look at each word alone, before any is read (digit_words.py).

What each word can be in a number word_roles.py says. A stretch that passes may hold a number, the other parts of the
text hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, compress
from typing import Optional

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded, unmixed
from minerva.identifiers.phone_tokens import Run, Token, token_of
from minerva.identifiers.word_roles import (
    BESIDE_NO,
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
    ONE_DIGIT,
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
    begin_together,
    digit_of,
    role_byte,
)

SPACED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))
_LINKED = re.compile(rb"[0-9] then [0-9]")
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
_ANY = bytes(46 if code == 46 else 115 for code in range(256))
"""Words by which a stretch is found, as s: those that are no weak ones, or all that do not end a chain."""
_WEAK_SORTS = bytes(119 if code in b"gw" else code for code in range(256))
"""Weak words and digit groups as w: five of them stand in every stretch that they alone make a number, dashes aside."""
_PLAIN_ROLES = bytes([GROUP, SIMPLE, WEAK_ONE, PROSE_ONE, BLANK, UNSEEN])
_GAPS_ONLY = bytes([BLANK, UNSEEN])
_LINKS_ONLY = bytes([BLANK, UNSEEN, JOINS])
_BLANKS, _GROUP_ROLE, _WEAK_ONES, _PROSE_ONES, _UNSEENS = (
    bytes([role]) for role in (BLANK, GROUP, WEAK_ONE, PROSE_ONE, UNSEEN)
)
_ALL_WEAK = frozenset([WEAK_ONE, PROSE_ONE, BLANK])
_NO_WORDS = bytes([GROUP, BLANK, UNSEEN])
_COMMA = 44
_THOUSANDS = re.compile(rb"(?<![^ \-.,])[0-9]{1,2},[0-9]{3}(?![^ \-.,])")
_GROUPS_APART = bytes([GROUP, BLANK, GROUP])
_SIMPLY_LINKED = bytes(code for code in range(256) if code > 127 or chr(code).isalnum() or chr(code) in " -.,")
"""What stands in a simple run."""
_MANY = 400
"""Words from which on the place of each is noted, as counting them anew for every stretch takes longer."""


class SimpleRun(Run):
    """A stretch of nothing but digit groups and words of ONE_DIGIT, between each two a sign that links them (a blank, a
    dash, a dot, a comma, or one of the last two and a blank), if it is enough for a number: what digit_words makes of
    it, sooner. Its tokens are only made when they are asked for, and without plus signs."""

    __slots__ = ("_text", "_words")

    def __init__(self, text: str, span: tuple[int, int], digits: str, words: list[bytes], count: int) -> None:
        """`words` are the `count` groups and words as written and an empty one in each gap of two characters."""
        self._text, self._words = text, words
        self.method = "words"
        self.start, self.end = span
        self.digits, self.count = digits, count
        self.weak = role_byte(words[0])[0] & 15 in _ALL_WEAK and not (
            count > 1 and begin_together(words[0], words[1] or words[2])
        )
        self.plus = self.plus_within = False

    @property
    def tokens(self) -> list[Token]:
        found = []
        for match in _LETTERS_OR_DIGITS.finditer(folded(unmixed(self._text[self.start : self.end]))):
            word = match.group()
            first, last = match.span()
            digits = ONE_DIGIT.get(word, word)
            found.append(token_of((digits, self.start + first, self.start + last, False, word in lexicon.WEAK)))
        return found

    def is_weak(self) -> bool:
        return all([role_byte(word)[0] & 15 in _ALL_WEAK for word in self._words])  # noqa: C419 -- sooner

    def first_end(self) -> int:
        return self.start + _length(self._words[0])

    def ends_in_prose(self) -> bool:
        return role_byte(self._words[-1])[0] & 15 == PROSE_ONE

    def without_first(self) -> SimpleRun | None:
        if self.count < 2:
            return None
        words = self._words[2 if self._words[1] == b"" else 1 :]
        start = self.start + _length(self._words[0]) + len(self._words) - len(words)
        return SimpleRun(
            self._text, (start, self.end), self.digits[len(digit_of(self._words[0])) :], words, self.count - 1
        )

    def without_last(self) -> SimpleRun | None:
        if self.count < 2:
            return None
        words = self._words[: -2 if self._words[-2] == b"" else -1]
        end = self.end - _length(self._words[-1]) - len(self._words) + len(words)
        return SimpleRun(
            self._text, (self.start, end), self.digits[: -len(digit_of(self._words[-1]))], words, self.count - 1
        )


def _length(word: bytes) -> int:
    return len(word) if word.isascii() else len(word.decode("utf-8", "surrogatepass"))


_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|[0-9]+")
Place = tuple[int, int, Optional[SimpleRun]]
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


def opened_by(encoded: bytes, left: bytes, found: bool) -> tuple[list[bytes], bytes] | None:
    """The words of a text, one blank apart, and what each is in a chain, if a number in digit words is worth a search;
    parameters as for `places`."""
    spaced, words = words_of(encoded)
    roles = b"".join(map(role_byte, words))
    opening = roles.translate(_OPENING)
    if (
        opening.find(_SURELY_OPENS) < 0
        and (found or opening.find(_OPENS_UNLESS_FOUND) < 0)
        and (left.find(b" then ") < 0 or _LINKED.search(left) is None)
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
    is_ascii = len(text) == len(encoded)
    at = chars = 0
    sorts = roles.translate(_SORTS)
    # Many weak words and digit groups alone can be a number too.
    weak = sorts.count(b"w") > 1 and _may_be_weak(sorts) and (
        sorts.translate(_WEAK_SORTS, b"-").find(b"wwwww") >= 0 or sorts.find(b"G") >= 0
    )
    starts = sorts.translate(_ANY if weak else _FIRM)
    behind = 0
    while (begin := starts.find(b"s", behind)) >= 0:
        # The stretch around: words without one between that ends a chain.
        first, last = sorts.rfind(b".", 0, begin) + 1, sorts.find(b".", begin)
        behind = last = last if last >= 0 else len(sorts)
        within = sorts[first:last]
        # A word alone is the commonest of what is no number.
        if (len(within) == 1 and within != b"m") or not _may_be_number(within):
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
        if not stretch.strip(_PLAIN_ROLES):  # nothing else in it
            run = _simple(text, (place, place + size), stretch, own, encoded[start:end])
        found_places.append((place, place + size, run))
    return found_places


def everywhere(text: str, encoded: bytes, left: bytes, found: bool) -> list[Place]:
    """The whole text, in place of `places`."""
    return [(0, len(text), None)]


def _simple(text: str, span: tuple[int, int], stretch: bytes, words: list[bytes], written: bytes) -> SimpleRun | None:
    """The run of a stretch of words, `written` so; None if that is not simple, or no number."""
    if stretch[0] == GROUP and (first := _first_word(stretch, words, written)):
        before = written[: len(b" ".join(words[:first])) + 1]
        span = span[0] + _length(before), span[1]
        stretch, words, written = stretch[first:], words[first:], written[len(before) :]
    if written.translate(None, _SIMPLY_LINKED) or stretch.find(_UNSEENS) >= 0:
        return None
    if stretch[0] == GROUP and written[len(words[0])] == _COMMA:
        # Digits and a comma may only stand before a number.
        return None
    if _COMMA in written and stretch.find(_GROUP_ROLE) >= 0 and _THOUSANDS.search(written) is not None:
        return None
    blanks = stretch.count(_BLANKS)
    if blanks:
        stops = written.count(b". ")
        if written.count(b", ") + stops != blanks:
            return None
        if stops and stretch.find(_GROUPS_APART) >= 0:
            # A sentence may end between two groups.
            return None
        if stops and _ENDS_BETWEEN.search(stretch) is not None:
            # A sentence that ends between a word and a group: what is behind it alone is no number.
            if blanks > 1 or stretch[-2] != BLANK:
                return None
            span = span[0], span[1] - _length(words[-1]) - 2
            stretch, words, blanks = stretch[:-2], words[:-2], 0
    if words[-1] in COMMON and BESIDE_NO.isdisjoint(words):
        gap = 2 if stretch[-2] == BLANK else 1
        span = span[0], span[1] - len(words[-1]) - gap
        stretch, words, blanks = stretch[:-gap], words[:-gap], blanks - gap + 1
    prose = stretch.count(_PROSE_ONES)
    weak = stretch.count(_WEAK_ONES) + prose
    count = len(words) - blanks
    groups = stretch.count(_GROUP_ROLE)
    sure = count - groups - weak
    if sure < 2 and weak < _FEWEST_WEAK and (weak or not sure or count < 3):
        return None
    if weak > 2 and prose * 2 > max(sure + min(groups, 3), 5):
        return None
    digits = b"".join(map(digit_of, words))
    if groups + len(digits) < _FEWEST or not digits.isdigit():
        return None
    return SimpleRun(text, span, digits.decode(), words, count)


def _first_word(stretch: bytes, words: list[bytes], written: bytes) -> int:
    """Where the words of a stretch begin that digit groups stand before, if no number goes over the gap between; else
    0. Groups alone are no number in words."""
    first = len(stretch) - len(stretch.lstrip(_NO_WORDS))
    group = stretch.rfind(_GROUP_ROLE, 0, first)
    if group < 0:
        return 0
    gap = written[len(b" ".join(words[: group + 1])) : len(b" ".join(words[:first])) + 1]
    return first if ends_chain(gap.decode("utf-8", "surrogatepass")) else 0


WIDEST_GAP = 7
WIDEST_BLANK = 16
"""Blanks alone, as stand behind a long word that was spelled letter by letter."""
_GAP = re.compile(r"[^\w$€£¥%+=&]{0,7}| {8,16}| {3,13}[/|,;.\-] ?|[^\w$€£¥%+=&]{0,2}_{1,3}[^\w$€£¥%+=&]{0,2}")
SENTENCE_GAP = re.compile(r"[.!?:;] |[^\w\s]{2}|[^\x00-\x7f] |\n| -+ ")
"""A gap that ends a chain where words and digit groups meet: `60/150. nine one six`."""


@lru_cache(maxsize=4096)
def is_gap(gap: str) -> bool:
    """Whether no more than signs stand between two members of a chain."""
    return _GAP.fullmatch(gap) is not None


@lru_cache(maxsize=4096)
def ends_chain(gap: str) -> bool:
    """Whether a gap between a digit group and a word behind it surely ends a chain."""
    if len(gap) > WIDEST_GAP or not is_gap(gap):
        return True
    return SENTENCE_GAP.search(gap) is not None and gap.strip() != "-"


_FEWEST_WEAK = 7
"""Weak words alone are a number only if so many stand in a row."""
_FEWEST = 5
"""Words and digits of groups, as digit_words counts them, that are enough for a number."""
_ENDS_BETWEEN = re.compile(b"[%(group)b]%(blank)b[^%(group)b]|[^%(group)b]%(blank)b[%(group)b]"
                           % {b"group": bytes([GROUP]), b"blank": bytes([BLANK])})  # fmt: skip
"""Where a stretch may be cut: a gap of two characters between a digit group and a word."""


def _is_open(may_open: bytes, roles: bytes, words: list[bytes], spaced: bytes) -> bool:
    """Whether the words of a text (`spaced`) that `may_open` marks open the search by their `roles`."""
    short, dashes = [], []
    for word, role in zip(compress(words, may_open), compress(roles, may_open)):
        if role & OPENS_BESIDE_DIGITS:
            if word in DASH_WORDS:
                dashes.append(word)
        elif role & OPENS_WITH_OTHERS:
            short.append(word)
    if any_beside_digit(dashes, spaced):
        return True
    if not short:
        return False
    known = {part for word in (*short, *COMMON.intersection(words)) for part in LETTERS.findall(word)}
    return any(len(known & language) >= _FEWEST_SHORT for language in TRANSCRIBED)


def any_beside_digit(words: Iterable[bytes], spaced: bytes) -> bool:
    """Whether one of some words for a dash or a dot stands beside a digit, no more blanks between than in a chain."""
    return any([is_beside_digit(word, spaced) for word in set(words)])  # noqa: C419 -- half the time of a generator


def is_beside_digit(word: bytes, spaced: bytes) -> bool:
    """`any_beside_digit` of one word."""
    between = b" %b " % word
    at = spaced.find(between)
    while at >= 0:
        behind = at + len(between)
        before = spaced[max(0, at - WIDEST_GAP) : at].rstrip()
        if before[-1:].isdigit() or spaced[behind : behind + WIDEST_GAP].lstrip()[:1].isdigit():
            return True
        at = spaced.find(between, behind - 1)
    return False


def _may_be_number(sorts: bytes) -> bool:
    """Whether the words of a stretch are enough for a chain, as digit_words demands it."""
    count = sorts.count
    sure = count(b"s")
    if sure > 1 or b"m" in sorts:
        return True
    groups = count(b"g") + 3 * count(b"G")
    return (groups > 1 and (sure > 0 or b"f" in sorts)) or _may_be_weak(sorts)


def _may_be_weak(sorts: bytes) -> bool:
    """Whether weak words and digit groups alone are enough."""
    weak = sorts.count(b"w")
    return weak > 6 or (weak > 1 and sorts.count(b"g") + 3 * sorts.count(b"G") > 2)
