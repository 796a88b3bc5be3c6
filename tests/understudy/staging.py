"""A stage for tests: a home in a temporary folder, users of two tenants' kind, a clock that the test moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from understudy.stage import Stage

ADMIN, PASSWORD = "admin", "a test password"


class Clock:
    """Epoch seconds that stand still until moved."""

    def __init__(self, now: float = 1_790_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def make_stage(home: Path, clock: Callable[[], float] = time.time) -> Stage:
    """Returns a stage that is not serving yet, with one administrator."""
    stage = Stage(home, rest_port=0, clock=clock)
    stage.create_user(ADMIN, PASSWORD, ["admin"])
    return stage


def until(condition: Callable[[], object], seconds: float = 120.0) -> None:
    """Waits until the condition holds; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.02)
