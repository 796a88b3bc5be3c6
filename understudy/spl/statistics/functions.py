"""The statistical functions, one small class each, in one table.

An aggregator takes values one at a time and answers at any moment. Numeric ones are given numbers only; the others are
given scalars as they stand. A result of None means: no column for this group.
Sources: Splunk 10.2 Search Reference, statistical and charting functions; limits.conf [stats].
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from understudy.spl.model import Scalar, Value
from understudy.spl.values import collapse, number_of, text_of

Number = int | float


class Aggregator(Protocol):
    def add(self, value: Scalar, time: Number | None) -> None: ...

    def result(self) -> Value | None: ...


@dataclass(frozen=True)
class Function:
    """numeric: sees numbers only. empty: what a group without any value shows (count: 0). scope: all, or timechart."""

    name: str
    make: Callable[[], Aggregator]
    numeric: bool = False
    empty: Value | None = None
    sparkline: bool = False
    scope: str = "all"


def tidy(value: float) -> Number:
    """Returns a whole float as int, so that 2.0 prints as 2; infinities and NaN stay."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


class Count:
    __slots__ = ("total",)

    def __init__(self) -> None:
        self.total = 0

    def add(self, value: Scalar, time: Number | None) -> None:
        self.total += 1

    def remove(self, value: Scalar) -> None:
        self.total -= 1

    def result(self) -> Value | None:
        return self.total


class Sum:
    __slots__ = ("seen", "total")

    def __init__(self) -> None:
        self.total: Number = 0
        self.seen = 0

    def add(self, value: Scalar, time: Number | None) -> None:
        self.total += value  # type: ignore[operator]  # numeric functions are given numbers only
        self.seen += 1

    def remove(self, value: Scalar) -> None:
        self.total -= value  # type: ignore[operator]  # numeric functions are given numbers only
        self.seen -= 1

    def result(self) -> Value | None:
        return tidy(self.total) if self.seen else None


class Mean(Sum):
    __slots__ = ()

    def result(self) -> Value | None:
        return tidy(self.total / self.seen) if self.seen else None


class SumOfSquares(Sum):
    __slots__ = ()

    def add(self, value: Scalar, time: Number | None) -> None:
        self.total += value * value  # type: ignore[operator]  # numeric functions are given numbers only
        self.seen += 1

    def remove(self, value: Scalar) -> None:
        self.total -= value * value  # type: ignore[operator]  # numeric functions are given numbers only
        self.seen -= 1


class Spread:
    """Variance and deviation by Welford's method. One value alone has the spread 0, as Splunk's own table shows."""

    __slots__ = ("deviation", "mean", "sample", "seen", "squares")

    def __init__(self, *, sample: bool, deviation: bool) -> None:
        self.sample = sample
        self.deviation = deviation
        self.seen = 0
        self.mean = 0.0
        self.squares = 0.0

    def add(self, value: Scalar, time: Number | None) -> None:
        self.seen += 1
        step = value - self.mean  # type: ignore[operator]  # numeric functions are given numbers only
        self.mean += step / self.seen
        self.squares += step * (value - self.mean)  # type: ignore[operator]  # numbers only

    def result(self) -> Value | None:
        if not self.seen:
            return None
        divisor = self.seen - 1 if self.sample else self.seen
        variance = self.squares / divisor if divisor else 0.0
        if variance < 0:  # squares of finite values are never below 0: the mean left the range of numbers
            variance = math.inf
        return tidy(math.sqrt(variance) if self.deviation else variance)


class Extreme:
    """min and max: numbers come before text, so the smallest is a number where there is one and the largest is text."""

    __slots__ = ("largest", "number", "text")

    def __init__(self, *, largest: bool) -> None:
        self.largest = largest
        self.number: Number | None = None
        self.text: str | None = None

    def add(self, value: Scalar, time: Number | None) -> None:
        number = number_of(value)
        if number is not None:
            if self.number is None or (number > self.number if self.largest else number < self.number):
                self.number = number
            return
        text = str(value)
        if self.text is None or (text > self.text if self.largest else text < self.text):
            self.text = text

    def result(self) -> Value | None:
        first, second = (self.text, self.number) if self.largest else (self.number, self.text)
        found = first if first is not None else second
        return tidy(found) if isinstance(found, float) else found


class Range:
    __slots__ = ("high", "low")

    def __init__(self) -> None:
        self.low: Number | None = None
        self.high: Number | None = None

    def add(self, value: Scalar, time: Number | None) -> None:
        if self.low is None or value < self.low:  # type: ignore[operator]  # numbers only
            self.low = value  # type: ignore[assignment]  # numbers only
        if self.high is None or value > self.high:  # type: ignore[operator]  # numbers only
            self.high = value  # type: ignore[assignment]  # numbers only

    def result(self) -> Value | None:
        if self.low is None or self.high is None:
            return None
        return tidy(self.high - self.low)


class Percentile:
    """Nearest rank: the value at 0-based rank floor(p/100*n). Exact, where Splunk estimates above 1,000 values."""

    __slots__ = ("percent", "values")

    def __init__(self, percent: float) -> None:
        self.percent = percent
        self.values: list[Number] = []

    def add(self, value: Scalar, time: Number | None) -> None:
        self.values.append(value)  # type: ignore[arg-type]  # numbers only

    def result(self) -> Value | None:
        if not self.values:
            return None
        self.values.sort()
        rank = math.floor(self.percent * len(self.values) / 100)
        return tidy(self.values[min(rank, len(self.values) - 1)])


class DistinctCount:
    __slots__ = ("seen",)

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def add(self, value: Scalar, time: Number | None) -> None:
        self.seen.add(value if type(value) is str else text_of(value))

    def result(self) -> Value | None:
        return len(self.seen)


class DistinctError:
    """estdc_error: the stand-in counts exactly, so the error is 0."""

    __slots__ = ("seen",)

    def __init__(self) -> None:
        self.seen = False

    def add(self, value: Scalar, time: Number | None) -> None:
        self.seen = True

    def result(self) -> Value | None:
        return 0 if self.seen else None


class Mode:
    """The most frequent value; of equally frequent ones the first seen."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[str, list[int | Scalar]] = {}

    def add(self, value: Scalar, time: Number | None) -> None:
        entry = self.counts.get(key := text_of(value))
        if entry is None:
            self.counts[key] = [1, value]
        else:
            entry[0] += 1  # type: ignore[operator]  # the first place is the count

    def result(self) -> Value | None:
        if not self.counts:
            return None
        return max(self.counts.values(), key=lambda entry: entry[0])[1]


class Values:
    """Distinct values as text, in the order of their code points. What was sorted before is not sorted again."""

    __slots__ = ("order", "seen")

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.order: list[str] = []

    def add(self, value: Scalar, time: Number | None) -> None:
        text = text_of(value)
        if text not in self.seen:
            self.seen.add(text)
            self.order.append(text)

    def result(self) -> Value | None:
        self.order.sort()
        found: Value | None = collapse(self.order)
        return found


class ListOfValues:
    """All values as text in the order of the rows; the first `limit` only."""

    __slots__ = ("limit", "values")

    def __init__(self, limit: int = 100) -> None:
        self.limit = limit
        self.values: list[str] = []

    def add(self, value: Scalar, time: Number | None) -> None:
        if len(self.values) < self.limit:
            self.values.append(text_of(value))

    def result(self) -> Value | None:
        found: Value | None = collapse(self.values)
        return found


class First:
    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: Scalar | None = None

    def add(self, value: Scalar, time: Number | None) -> None:
        if self.value is None:
            self.value = value

    def result(self) -> Value | None:
        return self.value


class Last(First):
    __slots__ = ()

    def add(self, value: Scalar, time: Number | None) -> None:
        self.value = value


class Latest:
    """The value, or with want_time the time, of the newest row; rows come newest first, so the first of equals wins."""

    __slots__ = ("time", "value", "want_time")

    def __init__(self, *, want_time: bool = False) -> None:
        self.want_time = want_time
        self.time: Number | None = None
        self.value: Scalar | None = None

    def add(self, value: Scalar, time: Number | None) -> None:
        if time is not None and (self.time is None or time > self.time):
            self.time = time
            self.value = value

    def result(self) -> Value | None:
        return self.time if self.want_time else self.value


class Earliest(Latest):
    """The value or time of the oldest row; of equally old rows the last one seen."""

    __slots__ = ()

    def add(self, value: Scalar, time: Number | None) -> None:
        if time is not None and (self.time is None or time <= self.time):
            self.time = time
            self.value = value


class Rate:
    """(latest - earliest) / (latest_time - earliest_time)."""

    __slots__ = ("earliest", "latest")

    def __init__(self) -> None:
        self.earliest = Earliest()
        self.latest = Latest()

    def add(self, value: Scalar, time: Number | None) -> None:
        self.earliest.add(value, time)
        self.latest.add(value, time)

    def result(self) -> Value | None:
        start, end = self.earliest.time, self.latest.time
        if start is None or end is None or start == end:
            return None
        low, high = number_of(self.earliest.value), number_of(self.latest.value)
        if low is None or high is None:
            return None
        return tidy((high - low) / (end - start))


PER_SECONDS = {"per_second": 1, "per_minute": 60, "per_hour": 3600, "per_day": 86400}
"""timechart multiplies these functions' sums by this over the seconds of the bucket."""

_TABLE = (
    Function("count", Count, empty=0, sparkline=True),
    Function("distinct_count", DistinctCount, empty=0, sparkline=True),
    Function("estdc", DistinctCount, empty=0, sparkline=True),
    Function("estdc_error", DistinctError),
    Function("avg", Mean, numeric=True, sparkline=True),
    Function("sum", Sum, numeric=True, sparkline=True),
    Function("sumsq", SumOfSquares, numeric=True, sparkline=True),
    Function("min", lambda: Extreme(largest=False), sparkline=True),
    Function("max", lambda: Extreme(largest=True), sparkline=True),
    Function("range", Range, numeric=True, sparkline=True),
    Function("median", lambda: Percentile(50), numeric=True),
    Function("mode", Mode),
    Function("stdev", lambda: Spread(sample=True, deviation=True), numeric=True, sparkline=True),
    Function("stdevp", lambda: Spread(sample=False, deviation=True), numeric=True, sparkline=True),
    Function("var", lambda: Spread(sample=True, deviation=False), numeric=True, sparkline=True),
    Function("varp", lambda: Spread(sample=False, deviation=False), numeric=True, sparkline=True),
    Function("values", Values),
    Function("list", ListOfValues),
    Function("first", First),
    Function("last", Last),
    Function("earliest", Earliest),
    Function("latest", Latest),
    Function("earliest_time", lambda: Earliest(want_time=True)),
    Function("latest_time", lambda: Latest(want_time=True)),
    Function("rate", Rate),
    Function("per_second", Sum, numeric=True, scope="timechart"),
    Function("per_minute", Sum, numeric=True, scope="timechart"),
    Function("per_hour", Sum, numeric=True, scope="timechart"),
    Function("per_day", Sum, numeric=True, scope="timechart"),
)
FUNCTIONS: dict[str, Function] = {function.name: function for function in _TABLE}
ALIASES = {"c": "count", "dc": "distinct_count", "mean": "avg"}
PERCENTILES = ("exactperc", "upperperc", "perc", "p")
UNSUPPORTED = {
    "rate_avg": "metric indexes are not part of the stand-in",
    "rate_sum": "metric indexes are not part of the stand-in",
}


def percentile_of(name: str) -> float | None:
    """Returns N of perc<N>, p<N>, exactperc<N>, upperperc<N>; None for another name. N beyond 0..100 gives None."""
    for prefix in PERCENTILES:
        if name.startswith(prefix) and len(name) > len(prefix):
            try:
                percent = float(name[len(prefix) :])
            except ValueError:
                continue
            return percent if 0 <= percent <= 100 else None
    return None


def find_function(name: str) -> Function | None:
    """Returns the function of a written name, any case; percentiles are made on demand."""
    lower = name.lower()
    found = FUNCTIONS.get(ALIASES.get(lower, lower))
    if found is not None:
        return found
    percent = percentile_of(lower)
    if percent is None:
        return None
    return Function(lower, lambda: Percentile(percent), numeric=True)
