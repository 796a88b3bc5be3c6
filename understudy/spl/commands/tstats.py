"""tstats: statistics of indexed fields, without reading events.

Data models and tscollect namespaces are refused by name; so are functions tstats does not have. prestats=true hands
each event's fields on, marked, so that a following stats, chart or timechart counts what was asked for and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from understudy.spl.commands.binning import DEFAULT_BINS, choose_time_span
from understudy.spl.commands.reader import Piece, Reader, boolean, integer
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.search_match import MAJOR
from understudy.spl.statistics import Call
from understudy.spl.statistics.aggregation import PRESTATS, PRESTATS_COUNT, TIMED
from understudy.spl.statistics.calls import parse_named_call
from understudy.spl.times import Span, TimeSyntaxError, parse_span
from understudy.spl.values import number_of

# Options that change nothing here: there are no summaries, no reduced buckets and no other machines.
IGNORED = frozenset(
    {
        "local",
        "summariesonly",
        "include_reduced_buckets",
        "allow_old_summaries",
        "use_summary_index_values",
        "chunk_size",
    }
)
KNOWN = IGNORED | {"prestats", "append", "fillnull_value"}
NOT_IN_TSTATS = frozenset({"list", "estdc_error"})
STOPS = frozenset({"by", "groupby"})
PREFIX = re.compile(r"\bPREFIX\(\s*([^()\"]*?)\s*\)")


@dataclass(frozen=True)
class Request:
    """A parsed tstats. where: text of a search expression with its position; span: of _time, when grouped by it.

    prefixes: names that are no fields but beginnings of terms in the raw text, PREFIX(kbps=) as `kbps=`.
    """

    calls: tuple[Call, ...]
    by: tuple[str, ...]
    where: str
    where_position: int
    span: Span | None = None
    fillnull: str | None = None
    prefixes: frozenset[str] = frozenset()
    prestats: bool = False
    append: bool = False
    auto: bool = False


def parse(arguments: Arguments) -> Request:
    """Raises SplSyntaxError or UnsupportedError with the place."""
    text, prefixes = without_prefixes(arguments)
    reader = Reader(text, arguments.position, arguments.command)
    options = read_options(reader)
    calls: list[Call] = []
    while not reader.done and not reader.is_word("where", "by", "groupby", "from"):
        reader.skip_commas()
        if reader.done or reader.is_word("where", "by", "groupby", "from"):
            break
        if reader.is_option() is not None:
            options.update(read_options(reader))
            continue
        calls.append(read_call(reader))
    if not calls:
        raise SplSyntaxError("Command 'tstats' needs at least one statistical function.", reader.position)
    if (source := reader.accept_word("from")) is not None:
        raise UnsupportedError(
            "tstats FROM a data model or namespace is not supported; leave FROM out to read indexes.", source.position
        )
    where, where_position = "", reader.position
    if reader.accept_word("where"):
        where, where_position = read_where(reader)
        for begin in prefixes:
            if where_position <= begin < where_position + len(where):
                raise SplSyntaxError("PREFIX() stands in functions and in BY only; use TERM() in WHERE.", begin)
    by: list[str] = []
    span: Span | None = None
    auto = False
    if (word := reader.accept_word("by", "groupby")) is not None:
        by, span, auto = read_by(reader, options)
        if not by:
            raise SplSyntaxError("BY needs a list of fields.", word.position)
        options.update(read_options(reader))
        auto = auto or ("_time" in by and span is None)
    reader.finish()
    if (span is not None or auto) and "_time" not in by:
        raise SplSyntaxError("span= needs _time among the BY fields.", reader.start)
    fill = options.get("fillnull_value")
    flags = {name: name in options and boolean(options[name], name) for name in ("prestats", "append")}
    if flags["append"] and not flags["prestats"]:
        raise SplSyntaxError("tstats append=true needs prestats=true.", options["append"].position)
    renamed = next((call for call in calls if call.alias is not None), None)
    if flags["prestats"] and renamed is not None:
        raise SplSyntaxError(
            "tstats takes no AS with prestats=true; name the column in what follows.", renamed.position
        )
    return Request(
        tuple(calls),
        tuple(by),
        where,
        where_position,
        span,
        None if fill is None else fill.text,
        frozenset(prefixes.values()),
        auto=auto,
        **flags,
    )


def without_prefixes(arguments: Arguments) -> tuple[str, dict[int, str]]:
    """Returns the text with each PREFIX(x=) as the quoted name "x=" of the same length, and those names by position."""
    found: dict[int, str] = {}

    def quoted(match: re.Match[str]) -> str:
        name, begin = match.group(1), arguments.position + match.start()
        if not name or re.search(rf"[{MAJOR}]", name) or name != name.lower():
            raise SplSyntaxError("PREFIX() needs the beginning of one term in lower case, such as kbps=.", begin)
        found[begin] = name
        return f'"{name}"'.ljust(len(match.group()))

    return PREFIX.sub(quoted, arguments.text), found


def prefix_values(raw: str, prefix: str) -> list[str]:
    """Returns what follows the prefix in the terms of a raw text; terms are indexed in lower case."""
    terms = re.findall(rf"(?<![^{MAJOR}]){re.escape(prefix.lower())}([^{MAJOR}]+)", raw.lower())
    return list(dict.fromkeys(terms))


def read_options(reader: Reader) -> dict[str, Piece]:
    """Reads options before and between the functions, and checks their values."""
    found: dict[str, Piece] = {}
    while reader.is_option() is not None:
        option = reader.option(KNOWN)
        assert option is not None
        name, value = option
        found[name] = value
        if name == "chunk_size":
            integer(value, name, least=0)
        elif name != "fillnull_value":
            boolean(value, name)
    return found


def read_call(reader: Reader) -> Call:
    call = parse_named_call(reader)
    if call.function.name in NOT_IN_TSTATS or call.sparkline:
        raise UnsupportedError(f"tstats has no function '{call.function.name}'; use values.", call.position)
    if call.expression is not None or call.parts:
        raise UnsupportedError("tstats takes fields, not eval expressions.", call.position)
    if call.wildcard:
        raise UnsupportedError("tstats takes no wildcard fields.", call.position)
    return call


def read_where(reader: Reader) -> tuple[str, int]:
    """Returns the text up to BY at the top level, with its position."""
    begin = reader.position
    depth = 0
    while (piece := reader.peek()) is not None:
        if piece.kind == "punct":
            depth += {"(": 1, ")": -1}.get(piece.text, 0)
        if depth == 0 and reader.is_word(*STOPS):
            break
        reader.index += 1
    end = reader.position
    text = reader.text[begin - reader.start : end - reader.start].rstrip()
    if not text:
        raise SplSyntaxError("WHERE needs a search expression.", begin)
    return text, begin


def read_by(reader: Reader, options: Mapping[str, Piece]) -> tuple[list[str], Span | None, bool]:
    """Returns the fields, the span of _time, and whether the span is left to the range of time (span=auto)."""
    names: list[str] = []
    span: Span | None = None
    auto = False
    while not reader.done:
        reader.skip_commas()
        piece = reader.peek()
        if piece is None:
            break
        if reader.is_option() == "span":
            reader.index += 2
            value = reader.next("a span")
            auto = value.text.lower() == "auto"
            if auto:
                continue
            try:
                span = parse_span(value.text)
            except TimeSyntaxError as error:
                raise SplSyntaxError(f"Option 'span': {error}", value.position) from error
            if span.unit == "log":
                raise SplSyntaxError("Option 'span' of tstats needs a length of time.", value.position)
            continue
        if reader.is_option() is not None or piece.kind in {"punct", "subsearch"}:
            break
        name = reader.field().text
        if "*" in name:
            raise SplSyntaxError(f"The BY clause of 'tstats' takes no wildcard: '{name}'.", piece.position)
        names.append(name)
    return list(dict.fromkeys(names)), span, auto


def run(request: Request, stream: Stream, context: Context) -> Stream:
    """Only append=true may stand later in a search: it adds its rows to those that come in."""
    if not stream.first and not request.append:
        raise SplSyntaxError("Error in 'tstats' command: it must be the first command of a search.")
    if request.auto:
        request = replace(request, span=auto_span(request, context))
    found = context.events.tstats(request, context)
    if not request.append:
        return found
    return Stream(chain(stream.rows, found.rows))


def auto_span(request: Request, context: Context) -> Span:
    """Returns the span that bin would take for the search's range of time, or else for that of its events."""
    low, high = context.earliest, context.latest
    if low is None or high is None:
        reader = Reader("min(_time) as low max(_time) as high", request.where_position, "tstats")
        calls = (read_call(reader), read_call(reader))
        whole = replace(request, calls=calls, by=(), span=None, auto=False, prestats=False)
        row = next(iter(context.events.tstats(whole, context).rows), {})
        low, high = (number_of(row.get(name, 0)) for name in ("low", "high"))
    return choose_time_span(float(high or 0) - float(low or 0), DEFAULT_BINS, None)


def prestats_rows(rows: Iterable[Row], request: Request, group: str = "") -> Iterator[Row]:
    """Yields the events as later statistics shall see them: group fields, the functions' fields and the marks.

    group: what begins the names under which the rows hold their group fields.
    """
    names = {call.field for call in request.calls if call.field is not None}
    if any(call.function.name in TIMED for call in request.calls):
        names.add("_time")
    counted = {PRESTATS_COUNT: 1} if any(call.field is None for call in request.calls) else {}
    for row in rows:
        if all(group + name in row for name in request.by):
            groups = {name: row[group + name] for name in request.by}
            values = {name: row[name] for name in row if name in names}
            yield {**values, **groups, **counted, PRESTATS: 1}


COMMAND = Command(
    name="tstats",
    kind="generating",
    syntax="tstats [prestats=<bool>] [append=<bool>] [fillnull_value=<text>] [chunk_size=<int>] [local=<bool>] "
    "[summariesonly=<bool>] [include_reduced_buckets=<bool>] [allow_old_summaries=<bool>] "
    "[use_summary_index_values=<bool>] <function>(<field> or PREFIX(<text>)) [AS <name>] ... "
    "[WHERE <search expression>] [BY <fields or PREFIX(<text>)> [span=<time> or auto]]",
    summary="Returns statistics of indexed fields, straight from the index.",
    parse=parse,
    run=run,
)
