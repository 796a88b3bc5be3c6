"""strcat: joins fields and texts into a new field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.bounds import check_text
from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Piece, Reader, boolean
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of


@dataclass(frozen=True)
class Options:
    sources: tuple[Piece, ...]
    target: str
    allrequired: bool


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    allrequired = False
    sources: list[Piece] = []
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(frozenset({"allrequired"}))) is not None:
            allrequired = boolean(option[1], option[0])
        elif not reader.done:
            sources.append(reader.field("a field or a text"))
    if len(sources) < 2:
        raise SplSyntaxError("Command 'strcat' needs sources and a field to write to.", arguments.position)
    return Options(tuple(sources[:-1]), sources[-1].text, allrequired)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), with_columns(stream, [options.target]))


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        parts: list[str] = []
        missing = False
        for piece in options.sources:
            if piece.kind == "string":
                parts.append(piece.text)
            elif piece.text in row:
                parts.append(text_of(row[piece.text]))
            else:
                missing = True
        check_text(sum(map(len, parts)), "strcat")
        yield row if missing and options.allrequired else {**row, options.target: "".join(parts)}


COMMAND = Command(
    name="strcat",
    kind="streaming",
    syntax='strcat [allrequired=<bool>] <field or "text"> ... <field>',
    summary="Joins fields and quoted texts; the last name is the field written.",
    parse=parse,
    run=run,
)
