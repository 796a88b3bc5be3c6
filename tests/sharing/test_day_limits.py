"""Limits a person and day at the entity handler: over requests and processes, with words and an entry in the audit."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from minerva import services
from minerva.policy import Subject
from minerva.tenancy import asking, day_limits
from minerva.tenancy.answering import refused
from tests.sharing.desk import DAY, SERVICE, Desk, who

RITA, ROSA = who("river", user="rita"), who("river", user="rosa")


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.shares = {}
    made.change("river", requests_per_day=5)
    return made


def test_nothing_is_worked_out_for_a_person_who_asked_enough(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [desk.ask(RITA, "list")[0] for _ in range(5)] == [200] * 5
    read: list[str] = []

    def note(text: str, _: object) -> str:
        read.append(text)
        return text

    monkeypatch.setattr(asking, "normal_identifier", note)
    assert desk.ask(RITA, "lookup", identifier="email:JEN@mail.example")[0] == 429
    assert read == []


@pytest.mark.parametrize("kind", ["email", "domain", "payment_tag", "phone"])
def test_an_identifier_without_end_is_not_brought_into_a_form(desk: Desk, kind: str) -> None:
    for part in ("(a)", "ß", "/"):
        hostile = f"{kind}:{part * 300_000}"
        began = time.process_time()
        assert desk.ask(ROSA, "watch", op="add", identifier=hostile)[0] in (400, 429)
        assert desk.ask(SERVICE, "lookup", identifier=hostile, identifiers=[hostile])[0] == 404
        assert time.process_time() - began < 1.0
    with pytest.raises(asking.BadIdentifier, match="at most 2100 characters"):
        asking.normal_identifier(f"{kind}:{'1' * 2100}")


def test_a_person_who_asked_enough_is_told_so_and_the_audit_too(desk: Desk) -> None:
    assert [desk.ask(RITA, "list")[0] for _ in range(6)] == [200] * 5 + [429]
    _, told = desk.ask(RITA, "list")
    assert "you have sent 5 requests today" in told["error"]
    assert "requests_per_day" in told["error"]
    assert told["retry_after_s"] == DAY - desk.now % DAY
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row.get("chain") == "river"
               and row["kind"] == "entry"]  # fmt: skip
    assert [entry["outcome"] for entry in entries] == ["permit"] * 5 + ["over_budget"] * 2


def test_it_is_each_persons_own_and_ends_with_the_day(desk: Desk) -> None:
    for _ in range(6):
        desk.ask(RITA, "list")
    assert desk.ask(ROSA, "list")[0] == 200
    desk.now += DAY
    assert desk.ask(RITA, "list")[0] == 200


def test_what_cannot_be_understood_counts(desk: Desk) -> None:
    bodies: list[dict[str, object]] = [{"purpose": "fun"}, {"case": 7}]
    assert [desk.ask(RITA, "list", **bodies[at % 2])[0] for at in range(6)] == [400] * 5 + [429]
    assert [desk.ask(ROSA, "nothing")[0] for _ in range(6)] == [400] * 5 + [429]


def test_a_body_that_cannot_be_read_counts_too(desk: Desk) -> None:
    found = [refused("list", "no JSON", desk.store(RITA), services.OPERATIONS).status for _ in range(6)]
    assert found == [400] * 5 + [429]
    assert desk.ask(RITA, "list")[0] == 429
    assert refused("nothing", "no JSON", desk.store(ROSA), services.OPERATIONS).payload == {"error": "no JSON"}


def test_it_holds_over_processes_and_search_heads(desk: Desk) -> None:
    desk.change("river", requests_per_day=2 * day_limits.SHARE + 20)
    memories: list[dict[str, tuple[int, int]]] = [{}, {}, {}]
    passed = [
        services.answer("list", {}, replace(desk.store(RITA), shares=memories[at % 3])).status for at in range(300)
    ]
    assert passed.count(200) == 2 * day_limits.SHARE + 20
    assert len(desk.rows("budgets")) == 2 + 20


def test_somebody_of_two_institutions_has_the_lower_limit(desk: Desk) -> None:
    both = replace(RITA, roles=frozenset(["river_analyst", "north_analyst"]))
    assert [desk.ask(both, "list")[0] for _ in range(6)] == [200] * 5 + [429]


def test_the_service_and_inputs_have_none(desk: Desk) -> None:
    desk.change("river", intake_role="river_intake")
    intake = Subject("collector", frozenset(["river_intake"]), frozenset(["minerva_query"]))
    for _ in range(9):
        assert desk.ask(SERVICE, "rerelease")[0] == 200
        assert desk.ask(intake, "intake_check", tenant_id="river", records=[])[0] == 200
    assert desk.rows("budgets") == {}
