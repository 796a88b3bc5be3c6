"""dedup: the first N rows of each combination of field values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.commands.sorting import Key, read_keys, sorted_rows
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of

_FLAGS = frozenset({"keepevents", "keepempty", "consecutive"})


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...]
    count: int
    keepevents: bool
    keepempty: bool
    consecutive: bool
    sortby: tuple[Key, ...]


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    count = 1
    first = reader.peek()
    if first is not None and first.kind == "word" and first.text.lstrip("-").isdigit():
        count = integer(reader.next(), "number of rows", least=1)
    flags = dict.fromkeys(_FLAGS, False)
    names: list[str] = []
    keys: list[Key] = []
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(_FLAGS)) is not None:
            flags[option[0]] = boolean(option[1], option[0])
        elif (word := reader.accept_word("sortby")) is not None:
            keys = read_keys(reader)
            if not keys:
                raise SplSyntaxError("SORTBY needs a list of fields.", word.position)
        elif not reader.done:
            names += reader.fields("sortby") or [reader.field().text]
    if not names:
        raise SplSyntaxError("Command 'dedup' needs a list of fields.", arguments.position)
    return Options(tuple(names), count, flags["keepevents"], flags["keepempty"], flags["consecutive"], tuple(keys))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), stream.fields)


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    """keepevents keeps each row and takes the fields off the surplus ones."""
    rows = iter(sorted_rows(list(stream.rows), list(options.sortby))) if options.sortby else stream.rows
    seen: dict[tuple[str, ...], int] = {}
    names = options.names
    for row in rows:
        try:
            key = tuple([text_of(row[name]) for name in names])
        except KeyError:
            if options.keepempty or options.keepevents:
                yield row
            continue
        if options.consecutive and key not in seen:
            seen.clear()
        count = seen[key] = seen.get(key, 0) + 1
        if count <= options.count:
            yield row
        elif options.keepevents:
            yield {name: value for name, value in row.items() if name not in names}


COMMAND = Command(
    name="dedup",
    kind="streaming",
    syntax="dedup [<int>] <field> ... [keepevents=<bool>] [keepempty=<bool>] [consecutive=<bool>] "
    "[sortby <sort fields>]",
    summary="Keeps the first rows, one unless a number is given, of each combination of values.",
    parse=parse,
    run=run,
)
