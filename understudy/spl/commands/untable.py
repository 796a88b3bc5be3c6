"""untable: one row for each cell of a table; the opposite of xyseries."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> tuple[str, str, str]:
    reader = Reader.of(arguments)
    names = reader.fields()
    reader.finish()
    if len(names) != 3:
        raise SplSyntaxError(
            "Command 'untable' needs three names: row field, column name, cell value.", arguments.position
        )
    return names[0], names[1], names[2]


def run(options: tuple[str, str, str], stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), list(options))


def _rows(options: tuple[str, str, str], stream: Stream) -> Iterator[Row]:
    """A row without the row field, and a cell without a value, make no row; internal fields are no columns."""
    x, y, data = options
    for row in stream.rows:
        if x not in row:
            continue
        columns = [name for name in stream.fields if name in row] if stream.fields is not None else list(row)
        for name in columns:
            if name != x and not name.startswith("_"):
                yield {x: row[x], y: name, data: row[name]}


COMMAND = Command(
    name="untable",
    kind="streaming",
    syntax="untable <row field> <name of the column field> <name of the value field>",
    summary="Turns each cell of a table into a row.",
    parse=parse,
    run=run,
)
