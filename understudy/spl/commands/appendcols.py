"""appendcols: the fields of a subsearch's rows beside the current rows, first to first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.nested import (
    SUBSEARCH_OPTIONS,
    Pipeline,
    limited_rows,
    only_pipeline,
)
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command


@dataclass(frozen=True)
class Options:
    pipeline: Pipeline
    override: bool
    maxout: int | None


def parse(arguments: Arguments) -> Options:
    options, rest = read_options(arguments, {**SUBSEARCH_OPTIONS, "override": "bool"})
    return Options(only_pipeline(rest, arguments), options.get("override", False), options.get("maxout"))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    added = limited_rows(options.pipeline, context, options.maxout or context.limits.join_rows)
    return Stream(_rows(options.override, stream.rows, added))


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
