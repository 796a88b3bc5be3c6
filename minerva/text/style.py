"""How a text is written, as ten digits: habits of typing that go with no language and no script.

Counted are runs of signs, capitals where a script has them, pictures, line breaks, brackets; not words, letters,
accents, quotation marks or the space before a mark, which follow the customs of a language.
"""

from __future__ import annotations

import re
import unicodedata

LEAST_SIGNS = 120
"""Signs of a text whose habits say anything."""
HABITS = (
    "runs of exclamation or question marks", "dots in a row", "words in capitals", "pictures", "ornaments",
    "short lines", "brackets", "slashes and bars", "hashtags", "marks without a space behind",
)  # fmt: skip
MARKED, STRONG = 2, 4
"""A digit is the number of binary digits of the count in a thousand signs: from MARKED (2 in 1,000) on it is a habit,
from STRONG (8) on a text without it is written otherwise."""
_PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_ORNAMENTS = ("***", "~~~", "===", "___", "+++", "---", "•••", "···", "★★★", "☆☆☆", "♥♥♥")
_CAPITALS = re.compile(r"[A-Z]{4,}(?!\S)")  # what stands before is looked at after: a class first scans faster
_GLUED = re.compile(r"[,;!?][^\W\d_]")


def text_style(text: str) -> str:
    """Returns the digits of a text, one for each of HABITS, "" for one that is too short or has no habit."""
    if len(text) < LEAST_SIGNS:
        return ""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    counts = (
        plain.count("!!") + plain.count("??") + plain.count("!?") + plain.count("?!"),
        plain.count(".."),
        _capitals(plain),
        0 if plain.isascii() else len(_PICTURE.findall(plain)),
        sum(map(plain.count, _ORNAMENTS)),
        plain.count("\n"),
        plain.count("(") + plain.count("[") + plain.count("{"),
        plain.count("/") + plain.count("|"),
        plain.count("#"),
        len(_GLUED.findall(plain)),
    )
    digits = [min(9, (1000 * count // len(plain)).bit_length()) for count in counts]
    return "".join(map(str, digits)) if max(digits) >= MARKED else ""


def _capitals(text: str) -> int:
    """Returns how many words of four letters and more are written in capitals."""
    if text.isascii():
        places = [found.start() for found in _CAPITALS.finditer(text)]
        return sum(1 for place in places if not place or text[place - 1].isspace())
    return sum(1 for word in text.split() if len(word) > 3 and word.isupper() and word.isalpha())
