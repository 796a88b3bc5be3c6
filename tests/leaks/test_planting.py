"""The leak check waits for linking and alerts by turns, and says what did not come."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from leaks.model import Site
from leaks.planting import Patience, _awaited
from leaks.standin import PERIOD, StandIn


@pytest.mark.parametrize("needed", [0, 1, 3])
def test_turns_are_taken_until_something_is_found(needed: int) -> None:
    taken: list[int] = []
    patience = Patience(lambda: taken.append(1), 3)
    assert _awaited(lambda: "found" if len(taken) == needed else "", patience, "nothing came") == "found"
    assert len(taken) == needed


def test_what_never_comes_is_said_after_the_last_turn() -> None:
    taken: list[int] = []
    with pytest.raises(RuntimeError, match="nothing came"):
        _awaited(lambda: "", Patience(lambda: taken.append(1), 3), "nothing came")
    assert len(taken) == 3


class Backstage:
    """Notes the moments that schedules are run for; the last search fails if told so."""

    started = 0.0

    def __init__(self, failing: bool = False) -> None:
        self.marks: list[float] = []
        self.failing = failing
        self.search_schedule = self.own_log = self

    def run_due(self, now: float, since: float) -> list[object]:
        self.marks.append(now)
        return [self] if self.failing else []

    def index(self) -> None:
        pass

    failed = True
    messages = ("no such index",)

    @property
    def request(self) -> Backstage:
        return self

    saved_search = "keep entities current"


def stand_in(stage: Backstage) -> StandIn:
    return StandIn(stage, Site("http://127.0.0.1:1", (), ()))  # type: ignore[arg-type]


def test_each_turn_runs_a_later_mark_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = itertools.chain([1000.0, 1001.0, 1499.0, 2000.0], itertools.repeat(2001.0))
    monkeypatch.setattr("leaks.standin.time", SimpleNamespace(time=lambda: next(moments)))
    stage = Backstage()
    stood = stand_in(stage)
    for _ in range(5):
        stood.settle()
    assert stage.marks == [1200, 1500, 1800, 2100, 2400]
    assert all(mark % PERIOD == 0 for mark in stage.marks)


def test_a_scheduled_search_that_fails_is_named_at_once() -> None:
    with pytest.raises(RuntimeError, match=r"keep entities current: .*no such index"):
        stand_in(Backstage(failing=True)).settle()
