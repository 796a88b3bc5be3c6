"""The partner API on a whole stage: programs with one capability and no search, records into the index and entities."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from demo.run import ADMINS, ANALYSTS, Run
from tests.integration.installation import APP, BYSTANDER, HARBOR, NORTHFIELD, RIVERBANK, Browser, installed, schedule

pytestmark = pytest.mark.full

BASE = "/services/minerva/v1"
PROGRAMS = {NORTHFIELD.id: "pat", RIVERBANK.id: "pia", HARBOR.id: "pam"}
PHONE = "phone:+14155550147"


def record(key: str, **more: Any) -> dict[str, Any]:
    return {
        "record_type": "ad", "source": "hotline", "key": key, "text": "call 415 555 0147", "country": "US",
        "observed_time": "2026-11-01T10:00:00Z", **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def run(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with installed(tmp_path_factory.mktemp("partner") / "splunk", apps) as made:
        for tenant in made.tenants:
            made.stage.create_user(PROGRAMS[tenant.id], "a test password", [tenant.partner_role])
        yield made


@pytest.fixture
def program(run: Run) -> Iterator[Browser]:
    with Browser(run, PROGRAMS[NORTHFIELD.id]) as made:
        yield made


def test_submitted_records_become_events_and_entities_of_their_tenant(run: Run, program: Browser) -> None:
    body = {"records": [record("1"), record("2", title="second\nline"), record("1")]}
    status, _, text = program.ask("POST", f"{BASE}/records/bulk", body)
    outcomes = [item["outcome"] for item in json.loads(text)["outcomes"]]
    assert (status, outcomes) == (200, ["stored", "stored", "known"])
    found = run.ask(f"search index={NORTHFIELD.index} sourcetype=minerva:ad | table record_id source _time identifier")
    assert [(row["source"], row["identifier"]) for row in found] == [("api_hotline", PHONE)] * 2
    schedule(run)
    asked = {"identifiers": [PHONE]}
    entities = json.loads(program.ask("POST", f"{BASE}/identifiers/lookup", asked)[2])["results"][0]["entities"]
    assert [row["size"] for row in entities] == [2]
    document = json.loads(program.ask("GET", f"{BASE}/entities/{entities[0]['entity_id']}")[2])
    assert sorted(document["records"]) == sorted(row["record_id"] for row in found)
    with Browser(run, PROGRAMS[RIVERBANK.id]) as other:
        assert json.loads(other.ask("POST", f"{BASE}/identifiers/lookup", asked)[2])["results"][0]["entities"] == []


def test_a_watched_identifier_raises_an_alert_that_the_program_reads(run: Run, program: Browser) -> None:
    status, _, text = program.ask("POST", f"{BASE}/watch-list", {"identifier": PHONE, "note": "ring"})
    assert status == 201
    program.ask("POST", f"{BASE}/records", record("3"))
    schedule(run, (time.time() // 300 + 2) * 300)
    alerts = json.loads(program.ask("GET", f"{BASE}/alerts")[2])["alerts"]
    assert [(row["identifier"], row["note"]) for row in alerts] == [(PHONE, "ring")]
    kinds = run.ask("search `minerva_records` | stats count by sourcetype", ANALYSTS[NORTHFIELD.id])
    assert [row["sourcetype"] for row in kinds] == ["minerva:ad"], "an alert is no record"
    counted = run.ask("| tstats count where `minerva_records` by sourcetype", ANALYSTS[NORTHFIELD.id])
    assert [dict(row) for row in counted] == [dict(row) for row in kinds]
    entry = json.loads(text)["watch_id"]
    with Browser(run, ADMINS[NORTHFIELD.id]) as admin:
        assert admin.ask("DELETE", f"{BASE}/watch-list/{entry}")[0] == 200


def test_a_program_reaches_nothing_but_the_api(run: Run, program: Browser) -> None:
    for method, path, values in (
        ("POST", "/services/search/jobs", {"search": "search index=*"}),
        ("GET", f"/servicesNS/nobody/{APP}/storage/collections/data/minerva_entities", {}),
        ("GET", f"/servicesNS/nobody/{APP}/storage/collections/data/minerva_api_answers", {}),
    ):
        status, _, text = program.ask(method, path, **values)
        assert status in (403, 404) or "may not search" in text


def test_no_capability_no_answer(run: Run) -> None:
    with Browser(run, BYSTANDER) as browser:
        answers = {browser.ask("GET", f"{BASE}/{path}") for path in ("health", "entities", "entities/e_1")}
    assert {status for status, _, _ in answers} == {403}


def test_headers_reach_the_api_and_an_answer_is_given_again(run: Run) -> None:
    with Browser(run, ANALYSTS[NORTHFIELD.id]) as browser:
        browser._session.headers["Idempotency-Key"] = "a-key-of-this-test"
        first = browser.ask("POST", f"{BASE}/records", record("headers"))
        assert browser.ask("POST", f"{BASE}/records", record("headers")) == first
        assert json.loads(first[2])["outcome"] == "stored"
        assert browser.ask("POST", f"{BASE}/records", record("other"))[0] == 409
    copies = run.ask(f"search index={NORTHFIELD.index} sourcetype=minerva:ad source_key=headers")
    assert len(copies) == 1


def test_limits_are_those_of_the_conf_and_hold_over_processes(run: Run) -> None:
    run.stage.conf.write("minerva_tenants", RIVERBANK.id, {"api_user_per_minute": "5"}, "minerva_tenants")
    with Browser(run, ADMINS[RIVERBANK.id]) as browser:  # who has asked nothing yet: a claimed share stays good
        statuses = [browser.ask("GET", f"{BASE}/health")[0] for _ in range(14)]
    assert {200, 429} == set(statuses)
    assert statuses.count(200) <= 10  # five a minute, and the minute may have turned
    assert statuses[0] == 200


def test_equal_records_sent_at_once_are_stored_once(run: Run) -> None:
    browsers = [Browser(run, ANALYSTS[NORTHFIELD.id]) for _ in range(8)]
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(8) as pool:
        for browser in browsers:
            stack.enter_context(browser)
        asked = [*pool.map(lambda browser: browser.ask("POST", f"{BASE}/records", record("at-once"))[0], browsers)]
        assert (201 in asked, set(asked) <= {201, 409}) == (True, True)
        assert browsers[0].ask("POST", f"{BASE}/records", record("at-once"))[0] == 201
    copies = run.ask(f"search index={NORTHFIELD.index} sourcetype=minerva:ad source_key=at-once")
    assert len(copies) == 1


def test_requests_a_day_are_those_of_the_conf(run: Run) -> None:
    run.stage.conf.write("minerva_tenants", RIVERBANK.id, {"requests_per_day": "5"}, "minerva_tenants")
    with Browser(run, ANALYSTS[RIVERBANK.id]) as browser:
        answers = [browser.entities("summary", {}) for _ in range(7)]
    assert [status for status, _, _ in answers] == [200] * 5 + [429] * 2
    assert "you have sent 5 requests today" in answers[-1][2]
