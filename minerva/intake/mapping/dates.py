"""Dates: a source's time stamp as an aware datetime in UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
_EPOCH_LIMIT = 4102444800  # 2100-01-01


def parse_time(text: str, formats: Sequence[str], zone_minutes: int = 0) -> datetime | None:
    """The first format that fits: `iso`, `epoch`, `epoch_ms` or a strptime pattern; None if none does.

    A stamp without zone is `zone_minutes` east of UTC. Fractions of a second are cut off. Years outside 1970 to 2099
    count as not parsed: in registers they are typing errors or "no date".
    """
    zone = timezone(timedelta(minutes=zone_minutes))
    for form in formats:
        moment = parse_moment(text.strip(), form)
        if moment is None:
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        if 1970 < moment.year < 2100:
            return moment.astimezone(timezone.utc)
    return None


def format_utc(moment: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ`."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_moment(text: str, form: str) -> datetime | None:
    """The moment of a text in one format; without a zone where the text has none; None if it does not fit."""
    try:
        if form == "iso":
            return _parse_iso(text)
        if form in ("epoch", "epoch_ms"):
            seconds = float(text) / (1000 if form == "epoch_ms" else 1)
            return datetime.fromtimestamp(seconds, timezone.utc) if 0 < seconds < _EPOCH_LIMIT else None
        return datetime.strptime(text, form)
    except ValueError:
        return None


def _parse_iso(text: str) -> datetime | None:
    # datetime.fromisoformat reads a trailing Z only from Python 3.11 on.
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    moment = datetime(year, month, day, hour, minute, second)
    zone = found[7]
    if zone is None:
        return moment
    if zone in "zZ":
        return moment.replace(tzinfo=timezone.utc)
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    if minutes >= 24 * 60:
        return None
    return moment.replace(tzinfo=timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes)))
