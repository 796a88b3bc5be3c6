"""Submitted records and the vault: pseudonyms in the index, and what was erased is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.partner.problem import Problem
from minerva.partner.repeats import Repeats
from minerva.services import answer as ask_services
from minerva.tenancy.kept_answers import forget
from tests.partner.world import STATED, World, person

PARTNER, ANALYST, ADMIN = (person("northfield", standing) for standing in ("partner", "analyst", "admin"))
AD = {"key": "17", "record_type": "ad", "source": "street_team", "text": "Mara, call 415-555-0123", "country": "US"}


@pytest.fixture
def world() -> World:
    return World()


def services(world: World, who: Any, operation: str, **body: Any) -> dict[str, Any]:
    found = ask_services(operation, body, world.store(who))
    assert found.status == 200, found.payload
    return found.payload


def added(world: World) -> str:
    identity = {"identifiers": ["phone:+14155550123"], "names": ["Mara"]}
    return str(services(world, ANALYST, "vault_add", identity=identity)["subject_id"])


def test_a_person_of_the_vault_is_indexed_under_a_pseudonym(world: World) -> None:
    subject = added(world)
    status, told = world.ask(PARTNER, "POST", "/records", AD)
    assert (status, told["outcome"], told["identifiers"]) == (201, "stored", [])
    ((index, record),) = world.written
    assert (index, record.text) == ("mnv_t_northfield", f"{subject}, call {subject}")
    assert "0123" not in record.to_json()
    assert world.ask(PARTNER, "POST", "/records", AD)[1]["outcome"] == "known"
    assert len(world.written) == 1


def test_what_was_erased_is_refused_alone(world: World) -> None:
    services(world, ADMIN, "erase", subject_id=added(world), why="asked for it")
    status, problem = world.ask(PARTNER, "POST", "/records", AD)
    assert (status, problem["code"]) == (409, "erased")
    body = {"records": [AD, {**AD, "key": "18", "text": "call 415-555-0188"}]}
    status, told = world.ask(PARTNER, "POST", "/records/bulk", body)
    assert (status, told["stored"], told["refused"]) == (200, 1, 1)
    assert [outcome.get("code") for outcome in told["outcomes"]] == ["erased", None]
    assert [record.source_key for _, record in world.written] == ["18"]
    assert "0123" not in str(world.own["submissions"].rows)


def test_an_erasure_empties_the_answers_that_were_kept(world: World) -> None:
    subject, headers = added(world), {**STATED, "idempotency-key": "watch-0001"}
    body, other = {"identifier": "phone:+14155550123", "note": "Mara"}, person("riverbank", "analyst")
    first = {who: world.ask(who, "POST", "/watch-list", body, headers=headers) for who in (ANALYST, other)}
    assert [status for status, _ in first.values()] == [201, 201]
    world.now += 60
    certificate = services(world, ADMIN, "erase", subject_id=subject)["certificate"]
    assert certificate["deleted"]["api_answers"] == 1
    kept = [json.dumps(row) for row in world.own["api_answers"].rows.values() if row["state"] == "done"]
    assert sorted("Mara" in text for text in kept) == [False, True]
    status, problem = world.ask(ANALYST, "POST", "/watch-list", body, headers=headers)
    assert (status, problem["code"]) == (409, "answer_erased")
    assert world.ask(other, "POST", "/watch-list", body, headers=headers) == first[other]


def test_an_answer_that_is_being_made_while_something_is_erased_is_not_kept(world: World) -> None:
    collection = world.own["api_answers"]
    repeats = Repeats(collection, b"key", "ana", ["northfield"])
    assert repeats.begin("key-0001", "asked", 10.0) is None
    forget(collection, "northfield", 11.0)
    repeats.keep("key-0001", "asked", 10.0, 201, {"name": "Mara"})
    assert "Mara" not in str(collection.rows)
    with pytest.raises(Problem, match="went with an erasure"):
        repeats.begin("key-0001", "asked", 12.0)
    assert repeats.begin("key-0002", "asked", 12.0) is None
    repeats.keep("key-0002", "asked", 12.0, 201, {"name": "Jen"})
    assert repeats.begin("key-0002", "asked", 13.0) == (201, {"name": "Jen"})


def test_the_legal_profile_minimises_what_is_submitted(world: World) -> None:
    world.tenants["northfield"] = type(world.tenants["northfield"])(
        **{**vars(world.tenants["northfield"]), "profile": "vawa_voca"}
    )
    body = {**AD, "attributes": {"date_of_birth": "2001-02-03"}, "observed_time": "2026-11-02T10:00:00Z"}
    assert world.ask(PARTNER, "POST", "/records", body)[0] == 201
    assert world.written[0][1].attributes["age_band"] == ("21-25",)
    assert "2001" not in world.written[0][1].to_json()
