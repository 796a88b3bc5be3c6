"""tstats: statistics of indexed fields, without reading events.

Data models, tscollect namespaces, PREFIX() and prestats are refused by name; so are functions tstats does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from understudy.spl.commands.reader import Piece, Reader, boolean
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics import Call
from understudy.spl.statistics.calls import parse_named_call
from understudy.spl.times import Span, TimeSyntaxError, parse_span

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


@dataclass(frozen=True)
class Request:
    """A parsed tstats. where: text of a search expression with its position; span: of _time, when grouped by it."""

    calls: tuple[Call, ...]
    by: tuple[str, ...]
    where: str
    where_position: int
    span: Span | None = None
    fillnull: str | None = None


def parse(arguments: Arguments) -> Request:
    """Raises SplSyntaxError or UnsupportedError with the place."""
    reader = Reader.of(arguments)
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
    by: list[str] = []
    span: Span | None = None
    if (word := reader.accept_word("by", "groupby")) is not None:
        by, span = read_by(reader, options)
        if not by:
            raise SplSyntaxError("BY needs a list of fields.", word.position)
    reader.finish()
    if span is not None and "_time" not in by:
        raise SplSyntaxError("span= needs _time among the BY fields.", reader.start)
    fill = options.get("fillnull_value")
    return Request(tuple(calls), tuple(by), where, where_position, span, None if fill is None else fill.text)


def read_options(reader: Reader) -> dict[str, Piece]:
    """Reads options before the first function; refuses those whose answer would differ."""
    found: dict[str, Piece] = {}
    while reader.is_option() is not None:
        option = reader.option(KNOWN)
        assert option is not None
        name, value = option
        found[name] = value
        if name in {"prestats", "append"} and boolean(value, name):
            raise UnsupportedError(f"tstats {name}=true is not supported; use stats on its rows.", value.position)
        if name in IGNORED - {"chunk_size"}:
            boolean(value, name)
    return found


def read_call(reader: Reader) -> Call:
    piece = reader.peek()
    after = reader.peek(2)
    if piece is not None and after is not None and after.kind == "word" and after.text.upper() == "PREFIX":
        raise UnsupportedError("tstats PREFIX() is not supported.", after.position)
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


def read_by(reader: Reader, options: Mapping[str, Piece]) -> tuple[list[str], Span | None]:
    names: list[str] = []
    span: Span | None = None
    while not reader.done:
        reader.skip_commas()
        piece = reader.peek()
        if piece is None:
            break
        if reader.is_option() == "span":
            reader.index += 2
            value = reader.next("a span")
            if value.text.lower() == "auto":
                raise UnsupportedError(
                    "span=auto is not supported in tstats; give a length such as 1h.", value.position
                )
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
        if name.upper().startswith("PREFIX("):
            raise UnsupportedError("tstats PREFIX() is not supported.", piece.position)
        if "*" in name:
            raise SplSyntaxError(f"The BY clause of 'tstats' takes no wildcard: '{name}'.", piece.position)
        names.append(name)
    return list(dict.fromkeys(names)), span


def run(request: Request, stream: Stream, context: Context) -> Stream:
    return context.events.tstats(request, context)


COMMAND = Command(
    name="tstats",
    kind="generating",
    syntax="tstats [fillnull_value=<text>] <function>(<field>) [AS <name>] ... [WHERE <search expression>] "
    "[BY <fields> [span=<time>]]",
    summary="Returns statistics of indexed fields, straight from the index.",
    parse=parse,
    run=run,
)
