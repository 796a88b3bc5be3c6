"""stats over indexed fields in SQL, for functions whose answer does not depend on the order of the rows.

What is a number is the row core's decision: each distinct value of a field that is calculated with is read by it first,
and where SQL reads one differently, or a sum could depend on the order of adding, the row path takes the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from understudy.spl.model import Row, Stream, Value
from understudy.spl.statistics import Call
from understudy.spl.statistics.aggregation import natural_key
from understudy.spl.statistics.functions import tidy
from understudy.spl.values import collapse, normalize_number, number_of
from understudy.storage.prefilter import Clause
from understudy.storage.projection import COLUMNS
from understudy.storage.schema import scalar_of

Fetch = Callable[[str, list[Any]], Iterator[Sequence[Any]]]
FUNCTIONS = frozenset({"count", "distinct_count", "estdc", "values", "avg", "sum", "min", "max", "range"})
SUMS = frozenset({"avg", "sum"})
NUMBERS = frozenset({"avg", "sum", "min", "max", "range"})
FRACTION = 2**10
LARGEST = 2**42
"""Sums of multiples of 1/FRACTION below LARGEST are exact in a double, in whichever order they are made."""
MAX_DISTINCT = 100_000
FETCH_ROWS = 10_000


class RowPath(Exception):
    """The answer would not be certain to equal the row core's."""


class Sources:
    """SQL of the fields of one search: a text column, or the list of a field with several values to unnest."""

    def __init__(self, columns: Mapping[str, str], is_single: Callable[[str], bool]) -> None:
        self._columns = columns
        self._is_single = is_single

    def single(self, field: str) -> str | None:
        """Returns the column of a field of one value at most, None for a list. Raises RowPath for times and texts."""
        if field in COLUMNS:
            if field.startswith("_"):
                raise RowPath
            return COLUMNS[field]
        column = self._columns.get(field)
        if column is None:
            if field.startswith("_") or field in {"splunk_server", "linecount"}:
                raise RowPath
            return "NULL::VARCHAR"
        return scalar_of(column) if self._is_single(column) else None

    def grouped(self, field: str) -> str:
        """Returns the SQL that gives a row for each value of a group field."""
        single = self.single(field)
        return f"unnest({self._columns[field]})" if single is None else single


def suits(calls: Sequence[Call]) -> bool:
    """Whether every call is of a function that is done here."""
    for call in calls:
        if call.sparkline or call.parts or call.expression is not None or call.wildcard:
            return False
        if call.function.name not in FUNCTIONS or (call.field is None and call.function.name != "count"):
            return False
    return len({call.name for call in calls}) == len(calls)


def answer(
    fetch: Fetch,
    calls: Sequence[Call],
    by: Sequence[str],
    columns: Mapping[str, str],
    is_single: Callable[[str], bool],
    where: Clause,
) -> Stream | None:
    """Returns the rows of `stats calls BY by`, or None when they belong to the row path."""
    sources = Sources(columns, is_single)
    try:
        for field, functions in calculated(calls).items():
            _check(fetch, _values(sources, field), bool(functions & SUMS), where)
        shown = [expression(call, sources) for call in calls]
        groups = [sources.grouped(name) for name in by]
    except RowPath:
        return None
    names = [f"g{number}" for number in range(len(by))]
    inner = ", ".join([f"{sql} AS {name}" for sql, name in zip(groups, names, strict=True)])
    if len(groups) > 1 and any(sql.startswith("unnest") for sql in groups):
        return None  # lists beside each other would be unnested in step
    source = f"SELECT *{', ' * bool(inner)}{inner} FROM events WHERE {where.sql}"
    statement = f"SELECT {', '.join([*names, *shown])} FROM ({source})"
    if names:
        statement += f" WHERE {' AND '.join(f'{name} IS NOT NULL' for name in names)} GROUP BY {', '.join(names)}"
    width = len(by)
    found = sorted(fetch(statement, list(where.parameters)), key=lambda values: natural_key(values[:width]))
    return Stream(_rows(found, calls, by), [*by, *(call.name for call in calls)])


def calculated(calls: Sequence[Call]) -> dict[str, set[str]]:
    """Returns the fields that are read as numbers, each with the functions that read it."""
    found: dict[str, set[str]] = {}
    for call in calls:
        if call.field is not None and call.function.name in NUMBERS:
            found.setdefault(call.field, set()).add(call.function.name)
    return found


def _values(sources: Sources, field: str) -> str:
    single = sources.single(field)
    if single is None:
        raise RowPath
    return single


def _check(fetch: Fetch, column: str, summed: bool, where: Clause) -> None:
    """Raises RowPath unless SQL and the row core read the same numbers, and sums of them are exact."""
    sql = (
        f"SELECT v, try_cast(v AS DOUBLE), n FROM (SELECT {column} AS v, count(*) AS n FROM events WHERE {where.sql} "
        f"GROUP BY 1) WHERE v IS NOT NULL LIMIT {MAX_DISTINCT + 1}"
    )
    total = 0.0
    for position, (text, read, times) in enumerate(fetch(sql, list(where.parameters))):
        number = number_of(text)
        if position >= MAX_DISTINCT or number != read:
            raise RowPath
        if summed and number is not None:
            total += abs(float(number)) * times
            if total >= LARGEST or not (float(number) * FRACTION).is_integer():
                raise RowPath


def expression(call: Call, sources: Sources) -> str:
    """Returns the SQL of one call over a group; numbers come as DOUBLE. Raises RowPath."""
    name, field = call.function.name, call.field
    if field is None:
        return "count(*)"
    column = _values(sources, field)
    number = f"try_cast({column} AS DOUBLE)"
    if name == "count":
        return f"count({column})"
    if name in {"distinct_count", "estdc"}:
        return f"count(DISTINCT {column})"
    if name == "values":
        return f"list(DISTINCT {column}) FILTER ({column} IS NOT NULL)"
    if name == "sum":
        return f"sum({number})"
    if name == "avg":
        return f"[sum({number}), count({number})]"
    if name == "range":
        return f"[min({number}), max({number})]"
    return f"[{name}({number})::VARCHAR, {name}({column}) FILTER ({number} IS NULL)]"


def _rows(found: Sequence[Sequence[Any]], calls: Sequence[Call], by: Sequence[str]) -> Iterator[Row]:
    for values in found:
        row: Row = dict(zip(by, values, strict=False))
        for call, value in zip(calls, values[len(by) :], strict=True):
            result = finished(call.function.name, value)
            if result is not None:
                row[call.name] = result
        yield row


def finished(name: str, value: Any) -> Value | None:
    """Returns what SQL gave as the row core's aggregators show it."""
    if name in {"count", "distinct_count", "estdc"}:
        return int(value)
    if value is None:
        return None
    if name == "values":
        listed: Value | None = collapse(sorted(value))
        return listed
    if name == "sum":
        return tidy(value)
    if name == "avg":
        return tidy(value[0] / value[1]) if value[1] else None
    if name == "range":
        return None if value[0] is None else tidy(value[1] - value[0])
    number, text = (None if value[0] is None else normalize_number(float(value[0]))), value[1]
    first, second = (text, number) if name == "max" else (number, text)
    result = first if first is not None else second
    return tidy(result) if isinstance(result, float) else result


__all__ = ["FETCH_ROWS", "RowPath", "answer", "suits"]
