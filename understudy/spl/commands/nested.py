"""What the commands with sub-pipelines share: brackets, subsearch options, running and limiting. No command itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream, Token
from understudy.spl.subsearch import limited

SUBSEARCH_OPTIONS = {"extendtimerange": "bool", "maxtime": "int", "maxout": "int", "timeout": "int"}


@dataclass(frozen=True)
class Pipeline:
    """The text between two brackets and its offset in the whole search."""

    text: str
    position: int


def pipeline_of(token: Token) -> Pipeline:
    return Pipeline(token.text, token.position + 1)


def only_pipeline(tokens: Sequence[Token], arguments: Arguments) -> Pipeline:
    """Returns the one sub-pipeline that the tokens must be; raises SplSyntaxError otherwise."""
    if not tokens:
        raise SplSyntaxError(f"'{arguments.command}' needs a subsearch between brackets.", arguments.position)
    if tokens[0].kind != "subsearch" or len(tokens) > 1:
        wrong = tokens[0] if tokens[0].kind != "subsearch" else tokens[1]
        message = f"'{wrong.raw[:40]}' is not expected in the arguments of '{arguments.command}'."
        raise SplSyntaxError(message, wrong.position)
    return pipeline_of(tokens[0])


def run_pipeline(pipeline: Pipeline, context: Context, rows: Stream | None = None) -> Stream:
    """Returns the rows of a sub-pipeline (on given rows, or generating its own)."""
    from understudy.spl import engine

    return engine.run_nested(pipeline.text, pipeline.position, engine.nested_context(context), rows)


def limited_rows(pipeline: Pipeline, context: Context, limit: int) -> Iterator[Row]:
    """Yields the rows of a subsearch up to the limit, with a message when there were more."""
    return limited(run_pipeline(pipeline, context).rows, limit, context)


def merged_fields(first: list[str] | None, second: list[str] | None) -> list[str] | None:
    """Returns the columns of two streams one after the other; None when either does not fix them."""
    if first is None or second is None:
        return None
    return [*first, *(name for name in second if name not in first)]
