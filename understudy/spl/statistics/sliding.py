"""Statistics over a window that moves: each function forgets its oldest value without reading the others again.

The work for one row does not grow with the window (percentiles and lists: with its answer). Sums are kept exactly, as
whole numbers or fractions, so that nothing is left behind by what was taken off; a recomputed sum of floats may differ
in its last digit.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter, deque
from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from typing import Protocol

from understudy.spl.model import Context, Scalar, Value
from understudy.spl.statistics.calls import Call
from understudy.spl.statistics.functions import Number, percentile_of, tidy
from understudy.spl.values import collapse, number_of, text_of

Stamp = tuple[Scalar, Number | None]


class Sliding(Protocol):
    """An aggregator that can forget: drop() takes off the oldest value that it was given and still holds."""

    def add(self, value: Scalar, time: Number | None) -> None: ...

    def drop(self) -> None: ...

    def result(self) -> Value | None: ...


class _Counted:
    """Counts values without looking at them."""

    def __init__(self) -> None:
        self.held = 0

    def add(self, value: Scalar, time: Number | None) -> None:
        self.held += 1

    def drop(self) -> None:
        self.held -= 1

    def result(self) -> Value | None:
        return self.held


class _Error(_Counted):
    def result(self) -> Value | None:
        return 0 if self.held else None


def _number(value: Fraction | int) -> Number:
    if isinstance(value, int):
        return value
    try:
        return tidy(float(value))
    except OverflowError:
        return math.inf if value > 0 else -math.inf


class _Sums:
    """Exact sums of the values and, where they are wanted, of their squares."""

    def __init__(self, answer: Callable[[_Sums], Value | None], *, squares: bool = False) -> None:
        self.answer = answer
        self.squared = squares
        self.total: int | Fraction = 0
        self.squares: int | Fraction = 0
        self.values: deque[int | Fraction | float] = deque()
        self.odd: Counter[float] = Counter()
        """Infinities, which have no exact sum."""

    def add(self, value: Scalar, time: Number | None) -> None:
        if isinstance(value, float) and not math.isfinite(value):
            self.odd[value] += 1
            self.values.append(value)
            return
        exact = value if isinstance(value, int) else Fraction(value)
        self.values.append(exact)
        self.total += exact
        if self.squared:
            self.squares += exact * exact

    def drop(self) -> None:
        exact = self.values.popleft()
        if isinstance(exact, float):
            self.odd[exact] -= 1
            self.odd += Counter()
            return
        self.total -= exact
        if self.squared:
            self.squares -= exact * exact

    def result(self) -> Value | None:
        if self.odd:
            return sum(self.odd)
        return self.answer(self) if self.values else None

    def mean(self) -> Value:
        return _number(Fraction(self.total, len(self.values)))

    def spread(self, *, sample: bool, deviation: bool) -> Value:
        count = len(self.values)
        divisor = count - 1 if sample else count
        if not divisor:
            return 0
        variance = float(_number((self.squares - Fraction(self.total * self.total, count)) / divisor))
        return tidy(math.sqrt(variance) if deviation else variance)


class _Best:
    """The first of the best values in the window. better(new, old): the new one is better than the old one."""

    def __init__(self, better: Callable[[Stamp, Stamp], bool], answer: Callable[[Stamp], Value | None]) -> None:
        self.better = better
        self.answer = answer
        self.added = self.dropped = 0
        self.waiting: deque[tuple[int, Stamp]] = deque()

    def add(self, value: Scalar, time: Number | None) -> None:
        self.offer((value, time))

    def offer(self, stamp: Stamp | None) -> None:
        """Takes one value more; None is one that cannot be the best."""
        if stamp is not None:
            while self.waiting and self.better(stamp, self.waiting[-1][1]):
                self.waiting.pop()
            self.waiting.append((self.added, stamp))
        self.added += 1

    def drop(self) -> None:
        if self.waiting and self.waiting[0][0] == self.dropped:
            self.waiting.popleft()
        self.dropped += 1

    def best(self) -> Stamp | None:
        return self.waiting[0][1] if self.waiting else None

    def result(self) -> Value | None:
        best = self.best()
        return None if best is None else self.answer(best)


def _value(stamp: Stamp) -> Value | None:
    found = stamp[0]
    return tidy(found) if isinstance(found, float) else found


def _smallest() -> _Best:
    return _Best(lambda new, old: new[0] < old[0], _value)  # type: ignore[operator]  # one kind in one window


def _largest() -> _Best:
    return _Best(lambda new, old: new[0] > old[0], _value)  # type: ignore[operator]  # one kind in one window


class _Extreme:
    """min and max: numbers before text."""

    def __init__(self, *, largest: bool) -> None:
        self.largest = largest
        make = _largest if largest else _smallest
        self.numbers, self.texts = make(), make()

    def add(self, value: Scalar, time: Number | None) -> None:
        number = number_of(value)
        self.numbers.offer(None if number is None else (number, None))
        self.texts.offer((str(value), None) if number is None else None)

    def drop(self) -> None:
        self.numbers.drop()
        self.texts.drop()

    def result(self) -> Value | None:
        first, second = (self.texts, self.numbers) if self.largest else (self.numbers, self.texts)
        return first.result() if first.waiting else second.result()


class _Pair:
    """Two bests over the same values, and an answer from both."""

    def __init__(self, low: _Best, high: _Best, answer: Callable[[Stamp, Stamp], Value | None]) -> None:
        self.low, self.high, self.answer = low, high, answer

    def add(self, value: Scalar, time: Number | None) -> None:
        self.low.add(value, time)
        self.high.add(value, time)

    def drop(self) -> None:
        self.low.drop()
        self.high.drop()

    def result(self) -> Value | None:
        low, high = self.low.best(), self.high.best()
        return None if low is None or high is None else self.answer(low, high)


def _range(low: Stamp, high: Stamp) -> Value | None:
    return tidy(high[0] - low[0])  # type: ignore[operator]  # numeric functions are given numbers only


def _rate(low: Stamp, high: Stamp) -> Value | None:
    first, last = number_of(low[0]), number_of(high[0])
    if low[1] is None or high[1] is None or low[1] == high[1] or first is None or last is None:
        return None
    return tidy((last - first) / (high[1] - low[1]))


class _InTime(_Best):
    """The newest or the oldest value; one without a time cannot be either."""

    def add(self, value: Scalar, time: Number | None) -> None:
        self.offer(None if time is None else (value, time))


def _newest(*, want_time: bool = False) -> _InTime:
    """Of equally new rows the first."""
    return _InTime(lambda new, old: new[1] > old[1], lambda best: best[1] if want_time else best[0])  # type: ignore[operator]  # times


def _oldest(*, want_time: bool = False) -> _InTime:
    """Of equally old rows the last."""
    return _InTime(lambda new, old: new[1] <= old[1], lambda best: best[1] if want_time else best[0])  # type: ignore[operator]  # times


class _Queue:
    """The values themselves, oldest first."""

    def __init__(self, answer: Callable[[deque[Scalar]], Value | None]) -> None:
        self.answer = answer
        self.values: deque[Scalar] = deque()

    def add(self, value: Scalar, time: Number | None) -> None:
        self.values.append(value)

    def drop(self) -> None:
        self.values.popleft()

    def result(self) -> Value | None:
        return self.answer(self.values) if self.values else None


def _listed(limit: int) -> _Queue:
    return _Queue(lambda values: collapse(map(text_of, islice(values, limit))))


class _Ordered:
    """The values in order; key makes comparable ones."""

    def __init__(self, key: Callable[[Scalar], Scalar], answer: Callable[[list[Scalar]], Value | None]) -> None:
        self.key = key
        self.answer = answer
        self.queue: deque[Scalar] = deque()
        self.order: list[Scalar] = []

    def add(self, value: Scalar, time: Number | None) -> None:
        made = self.key(value)
        self.queue.append(made)
        insort(self.order, made)

    def drop(self) -> None:
        del self.order[bisect_left(self.order, self.queue.popleft())]

    def result(self) -> Value | None:
        return self.answer(self.order) if self.order else None


def _percentile(percent: float) -> _Ordered:
    def answer(order: list[Scalar]) -> Value | None:
        found = order[min(math.floor(percent * len(order) / 100), len(order) - 1)]
        return tidy(found) if isinstance(found, float) else found

    return _Ordered(lambda value: value, answer)


class _Distinct:
    """How often each text is held, and the texts in order."""

    def __init__(self, *, listed: bool) -> None:
        self.listed = listed
        self.queue: deque[str] = deque()
        self.counts: Counter[str] = Counter()
        self.order: list[str] = []

    def add(self, value: Scalar, time: Number | None) -> None:
        text = text_of(value)
        self.queue.append(text)
        self.counts[text] += 1
        if self.listed and self.counts[text] == 1:
            insort(self.order, text)

    def drop(self) -> None:
        text = self.queue.popleft()
        self.counts[text] -= 1
        if not self.counts[text]:
            del self.counts[text]
            if self.listed:
                del self.order[bisect_left(self.order, text)]

    def result(self) -> Value | None:
        if not self.listed:
            return len(self.counts)
        found: Value | None = collapse(self.order)
        return found


class _Mode:
    """The most frequent value; of equally frequent ones the one first in the window."""

    def __init__(self) -> None:
        self.added = self.dropped = 0
        self.queue: deque[str] = deque()
        self.held: dict[str, deque[tuple[int, Scalar]]] = {}

    def add(self, value: Scalar, time: Number | None) -> None:
        text = text_of(value)
        self.queue.append(text)
        self.held.setdefault(text, deque()).append((self.added, value))
        self.added += 1

    def drop(self) -> None:
        text = self.queue.popleft()
        self.held[text].popleft()
        if not self.held[text]:
            del self.held[text]

    def result(self) -> Value | None:
        if not self.held:
            return None
        return max(self.held.values(), key=lambda places: (len(places), -places[0][0]))[0][1]


def _spread(*, sample: bool, deviation: bool) -> _Sums:
    return _Sums(lambda sums: sums.spread(sample=sample, deviation=deviation), squares=True)


_MAKERS: dict[str, Callable[[], Sliding]] = {
    "count": _Counted,
    "distinct_count": lambda: _Distinct(listed=False),
    "estdc": lambda: _Distinct(listed=False),
    "estdc_error": _Error,
    "avg": lambda: _Sums(_Sums.mean),
    "sum": lambda: _Sums(lambda sums: _number(sums.total)),
    "sumsq": lambda: _Sums(lambda sums: _number(sums.squares), squares=True),
    "min": lambda: _Extreme(largest=False),
    "max": lambda: _Extreme(largest=True),
    "range": lambda: _Pair(_smallest(), _largest(), _range),
    "median": lambda: _percentile(50),
    "mode": _Mode,
    "stdev": lambda: _spread(sample=True, deviation=True),
    "stdevp": lambda: _spread(sample=False, deviation=True),
    "var": lambda: _spread(sample=True, deviation=False),
    "varp": lambda: _spread(sample=False, deviation=False),
    "values": lambda: _Distinct(listed=True),
    "first": lambda: _Queue(lambda values: values[0]),
    "last": lambda: _Queue(lambda values: values[-1]),
    "earliest": _oldest,
    "latest": _newest,
    "earliest_time": lambda: _oldest(want_time=True),
    "latest_time": lambda: _newest(want_time=True),
    "rate": lambda: _Pair(_oldest(), _newest(), _rate),
}


def slides(call: Call) -> bool:
    """Whether a column can be kept over a moving window; a sparkline is drawn anew instead."""
    if call.parts:
        return all(map(slides, call.parts))
    name = call.function.name
    return not call.sparkline and (name in _MAKERS or name == "list" or percentile_of(name) is not None)


def make(call: Call, context: Context | None) -> Sliding:
    """Returns the aggregator of a call that slides."""
    name = call.function.name
    if name == "list":
        return _listed(100 if context is None else context.limits.list_values)
    percent = percentile_of(name)
    return _MAKERS[name]() if percent is None else _percentile(percent)
