"""The most and the least frequent combinations of values, for top and rare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from understudy.spl.bounds import FanOut
from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.statistics.aggregation import group_values, key_of, natural_key

_OPTIONS = frozenset({"showcount", "showperc", "limit", "countfield", "percentfield", "useother", "otherstr"})
Values = tuple[Scalar, ...]
MAX_RESULTS = 50_000
"""limits.conf [top] and [rare] maxresultrows."""


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...]
    by: tuple[str, ...]
    limit: int
    countfield: str = "count"
    percentfield: str = "percent"
    otherstr: str = "OTHER"
    showcount: bool = True
    showperc: bool = True
    useother: bool = False


def parse_ranking(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    limit = 10
    texts: dict[str, Any] = {}
    flags: dict[str, Any] = {}
    names: list[str] = []
    by: list[str] = []
    while not reader.done:
        reader.skip_commas()
        piece = reader.peek()
        if piece is None:
            break
        if (option := reader.option(_OPTIONS)) is not None:
            name, value = option
            if name == "limit":
                limit = integer(value, name, least=0)
                if limit > MAX_RESULTS:
                    raise SplSyntaxError(f"Option 'limit' must be {MAX_RESULTS} or less.", value.position)
            elif name in {"showcount", "showperc", "useother"}:
                flags[name] = boolean(value, name)
            else:
                texts[name] = value.text
        elif not names and piece.kind == "word" and piece.text.isdigit():
            limit = integer(reader.next(), "limit", least=0)
        elif (word := reader.accept_word("by")) is not None:
            by = reader.fields()
            if not by:
                raise SplSyntaxError("BY needs a list of fields.", word.position)
        elif by:
            reader.finish()
        else:
            names += reader.fields("by") or [reader.field().text]
    if not names:
        raise SplSyntaxError(f"Command '{arguments.command}' needs a list of fields.", arguments.position)
    return Options(tuple(names), tuple(by), limit, **texts, **flags)


@dataclass
class Group:
    """Counts of the combinations within one value of the BY fields."""

    values: Values
    counts: dict[tuple[str, ...], int]
    first: dict[tuple[str, ...], Values]
    total: int = 0


def run_ranking(options: Options, stream: Stream, context: Context, *, rare: bool) -> Stream:
    columns = [*options.by, *options.names]
    columns += [options.countfield] if options.showcount else []
    columns += [options.percentfield] if options.showperc else []
    return Stream(_rows(options, stream, rare=rare), list(dict.fromkeys(columns)))


def _rows(options: Options, stream: Stream, *, rare: bool) -> Iterator[Row]:
    """Percent is of all rows of the group that have the fields.

    Of equal counts top gives the later value first (Search Reference, top: lexicographic order), rare the earlier one.
    """
    groups: dict[tuple[str, ...], Group] = {}
    fan_out = FanOut("Rows would count for combinations")
    for row in stream.rows:
        combinations = group_values(row, options.names)
        if not combinations:
            continue
        by_groups = group_values(row, options.by)
        fan_out.take(len(combinations) * len(by_groups))
        for by_values in by_groups:
            key = tuple(map(key_of, by_values))
            group = groups.get(key)
            if group is None:
                group = groups[key] = Group(by_values, {}, {})
            for values in combinations:
                name = tuple(map(key_of, values))
                group.total += 1
                if name in group.counts:
                    group.counts[name] += 1
                else:
                    group.counts[name] = 1
                    group.first[name] = values
    for key in sorted(groups, key=natural_key):
        yield from _ranked(options, groups[key], rare=rare)


def _ranked(options: Options, group: Group, *, rare: bool) -> Iterator[Row]:
    ordered = sorted(group.counts, key=natural_key, reverse=not rare)
    ordered.sort(key=lambda name: group.counts[name] if rare else -group.counts[name])
    shown = ordered[: options.limit or MAX_RESULTS]
    base: Row = dict(zip(options.by, group.values, strict=True))
    for name in shown:
        yield {
            **base,
            **dict(zip(options.names, group.first[name], strict=True)),
            **_measures(options, group, group.counts[name]),
        }
    rest = sum(group.counts[name] for name in ordered[len(shown) :])
    if options.useother and rest:
        yield {**base, **dict.fromkeys(options.names, options.otherstr), **_measures(options, group, rest)}


def _measures(options: Options, group: Group, count: int) -> Row:
    row: Row = {}
    if options.showcount:
        row[options.countfield] = count
    if options.showperc:
        row[options.percentfield] = f"{100 * count / group.total:.6f}"
    return row
