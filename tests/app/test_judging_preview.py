"""What a judgement would change is told beforehand by the linking itself, and the next refresh does just that."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.chunk_driver import run_command
from tests.app.splunkd_double import SERVICE, Desk, analyst, serving

NORA, RUTH = analyst("northfield"), analyst("riverbank")
FIRST, SECOND = "phone:+14155550123", "email:jen@mail.example"
A, B, C, D, E = (name * 32 for name in "abcde")
HELD = {A: [FIRST], B: [FIRST, SECOND], C: [SECOND], D: ["email:other@mail.example"], E: ["email:other@mail.example"]}
ROWS = [
    {"record_id": name, "source_id": "ads", "record_type": "ad", "identifier": held, "time": str(number)}
    for number, (name, held) in enumerate(HELD.items(), 1)
]
"""A chain A - B - C of two contacts, and a pair."""


def link(desk: Desk, *more: str) -> None:
    options = ["tenant=northfield", "store=true", *more]
    with serving(desk, SERVICE) as uri:
        outcome = run_command("minervalink.py", options, [desk.signed(ROWS)], uri=uri)
    assert outcome.errors == []


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    link(made)
    return made


def got(desk: Desk, operation: str, **body: Any) -> dict[str, Any]:
    status, payload = desk.ask(NORA, operation, body)
    assert status == 200, payload
    return payload


def standing(desk: Desk) -> dict[str, str]:
    """Record -> the entity that it stands in."""
    return {each: got(desk, "lookup", record_id=each)["entities"][0]["entity_id"] for each in HELD}


def judge(desk: Desk, a: str, b: str, verdict: str) -> None:
    desk.now += 60
    step = {"op": "take_back"} if verdict == "taken_back" else {"op": "add", "verdict": verdict}
    got(desk, "judgements", **step, a=a, b=b, why="seen")


CASES = [
    pytest.param([(A, B, "not_same")], id="a chain is cut"),
    pytest.param([(A, D, "same")], id="two entities merge"),
    pytest.param([(A, B, "unsure")], id="unsure moves nothing"),
    pytest.param([(A, B, "not_same"), (A, B, "taken_back")], id="a cut is taken back before it was made"),
    pytest.param([(A, B, "not_same"), (B, C, "not_same")], id="with another that waits"),
    pytest.param([(A, C, "not_same")], id="the ends of a chain"),
]


@pytest.mark.parametrize("refreshed", [False, True], ids=["waiting", "after a refresh each"])
@pytest.mark.parametrize("steps", CASES)
def test_the_next_refresh_does_what_was_told(desk: Desk, steps: list[tuple[str, str, str]], refreshed: bool) -> None:
    for a, b, verdict in steps[:-1]:
        judge(desk, a, b, verdict)
        if refreshed:
            link(desk, "changes=true")
    a, b, verdict = steps[-1]
    before = standing(desk)
    told = got(desk, "judgement_preview", a=a, b=b, verdict=verdict)
    judge(desk, a, b, verdict)
    assert standing(desk) == before
    link(desk, "changes=true")
    after = standing(desk)
    moved = sorted(each for each in HELD if before[each] != after[each])
    assert (told["known"], told["records"], told["moved"]) == (True, moved, len(moved))
    into: dict[str, set[str]] = {}
    of: dict[str, set[str]] = {}
    for each in HELD:
        into.setdefault(before[each], set()).add(after[each])
        of.setdefault(after[each], set()).add(before[each])
    splits = {each["entity_id"]: {part["entity_id"] for part in each["into"]} for each in told["splits"]}
    merges = {each["entity_id"]: {part["entity_id"] for part in each["of"]} for each in told["merges"]}
    assert splits == {each: parts for each, parts in into.items() if len(parts) > 1}
    assert merges == {each: parts for each, parts in of.items() if len(parts) > 1}
    assert told["waiting"] == (0 if refreshed or len(steps) == 1 or verdict == "taken_back" else 1)


def test_a_cut_says_how_many_records_become_how_many(desk: Desk) -> None:
    told = got(desk, "judgement_preview", a=A, b=B, verdict="not_same")
    (split,) = told["splits"]
    assert sorted(part["size"] for part in split["into"]) == [1, 2]
    assert told["entities"][split["entity_id"]]["best"]


def test_what_would_contradict_is_said_before_it_is_asked(desk: Desk) -> None:
    judge(desk, A, B, "same")
    judge(desk, B, C, "same")
    told = got(desk, "judgement_preview", a=A, b=C, verdict="not_same")
    assert "these cannot all be true" in told["contradiction"]


def test_a_preview_stores_nothing(desk: Desk) -> None:
    kept = {name: dict(held.rows) for name, held in desk.collections.items() if name != "audit"}
    got(desk, "judgement_preview", a=A, b=B, verdict="not_same")
    assert {name: held.rows for name, held in desk.collections.items() if name != "audit"} == kept


def test_before_any_refresh_nothing_is_foretold(desk: Desk) -> None:
    desk.collections["refresh"].rows["northfield:state"]["linked"] = {}
    told = got(desk, "judgement_preview", a=A, b=B, verdict="not_same")
    assert (told["known"], bool(told["why_unknown"])) == (False, True)


def test_a_judgement_waits_until_a_refresh_has_taken_it_up(desk: Desk) -> None:
    def shown() -> list[bool]:
        entity = standing(desk)[A]
        return [each["in_effect"] for each in got(desk, "resolve", entity_id=entity)["judgements"]]

    judge(desk, A, B, "not_same")
    assert shown() == [False]
    link(desk, "changes=true")
    assert shown() == [True]
    got(desk, "judgements", op="add", verdict="same", a=B, b=C, why="in the same second as the one before")
    assert [each["in_effect"] for each in got(desk, "judgements")["judgements"]] == [True, False]
    link(desk)
    assert [each["in_effect"] for each in got(desk, "judgements")["judgements"]] == [True, True]


def test_history_keeps_who_said_what_also_when_taken_back(desk: Desk) -> None:
    judge(desk, A, B, "unsure")
    judge(desk, A, B, "taken_back")
    (row,) = got(desk, "judgements", op="history", entity_id=standing(desk)[A])["judgements"]
    assert (row["verdict"], [each["verdict"] for each in row["history"]]) == ("taken_back", ["unsure"])
    assert got(desk, "resolve", entity_id=standing(desk)[A])["judgements"] == []


@pytest.mark.parametrize("verdict", ["maybe", "", None])
def test_another_verdict_is_refused(desk: Desk, verdict: str | None) -> None:
    assert desk.ask(NORA, "judgement_preview", {"a": A, "b": B, "verdict": verdict})[0] == 400


@pytest.mark.parametrize("who", [RUTH, SERVICE], ids=["another institution", "the service"])
def test_foreign_records_are_absent(desk: Desk, who: Any) -> None:
    body = {"a": A, "b": B, "verdict": "not_same", "tenant_id": "northfield"}
    assert desk.ask(who, "judgement_preview", body)[0] == 404
    history = {"op": "history", "entity_id": standing(desk)[A], "tenant_id": "northfield"}
    if who is RUTH:
        assert desk.ask(who, "judgements", history)[0] == 404
