"""delta: the difference between a row's number and that of an earlier row."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Reader, integer
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import normalize_number, number_of


@dataclass(frozen=True)
class Options:
    field: str
    name: str
    back: int


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    back = 1
    field = name = None
    while not reader.done:
        if (option := reader.option(frozenset({"p"}))) is not None:
            back = integer(option[1], "p", least=1)
        elif field is None:
            field = reader.field().text
            if reader.accept_word("as"):
                name = reader.field("a new name").text
        else:
            reader.finish()
    if field is None:
        field = reader.field().text
    return Options(field, name or f"delta({field})", back)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), with_columns(stream, [options.name]))


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    """Rows whose field is no number are passed over: the difference is to the p-th number before."""
    before: deque[int | float] = deque(maxlen=options.back)
    for row in stream.rows:
        value = row.get(options.field)
        number = None if isinstance(value, list) else number_of(value)
        if number is None:
            yield row
            continue
        if len(before) == options.back:
            difference = normalize_number(number - before[0])
            yield row if difference is None else {**row, options.name: difference}
        else:
            yield row
        before.append(number)


COMMAND = Command(
    name="delta",
    kind="streaming",
    syntax="delta <field> [AS <name>] [p=<int>]",
    summary="Adds the difference between a row's number and the number p rows before.",
    parse=parse,
    run=run,
)
