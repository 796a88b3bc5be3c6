"""Words the extractors read: digit words in English and Spanish, and the words people put for signs.

Sources: general dictionaries of both languages; spellings follow their standard orthography without accents
(Reading drops accents before matching).
"""

from __future__ import annotations

DIGIT_WORDS: dict[str, str] = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "oh": "0", "o": "0", "nil": "0", "naught": "0", "nought": "0", "zer0": "0",
    "won": "1", "to": "2", "too": "2", "tree": "3", "thre": "3", "for": "4", "fore": "4", "fiv": "5", "fife": "5",
    "sic": "6", "sevn": "7", "ate": "8", "nin": "9", "niner": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "cero": "0", "uno": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6",
    "siete": "7", "ocho": "8", "nueve": "9", "diez": "10", "once": "11", "doce": "12", "trece": "13",
    "catorce": "14", "quince": "15",
}  # fmt: skip

WEAK_WORDS = frozenset(
    ["o", "oh", "to", "too", "for", "fore", "ate", "won", "tree", "una", "once", "nil", "sic", "nin", "fife", "ten"]
)
"""Digit words that are also ordinary words: a number neither starts nor ends with one if another reading exists."""

MULTIPLIERS: dict[str, int] = {"double": 2, "triple": 3, "treble": 3, "doble": 2}

FILLERS = frozenset(
    ["dash", "hyphen", "minus", "dot", "point", "period", "space", "slash", "then", "and", "guion", "punto", "raya",
     "y", "menos", "espacio"]
)  # fmt: skip
"""Words that stand between digits instead of a separator."""
