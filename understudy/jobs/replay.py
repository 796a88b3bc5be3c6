"""Running a search again over the events it has read so far: what its preview and its events are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from understudy.jobs.reading import Delegate, Key, Part, Reading, last, numbered
from understudy.spl.engine import run
from understudy.spl.model import Context, Events, Leaf, Row, Stream
from understudy.spl.search_tree import Node


@dataclass(frozen=True)
class Table:
    """Rows with their columns. covered: how many of the search's own events they are made of."""

    fields: list[str]
    rows: list[Row]
    covered: int = 0

    def page(self, offset: int, count: int | None) -> Table:
        """Returns the rows from an offset on, at most count of them."""
        return replace(self, rows=self.rows[offset : None if count is None else offset + count])


class Replay(Delegate):
    """The `Events` of a search that reads again: of each read the rows kept at this moment, and no others."""

    def __init__(self, events: Events, reading: Reading) -> None:
        super().__init__(events)
        self._rows: dict[Key, tuple[Part, int]] = {
            key: (part, part.rows.count if part.ended or not part.answered else 0)
            for key, part in list(reading.parts.items())
        }
        self._seen: dict[Key, int] = {}
        own = list(reading.main)
        self.covered = sum(count for part, count in self._rows.values() if part in own)

    def scan(self, tree: Node, earliest: float | None, latest: float | None, context: Context) -> Iterator[Row]:
        found = self._rows.get(numbered(self._seen, context, tree, earliest, latest))
        return iter(()) if found is None else found[0].rows.rows(0, found[1])

    def pushed(self, leaf: Leaf, following: Sequence[Any], context: Context) -> tuple[int, Stream] | None:
        found = self._rows.get(last(self._seen, context, leaf))
        if found is None or not found[0].answered:
            return None
        part, count = found
        return part.answered, Stream(part.rows.rows(0, count), part.fields)


def again(search: str, context: Context, reading: Reading, offset: int = 0, count: int | None = None) -> Table:
    """Runs a search over what was read so far and returns rows of its answer. Raises SplError.

    context: that of the search itself, as it was before it ran; its messages and formats are left alone.
    """
    replay = Replay(context.events, reading)
    stream = run(search, replace(context, events=replay, messages=[], formats={}))
    rows = list(islice(stream.rows, offset, None if count is None else offset + count))
    fields = (
        list(stream.fields) if stream.fields is not None else list(dict.fromkeys(name for row in rows for name in row))
    )
    return Table(fields, rows, replay.covered)
