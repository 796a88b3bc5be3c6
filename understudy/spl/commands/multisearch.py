"""multisearch: several streaming searches at once, merged by time."""

from __future__ import annotations

from itertools import chain

from understudy.spl.commands.nested import Pipeline, pipeline_of, run_pipeline
from understudy.spl.commands.union import merged_by_time
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> list[Pipeline]:
    for token in arguments.tokens:
        if token.kind != "subsearch":
            raise SplSyntaxError(f"'{token.raw}' is not expected in the arguments of 'multisearch'.", token.position)
    if len(arguments.tokens) < 2:
        raise SplSyntaxError("'multisearch' needs two or more subsearches.", arguments.position)
    return [pipeline_of(token) for token in arguments.tokens]


def run(pipelines: list[Pipeline], stream: Stream, context: Context) -> Stream:
    from understudy.spl import engine

    for number, pipeline in enumerate(pipelines, 1):
        if not engine.is_streaming(pipeline.text, pipeline.position, context):
            raise SplSyntaxError(
                f"'multisearch' takes purely streaming commands only; subsearch {number} has another.",
                pipeline.position,
            )
    parts = [run_pipeline(pipeline, context).rows for pipeline in pipelines]
    return Stream(merged_by_time(chain(*parts)))


COMMAND = Command(
    name="multisearch",
    kind="generating",
    syntax="multisearch [<subsearch>] [<subsearch>] ...",
    summary="Runs several streaming searches and merges their rows by time.",
    parse=parse,
    run=run,
)
