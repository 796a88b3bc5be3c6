"""Whether a name in katakana writes a name in Latin letters: as it is heard, so consonants alone can be told.

Japanese writes foreign names by their sound in syllables: a vowel stands after nearly every consonant, l is r, v is b,
th is s, and r before a consonant or at the end is a long vowel or nothing. Sources: the tables of Hepburn's
romanization and the notice of the Cabinet on loanwords (1991).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from anyascii import anyascii

_WORD = re.compile("[\u30a1-\u30fa\u30fc\uff66-\uff9f]+")
_NAME = re.compile("[\u30a1-\u30fa\u30fc\uff66-\uff9f\\s\u30fb\uff65=\u30a0.-]+")
_SMALL_TSU = re.compile("[\u30c3\uff6f]")
_LONG = ("\u30fc", "\uff70")
# What Latin letters may become, longest first; "" is nothing. Capitals stand for the letters of a class.
_LATIN = {
    "sch": ("S",), "tch": ("C",), "sh": ("S",), "ch": ("C", "K", "S"), "ph": ("F",), "th": ("S", "T"), "ts": ("C", "S"),
    "ck": ("K",), "gh": ("G", ""), "wh": ("", "H"), "kn": ("N",), "ce": ("S",), "ci": ("S", "C"), "cy": ("S",),
    "ge": ("J", "G"), "gi": ("J", "G"), "gy": ("J", "G"), "ti": ("C", "T"), "tu": ("C", "T"), "tz": ("C", "S"),
    "ll": ("R", ""), "qu": ("K",), "x": ("KS", "S"), "c": ("K",), "q": ("K",), "k": ("K",), "s": ("S",),
    "z": ("S", "J"), "j": ("J", "H", ""), "g": ("G",), "l": ("R",), "r": ("R",), "v": ("B",), "b": ("B",),
    "f": ("F",), "h": ("H", ""), "p": ("P",), "t": ("T",), "d": ("D",), "m": ("N",), "n": ("N",), "w": ("",),
}  # fmt: skip
_KANA = {
    "sh": "S", "ch": "C", "ts": "C", "f": "F", "k": "K", "s": "S", "z": "S", "j": "J", "g": "G", "r": "R", "b": "B",
    "v": "B", "p": "P", "t": "T", "d": "D", "m": "N", "n": "N", "h": "H",
}  # fmt: skip
_PARTS = re.compile("|".join(sorted(_LATIN, key=lambda part: -len(part))) + "|[a-z]")
_KANA_PARTS = re.compile("|".join(sorted(_KANA, key=lambda part: -len(part))) + "|[a-z]")
_VOWELS = "aeiouy"
MOST_READINGS = 64
LEAST_SIGNS, LONGEST_SHORT = 2, 6


def kana_words(name: str) -> tuple[str, ...]:
    """Returns the words of a name wholly in katakana, as written; () for another."""
    return tuple(_WORD.findall(name)) if not name.isascii() and _NAME.fullmatch(name) else ()


@lru_cache(maxsize=65536)
def kana_writes(kana: str, latin: str) -> bool:
    """Whether a word in katakana may be what a lower-case Latin word sounds like."""
    heard = anyascii(_SMALL_TSU.sub("", kana)).lower()
    if not heard or ((heard[0] in "aeo") != (latin[0] in "aeo") and latin[0] not in "iuwyhj"):
        return False
    if kana[-1] not in _LONG and _contradict(heard[-1], latin[-1]):
        return False
    bare = _once("".join(_KANA.get(part, "") for part in _KANA_PARTS.findall(heard)))
    if len(bare) < LEAST_SIGNS and len(latin) > LONGEST_SHORT:
        return False
    return bool(bare) and bare in _skeletons(latin)


def _contradict(heard: str, last: str) -> bool:
    """Whether two ends contradict: Maria does not end as Mario, and Cristina not as Christian."""
    if last in "ao":
        return heard != last and not (last == "o" and heard == "u")
    return heard == "a" and last not in "eiuyhrw"


def _skeletons(latin: str) -> frozenset[str]:
    ways: list[tuple[str, ...]] = []
    for found in _PARTS.finditer(latin):
        part = found[0]
        signs = _LATIN.get(part, ("",))
        after = latin[found.end() : found.end() + 1]
        if part in ("r", "l", "ll") and (not after or after not in _VOWELS):
            signs = ("R", "")
        ways.append(signs)
    return frozenset(_once("".join(chosen)) for chosen in islice(product(*ways), MOST_READINGS))


def _once(signs: str) -> str:
    """Returns the signs with neighbors that are equal as one."""
    return "".join(sign for place, sign in enumerate(signs) if not place or signs[place - 1] != sign)
