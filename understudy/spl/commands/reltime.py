"""reltime: how long ago a time was, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Reader
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import number_of

_UNITS = (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


@dataclass(frozen=True)
class Options:
    """(field of the time, field written)."""

    pairs: tuple[tuple[str, str], ...]


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    given = {"timefield": "_time", "prefix": "reltime_"}
    while not reader.done:
        option = reader.option(frozenset(given))
        if option is None:
            reader.finish()
        else:
            given[option[0]] = option[1].text
    fields = [name for name in given["timefield"].replace(",", " ").split() if name]
    if len(fields) == 1:
        return Options(((fields[0], "reltime"),))
    return Options(tuple((name, given["prefix"] + name) for name in fields))


def in_words(seconds: float) -> str:
    """Returns `5 days ago`, `1 minute ago`, `now`; for the future `in 5 days`."""
    size = abs(seconds)
    for name, length in _UNITS:
        count = int(size // length)
        if count:
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "now"


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream, context), with_columns(stream, [name for _, name in options.pairs]))


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    for row in stream.rows:
        out = dict(row)
        for source, target in options.pairs:
            stamp = number_of(row.get(source))
            if stamp is not None:
                out[target] = in_words(context.now - stamp)
        yield out


COMMAND = Command(
    name="reltime",
    kind="streaming",
    syntax='reltime [timefield="<field>[,<field> ...]"] [prefix=<text>]',
    summary="Adds how long ago a time was, in words.",
    parse=parse,
    run=run,
)
