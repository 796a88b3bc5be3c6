"""uniq: drops a row that equals the row before it."""

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
    before: Row | None = None
    for row in stream.rows:
        if row != before:
            yield row
        before = row


COMMAND = Command(
    name="uniq",
    kind="streaming",
    syntax="uniq",
    summary="Removes rows that are an exact repetition of the row before.",
    parse=parse,
    run=run,
)
