"""stats: one row per group of rows, with statistics of the group."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.delimited import DelimitedValues
from understudy.spl.commands.reader import Reader, number
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.aggregation import aggregate
from understudy.spl.statistics.calls import Statistics, read_statistics

_OPTIONS = frozenset({"partitions", "allnum", "delim", "dedup_splitvals", "prestats"})


def parse(arguments: Arguments) -> Statistics:
    """Raises SplSyntaxError without any statistic: the stand-in has no default(*)."""
    reader = Reader.of(arguments)
    found = read_statistics(reader, _OPTIONS)
    if not found.calls:
        raise SplSyntaxError("Command 'stats' needs at least one statistical function.", arguments.position)
    if "partitions" in found.options:
        number(found.options["partitions"], "partitions")  # only a hint for parallel work: answers do not depend on it
    if found.flag("prestats"):
        raise reader.unsupported("prestats", found.options["prestats"].position)
    return found


def run(options: Statistics, stream: Stream, context: Context) -> Stream:
    result = aggregate(
        stream.rows,
        options.calls,
        options.by,
        context,
        allnum=options.flag("allnum"),
        distinct=options.flag("dedup_splitvals"),
    )
    return delimited(result, options)


def delimited(result: Stream, options: Statistics) -> Stream:
    """Returns the rows with the delimiter of lists of values set."""
    names = [call.name for call in options.calls if call.function.name in {"list", "values"} and not call.wildcard]
    if not names:
        return result
    delimiter = options.options["delim"].text if "delim" in options.options else " "
    return Stream(_delimited(result, names, delimiter), result.fields)


def _delimited(stream: Stream, names: list[str], delimiter: str) -> Iterator[Row]:
    for row in stream.rows:
        for name in names:
            value = row.get(name)
            if isinstance(value, list):
                row[name] = DelimitedValues(value, delimiter)
        yield row


COMMAND = Command(
    name="stats",
    kind="transforming",
    syntax="stats [allnum=<bool>] [delim=<text>] [partitions=<int>] <function>(<field>) [AS <name>] ... "
    "[BY <fields>] [dedup_splitvals=<bool>]",
    summary="Returns one row per group, or one row in all, with statistics of its rows.",
    parse=parse,
    run=run,
)
