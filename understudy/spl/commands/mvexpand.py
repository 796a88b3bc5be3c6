"""mvexpand: one row for each value of a multivalue field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.bounds import COPIED, FAN_OUT, ROWS, bytes_of
from understudy.spl.commands.reader import Reader, integer
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


@dataclass(frozen=True)
class Options:
    field: str
    limit: int


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    field: str | None = None
    limit = 0
    while not reader.done:
        if (option := reader.option(frozenset({"limit"}))) is not None:
            limit = integer(option[1], "limit", least=0)
        elif field is None:
            field = reader.field().text
        else:
            reader.finish()
    if field is None:
        raise SplSyntaxError("Command 'mvexpand' needs a field.", arguments.position)
    return Options(field, limit)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """limit 0 is no limit. A row without the field, or with one value, passes as it is."""
    return Stream(_rows(options, stream), stream.fields)


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    left, copied = ROWS, 0
    for row in stream.rows:
        value = row.get(options.field)
        if not isinstance(value, list):
            yield row
            continue
        left += FAN_OUT - len(value)
        if left < 0:
            raise RuntimeSplError(f"mvexpand would make more than {ROWS:,} rows beyond {FAN_OUT} for each it reads.")
        values = value[: options.limit] if options.limit else value
        copied += bytes_of({name: beside for name, beside in row.items() if name != options.field}) * (len(values) - 1)
        if copied > COPIED:  # Splunk ends the table here; a table without its end would be read as a whole one
            raise RuntimeSplError(
                f"mvexpand would copy more than {COPIED // 2**20} MB (limits.conf [mvexpand] max_mem_usage_mb): "
                "leave out fields that are not needed."
            )
        for single in values:
            yield {**row, options.field: single}


COMMAND = Command(
    name="mvexpand",
    kind="streaming",
    syntax="mvexpand <field> [limit=<int>]",
    summary="Makes one row of each value of a multivalue field.",
    parse=parse,
    run=run,
)
