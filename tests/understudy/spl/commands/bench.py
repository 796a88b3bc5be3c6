"""A search over given rows, with lookup tables held in memory: what the command tests run on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

from understudy.spl.engine import run
from understudy.spl.errors import MissingError
from understudy.spl.model import Context, LookupDefinition, Row
from understudy.spl.row_events import NoKnowledge, RowEvents

NOW = 1_700_000_000
"""Tue 14 Nov 2023 22:13:20 UTC."""


class MemoryTables:
    """Lookup tables by name; written tables replace or extend them."""

    def __init__(self, tables: Mapping[str, Sequence[Row]] | None = None, **facts: Mapping[str, Any]) -> None:
        self.tables: dict[str, list[Row]] = {name: [dict(row) for row in rows] for name, rows in (tables or {}).items()}
        self.facts = facts

    def definition(self, name: str) -> LookupDefinition:
        if name not in self.tables:
            raise MissingError(f"lookup '{name}' not found")
        fields = list(dict.fromkeys(field for row in self.tables[name] for field in row))
        return replace(LookupDefinition(name, fields), **self.facts.get(name, {}))

    def rows(self, name: str) -> Iterable[Row]:
        return self.tables[name]

    def write(
        self,
        name: str,
        rows: Iterable[Row],
        *,
        append: bool,
        key_field: str | None,
        create_empty: bool,
        place: str = "app",
        insert_only: bool = False,
        multivalue: bool = False,
    ) -> int:
        held = list(rows)
        self.tables[name] = [*self.tables.get(name, []), *held] if append else held
        return len(held)


def make_context(rows: Sequence[Mapping[str, Any]], tables: MemoryTables | None = None, **changes: Any) -> Context:
    context = Context(
        events=RowEvents(rows), tables=tables or MemoryTables(), knowledge=NoKnowledge(), now=NOW, zone=UTC
    )
    return replace(context, **changes)


def search(
    rows: Sequence[Mapping[str, Any]], spl: str, tables: MemoryTables | None = None, **changes: Any
) -> list[dict[str, Any]]:
    """Returns the rows of a search over rows; a text that begins with a pipe goes on from `search *`."""
    text = f"search * {spl}" if spl.startswith("| ") else spl.removeprefix("!")
    return [dict(row) for row in run(text, make_context(rows, tables, **changes)).rows]
