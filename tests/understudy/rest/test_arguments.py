"""Arguments of jobs, results and users that the REST reference documents: honored or refused, never passed over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understudy.access.world import document, rest
from tests.understudy.staging import ADMIN
from understudy.stage import Stage
from understudy.storage.events import RawEvent

START = 1_000_000_000.0


@pytest.fixture
def filled(stage: Stage) -> Stage:
    (stage.home / "etc" / "apps" / "a" / "default").mkdir(parents=True)
    stage.conf.reload()
    stage.store.ingest(
        [RawEvent(f"n={number}\nmore\nlast", index="main", time=START + number, unbroken=True) for number in range(12)]
    )
    return stage


def made(stage: Stage, search: str, **more: str) -> str:
    answer = rest(stage, ADMIN, "POST", "search/jobs", search=search, exec_mode="blocking", **more)
    assert answer.status_code == 201, bytes(answer.body)
    return str(document(answer)["sid"])


def page(stage: Stage, path: str, **values: str) -> Any:
    answer = rest(stage, ADMIN, "POST" if "search" in values else "GET", path, **values)
    assert answer.status_code == 200, bytes(answer.body)
    return document(answer)


@pytest.mark.parametrize("search", ["search index=main", "search index=main | stats count by n"], ids=["rows", "table"])
@pytest.mark.parametrize(
    ("low", "high"),
    [(str(START + 3), str(START + 6)), ("2001-09-09T01:46:43.000+00:00", "2001-09-09T01:46:46.000+00:00")],
    ids=["epoch", "text"],
)
def test_events_are_those_of_the_range(filled: Stage, search: str, low: str, high: str) -> None:
    sid = made(filled, search, status_buckets="1")
    found = page(filled, f"search/v2/jobs/{sid}/events", earliest_time=low, latest_time=high)["results"]
    assert [row["n"] for row in found] == ["5", "4", "3"]
    first = page(filled, f"search/v2/jobs/{sid}/events", earliest_time=low, offset="2", count="1")["results"]
    assert [row["n"] for row in first] == ["9"]


def test_range_over_events_without_times_is_refused(filled: Stage) -> None:
    sid = made(filled, "search index=main | eval x=1 | stats count by n x")
    answer = rest(filled, ADMIN, "GET", f"search/v2/jobs/{sid}/events", earliest_time="0")
    assert (answer.status_code, b"status_buckets" in answer.body) == (400, True)


def test_times_are_read_and_written_in_the_form_that_is_asked_for(filled: Stage) -> None:
    sid = made(filled, "search index=main", earliest_time="09/09/2001 01:46:50", time_format="%m/%d/%Y %H:%M:%S")
    found = page(filled, f"search/jobs/{sid}/events", output_time_format="%H:%M:%S")["results"]
    assert [row["_time"] for row in found] == ["01:46:51", "01:46:50"]


def test_lines_of_an_event_are_cut_when_asked(filled: Stage) -> None:
    sid = made(filled, "search index=main | head 1")
    (found,) = page(filled, f"search/jobs/{sid}/events", max_lines="2")["results"]
    assert found["_raw"] == "n=11\nmore"


@pytest.mark.parametrize(
    ("path", "values"),
    [("results", {}), ("events", {}), ("results_preview", {}), ("results", {"search": "search n<10"})],
    ids=["results", "events", "preview", "post-process"],
)
def test_negative_offset_counts_from_the_end(filled: Stage, path: str, values: dict[str, str]) -> None:
    sid = made(filled, "search index=main")
    found = page(filled, f"search/v2/jobs/{sid}/{path}", offset="-2", count="5", **values)
    total = 10 if values else 12
    assert [row["n"] for row in found["results"]] == ["1", "0"]
    assert found["init_offset"] == total - 2


def test_range_that_ends_before_it_begins_is_refused(filled: Stage) -> None:
    answer = rest(filled, ADMIN, "POST", "search/jobs", search="search x", earliest_time="20", latest_time="10")
    assert answer.status_code == 400
    assert document(answer)["messages"] == [
        {"type": "FATAL", "text": "Invalid time bounds in search: start=20 > end=10."}
    ]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        pytest.param({"password": "short"}, "at least: 8", id="short-password"),
        pytest.param({"bogus": "1"}, "'bogus' is not supported", id="unknown"),
        pytest.param({"createrole": "1"}, "createrole", id="createrole"),
        pytest.param({"roles": "nosuch"}, "does not exist", id="unknown-role"),
    ],
)
def test_user_with_a_bad_argument_is_not_made(filled: Stage, values: dict[str, str], why: str) -> None:
    given = {"name": "kim", "password": "long enough", "roles": "user", **values}
    answer = rest(filled, ADMIN, "POST", "authentication/users", **given)
    assert (answer.status_code, why in bytes(answer.body).decode()) == (400, True)
    assert filled.accounts.user("kim") is None


def test_least_length_of_a_password_is_configured(filled: Stage) -> None:
    filled.conf.write("authentication", "splunk_auth", {"minPasswordLength": "20"}, "system")
    given = {"name": "kim", "password": "long enough", "roles": "user"}
    assert rest(filled, ADMIN, "POST", "authentication/users", **given).status_code == 400
    given["password"] *= 2
    assert rest(filled, ADMIN, "POST", "authentication/users", **given).status_code == 201


def test_deleting_an_unknown_user_is_a_bad_request(filled: Stage) -> None:
    assert rest(filled, ADMIN, "DELETE", "authentication/users/nobody-here").status_code == 400


@pytest.mark.parametrize(
    ("path", "values", "why"),
    [
        pytest.param(
            "saved/searches",
            {"search": "x", "alert.suppress": "1", "alert.digest_mode": "0"},
            "alert.suppress.fields",
            id="per-result-suppression",
        ),
        pytest.param("saved/searches", {"search": "x", "dispatch.earliest_time": "soonish"}, "soonish", id="time"),
        pytest.param("saved/searches", {"search": "x", "dispatch.max_count": "many"}, "max_count", id="number"),
        pytest.param(
            "saved/searches", {"search": "x", "dispatch.allow_partial_results": "some"}, "allow_partial", id="boolean"
        ),
        pytest.param("saved/eventtypes", {"search": "x | head 1"}, "pipeline", id="event-type-pipe"),
        pytest.param("saved/eventtypes", {"search": "x [search y]"}, "subsearch", id="event-type-subsearch"),
        pytest.param("saved/eventtypes", {"search": "x", "priority": "11"}, "1 to 10", id="event-type-priority"),
        pytest.param("data/indexes", {"bogus": "1"}, "'bogus' is not supported", id="index-argument"),
        pytest.param("data/indexes", {"maxDataSize": "huge"}, "maxDataSize", id="index-size"),
    ],
)
def test_object_with_a_bad_argument_is_not_made(filled: Stage, path: str, values: dict[str, str], why: str) -> None:
    answer = rest(filled, ADMIN, "POST", path, name="probe", **values)
    assert (answer.status_code, why in bytes(answer.body).decode()) == (400, True), bytes(answer.body)
    assert rest(filled, ADMIN, "GET", f"{path}/probe").status_code == 404


def test_signs_of_a_pipeline_in_quotes_are_no_pipeline(filled: Stage) -> None:
    answer = rest(filled, ADMIN, "POST", "saved/eventtypes", name="probe", search='"a | b [c]"')
    assert answer.status_code == 201


def test_saved_search_is_not_dispatched_over_a_range_that_is_none(filled: Stage) -> None:
    assert rest(filled, ADMIN, "POST", "saved/searches", name="probe", search="index=main").status_code == 201
    path = "saved/searches/probe/dispatch"
    answer = rest(filled, ADMIN, "POST", path, **{"dispatch.earliest_time": "soonish"})
    assert answer.status_code == 400
