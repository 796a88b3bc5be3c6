"""What the commands with sub-pipelines share: brackets, subsearch options, running and limiting. No command itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.lexer import quote
from understudy.spl.model import Arguments, Context, Message, Row, Stream, Token
from understudy.spl.options import read_options
from understudy.spl.subsearch import limited

SUBSEARCH_OPTIONS = {"extendtimerange": "bool", "maxtime": "int", "maxout": "int", "timeout": "int"}
MAX_SECONDS = 60
"""limits.conf [subsearch] maxtime and [join] subsearch_maxtime."""
DATASETS = {"inputlookup": "inputlookup", "lookup": "inputlookup", "savedsearch": "savedsearch"}
"""Kinds of data sets beside a subsearch, and the command that reads them."""


@dataclass(frozen=True)
class Pipeline:
    """The text between two brackets and its offset in the whole search."""

    text: str
    position: int


def read_subsearch_options(
    arguments: Arguments, more: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], list[Token]]:
    """Returns the options that stand before a subsearch, and what is left; numbers must not be negative."""
    options, rest = read_options(arguments, {**SUBSEARCH_OPTIONS, **(more or {})})
    for name in ("maxtime", "maxout", "timeout"):
        if options.get(name, 0) < 0:
            raise SplSyntaxError(f"Option '{name}' of '{arguments.command}' must not be negative.", arguments.position)
    return options, rest


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


def dataset_of(text: str, position: int, command: str) -> Pipeline | None:
    """Returns the pipeline that reads `inputlookup:NAME` or `savedsearch:NAME`; None for text that names no data set.

    Raises UnsupportedError for data models.
    """
    kind, colon, name = text.partition(":")
    if not colon or not name:
        return None
    if kind.lower() in DATASETS:
        command_name = DATASETS[kind.lower()]
        # Placed so that an error about the name points to it in the text as written.
        return Pipeline(f"{command_name} {quote(name)}", position + len(kind) - len(command_name))
    if kind.lower() == "datamodel":
        raise UnsupportedError(f"'{command}' with '{text}' is not supported: there are no data models.", position)
    return None


class Deadline:
    """Says that a subsearch is to finish with what it has, once its seconds are over; the message comes once."""

    def __init__(self, seconds: int, context: Context) -> None:
        self.seconds = seconds
        self.context = context
        self.began: float | None = None
        self.told = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if self.began is None:
            self.began = now
        over = self.seconds > 0 and now - self.began >= self.seconds
        if over and not self.told:
            self.told = True
            text = f"[subsearch]: Search auto-finalized after time limit ({self.seconds} seconds) reached."
            self.context.messages.append(Message("WARN", text))
        return over


def _either(first: Callable[[], bool], second: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: first() or second()


def run_pipeline(
    pipeline: Pipeline, context: Context, rows: Stream | None = None, seconds: int | None = MAX_SECONDS
) -> Stream:
    """Returns the rows of a sub-pipeline (on given rows, or generating its own within some seconds; 0 = no limit)."""
    from understudy.spl import engine

    inner = engine.nested_context(context)
    if rows is None:
        limit = Deadline(MAX_SECONDS if seconds is None else seconds, context)
        inner = replace(inner, finalized=_either(context.finalized, limit))
    return engine.run_nested(pipeline.text, pipeline.position, inner, rows)


def limited_rows(pipeline: Pipeline, context: Context, limit: int, seconds: int | None = MAX_SECONDS) -> Iterator[Row]:
    """Yields the rows of a subsearch up to the limit, with a message when there were more."""
    return limited(run_pipeline(pipeline, context, seconds=seconds).rows, limit, context)


def merged_fields(first: list[str] | None, second: list[str] | None) -> list[str] | None:
    """Returns the columns of two streams one after the other; None when either does not fix them."""
    if first is None or second is None:
        return None
    return [*first, *(name for name in second if name not in first)]
