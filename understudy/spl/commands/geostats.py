"""geostats: statistics in cells of latitude and longitude, for a map, at several zoom levels.

A cell's id is bl_<level>_<row>_<column>; its latitude and longitude are the mean of its points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from understudy.spl.commands.reader import Piece, Reader, boolean, integer, number
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.statistics.aggregation import Plan, State, key_of, natural_key
from understudy.spl.statistics.calls import Statistics, read_statistics
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


@dataclass(frozen=True)
class Options:
    statistics: Statistics
    names: dict[str, str]
    translate: bool
    limit: int
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
    if value <= 0:
        raise SplSyntaxError(f"Option '{name}' must be above 0.", given[name].position)
    return value


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    found = read_statistics(reader, _OPTIONS)
    given = dict(found.options)
    if "locallimit" in given and integer(given["locallimit"], "locallimit"):
        raise reader.unsupported("locallimit", given["locallimit"].position)
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
        span_lat=_number(given, "binspanlat", 22.5),
        span_long=_number(given, "binspanlong", 45.0),
        levels=levels,
    )


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows without a latitude from -90 to 90 and a longitude from -180 to 180 are left out."""
    return Stream(_rows(options, stream, context), None)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    plan = Plan(options.statistics.calls, context, options.statistics.by)
    rows = [point for row in stream.rows if (point := _point(row, options)) is not None]
    shown = _categories([row for _, _, row in rows], options)
    cells: dict[tuple[int, int, int], Cell] = {}
    for latitude, longitude, row in rows:
        categories = [""]
        if options.statistics.by:
            texts = [key_of(value) for value in values_of(row.get(options.statistics.by[0]))]
            categories = [text if text in shown else "OTHER" for text in texts]
        for level in range(options.levels + 1):
            place = _place(latitude, longitude, level, options)
            cell = cells.get((level, *place))
            if cell is None:
                cell = cells[(level, *place)] = Cell(level, *place)
            cell.count += 1
            cell.latitude += latitude
            cell.longitude += longitude
            for category in categories:
                state = cell.states.get(category)
                if state is None:
                    state = cell.states[category] = plan.state()
                plan.update(state, row)
    for key in sorted(cells):
        yield from _cell_rows(cells[key], plan, options)


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


def _place(latitude: float, longitude: float, level: int, options: Options) -> tuple[int, int]:
    height, width = options.span_lat / 2**level, options.span_long / 2**level
    row = min(math.floor((latitude + 90) / height), math.ceil(180 / height) - 1)
    column = min(math.floor((longitude + 180) / width), math.ceil(360 / width) - 1)
    return row, column


def _cell_rows(cell: Cell, plan: Plan, options: Options) -> Iterator[Row]:
    base: Row = {
        "geobin": f"bl_{cell.level}_{cell.row}_{cell.column}",
        options.names["outputlatfield"]: round(cell.latitude / cell.count, 5),
        options.names["outputlongfield"]: round(cell.longitude / cell.count, 5),
    }
    if not options.translate and options.statistics.by:
        for category in sorted(cell.states):
            yield {**base, options.statistics.by[0]: category, **plan.results(cell.states[category])}
        return
    several = len(plan.names()) > 1
    row = dict(base)
    for category in sorted(cell.states):
        for name, value in plan.results(cell.states[category]).items():
            label = name if not category else f"{name}: {category}" if several else category
            row[label] = value
    yield row


COMMAND = Command(
    name="geostats",
    kind="transforming",
    syntax="geostats [latfield=<field>] [longfield=<field>] [outputlatfield=<field>] [outputlongfield=<field>] "
    "[binspanlat=<degrees>] [binspanlong=<degrees>] [maxzoomlevel=<int>] [globallimit=<int>] [translatetoxy=<bool>] "
    "<function>(<field>) ... [BY <field>]",
    summary="Returns statistics in cells of a map at several zoom levels.",
    parse=parse,
    run=run,
)
