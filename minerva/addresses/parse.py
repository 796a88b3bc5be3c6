"""Reads one postal address into parts that can be compared: house number before the street or behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Union

from anyascii import anyascii

from minerva.addresses.districts import district_in, without_district
from minerva.addresses.postcodes import find_postcode, normal_postcode
from minerva.addresses.tables import DIRECTIONS, LEADING_WORDS, NO_ADDRESS, ORDINAL_WORDS, STREET_TYPES, UNIT_WORDS

_HOUSE = re.compile(r"^(\d{1,6})(?:\s*[-\u2013/&]\s*(\d{1,6}))?([a-z])?$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|s|t)$")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?\b")
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s+(\d+)", re.IGNORECASE)
_DOOR = re.compile(
    r"(?:\b(?:suite|ste|unit|apt|apartment|room|rm)\b\.?\s*#?|#)\s*([0-9]{1,5}-?[a-z]?|[a-z]-?[0-9]{1,5}|[a-z])(?![\w-])"
)
_PARTS = re.compile(r"[,;\n]+")
_SPLIT = re.compile(r"[^\w&/-]+|_+")
# "N.Troy", "W.35th": a direction glued to the street by its period.
_GLUED = re.compile(r"\b([nsew]|[ns][ew])\.(?=\w)", re.IGNORECASE)
_STREET_ENDING = re.compile("stra(?:ss|\u00df)e$|straat$")
POSTCODE_DIGITS = 5
"""A number of so many digits that stands before a town may be a postcode, if another number may be the house's."""


@dataclass(frozen=True)
class Address:
    """Parts of an address, lower case.

    number: house number, or None; number_end: end of a range (`12-18`); direction: n, s, e, w, ne ... or "";
    street: words of the street name without type and ordinal endings ("35", "martin luther king"); street_type: st,
    ave ... or ""; unit: rest after a unit word; extra: words left over (a building, a town inside the text), all of
    them where no house number is told; postcode in its normal form or ""; door: the number or letter of a suite, a flat
    or a room ("210", "2f") or ""; district: a town with the number of its postal district ("dublin 7") or "".
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
    district: str = ""

    @cached_property
    def key(self) -> str | None:
        """Returns a blocking key: house number and street words; None when either is missing."""
        if self.number is None or not self.street:
            return None
        return f"{self.number} {' '.join(self.shortened)}"

    @cached_property
    def shortened(self) -> tuple[str, ...]:
        """The words of the street name, each as `short_street` has it."""
        return tuple(map(short_street, self.street))


def short_street(word: str) -> str:
    """Returns a word of a street's name with a glued-on type in its short form: hauptstrasse, hauptstr."""
    return _STREET_ENDING.sub("str", word)


class _Found(NamedTuple):
    """house: the word of the house number; street: the words behind it, or before it, up to the next comma; left: all
    other words."""

    house: str
    street: list[str]
    left: list[str]
    number_first: bool


@lru_cache(maxsize=131072)
def parse_address(text: str, postcode: str = "") -> Address:
    """Returns the parts of `text`; never raises. A postcode inside the text is used when none is given.

    The first number that is followed by words is the house number, or one that ends a part between commas; words after
    the street type belong to `extra`. "As above" is no address. Of a house with a post box the house counts.
    """
    folded = (text if text.isascii() else anyascii(text)).lower()
    box = _PO_BOX.search(folded)
    if box:
        house = _parsed(_PO_BOX.sub(",", folded), postcode)
        if house.street_type:  # a house that has a box as well; a number before a town is no house
            return house
        return Address(None, None, "", (), "", f"box {box.group(1)}", frozenset(), _postcode(folded, postcode))
    return _parsed(folded, postcode)


def _parsed(folded: str, postcode: str) -> Address:
    """`parse_address` of a text in lower-case ASCII without a post box."""
    parts = [_words(part) for part in _PARTS.split(folded)]
    parts = [part for part in parts if part]
    if len(parts) == 1 and " ".join(parts[0]) in NO_ADDRESS:
        return Address(None, None, "", (), "", "", frozenset(), _postcode("", postcode))
    district, at = district_in(parts)
    found = _find_house(without_district(parts, district, at) if district else parts)
    door = _DOOR.search(folded)
    number_of_door = door.group(1).replace("-", "") if door is not None else ""
    if found is None:
        every = frozenset(word for part in parts for word in part)
        return Address(None, None, "", (), "", "", every, _postcode(folded, postcode), number_of_door, district)
    house = _HOUSE.match(found.house)
    assert house is not None
    number, number_end = int(house.group(1)), int(house.group(2)) if house.group(2) else None
    direction, street, street_type, unit, extra = _street(found.street)
    left = frozenset([*extra, *(word for word in found.left if not word.isdigit())])
    behind = folded.partition(found.house)[2] if found.number_first else folded
    code = _postcode(behind, postcode)
    return Address(
        number, number_end, direction, tuple(street), street_type, unit, left, code, number_of_door, district
    )


def _words(text: str) -> list[str]:
    return [word for word in _SPLIT.split(_GLUED.sub(r"\1 ", text).replace("'", "")) if word]


def _find_house(parts: list[list[str]]) -> Union[_Found, None]:
    """Returns the house number of an address in parts between commas, None where none is told."""
    behind: Union[_Found, None] = None
    for place, part in enumerate(parts):
        for at, word in enumerate(part):
            if not _HOUSE.match(word) or (at and part[at - 1] in UNIT_WORDS):
                continue
            long = len(word) >= POSTCODE_DIGITS
            if at < len(part) - 1 or (not at and _goes_on(parts, place)):
                if behind is not None and long:
                    continue
                of_street = place if at < len(part) - 1 else place + 1
                street = part[at + 1 :] or parts[of_street]
                return _Found(word, street, [*part[:at], *_others(parts, place, of_street)], True)
            if behind is None and not long:
                of_street = place if at else place - 1
                street = part[:at] or (parts[of_street] if place else [])
                if street and not any(map(str.isdigit, street)):
                    behind = _Found(word, street, _others(parts, place, of_street), False)
    return behind


def _others(parts: list[list[str]], *without: int) -> list[str]:
    return [word for place, part in enumerate(parts) if place not in without for word in part]


def _goes_on(parts: list[list[str]], place: int) -> bool:
    """True where a number that stands alone belongs to the part behind it: 12, Main Street."""
    if place + 1 >= len(parts) or parts[place + 1][0][0].isdigit():
        return False
    return not place or any(map(str.isdigit, parts[place - 1])) or len(parts[place + 1]) > 1


def _postcode(text: str, given: str) -> str:
    """Returns the given postcode, else the last one of the text, in the normal form."""
    return (normal_postcode(given) if given.strip() else "") or find_postcode(text.strip())


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
