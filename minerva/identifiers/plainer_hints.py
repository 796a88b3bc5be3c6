"""Platforms that are told by their pictures, with the name behind: `the little blue bird: jencatx`. Their pictures are
listed in data/username_sentences.json."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.plainer import Piece
from minerva.identifiers.plainer_phrases import name_at
from minerva.identifiers.platform_joins import ARROWS
from minerva.identifiers.reading import Reading
from minerva.identifiers.tables import table

_PLATFORM_OF: dict[str, str] = {
    folded(phrase): platform for platform, phrases in table("username_sentences")["hints"].items() for phrase in phrases
}
_UNSPACED = "\u0e00"
_NATIVE = tuple(phrase for phrase in _PLATFORM_OF if phrase[-1] >= _UNSPACED)
_BY_KEY = lexicon.by_longest_word(phrase for phrase in _PLATFORM_OF if phrase not in _NATIVE)
_KEYS = frozenset(_BY_KEY)
_NATIVE_LETTER = re.compile("[\u0590-\u09ff\u0e00-\u0e7f\u3040-\ud7af]")
"""A letter of the scripts of _NATIVE."""


def may_hint(reading: Reading) -> bool:
    """Whether the picture of a platform may be told in a text."""
    return reading.once(_find)


def _find(reading: Reading) -> bool:
    if not _KEYS.isdisjoint(reading.words):
        text, keys = reading.folded, _KEYS & reading.words
        if any([phrase in text for key in keys for phrase in _BY_KEY[key]]):  # noqa: C419 -- sooner
            return True
    if reading.normal or _NATIVE_LETTER.search(reading.folded) is None:
        return False
    return any([phrase in reading.folded for phrase in _NATIVE])  # noqa: C419 -- sooner


@cache
def _hint() -> re.Pattern[str]:
    spaced = lexicon.branches(sorted(set(_PLATFORM_OF) - set(_NATIVE)))
    return late(
        rf"(?:(?<![^\W_])(?P<spaced>{spaced})(?: app)?|(?P<native>{lexicon.alternation(_NATIVE)}))"
        rf" ?[:={ARROWS}] ?(?=@?[a-z0-9_])"
    )


def hints(text: str, small: str) -> Iterator[Piece]:
    """Such platforms before a sign and a name; `small` is the text in lower case without accents."""
    for match in _hint().finditer(small):
        name = name_at(text, match.end(), True)
        if name is not None:
            platform = _PLATFORM_OF[match.group("spaced") or match.group("native")]
            yield Piece(match.start(), name[0], f"{platform}: @")
