"""Numbered postal districts of cities at the end of an address: Dublin 7, London SE1, Praha 5."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minerva.addresses.tables import STREET_TYPES
from minerva.places import is_city

_NUMBER = re.compile(r"\d{1,2}[a-z]?|[a-z]{1,2}\d{1,2}[a-z]?")
_HOUSE = re.compile(r"\d{1,5}[a-z]?")
MOST_WORDS = 3
"""Words of a city's name."""


def district_in(parts: Sequence[Sequence[str]]) -> tuple[str, int]:
    """Returns (the district at the end of an address in parts between commas, "" for none; its part).

    A city of the gazetteer and a number, as a part of its own that is the only one or the last but one at least, or
    behind a whole street: a street may be named like a city (Via Roma 12).
    """
    for at in range(len(parts) - 1, max(-1, len(parts) - 3), -1):
        *words, number = parts[at]
        if not words or not _NUMBER.fullmatch(number):
            continue
        if len(words) <= MOST_WORDS and (at or len(parts) == 1) and is_city(" ".join(words)):
            return " ".join(parts[at]), at
        size = _city_behind(words)
        if size:
            return " ".join(parts[at][-size - 1 :]), at
    return "", 0


def without_district(parts: list[list[str]], district: str, at: int) -> list[list[str]]:
    """Returns the parts without the district, and without numbers that stand alone behind it."""
    left = parts[at][: -len(district.split())]
    return [*parts[:at], *([left] if left else []), *(part for part in parts[at + 1 :] if not part[0].isdigit())]


def _city_behind(words: Sequence[str]) -> int:
    """Returns how many words of a city's name stand behind a whole street, 0 for none: a type that ends it, or a house
    number that begins it, tells a street."""
    for size in range(1, min(MOST_WORDS, len(words) - 2) + 1):
        street = words[:-size]
        if (street[-1] in STREET_TYPES or _HOUSE.fullmatch(street[0])) and is_city(" ".join(words[-size:])):
            return size
    return 0
