"""appendpipe: a pipeline over the current rows, its result behind them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from understudy.spl.bounds import made_rows
from understudy.spl.commands.nested import Pipeline, merged_fields, only_pipeline, run_pipeline
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
    rows = list(stream.rows)
    given = Stream((_copy(row) for row in rows), stream.fields)
    added = run_pipeline(options.pipeline, context, given)
    # The first rows are copies too: what follows may change them while the pipeline still reads.
    kept = (_copy(row) for row in list(rows))
    return Stream(chain(kept, made_rows(added.rows, "appendpipe")), merged_fields(stream.fields, added.fields))


def _copy(row: Row) -> Row:
    return {name: list(value) if isinstance(value, list) else value for name, value in row.items()}


COMMAND = Command(
    name="appendpipe",
    kind="dataset",
    syntax="appendpipe (run_in_preview=<bool>)? [<pipeline>]",
    summary="Runs a pipeline over the current rows and puts its result behind them.",
    parse=parse,
    run=run,
)
