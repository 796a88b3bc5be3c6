"""append: the rows of a subsearch behind the current ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

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
    maxout: int | None
    maxtime: int | None


def parse(arguments: Arguments) -> Options:
    options, rest = read_subsearch_options(arguments)
    return Options(only_pipeline(rest, arguments), options.get("maxout"), options.get("maxtime"))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    added = run_pipeline(options.pipeline, context, seconds=options.maxtime)
    limit = options.maxout or context.limits.join_rows
    rows: Iterator[Row] = chain(stream.rows, limited(added.rows, limit, context))
    fields = added.fields if stream.first else merged_fields(stream.fields, added.fields)
    return Stream(rows, fields)


COMMAND = Command(
    name="append",
    kind="dataset",
    syntax="append (maxout=<int>)? (maxtime=<int>)? (extendtimerange=<bool>)? [<subsearch>]",
    summary="Puts the rows of a subsearch behind the current rows.",
    parse=parse,
    run=run,
)
