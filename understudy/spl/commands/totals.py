"""Sums over a row or over a column, as addtotals and addcoltotals make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.field_patterns import FieldSet
from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.values import normalize_number, number_of

_OPTIONS = frozenset({"row", "col", "labelfield", "label", "fieldname"})
_COLUMN_OPTIONS = frozenset({"labelfield", "label"})


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...]
    row: bool
    col: bool
    label: str = "Total"
    labelfield: str | None = None
    fieldname: str = "Total"


def parse_totals(arguments: Arguments, *, columns_only: bool) -> Options:
    reader = Reader.of(arguments)
    names: list[str] = []
    given: dict[str, str] = {}
    flags = {"row": not columns_only, "col": columns_only}
    while not reader.done:
        if (option := reader.option(_COLUMN_OPTIONS if columns_only else _OPTIONS)) is not None:
            name, piece = option
            if name in flags:
                flags[name] = boolean(piece, name)
            else:
                given[name] = piece.text
            reader.skip_commas()
        else:
            names += reader.fields() or [reader.field().text]
    return Options(tuple(names), flags["row"], flags["col"], **given)


class Judge:
    """Which fields are summed: the listed ones, or all; internal fields only when they are listed."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.listed = FieldSet(names) if names else None

    def takes(self, name: str) -> bool:
        return not name.startswith("_") if self.listed is None else name in self.listed


def _sum(row: Row, judge: Judge) -> int | float | None:
    total: int | float = 0
    seen = False
    for name, value in row.items():
        if isinstance(value, list) or not judge.takes(name):
            continue
        number = number_of(value)
        if number is not None:
            total += number
            seen = True
    return _finite_or_as_is(total) if seen else None


def _finite_or_as_is(total: int | float) -> int | float:
    normal = normalize_number(total)
    return total if normal is None else normal


def run_totals(options: Options, stream: Stream, context: Context) -> Stream:
    """With labelfield the label goes into a new last row; a label without labelfield goes nowhere."""
    judge = Judge(options.names)
    added = [options.fieldname] if options.row else []
    if options.col and options.labelfield:
        added.append(options.labelfield)
    return Stream(_rows(options, stream.rows, judge), with_columns(stream, added))


def _rows(options: Options, rows: Iterable[Row], judge: Judge) -> Iterator[Row]:
    sums: Row = {}
    for row in rows:
        out = row
        if options.row:
            total = _sum(row, judge)
            out = {**row, options.fieldname: 0 if total is None else total}
        if options.col:
            _add(sums, out, judge, options)
        yield out
    if options.col:
        final: Row = dict(sums)
        if options.labelfield:
            final[options.labelfield] = options.label
        if final:
            yield final


def _add(sums: Row, row: Row, judge: Judge, options: Options) -> None:
    for name, value in row.items():
        own = options.row and name == options.fieldname
        if isinstance(value, list) or not (own or judge.takes(name)):
            continue
        number = number_of(value)
        if number is not None:
            sums[name] = _finite_or_as_is(sums.get(name, 0) + number)  # type: ignore[operator]  # numbers
