"""appendpipe: a pipeline over the current rows, its result behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.bounds import made_rows
from understudy.spl.commands.nested import Pipeline, only_pipeline, run_pipeline
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command


@dataclass(frozen=True)
class Options:
    pipeline: Pipeline


def parse(arguments: Arguments) -> Options:
    _, rest = read_options(arguments, {"run_in_preview": "bool"})
    return Options(only_pipeline(rest, arguments))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream, context))


def _copy(row: Row) -> Row:
    return {name: list(value) if isinstance(value, list) else value for name, value in row.items()}


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    rows = list(stream.rows)
    given = Stream((_copy(row) for row in rows), stream.fields)
    yield from [_copy(row) for row in rows]
    yield from made_rows(run_pipeline(options.pipeline, context, given).rows, "appendpipe")


COMMAND = Command(
    name="appendpipe",
    kind="dataset",
    syntax="appendpipe (run_in_preview=<bool>)? [<pipeline>]",
    summary="Runs a pipeline over the current rows and puts its result behind them.",
    parse=parse,
    run=run,
)
