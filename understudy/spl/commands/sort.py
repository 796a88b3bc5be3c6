"""sort: rows in the order of fields; 10,000 rows unless a number is given, 0 for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, integer
from understudy.spl.commands.sorting import Key, read_keys, sorted_rows
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Message, Row, Stream
from understudy.spl.registry import Command

_REVERSED = re.compile(r"[^\s,+\-]\s+(?:d|desc)\s*\Z", re.IGNORECASE)
"""A last bare word d or desc, which no comma or sign makes a field."""


@dataclass(frozen=True)
class Options:
    """limit None: the default limit of the search."""

    keys: tuple[Key, ...]
    limit: int | None
    reverse: bool


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    limit: int | None = None
    first = reader.peek()
    if first is not None and first.kind == "word" and first.text.isdigit():
        limit = integer(reader.next(), "limit", least=0)
    keys: list[Key] = []
    while not reader.done:
        if (option := reader.option(frozenset({"limit"}))) is not None:
            limit = integer(option[1], "limit", least=0)
        else:
            more = read_keys(reader)
            if not more:
                reader.finish()
            keys += more
    reverse = len(keys) > 1 and _REVERSED.search(arguments.text) is not None
    if reverse:
        keys.pop()
    if not keys:
        raise SplSyntaxError("Command 'sort' needs a list of fields.", arguments.position)
    return Options(tuple(keys), limit, reverse)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """A last word d or desc reverses the result."""
    return Stream(_rows(options, stream, context), stream.fields)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    keys = list(options.keys)
    if options.reverse:
        keys = [Key(key.field, not key.descending, key.kind) for key in keys]
    rows = sorted_rows(list(stream.rows), keys)
    limit = context.limits.sort_rows if options.limit is None else options.limit
    if options.limit is None and len(rows) > limit:
        context.messages.append(
            Message("WARN", f"sort kept the first {limit} of {len(rows)} rows; write sort 0 to keep all.")
        )
    yield from rows[:limit] if limit else rows


COMMAND = Command(
    name="sort",
    kind="dataset",
    syntax="sort [<int>] [limit=<int>] [+|-]<field or num(), str(), ip(), auto()> ... [desc]",
    summary="Sorts the rows; keeps 10,000 unless a number is given, 0 keeps all.",
    parse=parse,
    run=run,
)
