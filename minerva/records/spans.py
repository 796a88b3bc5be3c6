"""From when to when a place or an organization was there, as registers state it, and which of two came first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Union

_THERE = (("opened",), ("closed",))
STAYS = {
    "establishment": _THERE, "hotel": _THERE, "school": _THERE, "site": _THERE,
    "license": (("issued", "effective"), ("ended",)), "company": (("incorporated",), ("dissolved",)),
}  # fmt: skip
"""Record type -> attributes that say since when it is there, and those that say until when: of several the widest span
holds. A date of expiry is no end, since a license may be renewed."""

LONGEST_GAP = timedelta(days=2 * 365)
"""From the end of one to the beginning of what is called its successor; what came later is of one site."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?", re.DOTALL)
_BETWEEN = "/"


class Stay(NamedTuple):
    """opened, closed: as told, "" where not; first, last: the earliest day of the one, the latest of the other."""

    opened: str
    closed: str
    first: Union[date, None]
    last: Union[date, None]


def _days(text: str) -> Union[tuple[str, date, date], None]:
    """Returns (the date as told, its first and last day) of a year, a month or a day; None of what is none."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(each) if each else 0 for each in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        after = date(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1)
    except ValueError:
        return None
    told = "-".join(each for each in found.groups() if each)
    return told, first, first if day else after - timedelta(days=1)


def span_text(opened: str, closed: str) -> str:
    """Returns "2010-09-01/2018-08-31" of two dates, each of which may be missing, a year or a month; "" where neither
    is a date, or the end comes before the beginning."""
    start, end = _days(opened), _days(closed)
    if (not start and not end) or (start and end and end[2] < start[1]):
        return ""
    return f"{start[0] if start else ''}{_BETWEEN}{end[0] if end else ''}"


def stay_text(record_type: str, attributes: Mapping[str, Union[str, Sequence[str]]]) -> str:
    """Returns the span of a record of a register, from the earliest beginning to the latest end that its attributes
    tell; "" of other records."""
    told = [
        [found for name in names if isinstance(value := attributes.get(name), str) and (found := _days(value))]
        for names in STAYS.get(record_type, ())
    ]
    if not any(told):
        return ""
    begun, ended = told
    opened = min(begun, key=lambda each: each[1])[0] if begun else ""
    closed = max(ended, key=lambda each: each[2])[0] if ended else ""
    return span_text(opened, closed)


def read_span(text: str) -> Stay:
    """Returns what `span_text` gave."""
    opened, _, closed = text.partition(_BETWEEN)
    start, end = _days(opened), _days(closed)
    return Stay(opened if start else "", closed if end else "", start[1] if start else None, end[2] if end else None)


def succession(one: Stay, other: Stay) -> int:
    """Returns -1 where the first surely ended before the other began, and not long before; 1 the other way round; 0
    where that is not told."""
    for earlier, later, found in ((one, other, -1), (other, one, 1)):
        if earlier.last and later.first and timedelta(0) <= later.first - earlier.last <= LONGEST_GAP:
            return found
    return 0


def told(earlier: Stay, later: Stay) -> str:
    """Returns the dates as evidence."""
    return f"the one ended {earlier.closed}, the other began {later.opened}"
