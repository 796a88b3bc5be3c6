"""The window that streamstats moves over the rows: which rows it holds, and the statistics of a group within it.

One window for all groups, or one for each. A row leaves when the window has too many, or when it is too far in time.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from understudy.spl.model import Context, Row, Scalar, Value
from understudy.spl.statistics.aggregation import Plan, State
from understudy.spl.statistics.calls import Call
from understudy.spl.statistics.functions import Number
from understudy.spl.statistics.sliding import Sliding, make, slides
from understudy.spl.values import number_of

Key = tuple[str, ...]


@dataclass(frozen=True)
class Bounds:
    """rows: how many a window holds. seconds: how far in time, or None. whole: one window over all groups."""

    rows: int
    seconds: float | None
    whole: bool


class Told:
    """An aggregator that counts what it is given, so that a row's share is known when the row leaves."""

    __slots__ = ("inner", "told")

    def __init__(self, inner: Sliding) -> None:
        self.inner = inner
        self.told = 0

    def add(self, value: Scalar, time: Number | None) -> None:
        self.told += 1
        self.inner.add(value, time)

    def result(self) -> Value | None:
        return self.inner.result()


class MovingPlan(Plan):
    """A plan whose states can forget their oldest row. Every call must slide()."""

    def _make(self, call: Call) -> Told:
        return Told(make(call, self.context))


class MovingState:
    """One group's window: rows come in at one end and leave at the other, oldest first."""

    def __init__(self, plan: MovingPlan) -> None:
        self.plan = plan
        self.state: State = plan.state()
        self.shares: deque[tuple[tuple[int, ...], frozenset[str]]] = deque()
        self.textual: Counter[str] = Counter()

    def push(self, row: Row) -> None:
        before = [one.told for one in self._told()]
        self.state.textual = set()
        self.plan.update(self.state, row)
        after = [one.told for one in self._told()]
        before += [0] * (len(after) - len(before))
        textual = frozenset(self.state.textual)
        self.textual.update(textual)
        self.state.textual = set(self.textual)
        share = tuple(late - early for early, late in zip(before, after, strict=True))
        self.shares.append((share, textual))

    def drop(self) -> None:
        """Forgets the oldest row."""
        share, textual = self.shares.popleft()
        for one, count in zip(self._told(), share, strict=False):
            for _ in range(count):
                one.inner.drop()
        if textual:
            self.textual.subtract(textual)
            self.textual += Counter()
            self.state.textual = set(self.textual)

    def _told(self) -> list[Told]:
        return [one for one in self.state.aggregators if isinstance(one, Told)]

    def results(self) -> Row:
        return self.plan.results(self.state)


class Windows:
    """The rows the windows still hold; the statistics are computed anew from them. This is the reference."""

    def __init__(self, bounds: Bounds, plan: Plan) -> None:
        self.bounds = bounds
        self.plan = plan
        self.held: dict[Key, deque[tuple[Key, Row]]] = {}

    def clear(self) -> None:
        self.held.clear()

    def push(self, key: Key, row: Row) -> None:
        """Takes a row in; the oldest one leaves when there are too many."""
        held = self.held.setdefault(self._name(key), deque())
        held.append((key, row))
        if len(held) > self.bounds.rows:
            held.popleft()

    def results(self, key: Key, row: Row) -> Row:
        """Returns the statistics of the group over the rows that the window holds at this row."""
        state = self.plan.state()
        for owner, other in self._near(key, row):
            if owner == key:
                self.plan.update(state, other)
        return self.plan.results(state)

    def _name(self, key: Key) -> Key:
        return () if self.bounds.whole else key

    def _near(self, key: Key, row: Row) -> Iterator[tuple[Key, Row]]:
        held = self.held.get(self._name(key), deque())
        while held and _far(held[0][1], row, self.bounds.seconds):
            held.popleft()
        return iter(held)


class MovingWindows(Windows):
    """The same with statistics that are kept up to date as rows come and go."""

    def __init__(self, bounds: Bounds, plan: MovingPlan) -> None:
        super().__init__(bounds, plan)
        self.moving = plan
        self.groups: dict[Key, MovingState] = {}

    def clear(self) -> None:
        super().clear()
        self.groups.clear()

    def push(self, key: Key, row: Row) -> None:
        held = self.held.setdefault(self._name(key), deque())
        held.append((key, row))
        state = self.groups.get(key)
        if state is None:
            state = self.groups[key] = MovingState(self.moving)
        state.push(row)
        if len(held) > self.bounds.rows:
            self._drop(held)

    def results(self, key: Key, row: Row) -> Row:
        held = self.held.get(self._name(key))
        while held and _far(held[0][1], row, self.bounds.seconds):
            self._drop(held)
        state = self.groups.get(key)
        return self.plan.results(self.plan.state()) if state is None else state.results()

    def _drop(self, held: deque[tuple[Key, Row]]) -> None:
        owner, _ = held.popleft()
        state = self.groups[owner]
        state.drop()
        if not state.shares:
            del self.groups[owner]


def _far(other: Row, row: Row, seconds: float | None) -> bool:
    """Whether a row has left the time window at another; a row without a time moves nothing out."""
    now = None if seconds is None else number_of(row.get("_time"))
    if now is None or seconds is None:
        return False
    time = number_of(other.get("_time"))
    return time is None or abs(now - time) >= seconds


def windows_for(
    bounds: Bounds, calls: Sequence[Call], context: Context | None, by: Sequence[str], *, allnum: bool
) -> Windows:
    """Returns moving windows, or plain ones where a column cannot be kept up to date."""
    if all(map(slides, calls)):
        return MovingWindows(bounds, MovingPlan(calls, context, by, allnum=allnum))
    return Windows(bounds, Plan(calls, context, by, allnum=allnum))
