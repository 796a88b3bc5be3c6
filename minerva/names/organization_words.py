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

_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
LEAST_SIGNS = 2  # a single Han sign says too little of what it means


class _Known(NamedTuple):
    """phrases: first word -> (words, words that stand for them), longest first; signs: what stands for a stretch of a
    script without spaces; unspaced: finds such stretches, longest first.
    """

    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
    signs: dict[str, str]
    unspaced: re.Pattern[str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    data = json.loads((Path(__file__).parent / "data" / "organization_words.json").read_text(encoding="utf-8"))
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    signs: dict[str, str] = {}
    for meant, written in [("", data["legal"]), *data["words"].items()]:
        for phrase in written.split("|"):
            if _UNSPACED.search(phrase):
                if len(phrase) >= LEAST_SIGNS:
                    signs[phrase] = f" {meant} "
                continue
            words = latin_words(phrase)
            phrases.setdefault(words[0], []).append((words, tuple(meant.split())))
    for same_start in phrases.values():
        same_start.sort(key=lambda entry: -len(entry[0]))
    return _Known(phrases, signs, re.compile("|".join(sorted(signs, key=lambda sign: -len(sign)))))


def parted(name: str) -> str:
    """Returns a name in which common words of scripts without spaces stand apart, in English; legal forms are gone."""
    if not _UNSPACED.search(name):
        return name
    known = _known()
    found = known.unspaced.sub(lambda sign: known.signs[sign[0]], name)
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
