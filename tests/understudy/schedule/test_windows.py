"""Schedule windows: who gives way to whom, how long a search may wait, and windows that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.gate import MADE, MADE_SEARCH, gated
from tests.understudy.protocol.apps import write_app
from tests.understudy.staging import Clock, make_stage, until
from understudy.schedule.cron import ScheduleError
from understudy.schedule.saved import Saved
from understudy.stage import Stage

NOON = 1_700_049_600.0
EACH = "search = | makeresults\nenableSched = 1\ncron_schedule = */10 * * * *\n"


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def scheduled(tmp_path: Path, clock: Clock) -> Iterator[Stage]:
    with make_stage(tmp_path / "home", clock) as stage:
        yield stage


def add(stage: Stage, searches: str) -> None:
    meta = "[]\naccess = read : [ * ], write : [ admin ]\nexport = system\n"
    write_app(stage.home, "probe", {"default/savedsearches.conf": searches, "metadata/default.meta": meta})
    stage.conf.reload()


def ran(stage: Stage) -> list[str]:
    return [job.request.saved_search for job in stage.run_schedules()]


def log(stage: Stage) -> str:
    return (stage.home / "var/log/splunkd.log").read_text(encoding="utf-8")


def test_search_with_a_window_gives_way(scheduled: Stage) -> None:
    windows = {"a": "schedule_window = 5", "b": "", "c": "schedule_window = auto", "d": "schedule_window = 0"}
    add(scheduled, "\n".join(f"[{name}]\n{EACH}{line}\n" for name, line in windows.items()))
    assert ran(scheduled) == ["b", "d", "a", "c"]


def test_priority_goes_before_a_window(scheduled: Stage) -> None:
    add(scheduled, f"[a]\n{EACH}\n[b]\n{EACH}schedule_window = 5\nschedule_priority = highest\n")
    assert ran(scheduled) == ["b", "a"]


def test_owner_who_may_not_choose_has_a_window_and_no_priority(scheduled: Stage) -> None:
    add(scheduled, f"[a]\n{EACH}schedule_window = 0\nschedule_priority = highest\n\n[b]\n{EACH}")
    scheduled.conf.write("authorize", "role_plain", {"search": "enabled", "schedule_search": "enabled"}, "system")
    scheduled.create_user("ann", "a password", ["plain"])
    scheduled.conf.set_acl("probe", "savedsearches", "a", read=("*",), write=("admin",), owner="ann")
    assert ran(scheduled) == ["b", "a"]


@pytest.mark.parametrize(
    ("window", "waited", "status"),
    [("5", 299, "deferred"), ("5", 300, "skipped"), ("0", 1, "skipped")],
    ids=["within", "past", "none"],
)
def test_search_that_still_runs_is_waited_for_within_the_window(
    scheduled: Stage, clock: Clock, window: str, waited: int, status: str
) -> None:
    add(scheduled, f"[a]\nsearch = {MADE_SEARCH}\n")
    (saved,) = (each for each in scheduled.search_schedule.saved() if each.app == "probe")
    with gated(scheduled, made=MADE) as gate:
        running = scheduled.search_schedule.dispatch(saved, scheduled=True)
        add(scheduled, f"[a]\n{EACH}schedule_window = {window}\n")
        clock.now = NOON + waited
        assert ran(scheduled) == []
        scheduled.jobs.cancel(running)
        gate.open()
        until(running.ended.is_set)
    assert f"status={status}" in log(scheduled)
    assert ran(scheduled) == (["a"] if status == "deferred" else [])


@pytest.mark.parametrize("window", ["10", "60", "soon", "-1"])
def test_window_that_is_no_shorter_than_the_period_is_refused(scheduled: Stage, window: str) -> None:
    add(scheduled, f"[a]\n{EACH}schedule_window = {window}\n")
    assert ran(scheduled) == []
    assert "status=skipped" in log(scheduled)
    assert "schedule_window" in log(scheduled)


@pytest.mark.parametrize(
    ("text", "seconds"), [("", 0.0), ("0", 0.0), ("9", 540.0), ("auto", 300.0)], ids=["none", "zero", "minutes", "auto"]
)
def test_window_in_seconds(text: str, seconds: float) -> None:
    saved = Saved("a", "probe", "admin", {"cron_schedule": "*/10 * * * *", "schedule_window": text})
    assert saved.window(NOON, chosen=True) == seconds
    assert saved.window(NOON, chosen=False) == 300.0


def test_window_of_a_search_without_a_schedule_is_an_error() -> None:
    with pytest.raises(ScheduleError):
        Saved("a", "probe", "admin", {"cron_schedule": "daily", "schedule_window": "5"}).window(NOON, chosen=True)
