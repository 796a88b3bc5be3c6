"""Dates of birth as texts write them, in the order of day and month that the country has."""

from __future__ import annotations

import datetime
import re

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.tables import table

_WORDS = table("age_words")
_MONTHS: list[list[str]] = _WORDS["months"]
_LAST_SHORT = 20
"""Years in two digits up to this one are of this century."""
_BUDDHIST = 543
"""Years between the eras of Thailand and of the West."""
_DATE = (
    r"(?P<iso>[12][0-9]{3}(?P<sign>[\-./])[01]?[0-9](?P=sign)[0-3]?[0-9])"
    r"|(?P<cjk>[12][0-9]{3} ?[年년] ?[01]?[0-9] ?[月월] ?[0-3]?[0-9] ?[日일])"
    r"|(?P<a>[0-3]?[0-9])(?:[./\-]|\. )(?P<b>[0-3]?[0-9])(?:[./\-]|\. )(?P<year>[12][0-9]{3}|[0-9]{2}(?![0-9]"
    r"|[./\-][0-9]))"
    r"|(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|\.|er|º|°)? ?(?:de |of |di )?(?P<month>[^\W\d_]{3,12})\.?,? (?:de |del )?"
    r"(?P<year2>[12][0-9]{3})"
    r"|(?P<month2>[^\W\d_]{3,12})\.? (?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)?,? (?P<year3>[12][0-9]{3})"
    r"|(?P<year4>[12][0-9]{3})\. (?P<month4>[^\W\d_]{3,12}) (?P<day4>[0-3]?[0-9])"
)
_BORN = alternation(_WORDS["born"])
BIRTH = late(
    rf"(?:(?<![\w])(?:{_BORN})(?:\s?(?:dates?|am|on|in|el|le|il|den|dne))? ?[:=]? ?"
    rf"|(?<![\w*\-])\* ?)(?P<date>{_DATE})(?![0-9])"
)
ANY_DATE = late(_DATE)
_STARS = range(1920, 2011)
"""Years of birth that a star before a date may tell; later ones are dates of a list."""


def date_of(match: re.Match[str], region: str | None) -> str | None:
    """The ISO date of a match of a date; in the United States the month comes first. None if there is no such day."""
    groups = match.groupdict()
    if groups["iso"] or groups["cjk"]:
        year, month, day = (int(part) for part in re.findall(r"[0-9]+", groups["iso"] or groups["cjk"]))
    elif groups["year"]:
        first, second, year = int(groups["a"]), int(groups["b"]), int(groups["year"])
        if len(groups["year"]) == 2:
            year += 2000 if year <= _LAST_SHORT else 1900
        us_order = region in (None, "US") and first <= 12 and not (region is None and "." in match.group())
        day, month = (second, first) if us_order or second > 12 else (first, second)
    else:
        day, written, year = next(
            (int(groups[one]), groups[two], int(groups[three]))
            for one, two, three in (("day", "month", "year2"), ("day2", "month2", "year3"), ("day4", "month4", "year4"))
            if groups[one]
        )
        month = _month(written)
    if year > 2400:
        year -= _BUDDHIST
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def is_birth(match: re.Match[str], date: str) -> bool:
    """Whether a date behind a star is one of birth; all behind a word are."""
    return not match.group().startswith("*") or int(date[:4]) in _STARS


def _month(written: str) -> int:
    return next((number for number, heads in enumerate(_MONTHS, 1) if written.startswith(tuple(heads))), 0)
