"""tstats over the rows of a file, for the command line: every field counts as indexed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from understudy.spl.model import Context, Row, Stream
from understudy.spl.search_expression import parse
from understudy.spl.search_time import apply_range
from understudy.spl.values import collapse, number_of, text_of

if TYPE_CHECKING:
    from understudy.spl.commands.tstats import Request
    from understudy.spl.row_events import RowEvents


def answer(events: RowEvents, request: Request, context: Context) -> Stream:
    """Returns the statistics of the rows that match the request's where clause."""
    from understudy.spl.commands.tstats import prestats_rows
    from understudy.spl.statistics import aggregate

    tree = parse(request.where, request.where_position, context.now, context.zone)
    tree, earliest, latest = apply_range(tree, context.earliest, context.latest)
    rows = _prepared(events.scan(tree, earliest, latest, context), request, context)
    if request.prestats:
        return Stream(prestats_rows(rows, request))
    return aggregate(rows, request.calls, request.by, context)


def _prepared(rows: Iterator[Row], request: Request, context: Context) -> Iterator[Row]:
    """Yields rows with _time put into its bucket and absent group fields filled where the request says so."""
    from understudy.spl.commands.tstats import prefix_values

    for row in rows:
        for prefix in request.prefixes:
            row.pop(prefix, None)
            found = collapse(prefix_values(text_of(row.get("_raw", "")), prefix))
            if found is not None:
                row[prefix] = found
        time = number_of(row.get("_time"))
        if request.span is not None and time is not None:
            row["_time"] = request.span.floor(time, context.zone)
        if request.fillnull is not None:
            for name in request.by:
                row.setdefault(name, request.fillnull)
        yield row
