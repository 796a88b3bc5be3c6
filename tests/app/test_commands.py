"""The search command doors as real child processes over the chunked protocol."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chunk_driver import BASE_PYTHON, BIN, child_environment, pythons, run_command
from minerva.policy import Subject
from tests.app.splunkd_double import SERVICE, Desk, analyst, serving

INTERPRETERS = pythons()
every_python = pytest.mark.parametrize("python", list(INTERPRETERS.values()), ids=list(INTERPRETERS))
PHONE = "phone:+14155550123"
ROWS = [
    {
        "record_id": f"{number:032x}",
        "source_id": "ads",
        "record_type": "ad",
        "identifier": [PHONE],
        "time": "1700000000",
    }
    for number in range(1, 4)
]


@every_python
def test_extract_adds_identifiers_to_every_chunk(python: str) -> None:
    chunks = [[{"text": "nothing here"}, {"text": "call 415 555 0123 or jen@mail.example"}], [{"text": "415-555-0123"}]]
    outcome = run_command("minervaextract.py", ["fields=text", "region=US"], chunks, python=python)
    assert (outcome.code, outcome.errors) == (0, [])
    assert outcome.configuration["type"] == "streaming"
    assert [row["identifier"] for row in outcome.rows] == ["", [PHONE, "email:jen@mail.example"], PHONE]
    assert [row["phone"] for row in outcome.rows] == ["", "+14155550123", "+14155550123"]
    evidence = json.loads(outcome.rows[2]["identifier_evidence"])
    assert (evidence["raw"], evidence["start"], evidence["end"], evidence["field"]) == ("415-555-0123", 0, 12, "text")


def test_extract_takes_the_region_of_a_field() -> None:
    rows = [{"text": "07700 900123", "country": "GB"}, {"text": "07700 900123", "country": "US"}]
    outcome = run_command("minervaextract.py", ["fields=text", "region_field=country", "kinds=phone"], [rows])
    assert [row["phone"] for row in outcome.rows] == ["+447700900123", ""]


@pytest.mark.parametrize(
    ("script", "arguments", "message"),
    [
        ("minervaextract.py", ["kinds=fax"], "kinds: 'fax' cannot be searched for"),
        ("minervaextract.py", ["region={US}"], "region: expected a two-letter country code such as US, not '{US}'"),
        ("minervaextract.py", ["minconfidence=high"], "minconfidence: expected a number from 0 to 1"),
        ("minervaextract.py", ["feilds={x}"], "Unrecognized option: feilds={x}"),
        ("minervaexpand.py", ["output=graph"], "output: expected one of edges, nodes"),
        ("minervaexpand.py", ["output=edges"], "needs either entity=<entity id> or identifier=<kind:value>"),
        ("minervaexpand.py", ["entity=e_1", "depth=9"], "depth: expected a whole number from 1 to 3"),
        ("minervalink.py", [], "tenant: expected a tenant id"),
        ("minervalink.py", ["tenant=northfield", "store=perhaps"], "store: expected true or false"),
        ("minervalink.py", ["tenant=northfield", "force=true"], "force: needs store=true"),
        ("minervalink.py", ["tenant=northfield", "store=true", "changes=true", "force=true"], "no changes=true"),
    ],
)
def test_wrong_option_is_explained(script: str, arguments: list[str], message: str) -> None:
    outcome = run_command(script, arguments, [[{"text": "x"}]])
    assert outcome.code == 1
    assert len(outcome.errors) == 1
    assert message in outcome.errors[0]
    assert "Traceback" not in outcome.stderr


@every_python
def test_link_sees_the_whole_set_across_chunks(python: str) -> None:
    outcome = run_command("minervalink.py", ["tenant=northfield"], [ROWS[:1], ROWS[1:], []], python=python)
    assert (outcome.code, outcome.errors) == (0, [])
    assert [(row["size"], row["tenant_id"]) for row in outcome.rows] == [("3", "northfield")]


@every_python
def test_link_stores_and_expand_shows(python: str) -> None:
    desk = Desk()
    with serving(desk, SERVICE) as uri:
        linked = run_command(
            "minervalink.py", ["tenant=northfield", "store=true"], [desk.signed(ROWS)], python=python, uri=uri
        )
    assert linked.errors == []
    entity_id = linked.rows[0]["entity_id"]
    with serving(desk, analyst("northfield")) as uri:
        listed = run_command("minervaexpand.py", ["output=list"], [], python=python, uri=uri)
        edges = run_command("minervaexpand.py", [f"entity={entity_id}"], [], python=python, uri=uri)
        one = run_command("minervaexpand.py", [f"entity={entity_id}", "output=entity"], [], python=python, uri=uri)
    assert [(row["entity_id"], row["size"]) for row in listed.rows] == [(entity_id, "3")]
    assert {(row["rule"], row["target"]) for row in edges.rows if row["target"] == PHONE} == {
        ("shared_identifier", PHONE)
    }
    assert {tuple(row[name] for name in ("values", "sources", "time_utc")) for row in edges.rows if row["kinds"]} == {
        ("+14155550123", "ads", "2023-11-14T22:13:20Z")
    }
    assert len(one.rows[0]["records"]) == 3


@every_python
def test_link_of_part_of_the_known_records_fails_unless_forced(python: str) -> None:
    desk, arguments = Desk(), ["tenant=northfield", "store=true"]
    rows = desk.signed({**ROWS[0], "record_id": f"{number:032x}"} for number in range(20))
    with serving(desk, SERVICE) as uri:
        assert run_command("minervalink.py", arguments, [rows], python=python, uri=uri).errors == []
        stopped = run_command("minervalink.py", arguments, [rows[:5]], python=python, uri=uri)
        forced = run_command("minervalink.py", [*arguments, "force=true"], [rows[:5]], python=python, uri=uri)
    assert (stopped.code, stopped.rows) == (1, [])
    assert [text.partition(" and neither")[0] for text in stopped.errors] == [
        "nothing was stored: 15 of 20 known records were not found,"
    ]
    assert (forced.code, [row["size"] for row in forced.rows]) == (0, ["20"])
    assert [text.partition(";")[0] for _, text in forced.messages] == ["15 known records were not found"]


def test_expand_of_a_foreign_entity_is_as_empty_as_of_a_missing_one() -> None:
    desk = Desk()
    with serving(desk, SERVICE) as uri:
        stored = run_command("minervalink.py", ["tenant=northfield", "store=true"], [desk.signed(ROWS)], uri=uri)
    entity_id = stored.rows[0]["entity_id"]
    with serving(desk, analyst("riverbank")) as uri:
        foreign = run_command("minervaexpand.py", [f"entity={entity_id}"], [], uri=uri)
        missing = run_command("minervaexpand.py", ["entity=e_0000000000000000"], [], uri=uri)
    assert foreign == missing
    assert (foreign.code, foreign.rows) == (0, [])


def test_storing_without_the_right_is_refused_with_a_message() -> None:
    desk = Desk()
    with serving(desk, analyst("northfield")) as uri:
        outcome = run_command("minervalink.py", ["tenant=northfield", "store=true"], [desk.signed(ROWS)], uri=uri)
    assert outcome.errors == ["tenant 'northfield' is unknown, or you may not store its entities"]


def test_unreachable_splunkd_is_explained() -> None:
    outcome = run_command("minervaexpand.py", ["output=list"], [], uri="http://127.0.0.1:9")
    assert len(outcome.errors) == 1
    assert outcome.errors[0].startswith("splunkd cannot be reached")


def _run_alert(payload: dict[str, object], python: str = BASE_PYTHON) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [python, str(BIN / "minerva_watch_hit.py"), "--execute"], input=json.dumps(payload).encode(),
        capture_output=True, timeout=60, env=child_environment(), check=False,
    )  # fmt: skip


@every_python
def test_alert_writes_one_event_per_row_into_the_tenants_index(python: str, tmp_path: Path) -> None:
    results = tmp_path / "results.csv.gz"
    with gzip.open(results, "wt", newline="") as file:
        file.write(f"identifier,records,last_seen,note,tenant_id\r\n{PHONE},3,1700000000,seen before,northfield\r\n")
    desk = Desk()
    with serving(desk, SERVICE) as uri:
        done = _run_alert(
            {"configuration": {"tenant": "northfield"}, "results_file": str(results), "server_uri": uri,
             "session_key": "key"}, python,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    expected = (
        '{"alert_time":"2023-11-14T22:13:20Z","alert":"watch_list","tenant_id":"northfield",'
        '"identifier":"phone:+14155550123","records":"3","last_seen":"1700000000","note":"seen before"}'
    )
    assert desk.events == [("mnv_t_northfield", "minerva:alert", expected)]


def test_alert_refuses_rows_of_another_tenant() -> None:
    desk = Desk()
    with serving(desk, SERVICE) as uri:
        done = _run_alert(
            {"configuration": {"tenant": "northfield"}, "server_uri": uri, "session_key": "key",
             "result": {"identifier": PHONE, "tenant_id": "riverbank"}}
        )  # fmt: skip
    assert done.returncode == 1
    assert b"another tenant" in done.stderr
    assert desk.events == []


class NothingHeld(Desk):
    """An installation without questions and without published counts."""

    def ask(self, subject: Subject, operation: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        return (200, {"cubes": {}}) if operation == "counts" else (404, {"error": "not found"})


def test_a_search_that_finds_nothing_says_why() -> None:
    with serving(NothingHeld(), analyst("northfield")) as uri:
        school = run_command("minervaschool.py", ["query=s_0123456789abcdef"], [], uri=uri)
        figures = run_command("minervafigures.py", ["cube=place"], [], uri=uri)
    for outcome, words in ((school, "your institution has no such question"), (figures, "no figures are published")):
        assert (outcome.code, outcome.rows, outcome.errors) == (0, [], [])
        assert [text[: len(words)] for level, text in outcome.messages if level == "WARN"] == [words]
