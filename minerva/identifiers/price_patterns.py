"""Where an amount with its currency stands in a text (lower case, without Latin accents), and the unit beside it."""

from __future__ import annotations

import re

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import UNSPACED, alternation
from minerva.identifiers.price_terms import AMOUNT, COUNT, NAMES, NO_LETTER, ROSES, SIGNS, UNIT, WORD, unit_of
from minerva.identifiers.tables import table

_TABLE = table("prices")
_JOIN = (
    rf"(?:/ ?| /(?! )| ?- ?(?=per|pro|por|par)|(?P<weak> / | ?\(?)(?=[0-9½]|{WORD})"
    rf"| (?:{alternation(_TABLE['joins'])}) ?"
    rf"|(?<=[{UNSPACED}])|(?=[每ต/]))(?:ต่อ|每)?"
)
_ADJECTIVE = r"(?:(?:1|one|full|small|hour|whole|extra|single|standard|full-day) )?"
_FOR = (
    rf"(?P<behind_price>{_JOIN}{_ADJECTIVE}(?P<unit>{UNIT})"
    rf"|(?P<glued>(?<=[0-9€£$])(?:{alternation(_TABLE['glued'])})(?![^\W_])))?"
)
_SIGN = alternation([*SIGNS])
_NAME = (
    rf"(?:{alternation([*NAMES, *ROSES])})(?:(?<=[.{UNSPACED}])|(?![a-z0-9])|(?=(?:ต่อ)))"
    r"(?!(?<=元)[气氣论論旦素首件凶老代]|(?<=円)[形周滑卓]|(?<=원)[인칙래격룸장산])"
)
_ONE = (
    rf"(?P<sign>{_SIGN}|(?:{alternation(_TABLE['before'])})(?= ?[0-9])) ?(?P<after>{AMOUNT})"
    r"(?:-(?P<high>[0-9]{2,5})(?![0-9]|[.,][0-9]| ?(?:x|/ ?[0-9]|m)))?"
    rf"|(?:(?P<low>(?<![0-9][.,]){AMOUNT}) ?(?:-|to|bis|a|do|до|~) ?)?"
    rf"(?P<amount>(?<![0-9][.,]){AMOUNT})(?! (?:{_SIGN})[0-9]) ?"
    rf"(?:(?P<behind>{_SIGN})|(?P<name>{_NAME}))"
    r"|(?P<dashed>[0-9]{1,3}(?:[. ][0-9]{3})?|[0-9]{1,5})[,:]-{1,2}(?![0-9\-])"
)
PRICE_ALONE = late(rf"(?:{_ONE}){_FOR}")
# A dot or comma is none of the amount where a sentence ends with it: `ます。3,500円`.
PRICE = late(rf"(?:(?<![\w.'])|(?<=[^\x00-\x7f]\.)|(?<=[{UNSPACED}]))(?:{_ONE}){_FOR}")
NORMAL = late(r"([A-Z]{3}) ([0-9]+(?:\.[0-9]{2})?)(?: / ([0-9]{1,4} min|[a-z]+))?")

_TOLD = rf"(?:(?:{alternation(_TABLE['told'])}) ){{0,2}}"
_TIME_WORD = "|".join([re.escape(word) for word in _TABLE["units"]["60 min"] if len(word) > 1])
_ALONE = ("30 min", "90 min", "night", "session", "visit")
"""Units that stand before a price with nothing but a blank between."""
_SAID = alternation([word for unit in _ALONE for word in _TABLE["units"][unit] if len(word) > 1])
_ADVERBS = alternation(_TABLE["said"])
_NAMED = late(rf"(?<![\w])(?P<time>{COUNT}{NO_LETTER}) (?P<words>[^\W\d_]{{3,16}}(?: [^\W\d_]{{3,16}}){{0,2}}) $")
"""A duration and what takes so long: `90 min deep tissue `."""
_PARTING = frozenset(_TABLE["between"])
_BEFORE = late(
    rf"(?:(?<![\w])|(?<=[{UNSPACED}]))(?:"
    rf"(?:(?:1|uma|una|une|eine|einer|un|one|an|a|per|за|每|jede|every|each) ?)?"
    rf"(?P<time>(?:{COUNT}|{_TIME_WORD}|{_SAID}|hourly|nightly|daily|weekly|monthly|{_ADVERBS}){NO_LETTER})"
    rf"\.?(?:[ :=\-(]{{1,4}}{_TOLD}|(?<=[{UNSPACED}]))"
    rf"|(?:per |each |a |one |1 |pro |por |par |je |al |la |cada )?(?P<word>{WORD}){NO_LETTER} ?[:=\-] ?"
    rf"|(?:per|each|pro|por|par|je|cada) (?P<each>{WORD}){NO_LETTER}[ :=\-]{{1,3}}{_TOLD}"
    r")$"
)
_FARTHEST = 40


def unit_before(folded: str, last_end: int, start: int, region: str | None) -> tuple[str, int] | None:
    """The unit that stands before a price, behind the last one read, and where it begins."""
    window = folded[max(last_end, start - _FARTHEST) : start]
    match = _BEFORE.search(window)
    if match is None:
        named = _NAMED.search(window)
        if named is None or not _PARTING.isdisjoint(named["words"].split()):
            return None
        return named["time"], start - len(window) + named.start()
    unit = next(group for group in (match["time"], match["word"], match["each"]) if group)
    return (unit, start - len(window) + match.start()) if unit_of(unit, region) else None
