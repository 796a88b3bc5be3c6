"""Previews of a search whose rows come at its end: its answer over the events read so far, made when asked for."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from understudy.jobs.reading import Reading
from understudy.jobs.replay import Table, again
from understudy.jobs.shape import Shape
from understudy.spl.errors import SplError
from understudy.spl.model import Context

PAUSE_SECONDS = 1.0
SHARE = 4.0
"""A preview waits at least PAUSE_SECONDS, and SHARE times what the last one took, behind the last one."""


class Previews:
    """Previews of one job. context: the search's own, as it was before it ran."""

    def __init__(self, search: str, shape: Shape, context: Context, reading: Reading, most: int) -> None:
        self._search = search
        self._shape = shape
        self._context = replace(context)
        self._reading = reading
        self._most = most
        self._lock = threading.Lock()
        self._latest: Table | None = None
        self._next = 0.0
        self.made = 0

    @property
    def possible(self) -> bool:
        """Tells whether previews are made: not of searches that write, run programs or only pass rows on."""
        return self._shape.blocking and self._shape.repeatable and not self._reading.overflow

    @property
    def bounded(self) -> bool:
        """Tells whether the preview stands still although more events were read."""
        return self._reading.full

    @property
    def count(self) -> int:
        """Returns the rows of the latest preview."""
        latest = self._latest
        return 0 if latest is None else len(latest.rows)

    def latest(self) -> Table | None:
        """Returns the preview, made anew if there is more to see and it is time; None before any event was read.

        Of several callers one makes it, the others get the one before.
        """
        if not self.possible:
            return None
        if self._is_due() and self._lock.acquire(blocking=self._latest is None):
            try:
                if self._is_due():
                    self._make()
            finally:
                self._lock.release()
        return self._latest

    def _is_due(self) -> bool:
        available, latest = self._reading.available, self._latest
        stale = bool(available) and (latest is None or latest.covered < available)
        return stale and time.monotonic() >= self._next

    def _make(self) -> None:
        began = time.monotonic()
        try:
            self._latest = again(self._search, self._context, self._reading, 0, self._most)
            self.made += 1
        except SplError:
            pass  # the search itself will say what is wrong with it
        ended = time.monotonic()
        self._next = ended + max(PAUSE_SECONDS, SHARE * (ended - began))

    def events(self, offset: int, count: int | None) -> Table:
        """Returns kept events as they reach the first command that makes a table; as read, if that runs programs."""
        if self._shape.events:
            try:
                return again(self._shape.events, self._context, self._reading, offset, count)
            except SplError:
                return Table([], [])
        rows = [row for part in list(self._reading.main) for row in part.rows.rows()]
        page = rows[offset : None if count is None else offset + count]
        return Table(list(dict.fromkeys(name for row in page for name in row)), page)

    def forget(self) -> None:
        """Lets the latest preview go: the job has its results."""
        self._latest = None
