"""Ordinary words of up to nine letters (data/short_words.txt), which are no user names and end sentences; longer ones
are known in username_bare.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _words() -> frozenset[str]:
    """The listed words. 160 kB, read when the first word is asked for."""
    text = (Path(__file__).parent / "data" / "short_words.txt").read_text(encoding="ascii")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is one of a dictionary, in the plural too."""
    known = _words()
    return word in known or (word.endswith("s") and word[:-1] in known)
