"""Questions which school is meant: by words, kept for the institution's analysts alone, judged, erased, and ended."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.policy import Subject
from minerva.tenancy.tombstones import ERASED_TEXT
from tests.sharing.desk import DAY, PHONE, SERVICE, STATED, Desk, who

NORA = who("north")
WORDS = "navy blazer with a gold lion on a shield, striped maroon and gold tie, somewhere in Kent"


def school(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "school_id": f"made-{number}", "name": f"School {number}", "place": "Harlow", "county": "Essex",
        "country": "GB", "phase": "Primary", "garment": "jumper", "garment_color": "red", "tie_colors": [],
        "charges": ["tree"], "crest_shape": "round", "motto": "", **facts,
    }  # fmt: skip


MEANT = school(
    7, place="Ashford", county="Kent", phase="Secondary", garment="blazer", garment_color="navy",
    tie_colors=["maroon", "gold"], tie_pattern="striped", charges=["lion"], crest_shape="shield",
)  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    schools = [*(school(number) for number in range(40) if number != 7), MEANT]
    assert made.got(NORA, "school_gallery", op="add", schools=schools)["schools"] == 40
    return made


def asked(desk: Desk, describe: str = WORDS, **more: Any) -> dict[str, Any]:
    return desk.got(NORA, "schools_identify", describe=describe, **STATED, **more)


def test_the_described_school_comes_first_with_reasons(desk: Desk) -> None:
    answer = asked(desk, top=5)
    first = answer["found"][0]
    assert first["school"]["name"] == "School 7"
    assert first["confidence"] > 0.9
    assert "lion on the crest" in first["signals"][0]["reasons"]
    assert answer["searched"] == 40
    assert answer["query"]["understood"]["tie_colors"] == ["maroon", "gold"]


def test_a_question_is_kept_read_again_and_judged(desk: Desk) -> None:
    query_id = asked(desk)["query"]["query_id"]
    (listed,) = desk.got(NORA, "school_queries")["queries"]
    assert (listed["query_id"], listed["by"], listed["given"]) == (query_id, NORA.user, ["words"])
    again = desk.got(NORA, "school_queries", op="get", query_id=query_id)
    assert again["found"][0]["school"]["school_id"] == "made-7"
    verdict = {"op": "set", "query_id": query_id, "school_id": "made-7", "note": "seen on its page"}
    said = desk.got(NORA, "school_queries", **verdict, verdict="right")["query"]["verdicts"]
    assert [(each["verdict"], each["by"]) for each in said] == [("right", NORA.user)]
    assert desk.got(NORA, "school_queries")["names"] == {"made-7": "School 7"}
    assert len(desk.got(NORA, "school_queries", **verdict, verdict="wrong")["query"]["verdicts"]) == 1
    desk.got(NORA, "school_queries", op="remove", query_id=query_id)
    assert desk.got(NORA, "school_queries")["queries"] == []


@pytest.mark.parametrize(
    "subject",
    [who("river"), who("north", "admin"), who("north", "partner"), SERVICE,
     Subject("stranger", frozenset(), frozenset(["minerva_query"]))],
    ids=["another institution", "its administrator", "its program", "the service", "a stranger"],
)  # fmt: skip
def test_nobody_else_reads_asks_or_judges(desk: Desk, subject: Subject) -> None:
    query_id = asked(desk)["query"]["query_id"]
    for named in ({}, {"tenant_id": "north"}):
        status, payload = desk.ask(subject, "school_queries", **named)
        assert status == 404 or payload["queries"] == []
        assert desk.ask(subject, "school_queries", op="get", query_id=query_id, **named)[0] == 404
        assert desk.ask(subject, "school_queries", op="remove", query_id=query_id, **named)[0] == 404
        body = {"query_id": query_id, "school_id": "made-7", "verdict": "right", **named}
        assert desk.ask(subject, "school_queries", op="set", **body)[0] == 404
        status, payload = desk.ask(subject, "schools_identify", describe=WORDS, **named)
        assert status == 404 or payload["searched"] == 0
    assert len([row for row in desk.rows("school_queries").values() if row["tenant_id"] == "north"]) == 1


def test_schools_of_an_institution_are_its_own(desk: Desk) -> None:
    assert desk.got(who("river"), "school_gallery")["schools"] == 0
    assert desk.ask(who("river"), "school_gallery", op="remove", all=True, tenant_id="north")[0] == 404
    assert desk.ask(who("north", "admin"), "school_gallery", op="add", schools=[school(1)])[0] == 404
    shown = desk.got(NORA, "school_gallery", school_ids=["made-7", "made-99"])
    assert [row["school_id"] for row in shown["rows"]] == ["made-7"]
    assert shown["with_uniform"] == 40


def test_schools_are_replaced_and_removed(desk: Desk) -> None:
    desk.got(NORA, "school_gallery", op="add", schools=[school(1, name="Renamed School")])
    shown = desk.got(NORA, "school_gallery", school_ids=["made-1"])
    assert (shown["schools"], shown["rows"][0]["name"]) == (40, "Renamed School")
    assert desk.got(NORA, "school_gallery", op="remove", school_ids=["made-1"])["schools"] == 39
    assert desk.got(NORA, "school_gallery", op="remove", all=True)["schools"] == 0
    answer = asked(desk)
    assert (answer["found"], "add those of a register" in answer["notes"][0]) == ([], True)


@pytest.mark.parametrize(
    ("operation", "body", "words"),
    [
        ("schools_identify", {"describe": ""}, "describe:"),
        ("schools_identify", {"describe": "a child at school"}, "describe: nothing in it"),
        ("schools_identify", {"describe": "x" * 2001}, "describe: expected text"),
        ("schools_identify", {"describe": 5}, "describe: expected text"),
        ("schools_identify", {"describe": WORDS, "top": 101}, "top:"),
        ("school_gallery", {"op": "burn"}, "op:"),
        ("school_gallery", {"op": "add", "schools": []}, "schools:"),
        ("school_gallery", {"op": "add", "schools": [7]}, "schools:"),
        ("school_gallery", {"op": "add", "schools": [{"school_id": "a b", "name": "x"}]}, "schools: school_id:"),
        ("school_gallery", {"op": "remove"}, "school_ids:"),
        ("school_queries", {"op": "burn"}, "op:"),
    ],
)
def test_wrong_requests_are_refused_in_words(desk: Desk, operation: str, body: dict[str, Any], words: str) -> None:
    status, payload = desk.ask(NORA, operation, **body)
    assert (status, words in payload["error"]) == (400, True)


def test_a_verdict_on_what_was_not_found_is_refused(desk: Desk) -> None:
    query_id = asked(desk, top=1)["query"]["query_id"]
    body = {"op": "set", "query_id": query_id, "verdict": "right"}
    assert desk.ask(NORA, "school_queries", school_id="made-3", **body)[0] == 404
    assert desk.ask(NORA, "school_queries", school_id="made-7", **{**body, "verdict": "maybe"})[0] == 400


def test_what_is_erased_leaves_questions_and_notes(desk: Desk) -> None:
    desk.entity("north", "e_00000000000000aa")
    query_id = asked(desk, f"navy blazer, call {PHONE.partition(':')[2]}")["query"]["query_id"]
    kept = asked(desk)["query"]["query_id"]
    body = {"op": "set", "query_id": kept, "school_id": "made-7", "verdict": "right", "note": "as Jen Example said"}
    desk.got(NORA, "school_queries", **body)
    desk.got(who("north", "admin"), "erase", entity_id="e_00000000000000aa", why="asked to", **STATED)
    stored = json.dumps(list(desk.rows("school_queries").values()))
    assert "4155550123" not in stored
    assert "Jen Example" not in stored
    rows = {row["query_id"]: row for row in desk.rows("school_queries").values()}
    assert (rows[query_id]["described"], rows[kept]["described"]) == (ERASED_TEXT, WORDS)


def test_words_of_an_erased_person_leave_the_reasons_and_the_schools_that_were_found(desk: Desk) -> None:
    desk.entity("north", "e_00000000000000aa")
    query_id = asked(desk)["query"]["query_id"]
    (row,) = (row for row in desk.rows("school_queries").values() if row["query_id"] == query_id)
    row["schools"][0]["signals"][0]["reasons"] = ['"Jen Example" as in "Jen Example"']
    desk.collections["school_queries"].batch_save([row])
    body = {"op": "set", "query_id": query_id, "school_id": "made-7", "verdict": "right", "note": ""}
    desk.got(NORA, "school_queries", **body)
    desk.got(who("north", "admin"), "erase", entity_id="e_00000000000000aa", why="asked to", **STATED)
    (after,) = (row for row in desk.rows("school_queries").values() if row["query_id"] == query_id)
    assert (after["schools"], after["verdicts"], after["described"]) == ([], [], ERASED_TEXT)
    assert "Jen Example" not in json.dumps(after)


def test_questions_end_after_half_a_year(desk: Desk) -> None:
    asked(desk)
    desk.now += 181 * DAY
    later = asked(desk)["query"]["query_id"]
    assert desk.got(SERVICE, "purge")["purged"]["school_queries"] == 1
    assert [row["query_id"] for row in desk.rows("school_queries").values()] == [later]


def test_the_audit_names_the_question_by_a_token(desk: Desk) -> None:
    query_id = asked(desk)["query"]["query_id"]
    desk.got(NORA, "school_queries", op="get", query_id=query_id)
    rows = [row for row in desk.rows("audit").values() if (row["kind"], row["chain"]) == ("entry", "north")]
    entries = [json.loads(row["entry"]) for row in rows]
    assert [entry["operation"] for entry in entries] == ["school_gallery", "schools_identify", "school_queries"]
    assert [entry["step"] for entry in entries] == ["add", "", "get"]
    assert {entry["outcome"] for entry in entries} == {"permit"}
    assert len(entries[-1]["objects"]) == 1
    assert WORDS not in json.dumps(entries)
    assert query_id not in json.dumps(entries)
