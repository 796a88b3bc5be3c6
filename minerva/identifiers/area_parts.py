"""Numbers whose area code is named apart, before or behind the rest: `area code nine one four, number 555 0146`,
`7946 0092 (area code 020)`, `(424) is the area code, 555-0139 is the number`.

Linear in the text: of each word for an area code only what stands near is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.characters import folded
from minerva.identifiers.digit_runs import PLACED
from minerva.identifiers.digit_stretches import Place
from minerva.identifiers.digit_words import in_digits
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit, Token, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.word_roles import ONE_DIGIT

_TOLD = late(
    r"(?<![^\W_])(?:area code|ddd|area(?= [(0-9]|: )|prefix|(?:dial(?:l?ing)?|std|city) code|prefisso|indicatif|vorwahl"
    r"|lada|prefijo|prefixo|kierunkowy|předvolba|predvolba|riktnummer|netnummer|alan kodu"
    r"|код(?:а)? города|код міста|κωδικός|κωδικος)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters around such a word in which the number stands."""
_OPENS = late(
    # "prefisso di Torino 011"
    r"(?: (?:di|de|do|da|für|von|dla|за) [^\W\d_]{2,20}(?= [0-9]))?"
    rf"{PLACED}(?: (?:is|of|number|es|est|ist|è)(?![^\W_]))?[ :=\-]{{0,3}}[(\['\"]?",
    re.IGNORECASE,
)
_CLOSES = late(r"[)\]'\"]?")
_AREA = late(r"[0-9]{2,5}(?![0-9])|[0-9]([ .\-])[0-9](?:\1[0-9]){0,3}(?!\1?[0-9])")
_WORDS = late(r"[^\W\d_]+(?:[ \-][^\W\d_]+){1,4}")
_AREA_BEFORE = late(
    r"(?<![0-9$€£.,\-/] )(?<![0-9$€£.,\-/])([0-9]{2,5})[)\]]? (?:is |= ?|as )?(?:(?:the|my|an?|local) )?$",
    re.IGNORECASE,
)
"""`(424) is the `, before the word."""
_LOCAL = (
    r"(?:[0-9]{5,8}|9[ .\-][0-9]{4}[ .\-][0-9]{4}"
    r"|[0-9]{2,4}(?:(?:[ .\-]| and | then )[0-9]{2,5}){1,2}|[0-9]{1,3}(?:[ .\-][0-9]{1,3}){3,7})"
    r"(?![0-9]|[.,/:%€$£]?[0-9]| ?[€$£%])"
)
_LINK = (
    r"[)\]'\"]?(?:[ ,;:.\-()\[\]>]"
    r"|(?<![^\W_])(?:is|the|my|an?|and|then|next|followed|by|number|rest|that|of|it|with|in|front|plus|local|phone|dial"
    r"|call|text|before|first|to|from|puis|luego|poi|dann|y|e|o|é|meu|und|et|seguido|suivi|de|da|con|mit|avec|número|numero"
    r"|nummer|numéro|numer|номер|тел|телефон|tel|τηλ|τηλέφωνο|telefono|teléfono)(?![^\W_])){1,12}"
)
_BEHIND = late(rf"{_LINK}(?<![$€£/])({_LOCAL})", re.IGNORECASE)
_BEFORE = late(rf"(?<![0-9$€£,/\-])(?<![0-9][ .])({_LOCAL}){_LINK}$", re.IGNORECASE)
_GROUPS = late("[0-9]+")


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are told so."""
    found: list[Hit] = []
    last = 0
    for match in _TOLD.finditer(text):
        if match.start() < last:
            continue
        for area, local in _pairs(text, *match.span()):
            digits = _digits_of(area) + "".join(_GROUPS.findall(text[local[0] : local[1]]))
            if not _may_be_area(digits, rules):
                continue
            start, end = min(area[1], local[0]), max(area[2], local[1])
            read = whole_of([Token(digits, start, end)], text, rules)
            if read:
                found += read
                last = end
                break
    return found


def hits_in_words(text: str, places: list[Place], rules: Dialing) -> list[Hit]:
    """`hits` of a text with digit words in some places: `555 zero one four nine (area code 403)`."""
    written, starts = in_digits(text, places)
    return [(starts[hit[0]], starts[hit[1] - 1] + 1, *hit[2:]) for hit in hits(written, rules)]


_Area = tuple[str, int, int]


def _digits_of(area: _Area) -> str:
    return "".join(_GROUPS.findall(area[0]))


def _may_be_area(digits: str, rules: Dialing) -> bool:
    """Whether a number begins with an area code as its region writes one."""
    if rules.country == NORTH_AMERICA:
        return len(digits) == 10
    return not rules.trunked or digits[0] == "0"


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[_Area, tuple[int, int]]]:
    """An area code and where the rest of its number stands, around the word for it in `text[start:end]`, the likeliest
    first."""
    before = text[max(0, start - _NEAR) : start]
    first = start - len(before)
    opened = _OPENS.match(text, end)
    area = None if opened is None else _area_at(text, opened.end())
    if area is None:
        match = _AREA_BEFORE.search(before)
        if match is not None:
            behind = _BEHIND.match(text, end, end + _NEAR)
            if behind is not None:
                yield (match[1], first + match.start(1), first + match.end(1)), behind.span(1)
        return
    behind = _BEHIND.match(text, area[2], area[2] + _NEAR)
    if behind is not None:
        yield area, behind.span(1)
    match = _BEFORE.search(before)
    if match is not None:
        yield area, (first + match.start(1), first + match.end(1))


def _area_at(text: str, start: int) -> _Area | None:
    """The digits that begin at `start`, as digits or in words."""
    match = _AREA.match(text, start)
    if match is not None:
        return match[0], start, _CLOSES.match(text, match.end()).end()  # type: ignore[union-attr]
    words = _WORDS.match(text, start)
    if words is None:
        return None
    digits, end = "", start
    for word in re.finditer(r"[^\W\d_]+", words[0]):
        digit = ONE_DIGIT.get(folded(word[0]))
        if digit is None:
            break
        digits, end = digits + digit, start + word.end()
    return (digits, start, end) if 1 < len(digits) < 6 else None
