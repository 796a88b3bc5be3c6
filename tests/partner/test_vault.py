"""Submitted records and the vault: pseudonyms in the index, and what was erased is refused."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.services import answer as ask_services
from tests.partner.world import World, person

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


def test_the_legal_profile_minimises_what_is_submitted(world: World) -> None:
    world.tenants["northfield"] = type(world.tenants["northfield"])(
        **{**vars(world.tenants["northfield"]), "profile": "vawa_voca"}
    )
    body = {**AD, "attributes": {"date_of_birth": "2001-02-03"}, "observed_time": "2026-11-02T10:00:00Z"}
    assert world.ask(PARTNER, "POST", "/records", body)[0] == 201
    assert world.written[0][1].attributes["age_band"] == ("21-25",)
    assert "2001" not in world.written[0][1].to_json()
