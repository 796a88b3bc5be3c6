"""Times of cron expressions and of intervals."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from croniter import CroniterBadCronError, croniter  # type: ignore[import-untyped]

FIELDS = 5
_PLAIN = re.compile(r"[\d*,/\-\s]+")
MOST_MISSED = 1000


class ScheduleError(Exception):
    """Not a cron expression of five fields, nor an interval."""


def latest(expression: str, now: float, zone: tzinfo = UTC) -> float:
    """Returns the last time at or before `now`. Raises ScheduleError."""
    cron = _cron(expression, now + 1, zone)
    return float(cron.get_prev(float))


def following(expression: str, now: float, zone: tzinfo = UTC) -> float:
    """Returns the first time after `now`. Raises ScheduleError."""
    return float(_cron(expression, now, zone).get_next(float))


def period(expression: str, now: float, zone: tzinfo = UTC) -> float:
    """Returns the seconds between the next two times. Raises ScheduleError."""
    first = following(expression, now, zone)
    return following(expression, first, zone) - first


def missed(expression: str, last: float, now: float, zone: tzinfo = UTC) -> list[float]:
    """Returns the times after `last` up to `now`, oldest first, at most MOST_MISSED of them. Raises ScheduleError."""
    cron, found = _cron(expression, last, zone), list[float]()
    while len(found) < MOST_MISSED:
        at = float(cron.get_next(float))
        if at > now:
            break
        if at > last:
            found.append(at)
    return found


def check(expression: str) -> None:
    """Raises ScheduleError unless the text is five fields of numbers, lists, ranges, steps and `*`."""
    if len(expression.split()) != FIELDS or not _PLAIN.fullmatch(expression) or not croniter.is_valid(expression):
        raise ScheduleError(f"'{expression}' is not a cron expression of five fields")


def _cron(expression: str, start: float, zone: tzinfo) -> croniter:
    check(expression)
    try:
        return croniter(expression, datetime.fromtimestamp(int(start), zone))
    except (CroniterBadCronError, ValueError) as error:
        raise ScheduleError(f"'{expression}' is not a cron expression: {error}") from error


def interval_due(text: str, now: float, last: float | None) -> bool:
    """Tells whether an input with this `interval` is due: seconds, a cron expression, -1 = once, 0 = all the time."""
    stripped = text.strip() or "60"
    try:
        every = float(stripped)
    except ValueError:
        return last is None or latest(stripped, now) > last
    if every < 0:
        return last is None
    return last is None or now - last >= every
