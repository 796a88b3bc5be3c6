"""One search job: what was asked, how far it is, what it said. Times are epoch seconds of the injected clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from understudy.jobs.previews import Previews
from understudy.jobs.reading import Reading
from understudy.jobs.results import ResultFile
from understudy.jobs.shape import Shape
from understudy.spl.model import Message

QUEUED, PARSING, RUNNING, PAUSED, FINALIZING = ("QUEUED", "PARSING", "RUNNING", "PAUSED", "FINALIZING")
DONE, FAILED, USER_CANCEL, INTERNAL_CANCEL = ("DONE", "FAILED", "USER_CANCEL", "INTERNAL_CANCEL")
WITHOUT_RESULTS = frozenset({FAILED, USER_CANCEL, INTERNAL_CANCEL})
ENDED = WITHOUT_RESULTS | {DONE}


class JobCancelled(Exception):
    """The job was cancelled while it ran."""


@dataclass(frozen=True)
class Request:
    """What a search was asked to be. earliest and latest as written; empty = no bound."""

    search: str
    user: str
    app: str = "search"
    earliest: str = ""
    latest: str = ""
    now: float | None = None
    label: str = ""
    sid: str = ""
    ttl: float | None = None
    max_count: int = 500_000
    parameters: dict[str, Any] = field(default_factory=dict)
    saved_search: str = ""
    saved_search_owner: str = ""
    scheduled: bool = False
    shared: bool = False
    """Whether the saved search is an app's and not a user's own."""
    viewers: tuple[str, ...] = ()
    """Users beside the owner who may read the job, for as long as they may read its saved search."""
    max_time: float = 0.0
    """Seconds after which the job finalizes itself; 0 = never. So are the next two, which count seconds in which no
    client asked for the job, and finalize_events, which counts events."""
    auto_cancel: float = 0.0
    auto_pause: float = 0.0
    finalize_events: int = 0
    preview: bool = True
    status_buckets: int = 0
    """Above 0: the search reads its events with all their fields and keeps the first of them for its clients."""
    custom: dict[str, str] = field(default_factory=dict)
    on_end: Callable[[Job], object] | None = None


@dataclass
class Job:
    """State of a job; `ended` is set once results or a failure are there.

    polled: when a client last asked for it; thread: the id of the thread that runs it, 0 before; began: when it did,
    by the monotonic clock; reading and previews: None until the search is understood.
    """

    sid: str
    request: Request
    folder: Path
    created: float
    ttl: float
    owner: str
    results: ResultFile
    sharing: str = "global"
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    state: str = QUEUED
    started: float | None = None
    finished: float | None = None
    run_seconds: float = 0.0
    began: float | None = None
    touched: float = 0.0
    polled: float = 0.0
    thread: int = 0
    saved: bool = False
    preview: bool = True
    reading: Reading | None = None
    previews: Previews | None = None
    shape: Shape = field(default_factory=Shape)
    earliest: float | None = None
    latest: float | None = None
    result_count: int = 0
    fields: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    priority: int = 5
    cancelled: bool = False
    cancelled_by: str = USER_CANCEL
    dropped: bool = False
    finalized: bool = False
    error_kind: str = ""
    ended: threading.Event = field(default_factory=threading.Event)
    resumed: threading.Event = field(default_factory=threading.Event)

    @property
    def is_done(self) -> bool:
        return self.state in ENDED

    @property
    def failed(self) -> bool:
        """Tells whether the job ended without results: it failed or was cancelled."""
        return self.state in WITHOUT_RESULTS

    @property
    def paused(self) -> bool:
        return not self.resumed.is_set()

    @property
    def transforming(self) -> bool:
        """Tells whether the results are a table."""
        return self.shape.transforming

    @property
    def row_count(self) -> int:
        """Returns the number of result rows that can be read now."""
        return 0 if self.failed else self.results.count

    def seconds(self) -> float:
        """Returns how long the search has run, up to now or to its end, without what is done with its results then."""
        if self.began is None or self.run_seconds:
            return self.run_seconds
        return time.monotonic() - self.began

    def expires(self) -> float:
        """Returns when the job may be forgotten: ttl after its end, or after it was last touched."""
        return max(self.touched, self.finished or self.created) + self.ttl
