"""Previews: what a search whose rows come at its end answers while it reads, and what has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.protocol.apps import sdk_command, write_app
from tests.understudy.staging import Clock, make_stage, until
from understudy.jobs import artifacts, reading
from understudy.jobs.job import Job, Request
from understudy.jobs.replay import Table
from understudy.jobs.shape import shape_of
from understudy.stage import Stage
from understudy.storage.events import RawEvent
from understudy.storage.scan import StoredEvents

EVENTS = 2600
NOW = 1_790_000_000.0
SLOWLY = 'eval x=len(mvjoin(mvrange(0,400),","))'
"""Slow enough to be met while it runs."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("previews") / "home", Clock(NOW)) as stage:
        stage.store.ingest(
            [
                RawEvent(f"n={number} kind=k{number % 7}", index="main", host=f"h{number % 3}", time=NOW - number)
                for number in range(EVENTS)
            ]
        )
        yield stage


def paused(stage: Stage, search: str, **more: object) -> Job:
    """Returns a job that stands still after it has read some of its events."""
    job = stage.jobs.dispatch(Request(search, "admin", **more))  # type: ignore[arg-type]
    until(lambda: job.is_done or (job.reading is not None and job.reading.scanned > 0))
    stage.jobs.control(job, "pause", {})
    until(lambda: job.state == "PAUSED")
    return job


def read(job: Job) -> int:
    assert job.reading is not None
    return job.reading.scanned


@pytest.mark.parametrize(
    "tail",
    [
        "stats count sum(n) dc(kind) by host",
        "timechart span=5m count by host",
        "top kind",
        "chart avg(n) over host by kind",
        "sort 0 kind -n | head 20 | table kind n",
        "eventstats max(n) as most | where n>most-5 | table n most",
        "stats count by kind | where count>5 | appendpipe [stats sum(count) as count] | sort -count",
        'search [search index=main | head 1 | eval host="h1" | return host] | stats count by host',
        "stats count by host | append [search index=main n<5 | stats count by kind]",
    ],
    ids=["stats", "timechart", "top", "chart", "sort", "eventstats", "chain", "subsearch", "append"],
)
def test_preview_is_the_answer_over_the_events_read_so_far(full: Stage, tail: str) -> None:
    job = paused(full, f"search index=main | {SLOWLY} | {tail}")
    preview = artifacts.preview(job)
    seen = read(job)
    full.jobs.delete(job)
    assert preview is not None
    assert preview.covered == seen
    assert 0 < seen < EVENTS
    expected = full.search(f"search index=main | head {preview.covered} | {SLOWLY} | {tail}", "admin")
    rows = list(expected.rows)
    if " | append [" in tail:  # its own search has not begun, so nothing of it was read
        rows = [row for row in rows if "host" in row]
    assert preview.rows == rows


def test_preview_follows_the_search_and_ends_with_it(full: Stage) -> None:
    job = paused(full, f"search index=main | {SLOWLY} | stats count")
    first = artifacts.preview(job)
    assert artifacts.preview(job) is first
    full.jobs.control(job, "unpause", {})
    assert job.ended.wait(30)
    assert artifacts.preview(job) is None
    assert [row["count"] for row in full.jobs.rows(job)] == [EVENTS]


def test_preview_that_is_turned_off_is_not_made(full: Stage) -> None:
    job = paused(full, f"search index=main | {SLOWLY} | stats count", preview=False)
    assert artifacts.preview(job) is None
    full.jobs.control(job, "enablepreview", {})
    assert artifacts.preview(job) is not None
    full.jobs.delete(job)


def test_search_that_passes_rows_on_has_its_rows_and_no_preview(full: Stage) -> None:
    job = paused(full, f"search index=main | {SLOWLY} | table n x")
    assert artifacts.preview(job) is None
    full.jobs.delete(job)


@pytest.mark.parametrize(
    "tail",
    [
        "stats count | collect index=summary",
        "stats count | outputlookup out.csv",
        "stats count | sendalert nothing",
        'stats count | map search="search index=main"',
        "stats count | append [| makeresults | outputlookup out.csv]",
        "stats count | appendpipe [eval a=1 | collect index=summary]",
        "stats count | append [| savedsearch hidden]",
        "anapp | stats count",
        "stats count | append [search index=main | anapp]",
    ],
)
def test_search_that_writes_or_runs_a_program_is_never_run_again(full: Stage, tail: str) -> None:
    shape = shape_of(f"search index=main | {tail}", full.context("admin"))
    assert (shape.blocking, shape.repeatable, shape.events) == (True, False, "")


@pytest.mark.parametrize(
    ("search", "transforming", "blocking", "events"),
    [
        ("index=main a=1", False, False, "index=main a=1"),
        ("index=main | eval b=1 | stats count | sort count", True, True, "index=main | eval b=1"),
        ("index=main | sort a", False, True, "index=main"),
        ("index=main ```note | stats``` | table a", True, False, "index=main"),
        ("| inputlookup a.csv", True, False, "| inputlookup a.csv"),
        ("| tstats count | sort count", True, True, "| tstats count"),
    ],
)
def test_shape_of_a_search(full: Stage, search: str, transforming: bool, blocking: bool, events: str) -> None:
    shape = shape_of(search, full.context("admin"))
    assert (shape.transforming, shape.blocking) == (transforming, blocking)
    assert " ".join(shape.events.split()) in (events, "")


@pytest.mark.parametrize(("kind", "table"), [("reporting", True), ("streaming", False), ("events", False)])
def test_an_apps_command_that_reports_makes_a_table(tmp_path: Path, kind: str, table: bool) -> None:
    body = f'''
    @Configuration(type="{kind}")
    class C(GeneratingCommand):
        def generate(self):
            yield {{"a": "1"}}
    '''
    files = {
        "default/commands.conf": "[makes]\nfilename = makes.py\nchunked = true\n",
        "metadata/default.meta": "[]\naccess = read : [ * ]\nexport = system\n",
        "bin/makes.py": sdk_command(body),
    }
    write_app(tmp_path / "home", "reports", files)
    with make_stage(tmp_path / "home", Clock(NOW)) as stage:
        job = stage.jobs.dispatch(Request("| makes", "admin"), wait=True)
        assert [row["a"] for row in stage.jobs.rows(job)] == ["1"]
        assert (job.transforming, job.shape.report) == (table, "makes" if table else "")


def test_events_of_a_table_are_those_before_its_first_command(full: Stage) -> None:
    search = "search index=main n<10 | where n!=3 | eval twice=n*2 | chart count by host"
    job = full.jobs.dispatch(Request(search, "admin", status_buckets=300), wait=True)
    found = artifacts.events(job, 2, 3)
    assert [row["twice"] for row in found.rows] == [4, 8, 10]
    assert [row["_raw"] for row in found.rows] == ["n=2 kind=k2", "n=4 kind=k4", "n=5 kind=k5"]


def test_events_that_are_asked_for_keep_the_store_from_counting_alone(full: Stage) -> None:
    plain = full.jobs.dispatch(Request("search index=main | stats count by host", "admin"), wait=True)
    kept = full.jobs.dispatch(Request("search index=main | stats count by host", "admin", status_buckets=1), wait=True)
    assert list(full.jobs.rows(plain)) == list(full.jobs.rows(kept))
    assert (artifacts.kept_events(plain), artifacts.kept_events(kept)) == (0, EVENTS)
    for job in (plain, kept):
        assert job.reading is not None
        assert job.reading.events(True) == EVENTS


def test_events_are_kept_up_to_a_bound_and_counted_beyond(full: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT_EVENTS", 100)
    job = full.jobs.dispatch(Request("search index=main | timechart count", "admin"), wait=True)
    assert job.reading is not None
    assert (job.reading.available, job.reading.scanned, job.reading.full) == (100, EVENTS, True)


def test_scheduled_search_keeps_no_events(full: Stage) -> None:
    job = full.jobs.dispatch(Request("search index=main | timechart count", "admin", scheduled=True), wait=True)
    assert artifacts.kept_events(job) == 0
    assert artifacts.events(job) == Table([], [])


@pytest.mark.parametrize(
    ("tail", "times"),
    [
        pytest.param("timechart count", {"earliest": str(NOW - EVENTS), "latest": str(NOW)}, id="by-time"),
        pytest.param("timechart count", {}, id="all-time"),
        pytest.param("stats count", {"earliest": str(NOW - EVENTS)}, id="without-times"),
    ],
)
def test_progress_is_the_part_that_was_read(full: Stage, tail: str, times: dict[str, str]) -> None:
    search = f"search index=main | {SLOWLY} | {tail}"
    job = paused(full, search, **times)
    assert job.reading is not None
    assert job.reading.progress() == pytest.approx(read(job) / EVENTS, abs=0.01)
    assert job.seconds() > 0
    full.jobs.delete(job)


def test_kept_events_go_with_the_job(tmp_path: Path) -> None:
    with make_stage(tmp_path / "home") as stage:
        stage.store.ingest([RawEvent("a=1", index="main")])
        job = stage.jobs.dispatch(Request("search index=main | timechart count", "admin"), wait=True)
        assert (job.folder / "events_0.jsonl").is_file()
        stage.jobs.delete(job)
        assert not job.folder.exists()


def test_asking_how_far_a_job_is_reads_no_event(full: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    job = paused(full, f"search index=main kind=k3 | {SLOWLY} | stats count")
    assert job.reading is not None
    before = read(job)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a poll of the job read events")

    monkeypatch.setattr(StoredEvents, "scan", refused)
    monkeypatch.setattr(StoredEvents, "read", refused)
    assert 0 <= job.reading.progress() <= 1
    assert read(job) == before
    monkeypatch.undo()
    full.jobs.control(job, "cancel", {})
