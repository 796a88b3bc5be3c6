"""Statistics of SPL: the functions, how their calls are written, and their evaluation over rows."""

from understudy.spl.statistics.aggregation import aggregate
from understudy.spl.statistics.calls import Call, Statistics, parse_calls
from understudy.spl.statistics.functions import FUNCTIONS

__all__ = ["FUNCTIONS", "Call", "Statistics", "aggregate", "parse_calls"]
