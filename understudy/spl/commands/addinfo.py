"""addinfo: the facts of the search in each row."""

from __future__ import annotations

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Reader
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.functions import tidy


def parse(arguments: Arguments) -> None:
    Reader.of(arguments).finish()


def search_facts(context: Context) -> Row:
    """Returns bounds (0 and +Infinity where there are none), id and start of the search.

    A search without a job has the id that a job of its moment would begin with.
    """
    return {
        "info_min_time": 0 if context.earliest is None else tidy(context.earliest),
        "info_max_time": "+Infinity" if context.latest is None else tidy(context.latest),
        "info_sid": context.sid or f"{context.now:.3f}",
        "info_search_time": tidy(context.now),
    }


def run(options: None, stream: Stream, context: Context) -> Stream:
    facts = search_facts(context)
    return Stream(({**row, **facts} for row in stream.rows), with_columns(stream, facts))


COMMAND = Command(
    name="addinfo",
    kind="streaming",
    syntax="addinfo",
    summary="Adds the time bounds, the id and the start time of the search to each row.",
    parse=parse,
    run=run,
)
