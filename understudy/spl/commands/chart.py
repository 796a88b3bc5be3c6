"""chart: a table of statistics, one row per x value, one column per function or per series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from understudy.spl.bounds import FanOut
from understudy.spl.commands.bin import value_range
from understudy.spl.commands.binning import (
    BIN_OPTIONS,
    MAX_BINS,
    BinOptions,
    Bucket,
    bucket_ends,
    decimals_of,
    make_buckets,
    needs_range,
    number_label,
    read_bin_option,
)
from understudy.spl.commands.reader import Reader
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
from understudy.spl.statistics.aggregation import key_of, natural_key
from understudy.spl.statistics.calls import Call, parse_named_call
from understudy.spl.values import number_of, values_of


@dataclass(frozen=True)
class Options:
    """x: the row field. x_bins: its buckets; the split's own buckets are in split.bins."""

    calls: tuple[Call, ...]
    x: str | None
    x_bins: BinOptions
    split: SplitOptions


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    calls: list[Call] = []
    split = SplitOptions()
    x: str | None = None
    x_bins = BinOptions()
    expecting = 0
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(CHART_OPTIONS)) is not None:
            name, piece = option
            if name in BIN_OPTIONS and split.by is None:
                x_bins = read_bin_option(name, piece, x_bins)
            else:
                split = read_split_option(name, piece, split, reader)
        elif (word := reader.accept_word("over", "by")) is not None:
            if word.text.lower() == "over":
                if x is not None:
                    raise SplSyntaxError("Command 'chart' takes one OVER clause, before BY.", word.position)
                expecting = 1
                x = reader.field().text
            elif x is None:
                x = reader.field().text
                expecting = 2
            elif expecting == 1:
                split = replace(split, by=reader.field().text)
                expecting = 0
            else:
                raise SplSyntaxError("Command 'chart' takes one BY clause.", word.position)
        elif split.by is not None and reader.accept_word("where"):
            split = replace(split, choice=read_where(reader))
        elif expecting == 2 and split.by is None and not reader.done:
            split = replace(split, by=reader.field().text)
        elif x is None and not reader.done:
            calls.append(parse_named_call(reader))
        else:
            reader.finish()
    if not calls:
        raise SplSyntaxError("Command 'chart' needs at least one statistical function.", arguments.position)
    return Options(tuple(calls), x, x_bins, split)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Without a row field there is one row over everything."""
    rows = stream.rows
    x_range: tuple[float | None, float | None] = (None, None)
    split_range = x_range
    x_binned = options.x is not None and (options.x_bins.given or options.x == "_time")
    split_binned = options.split.by is not None and options.split.bins.given
    if x_binned and needs_range(str(options.x), options.x_bins, context):
        held = list(rows)
        x_range = value_range(held, str(options.x))
        rows = iter(held)
    if split_binned and needs_range(str(options.split.by), options.split.bins, context):
        held = list(rows)
        split_range = value_range(held, str(options.split.by))
        rows = iter(held)
    size = None
    x_bucket: Bucket | None = None
    split_bucket: Bucket | None = None
    if x_binned:
        x_bucket, size = make_buckets(str(options.x), options.x_bins, context, *x_range)
    if split_binned:
        split_bucket, _ = make_buckets(str(options.split.by), options.split.bins, context, *split_range)
    table = SeriesTable(options.calls, options.split, context)
    fan_out = FanOut("Rows would count for cells")
    for row in rows:
        series = split_values(row, options.split, split_bucket)
        xs = list(_x_values(row, options, x_bucket))
        fan_out.take(len(xs) * len(series or "1"))
        for x in xs:
            table.add(x, series, row)
    if options.x is None:
        plain, names = table.rows(list(table.xs.values()) or [""], "")
        return Stream(iter([{k: v for k, v in row.items() if k} for row in plain if len(row) > 1]), names[1:])
    order = sorted(table.xs.values(), key=lambda value: _bucket_key(value, binned=x_binned and size is None))
    if size is not None and options.split.cont:
        starts = [float(found) for x in order if (found := number_of(x)) is not None]
        order = [*fill(starts, size, context), *(x for x in order if number_of(x) is None)]
    elif x_binned and options.split.cont and (options.x_bins.span is None or options.x_bins.span.unit != "log"):
        order = continuous(order)
    result, names = table.rows(order, options.x)
    return Stream(iter(result), names)


def _bucket_key(value: Scalar, *, binned: bool) -> tuple[tuple[int, float, str], ...]:
    """Buckets of numbers are ordered by their lower bound."""
    if binned and isinstance(value, str):
        text = value[1:].split("-", 1)[0]
        return natural_key([value[:1] + text])
    return natural_key([value])


def continuous(order: Sequence[Scalar]) -> list[Scalar]:
    """Returns the buckets of numbers with the empty ones between them; what is no bucket stays at the end."""
    found = {label: ends for label in order if (ends := bucket_ends(label)) is not None}
    if len(found) < 2:
        return list(order)
    lows = [low for low, _ in found.values()]
    first, step = min(lows), next(high - low for low, high in found.values())
    if not 0 <= max(lows) - first < MAX_BINS * step:  # too many, or a span below the precision of such numbers
        return list(order)
    count = round((max(lows) - first) / step) + 1
    known = {round((low - first) / step): label for label, (low, _) in found.items()}
    decimals = decimals_of(step)
    made = [
        known.get(number, number_label(first + number * step, first + (number + 1) * step, decimals))
        for number in range(count)
    ]
    return [*made, *(label for label in order if label not in found)]


def _x_values(row: Row, options: Options, bucket: Bucket | None) -> Iterator[Scalar]:
    if options.x is None:
        yield ""
        return
    values = values_of(row.get(options.x))
    if options.split.distinct:
        values = list({key_of(value): value for value in values}.values())
    for value in values:
        found = value if bucket is None else bucket(value)
        if found is not None:
            yield found


def split_values(row: Row, split: SplitOptions, bucket: Bucket | None) -> list[str] | None:
    """Returns the series a row belongs to, or None where it lacks the split field or there is no split."""
    if split.by is None:
        return None
    values = values_of(row.get(split.by))
    if not values:
        return None
    found = [
        key_of(value if bucket is None else bucketed)
        for value in values
        if (bucketed := value if bucket is None else bucket(value)) is not None
    ]
    return list(dict.fromkeys(found)) if split.distinct else found


COMMAND = Command(
    name="chart",
    kind="transforming",
    syntax="chart [sep=<text>] [format=<text>] [cont=<bool>] [limit=[top|bottom]<int>] [agg=<function>] "
    "<function>(<field>) ... "
    "[OVER <field> [bin options] [BY <field> [split options] [where ...]] "
    "| BY <field> [bin options] [<field> [split options] [where ...]]] [dedup_splitvals=<bool>]",
    summary="Returns a table of statistics for charting, split by one or two fields.",
    parse=parse,
    run=run,
)
