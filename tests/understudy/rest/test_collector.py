"""The HTTP Event Collector: tokens, bodies, codes, acknowledgement, as splunkd documents them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.understudy.staging import ADMIN, Clock, make_stage
from understudy.stage import Stage

TOKEN, SHY, OFF, ASKED = (
    "11111111-1111-4111-8111-111111111111",
    "22222222-2222-4222-8222-222222222222",
    "33333333-3333-4333-8333-333333333333",
    "44444444-4444-4444-8444-444444444444",
)
CHANNEL = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
INPUTS = f"""[http]
disabled = 0
port = 0

[http://plain]
token = {TOKEN}

[http://shy]
token = {SHY}
index = main
indexes = main
sourcetype = shy
allowQueryStringAuth = 1

[http://off]
token = {OFF}
disabled = 1

[http://asked]
token = {ASKED}
useACK = 1
"""


@pytest.fixture(scope="module")
def collecting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    home = tmp_path_factory.mktemp("home")
    with make_stage(home, Clock()) as stage:
        local = stage.home / "etc/apps/search/local"
        local.mkdir(exist_ok=True)
        (local / "inputs.conf").write_text(INPUTS, encoding="utf-8")
        (local / "indexes.conf").write_text("[other]\nhomePath = a\n[spare]\nhomePath = b\n", encoding="utf-8")
        (local / "props.conf").write_text("[lines]\nSHOULD_LINEMERGE = false\n", encoding="utf-8")
        stage.conf.reload()
        stage.start()
        yield stage


def post(stage: Stage, path: str, body: Any, token: str | None = TOKEN, **more: Any) -> requests.Response:
    headers = {"Authorization": f"Splunk {token}"} if token else {}
    headers.update(more.pop("headers", {}))
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    address = f"http://127.0.0.1:{stage.collector_port}/services/collector{path}"
    return requests.post(address, data=data, headers=headers, timeout=10, **more)


def found(stage: Stage, search: str) -> list[dict[str, Any]]:
    return list(stage.search(search, ADMIN).rows)


def test_event_is_stored_with_its_metadata_and_indexed_fields(collecting: Stage) -> None:
    event = {
        "time": 1_789_000_000.25,
        "host": "there",
        "source": "probe",
        "sourcetype": "probe:one",
        "index": "other",
        "event": {"b": 2, "a": "x y"},
        "fields": {"city": "Springfield", "kinds": ["p", "q"]},
    }
    answer = post(collecting, "/event", event)
    assert (answer.status_code, answer.json()) == (200, {"text": "Success", "code": 0})
    (row,) = found(collecting, "search index=other sourcetype=probe:one | table _time _raw host source city kinds")
    assert row["_time"] == 1_789_000_000.25
    assert (row["_raw"], row["host"], row["source"]) == ('{"b":2,"a":"x y"}', "there", "probe")
    assert (row["city"], row["kinds"]) == ("Springfield", ["p", "q"])
    assert found(collecting, "| tstats count where index=other city=Springfield") == [{"count": 1}]


def test_event_without_metadata_takes_the_tokens_and_the_requests(collecting: Stage) -> None:
    post(collecting, "", {"event": "bare words"}, SHY, params={"source": "asked"})
    (row,) = found(collecting, "search index=main bare words | table host source sourcetype _time")
    assert (row["source"], row["sourcetype"]) == ("asked", "shy")
    assert row["host"] == f"127.0.0.1:{collecting.collector_port}"
    assert row["_time"] == int(collecting.now())


def test_events_stand_one_after_the_other(collecting: Stage) -> None:
    body = (
        '{"event":"stacked a","source":"stack"}{"event":"stacked b","source":"stack"}\n\n{"event":7,"source":"stack"}'
    )
    assert post(collecting, "/event/1.0", body).json()["code"] == 0
    assert [row["_raw"] for row in found(collecting, "search source=stack | sort _raw | table _raw")] == [
        "7",
        "stacked a",
        "stacked b",
    ]


def test_raw_text_is_cut_into_lines(collecting: Stage) -> None:
    answer = post(
        collecting,
        "/raw",
        "line one\nline two\n",
        params={"channel": CHANNEL, "source": "rawlines", "sourcetype": "lines"},
    )
    assert answer.json()["code"] == 0
    assert found(collecting, "search source=rawlines | stats count") == [{"count": 2}]


def test_gzip_body_is_unpacked(collecting: Stage) -> None:
    body = gzip.compress(b'{"event":"packed","source":"zip"}')
    assert post(collecting, "/event", body, headers={"Content-Encoding": "gzip"}).json()["code"] == 0
    assert len(found(collecting, "search source=zip")) == 1
    broken = post(collecting, "/event", body[:-9], headers={"Content-Encoding": "gzip"})
    assert (broken.status_code, broken.json()["code"]) == (400, 6)


@pytest.mark.parametrize(
    ("path", "token", "body", "status", "code"),
    [
        pytest.param("/event", None, {"event": "x"}, 401, 2, id="no-token"),
        pytest.param("/event", "nonsense", {"event": "x"}, 403, 4, id="unknown-token"),
        pytest.param("/event", OFF, {"event": "x"}, 403, 1, id="disabled-token"),
        pytest.param("/event", TOKEN, b"", 400, 5, id="no-data"),
        pytest.param("/event", TOKEN, b"{", 400, 6, id="broken-json"),
        pytest.param("/event", TOKEN, b"[1]", 400, 6, id="no-object"),
        pytest.param("/event", TOKEN, b"\xff\xfe", 400, 6, id="no-text"),
        pytest.param("/event", TOKEN, b"[" * 100_000, 400, 6, id="deep"),
        pytest.param("/event", TOKEN, {"event": "x", "index": "nosuch"}, 400, 7, id="unknown-index"),
        pytest.param("/event", SHY, {"event": "x", "index": "other"}, 400, 7, id="index-not-allowed"),
        pytest.param("/event", TOKEN, {"time": 1}, 400, 12, id="no-event"),
        pytest.param("/event", TOKEN, {"event": ""}, 400, 13, id="blank-event"),
        pytest.param("/event", TOKEN, {"event": "x", "time": "noon"}, 400, 6, id="bad-time"),
        pytest.param("/event", TOKEN, {"event": "x", "host": 7}, 400, 6, id="host-no-text"),
        pytest.param("/event", TOKEN, {"event": "x", "fields": {"a": {"b": 1}}}, 400, 15, id="nested-fields"),
        pytest.param("/event", TOKEN, {"event": "x", "fields": [1]}, 400, 15, id="fields-no-object"),
        pytest.param("/event", ASKED, {"event": "x"}, 400, 10, id="ack-without-channel"),
        pytest.param("/event?channel=zzz", ASKED, {"event": "x"}, 400, 11, id="channel-no-guid"),
        pytest.param("/raw", TOKEN, b"words", 400, 10, id="raw-without-channel"),
        pytest.param("/ack?channel=" + CHANNEL, TOKEN, {"acks": [0]}, 400, 14, id="ack-off"),
        pytest.param("/ack?channel=" + CHANNEL, ASKED, {"acks": ["x"]}, 400, 6, id="ack-no-numbers"),
        pytest.param("/event?token=" + TOKEN, None, {"event": "x"}, 400, 16, id="query-token-not-allowed"),
        pytest.param("/s2s", TOKEN, {"event": "x"}, 404, 404, id="unknown-path"),
    ],
)
def test_refusal_has_its_code(
    collecting: Stage, path: str, token: str | None, body: Any, status: int, code: int
) -> None:
    answer = post(collecting, path, body, token)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_scheme_other_than_splunk_is_refused_and_basic_carries_the_token(collecting: Stage) -> None:
    bearer = post(collecting, "/event", {"event": "x"}, None, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (bearer.status_code, bearer.json()["code"]) == (401, 3)
    assert post(collecting, "/event", {"event": "x"}, None, auth=("anybody", TOKEN)).json()["code"] == 0
    assert post(collecting, f"/event?token={SHY}", {"event": "x"}, None).json()["code"] == 0


def test_events_before_the_first_invalid_one_are_kept(collecting: Stage) -> None:
    body = '{"event":"kept one","source":"mixed"}{"event":"","source":"mixed"}{"event":"lost","source":"mixed"}'
    answer = post(collecting, "/event", body)
    assert answer.json() == {"text": "Event field cannot be blank", "code": 13, "invalid-event-number": 1}
    assert [row["_raw"] for row in found(collecting, "search source=mixed | table _raw")] == ["kept one"]


def test_acknowledgement_is_told_once_and_per_channel(collecting: Stage) -> None:
    path = f"?channel={CHANNEL}"
    first = post(collecting, "/event" + path, {"event": "x"}, ASKED).json()["ackId"]
    second = post(collecting, "/event", {"event": "y"}, ASKED, headers={"X-Splunk-Request-Channel": CHANNEL}).json()
    assert (first, second["ackId"]) == (0, 1)
    asked = {"acks": [0, 1, 2]}
    assert post(collecting, "/ack" + path, asked, ASKED).json() == {"acks": {"0": True, "1": True, "2": False}}
    assert post(collecting, "/ack" + path, asked, ASKED).json() == {"acks": {"0": False, "1": False, "2": False}}
    other = "/event?channel=bbbbbbbb-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
    assert post(collecting, other, {"event": "x"}, ASKED).json()["ackId"] == 0


def test_health_needs_no_token(collecting: Stage) -> None:
    address = f"http://127.0.0.1:{collecting.collector_port}/services/collector/health"
    assert requests.get(address, timeout=10).json() == {"text": "HEC is healthy", "code": 17}
    assert requests.get(address.replace("/health", "/event"), timeout=10).status_code == 405


def test_collector_stays_closed_unless_it_is_enabled(tmp_path: Path) -> None:
    with make_stage(tmp_path / "home") as stage:
        stage.start()
        assert stage.collector_port is None
