"""makecontinuous: rows for the buckets of a field that have none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.bin import value_range
from understudy.spl.commands.binning import (
    BIN_OPTIONS,
    DEFAULT_BINS,
    BinOptions,
    align_of,
    choose_number_span,
    is_time,
    make_buckets,
    outside,
    read_bin_option,
)
from understudy.spl.commands.reader import Reader
from understudy.spl.commands.timeline import MAX_BUCKETS, fill
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import normalize_number, number_of

TOO_MANY = f"The span makes more than {MAX_BUCKETS} buckets; choose a longer span."


@dataclass(frozen=True)
class Options:
    field: str
    bins: BinOptions


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    field: str | None = None
    bins = BinOptions()
    while not reader.done:
        if (option := reader.option(BIN_OPTIONS)) is not None:
            bins = read_bin_option(*option, bins)
        elif field is None:
            field = reader.field().text
        else:
            reader.finish()
    if bins.span is not None and bins.span.unit == "log":
        raise reader.unsupported("span=log", arguments.position)
    return Options(field or "_time", bins)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows come out in ascending order of the field; rows without a number there are left out."""
    rows = list(stream.rows)
    return Stream(_rows(options, rows, context), stream.fields)


def _rows(options: Options, rows: list[Row], context: Context) -> Iterator[Row]:
    low, high = value_range(rows, options.field)
    if low is None or high is None:
        return
    found: dict[float, list[Row]] = {}
    if is_time(options.field, options.bins):
        bucket, size = make_buckets(options.field, options.bins, context, low, high)
        assert size is not None
        for row in rows:
            stamp = number_of(row.get(options.field))
            if stamp is not None:
                found.setdefault(float(number_of(bucket(stamp)) or 0), []).append(row)
        starts: list[float] = list(fill(list(found), size, context, align=align_of(options.bins, context)))
    else:
        begin = options.bins.start if options.bins.start is not None else low
        end = options.bins.end if options.bins.end is not None else high
        closed = options.bins.end is None
        chosen = choose_number_span(begin, end, options.bins.bins or DEFAULT_BINS, closed=closed)
        width = options.bins.span.count if options.bins.span else chosen
        if options.bins.minspan is not None and options.bins.span is None:
            width = max(width, options.bins.minspan.count)
        if not all(math.isfinite(bound / width) for bound in (low, high, begin, end)):
            raise RuntimeSplError(TOO_MANY)
        for row in rows:
            value = number_of(row.get(options.field))
            if value is not None and not outside(value, options.bins):
                found.setdefault(round(math.floor(value / width) * width, 9), []).append(row)
        first, last = math.floor(begin / width), math.floor(end / width)
        if not closed and last * width == end and round(last * width, 9) not in found:
            last -= 1
        if last - first > MAX_BUCKETS:
            raise RuntimeSplError(TOO_MANY)
        starts = [round(index * width, 9) for index in range(first, last + 1)]
    for start in starts:
        stamp_value = normalize_number(start)
        assert stamp_value is not None
        for row in found.get(start, [{}]):
            yield {**row, options.field: stamp_value}


COMMAND = Command(
    name="makecontinuous",
    kind="dataset",
    syntax="makecontinuous [<field>] [bins=<int>] [span=<span>] [start=<number>] [end=<number>] [minspan=<span>] "
    "[aligntime=<time>]",
    summary="Adds rows so that a field's buckets have no gaps.",
    parse=parse,
    run=run,
)
