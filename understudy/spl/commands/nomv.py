"""nomv: a multivalue field as one text, joined by the delimiter it was made with or by new lines."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.delimited import delimiter_of
from understudy.spl.commands.reader import Reader
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of


def parse(arguments: Arguments) -> str:
    reader = Reader.of(arguments)
    field = reader.field().text
    reader.finish()
    return field


def run(options: str, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), stream.fields)


def _rows(field: str, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        value = row.get(field)
        yield {**row, field: delimiter_of(value).join(map(text_of, value))} if isinstance(value, list) else row


COMMAND = Command(
    name="nomv",
    kind="streaming",
    syntax="nomv <field>",
    summary="Turns a multivalue field into one text.",
    parse=parse,
    run=run,
)
