"""The sparkline function: one aggregate per bucket of time, as the multivalue that Splunk Web draws.

The first value is the marker ##__SPARKLINE__##. Source: limits.conf [stats] sparkline_time_steps, sparkline_maxsize.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from understudy.spl.model import Scalar, Value
from understudy.spl.times import parse_span
from understudy.spl.values import text_of

if TYPE_CHECKING:
    from understudy.spl.statistics.functions import Aggregator

MARKER = "##__SPARKLINE__##"
_STEPS = (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 86400, 2_592_000)
_MOST = 100


class TimeRange:
    """The range of the search where it is bounded, else of the rows seen; shared by all groups of a plan."""

    def __init__(self, earliest: float | None, latest: float | None) -> None:
        self.bounded = earliest is not None and latest is not None and earliest > 0
        self.low = earliest if self.bounded else None
        self.high = latest if self.bounded else None

    def include(self, time: float | None) -> None:
        if time is None or self.bounded:
            return
        if self.low is None or time < self.low:
            self.low = time
        if self.high is None or time > self.high:
            self.high = time


class Sparkline:
    __slots__ = ("make", "points", "range", "span")

    def __init__(self, make: Callable[[], Aggregator], span: str, time_range: TimeRange) -> None:
        self.make = make
        self.span = span
        self.range = time_range
        self.points: list[tuple[float, Scalar]] = []

    def add(self, value: Scalar, time: float | None) -> None:
        if time is not None:
            self.points.append((time, value))

    def _step(self) -> float:
        if self.span:
            return parse_span(self.span).seconds or 1
        width = (self.range.high or 0) - (self.range.low or 0)
        return next((step for step in _STEPS if width / step <= _MOST), _STEPS[-1])

    def result(self) -> Value | None:
        if self.range.low is None or self.range.high is None:
            return None
        step = self._step()
        first = self.range.low // step
        size = min(int(self.range.high // step - first) + 1, _MOST)
        buckets = [self.make() for _ in range(size)]
        for time, value in self.points:
            index = int(time // step - first)
            if 0 <= index < size:
                buckets[index].add(value, time)
        shown = [bucket.result() for bucket in buckets]
        return [MARKER, *("0" if value is None else text_of(value) for value in shown if not isinstance(value, list))]
