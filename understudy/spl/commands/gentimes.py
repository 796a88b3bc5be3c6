"""gentimes: rows of consecutive time ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Piece, Reader, span
from understudy.spl.commands.timeline import MAX_BUCKETS
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.times import Span, add, snap, strftime, strptime
from understudy.spl.values import normalize_number

_OPTIONS = frozenset({"start", "end", "increment"})
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?::(\d{1,2}):(\d{2}):(\d{2}))?\Z")


@dataclass(frozen=True)
class Options:
    start: Piece
    end: Piece | None
    increment: Span


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    given: dict[str, Piece] = {}
    while not reader.done:
        option = reader.option(_OPTIONS)
        if option is None:
            reader.finish()
        else:
            given[option[0]] = option[1]
    if "start" not in given:
        raise SplSyntaxError("Command 'gentimes' needs start=.", arguments.position)
    increment = Span(1, "d")
    if "increment" in given:
        increment = span(given["increment"], "increment")
        if increment.unit not in {"", "s", "m", "h", "d"}:
            raise SplSyntaxError("Option 'increment' takes s, m, h or d.", given["increment"].position)
    return Options(given["start"], given.get("end"), increment)


def _moment(piece: Piece, context: Context) -> float:
    """Returns the time of MM/DD/YYYY[:HH:MM:SS], or of a number of days from today's midnight."""
    if re.fullmatch(r"[+-]?\d+", piece.text):
        return add(snap(context.now, "d", context.zone), int(piece.text), "d", context.zone)
    match = _DATE.match(piece.text)
    if match is None:
        raise SplSyntaxError(f"'{piece.text}' is no time: MM/DD/YYYY, MM/DD/YYYY:HH:MM:SS or days.", piece.position)
    month, day, year, hour, minute, second = match.groups()
    year = year if len(year) == 4 else f"20{year}"
    text = f"{month}/{day}/{year} {hour or 0}:{minute or 0}:{second or 0}"
    found = strptime(text, "%m/%d/%Y %H:%M:%S", context.zone, context.now)
    if found is None:
        raise SplSyntaxError(f"'{piece.text}' is no date.", piece.position)
    return found


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """end is midnight before now unless told."""
    start = _moment(options.start, context)
    end = snap(context.now, "d", context.zone) if options.end is None else _moment(options.end, context)
    # A day more: days of 23 hours make one range more than their seconds say.
    if (end - start) / (options.increment.seconds or 1) > MAX_BUCKETS + 1:
        raise RuntimeSplError(f"gentimes makes no more than {MAX_BUCKETS:,} ranges.", options.start.position)
    return Stream(_rows(start, end, options.increment, context), ["starttime", "starthuman", "endtime", "endhuman"])


def _rows(start: float, end: float, increment: Span, context: Context) -> Iterator[Row]:
    while start < end:
        following = increment.next(start, context.zone)
        yield {
            "starttime": normalize_number(start) or 0,
            "starthuman": _human(start, context),
            "endtime": normalize_number(following - 1) or 0,
            "endhuman": _human(following - 1, context),
        }
        start = following


def _human(epoch: float, context: Context) -> str:
    return strftime(epoch, "%a %b %d %H:%M:%S %Y", context.zone) or ""


COMMAND = Command(
    name="gentimes",
    kind="generating",
    syntax="gentimes start=<MM/DD/YYYY[:HH:MM:SS] or days> [end=<time>] [increment=<int>[s|m|h|d]]",
    summary="Generates time ranges.",
    parse=parse,
    run=run,
)
