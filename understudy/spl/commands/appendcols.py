"""appendcols: the fields of a subsearch's rows beside the current rows, first to first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.nested import (
    Pipeline,
    merged_fields,
    only_pipeline,
    read_subsearch_options,
    run_pipeline,
)
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.subsearch import limited


@dataclass(frozen=True)
class Options:
    pipeline: Pipeline
    override: bool
    maxout: int | None
    maxtime: int | None


def parse(arguments: Arguments) -> Options:
    options, rest = read_subsearch_options(arguments, {"override": "bool"})
    pipeline = only_pipeline(rest, arguments)
    return Options(pipeline, options.get("override", False), options.get("maxout"), options.get("maxtime"))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    added = run_pipeline(options.pipeline, context, seconds=options.maxtime)
    rows = limited(added.rows, options.maxout or context.limits.join_rows, context)
    beside = None if added.fields is None else [name for name in added.fields if not name.startswith("_")]
    return Stream(_rows(options.override, stream.rows, rows), merged_fields(stream.fields, beside))


def _rows(override: bool, rows: Iterator[Row], added: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        extra = next(added, {})
        for name, value in extra.items():
            if not name.startswith("_") and (override or name not in row):
                row[name] = value
        yield row
    for extra in added:
        left = {name: value for name, value in extra.items() if not name.startswith("_")}
        if left:
            yield left


COMMAND = Command(
    name="appendcols",
    kind="dataset",
    syntax="appendcols (override=<bool>)? (maxout=<int>)? (maxtime=<int>)? [<subsearch>]",
    summary="Adds the fields of a subsearch's rows to the current rows, row by row.",
    parse=parse,
    run=run,
)
