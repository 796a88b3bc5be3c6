"""Evaluates statistics over rows: a plan of which aggregator reads which field, a state per group, rows out.

A row without one of the group fields is left out; a multivalue group field counts the row once for each of its values.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from understudy.spl.bounds import GROUPS_OF_A_ROW, FanOut, check_cells
from understudy.spl.commands.field_patterns import FieldPattern
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Context, Row, Scalar, Stream, Value
from understudy.spl.statistics.calls import Call
from understudy.spl.statistics.functions import PER_SECONDS, Aggregator, ListOfValues
from understudy.spl.statistics.sparkline import Sparkline, TimeRange
from understudy.spl.values import number_of, text_of

PRESTATS, PRESTATS_COUNT = "psrsvd_v", "psrsvd_gc"
"""Marks of rows out of `tstats prestats=true`: that they are such rows, and that `count` was asked for them."""


class State:
    """The aggregators of one group, in the plan's order. textual: fields that held a value that is no number."""

    __slots__ = ("aggregators", "textual")

    def __init__(self, aggregators: list[Aggregator]) -> None:
        self.aggregators = aggregators
        self.textual: set[str] = set()


class Plan:
    """Which aggregator reads what. Wildcard calls grow the plan when a row brings a field not seen before."""

    def __init__(
        self,
        calls: Sequence[Call],
        context: Context | None,
        by: Sequence[str] = (),
        *,
        allnum: bool = False,
    ) -> None:
        self.context = context
        self.by = frozenset(by)
        self.allnum = allnum
        self.calls = list(calls)
        self.range = TimeRange(
            None if context is None else context.earliest, None if context is None else context.latest
        )
        self.columns: list[tuple[Call, int | tuple[int, ...] | None]] = []
        self.slots: list[Call] = []
        self._rows: list[int] = []
        self._fields: dict[str, tuple[list[int], list[int]]] = {}
        self._expressions: list[tuple[Call, int]] = []
        self._wild = [(call, FieldPattern(str(call.field))) for call in calls if call.wildcard]
        self._known: set[str] = set()
        self._made = 0
        self._expanded: dict[int, list[tuple[Call, int]]] = {}
        self.timed = False
        for call in calls:
            if call.wildcard:
                self._expanded[id(call)] = []
                self.columns.append((call, None))
            elif call.parts:
                self.columns.append((call, tuple(self._slot(part) for part in call.parts)))
            else:
                self.columns.append((call, self._slot(call)))

    def _slot(self, call: Call) -> int:
        index = len(self.slots)
        self.slots.append(call)
        if call.sparkline or call.function.name in TIMED:
            self.timed = True
        if call.expression is not None:
            self._expressions.append((call, index))
        elif call.field is None:
            self._rows.append(index)
        else:
            numeric, raw = self._fields.setdefault(call.field, ([], []))
            (numeric if call.function.numeric else raw).append(index)
        return index

    def _make(self, call: Call) -> Aggregator:
        if call.sparkline:
            return Sparkline(call.function.make, call.span, self.range)
        if call.function.name == "list" and self.context is not None:
            return ListOfValues(self.context.limits.list_values)
        return call.function.make()

    def _count(self, made: int) -> None:
        self._made += made
        check_cells(self._made, 1, "Statistics of wildcard fields")

    def state(self) -> State:
        if self._wild:
            self._count(len(self.slots))
        return State([self._make(call) for call in self.slots])

    def _expand(self, row: Row) -> None:
        for key in row:
            if key in self._known:
                continue
            self._known.add(key)
            if key in self.by or key.startswith("_"):
                continue
            for call, pattern in self._wild:
                segments = pattern.segments(key)
                if segments is not None:
                    concrete = call.of_field(key, segments)
                    self._expanded[id(call)].append((concrete, self._slot(concrete)))

    def update(self, state: State, row: Row) -> None:
        """Adds one row to a group."""
        if self._wild:
            self._expand(row)
            for call in self.slots[len(state.aggregators) :]:
                state.aggregators.append(self._make(call))
                self._count(1)
        aggregators = state.aggregators
        time = None
        if self.timed:
            stamp = row.get("_time")
            time = None if stamp is None or isinstance(stamp, list) else number_of(stamp)
            self.range.include(time)
        if self._rows and (PRESTATS not in row or PRESTATS_COUNT in row):
            for index in self._rows:
                aggregators[index].add(1, time)
        for name, (numeric, raw) in self._fields.items():
            value = row.get(name)
            if value is None:
                continue
            for single in value if isinstance(value, list) else (value,):
                if numeric:
                    kind = type(single)
                    number = single if kind is int or kind is float else number_of(single)
                    if number is not None:
                        for index in numeric:
                            aggregators[index].add(number, time)
                    else:
                        state.textual.add(name)
                for index in raw:
                    aggregators[index].add(single, time)
        for call, index in self._expressions:
            self._add_expression(call, aggregators[index], row, time)

    def _add_expression(self, call: Call, aggregator: Aggregator, row: Row, time: float | None) -> None:
        assert call.expression is not None
        assert self.context is not None
        value = call.expression.evaluate(row, self.context)
        if value is None or value is False:
            return
        if value is True:
            if call.function.name in _COUNTS_TRUE:
                aggregator.add(1, time)
            return
        for single in value if isinstance(value, list) else (value,):
            if not call.function.numeric:
                aggregator.add(single, time)
            elif (number := number_of(single)) is not None:
                aggregator.add(number, time)

    def _result(self, call: Call, index: int, state: State) -> Value | None:
        if index >= len(state.aggregators):
            return call.function.empty
        if self.allnum and call.function.numeric and call.field in state.textual:
            return None
        return state.aggregators[index].result()

    def results(self, state: State) -> Row:
        """Returns a group's columns, nulls left out."""
        row: Row = {}
        for call, slot in self.columns:
            if slot is None:
                for concrete, index in self._expanded[id(call)]:
                    _put(row, concrete.name, self._result(concrete, index, state))
            elif isinstance(slot, tuple):
                inner: Row = {}
                for part, index in zip(call.parts, slot, strict=True):
                    _put(inner, part.name, self._result(part, index, state))
                assert call.expression is not None
                assert self.context is not None
                value = call.expression.evaluate(inner, self.context)
                _put(row, call.name, None if isinstance(value, bool) else value)
            else:
                _put(row, call.name, self._result(call, slot, state))
        return row

    def names(self) -> list[str]:
        """Returns the column names, wildcards as far as they have been met."""
        names: list[str] = []
        for call, slot in self.columns:
            found = [call.name] if slot is not None else [concrete.name for concrete, _ in self._expanded[id(call)]]
            names.extend(name for name in found if name not in names)
        return names


_COUNTS_TRUE = frozenset({"count", "sum", *PER_SECONDS})
"""Functions for which a true condition counts as 1, as in per_day(eval(method="GET"))."""
TIMED = frozenset({"earliest", "latest", "earliest_time", "latest_time", "rate"})


def _put(row: Row, name: str, value: Value | None) -> None:
    if value is not None:
        row[name] = value


def key_of(value: Scalar) -> str:
    return value if type(value) is str else text_of(value)


def group_values(row: Row, by: Sequence[str], *, distinct: bool = False) -> list[tuple[Scalar, ...]]:
    """Returns the groups a row belongs to: none when a field is missing, several for multivalues."""
    parts: list[list[Scalar]] = []
    for name in by:
        value = row.get(name)
        if value is None:
            return []
        if isinstance(value, list):
            parts.append(list({key_of(single): single for single in value}.values()) if distinct else value)
        else:
            parts.append([value])
    if len(parts) > 1 and math.prod(map(len, parts)) > GROUPS_OF_A_ROW:
        raise RuntimeSplError(f"One row would count for more than {GROUPS_OF_A_ROW:,} groups.")
    return list(itertools.product(*parts))


def natural_key(values: Iterable[Scalar]) -> tuple[tuple[int, float, str], ...]:
    """Returns a sort key: numbers by size (1 before 1.0, by text) before text by code points."""
    key = []
    for value in values:
        number = number_of(value)
        key.append((1, 0.0, str(value)) if number is None else (0, float(number), text_of(value)))
    return tuple(key)


class Groups:
    """All groups of one statistic, filled row by row."""

    def __init__(self, plan: Plan, by: Sequence[str], *, distinct: bool = False) -> None:
        self.plan = plan
        self.by = tuple(by)
        self.distinct = distinct
        self.states: dict[tuple[str, ...], State] = {}
        self.values: dict[tuple[str, ...], tuple[Scalar, ...]] = {}
        self.fan_out = FanOut("Rows would count for groups")

    def add(self, row: Row) -> None:
        groups = group_values(row, self.by, distinct=self.distinct)
        self.fan_out.take(len(groups))
        for values in groups:
            self.plan.update(self.state_of(values), row)

    def state_of(self, values: tuple[Scalar, ...]) -> State:
        """Returns the group's state, made when it is new; 1 and "1" are one group."""
        key = tuple(map(key_of, values))
        state = self.states.get(key)
        if state is None:
            state = self.states[key] = self.plan.state()
            self.values[key] = values
        return state

    def ordered(self) -> list[tuple[tuple[Scalar, ...], State]]:
        """Returns the groups by their fields' values: numbers by size, then text."""
        return [(self.values[key], self.states[key]) for key in sorted(self.states, key=natural_key)]

    def add_all(self, rows: Iterable[Row]) -> None:
        if len(self.by) != 1:
            for row in rows:
                self.add(row)
            return
        name = self.by[0]
        states, update = self.states, self.plan.update
        for row in rows:
            value = row.get(name)
            if type(value) is str:
                state = states.get((value,))
                if state is None:
                    state = self.state_of((value,))
                update(state, row)
            elif value is not None:
                self.add(row)


def aggregate(
    rows: Iterable[Row],
    calls: Sequence[Call],
    by: Sequence[str],
    context: Context | None = None,
    *,
    allnum: bool = False,
    distinct: bool = False,
    plan: Plan | None = None,
) -> Stream:
    """Returns one row per group, sorted by the group fields; without group fields one row over everything.

    plan: one of these calls to use in the place of a new one.
    """
    plan = plan or Plan(calls, context, by, allnum=allnum)
    if not by:
        state = plan.state()
        for row in rows:
            plan.update(state, row)
        result = plan.results(state)
        return Stream(iter([result]), plan.names())
    groups = Groups(plan, by, distinct=distinct)
    groups.add_all(rows)
    ordered = groups.ordered()

    def produce() -> Iterator[Row]:
        for values, state in ordered:
            yield {**dict(zip(by, values, strict=True)), **plan.results(state)}

    return Stream(produce(), [*by, *plan.names()])


def empties(calls: Sequence[Call]) -> Mapping[str, Value]:
    """Returns what a group without rows shows: 0 for counts."""
    return {call.name: call.function.empty for call in calls if call.function.empty is not None and not call.parts}


__all__ = ["Groups", "Plan", "State", "aggregate", "empties", "group_values", "key_of", "natural_key"]
