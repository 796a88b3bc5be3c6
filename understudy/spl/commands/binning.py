"""Buckets of numbers and of times: the options of bin, and which bucket a value falls into.

A bucket of numbers is the text low-high; a bucket of time is its start in epoch seconds. A span with a unit makes time
buckets on local clock boundaries. Without a span the smallest sensible size is taken that makes no more than `bins`
buckets (100 unless told): for time one of TIME_STEPS, for numbers a power of ten. start and end without `bins` take the
one below the width of the range. They widen the range that is cut up, never narrow it, and mean nothing beside a span.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from understudy.spl.commands.reader import Piece, integer, number, span
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.model import Context, Scalar
from understudy.spl.times import Span, TimeSyntaxError, parse_modifier
from understudy.spl.values import normalize_number, number_of, text_of

BIN_OPTIONS = frozenset({"bins", "span", "minspan", "start", "end", "aligntime"})
DEFAULT_BINS = 100
MAX_BINS = 50_000
"""limits.conf [discretize] maxbins."""

TIME_STEPS = (
    *(Span(size, "s") for size in (1, 5, 10, 30)),
    *(Span(size, "m") for size in (1, 5, 10, 30)),
    Span(1, "h"),
    Span(1, "d"),
    Span(1, "mon"),
)
_MONTH_SECONDS = 30 * 86400
Bucket = Callable[[Scalar], Scalar | None]


@dataclass(frozen=True)
class BinOptions:
    """aligntime is the text given; its meaning depends on the search's range."""

    bins: int | None = None
    span: Span | None = None
    minspan: Span | None = None
    start: float | None = None
    end: float | None = None
    aligntime: Piece | None = None

    @property
    def given(self) -> bool:
        return self != BinOptions()


def read_bin_option(name: str, piece: Piece, options: BinOptions) -> BinOptions:
    """Returns the options with one more; raises SplSyntaxError on a value that makes no sense."""
    values = dict(vars(options))
    if name == "bins":
        values["bins"] = integer(piece, name, least=2)
        if values["bins"] > MAX_BINS:
            raise SplSyntaxError(f"Option 'bins' must be {MAX_BINS} or less.", piece.position)
    elif name in {"span", "minspan"}:
        values[name] = span(piece, name)
        if name == "span" and values[name].unit == "log":
            _check_log(values[name], piece)
    elif name in {"start", "end"}:
        values[name] = number(piece, name)
    else:
        values[name] = piece
    return BinOptions(**values)


def _check_log(size: Span, piece: Piece) -> None:
    if size.base <= 1 or not 1 <= size.count < size.base:
        raise SplSyntaxError(
            "A log span needs a base above 1 and a coefficient from 1 to below the base.", piece.position
        )


def seconds_of(size: Span) -> float:
    """Returns the length used to compare spans: 30 days a month."""
    fixed = size.seconds
    if fixed is not None:
        return fixed
    return size.count * {"mon": 1, "q": 3, "y": 12}.get(size.unit, 1) * _MONTH_SECONDS


def choose_time_span(width: float, bins: int, least: Span | None) -> Span:
    """Returns the smallest time step that covers width seconds in no more than bins buckets, and is not below least."""
    floor = 0.0 if least is None else seconds_of(least)
    for step in TIME_STEPS:
        size = seconds_of(step)
        if size >= floor and width / size <= bins:
            return step
    return TIME_STEPS[-1]


_WIDEST_EXPONENT = 308
WIDEST = 10.0**_WIDEST_EXPONENT
"""The largest power of ten that a number can be."""
_NARROWEST = 1e-290
"""Below it a size would lose its digits, and a number divided by it would be infinite."""


def magnitude(width: float) -> float:
    """Returns the size of buckets of a range of which only start or end is given: the power of ten below its width."""
    if width <= 0:
        return 1
    if not math.isfinite(width):
        return WIDEST
    exponent = math.log10(width)
    return 10.0 ** (math.floor(exponent) - (1 if exponent.is_integer() else 0))


def choose_number_span(low: float, high: float, bins: int, *, closed: bool = True) -> float:
    """Returns the smallest power of ten that cuts low..high into no more than bins buckets.

    closed: high itself needs a bucket (it is a value); otherwise it is only the end of the range.
    """
    width = high - low
    if width <= 0:
        return 1
    if not math.isfinite(width):
        return WIDEST
    exponent = math.floor(math.log10(max(width / bins, _NARROWEST))) - 1
    while exponent < _WIDEST_EXPONENT:
        size = 10.0**exponent
        last = math.floor(round(high / size, 9)) + 1 if closed else math.ceil(round(high / size, 9))
        if last - math.floor(round(low / size, 9)) <= bins:
            return normalize_number(size) or size
        exponent += 1
    return WIDEST


def aligned_floor(epoch: float, size: Span, zone: tzinfo, align: float | None) -> float:
    """Returns the start of the time bucket. align shifts buckets; spans of days and longer ignore it."""
    seconds = size.seconds
    if align is None or seconds is None or size.unit in {"d", "w"}:
        return size.floor(epoch, zone)
    start = math.floor((epoch - align) / seconds) * seconds + align
    return normalize_number(start) or start


def align_of(options: BinOptions, context: Context) -> float | None:
    piece = options.aligntime
    if piece is None:
        return None
    word = piece.text.lower()
    if word in {"earliest", "latest"}:
        bound = context.earliest if word == "earliest" else context.latest
        return bound
    try:
        return parse_modifier(piece.text, context.now, context.zone)
    except TimeSyntaxError as error:
        raise SplSyntaxError(f"Option 'aligntime': {error}", piece.position) from error


def decimals_of(size: float) -> int:
    text = text_of(float(size))
    return len(text.partition(".")[2]) if "." in text else 0


BUCKET = re.compile(r"(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)\Z")


def bucket_ends(label: Scalar) -> tuple[float, float] | None:
    """Returns the ends of a bucket of numbers from its text; None for anything else."""
    found = BUCKET.match(label) if isinstance(label, str) else None
    return None if found is None else (float(found[1]), float(found[2]))


def number_label(low: float, high: float, decimals: int) -> str:
    return f"{_number_text(low, decimals)}-{_number_text(high, decimals)}"


def _number_text(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    return text_of(rounded if rounded else 0.0)


def number_buckets(size: float) -> Bucket:
    """Returns the function from a number to its bucket's text. Text that is no number has no bucket and stays."""
    decimals = decimals_of(size)

    def bucket(value: Scalar) -> Scalar | None:
        found = number_of(value)
        if found is None:
            return value
        if not math.isfinite((found / size + 1) * size):  # beyond the largest number there is no bucket
            return value
        index = math.floor(round(found / size, 9))
        return number_label(index * size, (index + 1) * size, decimals)

    return bucket


def log_buckets(size: Span) -> Bucket:
    """Returns the function from a positive number to its bucket coefficient*base^n; others stay as they are."""

    def bucket(value: Scalar) -> Scalar | None:
        found = number_of(value)
        if found is None:
            return value
        ratio = found / size.count
        if ratio <= 0:  # also the quotient of the smallest numbers there are
            return value
        index = math.floor(round(math.log(ratio, size.base), 9))
        try:
            low, high = size.count * size.base**index, size.count * size.base ** (index + 1)
        except OverflowError:  # the bucket ends beyond the largest number
            return value
        return f"{text_of(float(f'{low:.10g}'))}-{text_of(float(f'{high:.10g}'))}"

    return bucket


def outside(value: float, options: BinOptions) -> bool:
    """Whether a value lies beyond start..end, where a command leaves such values out (makecontinuous)."""
    return (options.start is not None and value < options.start) or (options.end is not None and value > options.end)


def time_buckets(size: Span, context: Context, options: BinOptions) -> Bucket:
    align = align_of(options, context)
    cache: dict[float, float] = {}

    def bucket(value: Scalar) -> Scalar | None:
        found = number_of(value)
        if found is None:
            return value
        start = cache.get(found)
        if start is None:
            if len(cache) > 100_000:
                cache.clear()
            try:
                start = cache[found] = aligned_floor(found, size, context.zone, align)
            except (OverflowError, ValueError, OSError) as error:
                raise RuntimeSplError("A time is out of range.") from error
        return start

    return bucket


def is_time(field: str, options: BinOptions) -> bool:
    """True when the buckets are of time: _time, or a span with a unit."""
    return field == "_time" or (options.span is not None and options.span.unit not in {"", "log"})


def needs_range(field: str, options: BinOptions, context: Context) -> bool:
    """True when the size of the buckets depends on the values."""
    if options.span is not None:
        return False
    return not is_time(field, options) or context.earliest is None or context.latest is None


def make_buckets(
    field: str, options: BinOptions, context: Context, low: float | None, high: float | None
) -> tuple[Bucket, Span | None]:
    """Returns the bucket function and, for time, the span. low, high: the range of the values, if it was needed."""
    if is_time(field, options):
        size = options.span
        if size is not None and size.unit == "log":
            raise RuntimeSplError("A log span is for numbers, not for _time.")
        if size is None:
            begin = context.earliest if context.earliest is not None and context.latest is not None else low
            end = context.latest if context.earliest is not None and context.latest is not None else high
            width = 0.0 if begin is None or end is None else end - begin
            size = choose_time_span(width, options.bins or DEFAULT_BINS, options.minspan)
        return time_buckets(size, context, options), size
    if options.span is not None:
        if options.span.unit == "log":
            return log_buckets(options.span), None
        return number_buckets(options.span.count), None
    begin, end = low, high
    if options.start is not None:
        begin = options.start if begin is None else min(begin, options.start)
    if options.end is not None:
        end = options.end if end is None else max(end, options.end)
    if begin is None or end is None:
        return number_buckets(1), None
    if options.bins is None and (options.start is not None or options.end is not None):
        size_number = magnitude(end - begin)
    else:
        closed = high is not None and end == high
        size_number = choose_number_span(begin, end, options.bins or DEFAULT_BINS, closed=closed)
    if options.minspan is not None and size_number < options.minspan.count:
        exponent = math.ceil(round(math.log10(max(options.minspan.count, _NARROWEST)), 9))
        size_number = 10.0 ** min(exponent, _WIDEST_EXPONENT)
    return number_buckets(normalize_number(size_number) or size_number), None
