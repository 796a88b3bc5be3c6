"""Where a text may name a platform by a word in ASCII letters: its places, sooner than the expressions find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers.phone_shapes import FOLDED
from minerva.identifiers.reading import Reading

_ON = (
    " on", " at", " in", " en", " em", " auf", " bei", " sur", " su", " pe", " op", " na", " no", " w", " på", " via",
    " у", " в", " my", " mi", "-", "/", "(", "[",
)  # fmt: skip
"""What stands before a word behind a name (`_ON` of platform_names), blanks aside."""
_LONGEST_ON = 12
_OWN = (" my", "(my", " mi", " mon", " mein", " mio", " meu", " mijn", " mój", " moj", " min", " our")
"""What stands before a word behind a name that is told as one's own."""


class Places(NamedTuple):
    """The places where a platform's word may begin, in order, or None where each place of the text must be tried;
    whether a name may stand before the word, and whether one that is told as one's own."""

    starts: Iterator[int] | None
    may_follow: bool
    may_be_own: bool = True


def places(reading: Reading, word: str) -> Places | None:
    """Where a word may stand for the patterns of platform_names; None if nowhere."""
    lowered = reading.lowered
    first, _, second = word.partition(" ")
    second = second.partition(" ")[0]
    if not (lowered.isascii() or FOLDED.isdisjoint(reading.text)):
        return Places(None, True, True)
    starts: list[int] = []
    may_follow = may_be_own = False
    start = lowered.find(first)
    while start >= 0:
        end = start + len(first)
        # Blanks within a word may be missing, or other signs.
        if not second or lowered.startswith(second, end) or lowered.startswith(second, end + 1):
            starts.append(start)
            before = lowered[max(0, start - _LONGEST_ON) : start].rstrip(" ")
            if not before[-1:].isascii() and not before[-1].isalnum():
                # A picture may stand before a platform's word.
                before = before.rstrip("\ufe0f")[:-1].rstrip(" ")
            may_follow = may_follow or before.endswith(_ON)
            may_be_own = may_be_own or before.endswith(_OWN)
        start = lowered.find(first, start + 1)
    return Places(iter(starts), may_follow, may_be_own) if starts else None


def next_match(
    pattern: re.Pattern[str], text: str, starts: Iterator[int] | None, position: int
) -> re.Match[str] | None:
    """`pattern.search(text, position)`, where it can match at what is left of `starts` alone, if they are known."""
    if starts is None:
        return pattern.search(text, position)
    for start in starts:
        if start >= position and (match := pattern.match(text, start)) is not None:
            return match
    return None
