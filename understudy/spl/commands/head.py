"""head: the first rows, by number or while an expression holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.errors import SplSyntaxError
from understudy.spl.eval import Expression, compile_expression
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command

_OPTIONS = frozenset({"limit", "null", "keeplast", "allowempty"})


@dataclass(frozen=True)
class Options:
    """limit None: no bound but the expression. null: an expression without a value counts as true."""

    limit: int | None
    expression: Expression | None = None
    null: bool = False
    keeplast: bool = False


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    limit: int | None = None
    expression: Expression | None = None
    flags = {"null": False, "keeplast": False}
    while not reader.done:
        if reader.is_punct("("):
            start = reader.position
            text, begin = reader.inside()
            expression = compile_expression(text, begin)
            if not reader.done and not reader.is_option():
                raise SplSyntaxError("Command 'head' takes one expression in parentheses.", start)
        elif (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name == "limit":
                limit = integer(piece, name, least=0)
            elif name in flags:
                flags[name] = boolean(piece, name)
            else:
                raise reader.unsupported(name, piece.position)
        else:
            piece = reader.next()
            if piece.kind == "word" and piece.text[:1].isalpha():
                raise SplSyntaxError(
                    "Command 'head' takes a number, or an expression in parentheses: head (a<3).", piece.position
                )
            limit = integer(piece, "limit", least=0)
    if limit is None and expression is None:
        limit = 10
    return Options(limit, expression, flags["null"], flags["keeplast"])


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream, context), stream.fields)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    if options.limit == 0:
        return
    for count, row in enumerate(stream.rows, 1):
        if options.expression is not None:
            held = options.expression.evaluate(row, context)
            if not (options.null if held is None else held is True):
                if options.keeplast:
                    yield row
                return
        yield row
        if count == options.limit:
            return


COMMAND = Command(
    name="head",
    kind="streaming",
    syntax="head [<int> | (<eval>)] [limit=<int>] [null=<bool>] [keeplast=<bool>]",
    summary="Returns the first rows: 10, a given number, or all before an expression turns false.",
    parse=parse,
    run=run,
)
