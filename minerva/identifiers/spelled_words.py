"""Digit words that are spelled letter by letter (`F I V E`, `f.i.v.e`)."""

from __future__ import annotations

import re
from collections import Counter

from minerva.identifiers import characters, lexicon, word_roles
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import HIDING

_SPELLED = late(r"(?<![^\W_])[^\W\d_](?=([ \-._*]))(?:\1[^\W\d_])+(?![^\W_])")
_FEWEST_DASHES = 4
"""Of the shortest two words that are spelled with dashes or dots."""


def may_be_spelled(kinds: bytes, is_ascii: bool) -> bool:
    """Whether letters stand apart in a text as `spelled_out` reads them; `kinds` is the text by phone_shapes.KINDS."""
    find = kinds.find
    return (
        # A pattern that begins with a blank skips from one to the next, sooner than `find` does.
        (_three_apart(kinds) is not None and find(b" a a a") >= 0)
        or (kinds.count(b"-") >= _FEWEST_DASHES and find(b"a-a-a") >= 0)
        or (kinds.count(b".") >= _FEWEST_DASHES and find(b"a.a.a") >= 0)
        or (HIDING in kinds and find(b"a*a*a") >= 0)
        or (not is_ascii and _letters_of_two_bytes(kinds) is not None)
    )


_three_apart = re.compile(rb" a a(?<=a a a)").search
_letters_of_two_bytes = re.compile(rb" aa aa aa aa ").search


_FEWEST_ALIKE = 4
"""Words spelled with one and the same sign of which two letters may be one too: `s-e-p-t u-n`."""


def spelled_out(text: str) -> tuple[str, dict[int, int]] | None:
    """The text with its digit words spelled letter by letter (`F I V E`, `f.i.v.e`) written as words, blanks behind so
    that positions stay; and where each such word ends, by where its letters end now. None without any."""
    ends: dict[int, int] = {}
    signs = Counter(match[1] for match in _SPELLED.finditer(text))

    def joined(match: re.Match[str]) -> str:
        letters = characters.folded(match[0].replace(match[1], ""))
        parts = word_roles.chain_parts(letters) or ([letters] if letters in lexicon.MEANINGS else [])
        if len(letters) == 2 and match[1] != " " and signs[match[1]] < _FEWEST_ALIKE:
            # "a.m."
            return match[0]
        if sum(map(len, parts)) * 2 - 1 != len(match[0]):
            return match[0]
        position = match.start()
        words = []
        for part in parts:
            ends[position + len(part)] = position + 2 * len(part) - 1
            words.append(part + " " * (len(part) - 1))
            position += 2 * len(part)
        return " ".join(words)

    written = _SPELLED.sub(joined, text)
    return (written, ends) if ends else None
