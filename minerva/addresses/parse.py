"""Reads one postal address into parts that can be compared. US forms first; others keep number, words and postcode."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from minerva.addresses.tables import DIRECTIONS, LEADING_WORDS, ORDINAL_WORDS, STREET_TYPES, UNIT_WORDS

_HOUSE = re.compile(r"^(\d{1,6})(?:\s*[-\u2013/&]\s*(\d{1,6}))?([a-z])?$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|s|t)$")
_ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\b")
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s+(\d+)", re.IGNORECASE)
_DOOR = re.compile(
    r"(?:\b(?:suite|ste|unit|apt|apartment|room|rm)\b\.?\s*#?|#)\s*([0-9]{1,5}-?[a-z]?|[a-z]-?[0-9]{1,5}|[a-z])(?![\w-])"
)
_SPLIT = re.compile(r"[^\w&/-]+|_+")
# "N.Troy", "W.35th": a direction glued to the street by its period.
_GLUED = re.compile(r"\b([nsew]|[ns][ew])\.(?=\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Parts of an address, lower case.

    number: house number, or None; number_end: end of a range (`12-18`); direction: n, s, e, w, ne ... or "";
    street: words of the street name without type and ordinal endings ("35", "martin luther king"); street_type: st,
    ave ... or ""; unit: rest after a unit word; extra: words left over (a town inside the text); postcode or ""; door:
    the number or letter of a suite, a flat or a room ("210", "2f") or "".
    """

    number: int | None
    number_end: int | None
    direction: str
    street: tuple[str, ...]
    street_type: str
    unit: str
    extra: frozenset[str]
    postcode: str
    door: str = ""

    @property
    def key(self) -> str | None:
        """Returns a blocking key: house number and street words; None when either is missing."""
        if self.number is None or not self.street:
            return None
        return f"{self.number} {' '.join(self.street)}"


@lru_cache(maxsize=65536)
def parse_address(text: str, postcode: str = "") -> Address:
    """Returns the parts of `text`; never raises. A postcode inside the text is used when none is given.

    The first number that is followed by words is the house number; words after the street type belong to `extra`.
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    box = _PO_BOX.search(folded)
    if box:
        return Address(None, None, "", (), "", f"box {box.group(1)}", frozenset(), _postcode(folded, postcode))
    words = [word for word in _SPLIT.split(_GLUED.sub(r"\1 ", folded).replace("'", "")) if word]
    start = next((i for i, word in enumerate(words[:-1]) if _HOUSE.match(word)), None)
    if start is None:
        return Address(None, None, "", (), "", "", frozenset(words), _postcode(folded, postcode))
    house = _HOUSE.match(words[start])
    assert house is not None
    number, number_end = int(house.group(1)), int(house.group(2)) if house.group(2) else None
    direction, street, street_type, unit, extra = _street(words[start + 1 :])
    found = _postcode(" ".join(words[start + 1 :]), postcode)
    door = _DOOR.search(folded)
    number_of_door = door.group(1).replace("-", "") if door is not None else ""
    left = frozenset(extra)
    return Address(number, number_end, direction, tuple(street), street_type, unit, left, found, number_of_door)


def _postcode(text: str, given: str) -> str:
    """Returns the given postcode's first five characters, else the last five-digit run of the text."""
    if given.strip():
        return given.strip().lower()[:5]
    inside = _ZIP.findall(text)
    return inside[-1] if inside else ""


def _street(words: list[str]) -> tuple[str, list[str], str, str, list[str]]:
    """Splits the words after the house number into direction, street, type, unit and the rest."""
    direction, street_type, unit = "", "", ""
    words = _joined_ordinals(words)
    street: list[str] = []
    extra: list[str] = []
    position = 0
    if len(words) > 1 and words[0] in DIRECTIONS:
        direction, position = DIRECTIONS[words[0]], 1
    if position < len(words) - 1 and words[position] in LEADING_WORDS:
        street.append(LEADING_WORDS[words[position]])
        position += 1
    while position < len(words):
        word = words[position]
        if word in UNIT_WORDS or word.startswith("#"):
            rest = words[position:]
            unit, position = " ".join(rest[:3]), len(words)
            break
        if street and word in STREET_TYPES:
            street_type = STREET_TYPES[word]
            position += 1
            break
        if street and word in DIRECTIONS and len(word) <= 2:
            direction = direction or DIRECTIONS[word]
            position += 1
            continue
        if _ZIP.match(word):
            break
        street.append(_street_word(word))
        position += 1
    for word in words[position:]:
        if word in DIRECTIONS and not direction and len(word) <= 2:
            direction = DIRECTIONS[word]
        elif not word.isdigit():
            extra.append(word)
    return direction, street, street_type, unit, extra


def _joined_ordinals(words: list[str]) -> list[str]:
    """Returns the words with "24 th" written as "24th"."""
    joined: list[str] = []
    for word in words:
        if (
            word in {"st", "nd", "rd", "th"}
            and joined
            and joined[-1].isdigit()
            and len(joined[-1]) <= 3
            and len(joined) <= 2
        ):
            joined[-1] += "th"
        else:
            joined.append(word)
    return joined


def _street_word(word: str) -> str:
    ordinal = _ORDINAL.match(word)
    if ordinal:
        return ordinal.group(1)
    return ORDINAL_WORDS.get(word, word)
