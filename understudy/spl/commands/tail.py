"""tail: the last rows, in reverse order."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator

from understudy.spl.commands.reader import Reader, integer
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> int:
    reader = Reader.of(arguments)
    option = reader.option(frozenset({"limit"}))
    limit = 10
    if option is not None:
        limit = integer(option[1], "limit", least=0)
    elif not reader.done:
        limit = integer(reader.next(), "limit", least=0)
    reader.finish()
    return limit


def run(options: int, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), stream.fields)


def _rows(limit: int, stream: Stream) -> Iterator[Row]:
    yield from reversed(deque(stream.rows, maxlen=min(limit, sys.maxsize)))


COMMAND = Command(
    name="tail",
    kind="dataset",
    syntax="tail [<int>]",
    summary="Returns the last rows, last one first; 10 without a number.",
    parse=parse,
    run=run,
)
