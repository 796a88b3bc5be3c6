"""reverse: the rows in opposite order."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.reader import Reader
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> None:
    Reader.of(arguments).finish()


def run(options: None, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(stream), stream.fields)


def _rows(stream: Stream) -> Iterator[Row]:
    yield from reversed(list(stream.rows))


COMMAND = Command(
    name="reverse",
    kind="dataset",
    syntax="reverse",
    summary="Reverses the order of the rows.",
    parse=parse,
    run=run,
)
