"""Usernames told in pieces: with signs in words, with parts or letters that stand apart, or said to be one word."""

from __future__ import annotations

import re

from minerva.identifiers.mail_words import DIGIT_WORDS
from minerva.identifiers.platform_names import JOIN

_PIECE = re.compile(r"(?P<blank>[ ])(?P<piece>[A-Za-z]{1,2}|[0-9]{1,4}|_)(?![A-Za-z0-9_])")
_PIECES = frozenset("bcdefghjklmnopqrstuvwxyz") | {"xo", "ox", "xx", "oo", "uu", "_"}
CUT = re.compile(r"[A-Za-z0-9](?:-[A-Za-z0-9]){4,}|[A-Za-z0-9](?:\.[A-Za-z0-9]){4,}")
"""A name whose letters are parted by hyphens or dots: `j-e-n-4-u`."""
NEXT_LETTER = r"(?:(?: [._] |[ .\-*])[A-Za-z0-9_])"
"""What stands between letters apart, with a dot or an underscore of the name itself, and the next letter."""
SPELLED_NAME = re.compile(rf"{JOIN}(?P<name>[A-Za-z0-9_]{NEXT_LETTER}{{2,40}}(?![A-Za-z0-9_]))", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=[A-Za-z0-9_])[ .\-*](?=[A-Za-z0-9_])")
_UNDERSCORES = (
    "under score", "underscore", "underline", "guion bajo", "guión bajo", "tiret bas", "unterstrich", "trattino basso",
    "sublinhado", "нижнее подчеркивание", "нижнее подчёркивание", "podkreślnik", "alt tire",
)  # fmt: skip
_DASHES = ("dash", "hyphen", "guion", "guión", "tiret", "bindestrich", "trattino", "дефис")
_DOTS = ("dot", "punto", "point", "ponto", "punkt", "точка", "kropka", "nokta")
_SPOKEN = re.compile(
    rf" [(\[]?(?P<sign>{'|'.join((*_UNDERSCORES, *_DASHES, *_DOTS))})[)\]]? (?P<part>[A-Za-z0-9]{{1,40}})",
    re.IGNORECASE,
)


def unspelled(chain: str) -> str:
    """The letters that stand apart, with the dots and underscores that have blanks around."""
    return _BETWEEN.sub("", chain).replace(" ", "")


def spoken(text: str, end: int) -> tuple[str, int] | None:
    """(what belongs to a name whose signs are said in words, its end): `jen underscore 4u`."""
    said = ""
    while len(said) < 40:
        match = _SPOKEN.match(text, end)
        if match is None:
            break
        word = match.group("sign").lower()
        said += "_" if word.startswith(_UNDERSCORES) else "-" if word.startswith(_DASHES) else "."
        said += match.group("part")
        end = match.end()
    return (said, end) if said else None


def stretched(text: str, end: int) -> tuple[str, int] | None:
    """(what belongs to a name that stands in pieces, its end): `jen 4 u`, but not `jen 24 years` or `jen a friend`."""
    pieces: list[str] = []
    position = end
    while len(pieces) < 6:
        match = _PIECE.match(text, position)
        if match is None or (match.group("piece").isalpha() and match.group("piece").lower() not in _PIECES):
            break
        pieces.append(match.group("piece"))
        position = match.end()
    while pieces and len(pieces[-1]) > 2:
        position -= len(pieces.pop()) + 1
    if len(pieces) >= 2 or (pieces and pieces[0].lower() in ("xo", "xx", "xox")):
        return "".join(pieces), position
    return None


_ONE = (
    r"(?:all )?(?:no spaces?|one word|without spaces?|sin espacios?|todo junto|tudo junto|sem espa[cç]os?|sans espaces?"
    r"|en un mot|ohne leerzeichen|zusammengeschrieben|senza spazi|tutto attaccato|fara spatii|fără spații|без пробелов"
    r"|слитно)"
)
_SAID_ONE = re.compile(rf"{_ONE}[)\]]?$", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z0-9_]{1,20}(?:(?: ?[._\-] ?| )[A-Za-z0-9_]{1,20}){1,5}(?=\s*(?:$|[\n,;!?)(|]))")
_NO_BLANKS = re.compile(
    rf"(?P<rest>(?:(?: ?[._\-] ?| )[A-Za-z0-9_]{{1,20}}){{1,5}}) ?[(\[](?:(?P<one>{_ONE})"
    r"|(?:as )?(?:a |the )?(?:number|digit))"
    r"(?P<more>[^()\n]{0,20})[)\]]",
    re.IGNORECASE,
)


def together(text: str, start: int, remark: str) -> tuple[str, int] | None:
    """(name, its end) of words up to the end of a clause where the remark before says that they are one:
    `insta (no spaces): low tide . lena`."""
    match = _WORDS.match(text, start) if _SAID_ONE.search(remark) is not None else None
    return (match.group().replace(" ", ""), match.end()) if match is not None else None


def apart(text: str, start: int, end: int) -> tuple[str, int] | None:
    """(name, its end) of a name in words of which the text says that they are one: `low tide . lena (no spaces)`, or
    that the last is a number: `jenny seven (number)`."""
    match = _NO_BLANKS.match(text, end)
    if match is None:
        return None
    words = match.group("rest").split()
    number = DIGIT_WORDS.get(words[-1].lower(), "")
    if match.group("one") is None and not (number and len(words) == 1):
        return None
    if number and (match.group("one") is None or "number" in match.group("more").lower()):
        words[-1] = number
    return text[start:end] + "".join(words), match.end("rest")
