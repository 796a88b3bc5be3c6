"""Jobs: states, control, time to live, and who may see them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.understudy.gate import MADE, MADE_SEARCH, PASSING, Gate, gated
from tests.understudy.staging import Clock, make_stage, until
from understudy.access.context import SYSTEM_USER
from understudy.jobs.control import JobError
from understudy.jobs.job import Job, Request
from understudy.spl.errors import MissingError, RuntimeSplError
from understudy.stage import Stage
from understudy.storage.events import RawEvent

LONG = 120
"""Seconds after which a test that waits has failed."""


@pytest.fixture
def gate(stage: Stage) -> Iterator[Gate]:
    with gated(stage, made=MADE) as closed:
        yield closed


@pytest.fixture
def two(stage: Stage) -> Stage:
    stage.create_user("ann", "a password", ["user"])
    stage.create_user("bob", "a password", ["user"])
    return stage


def test_job_goes_from_queued_to_done_with_its_rows_on_disk(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| makeresults count=5 | eval a=1 | table a", "admin"), wait=True)
    assert (job.state, job.result_count, job.fields) == ("DONE", 5, ["a"])
    assert len((job.folder / "results.jsonl").read_text(encoding="utf-8").splitlines()) == 5
    assert [row["a"] for row in stage.jobs.rows(job, 1, 2)] == [1, 1]


def test_how_long_a_job_ran_does_not_change_once_it_is_done(stage: Stage) -> None:
    """Its log and alert actions come after the search, and the time they take is not the search's."""
    told: list[float] = []

    def after(job: Job) -> None:
        told.extend((job.seconds(), job.run_seconds))
        time.sleep(0.05)
        told.append(job.seconds())

    job = stage.jobs.dispatch(Request("| makeresults", "admin", on_end=after), wait=True)
    assert {*told, job.seconds()} == {job.run_seconds}


def test_failed_search_is_a_failed_job_with_a_message(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| inputlookup nosuch.csv", "admin"), wait=True)
    assert job.state == "FAILED"
    assert [m.severity for m in job.messages] == ["FATAL"]
    assert list(stage.jobs.rows(job)) == []
    with pytest.raises(MissingError):
        stage.search("| inputlookup nosuch.csv", "admin")


def test_job_is_seen_by_its_owner_and_administrators_only(two: Stage) -> None:
    job = two.jobs.dispatch(Request("| makeresults", "ann"), wait=True)
    seen = {user: two.jobs.get(job.sid, two.access(user)) is not None for user in ("ann", "bob", "admin")}
    assert seen == {"ann": True, "bob": False, "admin": True}
    assert two.jobs.listed(two.access("bob")) == []


@pytest.mark.parametrize("surface", ["loadjob", "listed", "named"])
def test_foreign_job_looks_absent_on_every_surface(two: Stage, surface: str) -> None:
    job = two.jobs.dispatch(Request("| makeresults | eval secret=1", "ann"), wait=True)
    if surface == "listed":
        assert two.jobs.listed(two.access("bob")) == []
    elif surface == "named":
        with pytest.raises(MissingError):
            two.jobs.named(job.sid, two.access("bob"))
    else:
        with pytest.raises((MissingError, RuntimeSplError)):
            list(two.search(f"| loadjob {job.sid}", "bob").rows)
        assert len(list(two.search(f"| loadjob {job.sid}", "ann").rows)) == 1


def test_acl_opens_a_job_to_a_role(two: Stage) -> None:
    job = two.jobs.dispatch(Request("| makeresults", "ann"), wait=True)
    job.read = ("user",)
    assert two.jobs.get(job.sid, two.access("bob")) is job
    assert not two.jobs.may(job, two.access("bob"), "write")


def test_who_started_a_shared_search_reads_its_job_only_while_the_search_is_open_to_them(two: Stage) -> None:
    request = Request("| makeresults", "admin", saved_search="daily", saved_search_owner="admin", shared=True)
    job = two.jobs.dispatch(replace(request, viewers=("ann",)), wait=True)
    seen = [user for user in ("ann", "bob") if two.jobs.get(job.sid, two.access(user)) is job]
    two.conf.set_acl("search", "savedsearches", "daily", read=("power",), write=("power",))
    assert (seen, two.jobs.get(job.sid, two.access("ann"))) == (["ann"], None)
    assert not two.jobs.may(job, two.access("ann"), "write")


@pytest.mark.parametrize("action", ["", "save", "pause"])
def test_the_system_user_lists_and_deletes_the_jobs_of_others(two: Stage, action: str) -> None:
    job = two.jobs.dispatch(Request("| makeresults", "ann"), wait=True)
    if action:
        two.jobs.control(job, action, {})
    system = two.access(SYSTEM_USER)
    assert two.jobs.listed(system) == [job]
    assert two.jobs.may(job, system, "write")
    two.jobs.delete(job)
    assert (two.jobs.get(job.sid, two.access("ann")), job.folder.exists()) == (None, False)


def test_running_job_is_paused_and_finalized(stage: Stage, gate: Gate) -> None:
    job = stage.jobs.dispatch(Request(MADE_SEARCH, "admin"))
    until(lambda: stage.jobs.row_count(job) > 0)
    stage.jobs.control(job, "pause", {})
    gate.open()
    until(lambda: job.state == "PAUSED")
    stage.jobs.control(job, "finalize", {})
    assert job.ended.wait(LONG)
    assert job.state == "DONE"
    assert 0 < job.result_count < MADE


def test_paused_job_goes_on_to_its_end(stage: Stage, gate: Gate) -> None:
    job = stage.jobs.dispatch(Request(MADE_SEARCH, "admin"))
    stage.jobs.control(job, "pause", {})
    gate.open()
    until(lambda: job.state == "PAUSED")
    stage.jobs.control(job, "unpause", {})
    assert job.ended.wait(LONG)
    assert (job.state, job.result_count) == ("DONE", MADE)


def test_cancelled_job_ends_and_is_forgotten_on_delete(stage: Stage, gate: Gate) -> None:
    job = stage.jobs.dispatch(Request(MADE_SEARCH, "admin"))
    until(lambda: stage.jobs.row_count(job) > 0)
    stage.jobs.control(job, "cancel", {})
    gate.open()
    assert job.ended.wait(LONG)
    assert job.state == "USER_CANCEL"
    stage.jobs.delete(job)
    assert stage.jobs.get(job.sid, stage.access("admin")) is None
    assert not job.folder.exists()


def test_job_lives_for_its_time_after_it_was_touched(tmp_path: Path) -> None:
    clock = Clock()
    with make_stage(tmp_path / "home", clock) as stage:
        job = stage.jobs.dispatch(Request("| makeresults", "admin", ttl=100.0), wait=True)
        clock.now += 90
        stage.jobs.control(job, "touch", {})
        clock.now += 90
        assert stage.jobs.get(job.sid, stage.access("admin")) is job
        stage.jobs.control(job, "setttl", {"ttl": "10"})
        clock.now += 11
        assert stage.jobs.get(job.sid, stage.access("admin")) is None
        assert not job.folder.exists()


def test_rows_above_the_limit_are_cut_with_a_warning(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| makeresults count=2000", "admin", max_count=1000), wait=True)
    assert job.result_count == 1000
    assert [m.severity for m in job.messages] == ["WARN"]


def test_unknown_control_action_and_taken_sid_are_refused(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| makeresults", "admin", sid="mine"), wait=True)
    with pytest.raises(JobError, match="Invalid action"):
        stage.jobs.control(job, "explode", {})
    with pytest.raises(JobError, match="exists already"):
        stage.jobs.dispatch(Request("| makeresults", "admin", sid="mine"))
    with pytest.raises(JobError, match="not a valid"):
        stage.jobs.dispatch(Request("| makeresults", "admin", sid="../x"))


def test_user_without_the_search_capability_gets_no_search(two: Stage) -> None:
    two.create_user("eve", "a password", ["can_delete"])
    with pytest.raises(RuntimeSplError, match="may not search"):
        two.search("| makeresults", "eve")


def test_post_process_runs_over_the_rows(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| makeresults count=3 | streamstats count as n | table n", "admin"), wait=True)
    fields, rows = stage.jobs.post_process(job, '| sort 0 -"n"')
    assert fields == ["n"]
    assert [row["n"] for row in rows] == [3, 2, 1]


def test_stop_ends_running_jobs(tmp_path: Path) -> None:
    others = set(threading.enumerate())
    stage = make_stage(tmp_path / "home")
    with gated(stage, made=MADE) as gate:
        job = stage.jobs.dispatch(Request(MADE_SEARCH, "admin"))
        until(lambda: stage.jobs.row_count(job) > 0)
        stopping = threading.Thread(target=stage.stop)
        stopping.start()
        until(lambda: job.cancelled)
        gate.open()
        stopping.join()
    assert job.ended.is_set()
    assert job.state == "INTERNAL_CANCEL"
    started_here = set(threading.enumerate()) - others
    assert not [thread for thread in started_here if thread.name.startswith("job_")]


def test_transforming_search_is_paused_and_finalized_while_it_reads(stage: Stage, gate: Gate) -> None:
    job = stage.jobs.dispatch(Request(MADE_SEARCH + " | stats count", "admin"))
    until(lambda: job.reading is not None and job.reading.scanned >= PASSING)
    stage.jobs.control(job, "pause", {})
    gate.open()
    until(lambda: job.state == "PAUSED")
    stage.jobs.control(job, "finalize", {})
    assert job.ended.wait(LONG)
    (row,) = stage.jobs.rows(job)
    assert PASSING <= int(str(row["count"])) < MADE
    assert (job.state, job.finalized) == ("DONE", True)


@pytest.mark.parametrize(
    ("limits", "state", "text"),
    [
        pytest.param({"max_time": 100.0}, "DONE", "auto-finalized after time limit (100 seconds)", id="max-time"),
        pytest.param({"auto_cancel": 100.0}, "INTERNAL_CANCEL", "auto-canceled", id="auto-cancel"),
    ],
)
def test_limits_of_the_request_end_a_job(tmp_path: Path, limits: dict[str, float], state: str, text: str) -> None:
    clock = Clock()
    with make_stage(tmp_path / "home", clock) as stage, gated(stage, made=MADE) as gate:
        job = stage.jobs.dispatch(Request(MADE_SEARCH, "admin", **limits))  # type: ignore[arg-type]
        until(lambda: stage.jobs.row_count(job) > 0)
        assert not job.is_done
        clock.now += 101
        gate.open()
        assert job.ended.wait(LONG)
        assert job.state == state
        assert any(text in message.text for message in job.messages)


def test_job_that_nobody_asks_for_is_paused_and_goes_on(tmp_path: Path) -> None:
    clock = Clock()
    with make_stage(tmp_path / "home", clock) as stage, gated(stage, made=MADE) as gate:
        job = stage.jobs.dispatch(Request(MADE_SEARCH, "admin", auto_pause=50.0))
        until(lambda: stage.jobs.row_count(job) > 0)
        clock.now += 51
        gate.open()
        until(lambda: job.state == "PAUSED")
        assert stage.jobs.get(job.sid, stage.access("admin")) is job
        stage.jobs.control(job, "unpause", {})
        assert job.ended.wait(LONG)
        assert (job.state, job.result_count) == ("DONE", MADE)


def test_number_of_events_finalizes_a_job(stage: Stage) -> None:
    stage.store.ingest([RawEvent(f"event {number}", index="main") for number in range(300)])
    job = stage.jobs.dispatch(Request("search index=main", "admin", finalize_events=100), wait=True)
    assert (job.state, job.result_count, job.finalized) == ("DONE", 100, True)


def test_rows_are_followed_while_they_are_made(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| makeresults count=3000 | streamstats count as n | table n", "admin"))
    rows = [row for part in stage.jobs.follow(job) for row in part]
    assert [row["n"] for row in rows] == list(range(1, 3001))


def test_saved_job_lives_for_a_week(tmp_path: Path) -> None:
    clock = Clock()
    with make_stage(tmp_path / "home", clock) as stage:
        job = stage.jobs.dispatch(Request("| makeresults", "admin"), wait=True)
        stage.jobs.control(job, "save", {})
        clock.now += 6 * 86_400
        assert stage.jobs.get(job.sid, stage.access("admin")) is job
        stage.jobs.control(job, "unsave", {})
        clock.now += 601
        assert stage.jobs.get(job.sid, stage.access("admin")) is None
