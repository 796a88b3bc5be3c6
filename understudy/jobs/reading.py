"""What a running search reads: how many events, how far back, and the first of them kept for previews and `events`.

It stands between the search and the store as the search's `Events`; answers are not changed by it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from understudy.jobs.results import ResultFile
from understudy.spl.engine import plan
from understudy.spl.model import Context, Events, Leaf, Row, Stream
from understudy.spl.search_tree import Node

KEPT_EVENTS = 50_000
"""Rows kept per job, of all its reads together; beyond them counts go on, previews stand still."""
KEPT_BYTES = 32 * 1024 * 1024
KEPT_READS = 40
FLUSH_SECONDS = 0.2

Key = tuple[int, Node, "float | None", "float | None", int]
"""Depth of brackets, expression, range, and which of several equal reads it is."""


@dataclass
class Part:
    """One read. answered: how many commands behind the search the store answered too (then rows are their table)."""

    rows: ResultFile
    answered: int = 0
    fields: list[str] | None = None
    ended: bool = False


class Delegate:
    """The questions of a search that go to the store as they are."""

    def __init__(self, events: Events) -> None:
        self._events = events

    def candidates(self, leaf: Leaf, context: Context) -> int | None:
        return self._events.candidates(leaf, context)

    def tstats(self, request: Any, context: Context) -> Stream:
        return self._events.tstats(request, context)

    def indexes(self) -> Sequence[Mapping[str, Any]]:
        return self._events.indexes()

    def metadata(self, kind: str, tree: Node, context: Context) -> Iterator[Row]:
        return self._events.metadata(kind, tree, context)


class Reading(Delegate):
    """Reads of one search, in its thread; counts and kept rows may be looked at from others.

    deepest: the level of brackets whose reads count as the search's own. whole: keep events with all their fields,
    for which the store answers nothing but events. keep: keep rows at all.
    """

    def __init__(self, events: Events, folder: Path, *, deepest: int = 0, keep: bool, whole: bool = False) -> None:
        super().__init__(events)
        self._folder = folder
        self._deepest = deepest
        self._keep = keep
        self._whole = whole
        self._lock = threading.Lock()
        self._seen: dict[Key, int] = {}
        self._flushed = 0.0
        self._count = 0
        self._leaf: tuple[Leaf, Context] | None = None
        self._in_store = False
        self._matched: int | None = None
        self._total: int | None = None
        self.scanned = 0
        self.oldest: float | None = None
        """The time of the event that was read last; events come newest first."""
        self.parts: dict[Key, Part] = {}
        self.main: list[Part] = []
        self.overflow = False
        """Whether reads were left out because there are too many: then nothing can be read again."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)

    def scan(self, tree: Node, earliest: float | None, latest: float | None, context: Context) -> Iterator[Row]:
        key = numbered(self._seen, context, tree, earliest, latest)
        return self._watched(key, self._events.scan(tree, earliest, latest, context))

    def pushed(self, leaf: Leaf, following: Sequence[Any], context: Context) -> tuple[int, Stream] | None:
        key = last(self._seen, context, leaf)
        own = key[0] <= self._deepest
        if own and self._leaf is None:
            self._leaf = (leaf, replace(context, messages=[], cancelled=lambda: False, finalized=lambda: False))
        if own and self._whole:
            return None
        found = self._events.pushed(leaf, following, context)
        if found is None:
            return None
        answered, stream = found
        if not answered:
            return 0, replace(stream, rows=self._watched(key, stream.rows))
        if own:
            self._in_store = True
            return found
        return answered, replace(stream, rows=self._watched(key, stream.rows, answered, stream.fields))

    def _watched(
        self, key: Key, rows: Iterator[Row], answered: int = 0, fields: list[str] | None = None
    ) -> Iterator[Row]:
        own = key[0] <= self._deepest
        part = self._part(key, own, answered, fields)
        for row in rows:
            if own:
                self.scanned += 1
                moment = row.get("_time")
                if isinstance(moment, (int, float)):
                    self.oldest = moment
            if self._keep and part is not None:
                self._kept(part, row)
            yield row
        if part is not None:
            part.rows.flush()
            part.ended = True

    def _part(self, key: Key, own: bool, answered: int, fields: list[str] | None) -> Part | None:
        if not self._keep:
            return None
        if len(self.parts) >= KEPT_READS:
            self.overflow = True
            return None
        part = Part(ResultFile(self._folder / f"events_{len(self.parts)}.jsonl"), answered, fields)
        self.parts[key] = part
        if own:
            self.main.append(part)
        return part

    def _kept(self, part: Part, row: Row) -> None:
        part.rows.append(row)
        now = time.monotonic()
        if now - self._flushed > FLUSH_SECONDS:
            self._flushed = now
            part.rows.flush()
        self._count += 1
        if self._count >= KEPT_EVENTS or (self._count % 100 == 0 and self.size >= KEPT_BYTES):
            self._keep = False
            self.flush()

    @property
    def size(self) -> int:
        """Returns the bytes of what is kept."""
        return sum(part.rows.size for part in list(self.parts.values()))

    @property
    def available(self) -> int:
        """Returns how many of the search's own events are kept and can be read now."""
        return sum(part.rows.count for part in list(self.main))

    @property
    def full(self) -> bool:
        """Tells whether the bounds of what is kept were reached."""
        return not self._keep and bool(self.parts)

    def flush(self) -> None:
        """Makes what is kept readable. For the search's own thread."""
        for part in list(self.parts.values()):
            part.rows.flush()

    def close(self) -> None:
        for part in list(self.parts.values()):
            part.rows.finish()

    def events(self, ended: bool) -> int:
        """Returns how many events matched; what the store answered by itself is counted there, once, at the end."""
        if self._in_store and ended and self._leaf is not None:
            with self._lock:
                if self._matched is None:
                    leaf, context = self._leaf
                    whole = self._events.scan(leaf.tree, leaf.earliest, leaf.latest, context)
                    counted = self._counted()
                    self._matched = sum(1 for _ in whole) if counted is None else counted
            return self._matched
        return self.scanned

    def progress(self) -> float:
        """Returns the part of the time range that is read, 0 to 1; without a range the part of the events.

        Every poll of a running job asks for it: 0 where only reading the events would tell how many there are.
        """
        low, high = (None, None) if self._leaf is None else (self._leaf[0].earliest, self._leaf[0].latest)
        if self.oldest is not None and low is not None and high is not None and high > low:
            return min(1.0, max(0.0, (high - self.oldest) / (high - low)))
        if self._leaf is None:
            return 0.0
        with self._lock:
            if self._total is None:
                self._total = self._events.candidates(*self._leaf) or 0
        return min(1.0, self.scanned / self._total) if self._total else 0.0

    def _counted(self) -> int | None:
        """Returns how many events match the search, None where the store does not count them by itself."""
        if self._leaf is None:
            return None
        leaf, context = self._leaf
        found = self._events.pushed(leaf, plan("stats count", 0, context, start="rows"), context)
        if found is None or not found[0]:
            return None
        return sum(int(str(row.get("count", 0))) for row in found[1].rows)


def depth(context: Context) -> int:
    """Returns in how many brackets the search of the context stands."""
    return int(context.session.get("subsearch_depth", 0))


def numbered(seen: dict[Key, int], context: Context, tree: Node, earliest: float | None, latest: float | None) -> Key:
    """Returns the key of a read that begins now; seen counts the reads that are equal otherwise."""
    plain: Key = (depth(context), tree, earliest, latest, 0)
    seen[plain] = seen.get(plain, 0) + 1
    return (*plain[:4], seen[plain])


def last(seen: dict[Key, int], context: Context, leaf: Leaf) -> Key:
    """Returns the key of the read that began last for the leaf."""
    plain: Key = (depth(context), leaf.tree, leaf.earliest, leaf.latest, 0)
    return (*plain[:4], seen.get(plain, 0))
