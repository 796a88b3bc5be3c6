"""Identifiers added to a chunk of results in CSV: what annotate.py does to rows, without a dict for each row.

Does what the search-command SDK does around a streaming command: reads cells and their `__mv_` twins, writes every
field with its twin. The text is the SDK's, byte for byte; what is odd is left to the SDK.
"""

from __future__ import annotations

import csv
import io
import re
from operator import itemgetter
from typing import Any

from minerva.identifiers import spliced_rows
from minerva.identifiers.annotate import Options, Search, first_text, several_cells
from minerva.identifiers.spliced_rows import TWIN as _TWIN
from minerva.identifiers.spliced_rows import written as _line

_ODD_RETURN = re.compile(r"\r(?!\n)")
_ITEM = re.compile(r"\$((?:\$\$|[^$])*)\$(?:;|$)")


def annotated(body: str, options: Options, search: Search) -> tuple[str, int] | None:
    """The chunk with `options.added_fields` filled and its count of rows. None for a chunk that is left to the SDK:
    one without rows, with fewer than two columns, with odd names, with rows longer or shorter than the header, or with
    a carriage return that ends no line, where readers of CSV differ."""
    if _ODD_RETURN.search(body) is not None:
        return None
    spliced = _spliced(body, options, search)
    if spliced is not None:
        return spliced
    reader = csv.reader(io.StringIO(body))
    try:
        names = next(reader, [])
        rows = list(reader)
    except csv.Error:
        return None
    columns = _columns(names)
    if columns is None or not rows or set(map(len, rows)) != {len(names)}:
        return None
    return _written(rows, len(names), *columns, search), len(rows)


def _spliced(body: str, options: Options, search: Search) -> tuple[str, int] | None:
    """`annotated` of a chunk whose rows stay as they are, but for the new cells at their end; None for any other."""
    behind = body.find("\n") + 1
    header = body[: behind - 1].rstrip("\r")
    names = spliced_rows.names_of(header) if behind else None
    if names is None or not set(names).isdisjoint(options.added_fields):
        return None
    searched = [name for name in options.fields if name in names]
    read = {name for name in (*searched, options.region_field) if name in names}
    places = sorted(map(names.index, read))
    cut = spliced_rows.cut(body, behind, len(names), places)
    if cut is None:
        return None
    rows, found = cut
    cells = {names[place]: column for place, column in zip(places, found)}
    regions = [options.region] * len(rows)
    if options.region_field in cells:
        regions = [cell.strip() or options.region for cell in cells[options.region_field]]
    added = search.added_cells([cells[name] for name in searched], searched, regions)
    first = _line([part for name in options.added_fields for part in (name, _TWIN + name)])
    out = [f"{header},{first}"]
    out += [f"{row},{new}" for row, new in zip(rows, added)]
    out.append("")
    return "\r\n".join(out), len(rows)


def _columns(names: list[str]) -> tuple[dict[str, int], dict[str, int]] | None:
    """The places of the fields and of their twins; None if names repeat, or a twin is before or without its field."""
    places: dict[str, int] = {}
    twins: dict[str, int] = {}
    for place, name in enumerate(names):
        if not name.startswith(_TWIN):
            places[name] = place
        elif name[len(_TWIN) :] in places:
            twins[name[len(_TWIN) :]] = place
        else:
            return None
    return (places, twins) if places and len(places) + len(twins) == len(names) else None


def _written(rows: list[list[str]], blank: int, places: dict[str, int], twins: dict[str, int], search: Search) -> str:
    """The rows with the new fields: a row's cells, one blank cell at `blank`, then the new cells, put in order."""
    options = search.options
    added = {name: blank + 1 + 2 * index for index, name in enumerate(options.added_fields)}
    header = list(dict.fromkeys([*places, *added]))
    order = []
    for name in header:
        place = added.get(name)
        order += [places[name], twins.get(name, blank)] if place is None else [place, place + 1]
    arranged = itemgetter(*order)
    pairs = [(places[name], twin) for name, twin in twins.items()]
    searched = [(name, places[name], twins.get(name, blank)) for name in options.fields if name in places]
    of_region = None
    if options.region_field in places:
        of_region = (places[options.region_field], twins.get(options.region_field, blank))
    lines = [_line([part for name in header for part in (name, _TWIN + name)])]
    region = options.region
    for row in rows:
        row.append("")
        has_lists = any(row[twin] for _, twin in pairs)
        if of_region is not None:
            region = first_text(_cell(row, *of_region)) or options.region
        if has_lists:
            values = search.values([(name, _cell(row, *at)) for name, *at in searched], region)
            for place, twin in pairs:
                if row[twin]:
                    row[place], row[twin] = several_cells(_items(row[twin]))
        else:
            values = search.values([(name, row[place]) for name, place, _ in searched], region)
        for value in values:
            row += ("", "") if value is None else (value, "") if type(value) is str else several_cells(value)
        lines.append(_line(arranged(row)))
    lines.append("")
    return "\r\n".join(lines)


def _cell(row: list[str], place: int, twin: int) -> Any:
    return _items(row[twin]) if row[twin] else row[place]


def _items(coded: str) -> list[str]:
    return [item.replace("$$", "$") for item in _ITEM.findall(coded)]
