"""xyseries: rows of (x, series, value) as a table with one column for each series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream, Value
from understudy.spl.registry import Command
from understudy.spl.statistics.aggregation import natural_key
from understudy.spl.values import text_of, values_of

_OPTIONS = frozenset({"grouped", "sep", "format"})


@dataclass(frozen=True)
class Options:
    x: str
    series: str
    data: tuple[str, ...]
    grouped: bool
    sep: str
    format: str | None

    def column(self, data: str, series: str) -> str:
        if self.format is not None:
            return self.format.replace("$AGG$", data).replace("$VAL$", series)
        return series if len(self.data) == 1 else f"{data}{self.sep}{series}"


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    grouped, sep, form = False, ": ", None
    names: list[str] = []
    while not reader.done:
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name == "grouped":
                grouped = boolean(piece, name)
            elif name == "sep":
                sep = piece.text
            else:
                form = piece.text
        else:
            names += reader.fields() or [reader.field().text]
    if len(names) < 3:
        raise SplSyntaxError(
            "Command 'xyseries' needs a row field, a column field and a value field.", arguments.position
        )
    return Options(names[0], names[1], tuple(names[2:]), grouped, sep, form)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows come out in the order of x (numbers by size, then text); with grouped=true in the order they came in."""
    columns: dict[str, dict[str, None]] = {name: {} for name in options.data}
    table: dict[str, Row] = {}
    order: list[tuple[Value, Row]] = []
    last: str | None = None
    for row in stream.rows:
        x, series = row.get(options.x), row.get(options.series)
        if x is None or series is None:
            continue
        key = text_of(x)
        if key not in table or (options.grouped and key != last):
            table[key] = {options.x: x}
            order.append((x, table[key]))
        last = key
        out = table[key]
        for single in values_of(series):
            for name in options.data:
                column = options.column(name, text_of(single))
                columns[name].setdefault(column)
                if name in row:
                    out[column] = row[name]
    if not options.grouped:
        order.sort(key=lambda item: natural_key(values_of(item[0])))
    names = [options.x, *(column for name in options.data for column in sorted(columns[name]))]
    return Stream(_rows([row for _, row in order], names), list(dict.fromkeys(names)))


def _rows(rows: list[Row], names: list[str]) -> Iterator[Row]:
    place = {name: number for number, name in enumerate(names)}
    for row in rows:
        yield {name: row[name] for name in sorted(row, key=place.__getitem__)}


COMMAND = Command(
    name="xyseries",
    kind="transforming",
    syntax="xyseries [grouped=<bool>] <row field> <column field> <value field> ... [sep=<text>] [format=<text>]",
    summary="Turns rows into a table: one row per x, one column per series.",
    parse=parse,
    run=run,
    aliases=("maketable",),
)
