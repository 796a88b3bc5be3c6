"""streamstats: running statistics over the rows seen so far, whole, in a window of rows, or in a window of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Piece, Reader, integer
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.eval import Expression, compile_expression
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.aggregation import Plan, State, group_values, key_of
from understudy.spl.statistics.calls import Call, Statistics, read_statistics
from understudy.spl.statistics.windows import Bounds, Key, Windows, windows_for
from understudy.spl.times import parse_span
from understudy.spl.values import number_of

MAX_WINDOW = 10_000
"""limits.conf [stats] max_stream_window."""

_OPTIONS = frozenset(
    {"reset_on_change", "reset_before", "reset_after", "current", "window", "time_window", "global", "allnum"}
)
_SPLIT_QUOTES = re.compile(r'\b(reset_(?:before|after)\s*=\s*)"\("(.*?)"\)"(?=[\s,]|\Z)', re.IGNORECASE | re.DOTALL)
_WHOLE_QUOTES = re.compile(r'\b(reset_(?:before|after)\s*=\s*)"(\((?:[^"\\]|\\.)*\))"', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Options:
    calls: tuple[Call, ...]
    by: tuple[str, ...]
    current: bool
    window: int
    time_window: float | None
    whole: bool
    allnum: bool
    reset_on_change: bool
    reset_before: Expression | None
    reset_after: Expression | None


def _bare_conditions(text: str) -> str:
    """Returns the text, as long as before, with the conditions of the reset options without quotes.

    The documents write reset_before="("expression")"; quotes around the whole, with \\" inside, are taken too.
    """
    text = _SPLIT_QUOTES.sub(
        lambda match: f"{match[1]}(  {match[2]}".replace('\\"', '"').ljust(len(match.group()) - 1) + ")", text
    )
    return _WHOLE_QUOTES.sub(lambda match: (match[1] + match[2].replace('\\"', '"')).ljust(len(match.group())), text)


def _expression(piece: Piece | None, name: str) -> Expression | None:
    if piece is None:
        return None
    if piece.kind != "parenthesis":
        raise SplSyntaxError(f"Option '{name}' needs an expression in parentheses.", piece.position)
    return compile_expression(piece.text, piece.position)


def parse(arguments: Arguments) -> Options:
    found: Statistics = read_statistics(
        Reader(_bare_conditions(arguments.text), arguments.position, arguments.command), _OPTIONS
    )
    if not found.calls:
        raise SplSyntaxError("Command 'streamstats' needs at least one statistical function.", arguments.position)
    given = found.options
    window = integer(given["window"], "window", least=0) if "window" in given else 0
    if window > MAX_WINDOW:
        raise SplSyntaxError(f"Option 'window' must be {MAX_WINDOW} or less, not {window}.", given["window"].position)
    seconds = None
    if "time_window" in given:
        piece = given["time_window"]
        try:
            seconds = parse_span(piece.text).seconds
        except ValueError:
            seconds = None
        if not seconds:
            raise SplSyntaxError(f"Option 'time_window' needs a span such as 5m, not '{piece.text}'.", piece.position)
    return Options(
        calls=found.calls,
        by=found.by,
        current=found.flag("current", True),
        window=window,
        time_window=seconds,
        whole=found.flag("global", True),
        allnum=found.flag("allnum"),
        reset_on_change=found.flag("reset_on_change"),
        reset_before=_expression(given.get("reset_before"), "reset_before"),
        reset_after=_expression(given.get("reset_after"), "reset_after"),
    )


def run(options: Options, stream: Stream, context: Context) -> Stream:
    columns = None
    if stream.fields is not None and not any(call.wildcard for call in options.calls):
        columns = [*stream.fields, *(call.name for call in options.calls if call.name not in stream.fields)]
    return Stream(_rows(options, stream, context), columns)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    """A row without one of the BY fields passes untouched. A multivalue BY field counts by its first value."""
    plan = Plan(options.calls, context, options.by, allnum=options.allnum)
    windowed = options.window > 0 or options.time_window is not None
    bounds = Bounds(options.window or MAX_WINDOW, options.time_window, options.whole)
    windows = windows_for(bounds, options.calls, context, options.by, allnum=options.allnum)
    states: dict[Key, State] = {}
    last: Key | None = None
    direction = 0
    before: float | None = None
    for row in stream.rows:
        groups = group_values(row, options.by)
        if not groups:
            yield row
            continue
        key = tuple(map(key_of, groups[0]))
        if options.time_window is not None:
            direction, before = _check_order(row, before, direction)
        changed = options.reset_on_change and last is not None and key != last
        if changed or (options.reset_before is not None and options.reset_before.evaluate(row, context) is True):
            states.clear()
            windows.clear()
        last = key
        if windowed:
            result = _windowed(windows, options, key, row)
        else:
            state = states.get(key)
            if state is None:
                state = states[key] = plan.state()
            if options.current:
                plan.update(state, row)
            result = plan.results(state)
            if not options.current:
                plan.update(state, row)
        out: Row = {**row, **result}
        yield out
        if options.reset_after is not None and options.reset_after.evaluate(out, context) is True:
            states.clear()
            windows.clear()


def _windowed(windows: Windows, options: Options, key: Key, row: Row) -> Row:
    if options.current:
        windows.push(key, row)
        return windows.results(key, row)
    result = windows.results(key, row)
    windows.push(key, row)
    return result


def _check_order(row: Row, before: float | None, direction: int) -> tuple[int, float | None]:
    """Returns the direction of time so far and the row's time; raises RuntimeSplError when the rows are in no order."""
    now = number_of(row.get("_time"))
    if now is None or before is None or now == before:
        return direction, now if now is not None else before
    step = 1 if now > before else -1
    if direction not in (0, step):
        raise RuntimeSplError("streamstats with time_window needs rows in ascending or descending time order.")
    return step, now


COMMAND = Command(
    name="streamstats",
    kind="streaming",
    syntax="streamstats [current=<bool>] [window=<int>] [time_window=<span>] [global=<bool>] [allnum=<bool>] "
    "[reset_on_change=<bool>] [reset_before=(<eval>)] [reset_after=(<eval>)] <function>(<field>) [AS <name>] ... "
    "[BY <fields>]",
    summary="Adds running statistics over the rows seen so far to each row.",
    parse=parse,
    run=run,
)
