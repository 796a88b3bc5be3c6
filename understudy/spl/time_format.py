"""Dates as text and back, by the format variables that Splunk documents (%Q, %N, %Ez and the POSIX ones).

Names are English whatever the machine's locale, so results do not depend on where the stand-in runs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
VARIABLE = re.compile(r"%(?:(\d)?([NQ])|(:{0,3}z|Ez)|E?(.))", re.DOTALL)
COMPOSED = {
    "c": "%a %b %e %H:%M:%S %Y",
    "+": "%a %b %d %H:%M:%S %Z %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
    "x": "%m/%d/%Y",
}
ABBREVIATIONS_H = {
    **{"UTC": 0.0, "GMT": 0.0, "Z": 0.0, "UT": 0.0, "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0},
    **{"MDT": -6.0, "PST": -8.0, "PDT": -7.0, "AKST": -9.0, "AKDT": -8.0, "HST": -10.0, "CET": 1.0, "CEST": 2.0},
    **{"EET": 2.0, "EEST": 3.0, "WET": 0.0, "WEST": 1.0, "BST": 1.0, "IST": 5.5, "JST": 9.0, "MSK": 3.0, "AEST": 10.0},
}


def _offset_text(moment: datetime, form: str) -> str:
    offset = moment.utcoffset() or timedelta()
    total = int(offset.total_seconds())
    sign = "-" if total < 0 else "+"
    hours, rest = divmod(abs(total), 3600)
    minutes, seconds = divmod(rest, 60)
    if form == "Ez":
        return f"{sign}{hours * 60 + minutes}"
    if form == "z":
        return f"{sign}{hours:02d}{minutes:02d}"
    if form == ":z":
        return f"{sign}{hours:02d}:{minutes:02d}"
    if form == "::z":
        return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}"
    return f"{sign}{hours:02d}"


def _hour12(moment: datetime) -> int:
    return moment.hour % 12 or 12


WRITERS: dict[str, Callable[[datetime], str]] = {
    "A": lambda t: DAYS[t.weekday()],
    "a": lambda t: DAYS[t.weekday()][:3],
    "B": lambda t: MONTHS[t.month - 1],
    "b": lambda t: MONTHS[t.month - 1][:3],
    "h": lambda t: MONTHS[t.month - 1][:3],
    "C": lambda t: f"{t.year // 100:02d}",
    "d": lambda t: f"{t.day:02d}",
    "e": lambda t: f"{t.day:2d}",
    "G": lambda t: f"{t.isocalendar().year:04d}",
    "g": lambda t: f"{t.isocalendar().year % 100:02d}",
    "H": lambda t: f"{t.hour:02d}",
    "I": lambda t: f"{_hour12(t):02d}",
    "j": lambda t: f"{t.timetuple().tm_yday:03d}",
    "k": lambda t: f"{t.hour:2d}",
    "l": lambda t: f"{_hour12(t):2d}",
    "M": lambda t: f"{t.minute:02d}",
    "m": lambda t: f"{t.month:02d}",
    "n": lambda t: "\n",
    "P": lambda t: "am" if t.hour < 12 else "pm",
    "p": lambda t: "AM" if t.hour < 12 else "PM",
    "S": lambda t: f"{t.second:02d}",
    "s": lambda t: str(int(t.timestamp())),
    "t": lambda t: "\t",
    "U": lambda t: f"{(t.timetuple().tm_yday + 6 - t.isoweekday() % 7) // 7:02d}",
    "u": lambda t: str(t.isoweekday()),
    "V": lambda t: f"{t.isocalendar().week:02d}",
    "W": lambda t: f"{(t.timetuple().tm_yday + 6 - t.weekday()) // 7:02d}",
    "w": lambda t: str(t.isoweekday() % 7),
    "Y": lambda t: f"{t.year:04d}",
    "y": lambda t: f"{t.year % 100:02d}",
    "Z": lambda t: t.tzname() or "",
    "%": lambda t: "%",
}


def strftime(epoch: float, form: str, zone: tzinfo) -> str | None:
    """Returns the time as text in the zone; None outside the years 1 to 9999. Unknown variables stay as they are."""
    try:
        whole = math.floor(epoch)
        moment = datetime.fromtimestamp(whole, zone)
    except (ValueError, OverflowError, OSError):
        return None
    fraction = Decimal(repr(epoch)) - whole if isinstance(epoch, float) else Decimal(0)
    nanoseconds = f"{int(fraction * 1_000_000_000):09d}"

    def write(found: re.Match[str]) -> str:
        digits, subsecond, offset, letter = found.groups()
        if subsecond is not None:
            return nanoseconds[: int(digits or (3 if subsecond == "Q" else 9))]
        if offset is not None:
            return _offset_text(moment, offset)
        if letter == "f":
            return nanoseconds[:6]
        if letter in COMPOSED:
            return VARIABLE.sub(write, COMPOSED[letter])
        writer = WRITERS.get(letter)
        return found.group() if writer is None else writer(moment)

    return VARIABLE.sub(write, form)


OFFSET = r"[+-]\d{1,2}:?(?:\d{2})?(?::?\d{2})?|Z\b|[A-Za-z]{2,5}\b"
ZONE_NAME = r"[A-Za-z]+(?:/[A-Za-z_+\-0-9]+)+|[A-Za-z]{1,5}|[+-]\d{1,2}:?(?:\d{2})?"
READERS = {
    "A": r"(?:" + "|".join(f"{day}|{day[:3]}" for day in DAYS) + ")",
    "B": r"(?:" + "|".join(f"{month}|{month[:3]}" for month in MONTHS) + ")",
    "C": r"\d{2}",
    "d": r"\s*(?:3[01]|[12]\d|0?[1-9])",
    "f": r"\d{1,9}",
    "G": r"\d{4}",
    "g": r"\d{2}",
    "H": r"\s*(?:2[0-4]|[01]?\d)",
    "I": r"\s*(?:1[0-2]|0?\d)",
    "j": r"\d{1,3}",
    "M": r"[0-5]?\d",
    "m": r"(?:1[0-2]|0?[1-9])",
    "p": r"[AaPp]\.?[Mm]\.?",
    "S": r"(?:6[01]|[0-5]?\d)",
    "s": r"-?\d+(?:\.\d+)?",
    "U": r"\d{1,2}",
    "u": r"[1-7]",
    "w": r"[0-6]",
    "Y": r"\d{4}",
    "y": r"\d{2}",
    "Z": ZONE_NAME,
    "z": OFFSET,
}
SAME_READER = {"a": "A", "b": "B", "h": "B", "e": "d", "k": "H", "l": "I", "P": "p", "V": "U", "W": "U"}


@lru_cache(maxsize=1024)
def _reader(form: str) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    """Returns the pattern of a format and the variable of each group, or None when a variable cannot be read."""
    for _ in range(3):
        form = re.sub(r"%([c+DFRrTXx])", lambda found: COMPOSED[found.group(1)], form)
    pieces: list[str] = []
    letters: list[str] = []
    index = 0
    while index < len(form):
        found = VARIABLE.match(form, index)
        if found is None:
            character = form[index]
            pieces.append(r"\s*" if character.isspace() else re.escape(character))
            index += 1
            continue
        index = found.end()
        digits, subsecond, offset, letter = found.groups()
        if subsecond is not None:
            pieces.append(r"(\d{1,9})" if digits is None else rf"(\d{{1,{max(1, int(digits))}}})")
            letters.append("f")
            continue
        letter = ("Ez" if offset == "Ez" else "z") if offset is not None else SAME_READER.get(letter, letter)
        if letter == "%":
            pieces.append("%")
        elif letter in ("n", "t"):
            pieces.append(r"\s*")
        elif letter == "Ez":
            pieces.append(r"([+-]?\d{1,4})")
            letters.append("Ez")
        elif letter in READERS:
            pieces.append(f"({READERS[letter]})")
            letters.append(letter)
        else:
            return None
    return re.compile(r"\s*" + "".join(pieces), re.IGNORECASE), tuple(letters)


def _zone_of(text: str) -> tzinfo | None:
    found = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?", text)
    if found is not None:
        minutes = int(found.group(2)) * 60 + int(found.group(3) or 0)
        if minutes >= 1440:
            return None
        return timezone(timedelta(minutes=-minutes if found.group(1) == "-" else minutes))
    hours = ABBREVIATIONS_H.get(text.upper())
    if hours is not None:
        return timezone(timedelta(hours=hours), text.upper())
    if "/" not in text:
        return None
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return None


def _month_of(text: str) -> int:
    return next(index for index, month in enumerate(MONTHS, 1) if month[:3].lower() == text[:3].lower())


def strptime(text: str, form: str, zone: tzinfo, now: float = 0.0, *, whole: bool = False) -> float | None:
    """Returns epoch seconds of a text read by a format, or None when it does not fit.

    Without a date the date of `now` is taken, without a year its year; a month or year without a day gives None
    (Splunk needs a day). Text behind the format is ignored unless whole is set.
    """
    reader = _reader(form)
    if reader is None:
        return None
    pattern, letters = reader
    found = pattern.fullmatch(text.strip()) if whole else pattern.match(text)
    if found is None:
        return None
    read = dict(zip(letters, (group.strip() for group in found.groups()), strict=True))
    fraction = float(f"0.{read['f']}") if "f" in read else 0.0
    if "s" in read:
        return float(read["s"]) + fraction
    place: tzinfo | None = zone
    if "Ez" in read:
        place = timezone(timedelta(minutes=int(read["Ez"])))
    elif "z" in read or "Z" in read:
        place = _zone_of(read.get("z") or read.get("Z") or "")
    if place is None:
        return None
    try:
        moment = _moment_of(read, place, datetime.fromtimestamp(now, place))
        return None if moment is None else moment.timestamp() + fraction
    except (ValueError, OverflowError):
        return None


def _moment_of(read: dict[str, str], place: tzinfo, today: datetime) -> datetime | None:
    hour = int(read.get("H") or read.get("I") or 0)
    if "I" in read or "p" in read:
        half = read.get("p", "am")[:1].lower()
        if hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
    carry = timedelta(days=1) if hour == 24 else timedelta()
    hour, minute, second = hour % 24, int(read.get("M", 0)), min(59, int(read.get("S", 0)))
    year = _year_of(read, today.year)
    if "j" in read:
        return datetime(year, 1, 1, hour, minute, second, tzinfo=place) + timedelta(days=int(read["j"]) - 1)
    month = int(read["m"]) if "m" in read else _month_of(read["B"]) if "B" in read else None
    has_year = bool({"Y", "y", "C", "G", "g"} & read.keys())
    if "d" not in read:
        if has_year or month is not None:
            return None
        return today.replace(hour=hour, minute=minute, second=second, microsecond=0) + carry
    return datetime(year, month or today.month, int(read["d"]), hour, minute, second, tzinfo=place) + carry


def _year_of(read: dict[str, str], otherwise: int) -> int:
    if "Y" in read:
        return int(read["Y"])
    if "y" in read:
        short = int(read["y"])
        if "C" in read:
            return int(read["C"]) * 100 + short
        return short + (1900 if short >= 69 else 2000)
    return otherwise
