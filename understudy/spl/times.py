"""Relative times, spans and snapping, in the searching user's zone. Formats of dates live in time_format.py.

Days, weeks, months, quarters and years are calendar steps of the zone; hours and smaller are elapsed time.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from understudy.spl.errors import SplSyntaxError
from understudy.spl.time_format import strftime, strptime

__all__ = ["Span", "TimeSyntaxError", "add", "parse_modifier", "parse_span", "snap", "strftime", "strptime", "unit_of"]


class TimeSyntaxError(SplSyntaxError, ValueError):
    """A text that is no time modifier or span."""


UNIT_NAMES = {
    "us": ("us", "microsecond", "microseconds"),
    "ms": ("ms", "millisecond", "milliseconds"),
    "cs": ("cs", "centisecond", "centiseconds"),
    "ds": ("ds", "decisecond", "deciseconds"),
    "s": ("s", "sec", "secs", "second", "seconds"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "week", "weeks"),
    "mon": ("mon", "month", "months"),
    "q": ("q", "qtr", "qtrs", "quarter", "quarters"),
    "y": ("y", "yr", "yrs", "year", "years"),
}
UNIT_BY_NAME = {name: unit for unit, names in UNIT_NAMES.items() for name in names}
SECONDS = {"us": 1e-6, "ms": 1e-3, "cs": 1e-2, "ds": 0.1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
STEP = re.compile(r"([+-])(\d*)([a-z]+)|@([a-z]+[0-7]?)", re.IGNORECASE)
SPAN = re.compile(r"(\d+(?:\.\d+)?)?([a-z]+)?(?:@([a-z]+[0-7]?|\d+(?:\.\d+)?))?\Z", re.IGNORECASE)
LOG_SPAN = re.compile(r"(\d*(?:\.\d+)?)log(\d*(?:\.\d+)?)\Z", re.IGNORECASE)
LATEST = 1e15
"""No time is later, in epoch seconds: what reckons with a time needs a float's whole numbers."""
EPOCH = re.compile(r"\d+(?:\.\d+)?\Z")
ABSOLUTE_FORMATS = (
    "%m/%d/%Y:%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%Q%z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%Q",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y",
    "%Y-%m-%d",
)


def unit_of(name: str) -> str | None:
    """Returns the short unit (s m h d w mon q y ...) of any of its spellings, or None."""
    return UNIT_BY_NAME.get(name if name in UNIT_BY_NAME else name.lower())


def _moment(epoch: float, zone: tzinfo) -> tuple[datetime, float]:
    """Returns the local whole second and the fraction that was cut off."""
    whole = math.floor(epoch)
    return datetime.fromtimestamp(whole, zone), epoch - whole


def _stamp(moment: datetime) -> float:
    stamp = moment.timestamp()
    return int(stamp) if stamp.is_integer() else stamp


def add(epoch: float, count: float, unit: str, zone: tzinfo) -> float:
    """Returns the time moved by count units; calendar steps keep the local clock, month ends are clamped."""
    if unit in SECONDS and unit not in ("d", "w"):
        return epoch + count * SECONDS[unit]
    moment, fraction = _moment(epoch, zone)
    try:
        if unit in ("d", "w"):
            naive = moment.replace(tzinfo=None) + timedelta(days=count * (7 if unit == "w" else 1))
            moved = naive.replace(tzinfo=zone, fold=moment.fold if count == 0 else 0)
        else:
            months = int(count) * {"mon": 1, "q": 3, "y": 12}[unit]
            index = moment.year * 12 + moment.month - 1 + months
            year, month = divmod(index, 12)
            moved = moment.replace(year=year, month=month + 1, day=min(moment.day, _days_in(year, month + 1)), fold=0)
        return _stamp(moved) + fraction
    except (ValueError, OverflowError) as error:
        raise TimeSyntaxError("The time is out of range.") from error


def _days_in(year: int, month: int) -> int:
    if month == 12:
        return 31
    return (datetime(year, month + 1, 1) - datetime(year, month, 1)).days


def snap(epoch: float, unit: str, zone: tzinfo) -> float:
    """Returns the latest start of the unit that is not after the time. unit: s m h d w w0 to w7 mon q y and aliases."""
    name = unit.lower()
    weekday: int | None = None
    if re.fullmatch(r"w[0-7]", name):
        weekday = int(name[1]) % 7
        short: str | None = "w"
    else:
        short = unit_of(name)
        weekday = 0 if short == "w" else None
    if short is None:
        raise TimeSyntaxError(f"'{unit}' is no time unit.")
    if short in ("us", "ms", "cs", "ds"):
        size = SECONDS[short]
        return math.floor(epoch / size + 1e-9) * size
    moment, _ = _moment(epoch, zone)
    if short == "s":
        return math.floor(epoch)
    if short in ("m", "h"):
        # elapsed time since the local hour or minute began: right in the doubled hour of a clock change too
        past = moment.second + (moment.minute * 60 if short == "h" else 0)
        return math.floor(epoch) - past
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if weekday is not None:
        back = (day.isoweekday() - weekday) % 7
        day = (day.replace(tzinfo=None) - timedelta(days=back)).replace(tzinfo=zone)
    elif short == "mon":
        day = day.replace(day=1)
    elif short == "q":
        day = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    elif short == "y":
        day = day.replace(month=1, day=1)
    return _stamp(day)


def apply_steps(text: str, start: float, zone: tzinfo) -> float:
    """Returns start moved by steps such as `-1d@d+2h`; raises TimeSyntaxError when the text is not made of steps."""
    moment = start
    index = 0
    while index < len(text):
        found = STEP.match(text, index)
        if found is None:
            raise TimeSyntaxError(f"'{text}' is no time modifier.")
        sign, count, unit_name, snapped = found.groups()
        if snapped is not None:
            moment = snap(moment, snapped, zone)
        else:
            unit = unit_of(unit_name)
            if unit is None:
                raise TimeSyntaxError(f"'{unit_name}' in '{text}' is no time unit.")
            if len(count) > 12:
                raise TimeSyntaxError(f"'{text}' is out of range.")
            amount = int(count) if count else 1
            moment = add(moment, -amount if sign == "-" else amount, unit, zone)
        index = found.end()
    return moment


def parse_modifier(text: str, now: float, zone: tzinfo) -> float:
    """Returns epoch seconds of `now`, `-1d@d`, `@w1+9h`, `1700000000`, `10/5/2026:20:00:00` or an ISO time.

    Raises TimeSyntaxError for anything else; real-time windows (`rt-5m`) are not supported.
    """
    stripped = text.strip()
    lowered = stripped.lower()
    if lowered in ("now", "now()"):
        return now
    if EPOCH.match(stripped):
        if float(stripped) > LATEST:
            raise TimeSyntaxError(f"'{text[:40]}' is out of range.")
        return float(stripped) if "." in stripped else int(stripped)
    if lowered.startswith("rt"):
        raise TimeSyntaxError("Real-time windows are not supported.")
    if lowered[:1] in ("+", "-", "@"):
        return _guarded_steps(stripped, now, zone)
    if lowered.startswith("now"):
        return _guarded_steps(stripped[5 if lowered.startswith("now()") else 3 :], now, zone)
    anchor = re.match(r"(\d{9,}(?:\.\d+)?)(?=[+\-@])", stripped)
    if anchor is not None:
        return _guarded_steps(stripped[anchor.end() :], float(anchor.group(1)), zone)
    for form in ABSOLUTE_FORMATS:
        epoch = strptime(stripped, form, zone, now, whole=True)
        if epoch is not None:
            return epoch
    raise TimeSyntaxError(f"'{text}' is no time modifier.")


def _guarded_steps(text: str, start: float, zone: tzinfo) -> float:
    try:
        return apply_steps(text, start, zone)
    except TimeSyntaxError:
        raise
    except (OverflowError, OSError, ValueError) as error:
        raise TimeSyntaxError(f"'{text}' is out of range.") from error


@dataclass(frozen=True)
class Span:
    """A bucket size: count units (`5m`), a plain number (unit "") or a logarithmic one (unit "log": count, base).

    snap: what stands behind @ (`1w@w1`), or None.
    """

    count: float
    unit: str
    snap: str | None = None
    base: float = 10.0

    @property
    def seconds(self) -> float | None:
        """Fixed length in seconds; None for months, quarters, years and log spans. No unit counts as seconds."""
        if self.unit == "":
            return self.count
        size = SECONDS.get(self.unit)
        return None if size is None else self.count * size

    def floor(self, epoch: float, zone: tzinfo) -> float:
        """Returns the start of the bucket that holds the time; buckets lie on local clock boundaries."""
        if self.unit in ("mon", "q", "y"):
            months = int(self.count) * {"mon": 1, "q": 3, "y": 12}[self.unit]
            moment, _ = _moment(epoch, zone)
            index = (moment.year - 1970) * 12 + moment.month - 1
            year, month = divmod(index - index % months, 12)
            return _stamp(datetime(1970 + year, month + 1, 1, tzinfo=zone))
        if self.unit in ("d", "w"):
            return self._floor_days(epoch, zone)
        size = self.seconds
        if size is None or size <= 0:
            raise TimeSyntaxError("The span has no length in time.")
        if self.unit == "" or size < 1:
            return math.floor(epoch / size + 1e-9) * size
        offset = _offset(epoch, zone)
        start = math.floor((epoch + offset) / size) * size - offset
        return int(start) if float(start).is_integer() else start

    def _floor_days(self, epoch: float, zone: tzinfo) -> float:
        day = _moment(snap(epoch, "d", zone), zone)[0].date().toordinal()
        if self.unit == "w":
            first = int(self.snap[1]) % 7 if self.snap and re.fullmatch(r"w[0-7]", self.snap) else 0
            size, anchor = int(self.count) * 7, datetime(1970, 1, 4).toordinal() + first
        else:
            size, anchor = max(1, int(self.count)), datetime(1970, 1, 1).toordinal()
        start = datetime.fromordinal(day - (day - anchor) % size)
        return _stamp(start.replace(tzinfo=zone))

    def next(self, start: float, zone: tzinfo) -> float:
        """Returns the start of the bucket after the one that starts at `start`."""
        if self.unit == "":
            return start + self.count
        return add(start, self.count, self.unit, zone)


def _offset(epoch: float, zone: tzinfo) -> float:
    if zone is UTC:
        return 0
    offset = _moment(epoch, zone)[0].utcoffset()
    return offset.total_seconds() if offset is not None else 0


def parse_span(text: str) -> Span:
    """Returns the Span of `5m`, `1d@d`, `1w@w1`, `10`, `0.5`, `2log3` or `month`; raises TimeSyntaxError otherwise."""
    stripped = text.strip()
    logarithmic = LOG_SPAN.match(stripped)
    if logarithmic is not None:
        count, base = logarithmic.groups()
        return Span(float(count or 1), "log", None, float(base or 10))
    found = SPAN.match(stripped)
    if found is None or not (found.group(1) or found.group(2)):
        raise TimeSyntaxError(f"'{text}' is no span.")
    number, unit_name, snapped = found.groups()
    unit = unit_of(unit_name) if unit_name else ""
    if unit is None:
        raise TimeSyntaxError(f"'{unit_name}' in '{text}' is no time unit.")
    count = float(number) if number else 1.0
    if count <= 0 or (unit in ("d", "w", "mon", "q", "y") and not count.is_integer()):
        raise TimeSyntaxError(f"'{text}' is no span: its length must be a positive whole number of units.")
    whole = int(count) if count.is_integer() else count
    return Span(whole, unit, snapped.lower() if snapped else None)
