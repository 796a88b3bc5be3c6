"""How stored events become rows: the columns to read, and the row of one tuple; all fields or only those needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from understudy.spl.model import Row, Value
from understudy.storage.schema import scalar_of

BASE_COLUMNS = ("id", "time", "indextime", "idx", "host", "source", "sourcetype", "raw", "repeats")
ORIGIN = frozenset({"sourcetype", "source", "host"})
"""The fields that choose an event's settings."""
DERIVED = frozenset({"splunk_server", "linecount", "_cd"})
"""Fields of every event that no column holds."""
COLUMNS = {
    "_time": "time",
    "_indextime": "indextime",
    "index": "idx",
    "_raw": "raw",
    "host": "nullif(host, '')",
    "source": "nullif(source, '')",
    "sourcetype": "nullif(sourcetype, '')",
}


@dataclass(frozen=True)
class Reading:
    """select: the column list of SQL; row: what one fetched tuple makes."""

    select: str
    row: Callable[[Sequence[Any]], Row]


def whole(columns: Mapping[str, str], server: str) -> Reading:
    """Returns the reading of all fields. columns: field -> list column."""
    names = list(columns)
    select = ", ".join([*BASE_COLUMNS, *columns.values()])
    return Reading(select, lambda values: event_row(values, names, server))


def projected(needed: frozenset[str], columns: Mapping[str, str], single: frozenset[str], repeats: bool) -> Reading:
    """Returns the reading of some fields. single: fields of one value at most; repeats: some list is kept in full."""
    names: list[str] = []
    selected: list[str] = []
    numbers: list[str] = []
    lists: list[str] = []
    for name in sorted(needed):
        if name in COLUMNS:
            selected.append(COLUMNS[name])
            if name in {"_time", "_indextime"}:
                numbers.append(name)
        elif name in columns:
            selected.append(scalar_of(columns[name]) if name in single else columns[name])
            if name not in single:
                lists.append(name)
        else:
            continue
        names.append(name)
    if repeats:
        selected.append("repeats")

    def plain(values: Sequence[Any]) -> Row:
        row: Row = dict(zip(names, values, strict=False))
        if None in values:
            for name in names:
                if row[name] is None:
                    del row[name]
        return row

    def full(values: Sequence[Any]) -> Row:
        row = plain(values)
        for name in numbers:
            time: Any = row[name]
            if time.is_integer():
                row[name] = int(time)
        for name in lists:
            found: Any = row.get(name)
            if found is not None and len(found) < 2:
                if found:
                    row[name] = found[0]
                else:
                    del row[name]
        if repeats and values[-1]:
            row.update((name, value) for name, value in repeated(values[-1]).items() if name in needed)
        return row

    return Reading(", ".join(selected) or "NULL", full if numbers or lists or repeats else plain)


def repeated(text: str) -> dict[str, Value]:
    """Returns the fields whose values repeat, in full, from the column that keeps them."""
    found: dict[str, Value] = json.loads(text)
    return found


def event_row(values: Sequence[Any], names: Sequence[str], server: str) -> Row:
    """Returns the row of one stored event: base fields first, then indexed ones."""
    identity, time, indextime, index, host, source, sourcetype, raw, repeats = values[:9]
    row: Row = {
        "_time": int(time) if time.is_integer() else time,
        "_raw": raw,
        "_indextime": int(indextime),
        "_cd": f"0:{identity}",
        "index": index,
        "splunk_server": server,
        "linecount": raw.count("\n") + 1,
    }
    for name, value in (("host", host), ("source", source), ("sourcetype", sourcetype)):
        if value:
            row[name] = value
    for name, found in zip(names, values[9:], strict=True):
        if found:
            row[name] = found[0] if len(found) == 1 else found
    if repeats:
        row.update(repeated(repeats))
    return row
