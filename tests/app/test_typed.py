"""What a person typed, read once for every part of an answer: the operation, minervaresolve, minervaexpand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.chunk_driver import run_command
from minerva.policy import Context
from minerva.tenancy import typed
from minerva.tenancy.judgements.judging import reading
from tests.app import splunkd_double
from tests.app.splunkd_double import SERVICE, Desk, analyst, serving

PHONE, EMAIL = "phone:+14155550123", "email:jen@mail.example"
A, B = "a" * 32, "b" * 32
NORA = analyst("northfield")
SPELLINGS = ["phone:415-555-0123", "(415) 555-0123", "Phone: +1 415 555 0123", PHONE, "call 415.555.0123 tonight"]


@pytest.fixture(scope="module")
def desk() -> Desk:
    made = Desk()
    rows = [{"record_id": name, "source_id": "ads", "identifier": [PHONE], "time": "5"} for name in (A, B)]
    with serving(made, SERVICE) as uri:
        linked = run_command("minervalink.py", ["tenant=northfield", "store=true"], [made.signed(rows)], uri=uri)
    assert (linked.code, linked.errors) == (0, []), linked.stderr
    return made


def run(desk: Desk, script: str, *arguments: str) -> list[dict[str, Any]]:
    with serving(desk, NORA) as uri:
        outcome = run_command(script, list(arguments), [], uri=uri)
    assert (outcome.code, outcome.errors) == (0, []), outcome.stderr
    return outcome.rows


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_phone_is_read_as_the_one_that_records_hold(desk: Desk, spelling: str) -> None:
    (row,) = run(desk, "minervaresolve.py", f"identifier={spelling}", "output=reading")
    assert (row["asked"], row["identifier"], row["message"]) == (spelling, PHONE, "")
    assert row["how"] == ("as written" if "+" in spelling else "as dialed in US")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_finds_the_entity_and_its_surroundings(desk: Desk, spelling: str) -> None:
    (entity,) = run(desk, "minervaresolve.py", f"identifier={spelling}")
    assert entity["records"] == [A, B]
    (same,) = run(desk, "minervaexpand.py", f"identifier={spelling}", "output=entity")
    assert same["entity_id"] == entity["entity_id"]


def test_a_text_that_holds_several_gives_each(desk: Desk) -> None:
    rows = run(desk, "minervaresolve.py", "identifier=415-555-0123 or jen@mail.example", "output=reading")
    assert {row["identifier"] for row in rows} == {PHONE, EMAIL}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("phone:020 7946 0958", "not a valid phone: no numbering plan knows it"),
        ("phone:abc", "not a valid phone: expected 7 to 15 digits"),
        ("nothing at all", "nothing in it is recognized; write kind:value"),
    ],
)
def test_what_cannot_be_read_says_why_and_not_that_nobody_holds_it(desk: Desk, text: str, reason: str) -> None:
    (row,) = run(desk, "minervaresolve.py", f"identifier={text}", "output=reading")
    assert row["identifier"] == ""
    assert row["message"].startswith(reason)
    assert row["message"].endswith("Numbers without a country code are read as dialed in US")


def test_a_reading_is_only_for_what_was_typed(desk: Desk) -> None:
    with serving(desk, NORA) as uri:
        outcome = run_command("minervaresolve.py", [f"record_id={A}", "output=reading"], [], uri=uri)
    assert "output=reading: expected identifier=<what was typed>" in outcome.errors[0]


def test_numbers_are_read_as_dialed_in_each_region_of_the_asker() -> None:
    assert typed.readings("07700 900123", ["GB"]) == {"phone:+447700900123": "as dialed in GB"}
    assert typed.readings("phone:415 555 0123", ["MX", "US"]) == {
        "phone:+524155550123": "as dialed in MX",
        PHONE: "as dialed in US",
    }


def test_without_a_region_a_number_needs_its_country_code(desk: Desk) -> None:
    store = desk.store(NORA)
    bare = {name: replace(tenant, region="") for name, tenant in splunkd_double.TENANTS.items()}
    found = reading({"text": "phone:415-555-0123"}, replace(store, context=Context(bare)))
    assert found["readings"] == []
    assert found["problem"].endswith("Your institution has no region, so write a phone with + and its country code")
    assert reading({"text": "phone:+1 415-555-0123"}, replace(store, context=Context(bare)))["readings"] == [
        {"identifier": PHONE, "how": "as written"}
    ]


def test_the_audit_keeps_nothing_of_a_text_that_was_only_read(desk: Desk) -> None:
    assert desk.ask(NORA, "reading", {"text": "(415) 555-0199"})[0] == 200
    entries = [json.loads(row["entry"]) for row in desk.collections["audit"].find({"kind": "entry"})]
    entries = [entry for entry in entries if entry["operation"] == "reading"]
    assert entries
    assert {tuple(row["objects"]) for row in entries} == {()}
