"""Any identifier asked for, a join undone and taken back: the handler and the doors minervaresolve, minervajudge."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from benchmarks.chunk_driver import run_command
from minerva.tenancy import resolving
from minerva.tenancy.judgements import judge_options
from tests.app.splunkd_double import SERVICE, Desk, analyst, serving

PHONE = "phone:+14155550123"
A, B, C = "a" * 32, "b" * 32, "c" * 32
ROWS = [
    {"record_id": name, "source_id": "ads", "record_type": "ad", "identifier": [PHONE], "time": str(number)}
    for number, name in enumerate((A, B, C), 1)
]
NORA = analyst("northfield")


def link(desk: Desk) -> list[dict[str, Any]]:
    with serving(desk, SERVICE) as uri:
        outcome = run_command("minervalink.py", ["tenant=northfield", "store=true"], [desk.signed(ROWS)], uri=uri)
    assert outcome.errors == []
    return outcome.rows


def run(desk: Desk, script: str, *arguments: str, who: Any = NORA) -> Any:
    with serving(desk, who) as uri:
        return run_command(script, list(arguments), [], uri=uri)


@pytest.fixture(scope="module")
def linked() -> Desk:
    made = Desk()
    link(made)
    return made


@pytest.fixture
def desk(linked: Desk) -> Desk:
    """The same three linked records for each test, to change."""
    return copy.deepcopy(linked)


@pytest.mark.parametrize("asked", [f"identifier={PHONE}", "identifier=(415) 555-0123", f"record_id={B}"])
def test_whatever_is_asked_gives_entity_records_and_reasons(desk: Desk, asked: str) -> None:
    (row,) = run(desk, "minervaresolve.py", asked).rows
    assert row["records"] == [A, B, C]
    assert row["explanation"] == "These 3 records: phone in 3"
    assert len(row["reasons"]) == 2
    assert all("both hold the phone +14155550123" in reason for reason in row["reasons"])


def test_each_join_comes_with_its_evidence_and_times_that_people_read(desk: Desk) -> None:
    rows = run(desk, "minervaresolve.py", f"record_id={A}", "output=joins").rows
    shown = {row["b"]: [row[name] for name in ("kinds", "values", "sources", "time", "time_utc")] for row in rows}
    phone = ["phone", "+14155550123", "ads"]
    assert shown == {B: [*phone, "2", "1970-01-01T00:00:02Z"], C: [*phone, "3", "1970-01-01T00:00:03Z"]}
    (row,) = run(desk, "minervaresolve.py", f"record_id={A}").rows
    assert (row["last_time"], row["last_time_utc"]) == ("3", "1970-01-01T00:00:03Z")


def test_an_undone_join_is_respected_by_the_next_run_and_can_be_taken_back(desk: Desk) -> None:
    before = link(desk)[0]["entity_id"]
    (undo,) = (row["undo"] for row in run(desk, "minervaresolve.py", f"record_id={A}", "output=joins").rows
               if row["b"] == B)  # fmt: skip
    assert undo == f'| minervajudge a={A} b={B} verdict=not_same why="..."'
    judged = run(desk, "minervajudge.py", f"a={A}", f"b={B}", "verdict=not_same", "why=two people").rows
    assert [(row["a"], row["b"], row["verdict"], row["by"]) for row in judged] == [(A, B, "not_same", NORA.user)]
    link(desk)
    (kept,) = run(desk, "minervaresolve.py", f"record_id={A}").rows
    (split,) = run(desk, "minervaresolve.py", f"record_id={B}").rows
    assert (kept["entity_id"], kept["records"], split["records"]) == (before, [A, C], B)
    assert "two people" in kept["judgements"]
    assert "kept apart from others by 1 judgement" in split["explanation"]
    run(desk, "minervajudge.py", f"a={B}", f"b={A}", "verdict=take_back", "why=they are one after all")
    link(desk)
    (again,) = run(desk, "minervaresolve.py", f"entity={split['entity_id']}").rows
    assert (again["entity_id"], again["redirected_from"]) == (before, split["entity_id"])
    assert again["records"] == [A, B, C]
    document = desk.collections["judgements"].get(f"northfield:{A}|{B}")
    assert document is not None
    assert [each["verdict"] for each in document["history"]] == ["not_same"]


def test_a_judgement_is_shown_with_the_search_that_takes_it_back(desk: Desk) -> None:
    run(desk, "minervajudge.py", f"a={B}", f"b={A}", "verdict=unsure", "why=two names")
    (row,) = run(desk, "minervaresolve.py", f"record_id={A}", "output=judgements").rows
    assert [row[key] for key in ("a", "b", "verdict", "why", "by")] == [A, B, "unsure", "two names", NORA.user]
    assert row["undo"] == f'| minervajudge a={A} b={B} verdict=take_back why="..."'


def test_an_identifier_of_a_million_characters_joins_and_is_found(desk: Desk) -> None:
    long = f"email:{'x' * 1_000_000}@mail.example"
    rows = [{"record_id": name * 32, "source_id": "ads", "identifier": [long], "time": "5"} for name in "de"]
    with serving(desk, SERVICE) as uri:
        done = run_command(
            "minervalink.py", ["tenant=northfield", "store=true", "changes=true"], [desk.signed(rows)], uri=uri
        )
    assert (done.errors, done.rows[0]["size"]) == ([], "2")
    (row,) = run(desk, "minervaresolve.py", f"identifier={long}").rows
    assert row["records"] == ["d" * 32, "e" * 32]


def test_a_row_without_an_id_is_left_out_with_a_warning() -> None:
    outcome = run_command("minervalink.py", ["tenant=northfield"], [[{"record_id": "", "identifier": "x:y"}, ROWS[0]]])
    assert len(outcome.rows) == 1
    assert [level for level, text in outcome.messages if text.startswith("1 rows were left out")] == ["WARN"]


def test_a_search_that_finds_the_lease_taken_warns_and_stores_nothing(desk: Desk) -> None:
    body = {"tenant_id": "northfield", "op": "take", "owner": "another"}
    assert desk.ask(SERVICE, "refresh", body)[0] == 200
    with serving(desk, SERVICE) as uri:
        options = ["tenant=northfield", "store=true", "changes=true"]
        outcome = run_command("minervalink.py", options, [desk.signed(ROWS)], uri=uri)
    ((level, text),) = outcome.messages
    assert (level, outcome.code, outcome.rows) == ("WARN", 0, [])
    assert "another search stores this tenant's entities" in text


def test_an_identifier_that_joins_nothing_shows_all_who_hold_it(desk: Desk) -> None:
    for pair in ((A, B), (A, C), (B, C)):
        run(desk, "minervajudge.py", f"a={pair[0]}", f"b={pair[1]}", "verdict=not_same", "why=front desk")
    link(desk)
    rows = run(desk, "minervaresolve.py", f"identifier={PHONE}").rows
    assert sorted(row["records"] for row in rows) == [A, B, C]
    assert {row["message"] for row in rows} == {"3 entities hold it; it joins none of them to another"}


@pytest.mark.parametrize("who", [NORA, analyst("riverbank")], ids=["own", "foreign"])
@pytest.mark.parametrize(
    "asked", ["identifier=phone:+14155550199", "identifier=nothing at all", f"record_id={'f' * 32}", "entity=e_0"]
)
def test_nothing_found_is_one_row_with_a_message(desk: Desk, who: Any, asked: str) -> None:
    (row,) = run(desk, "minervaresolve.py", asked, who=who).rows
    assert (row["message"], row["entity_id"]) == (resolving.NOTHING, "")


def test_foreign_and_absent_look_the_same(desk: Desk) -> None:
    ruth = analyst("riverbank")
    foreign = run(desk, "minervaresolve.py", f"record_id={A}", who=ruth).rows
    absent = run(desk, "minervaresolve.py", f"record_id={'f' * 32}", who=ruth).rows
    assert [{**row, "asked": ""} for row in foreign] == [{**row, "asked": ""} for row in absent]
    bodies = [{"op": "add", "a": a, "b": C, "verdict": "same", "why": "x"} for a in (A, "f" * 32)]
    assert desk.ask(ruth, "judgements", bodies[0]) == desk.ask(ruth, "judgements", bodies[1])
    assert desk.ask(ruth, "judgements", {"tenant_id": "northfield"})[0] == 404
    assert run(desk, "minervajudge.py", who=ruth).rows[0]["message"] == judge_options.NONE_YET


def test_a_contradiction_is_refused_with_its_names(desk: Desk) -> None:
    def judge(a: str, b: str, verdict: str) -> tuple[int, dict[str, Any]]:
        return desk.ask(NORA, "judgements", {"op": "add", "a": a, "b": b, "verdict": verdict, "why": "seen"})

    assert judge(A, B, "same")[0] == judge(B, C, "same")[0] == 200
    status, payload = judge(A, C, "not_same")
    assert status == 409
    for pair in ((A, C), (A, B), (B, C)):
        assert f"{pair[0]} and {pair[1]}" in payload["error"]
    status, payload = judge(A, B, "not_same")
    assert (status, "take that back first" in payload["error"]) == (409, True)
    assert len(desk.ask(NORA, "judgements")[1]["judgements"]) == 2


def test_judgements_in_a_circle_hold_and_taking_one_back_breaks_nothing() -> None:
    made = Desk()
    strangers = made.signed({**row, "identifier": []} for row in ROWS)
    with serving(made, SERVICE) as uri:
        run_command("minervalink.py", ["tenant=northfield", "store=true"], [strangers], uri=uri)
    for a, b in ((A, B), (B, C), (C, A)):
        run(made, "minervajudge.py", f"a={a}", f"b={b}", "verdict=same", "why=one voice")
    linking = ["tenant=northfield", "store=true", "changes=true"]
    for verdict in ("", "take_back"):
        if verdict:
            run(made, "minervajudge.py", f"a={A}", f"b={B}", f"verdict={verdict}", "why=not sure any more")
        with serving(made, SERVICE) as uri:
            (row,) = run_command("minervalink.py", linking, [strangers], uri=uri).rows
        assert row["records"] == [A, B, C]
        assert row["explanation"] == "These 3 records: judged the same in 3"


def test_a_contradiction_that_got_stored_is_named_and_counts_for_nothing(desk: Desk) -> None:
    keys = [("a", A, "b", B, "same"), ("a", B, "b", C, "same"), ("a", A, "b", C, "not_same")]
    desk.collections["judgements"].batch_save(
        [
            {"_key": f"northfield:{a}|{b}", "tenant_id": "northfield", "a": a, "b": b, "verdict": verdict, "time": 1}
            for _, a, _, b, verdict in keys
        ]
    )
    rows = run(desk, "minervajudge.py").rows
    assert rows[-1]["message"].startswith("Contradiction: ")
    assert "cannot all be true" in link(desk)[0]["explanation"]


@pytest.mark.parametrize(
    ("script", "arguments", "message"),
    [
        ("minervaresolve.py", [], "expected one of identifier=<kind:value>, record_id=<record id>, entity=<entity id>"),
        ("minervaresolve.py", ["record_id=a", "output=graph"], "output: expected one of entity, joins, judgements"),
        ("minervajudge.py", ["a=x", "verdict=same", "why=y"], "a, b: expected two record ids"),
        ("minervajudge.py", ["a=x", "b=y", "verdict=perhaps"], "verdict: expected one of same, not_same, unsure"),
        ("minervajudge.py", ["a=x", "b=y", "verdict=same"], "why: expected the reason"),
        ("minervajudge.py", ["a=x", "b=y", "verdict=not_same", "why=..."], "write it in place of the dots"),
    ],
)
def test_a_wrong_option_is_explained(script: str, arguments: list[str], message: str) -> None:
    outcome = run_command(script, arguments, [])
    assert len(outcome.errors) == 1
    assert message in outcome.errors[0]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"op": "erase"}, "op: expected list, add, take_back or history"),
        ({"op": "add", "a": A, "b": A, "verdict": "same"}, "a judgement needs two different records"),
        ({"op": "add", "a": A, "b": B, "verdict": "same", "why": "x" * 501}, "why: expected text of at most 500"),
        ({"op": "take_back", "a": A, "b": B}, "there is no judgement on these two records"),
    ],
)
def test_a_wrong_request_is_explained(desk: Desk, body: dict[str, Any], message: str) -> None:
    status, payload = desk.ask(NORA, "judgements", body)
    assert status == 400
    assert payload["error"].startswith(message)
    assert json.dumps(desk.ask(NORA, "judgements")[1]) == '{"judgements": [], "contradictions": []}'


@pytest.mark.parametrize(
    "planted", ["x verdict=same | delete", 'x"] | outputlookup y', "`macro`", "a b", "$a$", "x\n| delete"]
)
def test_a_planted_record_id_never_becomes_part_of_the_search_that_undoes_a_join(planted: str) -> None:
    join = {"a": A, "b": planted, "rule": "phone", "strength": 1.0, "why": "both hold it"}
    answer = {"entities": [{"entity_id": "e_1", "joins": [join]}], "judgements": [], "left_out": 0}
    (row,) = resolving.rows_of(resolving.read_options({"record_id": A, "output": "joins"}), answer)
    assert row["undo"] is None
    assert row["b"] == planted
