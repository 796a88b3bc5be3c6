"""A text as the extractors read it: normalized once, every position mapped back to the original.

Normalization turns every decimal digit into ASCII (keycap, fullwidth, circled, mathematical, Arabic, Devanagari...),
every dash into "-", every blank into a space, letters made to look special into plain ones, and drops what is not
seen. It does not change case, keeps accents and does not judge. ASCII texts are read as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeVar

from minerva.identifiers import characters

_T = TypeVar("_T")
_INNER_DOT = re.compile(r"\.[^\W_]")
_BRACKET = re.compile(r"[\[({<]")
_BRACKET_DOT = re.compile(r"[\[({<] ?(?:\.|dot|punto|point|ponto|punkt|d[\])}>])")
_WORD = re.compile(r"[^\W\d_]+")


class Reading:
    """`text` is the normalized text; `span(i, j)` gives the part of `original` that `text[i:j]` was read from."""

    __slots__ = ("_folded", "_kept", "_lowered", "_map", "_words", "changed", "normal", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.normal = original.isascii() or characters.is_normal(original)
        """Whether it holds nothing but ASCII, accented Latin and Cyrillic letters."""
        if self.normal:
            self.text = original
            self.changed = False
        else:
            self.text = characters.plain(original)
            self.changed = self.text != original
        """Whether any character reads differently from the original."""
        self._lowered: str | None = None
        self._folded: str | None = None
        self._words: frozenset[str] | None = None
        self._map: tuple[list[int], list[int]] | None = None
        self._kept: dict[Callable[[Reading], object], object] | None = None

    @property
    def lowered(self) -> str:
        """`text` in lower case, for cheap tests of what cannot be in it; positions may differ from those of `text`."""
        if self._lowered is None:
            self._lowered = self.text.lower()
        return self._lowered

    @property
    def folded(self) -> str:
        """`text` in lower case without the accents of Latin letters; positions are those of `text`."""
        if self._folded is None:
            self._folded = self.text.lower() if self.text.isascii() else characters.folded(self.text)
        return self._folded

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
        """The words of `text` in lower case without accents: unbroken letters."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.folded))
        return self._words

    def once(self, read: Callable[[Reading], _T]) -> _T:
        """`read(self)`, done once for all kinds that ask for it."""
        if self._kept is None:
            self._kept = {}
        if read not in self._kept:
            self._kept[read] = read(self)
        return self._kept[read]  # type: ignore[return-value]  # kept under the function that made it

    def _breaks(self) -> tuple[list[int], list[int]]:
        """(positions in `text`, positions in `original`): from each on, both count alike up to the next."""
        inside, outside = [0], [0]
        shift = 0
        for position, count in characters.shifts(self.original):
            for number in range(count):
                inside.append(position + shift + number)
                outside.append(position)
            inside.append(position + shift + count)
            outside.append(position + 1)
            shift += count - 1
        return inside, outside

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of `original` behind the non-empty `text[start:end]`."""
        if not self.changed:
            return start, end
        if self._map is None:
            self._map = self._breaks()
        inside, outside = self._map
        if len(inside) > 1:
            index = bisect_right(inside, start) - 1
            start += outside[index] - inside[index]
            index = bisect_right(inside, end - 1) - 1
            end += outside[index] - inside[index]
        marks = characters.ON_LETTER.match(self.original, end)
        return start, marks.end() if marks is not None else end

    def raw(self, start: int, end: int) -> str:
        """The exact original text behind `text[start:end]`."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def was_changed(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` reads differently from the original it stands for."""
        return self.changed and self.raw(start, end) != self.text[start:end]


_has_dot = Reading._look_for_dot
