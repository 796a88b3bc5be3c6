"""One search job: what was asked, how far it is, what it said. Times are epoch seconds of the injected clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from understudy.spl.model import Message

QUEUED, PARSING, RUNNING, FINALIZING, DONE, FAILED, PAUSED = (
    "QUEUED",
    "PARSING",
    "RUNNING",
    "FINALIZING",
    "DONE",
    "FAILED",
    "PAUSED",
)
ENDED = frozenset({DONE, FAILED})


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
    viewers: tuple[str, ...] = ()
    """Users beside the owner who may read the job."""
    on_end: Callable[[Job], object] | None = None


@dataclass
class Job:
    """State of a job. `lock` guards the changing fields; `ended` is set once results or a failure are there."""

    sid: str
    request: Request
    folder: Path
    created: float
    ttl: float
    owner: str
    sharing: str = "user"
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    state: str = QUEUED
    started: float | None = None
    finished: float | None = None
    run_seconds: float = 0.0
    touched: float = 0.0
    earliest: float | None = None
    latest: float | None = None
    transforming: bool = False
    result_count: int = 0
    fields: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    priority: int = 5
    cancelled: bool = False
    finalized: bool = False
    error_kind: str = ""
    ended: threading.Event = field(default_factory=threading.Event)
    resumed: threading.Event = field(default_factory=threading.Event)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def is_done(self) -> bool:
        return self.state in ENDED

    @property
    def failed(self) -> bool:
        return self.state == FAILED

    @property
    def paused(self) -> bool:
        return not self.resumed.is_set()

    def expires(self) -> float:
        """Returns when the job may be forgotten: ttl after its end, or after it was last touched."""
        return max(self.touched, self.finished or self.created) + self.ttl
