"""What asks to be found or written to on a platform, in the languages of data/platforms.json, and the name asked for:
`find us on snap as jenny`, `ma gasiti pe insta oakandtiles si pe tiktok oak.tiles`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.mail_words import plain
from minerva.identifiers.platform_joins import NAME, PICTURE
from minerva.identifiers.platforms import AND_WORDS, AS_WORDS, ASKED, ON_WORDS, platform_called

_WINDOW = 112
_LETTERS = re.compile(r"[^\W\d_]+")


def any_of(words: Iterable[str]) -> str:
    """An expression for words in lower case without accents, whose blanks may be hyphens."""
    return lexicon.branches(sorted({plain(word) for word in words})).replace(r"\ ", r"[ \-]")


_MY = r"(?:(?:my|our|the|mein|unser|mon|notre|mi|nuestro|meu|mio|nasz) )?"
AS_KEYS = frozenset(max(_LETTERS.findall(plain(phrase)), key=len) for phrase in AS_WORDS)
"""A word of each phrase of AS_WORDS."""


def _by_key() -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for phrase in ASKED:
        words = _LETTERS.findall(plain(phrase))
        key = max(words, key=len)
        found[key] = (*found.get(key, ()), frozenset(words) - {key})
    return found


_BY_KEY = _by_key()


def may_ask(words: frozenset[str]) -> bool:
    """Whether a text of these words may hold a phrase of ASKED and one of AS_WORDS."""
    if AS_KEYS.isdisjoint(words):
        return False
    return any(others <= words for key in _BY_KEY.keys() & words for others in _BY_KEY[key])


@cache
def _before() -> re.Pattern[str]:
    """A request up to a platform, also one with another platform and its name: `find me on ig as jen, on snap`."""
    on = rf"(?:(?:{any_of(ON_WORDS)}) )?{_MY}"
    first = (
        rf"(?P<first>[^\W\d_]{{1,13}}(?: [^\W\d_]{{2,8}})?)(?: ?[:=\-])? (?:(?:{any_of(AS_WORDS)}) )?"
        rf"@?[a-z0-9_][a-z0-9_.\-]{{2,39}}(?:,? (?:{any_of(AND_WORDS)}) |, )"
    )
    return re.compile(rf"(?<!\w)(?:{any_of(ASKED)})(?::|,)? (?:{on}{first})?{on}$")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf",? (?:{any_of(AND_WORDS)}) ")


@cache
def found_as() -> re.Pattern[str]:
    """`find me as jenny on snap`, to be looked for in text in lower case without accents."""
    return re.compile(
        rf"(?<!\w)(?:{any_of(ASKED)}) (?:{any_of(AS_WORDS)}) @?(?P<name>{NAME}),?"
        rf" (?:{any_of(ON_WORDS)}) {_MY}(?P<word>[^\W\d_][^\W_]{{1,12}})(?!\w)"
    )


def asks(text: str, start: int) -> bool:
    """Whether a text asks to be found on the platform whose word begins at `start`."""
    before = _before().search(_PICTURE.sub("", folded(text[max(0, start - _WINDOW) : start])))
    if before is None:
        return False
    first = before.group("first")
    return first is None or any(platform_called(word) is not None for word in (first, first.partition(" ")[0]))


_PICTURE = re.compile(rf"{PICTURE} ?$")
"""One right before a platform's word."""


def goes_on(text: str, end: int) -> bool:
    """Whether an `and` or `or` follows at `end`."""
    return _goes_on().match(folded(text[end : end + 12])) is not None
