"""geostats: statistics in cells of latitude and longitude, for a map, at several zoom levels.

A cell's id is bl_n_z<level>_y<row>_x<column>, rows counted from the south pole and columns from 180 degrees west; its
latitude and longitude are the mean of its points.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from understudy.spl.commands.reader import Piece, Reader, boolean, integer, number
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.aggregation import Plan, State, key_of, natural_key
from understudy.spl.statistics.calls import Statistics, read_statistics
from understudy.spl.statistics.functions import tidy
from understudy.spl.values import number_of, values_of

_OPTIONS = frozenset(
    {
        "translatetoxy",
        "latfield",
        "longfield",
        "outputlatfield",
        "outputlongfield",
        "globallimit",
        "locallimit",
        "binspanlat",
        "binspanlong",
        "maxzoomlevel",
    }
)
MAX_ZOOM = 9
SMALLEST_CELL = 0.000001
"""Degrees: a tenth of a metre at the equator."""
OTHER = "OTHER"
Place = tuple[int, int, int]
"""Zoom level, row and column of a cell."""


@dataclass(frozen=True)
class Options:
    statistics: Statistics
    names: dict[str, str]
    translate: bool
    limit: int
    cell_limit: int
    """Categories of one cell beside OTHER; 0 = all."""
    span_lat: float
    span_long: float
    levels: int


@dataclass
class Cell:
    level: int
    row: int
    column: int
    count: int = 0
    latitude: float = 0.0
    longitude: float = 0.0
    states: dict[str, State] = field(default_factory=dict)


def _number(given: dict[str, Piece], name: str, default: float) -> float:
    if name not in given:
        return default
    value = number(given[name], name)
    if value < SMALLEST_CELL:
        raise SplSyntaxError(f"Option '{name}' must be at least {SMALLEST_CELL:f} degrees.", given[name].position)
    return value


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    found = read_statistics(reader, _OPTIONS)
    given = dict(found.options)
    if not found.calls or len(found.by) > 1:
        raise SplSyntaxError("Command 'geostats' needs a function, and at most one BY field.", arguments.position)
    defaults = {"latfield": "lat", "longfield": "lon", "outputlatfield": "latitude", "outputlongfield": "longitude"}
    levels = integer(given["maxzoomlevel"], "maxzoomlevel", least=0) if "maxzoomlevel" in given else MAX_ZOOM
    if levels > MAX_ZOOM:
        raise SplSyntaxError(f"Option 'maxzoomlevel' must be {MAX_ZOOM} or less.", given["maxzoomlevel"].position)
    return Options(
        statistics=found,
        names={name: given[name].text if name in given else default for name, default in defaults.items()},
        translate=boolean(given["translatetoxy"], "translatetoxy") if "translatetoxy" in given else True,
        limit=integer(given["globallimit"], "globallimit", least=0) if "globallimit" in given else 10,
        cell_limit=integer(given["locallimit"], "locallimit", least=0) if "locallimit" in given else 0,
        span_lat=_number(given, "binspanlat", 22.5),
        span_long=_number(given, "binspanlong", 45.0),
        levels=levels,
    )


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows without a latitude from -90 to 90 and a longitude from -180 to 180 are left out."""
    return Stream(_rows(options, stream, context), None)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    plan = Plan(options.statistics.calls, context, options.statistics.by)
    rows_of_points = [point for row in stream.rows if (point := _point(row, options)) is not None]
    shown = _categories([row for _, _, row in rows_of_points], options)
    named = [(*point, _named(point[2], shown, options)) for point in rows_of_points]
    kept = _largest_in_cells(named, options) if options.cell_limit else None
    cells: dict[Place, Cell] = {}
    for latitude, longitude, row, categories in named:
        for level in range(options.levels + 1):
            place = _place(latitude, longitude, level, options)
            cell = cells.get(place)
            if cell is None:
                cell = cells[place] = Cell(*place)
            cell.count += 1
            cell.latitude += latitude
            cell.longitude += longitude
            for name in categories:
                category = name if kept is None or name in kept[place] else OTHER
                state = cell.states.get(category)
                if state is None:
                    state = cell.states[category] = plan.state()
                plan.update(state, row)
    for key in sorted(cells):
        yield from _cell_rows(cells[key], plan, options)


def _named(row: Row, shown: set[str], options: Options) -> list[str]:
    """Returns the categories that a row counts for; one empty one without BY."""
    if not options.statistics.by:
        return [""]
    texts = [key_of(value) for value in values_of(row.get(options.statistics.by[0]))]
    return [text if text in shown else OTHER for text in texts]


def _largest_in_cells(
    named: list[tuple[float, float, Row, list[str]]], options: Options
) -> dict[Place, frozenset[str]]:
    """Returns the categories that locallimit leaves in each cell: those with the most points."""
    counts: dict[Place, dict[str, int]] = {}
    for latitude, longitude, _, categories in named:
        for level in range(options.levels + 1):
            cell = counts.setdefault(_place(latitude, longitude, level, options), {})
            for name in categories:
                cell[name] = cell.get(name, 0) + 1
    return {
        place: frozenset(sorted(cell, key=lambda name: (-cell[name], natural_key([name])))[: options.cell_limit])
        for place, cell in counts.items()
    }


def _point(row: Row, options: Options) -> tuple[float, float, Row] | None:
    latitude, longitude = number_of(row.get(options.names["latfield"])), number_of(row.get(options.names["longfield"]))
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    if options.statistics.by and options.statistics.by[0] not in row:
        return None
    return latitude, longitude, row


def _categories(rows: list[Row], options: Options) -> set[str]:
    if not options.statistics.by:
        return set()
    counts: dict[str, int] = {}
    for row in rows:
        for value in values_of(row[options.statistics.by[0]]):
            counts[key_of(value)] = counts.get(key_of(value), 0) + 1
    ranked = sorted(counts, key=lambda name: (-counts[name], natural_key([name])))
    return set(ranked[: options.limit] if options.limit else ranked)


def _place(latitude: float, longitude: float, level: int, options: Options) -> Place:
    height, width = options.span_lat / 2**level, options.span_long / 2**level
    row = min(math.floor((latitude + 90) / height), math.ceil(180 / height) - 1)
    column = min(math.floor((longitude + 180) / width), math.ceil(360 / width) - 1)
    return level, row, column


def _in_order(categories: Iterable[str]) -> list[str]:
    return sorted(categories, key=lambda name: (name == OTHER, natural_key([name])))


def _cell_rows(cell: Cell, plan: Plan, options: Options) -> Iterator[Row]:
    base: Row = {
        "geobin": f"bl_n_z{cell.level}_y{cell.row}_x{cell.column}",
        options.names["outputlatfield"]: tidy(round(cell.latitude / cell.count, 5)),
        options.names["outputlongfield"]: tidy(round(cell.longitude / cell.count, 5)),
    }
    if not options.translate and options.statistics.by:
        for category in _in_order(cell.states):
            yield {**base, options.statistics.by[0]: category, **plan.results(cell.states[category])}
        return
    several = len(plan.names()) > 1
    row = dict(base)
    for category in _in_order(cell.states):
        for name, value in plan.results(cell.states[category]).items():
            label = name if not category else f"{name}: {category}" if several else category
            row[label] = value
    yield row


COMMAND = Command(
    name="geostats",
    kind="transforming",
    syntax="geostats [latfield=<field>] [longfield=<field>] [outputlatfield=<field>] [outputlongfield=<field>] "
    "[binspanlat=<degrees>] [binspanlong=<degrees>] [maxzoomlevel=<int>] [globallimit=<int>] [locallimit=<int>] "
    "[translatetoxy=<bool>] "
    "<function>(<field>) ... [BY <field>]",
    summary="Returns statistics in cells of a map at several zoom levels.",
    parse=parse,
    run=run,
)
