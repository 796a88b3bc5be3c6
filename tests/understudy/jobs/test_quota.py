"""Search quotas of roles: what runs, what waits, what is refused and with which words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.access.world import document, rest
from tests.understudy.staging import PASSWORD, make_stage, until
from understudy.jobs.job import Job, Request
from understudy.jobs.quota import MEGABYTE, QuotaError
from understudy.stage import Stage

ROLES = """
[role_two]
importRoles = user
srchJobsQuota = 2
srchDiskQuota = 1
cumulativeSrchJobsQuota = 3
[role_queue]
importRoles = user
srchJobsQuota = 1
queuedSearchQuota = 1
[role_free]
importRoles = user
srchJobsQuota = 0
cumulativeSrchJobsQuota = 0
"""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    folder = tmp_path / "home" / "etc" / "apps" / "a" / "default"
    folder.mkdir(parents=True)
    (folder / "authorize.conf").write_text(ROLES, encoding="utf-8")
    with make_stage(tmp_path / "home") as made:
        for name, roles in (("ann", ["two"]), ("bob", ["two"]), ("cid", ["queue"]), ("dan", ["two", "free"])):
            made.create_user(name, PASSWORD, roles)
        yield made


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Searches that were started with it end when it is set."""
    opened = threading.Event()
    yield opened
    opened.set()


def start(stage: Stage, user: str, gate: threading.Event) -> Job:
    """Starts a search that counts as running until the gate opens."""
    job = stage.jobs.dispatch(Request("| makeresults", user, on_end=lambda job: gate.wait(20)))
    until(lambda: job.is_done)
    return job


def test_normal_search_waits_for_its_turn_and_a_blocking_one_is_refused(stage: Stage, gate: threading.Event) -> None:
    for _ in range(2):
        start(stage, "ann", gate)
    answer = rest(stage, "ann", "POST", "search/jobs", search="| makeresults", exec_mode="normal")
    assert answer.status_code == 201
    waiting = stage.jobs.get(document(answer)["sid"], stage.access("ann"))
    assert waiting is not None
    for mode in ("blocking", "oneshot"):
        refused = rest(stage, "ann", "POST", "search/jobs", search="| makeresults", exec_mode=mode)
        assert refused.status_code == 503
        assert document(refused)["messages"][0]["text"] == (
            "Search not executed: This search could not be dispatched because the role-based concurrency limit of "
            'historical searches for user "ann" has been reached (usage=2, quota=2).'
        )
    assert start(stage, "bob", gate).owner == "bob"
    assert waiting.state == "QUEUED"
    gate.set()
    assert waiting.ended.wait(120)
    assert waiting.state == "DONE"


def test_queue_has_a_quota_too(stage: Stage, gate: threading.Event) -> None:
    start(stage, "cid", gate)
    assert rest(stage, "cid", "POST", "search/jobs", search="| makeresults").status_code == 201
    until(lambda: rest(stage, "cid", "POST", "search/jobs", search="| makeresults").status_code == 503)


def test_zero_is_no_limit_and_the_widest_role_counts(stage: Stage, gate: threading.Event) -> None:
    for _ in range(4):
        start(stage, "dan", gate)
    stage.jobs.check_quotas("dan", may_queue=False)


def test_cumulative_quota_counts_over_users_when_it_is_on(stage: Stage, gate: threading.Event) -> None:
    for user in ("ann", "ann", "bob"):
        start(stage, user, gate)
    stage.jobs.check_quotas("bob", may_queue=False)
    stage.conf.write("limits", "search", {"enable_cumulative_quota": "true"}, "a")
    with pytest.raises(QuotaError, match="cumulative"):
        stage.jobs.check_quotas("bob", may_queue=False)
    stage.jobs.check_quotas("dan", may_queue=False)


def test_disk_quota_refuses_and_ends_searches(stage: Stage) -> None:
    job = stage.jobs.dispatch(Request("| makeresults count=20", "ann"), wait=True)
    (job.folder / "results.jsonl").write_bytes(b"x" * (MEGABYTE + 1))
    answer = rest(stage, "ann", "POST", "search/jobs", search="| makeresults")
    assert (answer.status_code, b"maximum disk usage quota" in answer.body) == (503, True)
    assert stage.jobs.quotas.over_disk(job, [job])
    assert rest(stage, "bob", "POST", "search/jobs", search="| makeresults").status_code == 201
    stage.jobs.delete(job)
    assert rest(stage, "ann", "POST", "search/jobs", search="| makeresults").status_code == 201
