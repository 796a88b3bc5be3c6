"""Rows of a file as the events of a search, for the command line: no store, no roles, all fields count as indexed.

Index restrictions match the row's own field `index`, and `index=*` every row; a search without them reads every row, in
file order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from understudy.spl.errors import MissingError, UnsupportedError
from understudy.spl.json_fields import flatten
from understudy.spl.model import Context, CustomCommand, Leaf, LookupDefinition, Macro, Row, SavedSearch, Stream
from understudy.spl.search_match import compile_match
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or
from understudy.spl.values import number_of, text_of, values_of


class RowFileError(Exception):
    """A line of the rows file is no JSON object; the message names file and line."""


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Returns the JSON objects of a JSON-lines file; blank lines are skipped. Raises RowFileError."""
    found: list[dict[str, Any]] = []
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise RowFileError(f"{path}, line {number}: not JSON ({error}).") from error
            if not isinstance(data, dict):
                raise RowFileError(f"{path}, line {number}: a JSON object is expected.")
            found.append(data)
    return found


def row_of(data: Mapping[str, Any]) -> Row:
    """Returns the fields of one object.

    An array of scalars under a top-level key is the multivalue field of that name (`tags`); everything nested is named
    as spath does (`user.name`, `user.tags{}`, `items{}.price`); a key that already ends in {} keeps its name.
    """
    row: Row = {}
    for name, value in data.items():
        if isinstance(value, list):
            bare = name.removesuffix("{}")
            for key, held in flatten(value, bare).items():
                row[name if key == f"{bare}{{}}" else key] = held
        else:
            row.update(flatten({name: value}))
    return row


def second_names(data: Mapping[str, Any], row: Row) -> dict[str, str]:
    """Returns the other name of each array of scalars, and the field it stands for: `tags{}` of `tags` and back."""
    found = {f"{name}{{}}": name for name, value in data.items() if isinstance(value, list) and name in row}
    found.update({name[:-2]: name for name in row if name.endswith("{}")})
    return {other: name for other, name in found.items() if other not in row and not other.endswith("{}{}")}


class RowEvents:
    """The rows of a file behind the Events seam.

    An array can be read by both its names, `tags` and `tags{}`. The second name is put beside the first only in a
    search that writes it, and `without_copies` takes it off rows that still carry both at the end.
    """

    def __init__(self, objects: Sequence[Mapping[str, Any]]) -> None:
        self.originals = [row_of(data) for data in objects]
        self.others = [second_names(data, row) for data, row in zip(objects, self.originals, strict=True)]
        self.with_lists = any(map(_has_lists, self.originals))
        self.names = sorted(frozenset[str]().union(*self.others))
        self.prepared: dict[frozenset[str], list[Row]] = {frozenset(): self.originals}

    def copied(self, search: str) -> frozenset[str]:
        """Returns the second names that a search writes."""
        return frozenset(name for name in self.names if name in search and _writes(search, name))

    def rows(self, search: str) -> list[Row]:
        """Returns the rows as a search sees them."""
        asked = self.copied(search)
        if asked not in self.prepared:
            if len(self.prepared) > 8:
                self.prepared = {frozenset(): self.originals}
            self.prepared[asked] = [
                {**row, **{name: row[others[name]] for name in asked if name in others}}
                for row, others in zip(self.originals, self.others, strict=True)
            ]
        return self.prepared[asked]

    def without_copies(self, row: Row, search: str) -> Row:
        """Returns the row without a second name whose first name is there with the same value."""
        doubled: set[str] = set()
        for name in sorted(self.copied(search), key=lambda one: not one.endswith("{}")):
            first = name[:-2] if name.endswith("{}") else f"{name}{{}}"
            if name in row and first not in doubled and row.get(first) == row[name]:
                doubled.add(name)
        return {name: value for name, value in row.items() if name not in doubled} if doubled else row

    def scan(self, tree: Node, earliest: float | None, latest: float | None, context: Context) -> Iterator[Row]:
        """Yields copies of the matching rows in file order; with a time range, rows without _time are left out."""
        matches = compile_match(_in_every_index(tree))
        in_range = _range_test(earliest, latest)
        has_lists = _never if not self.with_lists else _has_lists
        for row in self.rows(context.search):
            if in_range(row) and matches(row):
                yield _copy(row) if has_lists(row) else row.copy()

    def pushed(self, leaf: Leaf, following: Sequence[Any], context: Context) -> tuple[int, Stream] | None:
        """Leaves every command to the row path, which is the only one here."""
        return None

    def candidates(self, leaf: Leaf, context: Context) -> int | None:
        """Returns None: rows are only known by reading them."""
        return None

    def tstats(self, request: Any, context: Context) -> Stream:
        """Answers tstats over all fields of the rows."""
        from understudy.spl.row_tstats import answer

        return answer(self, request, context)

    def indexes(self) -> Sequence[Mapping[str, Any]]:
        """Returns the indexes that the rows name; a row that names none is in main."""
        found: dict[str, dict[str, Any]] = {}
        for row in self.rows(""):
            time = number_of(row.get("_time"))
            for name in values_of(row.get("index", "main")):
                entry = found.setdefault(
                    text_of(name),
                    {"name": text_of(name), "count": 0, "first_time": None, "last_time": None, "size_bytes": 0},
                )
                entry["count"] += 1
                entry["size_bytes"] += len(text_of(row.get("_raw", "")).encode())
                if time is not None:
                    entry["first_time"] = time if entry["first_time"] is None else min(entry["first_time"], time)
                    entry["last_time"] = time if entry["last_time"] is None else max(entry["last_time"], time)
        return list(found.values())

    def metadata(self, kind: str, tree: Node, context: Context) -> Iterator[Row]:
        """Yields one row per host, source or sourcetype: counts, first, last and recent time."""
        name = kind.rstrip("s")
        found: dict[str, Row] = {}
        for row in self.scan(tree, context.earliest, context.latest, context):
            time = number_of(row.get("_time"))
            for value in values_of(row.get(name)):
                text = text_of(value)
                entry = found.setdefault(text, {name: text, "totalCount": 0, "type": kind})
                entry["totalCount"] = int(number_of(entry["totalCount"]) or 0) + 1
                if time is not None:
                    first, last = number_of(entry.get("firstTime")), number_of(entry.get("lastTime"))
                    entry["firstTime"] = time if first is None else min(first, time)
                    entry["lastTime"] = entry["recentTime"] = time if last is None else max(last, time)
        yield from found.values()


def _in_every_index(tree: Node) -> Node:
    """Returns the tree with `index=*` true for every row: an event is in some index, also one whose row names none."""
    if isinstance(tree, And):
        return And(tuple(map(_in_every_index, tree.items)))
    if isinstance(tree, Or):
        return Or(tuple(map(_in_every_index, tree.items)))
    if isinstance(tree, Not):
        return Not(_in_every_index(tree.item))
    every = isinstance(tree, Compare) and (tree.field, tree.op, tree.value) == ("index", "=", "*")
    return Everything() if every else tree


def _has_lists(row: Row) -> bool:
    return list in map(type, row.values())


def _never(row: Row) -> bool:
    return False


def _copy(row: Row) -> Row:
    return {name: list(value) if isinstance(value, list) else value for name, value in row.items()}


def _writes(search: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\{{|\.\w)", search) is not None


def _range_test(earliest: float | None, latest: float | None) -> Callable[[Row], bool]:
    if earliest is None and latest is None:
        return lambda row: True

    def test(row: Row) -> bool:
        time = number_of(row.get("_time"))
        return time is not None and (earliest is None or time >= earliest) and (latest is None or time < latest)

    return test


class NoTables:
    """No lookups: every name is missing."""

    def definition(self, name: str) -> LookupDefinition:
        raise MissingError(f"lookup '{name}' not found")

    def rows(self, name: str) -> Iterator[Row]:
        raise MissingError(f"lookup '{name}' not found")

    def write(
        self,
        name: str,
        rows: Any,
        *,
        append: bool,
        key_field: str | None,
        create_empty: bool,
        place: str = "app",
        insert_only: bool = False,
        multivalue: bool = False,
    ) -> int:
        raise MissingError(f"lookup '{name}' not found")


class NoKnowledge:
    """No macros, saved searches, custom commands, event types or jobs."""

    def macro(self, name: str, count: int) -> Macro | None:
        return None

    def saved_search(self, name: str) -> SavedSearch | None:
        return None

    def custom_command(self, name: str) -> CustomCommand | None:
        return None

    def event_type(self, name: str) -> str | None:
        return None

    def job(self, sid: str) -> Stream | None:
        return None

    def rest(self, path: str, parameters: Mapping[str, str]) -> Iterator[Row]:
        raise UnsupportedError("'rest' needs a running server.")
