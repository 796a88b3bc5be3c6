"""Answers tstats: row by row over indexed fields (the reference), or in SQL where SQL gives the same answer.

Both see the same events: visible indexes, the time range, the WHERE expression with the roles' filters. A value
counts once per event, as an index holds a term once per event.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from understudy.spl.commands.tstats import Request, prefix_values, prestats_rows
from understudy.spl.errors import UnsupportedError
from understudy.spl.model import Context, Row, Stream, Value
from understudy.spl.search_expression import parse
from understudy.spl.search_match import compile_match
from understudy.spl.search_time import apply_range
from understudy.spl.search_tree import And, Compare, Node, Not, Or, Term
from understudy.spl.statistics import aggregate
from understudy.spl.values import collapse, text_of
from understudy.storage import tstats_sql
from understudy.storage.prefilter import Clause, Translator, conjoin
from understudy.storage.schema import BASE_FIELDS

if TYPE_CHECKING:
    from understudy.storage.scan import StoredEvents

FETCH_ROWS = 5_000
GROUP = "group field "
"""Begins the names of the group fields while rows are counted: statistics see the event's own time and values, not
the time bucket and the fill value."""


def answer(events: StoredEvents, request: Request, context: Context) -> Stream:
    """Returns the rows of a tstats, sorted by the group fields as stats sorts them."""
    tree = parse(request.where, request.where_position, context.now, context.zone)
    if any(isinstance(leaf, Compare) and leaf.field == "_raw" for leaf in leaves(tree)):
        raise UnsupportedError("tstats cannot compare _raw; use a term.", request.where_position)
    tree, earliest, latest = apply_range(tree, context.earliest, context.latest)
    reached = events.reach(tree, context.now, context.zone, indexed_only=True)
    bounds = events.bounds(reached, earliest, latest)
    columns = events.store.schema.fields
    clause = Translator(columns.get, only_indexed=True).translate(reached.tree)
    by_rows = bool(request.prestats or request.prefixes)
    if events.store.pushdown and clause is not None and clause.exact and not by_rows:
        where = conjoin([bounds, clause])
        found = tstats_sql.answer(events.store.cursor, request, context, columns, events.store.facts.is_single, where)
        if found is not None:
            return found
    narrowed = clause if events.store.pushdown and clause is not None else Clause("TRUE")
    rows = indexed_rows(events, request, context, reached.tree, conjoin([bounds, narrowed]))
    if request.prestats:
        return Stream(prestats_rows(rows, request, GROUP))
    by = [GROUP + name for name in request.by]
    stream = aggregate(rows, request.calls, by, context)
    return Stream(renamed(stream.rows), [*request.by, *(stream.fields or [])[len(by) :]])


def leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, (And, Or)):
        for item in node.items:
            yield from leaves(item)
    elif isinstance(node, Not):
        yield from leaves(node.item)
    else:
        yield node


def renamed(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        yield {name.removeprefix(GROUP): value for name, value in row.items()}


def indexed_rows(events: StoredEvents, request: Request, context: Context, tree: Node, where: Clause) -> Iterator[Row]:
    """Yields the matching events as rows of indexed fields, newest first, with the time bucket and fill values."""
    found = list(leaves(tree))
    columns = events.store.schema.fields
    wanted = {call.field for call in request.calls if call.field} | set(request.by)
    wanted |= {leaf.field for leaf in found if isinstance(leaf, Compare)}
    wild = any("*" in name for name in wanted)
    names = [name for name in columns if wild or name in wanted]
    with_raw = bool(request.prefixes) or any(isinstance(leaf, Term) for leaf in found)
    select = ", ".join([*BASE_FIELDS.values(), "raw" if with_raw else "NULL", *(columns[name] for name in names)])
    matches = compile_match(tree)
    cursor = events.store.cursor()
    try:
        cursor.execute(
            f"SELECT {select} FROM events WHERE {where.sql} ORDER BY time DESC, id DESC", list(where.parameters)
        )
        while batch := cursor.fetchmany(FETCH_ROWS):
            if context.cancelled():
                return
            for values in batch:
                row = indexed_row(values, names)
                if matches(row):
                    yield grouped(row, request, context)
    finally:
        cursor.close()


def indexed_row(values: tuple[Any, ...], names: list[str]) -> Row:
    row: Row = {}
    for name, value in zip(BASE_FIELDS, values, strict=False):
        if isinstance(value, float):
            row[name] = int(value) if value.is_integer() else value
        elif value:
            row[name] = value
    raw = values[len(BASE_FIELDS)]
    if raw is not None:
        row["_raw"] = raw
    for name, found in zip(names, values[len(BASE_FIELDS) + 1 :], strict=True):
        if found:
            row[name] = found[0] if len(found) == 1 else found
    return row


def grouped(row: Row, request: Request, context: Context) -> Row:
    raw = row.pop("_raw", None)
    for prefix in request.prefixes:
        values = collapse(prefix_values(text_of(raw or ""), prefix))
        row.pop(prefix, None)
        if values is not None:
            row[prefix] = values
    for name in request.by:
        if name == "_time":
            time: Any = row["_time"]
            value: Value = time if request.span is None else request.span.floor(time, context.zone)
            row[GROUP + name] = int(value) if isinstance(value, float) and value.is_integer() else value
        elif name in row:
            row[GROUP + name] = row[name]
        elif request.fillnull is not None:
            row[GROUP + name] = request.fillnull
    return row
