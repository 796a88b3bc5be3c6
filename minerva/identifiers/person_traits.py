"""Statements of age and date of birth: restricted attributes, searched for only when asked for by name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_AGE = re.compile(
    r"(?<![\w$./:\-])(?:"
    r"(?:aged?|edad|idade|alter|eta|age ?[:=]|varsta|возраст"
    r"|mam(?= [0-9]{1,2} lat(?![a-z]| (?:dosw|staz|prakt|gwar))))(?: is| of)? ?[:=]? ?"
    r"(?P<behind>[0-9]{1,3})"
    r"(?![\w%/:.,\-]*[0-9])(?!\w)"
    r"|(?P<years>[0-9]{1,3}) ?-?(?:years?[ \-]old|yrs?[ \-]old|y\.? ?/? ?o\.?(?![a-z])|yr old"
    r"|yrs(?![a-z]| (?:of|in|exp|work))"
    r"|anos(?: de edad)?|ans(?![a-z])|jahre(?: alt)?|anni(?![a-z])|ani(?![a-z])|лет|года?(?!\w)|歳|岁|세))"
)
_AGE_WORDS = frozenset(
    ["age", "aged", "edad", "idade", "alter", "eta", "varsta", "возраст", "year", "years", "yr", "yrs", "yo",
     "y", "anos", "ans", "jahre", "anni", "ani", "лет", "год", "года", "mam"]
)  # fmt: skip
_OLDEST = 120
_DATE = (
    r"(?P<iso>[12][0-9]{3}-[01]?[0-9]-[0-3]?[0-9])"
    r"|(?P<a>[0-3]?[0-9])[./\-](?P<b>[0-3]?[0-9])[./\-](?P<year>[12][0-9]{3})"
    r"|(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|\.|er)? (?:de |of )?(?P<month>[a-z]{3,10})\.?,? (?:de )?"
    r"(?P<year2>[12][0-9]{3})"
    r"|(?P<month2>[a-z]{3,9})\.? (?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)?,? (?P<year3>[12][0-9]{3})"
)
_BIRTH = re.compile(
    r"(?<![\w])(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?|fecha de nacimiento|nacid[oa](?: el)?|nee? le"
    rf"|geboren(?: am)?|geburtsdatum|data de nascimento|nat[oa] il|birthday) ?[:=]? ?(?P<date>{_DATE})(?![0-9])"
)
_ANY_DATE = re.compile(_DATE)
_BIRTH_WORDS = frozenset(
    ["dob", "birth", "birthdate", "born", "nacimiento", "nacido", "nacida", "ne", "nee", "geboren",
     "geburtsdatum", "nascimento", "nato", "nata", "birthday", "b"]
)  # fmt: skip
_MONTHS = (
    ("jan", "ene", "janv", "gen"), ("feb", "fev", "fevr"), ("mar", "maerz", "marz"), ("apr", "abr", "avr"),
    ("may", "mai", "mag"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "ago", "aout"), ("sep", "set"),
    ("oct", "okt", "out", "ott"), ("nov",), ("dec", "dic", "dez"),
)  # fmt: skip


class Age(Kind):
    """A stated age in whole years: `24`. What a text says, not what is true."""

    NAME = "age"
    TITLE = "Stated age"
    STRONG = False
    ATTRIBUTE = True
    RESTRICTED = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).folded.strip()
        match = _AGE.fullmatch(text)
        digits = (match.group("behind") or match.group("years")) if match is not None else text
        if not re.fullmatch(r"[0-9]{1,3}", digits) or not 0 < int(digits) <= _OLDEST:
            raise InvalidIdentifier(cls.NAME, f"expected whole years from 1 to {_OLDEST}")
        return str(int(digits))

    @classmethod
    def format(cls, value: str) -> str:
        return f"{value} years old"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return not reading.text.isascii() or not _AGE_WORDS.isdisjoint(reading.words)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match in _AGE.finditer(reading.folded) if cls.may_hold(reading) else ():
            years = int(match.group("behind") or match.group("years"))
            if 10 <= years <= _OLDEST:
                sure = 0.8 if match.group("behind") else 0.85
                yield cls.seen(reading, match.span(), str(years), field, "statement", sure)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("Anna, 24 years old, new", "24 years old", "24"),
            Example("age: 31", "age: 31", "31"),
            Example("tengo 28 años", "28 años", "28"),
        )


class BirthDate(Kind):
    """A stated date of birth as `YYYY-MM-DD`."""

    NAME = "birth_date"
    TITLE = "Stated date of birth"
    STRONG = False
    ATTRIBUTE = True
    RESTRICTED = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).folded.strip()
        told = _BIRTH.fullmatch(text)
        match = _ANY_DATE.fullmatch(told.group("date") if told is not None else text)
        date = _date(match, region) if match is not None else None
        if date is None:
            raise InvalidIdentifier(cls.NAME, "expected a date such as 1990-05-03")
        return date

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return not _BIRTH_WORDS.isdisjoint(reading.words)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match in _BIRTH.finditer(reading.folded) if cls.may_hold(reading) else ():
            date = _date(match, region)
            if date is not None:
                yield cls.seen(reading, match.span(), date, field, "statement", 0.9)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("DOB: 05/03/1990", "DOB: 05/03/1990", "1990-05-03", region="US"),
            Example("born on 3 May 1990 in", "born on 3 May 1990", "1990-05-03"),
            Example("geboren am 3.5.1990", "geboren am 3.5.1990", "1990-05-03", region="DE"),
        )


def _month(written: str) -> int:
    return next((number for number, heads in enumerate(_MONTHS, 1) if written.startswith(heads)), 0)


def _date(match: re.Match[str], region: str | None) -> str | None:
    """The ISO date of a match of _DATE; in the United States the month comes first. None if there is no such day."""
    if match.group("iso") is not None:
        year, month, day = map(int, match.group("iso").split("-"))
    elif match.group("year") is not None:
        a, b, year = int(match.group("a")), int(match.group("b")), int(match.group("year"))
        day, month = (b, a) if (region in (None, "US") and a <= 12) or b > 12 else (a, b)
    elif match.group("year2") is not None:
        year, month, day = int(match.group("year2")), _month(match.group("month")), int(match.group("day"))
    else:
        year, month, day = int(match.group("year3")), _month(match.group("month2")), int(match.group("day2"))
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
