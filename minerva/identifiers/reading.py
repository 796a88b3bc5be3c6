"""A text as the extractors read it: normalized once, every position mapped back to the original.

Normalization turns every decimal digit into ASCII (keycap, fullwidth, circled, mathematical, Arabic, Devanagari...),
every dash into "-", every blank into a space, letters made to look special into plain ones, and drops what is not
seen; blanks, dashes and digits written as references of HTML are read as such. It does not change case, keeps accents
and does not judge. Other ASCII texts are read as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from minerva.identifiers import characters, references
from minerva.identifiers.late import late

_T = TypeVar("_T")
_LETTER_DOT = late(r"\.[^\W\d_]")
_BRACKET_DOT = late(r"[\[({<] ?(?:\.|dot|punto|point|ponto|punkt|d[\])}>])")
_WORD = late(r"[^\W\d_]+")


def reads_as_it_is(text: str) -> bool:
    """Whether a text, as most, has no character or reference of HTML that stands for another one."""
    return text.isascii() and "&" not in text and "<" not in text


class Reading:
    """`text` is the normalized text; `span(i, j)` gives the part of `original` that `text[i:j]` was read from."""

    __slots__ = (
        "_encoded",
        "_folded",
        "_has_dot",
        "_kept",
        "_lowered",
        "_origins",
        "_replaced",
        "_words",
        "changed",
        "mixed",
        "normal",
        "original",
        "resolved",
        "text",
    )  # fmt: skip

    def __init__(self, original: str) -> None:
        self.original = original
        self.resolved = references.resolved(original)
        """The original with references of HTML as the signs they stand for; positions are those of the original."""
        self.text = self.resolved
        self.changed = False
        """Whether any character reads differently from the original."""
        self.normal = True
        """Whether it holds nothing but ASCII, accented Latin and Cyrillic letters."""
        self.mixed = False
        """Whether words of it mix Latin and Cyrillic letters and are read in Latin ones."""
        self._encoded: bytes | None = None
        self._replaced: frozenset[str] | None = None
        if not self.resolved.isascii():
            self._encoded = self.resolved.encode("utf-8", "surrogatepass")
            self.normal = characters.is_normal(self._encoded)
            if not self.normal:
                self.text, self._replaced = characters.read_plainly(self.resolved, self._encoded)
                if self.text != self.resolved:
                    self._encoded = self.text.encode("utf-8", "surrogatepass")
            if characters.may_mix(self._encoded):
                plain, self.text = self.text, characters.unmixed(self.text)
                self.mixed = plain != self.text
                self._encoded = None
            self.changed = self.text != self.resolved
        self._lowered: str | None = None
        self._folded: str | None = None
        self._has_dot: bool | None = None
        self._words: frozenset[str] | None = None
        self._origins: characters.Origins | None = None
        self._kept: dict[Callable[[Reading], object], object] | None = None

    @property
    def encoded(self) -> bytes:
        """`text` in UTF-8, lone surrogates kept."""
        if self._encoded is None:
            self._encoded = self.text.encode("utf-8", "surrogatepass")
        return self._encoded

    @property
    def lowered(self) -> str:
        """`text` in lower case, for cheap tests of what cannot be in it; positions may differ from those of `text`."""
        if self._lowered is None:
            self._lowered = self.folded if self.text.isascii() else self.text.lower()
        return self._lowered

    @property
    def folded(self) -> str:
        """`text` in lower case without the accents of Latin letters; positions are those of `text`."""
        if self._folded is None:
            self._folded = self.text.lower() if self.text.isascii() else characters.folded(self.text)
        return self._folded

    @property
    def has_dot(self) -> bool:
        """Whether a dot that could stand before a top-level domain is in the text, plain or in brackets."""
        if self._has_dot is None:
            self._has_dot = self._look_for_dot()
        return self._has_dot

    def _look_for_dot(self) -> bool:
        if _LETTER_DOT.search(self.text) is not None:
            return True
        text = self.text
        has_bracket = "(" in text or "[" in text or "{" in text or "<" in text
        return has_bracket and _BRACKET_DOT.search(self.lowered) is not None

    @property
    def words(self) -> frozenset[str]:
        """The words of `text` in lower case without accents: unbroken letters."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.folded))
        return self._words

    def once(self, read: Callable[[Reading], _T]) -> _T:
        """`read(self)`, done once for all kinds that ask for it."""
        kept = self._kept
        if kept is None:
            kept = self._kept = {}
        if read in kept:
            return kept[read]  # type: ignore[return-value]  # kept under the function that made it
        value = kept[read] = read(self)
        return value

    def know(self, read: Callable[[Reading], _T], value: _T) -> None:
        """Keeps what `read(self)` would answer."""
        if self._kept is None:
            self._kept = {}
        self._kept[read] = value

    def knows(self, read: Callable[[Reading], object]) -> bool:
        """Whether `read(self)` is kept."""
        return self._kept is not None and read in self._kept

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of `original` behind the non-empty `text[start:end]`."""
        if not self.changed:
            return start, end
        if self._origins is None:
            self._origins = characters.Origins(self.resolved, self._replaced)
        return self._origins.span(start, end)

    def raw(self, start: int, end: int) -> str:
        """The exact original text behind `text[start:end]`."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def was_changed(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` reads differently from the original it stands for."""
        return self.changed and self.raw(start, end) != self.text[start:end]
