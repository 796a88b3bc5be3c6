"""fieldformat: how a field is shown, while its value stays what it is for the commands that follow.

The expression is kept with the search (context.formats); `formatted` applies it when results leave the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader
from understudy.spl.eval import Expression, compile_expression
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


@dataclass(frozen=True)
class Options:
    """name: the field as the expression knows it (rename changes the key it is kept under, not this)."""

    name: str
    expression: Expression


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    name = reader.field().text
    reader.expect("=")
    text, position = reader.rest()
    return Options(name, compile_expression(text, position))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    context.formats[options.name] = options
    return stream


def formatted(stream: Stream, context: Context) -> Stream:
    """Returns the stream with the formats applied to its rows; a value whose format gives nothing is shown as it is."""
    if not context.formats:
        return stream
    return Stream(_rows(stream, context), stream.fields)


def _rows(stream: Stream, context: Context) -> Iterator[Row]:
    for row in stream.rows:
        out = dict(row)
        for name, options in context.formats.items():
            if name not in row:
                continue
            known = row if name == options.name else {**row, options.name: row[name]}
            value = options.expression.evaluate(known, context)
            if value is not None and not isinstance(value, bool):
                out[name] = value
        yield out


COMMAND = Command(
    name="fieldformat",
    kind="streaming",
    syntax="fieldformat <field>=<eval expression>",
    summary="Sets how a field is shown in the results, without changing its value.",
    parse=parse,
    run=run,
)
