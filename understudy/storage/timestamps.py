"""The time of an event, found in its text as props.conf says.

TIME_PREFIX moves to the end of its first match, MAX_TIMESTAMP_LOOKAHEAD limits the text from there, TIME_FORMAT
reads at its beginning; without a format the usual shapes are looked for anywhere in that text. A time outside
MAX_DAYS_AGO and MAX_DAYS_HENCE does not count.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import regex

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
LOOKAHEAD = 128
DAY_S = 86_400

VARIABLES = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "e": r"\s?(?P<d>\d{1,2})",
    "H": r"(?P<H>\d{1,2})",
    "k": r"\s?(?P<H>\d{1,2})",
    "I": r"(?P<I>\d{1,2})",
    "l": r"\s?(?P<I>\d{1,2})",
    "M": r"(?P<M>\d{1,2})",
    "S": r"(?P<S>\d{1,2})",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
    "b": r"(?P<b>[A-Za-z]{3})[a-z]*\.?",
    "h": r"(?P<b>[A-Za-z]{3})[a-z]*\.?",
    "B": r"(?P<b>[A-Za-z]{3})[a-z]*",
    "a": r"[A-Za-z]+\.?",
    "A": r"[A-Za-z]+",
    "j": r"(?P<j>\d{1,3})",
    "s": r"(?P<s>-?\d{1,11}(?:\.\d+)?)",
    "z": r"(?P<z>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})",
    "Z": r"(?P<z>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})",
    "Q": r"(?P<f>\d{1,9})",
    "q": r"(?P<f>\d{1,9})",
    "N": r"(?P<f>\d{1,9})",
    "f": r"(?P<f>\d{1,9})",
    "T": r"(?P<H>\d{1,2}):(?P<M>\d{2}):(?P<S>\d{2})",
    "R": r"(?P<H>\d{1,2}):(?P<M>\d{2})",
    "F": r"(?P<Y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    "D": r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{2})",
    "n": r"\s+",
    "t": r"\s+",
    "%": "%",
}
ZONE = r"(?P<z>Z|[+-]\d{2}:?\d{2}|UTC|GMT)"
CLOCK = r"(?P<H>\d{2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
USUAL = [
    regex.compile(rf"(?P<Y>\d{{4}})[-/](?P<m>\d{{1,2}})[-/](?P<d>\d{{1,2}})[T ]{CLOCK}\s?{ZONE}?"),
    regex.compile(rf"(?P<d>\d{{1,2}})/(?P<b>[A-Z][a-z]{{2}})/(?P<Y>\d{{4}}):{CLOCK}\s?{ZONE}?"),
    regex.compile(rf"(?P<d>\d{{1,2}})[ -](?P<b>[A-Z][a-z]{{2}})[a-z]*[ -](?P<Y>\d{{4}}),? {CLOCK}\s?{ZONE}?"),
    regex.compile(rf"(?P<b>[A-Z][a-z]{{2}})[a-z]* +(?P<d>\d{{1,2}}),? +(?P<Y>\d{{4}}),? +{CLOCK}\s?{ZONE}?"),
    regex.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<Y>\d{{4}}),? {CLOCK}\s?(?P<p>[AaPp][Mm])?\s?{ZONE}?"),
    regex.compile(rf"\b(?P<b>[A-Z][a-z]{{2}}) +(?P<d>\d{{1,2}}) {CLOCK}"),
    regex.compile(r"^\W{0,3}(?P<s>1\d{9}(?:\.\d{1,9})?)(?!\d)"),
    regex.compile(r"(?<!\d)(?P<Y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
]


def format_regex(text: str) -> Any:
    """Returns the regex of a TIME_FORMAT. Raises ValueError for a variable that is not known."""
    parts: list[str] = []
    position = 0
    while position < len(text):
        mark = text[position]
        position += 1
        if mark.isspace():
            parts.append(r"\s+")
            continue
        if mark != "%":
            parts.append(regex.escape(mark))
            continue
        while position < len(text) and text[position] in "0123456789:-_^#":
            position += 1
        variable = text[position : position + 1]
        position += 1
        if variable not in VARIABLES:
            raise ValueError(f"TIME_FORMAT variable %{variable} is not known")
        piece = VARIABLES[variable]
        parts.append(piece)
    return regex.compile("".join(parts))


def zone_of(name: str) -> tzinfo | None:
    """Returns a zone by IANA name or offset (`UTC+02:00`, `+0200`), or None."""
    text = name.strip()
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    match = regex.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", text)
    if match:
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-offset if match[1] == "-" else offset)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def seconds_of(match: Any, zone: tzinfo, now: float) -> float | None:
    """Returns the epoch seconds of a matched time, or None if it is no date. A missing year is the nearest past."""
    parts = {key: value for key, value in match.groupdict().items() if value is not None}
    if "s" in parts:
        return float(parts["s"])
    if "z" in parts:
        zone = zone_of(parts["z"]) or zone
    today = datetime.fromtimestamp(now, zone)
    try:
        hour = int(parts.get("H", 0))
        if "I" in parts:
            hour = int(parts["I"])
        if "p" in parts:
            hour = hour % 12 + (12 if parts["p"][0] in "Pp" else 0)
        year = int(parts["Y"]) if "Y" in parts else today.year
        if "y" in parts:
            year = int(parts["y"]) + (1900 if int(parts["y"]) >= 69 else 2000)
        month = MONTHS[parts["b"].lower()] if "b" in parts else int(parts.get("m", today.month))
        day = int(parts.get("d", 1 if "m" in parts or "b" in parts else today.day))
        found = datetime(year, month, day, hour, int(parts.get("M", 0)), int(parts.get("S", 0)), tzinfo=zone)
        if "j" in parts:
            found = found.replace(month=1, day=1) + timedelta(days=int(parts["j"]) - 1)
        if "Y" not in parts and "y" not in parts and found.timestamp() > now + DAY_S:
            found = found.replace(year=year - 1)
    except (ValueError, KeyError, OverflowError):
        return None
    fraction = float(f"0.{parts['f']}") if "f" in parts else 0.0
    return found.timestamp() + fraction


@dataclass(frozen=True)
class Clock:
    """How one kind of event tells its time. mode: text, none (the input's time) or current."""

    mode: str
    prefix: Any | None
    pattern: Any | None
    lookahead: int
    zone: tzinfo
    days_ago: int
    days_hence: int

    def find(self, raw: str, now: float) -> float | None:
        """Returns the time in the text, or None if there is none that counts."""
        start = 0
        if self.prefix is not None:
            match = self.prefix.search(raw)
            if match is None:
                return None
            start = match.end()
        text = raw[start : start + self.lookahead] if self.lookahead > 0 else raw[start:]
        if self.pattern is not None:
            match = self.pattern.match(text.lstrip())
            found = None if match is None else seconds_of(match, self.zone, now)
            return self.accepted(found, now)
        for usual in USUAL:
            match = usual.search(text)
            if match is not None:
                found = self.accepted(seconds_of(match, self.zone, now), now)
                if found is not None:
                    return found
        return None

    def accepted(self, found: float | None, now: float) -> float | None:
        if found is None or not now - self.days_ago * DAY_S <= found <= now + self.days_hence * DAY_S:
            return None
        return found


def number(settings: Mapping[str, str], key: str, default: int) -> int:
    try:
        return int(settings.get(key, ""))
    except ValueError:
        return default


def clock_of(settings: Mapping[str, str], complain: Callable[[str], None]) -> Clock:
    """Returns how events with these settings tell their time; settings that cannot be used are complained about."""
    mode = {"NONE": "none", "CURRENT": "current"}.get(settings.get("DATETIME_CONFIG", "").strip().upper(), "text")
    prefix = pattern = None
    try:
        prefix = regex.compile(settings["TIME_PREFIX"]) if settings.get("TIME_PREFIX") else None
    except regex.error as error:
        complain(f"TIME_PREFIX cannot be compiled: {error}")
    try:
        pattern = format_regex(settings["TIME_FORMAT"]) if settings.get("TIME_FORMAT") else None
    except ValueError as error:
        complain(str(error))
    zone = zone_of(settings["TZ"]) if settings.get("TZ") else UTC
    if zone is None:
        complain(f"TZ = {settings['TZ']} is not a known zone")
    return Clock(
        mode,
        prefix,
        pattern,
        number(settings, "MAX_TIMESTAMP_LOOKAHEAD", LOOKAHEAD),
        zone or UTC,
        number(settings, "MAX_DAYS_AGO", 2000),
        number(settings, "MAX_DAYS_HENCE", 2),
    )
