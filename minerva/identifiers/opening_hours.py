"""Opening hours: days and times as people write them, in the notation of OpenStreetMap's opening_hours key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.late import late
from minerva.identifiers.lexicon import UNSPACED, alternation
from minerva.identifiers.opening_days import (
    AND,
    DAY_OF,
    DAYS,
    PHRASE,
    SET_WORDS,
    TO,
    WRITTEN,
    are_words_too,
    days_in,
    is_word_too,
)
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import without_overlaps
from minerva.identifiers.tables import table

_TABLE = table("opening_hours")
_CONTEXT = frozenset(_TABLE["context"])
_NAMED: dict[str, str] = _TABLE["named"]
_WORDS = frozenset([*DAY_OF, *_NAMED, *_CONTEXT, *SET_WORDS]).union(*[each.split() for each in _TABLE["always"]])
_BEFORE_DAYS = rf"(?:(?<![\w$/+\-])|(?<=[{UNSPACED}]))"
_BEFORE_TIMES = rf"(?:(?<![\w:.,$/+\-])|(?<=[{UNSPACED}]))"
_BEHIND = rf"(?![^\W{UNSPACED}]|[:%]|/[0-9]|[.,][0-9])"
_LEADS = rf"(?:(?:{alternation(_TABLE['lead'])}) ?){{0,2}}"
_LEAD = rf"[ \t,:=|(\-]{{0,4}}{_LEADS}"
_NEXT_TIME = rf"\.?[ :=\-]{{0,3}}{_LEADS}[0-9]"
_NO_LETTER = r"(?![^\W\d_])"
_HALVES = {
    **dict.fromkeys(["a", "am", *_TABLE["am"], *_TABLE["before_am"]], "am"),
    **dict.fromkeys(["p", "pm", *_TABLE["pm"], *_TABLE["before_pm"]], "pm"),
}
_HALF_BEFORE = alternation(_TABLE["before_am"] + _TABLE["before_pm"])
_HALF_BEHIND = alternation(_TABLE["am"] + _TABLE["pm"])
_TIME = (
    rf"(?:(?P<c{{0}}>{_HALF_BEFORE}) ?)?"
    r"(?P<h{0}>2[0-4]|[01]?[0-9])"
    r"(?:(?:[:.h]|[点點時时시] ?|(?P<z{0}>(?<=[0-9]{{2}})(?=[0-5][05](?![0-9]))))(?P<m{0}>[0-5][0-9])[分분]?)?"
    rf"(?P<o{{0}}> ?(?:{alternation(_TABLE['hour'])})(?:(?<=[{UNSPACED}])|{_NO_LETTER}))?"
    rf"(?:(?P<p{{0}}> ?(?:a\.?m\.?|p\.?m\.?|noon|midnight|{_HALF_BEHIND})(?![^\W\d_])|[ap](?![a-z.])))?"
    rf"|(?P<n{{0}}>{alternation(list(_NAMED))}){_NO_LETTER}"
)
_RANGE = late(
    rf"(?:{_BEFORE_DAYS}(?P<days>{PHRASE}){_LEAD}|{_BEFORE_TIMES})"
    rf"(?:(?P<between>{alternation(_TABLE['between'])}) )?(?:{_TIME.format(1)})"
    rf"(?(between) (?:{alternation(_TABLE['between_and'])}) |{TO})(?:{_TIME.format(2)}){_BEHIND}"
    # `10am-8pm daily`, unless the days belong to the next times
    rf"(?(days)|(?:,? ?\(?(?:on |every |am )?(?P<after>{PHRASE})(?![\w]|{_NEXT_TIME}))?)"
)
_ALWAYS = late(rf"(?<![\w/])(?:{alternation(_TABLE['always'])})(?![\w/])")
_OPEN, _IN_CONTEXT = alternation(_TABLE["open"]), alternation(_TABLE["always_in_context"])
_ALWAYS_OPEN = late(
    rf"(?:(?<![\w])(?:{_OPEN})[ :,]{{0,3}}(?:the |las |as )?(?P<behind>{_IN_CONTEXT})(?![\w/\-:])"
    rf"|(?<![\w/.:])(?P<before>{_IN_CONTEXT}) (?:{_OPEN})(?![\w]))"
)
_LED = late(rf"(?<![\w])(?:{_OPEN}|{alternation(_TABLE['clock'])})[ :=]{{0,3}}{_LEADS}$")
_LONGEST_LEAD = 40
_TIMES = late(rf"(?:(?P<days>{WRITTEN}) )?([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")
_GOES_ON = late(
    rf"(?:[ \t\n,;/&+|.()]|{AND}|{_LEAD}|(?:{PHRASE})[ :,=\-]{{0,3}}(?:{alternation(_TABLE['closed'])})(?![\w]))*"
)
_FARTHEST = 24
"""Characters between two ranges of one list."""


class _Hours(NamedTuple):
    """A range of times that was read."""

    start: int
    end: int
    value: str
    confidence: float


class OpeningHours(Kind):
    """`24/7`, `10:00-22:00`, `Mo-Fr 09:00-17:00` or `Mo,We 09:00-12:00`, the notation of OpenStreetMap; past midnight
    the end is smaller. A second range of a day is a value of its own."""

    NAME = "opening_hours"
    TITLE = "Opening hours"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        normal = _TIMES.fullmatch(text)
        days = set(re.split("[-,]", normal["days"])) if normal is not None and normal["days"] else set()
        if normal is not None and days <= set(DAYS) and max(normal[2], normal[3]) <= "24:00":
            return text
        folded = Reading(text).folded
        if _ALWAYS.fullmatch(folded):
            return "24/7"
        match = _RANGE.fullmatch(folded)
        hours = _hours(match, "") if match is not None else None
        if hours is None:
            raise InvalidIdentifier(cls.NAME, "expected 24/7 or two times of day, days before them or not")
        return hours

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        text = reading.text
        return (
            "24" in text
            or "m" in reading.lowered
            or "h" in reading.lowered
            or ":" in text
            or "." in text
            or (not text.isascii() or not _WORDS.isdisjoint(reading.words))
        )

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        folded = reading.folded
        told = not _CONTEXT.isdisjoint(reading.words) or (not folded.isascii() and _says_open(folded))
        found = [_Hours(*match.span(), "24/7", 0.95) for match in _ALWAYS.finditer(folded)]
        found += [_Hours(*match.span(match.lastgroup or 0), "24/7", 0.8) for match in _ALWAYS_OPEN.finditer(folded)]
        found += _ranges(folded, told, region)
        for start, end, value, confidence in without_overlaps(sorted(found)):
            yield cls.seen(reading, (start, end), value, field, "times", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("Open 10am-11pm, walk in", "10am-11pm", "10:00-23:00"),
            Example("Mon-Fri 9:30 am to 5 pm", "Mon-Fri 9:30 am to 5 pm", "Mo-Fr 09:30-17:00"),
            Example("available 24/7", "24/7", "24/7"),
            Example("ouvert de 10h à 22h", "10h à 22h", "10:00-22:00"),
            Example("Montag bis Freitag 10:00 - 20:00 Uhr geöffnet", "Montag bis Freitag 10:00 - 20:00 Uhr",
                    "Mo-Fr 10:00-20:00"),
            Example("daily 11am - 2am", "daily 11am - 2am", "Mo-Su 11:00-02:00"),
            Example("Hours: Sat & Sun 10a-6p", "Sat & Sun 10a-6p", "Sa-Su 10:00-18:00"),
        )  # fmt: skip


def _says_open(folded: str) -> bool:
    """Whether a word of opening hours stands in a text of a script whose words do not stand apart."""
    return any(word in folded for word in _CONTEXT if not word.isascii())


def _ranges(folded: str, told: bool, region: str | None) -> Iterator[_Hours]:
    """The ranges of a text (in lower case without accents), whose words tell of opening hours or not. What goes on from
    one range is of the same days and needs less to be one."""
    last_end, days = -_FARTHEST, ""
    place = 0
    while (match := _RANGE.search(folded, place)) is not None:
        first = match.start()
        goes_on = 0 <= first - last_end <= _FARTHEST and _GOES_ON.fullmatch(folded, last_end, first) is not None
        phrase = match["days"] or match["after"] or ""
        end = match.end()
        if (
            phrase
            and is_word_too(phrase)
            and not (goes_on or (match["o2"] or "").strip() == "uhr" or _is_led(folded, first))
        ):
            # "my son 10:00-14:00" names no day.
            if match["days"]:
                match = _RANGE.match(folded, match.start(_starts(match))) or match
            end, phrase = _end_of_times(match), ""
        if not phrase:
            end = _end_of_times(match)
        place = max(end, first + 1)
        if not _is_time(match, phrase, told, goes_on):
            continue
        own = days_in(phrase, region) if phrase else days if goes_on else ""
        hours = _hours(match, own)
        if hours is None:
            continue
        last_end, days = end, own
        yield _Hours(match.start(), end, hours, 0.9 if match["p2"] is not None or own else 0.75)


def _starts(match: re.Match[str]) -> str:
    """The name of the group with which the times of a match begin."""
    return next(name for name in ("c1", "h1", "n1") if match[name] is not None)


def _end_of_times(match: re.Match[str]) -> int:
    """Where the times of a match end, days behind them left out."""
    if match["after"] is None:
        return match.end()
    return max(match.end(name) for name in ("h2", "m2", "o2", "p2", "n2"))


def _is_led(folded: str, start: int) -> bool:
    """Whether a word of opening hours stands right before a place of a text."""
    return _LED.search(folded, max(0, start - _LONGEST_LEAD), start) is not None


_CLOCK = ("m1", "o1", "p1", "m2", "o2", "p2", "c1", "c2", "n1", "n2")
_SURE = ({"p2"}, {"c1", "c2"}, {"m1", "m2"}, {"o1", "o2"}, {"n1", "n2"}, {"m1", "o2"}, {"o1", "m2"}, {"m1", "n2"},
         {"o1", "n2"}, {"p1", "n2"})  # fmt: skip
"""Signs of the clock of which those of one set leave no doubt."""
_LEAST_HOURS, _MANY_HOURS = 3, 6
"""Hours between two numbers that are times without a sign of one."""


def _is_time(match: re.Match[str], phrase: str, told: bool, goes_on: bool) -> bool:
    """Whether a match is a range of times and no range of anything else: the clock is named, or days (`phrase`) or
    words are."""
    has = {name for name in _CLOCK if match[name] is not None}
    sure = goes_on or (phrase != "" and not are_words_too(phrase))
    led = _is_led(match.string, match.start())
    several = len(days_in(phrase)) > len(DAYS[0]) if phrase else False
    dotted = "." in match.string[match.start(_starts(match)) : match.end()]
    if dotted and not (told or sure or led or several) and has.isdisjoint(("p2", "o2")):
        return False
    if match["z1"] is not None or match["z2"] is not None:
        # "2000-2015" are years.
        return sure or led
    if any(signs <= has for signs in _SURE):
        return True
    if has:
        return told or sure or led
    if goes_on:
        return True
    # Bare numbers: "men to sons 3-4", "children 6-12"
    first, last = int(match["h1"]), int(match["h2"])
    hours = (last if last > first else last + _NOON) - first
    if hours < _LEAST_HOURS:
        return False
    if led:
        return True
    if not phrase:
        return False
    if not several:
        # "won 5-3 on Monday"
        return told and sure and match["days"] is not None
    return sure or ("-" in phrase and (told or hours >= _MANY_HOURS))


def _clock(hour: str, minute: str | None, half: str) -> str | None:
    value = int(hour)
    if half in ("am", "pm") and not 1 <= value <= _NOON:
        return None
    if half in ("am", "midnight"):
        value %= _NOON
    elif half == "pm":
        value = value % _NOON + _NOON
    return f"{value:02d}:{minute or '00'}" if value < 24 or not int(minute or 0) else None


_NOON, _EARLIEST = 12, 6


def _half(match: re.Match[str], number: int) -> str:
    """Which half of the day a time of a match is said to be in: `am`, `pm`, `noon`, `midnight` or nothing."""
    written = (match[f"p{number}"] or match[f"c{number}"] or "").strip().replace(".", "")
    return _HALVES.get(written, written)


def _hours(match: re.Match[str], days: str) -> str | None:
    """The times of a match behind the days in the notation, those of the match unless given."""
    halves = [_half(match, 1), _half(match, 2)]
    given = [_NAMED.get(match[f"n{number}"] or "") for number in (1, 2)]
    if given == [None, None]:
        first, last = int(match["h1"]), int(match["h2"])
        if not halves[0] and halves[1] in ("am", "pm"):
            # "9-5pm" begins in the morning, "1-5pm" after noon.
            halves[0] = halves[1] if first % _NOON < last % _NOON or halves[1] == "am" else "am"
        if not any(match[name] for name in _CLOCK) and first <= _NOON:
            # "Mon-Fri 9-5" ends after noon, "1-4" is after noon.
            if last <= first:
                halves[1] = "pm"
            elif last <= _NOON and 0 < first < _EARLIEST:
                halves = ["pm", "pm"]
        elif not any(halves) and match["m2"] is None and match["o2"] is None and 0 < last <= first <= _NOON:
            # "9.30-1"
            halves[1] = "pm" if match["h2"][0] != "0" else ""
    start, end = [
        given[number] or _clock(match[f"h{number + 1}"], match[f"m{number + 1}"], halves[number]) for number in (0, 1)
    ]
    if start is None or end is None or start == end:
        return None
    days = days or (days_in(phrase) if (phrase := match["days"] or match["after"]) else "")
    return f"{days} {start}-{end}".strip()
