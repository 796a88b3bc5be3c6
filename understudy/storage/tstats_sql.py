"""tstats as one SQL statement, for the functions whose answer SQL gives exactly as the row path does.

Sums and averages stay on the row path: the order of adding floats would show. Multivalue group fields are unnested
one inside the other, which gives each combination of their values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from understudy.spl.commands.tstats import Request
from understudy.spl.model import Context, Row, Stream, Value
from understudy.spl.statistics import Call
from understudy.spl.times import Span
from understudy.spl.values import collapse, normalize_number
from understudy.storage.prefilter import Clause
from understudy.storage.schema import scalar_of

FETCH_ROWS = 10_000
SLOT_S = 900
NUMBER = r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*"
TEXT_COLUMNS = {"index": "idx", "host": "host", "source": "source", "sourcetype": "sourcetype"}
TIMES = {"_time": "time", "_indextime": "indextime"}
Convert = Callable[[Any], Value | None]


@dataclass(frozen=True)
class Output:
    """One column of the answer: its SQL over a group and how its value becomes a field's."""

    name: str
    sql: str
    convert: Convert


def number(value: Any) -> Value | None:
    return None if value is None else normalize_number(value)


def plain(value: Any) -> Value | None:
    found: Value | None = value
    return found


def listed(value: Any) -> Value | None:
    found: Value | None = collapse(value or [])
    return found


class Sources:
    """SQL of a field: as one value (`single`, of base fields) or as the list of an indexed field."""

    def __init__(self, columns: Mapping[str, str], is_single: Callable[[str], bool]) -> None:
        self.columns = columns
        self._is_single = is_single

    def single(self, field: str) -> str | None:
        if field in TEXT_COLUMNS:
            return f"nullif({TEXT_COLUMNS[field]}, '')"
        column = self.columns.get(field)
        return scalar_of(column) if column is not None and self._is_single(column) else None

    def list_of(self, field: str) -> str:
        """Returns the list column; a field that no event has is an empty column."""
        return self.columns.get(field, "(NULL::VARCHAR[])")


def output(call: Call, sources: Sources) -> Output | None:
    """Returns the SQL of a call, or None when it belongs to the row path."""
    name, function, field = call.name, call.function.name, call.field
    if function == "count" and field is None:
        return Output(name, "count(*)", plain)
    if field is None:
        return None
    if field in TIMES:
        return time_output(name, function, TIMES[field])
    single = sources.single(field)
    lists = f"[{single}]" if single else sources.list_of(field)
    present = f"{single} IS NOT NULL" if single else f"len({lists}) > 0"
    values = f"list_distinct(flatten(list({lists}) FILTER ({present})))"
    if function == "count":
        return Output(name, f"coalesce(sum(len({lists})) FILTER ({present}), 0)", int)
    if function in {"distinct_count", "estdc"}:
        sql = f"count(DISTINCT {single})" if single else f"coalesce(len({values}), 0)"
        return Output(name, sql, plain)
    if function == "values":
        distinct = f"list(DISTINCT {single}) FILTER ({present})" if single else values
        return Output(name, f"list_sort({distinct})", listed)
    if function == "latest":
        value = single or f"{lists}[1]"
        return Output(name, f"arg_max({value}, (time, id)) FILTER ({present})", plain)
    if function == "earliest":
        value = single or f"{lists}[-1]"
        return Output(name, f"arg_min({value}, (time, id)) FILTER ({present})", plain)
    if function in {"latest_time", "earliest_time"}:
        side = "max" if function == "latest_time" else "min"
        return Output(name, f"{side}(time) FILTER ({present})", number)
    return None


def time_output(name: str, function: str, column: str) -> Output | None:
    if function == "count":
        return Output(name, f"count({column})", plain)
    if function in {"min", "max"}:
        return Output(name, f"{function}({column})", number)
    if function in {"latest_time", "earliest_time"} or (column == "time" and function in {"latest", "earliest"}):
        return Output(name, f"{'max' if function.startswith('latest') else 'min'}(time)", number)
    if function in {"distinct_count", "estdc"}:
        return Output(name, f"count(DISTINCT {column})", plain)
    return None


def answer(
    cursor_of: Callable[[], Any],
    request: Request,
    context: Context,
    columns: Mapping[str, str],
    is_single: Callable[[str], bool],
    where: Clause,
) -> Stream | None:
    """Returns the rows of the request, or None when some part of it belongs to the row path.

    is_single: whether no event has two values in a list column.
    """
    sources = Sources(columns, is_single)
    outputs = [output(call, sources) for call in request.calls]
    kept = [item for item in outputs if item is not None]
    if len(kept) < len(outputs) or len({item.name for item in kept}) < len(kept):
        return None
    if "_raw" in request.by:
        return None
    source = f"SELECT * FROM events WHERE {where.sql}"
    parameters = list(where.parameters)
    groups: list[str] = []
    for position, name in enumerate(request.by):
        alias = f"b{position}"
        groups.append(alias)
        if name == "_time":
            bucket = time_bucket(cursor_of, request.span, context, where)
            if bucket is None:
                return None
            source = f"SELECT s.*, {bucket.sql} AS {alias} FROM ({source}) s {bucket.join}"
            parameters = parameters + bucket.parameters
            continue
        if name == "_indextime":
            source = f"SELECT *, indextime AS {alias} FROM ({source})"
            continue
        single = sources.single(name)
        fill = "?" if request.fillnull is not None else "NULL"
        if request.fillnull is not None:
            parameters = [request.fillnull, *parameters]
        if single is not None:
            inner = f"SELECT *, coalesce({single}, {fill}) AS {alias} FROM ({source})"
            source = f"SELECT * FROM ({inner}) WHERE {alias} IS NOT NULL"
        else:
            lists = sources.list_of(name)
            filled = f"CASE WHEN len({lists}) > 0 THEN {lists} ELSE [{fill}] END" if fill == "?" else lists
            source = f"SELECT *, unnest({filled}) AS {alias} FROM ({source})"
    shown = ", ".join([*groups, *(item.sql for item in kept)])
    sql = f"SELECT {shown} FROM ({source})"
    if groups:
        sql += f" GROUP BY {', '.join(groups)} ORDER BY {order(request, groups)}"
    return Stream(produce(cursor_of, sql, parameters, request, kept), [*request.by, *(item.name for item in kept)])


def order(request: Request, groups: list[str]) -> str:
    """Returns the ORDER BY that puts numbers by size before text by code points."""
    keys = []
    for name, alias in zip(request.by, groups, strict=True):
        if name in TIMES:
            keys.append(alias)
            continue
        number = f"try_cast(trim({alias}) AS DOUBLE)"
        numeric = f"(regexp_full_match({alias}, '{NUMBER}') AND coalesce(isfinite({number}), FALSE))"
        keys += [f"NOT {numeric}", f"CASE WHEN {numeric} THEN {number} END", alias]
    return ", ".join(keys)


def produce(
    cursor_of: Callable[[], Any], sql: str, parameters: list[Any], request: Request, outputs: list[Output]
) -> Iterator[Row]:
    cursor = cursor_of()
    width = len(request.by)
    try:
        cursor.execute(sql, parameters)
        while batch := cursor.fetchmany(FETCH_ROWS):
            for values in batch:
                row: Row = {}
                for name, value in zip(request.by, values, strict=False):
                    row[name] = (number(value) or 0) if name in TIMES else value
                for item, value in zip(outputs, values[width:], strict=True):
                    field = item.convert(value)
                    if field is not None:
                        row[item.name] = field
                yield row
    finally:
        cursor.close()


@dataclass(frozen=True)
class Bucket:
    sql: str
    join: str = ""
    parameters: list[Any] = field(default_factory=list)


def time_bucket(cursor_of: Callable[[], Any], span: Span | None, context: Context, where: Clause) -> Bucket | None:
    """Returns the SQL of the bucket start, equal to Span.floor, or None when the span does not fit.

    Zones change their offset at quarter hours, so buckets longer than that are looked up by quarter hour (or a part
    that divides both), computed once each by Span.floor.
    """
    if span is None:
        return Bucket("s.time")
    if span.unit == "":
        return None
    seconds = span.seconds
    calendar = span.unit in {"d", "w", "mon", "q", "y"} or seconds is None
    if not calendar and (seconds is None or seconds < 1 or not float(seconds).is_integer()):
        return None
    if not calendar and seconds is not None and SLOT_S % int(seconds) == 0:
        return Bucket(f"floor(s.time / {int(seconds)}) * {int(seconds)}")
    slot = SLOT_S if calendar or seconds is None else math.gcd(int(seconds), SLOT_S)
    if slot < 60:
        return None
    cursor = cursor_of()
    try:
        found = cursor.execute(
            f"SELECT DISTINCT floor(time / {slot}) FROM events WHERE {where.sql}", list(where.parameters)
        ).fetchall()
    finally:
        cursor.close()
    slots = [item[0] for item in found]
    starts = [float(span.floor(item * slot, context.zone)) for item in slots]
    return Bucket(
        "m.bucket",
        "JOIN (SELECT unnest(?::DOUBLE[]) AS slot, unnest(?::DOUBLE[]) AS bucket) m "
        f"ON m.slot = floor(s.time / {slot})",
        [slots, starts],
    )
