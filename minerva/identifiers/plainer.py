"""A text once more with parts of it written plainly (`linktr,ee/jen` as `linktr.ee/jen`), places mapped back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from minerva.identifiers.reading import Reading


class Piece(NamedTuple):
    """`new` is to be read for `text[start:end]`."""

    start: int
    end: int
    new: str


class Plainer:
    """`reading` reads the text with its pieces written plainly; `span` gives the place of what is found there."""

    def __init__(self, text: str, pieces: Iterable[Piece], before: Plainer | None = None) -> None:
        """`before`: what `text` is itself made of."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        self._changed: list[int] = []
        last = 0
        for piece in sorted(pieces):
            if piece.start < last:
                continue
            parts += (text[last : piece.start], piece.new)
            starts += range(last, piece.start)
            ends += range(last + 1, piece.start + 1)
            self._changed += range(len(starts), len(starts) + max(1, len(piece.new)))
            starts += [piece.start] * len(piece.new)
            ends += [piece.end] * len(piece.new)
            last = piece.end
        parts.append(text[last:])
        starts += range(last, len(text))
        ends += range(last + 1, len(text) + 1)
        if before is not None:
            starts = [before._starts[place] for place in starts]
            ends = [before._ends[place - 1] for place in ends]
        self._starts: list[int] = starts
        self._ends: list[int] = ends
        self.text = "".join(parts)
        self.reading = Reading(self.text)

    @property
    def is_same(self) -> bool:
        """Whether the places of the reading are those of the text that was written for it."""
        return len(self.reading.text) == len(self.text)

    def touches(self, start: int, end: int) -> bool:
        """Whether a part of `text[start:end]` was written anew."""
        place = bisect_left(self._changed, start)
        return place < len(self._changed) and self._changed[place] < end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was."""
        return self._starts[start], self._ends[end - 1]
