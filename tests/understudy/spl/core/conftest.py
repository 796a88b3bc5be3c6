"""Contexts for the language core's tests: rows in memory, a fixed clock, named macros and saved searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from typing import Any

import pytest

from understudy.spl import engine
from understudy.spl.model import Context, Macro, Row, SavedSearch, Stream
from understudy.spl.row_events import NoKnowledge, NoTables, RowEvents

NOW = 1_700_000_000.0  # Tue Nov 14 2023 22:13:20 UTC


class NamedKnowledge(NoKnowledge):
    """Macros by (name, count), saved searches, event types and jobs out of plain dictionaries."""

    def __init__(
        self,
        macros: Mapping[tuple[str, int], Macro] | None = None,
        saved: Mapping[str, SavedSearch] | None = None,
        event_types: Mapping[str, str] | None = None,
        jobs: Mapping[str, list[Row]] | None = None,
    ) -> None:
        self.macros = macros or {}
        self.saved = saved or {}
        self.event_types = event_types or {}
        self.jobs = jobs or {}

    def macro(self, name: str, count: int) -> Macro | None:
        return self.macros.get((name, count))

    def saved_search(self, name: str) -> SavedSearch | None:
        return self.saved.get(name)

    def event_type(self, name: str) -> str | None:
        return self.event_types.get(name)

    def job(self, sid: str) -> Stream | None:
        return Stream(iter(self.jobs[sid])) if sid in self.jobs else None

    def rest(self, path: str, parameters: Mapping[str, str]) -> Iterator[Row]:
        yield {"path": path, **dict(parameters)}


def context_of(rows: list[dict[str, Any]], knowledge: NoKnowledge | None = None) -> Context:
    return Context(RowEvents(rows), NoTables(), knowledge or NoKnowledge(), NOW, UTC)


def answer(search: str, rows: list[dict[str, Any]] | None = None, knowledge: NoKnowledge | None = None) -> list[Row]:
    return list(engine.run(search, context_of(rows or [], knowledge)).rows)


@pytest.fixture
def context() -> Context:
    return context_of([])


@pytest.fixture
def run() -> Callable[..., list[Row]]:
    return answer
