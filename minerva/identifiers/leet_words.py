"""Digit words of any language written with digits and signs for some of their letters: `z3ro eigh7 f1ve`, `5echs
5ieben`, `7re qu@ttr0`, `$ieben`, `P1ĘĆ`.

Each such word is read by itself, and what was read is kept: most words of most texts cost one look-up.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import filterfalse, product

from minerva.identifiers import digit_stretches, lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late

_LETTERS = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g", "$": "s",
    "@": "a", "!": "i", "|": "il",
}  # fmt: skip
"""What letters a digit or sign is drawn for."""
_DIGITS, _SIGNS = "0123456789", "$@!|"
_WORD = late(rf"[{re.escape(_SIGNS)}]?[^\W_](?:[^\W_]|[{re.escape(_SIGNS)}](?=[^\W_])){{1,15}}")
_MOST_DRAWN, _LONGEST = 5, 16
_FEWEST = 3
"""Letters of such a word."""
_MOST = 20_000
_read: dict[str, str] = {}


def meant(word: str) -> str:
    """The digit word that a word in small letters without accents is, "" if it is none or needs no such reading."""
    known = _read.get(word)
    return keep(_read, word, _meant(word), _MOST) if known is None else known


def _meant(word: str) -> str:
    if not _FEWEST <= len(word) <= _LONGEST or word.isalpha() or word.isdigit():
        return ""
    drawn = [sign for sign in word if sign in _LETTERS]
    if not 0 < len(drawn) <= min(_MOST_DRAWN, len(word) - 1) or word in lexicon.MEANINGS:
        return ""
    for letters in product(*[_LETTERS.get(sign, sign) for sign in word]):
        plain = "".join(letters)
        if plain in lexicon.LISTED:
            return plain
    return ""


def _is_glued(word: str) -> bool:
    """Whether a word may be another one and a digit: `tre5`."""
    return word.strip(_DIGITS) in lexicon.LISTED


def is_one(word: bytes) -> bool:
    """Whether a word (UTF-8, ASCII in small letters) is a digit word with digits for one or more of its letters: one
    that is no ordinary word, nor another one and a digit."""
    if not word.isalnum() or word.isalpha() or word.isdigit():
        return False
    written = word.decode()
    plain_word = meant(written)
    return plain_word in _LISTED and not _is_glued(written)


_LISTED = frozenset(
    word for word in lexicon.LISTED - lexicon.WEAK if word.isascii() and word.isalpha() and len(word) >= _FEWEST
)

_BEGINNINGS = frozenset(word[:size].encode() for word in _LISTED for size in range(1, len(word)))


def may_begin_one(word: bytes) -> bool:
    """Whether a word of ASCII letters and digits behind them may be `is_one`: digits stand for the end of a digit word,
    `thre3`."""
    return not word.isalpha() and word.rstrip(b"0123456789") in _BEGINNINGS


def may_hold(encoded: bytes, kinds: bytes) -> bool:
    """Whether such a word is in a text (UTF-8); `kinds` is it by phone_shapes.KINDS."""
    if _beside_letter(kinds) is None:
        return False
    # Most words are letters alone.
    return any(map(is_one, filterfalse(bytes.isalpha, digit_stretches.words_of(encoded)[1])))


_beside_letter = re.compile(rb"9(?:aa|(?<=a9))").search


def plain(text: str) -> str | None:
    """The text with such words in letters alone, each in its place; None without any that surely is one. What may be
    another word and a digit is one among several of its language: `5eis cua7ro och0 tre5`."""
    written = folded(text)
    drawn: list[tuple[int, int, str]] = []
    glued: list[tuple[int, int, str]] = []
    is_sure, languages = False, Counter[str]()
    for match in _WORD.finditer(written):
        word = match[0]
        if word.isalpha() or word.isdigit():
            continue
        letters = meant(word)
        if letters and _is_glued(word):
            glued.append((*match.span(), letters))
            continue
        if letters:
            drawn.append((*match.span(), letters))
            is_sure = is_sure or is_one(text[slice(*match.span())].lower().encode("utf-8", "surrogatepass"))
        languages.update([*lexicon.MEANINGS.get(letters or word, ())])
    if not is_sure:
        return None
    drawn += [each for each in glued if any(languages[language] > 1 for language in lexicon.MEANINGS[each[2]])]
    pieces, done = [], 0
    for start, end, letters in sorted(drawn):
        pieces += [text[done:start], letters]
        done = end
    return "".join([*pieces, text[done:]])
