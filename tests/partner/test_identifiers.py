"""Identifiers as partners write them: read in the institution's region, refused with the reason, never just empty."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.services import answer as ask_services
from tests.partner.world import PHONE, STATED, World, person, tenant

PARTNER, ANALYST, ADMIN = (person("northfield", standing) for standing in ("partner", "analyst", "admin"))
LONDON = "phone:+442079460958"
ROW = {"record_id": "d" * 32, "source_id": "ads", "record_type": "ad", "identifier": [LONDON], "time": 10}
TYPOS = ["phone:abc", "fax:1", "phone:020 7946 0958", "email:jen at mail", "jen:1"]


@pytest.fixture
def world() -> World:
    """An institution that has no region."""
    made = World()
    made.link("northfield")
    return made


@pytest.fixture
def british(world: World) -> World:
    """An institution whose people dial in Great Britain."""
    world.tenants["northfield"] = tenant("northfield", region="GB")
    world.link("northfield", [ROW])
    return world


@pytest.mark.parametrize("typed", TYPOS)
def test_a_typo_is_refused_with_its_reason_and_never_looks_like_nobody(world: World, typed: str) -> None:
    status, problem = world.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [PHONE, typed]})
    assert (status, problem["code"], problem["field"]) == (400, "invalid_identifier", "identifiers.1")
    assert len(problem["detail"]) > 20
    assert typed not in problem["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/identifiers/neighborhood", {"identifier": "phone:abc"}), ("/watch-list", {"identifier": "phone:abc"}),
        ("/deconfliction", {"identifier": "phone:abc"}),
        ("/exports", {"format": "csv", "identifiers": ["phone:abc"]}),
        ("/audit/search", {"identifier": "phone:abc"}),
    ],
    ids=str,
)  # fmt: skip
def test_every_operation_refuses_what_is_no_identifier(world: World, path: str, body: dict[str, Any]) -> None:
    asker = ADMIN if path == "/audit/search" else PARTNER
    status, problem = world.ask(asker, "POST", path, body, headers=STATED)
    assert (status, problem["code"]) == (400, "invalid_identifier")


@pytest.mark.parametrize("operation", ["lookup", "neighborhood", "resolve"])
def test_the_app_refuses_it_too_instead_of_finding_nothing(world: World, operation: str) -> None:
    found = ask_services(operation, {"identifier": "phone:abc"}, world.store(ANALYST))
    assert found.status == 400
    assert "digits" in found.payload["error"]


def test_a_number_is_read_as_dialed_where_the_institution_is(british: World) -> None:
    dialed = "phone:020 7946 0958"
    found = british.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [dialed]})[1]["results"]
    assert [(item["identifier"], len(item["entities"])) for item in found] == [(LONDON, 1)]
    assert british.ask(PARTNER, "POST", "/watch-list", {"identifier": dialed})[1]["identifier"] == LONDON
    assert british.ask(PARTNER, "POST", "/identifiers/neighborhood", {"identifier": dialed})[0] == 200
    export = {"format": "csv", "identifiers": [dialed]}
    assert british.ask(PARTNER, "POST", "/exports", export, headers=STATED)[0] == 200
    assert british.ask(PARTNER, "POST", "/deconfliction", {"identifier": dialed}, headers=STATED)[0] == 200
    identity = {"identifiers": [dialed], "names": ["Mara"]}
    kept = ask_services("vault_add", {"identity": identity}, british.store(ANALYST))
    assert kept.status == 200
    asked = ask_services(
        "vault_find", {"identifier": LONDON, "purpose": "investigation", "case": "NF-7"}, british.store(ANALYST)
    )
    assert asked.payload["subjects"] == [kept.payload["subject_id"]]


def test_the_audit_knows_it_in_every_spelling(british: World) -> None:
    british.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": ["phone:020 7946 0958"]})
    for spelled in (LONDON, "phone:(020) 7946 0958"):
        found = british.ask(ADMIN, "POST", "/audit/search", {"identifier": spelled})[1]["entries"]
        assert found[-1]["operation"] == "partner.lookUpIdentifiers"


def test_a_number_that_two_institutions_dial_otherwise_is_refused(british: World) -> None:
    british.tenants["riverbank"] = tenant("riverbank", region="DE")
    both = type(PARTNER)("two", PARTNER.roles | person("riverbank").roles, PARTNER.capabilities)
    body = {"identifiers": ["phone:030 901820"]}
    status, problem = british.ask(both, "POST", "/identifiers/lookup", body)
    named = british.ask(both, "POST", "/identifiers/lookup", body, headers={"minerva-tenant": "riverbank"})[1]
    assert named["results"][0]["identifier"] == "phone:+4930901820"
    if status == 400:
        assert problem["code"] == "invalid_identifier"


def test_a_submitted_record_says_which_of_its_values_could_not_be_read(world: World) -> None:
    record = {
        "record_type": "ad", "source": "hotline", "key": "17", "phones": ["020 7946 0958", "+1 415 555 0199", "soon"],
        "emails": ["jen at mail"], "usernames": [{"platform": "instagram", "name": "@jen.doe"}],
    }  # fmt: skip
    outcome = world.ask(PARTNER, "POST", "/records/bulk", {"records": [record]})[1]["outcomes"][0]
    assert (outcome["outcome"], outcome["identifiers"]) == (
        "stored", ["phone:+14155550199", "username:instagram/jen.doe"],
    )  # fmt: skip
    assert [each["field"] for each in outcome["unread"]] == ["phones.0", "phones.2", "emails.0"]
    assert all(each["reason"] for each in outcome["unread"])
    assert "7946" not in json.dumps(outcome["unread"])
    sound = world.ask(PARTNER, "POST", "/records", {**record, "key": "18", "phones": [], "emails": []})[1]
    assert "unread" not in sound


def test_a_record_without_a_country_is_read_in_the_institutions(british: World) -> None:
    record = {
        "record_type": "ad", "source": "hotline", "key": "17", "text": "ring 020 7946 0958",
        "phones": ["020 7946 0991"],
    }  # fmt: skip
    told = british.ask(PARTNER, "POST", "/records", record)[1]
    assert set(told["identifiers"]) == {LONDON, "phone:+442079460991"}
    abroad = british.ask(PARTNER, "POST", "/records", {**record, "key": "18", "country": "US"})[1]
    assert abroad["identifiers"] == []
    assert [each["field"] for each in abroad["unread"]] == ["phones.0"]
