"""Where a text can hold numbers in digit words: a look at each word alone, before any is read (digit_words.py).

Words are remembered by what they can be in a number, so most words of a text cost one look-up. A stretch that passes
may hold a number, the other parts of the text hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded

_SIGN = "['\u2019\u02bc]"
"""Stands within Ukrainian words for five and nine."""
LINK = "then"
"""Links two groups of digits (`415 555 then 0123`) and mostly stands elsewhere."""
TOKEN = re.compile(
    # what stands alone first: most words are done without a look at the list
    rf"[^\W\d_]+(?:{_SIGN}ять)?(?![^\W_])|[0-9]+(?![^\W_])"
    rf"|(?:{lexicon.alternation(list(lexicon.LEET))})(?![^\W_])|[0-9]+|[^\W\d_]+"
)
"""Digits, letters, and the digit words that are written with a digit in them."""
_CHAIN_WORDS = list(lexicon.CHAINED)
_CHAIN = re.compile(f"(?:{lexicon.alternation(_CHAIN_WORDS)})+")
_CHAIN_PART = re.compile(lexicon.alternation(_CHAIN_WORDS))
_CHAIN_STARTS = frozenset(word[:3] for word in _CHAIN_WORDS)
_LONGEST_CHAIN = 90
_SPACED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))
_LEET = re.compile(lexicon.alternation(list(lexicon.LEET)))


@lru_cache(maxsize=16384)
def chain_digits(word: str) -> str | None:
    """Digits of a word made of nothing but digit words (`fivefive`), else None."""
    if len(word) < 5 or len(word) > _LONGEST_CHAIN or word[:3] not in _CHAIN_STARTS:
        return None
    if _CHAIN.fullmatch(word) is None:
        return None
    return "".join(next(iter(lexicon.MEANINGS[part].values())) for part in _CHAIN_PART.findall(word))


def _counts(token: str) -> bool:
    """Whether a token may be part of a chain."""
    return (
        token in lexicon.MEANINGS
        or token[0] in "0123456789"
        or token in lexicon.DASHES
        or token in lexicon.MULTIPLIERS
        or token == LINK
        or _is_more(token)
    )


def _written(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(form.encode() for word in words for form in (word, word.capitalize(), word.upper()))


_SURE = _written(
    [*(word for word in lexicon.SURE if word.isalpha()), *lexicon.ACCENTED, *lexicon.DASHES, *lexicon.MULTIPLIERS]
)
_TRANSCRIBED = [_written(words) for words in lexicon.TRANSCRIBED]
_SHORT = frozenset().union(*_TRANSCRIBED) - _SURE
_FEWEST_SHORT = 4
_LETTERS = re.compile(rb"[a-z\x80-\xff]+")
_LINKED = re.compile(rb"[0-9]{3} then [0-9]{3}")

# What a word can be in a chain: the lower four bits. The upper ones tell whether it opens the search for chains.
_NOTHING, _UNSEEN, _GROUP, _WEAK, _SURELY, _FILLER, _SEVERAL, _SIMPLE, _LOOSE, _JOINS, _GROUPS, _WEAK_ONE = range(12)
_OPENS, _OPENS_ALONE, _OPENS_WITH_OTHERS = 16, 32, 64
ONE_DIGIT: dict[str, str] = {
    word: next(iter(meanings.values()))
    for word, meanings in lexicon.MEANINGS.items()
    if word.isalpha() and len(set(meanings.values())) == 1 and len(next(iter(meanings.values()))) == 1
}
"""Words that are the same digit in every language that has them."""


_quiet: set[bytes] = set()
"""Words met that do not open the search; nearly all words of nearly all texts."""
_COMMON = frozenset([b"no"])
"""What opens the search with others and is too common elsewhere to be counted each time."""


_NO_LETTERS = re.compile(r"(?:\W|[0-9_])*")
_DIGITS = re.compile(r"[0-9]+")


class _Roles(dict[bytes, int]):
    """What each word met is: its role in a chain and whether it opens the search."""

    MOST = 50_000
    LONGEST = 24

    def __missing__(self, word: bytes) -> int:
        text = word.decode("utf-8", "surrogatepass")
        if _NO_LETTERS.fullmatch(text) is not None:
            role = (_UNSEEN, _GROUP, _GROUPS)[min(len(_DIGITS.findall(text)), 2)]
        else:
            role = _role(text) | _opens(word)
        if len(word) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
                _quiet.clear()
            self[word] = role
            if role < _OPENS or word in _COMMON:
                _quiet.add(word)
        return role


def _opens(word: bytes) -> int:
    parts = {word} if word.isalpha() else {word, *_LETTERS.findall(word)}
    if not _SURE.isdisjoint(parts):
        return _OPENS
    text = word.decode("utf-8", "replace")
    if (not word.isalpha() and _LEET.search(text)) or any(
        len(part) > 7 and chain_digits(part.decode("ascii", "replace")) is not None for part in parts
    ):
        return _OPENS_ALONE
    return _OPENS_WITH_OTHERS if not _SHORT.isdisjoint(parts) else 0


_HALVES = {"п": _JOINS, "дев": _JOINS, "ять": _SURELY}
"""What an ASCII sign within a word leaves of it: words are split at signs here, and read whole by TOKEN."""


def _role(word: str) -> int:
    written = folded(word)
    if written in _HALVES:
        return _HALVES[written]
    tokens = TOKEN.findall(written)
    if not tokens:
        return _UNSEEN
    playing = [token for token in tokens if _counts(token)]
    if not playing:
        return _NOTHING if lexicon.FILLERS.isdisjoint(tokens) else _JOINS
    if len(playing) > 1:
        return _GROUPS if all(token[0] in "0123456789" and token.isdigit() for token in playing) else _SEVERAL
    if _is_more(playing[0]):
        return _SEVERAL
    token = playing[0]
    if token in lexicon.DASHES or token in lexicon.MULTIPLIERS or token == LINK:
        return _FILLER
    if token not in lexicon.MEANINGS:
        return _GROUP if len(tokens) == 1 else _LOOSE
    alone = token in ONE_DIGIT and len(tokens) == 1
    if token in lexicon.WEAK:
        return _WEAK_ONE if alone else _WEAK
    return _SIMPLE if alone else _SURELY


def _is_more(token: str) -> bool:
    """Whether a token stands for several digits: words glued together, or a hundred."""
    return token not in lexicon.MEANINGS and (token in lexicon.HUNDREDS or chain_digits(token) is not None)


_roles = _Roles()
_ROLE = bytes(code & 15 for code in range(256))
_NO_OPENER = bytes(code for code in range(256) if not code & (_OPENS | _OPENS_ALONE | _OPENS_WITH_OTHERS))
_OPENERS = bytes([_OPENS])
_STRETCH = re.compile(rb"[\x01-\x0b]+")
"""Words without one between that ends a chain."""
_PLAIN_ROLES = bytes([_GROUP, _SIMPLE, _WEAK_ONE])
_WORD = re.compile(rb"[^ ]+")
_MANY = 400
"""Words from which on the place of each is noted, as counting them anew for every stretch takes longer."""
Place = tuple[int, int, bool]
"""Start and end of a stretch, and whether it holds nothing but digit groups and words of ONE_DIGIT."""


def places(text: str, encoded: bytes, found: bool) -> list[Place]:
    """The stretches of a text that may hold a number in digit words; `encoded` is the text (UTF-8), or the text
    without what is read already. With numbers `found` already, words glued together or written with digits in them are
    not looked for."""
    spaced = encoded.translate(_SPACED)
    words = spaced.split()
    linked = encoded.find(b" then ") >= 0 and _LINKED.search(encoded) is not None
    if not linked and _quiet.issuperset(words):
        return []
    roles = _roles_of(words)
    opening = roles.translate(None, _NO_OPENER)
    if not linked and not (opening and _is_open(opening, words, roles, found)):
        return []
    whole = text.encode("utf-8", "surrogatepass")
    if whole != encoded:
        spaced = whole.translate(_SPACED)
        words = spaced.split()
        roles = _roles_of(words)
    found_places: list[Place] = []
    bounds = [word.span() for word in _WORD.finditer(spaced)] if len(words) > _MANY else []
    at = chars = 0
    for match in _STRETCH.finditer(roles.translate(_ROLE)):
        stretch = match[0]
        if (len(stretch) > 2 or _SEVERAL in stretch or _GROUPS in stretch) and _may_be_number(stretch):
            first, last = match.span()
            if bounds:
                start = bounds[first][0]
                end = bounds[last][0] if last < len(bounds) else len(spaced)
            else:
                start, end = _span(spaced, first, last)
            if len(spaced) != len(text):
                # Bytes counted as characters, each once.
                chars, at = chars + len(whole[at:start].decode("utf-8", "surrogatepass")), end
                size = len(whole[start:end].decode("utf-8", "surrogatepass"))
                start, end, chars = chars, chars + size, chars + size
            found_places.append((start, end, not stretch.translate(None, _PLAIN_ROLES)))
    return found_places


def _roles_of(words: list[bytes]) -> bytes:
    """What each word is, one byte each."""
    return bytes(itemgetter(*words)(_roles)) if len(words) > 1 else bytes(map(_roles.__getitem__, words))


def _is_open(opening: bytes, words: list[bytes], roles: bytes, found: bool) -> bool:
    for role in opening:
        if role & _OPENS or (role & _OPENS_ALONE and not found):
            return True
    if len(opening) < _FEWEST_SHORT:
        return False
    known = {part for word, role in zip(words, roles) if role & _OPENS_WITH_OTHERS for part in _LETTERS.findall(word)}
    return any(len(known & language) >= _FEWEST_SHORT for language in _TRANSCRIBED)


def _may_be_number(roles: bytes) -> bool:
    """Whether the words of a stretch, three or more or one that is several, are enough for a chain, as digit_words
    demands it."""
    if _SEVERAL in roles:
        return True
    count = roles.count
    groups = count(_GROUP) + count(_LOOSE) + 3 * count(_GROUPS)
    sure = count(_SIMPLE) + count(_SURELY)
    if sure > 1 or (sure and groups > 1):
        return True
    weak = count(_WEAK) + count(_WEAK_ONE)
    return (weak > 1 and groups > 2) or weak > 6 or (groups > 1 and _FILLER in roles)


def _span(spaced: bytes, first: int, last: int) -> tuple[int, int]:
    """Where the words from number `first` up to number `last` stand in bytes with blanks between words."""
    rest = spaced.split(None, first)
    if len(rest) <= first:
        return len(spaced), len(spaced)
    behind = rest[first].split(None, last - first)
    return len(spaced) - len(rest[first]), len(spaced) - (len(behind[-1]) if len(behind) > last - first else 0)
