"""The table that chart and timechart make: x values down, series across, with limits, OTHER and NULL.

The parts: options of the split (SplitOptions), the choice of series (choose), and the filling of cells (SeriesTable).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from understudy.spl.bounds import check_cells
from understudy.spl.commands.binning import BIN_OPTIONS, BinOptions, read_bin_option
from understudy.spl.commands.reader import Piece, Reader, boolean, number
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Context, Row, Scalar, Value
from understudy.spl.statistics.aggregation import Plan, State, key_of, natural_key
from understudy.spl.statistics.calls import Call
from understudy.spl.statistics.functions import Function, find_function
from understudy.spl.values import number_of

DEFAULT_LIMIT = 10
SPLIT_OPTIONS = frozenset({"usenull", "useother", "nullstr", "otherstr"})
CHART_OPTIONS = frozenset({"sep", "format", "cont", "limit", "agg", "dedup_splitvals"}) | SPLIT_OPTIONS | BIN_OPTIONS


@dataclass(frozen=True)
class Choice:
    """Which series are shown: in/notin top/bottom N, or beyond a threshold, by a function over the series' values."""

    function: Function
    comparison: str
    bottom: bool = False
    count: int = DEFAULT_LIMIT
    threshold: float = 0.0


@dataclass(frozen=True)
class SplitOptions:
    by: str | None = None
    usenull: bool = True
    useother: bool = True
    nullstr: str = "NULL"
    otherstr: str = "OTHER"
    sep: str = ": "
    format: str | None = None
    cont: bool = True
    limit: tuple[bool, int] | None = None
    agg: Function | None = None
    distinct: bool = False
    choice: Choice | None = None
    bins: BinOptions = field(default_factory=BinOptions)

    def chosen(self, *, several: bool = False) -> Choice | None:
        """Returns the explicit WHERE, or what limit and agg say; None for no limit.

        several: of several functions without agg the series with the most rows are shown.
        """
        if self.choice is not None:
            return self.choice
        bottom, count = self.limit if self.limit is not None else (False, DEFAULT_LIMIT)
        if count == 0:
            return None
        function = self.agg or find_function("count" if several else "sum")
        assert function is not None
        return Choice(function, "in", bottom, count)

    def column(self, call: str, series: str, *, several: bool) -> str:
        if self.format is not None and several:
            return self.format.replace("$AGG$", call).replace("$VAL$", series)
        if not several and series.startswith("_"):
            return f"VALUE{series}"  # else the column would count as an internal field
        return f"{call}{self.sep}{series}" if several else series


def _limit(piece: Piece) -> tuple[bool, int]:
    text = piece.text.lower()
    bottom = text.startswith("bottom")
    digits = text.removeprefix("bottom").removeprefix("top")
    if not digits.isdigit():
        raise SplSyntaxError(f"Option 'limit' needs a number, topN or bottomN, not '{piece.text}'.", piece.position)
    return bottom, int(digits)


def read_split_option(name: str, piece: Piece, options: SplitOptions, reader: Reader) -> SplitOptions:
    """Returns the options with one more."""
    if name in BIN_OPTIONS:
        return replace(options, bins=read_bin_option(name, piece, options.bins))
    if name in {"usenull", "useother", "cont"}:
        flag: dict[str, Any] = {name: boolean(piece, name)}
        return replace(options, **flag)
    if name == "dedup_splitvals":
        return replace(options, distinct=boolean(piece, name))
    if name == "limit":
        return replace(options, limit=_limit(piece))
    if name == "agg":
        function = find_function(piece.text)
        if function is None:
            raise UnsupportedError(f"Unsupported statistical function '{piece.text}' in 'agg'.", piece.position)
        if reader.is_punct("(") and (following := reader.peek()) is not None and not following.spaced:
            reader.inside()
        return replace(options, agg=function)
    text: dict[str, Any] = {name: piece.text}
    return replace(options, **text)


def read_where(reader: Reader) -> Choice:
    """Reads what stands after WHERE: sum in top5, count notin bottom10, avg > 100."""
    piece = reader.next("a statistical function after WHERE")
    function = find_function(piece.text)
    if function is None:
        raise UnsupportedError(f"Unsupported statistical function '{piece.text}' in WHERE.", piece.position)
    if reader.is_punct("("):
        reader.inside()
    word = reader.next("in, notin, < or >")
    kind = word.text.lower()
    if kind in {"in", "notin"}:
        group = reader.next("topN or bottomN")
        if not group.text.lower().startswith(("top", "bottom")):
            raise SplSyntaxError(f"WHERE needs topN or bottomN, not '{group.text}'.", group.position)
        bottom, count = _limit(group)
        return Choice(function, kind, bottom, count)
    if kind in {"<", ">"}:
        return Choice(function, kind, threshold=number(reader.next("a number"), "where"))
    raise SplSyntaxError(f"WHERE needs in, notin, < or >, not '{word.text}'.", word.position)


def choose(scores: Mapping[str, float], choice: Choice | None) -> list[str]:
    """Returns the series that are shown, by name. Of series with equal scores the earlier name wins."""
    names = sorted(scores, key=lambda name: natural_key([name]))
    if choice is None:
        return names
    if choice.comparison == ">":
        return [name for name in names if scores[name] > choice.threshold]
    if choice.comparison == "<":
        return [name for name in names if scores[name] < choice.threshold]
    ranked = sorted(names, key=lambda name: scores[name] if choice.bottom else -scores[name])
    picked = set(ranked[: choice.count])
    return [name for name in names if (name in picked) == (choice.comparison == "in")]


class SeriesTable:
    """Cells by series and x. finish_cell may change a cell's values (per_minute and its like)."""

    def __init__(
        self,
        calls: Sequence[Call],
        options: SplitOptions,
        context: Context,
        finish_cell: Callable[[Row, Scalar], Row] | None = None,
    ) -> None:
        self.calls = tuple(calls)
        self.options = options
        self.context = context
        self.finish_cell = finish_cell
        self.plan = Plan(calls, context)
        self.cells: dict[str | None, dict[str, State]] = {}
        self.totals: dict[str, int] = {}
        self.xs: dict[str, Scalar] = {}
        self.seen: list[tuple[tuple[str, ...], str, Row]] = []
        self.needed = self._needed()

    def _needed(self) -> frozenset[str] | None:
        """Returns the fields that a row must keep for a second pass (OTHER); None for all."""
        names: set[str] = {"_time"}
        for call in [part for whole in self.calls for part in (whole.parts or (whole,))]:
            if call.wildcard:
                return None
            if call.field is not None:
                names.add(call.field)
            if call.expression is not None:
                names |= call.expression.fields
        return frozenset(names)

    def add(self, x: Scalar, series: Sequence[str] | None, row: Row) -> None:
        """Adds a row under x. series None: it has no split value, and goes to NULL."""
        key = key_of(x)
        self.xs.setdefault(key, x)
        for name in series if series is not None else (None,):
            column = self.cells.setdefault(name, {})
            if name is not None:
                self.totals[name] = self.totals.get(name, 0) + 1
            state = column.get(key)
            if state is None:
                state = column[key] = self.plan.state()
            self.plan.update(state, row)
        if series is not None and self.options.by is not None and self.options.useother:
            kept = row if self.needed is None else {name: row[name] for name in self.needed if name in row}
            self.seen.append((tuple(series), key, kept))

    def _results(self, states: Mapping[str, State]) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for key, state in states.items():
            row = self.plan.results(state)
            found[key] = row if self.finish_cell is None else self.finish_cell(row, self.xs[key])
        return found

    def _score(self, series: str, cells: Mapping[str, Row], choice: Choice) -> float:
        """Returns the function over the series' values, empty buckets included; count is the number of its rows."""
        if choice.function.name == "count":
            return self.totals[series]
        aggregator = choice.function.make()
        first = self.calls[0].name
        empty = number_of(self._empty(first))
        if empty is not None:
            for _ in range(len(self.xs) - len(cells)):
                aggregator.add(empty, None)
        for row in cells.values():
            for value in row.values() if first not in row else (row[first],):
                single = value[0] if isinstance(value, list) else value
                found = number_of(single)
                if found is not None:
                    aggregator.add(found, None)
        found = number_of(aggregator.result())
        return 0.0 if found is None else float(found)

    def rows(self, order: Sequence[Scalar], x_name: str) -> tuple[list[Row], list[str]]:
        """Returns a row for each x in this order, and the columns."""
        if self.options.by is None:
            return self._plain(order, x_name)
        names = [name for name in self.cells if name is not None]
        results = {name: self._results(self.cells[name]) for name in names}
        choice = self.options.chosen(several=len(self.plan.names()) > 1)
        scores = {name: 0.0 if choice is None else self._score(name, results[name], choice) for name in names}
        shown = choose(scores, choice)
        parts: list[tuple[str, Mapping[str, Row]]] = [(name, results[name]) for name in shown]
        hidden = set(names) - set(shown)
        if hidden and self.options.useother:
            parts.append((self.options.otherstr, self._other(hidden)))
        if None in self.cells and self.options.usenull:
            parts.append((self.options.nullstr, self._results(self.cells[None])))
        several = len(self.plan.names()) > 1
        if any(self._empty(call) is not None for call in self.plan.names()):
            check_cells(len(order), len(parts) * len(self.plan.names()), "The series")
        columns = [x_name]
        rows: list[Row] = [{x_name: x} for x in order]
        places = dict(zip(map(key_of, order), rows, strict=True))
        for call in self.plan.names():
            empty = self._empty(call)
            for name, cells in parts:
                column = self.options.column(call, name, several=several)
                columns.append(column)
                if empty is not None:
                    for row in rows:
                        row[column] = empty
                for key, found in cells.items():
                    if call in found and key in places:
                        places[key][column] = found[call]
        return rows, list(dict.fromkeys(columns))

    def _other(self, hidden: set[str]) -> dict[str, Row]:
        states: dict[str, State] = {}
        for series, key, row in self.seen:
            for name in series:
                if name in hidden:
                    state = states.get(key)
                    if state is None:
                        state = states[key] = self.plan.state()
                    self.plan.update(state, row)
        return self._results(states)

    def _empty(self, name: str) -> Value | None:
        for call in self.calls:
            if call.name == name and not call.parts:
                return call.function.empty
        return None

    def _plain(self, order: Sequence[Scalar], x_name: str) -> tuple[list[Row], list[str]]:
        cells: dict[str, Row] = {}
        for column in self.cells.values():
            cells.update(self._results(column))
        names = self.plan.names()
        rows: list[Row] = []
        for x in order:
            row: Row = {x_name: x}
            found = cells.get(key_of(x), {})
            for name in names:
                value = found.get(name, self._empty(name))
                if value is not None:
                    row[name] = value
            rows.append(row)
        return rows, [x_name, *names]
