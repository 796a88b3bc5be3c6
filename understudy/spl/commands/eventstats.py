"""eventstats: statistics of all rows, written into each row of the same group."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.bounds import check_cells
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.aggregation import Groups, Plan, group_values, key_of
from understudy.spl.statistics.calls import Statistics, read_statistics


def parse(arguments: Arguments) -> Statistics:
    found = read_statistics(Reader.of(arguments), frozenset({"allnum"}))
    if not found.calls:
        raise SplSyntaxError("Command 'eventstats' needs at least one statistical function.", arguments.position)
    return found


def run(options: Statistics, stream: Stream, context: Context) -> Stream:
    """A row without one of the BY fields gets nothing; one with a multivalue gets its first value's statistics."""
    return Stream(_rows(options, stream, context), _columns(stream, options))


def _columns(stream: Stream, options: Statistics) -> list[str] | None:
    if stream.fields is None or any(call.wildcard for call in options.calls):
        return None
    return [*stream.fields, *(call.name for call in options.calls if call.name not in stream.fields)]


def _rows(options: Statistics, stream: Stream, context: Context) -> Iterator[Row]:
    rows = list(stream.rows)
    plan = Plan(options.calls, context, options.by, allnum=options.flag("allnum"))
    groups = Groups(plan, options.by)
    groups.add_all(rows)
    if any(call.wildcard for call in options.calls):
        check_cells(len(rows), len(plan.names()), "eventstats")
    results = {key: plan.results(state) for key, state in groups.states.items()}
    for row in rows:
        values = group_values(row, options.by)
        yield {**row, **results[tuple(map(key_of, values[0]))]} if values else row


COMMAND = Command(
    name="eventstats",
    kind="dataset",
    syntax="eventstats [allnum=<bool>] <function>(<field>) [AS <name>] ... [BY <fields>]",
    summary="Adds statistics over all rows, or over the row's group, to every row.",
    parse=parse,
    run=run,
)
