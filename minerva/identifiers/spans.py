"""Spans of one text that must not overlap, and texts with other words in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, AnyStr, TypeVar

Found = TypeVar("Found", bound="tuple[Any, ...]")
Changes = dict[tuple[int, int], str]
"""What stands in place of parts of a text, by where they are."""


def without_overlaps(found: Iterable[Found]) -> Iterator[Found]:
    """Yields (start, end, ...) tuples, sorted by start, leaving out each that begins before the last one kept ended."""
    last_end = 0
    for each in found:
        if each[0] >= last_end:
            last_end = each[1]
            yield each


def starts_outside(found: Iterable[re.Match[str]], spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yields where those matches, by start, begin that begin in none of the spans, which are sorted."""
    index = 0
    for match in found:
        place = match.start()
        while index < len(spans) and spans[index][1] <= place:
            index += 1
        if index == len(spans) or place < spans[index][0]:
            yield place


def meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the characters from `start` to `end` have a part in one of the spans, sorted by start and by end; where
    `end` is `start`, whether that place is within one."""
    behind = bisect_left(spans, (end, -1))
    return behind > 0 and spans[behind - 1][1] > start


def meeting(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Those of the spans, sorted by start and by end, that have a part in the characters from `start` to `end`."""
    behind = first = bisect_left(spans, (end, -1))
    while first and spans[first - 1][1] > start:
        first -= 1
    return spans[first:behind]


def in_bytes(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where spans of a text, by start and apart, are in its UTF-8."""
    found = []
    last = behind = 0
    for start, end in spans:
        first = behind + len(text[last:start].encode("utf-8", "surrogatepass"))
        behind = first + len(text[start:end].encode("utf-8", "surrogatepass"))
        last = end
        found.append((first, behind))
    return found


def without(whole: AnyStr, spans: Sequence[tuple[int, int]], letter: AnyStr) -> AnyStr:
    """`whole` with a letter in place of each span."""
    if len(spans) == 1:
        ((start, stop),) = spans
        return whole[:start] + letter + whole[stop:]
    pieces = []
    end = 0
    for start, stop in spans:
        pieces.append(whole[end:start])
        end = stop
    pieces.append(whole[end:])
    return letter.join(pieces)


def changed(folded: str, changes: Changes) -> tuple[str, list[int]]:
    """The text with changes that do not overlap, and where each of its characters stands in the one that is given, and
    where that ends."""
    pieces: list[str] = []
    starts: list[int] = []
    last = 0
    for (begin, end), word in sorted(changes.items()):
        pieces += (folded[last:begin], word)
        starts += range(last, begin)
        # Its last character stands where the part ends.
        starts += [min(begin + at, end - 1) for at in range(len(word) - 1)]
        starts += [end - 1] if word else []
        last = end
    pieces.append(folded[last:])
    starts += range(last, len(folded) + 1)
    return "".join(pieces), starts
