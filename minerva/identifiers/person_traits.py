"""Statements of age and date of birth: restricted attributes, searched for only when asked for by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.ages import AGE, OLDEST, ages
from minerva.identifiers.birth_dates import ANY_DATE, BIRTH, date_of, is_birth
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.late import late
from minerva.identifiers.reading import Reading

_DIGIT = late(r"[0-9]")


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
        match = AGE.fullmatch(text)
        digits = match.group(match.lastgroup or "") if match is not None else text
        if not re.fullmatch(r"[0-9]{1,3}", digits) or not 0 < int(digits) <= OLDEST:
            raise InvalidIdentifier(cls.NAME, f"expected whole years from 1 to {OLDEST}")
        return str(int(digits))

    @classmethod
    def format(cls, value: str) -> str:
        return f"{value} years old"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return _DIGIT.search(reading.text) is not None

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for start, end, years, sure in ages(reading.folded) if cls.may_hold(reading) else ():
            yield cls.seen(reading, (start, end), str(years), field, "statement", sure)

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
        told = BIRTH.fullmatch(text)
        match = ANY_DATE.fullmatch(told.group("date") if told is not None else text)
        date = date_of(match, region) if match is not None else None
        if date is None:
            raise InvalidIdentifier(cls.NAME, "expected a date such as 1990-05-03")
        return date

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return _DIGIT.search(reading.text) is not None

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match in BIRTH.finditer(reading.folded) if cls.may_hold(reading) else ():
            date = date_of(match, region)
            if date is not None and is_birth(match, date):
                yield cls.seen(reading, match.span(), date, field, "statement", 0.9)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("DOB: 05/03/1990", "DOB: 05/03/1990", "1990-05-03", region="US"),
            Example("born on 3 May 1990 in", "born on 3 May 1990", "1990-05-03"),
            Example("geboren am 3.5.1990", "geboren am 3.5.1990", "1990-05-03", region="DE"),
        )
