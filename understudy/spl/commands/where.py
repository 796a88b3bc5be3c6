"""where: keeps the rows for which an eval expression is true."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.errors import SplError, SplSyntaxError
from understudy.spl.eval import Expression, compile_expression
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> Expression:
    if not arguments.text.strip():
        raise SplSyntaxError("Error in 'where' command: an expression is expected.", arguments.position)
    expression = compile_expression(arguments.text, arguments.position)
    if expression.kind not in ("bool", "any", "null"):
        at = arguments.position + len(arguments.text) - len(arguments.text.lstrip())
        raise SplSyntaxError("Error in 'where' command: the expression must be a Boolean expression.", at)
    return expression


def run(expression: Expression, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(expression, stream.rows, context), stream.fields)


def _rows(expression: Expression, rows: Iterator[Row], context: Context) -> Iterator[Row]:
    evaluate = expression.compiled.evaluate
    try:
        for row in rows:
            if evaluate(row, context) is True:
                yield row
    except SplError as error:
        if error.position is None:
            error.position = expression.position
        raise


COMMAND = Command(
    name="where",
    kind="streaming",
    syntax="where <eval expression>",
    summary="Keeps the rows for which an expression is true; null is not true.",
    parse=parse,
    run=run,
)
