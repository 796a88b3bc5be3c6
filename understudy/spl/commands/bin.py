"""bin: numbers or times put into buckets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.binning import (
    BIN_OPTIONS,
    BinOptions,
    Bucket,
    make_buckets,
    needs_range,
    read_bin_option,
)
from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import collapse, number_of, values_of


@dataclass(frozen=True)
class Options:
    field: str
    name: str
    bins: BinOptions


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    bins = BinOptions()
    field = name = None
    while not reader.done:
        if (option := reader.option(BIN_OPTIONS)) is not None:
            bins = read_bin_option(*option, bins)
        elif field is None:
            field = reader.field().text
        elif name is None and reader.accept_word("as"):
            name = reader.field("a new name").text
        else:
            reader.finish()
    if field is None:
        raise SplSyntaxError("Command 'bin' needs a field.", arguments.position)
    return Options(field, name or field, bins)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows pass one by one where the size of the buckets is known; else all are read first."""
    rows = stream.rows
    low = high = None
    if needs_range(options.field, options.bins, context):
        held = list(rows)
        low, high = value_range(held, options.field)
        rows = iter(held)
    bucket, _ = make_buckets(options.field, options.bins, context, low, high)
    return Stream(_rows(options, rows, bucket), with_columns(stream, [options.name]))


def value_range(rows: list[Row], field: str) -> tuple[float | None, float | None]:
    """Returns the smallest and the largest number of a field."""
    numbers = [found for row in rows for value in values_of(row.get(field)) if (found := number_of(value)) is not None]
    return (min(numbers), max(numbers)) if numbers else (None, None)


def _rows(options: Options, rows: Iterator[Row], bucket: Bucket) -> Iterator[Row]:
    for row in rows:
        value = row.get(options.field)
        if value is None:
            yield row
            continue
        found = collapse([bucket(single) for single in values_of(value)])
        yield row if found is None else {**row, options.name: found}


COMMAND = Command(
    name="bin",
    kind="streaming",
    syntax="bin [bins=<int>] [span=<span>] [minspan=<span>] [start=<number>] [end=<number>] [aligntime=<time>] "
    "<field> [AS <name>]",
    summary="Puts numbers or times into buckets.",
    parse=parse,
    run=run,
    aliases=("bucket", "discretize"),
)
