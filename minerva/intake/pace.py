"""Pace: how fast a host is asked, and how long to wait before asking again.

A token bucket per host; full-jitter backoff (wait a random time up to a doubling cap); Retry-After honoured.
Clock, sleep and random numbers are injected.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from random import SystemRandom

MAX_TRIES = 5
RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
RETRY_AFTER_CAP_S = 3600.0
_BACKOFF_BASE_S = 0.5
_BACKOFF_CAP_S = 30.0


@dataclass(frozen=True)
class Timing:
    """The clocks of a run: `now` is epoch seconds, `monotonic` and `sleep` seconds, `uniform(a, b)` a random float."""

    now: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    uniform: Callable[[float, float], float] = field(default_factory=lambda: SystemRandom().uniform)


class Bucket:
    """Lets `per_second` requests through on average, `burst` at once. Zero per second means no limit."""

    def __init__(self, per_second: float, burst: int, timing: Timing) -> None:
        self.per_second = per_second
        self._burst = max(1, burst)
        self._timing = timing
        self._tokens = float(self._burst)
        self._last = timing.monotonic()

    def hold(self, host: str, seconds: float) -> None:
        """The host asked to be left alone; a bucket of one run has nobody to tell."""

    def take(self, host: str = "") -> None:
        """Wait until a request may go out. Raises RetryLater where the host may not be asked for long."""
        if self.per_second <= 0:
            return
        now = self._timing.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._last) * self.per_second)
        self._last = now
        if self._tokens < 1:
            self._timing.sleep((1 - self._tokens) / self.per_second)
            self._last = self._timing.monotonic()
            self._tokens = 1.0
        self._tokens -= 1


def backoff_s(attempt: int, timing: Timing) -> float:
    """Seconds to wait after the attempt-th failure (1, 2, ...): anything from 0 to a doubling cap, at most 30."""
    return timing.uniform(0, min(_BACKOFF_CAP_S, _BACKOFF_BASE_S * 2 ** (attempt - 1)))


def retry_after_s(header: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 10.2.3: seconds or a date), at most an hour, or None."""
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), RETRY_AFTER_CAP_S)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    wait = (moment - datetime.fromtimestamp(now, timezone.utc)).total_seconds()
    return min(max(wait, 0.0), RETRY_AFTER_CAP_S)
