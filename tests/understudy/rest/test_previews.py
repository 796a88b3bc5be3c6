"""Previews, events and progress of a running table-making search, as clients ask for them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.understudy.gate import PASSING, gated
from tests.understudy.staging import ADMIN, Clock, make_stage, until
from understudy.jobs import reading
from understudy.stage import Stage
from understudy.storage.events import RawEvent

results = pytest.importorskip("splunklib.results", reason="the shipped libraries are not built")

EVENTS = 6000
NOW = 1_790_000_000.0
SEARCH = 'search index=main | eval x=len(mvjoin(mvrange(0,4),",")) | stats count by host'
"""A table that the store does not answer by itself."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("previews") / "home", Clock(NOW)) as stage:
        stage.store.ingest(
            [
                RawEvent(f"n={number}", index="main", host=f"h{number % 3}", time=NOW - number)
                for number in range(EVENTS)
            ]
        )
        stage.start()
        yield stage


class Client:
    """Asks one stage as its administrator, in JSON unless told otherwise."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._jobs = f"{stage.surroundings.uri}/services/search/v2/jobs"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Splunk {stage.accounts.open_session(ADMIN)}"

    def get(self, path: str, **arguments: Any) -> requests.Response:
        return self._session.get(self._jobs + path, params={"output_mode": "json", **arguments}, timeout=30)

    def post(self, path: str, **arguments: object) -> requests.Response:
        data = {"output_mode": "json", **arguments}
        return self._session.post(self._jobs + path, data=data, timeout=60, stream=path == "/export")

    def facts(self, sid: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"/{sid}").json()["entry"][0]["content"]
        return found

    def paused(self, search: str, **arguments: object) -> str:
        """Returns a job that stands still after it has read some of its events."""
        with gated(self.stage) as gate:
            sid = str(self.post("", search=search, **arguments).json()["sid"])
            until(lambda: self.facts(sid)["scanCount"] >= PASSING)
            self.post(f"/{sid}/control", action="pause")
            gate.open()
            until(lambda: self.facts(sid)["dispatchState"] == "PAUSED")
        return sid


@pytest.fixture
def client(served: Stage) -> Client:
    return Client(served)


def test_running_job_tells_how_far_it_is(client: Client) -> None:
    sid = client.paused(SEARCH, earliest_time=str(NOW - EVENTS), latest_time=str(NOW + 1))
    preview = client.get(f"/{sid}/results_preview").json()
    facts = client.facts(sid)
    read = facts["scanCount"]
    assert 0 < read < EVENTS
    assert (facts["eventCount"], facts["eventAvailableCount"], facts["eventIsTruncated"]) == (read, read, False)
    assert (facts["resultCount"], facts["resultPreviewCount"], facts["numPreviews"]) == (0, 3, 1)
    assert facts["doneProgress"] == pytest.approx(read / EVENTS, abs=0.01)
    assert facts["runDuration"] > 0
    assert preview["preview"] is True
    assert sum(int(row["count"]) for row in preview["results"]) == read
    client.post(f"/{sid}/control", action="unpause")
    until(lambda: client.facts(sid)["isDone"])
    facts = client.facts(sid)
    assert (facts["scanCount"], facts["eventCount"], facts["resultCount"]) == (EVENTS, EVENTS, 3)
    assert facts["doneProgress"] == 1


def test_events_of_a_running_table_are_those_it_has_read(client: Client) -> None:
    sid = client.paused(SEARCH, status_buckets=100)
    page = client.get(f"/{sid}/events", offset=10, count=2).json()
    assert [row["_raw"] for row in page["results"]] == ["n=10", "n=11"]
    assert page["preview"] is True
    found = client.post(f"/{sid}/events", search="search n=7 | table n").json()["results"]
    assert found == [{"n": "7"}]
    timeline = client.get(f"/{sid}/timeline").json()
    assert timeline["event_count"] == client.facts(sid)["scanCount"]
    client.post(f"/{sid}/control", action="cancel")


def test_search_over_a_preview_gets_its_rows(client: Client) -> None:
    sid = client.paused(SEARCH)
    found = client.post(f"/{sid}/results_preview", search="stats sum(count) as all").json()["results"]
    assert [int(row["all"]) for row in found] == [client.facts(sid)["scanCount"]]
    client.post(f"/{sid}/control", action="cancel")


def test_preview_that_covers_a_part_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT_EVENTS", 100)
    sid = client.paused(SEARCH)
    preview = client.get(f"/{sid}/results_preview").json()
    assert sum(int(row["count"]) for row in preview["results"]) == 100
    assert "first 100 events" in preview["messages"][-1]["text"]
    assert client.facts(sid)["eventIsTruncated"] is True
    client.post(f"/{sid}/control", action="cancel")


@pytest.mark.parametrize(
    ("search", "arguments"),
    [
        pytest.param(SEARCH, {"enable_preview": "0"}, id="turned-off"),
        pytest.param(SEARCH + " | outputlookup out.csv", {}, id="writes"),
    ],
)
def test_search_without_previews_answers_nothing_before_its_end(
    client: Client, search: str, arguments: dict[str, str]
) -> None:
    sid = client.paused(search, **arguments)
    assert client.get(f"/{sid}/results_preview").status_code == 204
    assert client.facts(sid)["numPreviews"] == 0
    client.post(f"/{sid}/control", action="cancel")


def exported(client: Client, mode: str) -> bytes:
    """Returns an export's whole answer; the search went on when the first of it, a preview, had arrived."""
    with gated(client.stage) as gate:
        parts = client.post("/export", search=SEARCH, output_mode=mode).iter_content(None)
        first: bytes = next(parts)
        if first.startswith(b"<?xml"):
            first += next(parts)
        gate.open()
        return first + b"".join(parts)


def test_export_sends_previews_and_then_the_results(client: Client) -> None:
    lines = [json.loads(line) for line in exported(client, "json").splitlines()]
    flags = [line["preview"] for line in lines]
    assert flags == sorted(flags, reverse=True)
    assert flags.count(False) == 3
    assert flags.count(True) >= 1
    first = lines[: [line.get("lastrow", False) for line in lines].index(True) + 1]
    assert [line["offset"] for line in first] == list(range(len(first)))
    assert 0 < sum(int(line["result"]["count"]) for line in first) < EVENTS
    assert sum(int(line["result"]["count"]) for line in lines if not line["preview"]) == EVENTS


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("mode", ["xml", "json"])
def test_official_reader_tells_previews_from_results(client: Client, mode: str) -> None:
    body = io.BytesIO(exported(client, mode))
    reader = results.JSONResultsReader(body) if mode == "json" else results.ResultsReader(body)
    final = []
    previews = 0
    for item in reader:
        if isinstance(item, dict):
            previews += bool(reader.is_preview)
            final += [] if reader.is_preview else [item]
    assert previews > 0
    assert sum(int(row["count"]) for row in final) == EVENTS


@pytest.mark.parametrize("arguments", [{"preview": "false"}, {"output_mode": "csv"}], ids=["not-asked", "csv"])
def test_export_without_previews_sends_the_results_alone(client: Client, arguments: dict[str, str]) -> None:
    answer = client.post("/export", search=SEARCH, **arguments)
    assert len(answer.content.splitlines()) == (4 if "output_mode" in arguments else 3)


def test_message_outlives_a_restart(tmp_path: Path) -> None:
    def ask(stage: Stage, verb: str, path: str, **data: str) -> requests.Response:
        return requests.request(
            verb,
            f"{stage.surroundings.uri}/services/messages{path}?output_mode=json",
            data=data,
            headers={"Authorization": f"Splunk {stage.accounts.open_session(ADMIN)}"},
            timeout=30,
        )

    with make_stage(tmp_path / "home") as stage:
        stage.start()
        assert ask(stage, "POST", "", name="disk", value="nearly full", severity="warn").status_code == 201
        ask(stage, "POST", "", name="gone", value="soon")
        ask(stage, "DELETE", "/gone")
    with make_stage(tmp_path / "home") as stage:
        stage.start()
        (entry,) = ask(stage, "GET", "").json()["entry"]
        assert (entry["name"], entry["content"]["message"], entry["content"]["severity"]) == (
            "disk",
            "nearly full",
            "warn",
        )
