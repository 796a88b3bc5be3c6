"""timechart: statistics over time, one row per bucket of time, one column per function or per series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from understudy.spl.bounds import FanOut
from understudy.spl.commands.bin import value_range
from understudy.spl.commands.binning import (
    BIN_OPTIONS,
    BinOptions,
    Bucket,
    align_of,
    make_buckets,
    needs_range,
    read_bin_option,
)
from understudy.spl.commands.chart import split_values
from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.commands.series import (
    CHART_OPTIONS,
    SeriesTable,
    SplitOptions,
    read_split_option,
    read_where,
)
from understudy.spl.commands.timeline import fill
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.calls import Call, parse_named_call
from understudy.spl.statistics.functions import PER_SECONDS, tidy
from understudy.spl.times import Span
from understudy.spl.values import number_of

_OPTIONS = CHART_OPTIONS | {"partial", "fixedrange"}


@dataclass(frozen=True)
class Options:
    calls: tuple[Call, ...]
    bins: BinOptions
    split: SplitOptions
    partial: bool
    fixedrange: bool


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    calls: list[Call] = []
    split = SplitOptions()
    bins = BinOptions()
    flags = {"partial": True, "fixedrange": True}
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name in flags:
                flags[name] = boolean(piece, name)
            elif name in BIN_OPTIONS:
                # After BY, a span is still the time span in practice; other bin options there cut the split field, and
                # so does a log span.
                # A second span is the split field's as well.
                of_time = name in {"span", "minspan", "aligntime"} and "log" not in piece.text.lower()
                of_time = of_time and (name != "span" or bins.span is None)
                if split.by is not None and not of_time:
                    split = read_split_option(name, piece, split, reader)
                else:
                    bins = read_bin_option(name, piece, bins)
            else:
                split = read_split_option(name, piece, split, reader)
        elif (word := reader.accept_word("by")) is not None:
            if split.by is not None or not calls:
                raise SplSyntaxError("Command 'timechart' takes one BY field, after its functions.", word.position)
            split = replace(split, by=reader.field().text)
        elif split.by is not None and reader.accept_word("where"):
            split = replace(split, choice=read_where(reader))
        elif split.by is None and not reader.done:
            calls.append(parse_named_call(reader))
        else:
            reader.finish()
    if not calls:
        raise SplSyntaxError("Command 'timechart' needs at least one statistical function.", arguments.position)
    if bins.start is not None or bins.end is not None:
        raise reader.unsupported("start or end", arguments.position)
    return Options(tuple(calls), bins, split, flags["partial"], flags["fixedrange"])


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows without _time are left out."""
    rows = stream.rows
    low = high = None
    split_range: tuple[float | None, float | None] = (None, None)
    split_binned = options.split.by is not None and options.split.bins.given
    needs_split_range = split_binned and needs_range(str(options.split.by), options.split.bins, context)
    if needs_range("_time", options.bins, context) or needs_split_range:
        held = list(rows)
        low, high = value_range(held, "_time")
        if needs_split_range:
            split_range = value_range(held, str(options.split.by))
        rows = iter(held)
    bucket, size = make_buckets("_time", options.bins, context, low, high)
    assert size is not None
    split_bucket: Bucket | None = None
    if split_binned:
        split_bucket, _ = make_buckets(str(options.split.by), options.split.bins, context, *split_range)
    rates = {call.name: PER_SECONDS[call.function.name] for call in options.calls if call.function.name in PER_SECONDS}

    def per_unit(row: Row, x: Scalar) -> Row:
        start = float(number_of(x) or 0)
        length = size.next(start, context.zone) - start
        for name, unit in rates.items():
            total = number_of(row.get(name))
            if total is not None:
                row[name] = tidy(total * unit / length)
        return row

    table = SeriesTable(options.calls, options.split, context, per_unit if rates else None)
    extent: list[float] = []
    fan_out = FanOut("Rows would count for cells")
    for row in rows:
        stamp = number_of(row.get("_time"))
        if stamp is None:
            continue
        start = bucket(stamp)
        if start is None:
            continue
        extent = [min(extent[0], stamp), max(extent[1], stamp)] if extent else [stamp, stamp]
        series = split_values(row, options.split, split_bucket)
        fan_out.take(len(series or ""))
        table.add(start, series, row)
    order = list(_order(options, table, size, context))
    if not options.partial:
        order = _whole(order, size, context, extent)
    result, names = table.rows(order, "_time")
    return Stream(iter(result), names)


def _order(options: Options, table: SeriesTable, size: Span, context: Context) -> Iterator[Scalar]:
    starts = [float(number_of(x) or 0) for x in table.xs.values()]
    if not options.split.cont:
        yield from (int(start) if start.is_integer() else start for start in sorted(starts))
        return
    bounded = (
        options.fixedrange and context.earliest is not None and context.latest is not None and context.earliest > 0
    )
    yield from fill(
        starts,
        size,
        context,
        earliest=context.earliest if bounded else None,
        latest=context.latest if bounded else None,
        align=align_of(options.bins, context),
    )


def _whole(order: list[Scalar], size: Span, context: Context, extent: list[float]) -> list[Scalar]:
    """Returns the buckets without a first and a last one that the range, or else the rows, do not fill."""
    if not order or not extent:
        return order
    earliest = context.earliest if context.earliest is not None else extent[0]
    latest = context.latest if context.latest is not None else extent[1]
    first, last = float(number_of(order[0]) or 0), float(number_of(order[-1]) or 0)
    kept = order
    if size.next(last, context.zone) > latest:
        kept = kept[:-1]
    if first < earliest:
        kept = kept[1:]
    return kept


COMMAND = Command(
    name="timechart",
    kind="transforming",
    syntax="timechart [span=<span> | bins=<int>] [minspan=<span>] [aligntime=<time>] [cont=<bool>] [partial=<bool>] "
    "[fixedrange=<bool>] [limit=[top|bottom]<int>] [agg=<function>] [sep=<text>] [format=<text>] "
    "<function>(<field>) ... [BY <field> [usenull=<bool>] [useother=<bool>] [nullstr=<text>] [otherstr=<text>] "
    "[where ...]] [dedup_splitvals=<bool>]",
    summary="Returns statistics for each bucket of time, split by one field if wanted.",
    parse=parse,
    run=run,
)
