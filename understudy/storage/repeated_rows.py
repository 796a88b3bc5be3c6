"""Statistics of rows that stand for several equal ones, for functions that do not ask for the order of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from understudy.spl.model import Context, Scalar
from understudy.spl.statistics.aggregation import Plan
from understudy.spl.statistics.calls import Call
from understudy.spl.statistics.functions import Aggregator, Count, Mean, Sum
from understudy.storage.stats_sql import FRACTION, LARGEST, RowPath


class RepeatedPlan(Plan):
    """The row core's plan, each row counted `times` times, which only counts and sums can tell from once."""

    def __init__(
        self, calls: Sequence[Call], context: Context | None, by: Sequence[str] = (), *, allnum: bool = False
    ) -> None:
        super().__init__(calls, context, by, allnum=allnum)
        self.times = 1
        self._size: Any = 0
        self._fractions = False
        self._exact = True

    def _make(self, call: Call) -> Aggregator:
        made = super()._make(call)
        if isinstance(made, Count):
            return RepeatedCount(self)
        if isinstance(made, Mean):
            return RepeatedMean(self)
        return RepeatedSum(self) if isinstance(made, Sum) else made

    def summed(self, value: Any) -> None:
        """Notes a number that goes into a sum."""
        self._size += abs(value) * self.times
        if type(value) is float:
            self._fractions = True
            if not (value * FRACTION).is_integer():
                self._exact = False

    def check(self) -> None:
        """Raises RowPath when a sum could depend on the order of adding."""
        if self._fractions and (not self._exact or self._size >= LARGEST):
            raise RowPath


class RepeatedCount(Count):
    __slots__ = ("plan",)

    def __init__(self, plan: RepeatedPlan) -> None:
        super().__init__()
        self.plan = plan

    def add(self, value: Scalar, time: Any) -> None:
        self.total += self.plan.times


class RepeatedSum(Sum):
    __slots__ = ("plan",)

    def __init__(self, plan: RepeatedPlan) -> None:
        super().__init__()
        self.plan = plan

    def add(self, value: Any, time: Any) -> None:
        times = self.plan.times
        self.plan.summed(value)
        self.total += value * times
        self.seen += times


class RepeatedMean(RepeatedSum, Mean):
    __slots__ = ()
