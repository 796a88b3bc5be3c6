"""A text as the extractors read it: normalized character by character, every position mapped back to the original.

Normalization turns every decimal digit into ASCII (keycap, fullwidth, circled, mathematical, Arabic, Devanagari...),
every dash into "-", every blank into a space, drops invisible characters and applies NFKC to the rest. It does not
change case and does not judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

_T = TypeVar("_T")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_INNER_DOT = re.compile(r"\.[a-zA-Z0-9]")
_BRACKET = re.compile(r"[\[({<]")
_BRACKET_DOT = re.compile(r"[\[({<] ?(?:\.|dot|punto|point|ponto)")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def _replacement(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Zs" or char in "\u2028\u2029\x85":
        return " "
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Cf", "Me") or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""
    if category == "Mn":
        return ""
    if category == "No":
        digit = unicodedata.digit(char, None)
        if digit is not None:
            return str(digit)
    if char in _WORD_EMOJI:
        return _WORD_EMOJI[char]
    folded = unicodedata.normalize("NFKC", char)
    if folded == char:
        base = unicodedata.normalize("NFD", char)
        return base[0] if base[0].isascii() else char
    return "".join(c if c.isascii() else unicodedata.normalize("NFD", c)[0] for c in folded)


# Emoji that stand for a digit and carry no numeric property of their own.
_WORD_EMOJI = {"\U0001f51f": "10", "\u2b55": "0"}


class Reading:
    """`text` is the normalized text; `span(i, j)` gives the part of `original` that `text[i:j]` was read from."""

    __slots__ = ("_ends", "_kept", "_same", "_starts", "_words", "lowered", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self._same = original.isascii()
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._words: frozenset[str] | None = None
        self._kept: dict[Callable[[Reading], object], object] = {}
        self.text = original if self._same else _NOT_ASCII.sub(lambda match: _replacement(match.group()), original)
        self.lowered = self.text.lower()
        """For cheap tests of what cannot be in the text; its positions may differ from those of `text`."""

    @property
    def has_dot(self) -> bool:
        """Whether a dot that a host name could be written with is in the text, plain or in brackets."""
        return self.once(_has_dot)

    def _look_for_dot(self) -> bool:
        if _INNER_DOT.search(self.text) is not None:
            return True
        return _BRACKET.search(self.text) is not None and _BRACKET_DOT.search(self.lowered) is not None

    @property
    def words(self) -> frozenset[str]:
        """The words of `text` in lower case: unbroken letters."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.lowered))
        return self._words

    def once(self, read: Callable[[Reading], _T]) -> _T:
        """`read(self)`, done once for all kinds that ask for it."""
        if read not in self._kept:
            self._kept[read] = read(self)
        return self._kept[read]  # type: ignore[return-value]  # kept under the function that made it

    def _map(self) -> None:
        """Makes the offset map, which only texts that hold an identifier need."""
        original = self.original
        starts: list[int] = []
        ends: list[int] = []
        for position, char in enumerate(original):
            new = char if char < "\x80" else _replacement(char)
            if not new:
                # A mark or keycap belongs to the character before it.
                if ends and ends[-1] == position and unicodedata.category(char) in ("Me", "Mn"):
                    ends[-1] = position + 1
                continue
            for _ in new:
                starts.append(position)
                ends.append(position + 1)
        self._starts = starts
        self._ends = ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of `original` behind the non-empty `text[start:end]`."""
        if self._same:
            return start, end
        if not self._starts:
            self._map()
        return self._starts[start], self._ends[end - 1]

    def raw(self, start: int, end: int) -> str:
        """The exact original text behind `text[start:end]`."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def was_changed(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` reads differently from the original it stands for."""
        return not self._same and self.raw(start, end) != self.text[start:end]


_has_dot = Reading._look_for_dot
