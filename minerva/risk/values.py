"""What a record's texts say as numbers: days, prices, hours of opening. What cannot be is None, with the reason."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_PRICE = 10_000_000.0
_EPOCH = date(1970, 1, 1).toordinal()
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_PRICE = re.compile(r"-?\d+(?:[.,]\d{3})*(?:\.\d+)?")
_ALWAYS = re.compile(r"\b24\s*/\s*7\b|\b24\s*(?:h|hrs?|hours)\b|\bround the clock\b|\b0?0:00\s*-\s*24:00\b")
_SPAN = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?\s*(?:-|\u2013|to|until)\s*(\d{1,2})(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?"
)
ROUND_THE_CLOCK = 48.0


@lru_cache(maxsize=65536)
def day_of(text: str) -> int | None:
    """Days since 1970 of `2026-12-01`, `2026-12` or `2026` (their first day); None for what is no date."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def date_text(day: int) -> str:
    """The day as 2026-12-01."""
    return date.fromordinal(day + _EPOCH).isoformat()


def day_of_epoch(seconds: float) -> int:
    return datetime.fromtimestamp(seconds, timezone.utc).date().toordinal() - _EPOCH


@lru_cache(maxsize=65536)
def amount_of(text: str) -> float | None:
    """The first number of an amount ("$80 an hour"), None where there is none or it cannot be a price."""
    found = _PRICE.search(text)
    if found is None:
        return None
    value = float(found[0].replace(",", ""))
    return value if 0 < value <= MOST_PRICE else None


@lru_cache(maxsize=65536)
def closing_hour(text: str) -> float | None:
    """The latest hour at which a text says that it is open: 22.5, 26 for two at night, ROUND_THE_CLOCK.

    None where no hours are told.
    """
    plain = text.casefold()
    if _ALWAYS.search(plain):
        return ROUND_THE_CLOCK
    latest: float | None = None
    for found in _SPAN.finditer(plain):
        opens, closes = _hour(*found.group(1, 2, 3)), _hour(*found.group(4, 5, 6))
        if opens is None or closes is None:
            continue
        if closes <= opens:
            closes += 24
        latest = closes if latest is None else max(latest, closes)
    return latest


def _hour(hour: str, minutes: str | None, half: str | None) -> float | None:
    value = int(hour) + int(minutes or 0) / 60
    if value > 24 or int(minutes or 0) > 59:
        return None
    if half:
        if not 1 <= int(hour) <= 12:
            return None
        value = value % 12 + (12 if half.startswith("p") else 0)
    return value
