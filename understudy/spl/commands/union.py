"""union: the rows of several datasets one after the other, or merged by time where all of them are events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from understudy.spl.commands.nested import SUBSEARCH_OPTIONS, Pipeline, pipeline_of, run_pipeline
from understudy.spl.errors import MissingError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command
from understudy.spl.subsearch import limited
from understudy.spl.values import number_of


@dataclass(frozen=True)
class Saved:
    name: str
    position: int


@dataclass(frozen=True)
class Options:
    datasets: tuple[Pipeline | Saved, ...]
    maxout: int | None


def parse(arguments: Arguments) -> Options:
    options, rest = read_options(arguments, SUBSEARCH_OPTIONS)
    datasets: list[Pipeline | Saved] = []
    index = 0
    while index < len(rest):
        token = rest[index]
        index += 1
        if token.kind == "subsearch":
            datasets.append(pipeline_of(token))
        elif token.kind == "word" and token.text.lower().startswith("savedsearch:"):
            name = token.text.split(":", 1)[1]
            if not name and index < len(rest) and rest[index].kind == "string":
                name = rest[index].text
                index += 1
            datasets.append(Saved(name, token.position))
        elif token.kind == "word" and ":" in token.text:
            raise UnsupportedError(f"'union' with '{token.text}' is not supported; use a subsearch.", token.position)
        elif token.text != ",":
            raise SplSyntaxError(f"'{token.raw}' is not expected in the arguments of 'union'.", token.position)
    if not datasets:
        raise SplSyntaxError("'union' needs a dataset, such as a subsearch between brackets.", arguments.position)
    return Options(tuple(datasets), options.get("maxout"))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    from understudy.spl import engine

    limit = options.maxout or context.limits.join_rows
    parts: list[Iterator[Row]] = []
    streaming = stream.first
    for dataset in options.datasets:
        if isinstance(dataset, Pipeline):
            streaming = streaming and engine.is_streaming(dataset.text, dataset.position, context)
            parts.append(limited(run_pipeline(dataset, context).rows, limit, context))
            continue
        saved = context.knowledge.saved_search(dataset.name)
        if saved is None:
            raise MissingError(f"saved search '{dataset.name}' not found", dataset.position)
        streaming = False
        parts.append(limited(engine.run_text(saved.search, dataset.position, context).rows, limit, context))
    rows = chain(stream.rows, *parts)
    return Stream(merged_by_time(rows) if streaming else rows)


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
