"""Lists of platforms with one name behind them (`Insta och snap: jen_4u`), written once for each platform of two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.plainer import Piece
from minerva.identifiers.plainer_phrases import name_at
from minerva.identifiers.platform_joins import ARROWS, PICTURE
from minerva.identifiers.platform_mentions import Mention
from minerva.identifiers.tables import table

_DATA = table("username_phrases")
_UNSPACED = "\u0e00"


class Two(NamedTuple):
    """What leaves the first platform of two with the name behind them, and what leaves the second."""

    first: tuple[Piece, ...]
    second: tuple[Piece, ...]


def _of(key: str) -> str:
    return lexicon.branches(sorted({folded(word) for word in _DATA[key]}))


@cache
def _and() -> re.Pattern[str]:
    words = [folded(word) for word in _DATA["and"]]
    spaced = lexicon.branches([word for word in words if word.isalpha() and word < _UNSPACED])
    signs = lexicon.alternation([word for word in words if not word.isalpha() or word >= _UNSPACED])
    return re.compile(rf"(?: (?:{spaced}) (?:(?:on|na|pe|no|auf|sur|w|v|в|у) )?| ?(?:{signs}) ?)(?:{PICTURE} ?)?")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,? ?(?:(?P<same>{_of('same')})|(?P<as>{_of('as')}))(?![a-z]))?"
        rf"(?P<sign> ?[:=\-\u2013>{ARROWS}\uff1a]{{1,2}})? ?(?=@?[a-z0-9_])"
    )


@cache
def _both() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_of('both')}) $")


def lists(text: str, small: str, named: list[Mention]) -> Iterator[Two]:
    """The lists of two of the platforms that a text names; `small` is the text in lower case without accents."""
    for first, second in zip(named, named[1:]):
        joint = _and().fullmatch(small, first.end, second.start)
        behind = _behind().match(small, second.end) if joint is not None else None
        if behind is None or first.platform is second.platform:
            continue
        both = _both().search(small, max(0, first.start - _WIDEST), first.start)
        # "Instagram and Facebook, same people"
        clear = behind.group("sign") or behind.group("same") or (both is not None and behind.group("as"))
        name = name_at(text, behind.end(), bool(clear))
        if name is None:
            continue
        start = both.start() if both is not None else first.start
        lead = (Piece(start, first.start, ""),) if both is not None else ()
        yield Two(
            (*lead, Piece(first.end, name[0], ": @")),
            (Piece(start, second.start, ""), Piece(second.end, name[0], ": @")),
        )


_WIDEST = 10
