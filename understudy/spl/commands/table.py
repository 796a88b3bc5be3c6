"""table: only the listed fields, in the listed order."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.field_patterns import FieldSet
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> tuple[str, ...]:
    reader = Reader.of(arguments)
    names = reader.fields()
    reader.finish()
    if not names:
        raise SplSyntaxError("Command 'table' needs a list of fields.", arguments.position)
    return tuple(names)


def run(options: tuple[str, ...], stream: Stream, context: Context) -> Stream:
    judge = FieldSet(options)
    columns: list[str] | None = None
    if not any("*" in name for name in options):
        columns = list(dict.fromkeys(options))
    elif stream.fields is not None:
        columns = judge.expand(stream.fields)
    return Stream(_rows(judge, columns, stream), columns)


def _rows(judge: FieldSet, columns: list[str] | None, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        names = judge.expand(row) if columns is None else columns
        yield {name: row[name] for name in names if name in row}


COMMAND = Command(
    name="table",
    kind="transforming",
    syntax="table <field> ...  (wildcards allowed)",
    summary="Returns a table of the listed fields, in that order.",
    parse=parse,
    run=run,
)
