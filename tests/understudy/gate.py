"""A gate in front of a stage's events: some rows of every read pass, the others wait until a test opens it.

A search behind a closed gate is running for as long as a test needs it to, however fast or busy the machine is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from understudy.access import AccessContext
from understudy.jobs.reading import Delegate
from understudy.spl.model import Context, Events, Leaf, Row, Stream
from understudy.spl.search_tree import Node
from understudy.stage import Stage

PASSING = 1000
MADE = 20_000
"""More than PASSING and what the engine reads between two looks at what it is told to do (CHECK_EVERY)."""
MADE_SEARCH = "search index=main | eval a=md5(n)"
"""A search over made rows that the store does not answer by itself."""


class Gate:
    """passing: how many rows of every read come before it is opened."""

    def __init__(self, passing: int) -> None:
        self._passing = passing
        self._opened = threading.Event()

    def open(self) -> None:
        self._opened.set()

    def passed(self, rows: Iterator[Row]) -> Iterator[Row]:
        for number, row in enumerate(rows):
            if number >= self._passing:
                self._opened.wait()
            yield row


class _Held(Delegate):
    """The events of a store behind a gate, or so many made rows in their place."""

    def __init__(self, events: Events, gate: Gate, made: int) -> None:
        super().__init__(events)
        self._gate = gate
        self._made = made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)

    def scan(self, tree: Node, earliest: float | None, latest: float | None, context: Context) -> Iterator[Row]:
        rows = self._rows(context) if self._made else self._events.scan(tree, earliest, latest, context)
        return self._gate.passed(rows)

    def _rows(self, context: Context) -> Iterator[Row]:
        for number in range(self._made):
            yield {"_time": context.now - number, "_raw": f"n={number}", "index": "main", "n": str(number)}

    def pushed(self, leaf: Leaf, following: Sequence[Any], context: Context) -> tuple[int, Stream] | None:
        found = None if self._made else self._events.pushed(leaf, following, context)
        if found is None:
            return None
        answered, stream = found
        return answered, replace(stream, rows=self._gate.passed(stream.rows))


@contextmanager
def gated(stage: Stage, *, passing: int = PASSING, made: int = 0) -> Iterator[Gate]:
    """Yields the closed gate of a stage; it is open, and gone for later reads, at the end.

    made: so many made rows stand in place of what the store holds.
    """
    gate = Gate(passing)
    original = stage.store.events_for

    def events_for(access: AccessContext) -> Events:
        return _Held(original(access), gate, made)

    with patch.object(stage.store, "events_for", events_for):
        try:
            yield gate
        finally:
            gate.open()
