"""What organizations have in their names in other languages and scripts: legal forms dropped, common words in English.

"Reinigung", "nettoyage" and "уборка" are cleaning; "spółka z ograniczoną odpowiedzialnością" and 株式会社 are nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from minerva.names.romanize import latin_words
from minerva.names.spellings import without_vowels

_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_CITY = re.compile("(?<=[\u4e00-\u9fff]{2})[\u5e02\u7701](?=[\u4e00-\u9fff]{2})(?![\u5834\u573a\u6c11\u7acb\u653f])")
"""The sign for city or province behind its name, but not that of a market, a citizen or what a city runs."""
_LATIN = re.compile("[a-z]")
LEAST_SIGNS = 2  # a single Han sign says too little of what it means
LONGEST_AMBIGUOUS = 4
"""Latin letters up to which a word of another script is sought in its own: as "up" or "hym" it would be another."""


class _Known(NamedTuple):
    """phrases: first word -> (words, words that stand for them), longest first; signs: what stands for a stretch of a
    script without spaces, or for a short word of another script than the Latin; written: finds both, longest first.
    """

    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
    signs: dict[str, str]
    written: re.Pattern[str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    data = json.loads((Path(__file__).parent / "data" / "organization_words.json").read_text(encoding="utf-8"))
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    signs: dict[str, str] = {}
    shorts: set[str] = set()
    for meant, written in [("", data["legal"]), *data["words"].items()]:
        for phrase in written.split("|"):
            if _UNSPACED.search(phrase):
                if len(phrase) >= LEAST_SIGNS:
                    signs[phrase] = f" {meant} "
                continue
            words = latin_words(phrase)
            if len(words) == 1 and len(words[0]) <= LONGEST_AMBIGUOUS and not _LATIN.search(phrase.lower()):
                signs[phrase.lower()] = f" {meant} "
                shorts.add(phrase.lower())
                if not meant or without_vowels(words[0]):
                    continue
            phrases.setdefault(words[0], []).append((words, tuple(meant.split())))
    for same_start in phrases.values():
        same_start.sort(key=lambda entry: -len(entry[0]))
    unspaced = "|".join(sorted(signs.keys() - shorts, key=lambda sign: -len(sign)))
    return _Known(phrases, signs, re.compile(rf"{unspaced}|\b(?:{'|'.join(sorted(shorts))})\b", re.IGNORECASE))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Returns the countries whose English name is one word."""
    data = json.loads((Path(__file__).parent / "data" / "organization_words.json").read_text(encoding="utf-8"))
    return frozenset(data["countries"].split())


def parted(name: str) -> str:
    """Returns a name not in ASCII in which common words of scripts without spaces stand apart, in English, and so do
    short words of other scripts than the Latin; legal forms are gone.
    """
    known = _known()
    found = known.written.sub(lambda sign: known.signs[sign[0].lower()], name)
    found = _CITY.sub(" ", found)
    return found if found.strip() else name


def in_english(words: Sequence[str]) -> list[str]:
    """Returns the words of a name (lower case, Latin letters) with common words in English, without legal forms."""
    phrases = _known().phrases
    found: list[str] = []
    place = 0
    while place < len(words):
        for phrase, meant in phrases.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                found += meant
                place += len(phrase)
                break
        else:
            found.append(words[place])
            place += 1
    return found or list(words)
