"""The words that analysts use of uniforms (data/words.tsv) and how near colors are (data/color_nearness.tsv)."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,;.:()\n]")
_NOT_SAID = {"opens", "quiet"}
"""Classes whose values are names of this table, not words that people say."""


class Meaning(NamedTuple):
    """What a phrase means; `share` is how often such a thing is said of any school, 0 where the table does not say."""

    word_class: str
    value: str
    share: float
    kin: str


class Tables(NamedTuple):
    """Phrases as tuples of folded words, counties of regions (folded), and the length of the longest phrase."""

    phrases: dict[tuple[str, ...], Meaning]
    regions: dict[str, tuple[str, ...]]
    longest: int


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Returns the text in lower case, without accents and with straight apostrophes and spaces for hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("\u2018", "'"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[-\u2010-\u2015_/&+]", " ", kept.lower())


def tokens_of(text: str) -> list[str]:
    """Returns the words of a text, folded, and the marks that end a clause."""
    return _TOKEN.findall(folded(text))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Returns what data/words.tsv says. Where a phrase stands twice, the first line holds."""
    phrases: dict[tuple[str, ...], Meaning] = {}
    regions: dict[str, tuple[str, ...]] = {}
    for word_class, value, share, kin, said in _lines("words.tsv"):
        meaning = Meaning(word_class, value, float(share or 0), kin)
        texts = [text for text in said.split(";") if text]
        if word_class == "region":
            regions[folded(value)] = tuple(texts)
            texts = []
        if word_class not in _NOT_SAID:
            texts.insert(0, value)
        for text in texts:
            phrases.setdefault(tuple(tokens_of(text)), meaning)
    return Tables(phrases, regions, max(len(phrase) for phrase in phrases))


@lru_cache(maxsize=1)
def color_nearness() -> dict[tuple[str, str], float]:
    """Returns how likely a color is said of cloth of another one, by (said, true)."""
    return {(said, true): float(likelihood) for said, true, likelihood in _lines("color_nearness.tsv")}


def meaning_at(tokens: list[str], at: int) -> tuple[Meaning | None, int]:
    """Returns what the longest phrase that begins at a token means, and how many tokens it has; (None, 1) else."""
    known = tables()
    for length in range(min(known.longest, len(tokens) - at), 0, -1):
        found = known.phrases.get(tuple(tokens[at : at + length]))
        if found is not None:
            return found, length
    word = tokens[at]
    if word.endswith("'s"):
        return known.phrases.get((word[:-2],)), 1
    return None, 1


def meanings_of(text: str, word_class: str) -> tuple[Meaning, ...]:
    """Returns the meanings of one class in a text, each once, in the order of the text."""
    tokens = tokens_of(text)
    found: dict[str, Meaning] = {}
    at = 0
    while at < len(tokens):
        meaning, length = meaning_at(tokens, at)
        if meaning is not None and meaning.word_class == word_class:
            found.setdefault(meaning.value, meaning)
        at += length
    return tuple(found.values())


def _lines(name: str) -> Iterator[list[str]]:
    with open(os.path.join(_DATA, name), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")
