"""union: the rows of several datasets one after the other, or merged by time where all of them are events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from understudy.spl.commands.nested import (
    Pipeline,
    dataset_of,
    pipeline_of,
    read_subsearch_options,
    run_pipeline,
)
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.subsearch import limited
from understudy.spl.values import number_of


@dataclass(frozen=True)
class Options:
    """maxtime in seconds; None: the default."""

    datasets: tuple[Pipeline, ...]
    maxout: int | None
    maxtime: int | None


def parse(arguments: Arguments) -> Options:
    options, rest = read_subsearch_options(arguments)
    datasets: list[Pipeline] = []
    index = 0
    while index < len(rest):
        token = rest[index]
        index += 1
        if token.kind == "subsearch":
            datasets.append(pipeline_of(token))
            continue
        if token.kind == "punct" and token.text == ",":
            continue
        text = token.text
        if text.endswith(":") and index < len(rest) and rest[index].kind == "string":
            text += rest[index].text
            index += 1
        named = dataset_of(text, token.position, "union") if token.kind == "word" else None
        if named is None:
            raise SplSyntaxError(f"'{token.raw}' is not expected in the arguments of 'union'.", token.position)
        datasets.append(named)
    if not datasets:
        raise SplSyntaxError("'union' needs a dataset, such as a subsearch between brackets.", arguments.position)
    return Options(tuple(datasets), options.get("maxout"), options.get("maxtime"))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Streaming datasets are merged by time, whole; from the first other one on each is appended, up to maxout rows.

    What comes in counts as streaming while no command has fixed its columns. A leading dataset is never cut.
    """
    from understudy.spl import engine

    limit = min(options.maxout or context.limits.join_rows, context.limits.join_rows)
    merged: list[Iterator[Row]] = [stream.rows]
    parts: list[Iterator[Row]] = []
    streaming = stream.first or stream.fields is None
    for number, dataset in enumerate(options.datasets):
        streaming = streaming and engine.is_streaming(dataset.text, dataset.position, context)
        if streaming:
            merged.append(run_pipeline(dataset, context, seconds=0).rows)
        elif stream.first and number == 0:
            parts.append(run_pipeline(dataset, context, seconds=0).rows)
        else:
            rows = run_pipeline(dataset, context, seconds=options.maxtime).rows
            parts.append(limited(rows, limit, context))
    events = merged_by_time(chain(*merged)) if len(merged) > 1 else stream.rows
    return Stream(chain(events, *parts))


def merged_by_time(rows: Iterator[Row]) -> Iterator[Row]:
    """Yields rows newest first, in their order where times are equal; as they are when any row has no time."""
    collected = list(rows)
    times = [number_of(row.get("_time")) for row in collected]
    if None not in times:
        order = sorted(range(len(collected)), key=lambda number: -(times[number] or 0))
        collected = [collected[number] for number in order]
    yield from collected


COMMAND = Command(
    name="union",
    kind="generating",
    syntax="union (maxout=<int>)? (maxtime=<int>)? (timeout=<int>)? (<dataset>)+",
    summary="Merges the rows of several datasets.",
    parse=parse,
    run=run,
)
