"""Exports over the API: whole, marked as their content is, for whom the policy lets it go, and agreed to when large."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from typing import Any

import pytest

from tests.partner.world import EMAIL, PHONE, STATED, World, person

PARTNER, ANALYST, ADMIN = (person("northfield", standing) for standing in ("partner", "analyst", "admin"))
OTHER = person("riverbank")
HELD = (103, 104)
"""Entities and records of an institution with many, those of the world among them."""


@pytest.fixture
def world() -> World:
    made = World()
    made.link("northfield")
    return made


def files(made: dict[str, Any]) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(made["file"]["base64"])))
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def exported(world: World, form: str = "csv", **more: Any) -> tuple[int, dict[str, Any]]:
    return world.ask(PARTNER, "POST", "/exports", {"format": form, "identifiers": [PHONE], **more}, headers=STATED)


def entity_of(world: World) -> str:
    found = world.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [PHONE]})[1]
    return str(found["results"][0]["entities"][0]["entity_id"])


def mark(world: World, level: str, **what: Any) -> None:
    assert world.ask(ANALYST, "POST", "/markings", {**what, "level": level}, headers=STATED)[0] == 200


def many(world: World) -> None:
    rows = [{"record_id": f"{n:032x}", "source_id": "s", "identifier": [f"phone:+1415555{n:04d}"]} for n in range(101)]
    world.link("northfield", rows)


def test_an_export_carries_the_records_and_the_reasons_of_their_joins(world: World) -> None:
    made = exported(world)[1]
    assert made["manifest"]["counts"] == {"entities": 1, "records": 2}
    assert "joins_without_records" not in made["manifest"]["left_out"]
    rows = list(csv.DictReader(io.StringIO(files(made)["records.csv"], newline="")))
    assert [row["record_id"] for row in rows] == ["a" * 32, "b" * 32]
    assert (rows[0]["name"], rows[0]["source_id"], rows[0]["observed_time"]) == (
        "Jen Doe", "ads", "1970-01-01T00:00:10Z",
    )  # fmt: skip
    held = list(csv.DictReader(io.StringIO(files(made)["record_identifiers.csv"], newline="")))
    assert {row["identifier"].lstrip("'") for row in held if row["record_id"] == "a" * 32} == {PHONE, EMAIL}


@pytest.mark.parametrize(
    ("form", "part"),
    [("stix", '"relationship_type":"related-to"'), ("ftm", '"UnknownLink"'), ("misp", "why two records are one")],
)
def test_the_joins_stand_in_every_format(world: World, form: str, part: str) -> None:
    made = exported(world, form)[1]
    assert any(part in text for text in files(made).values())
    assert "joins_without_records" not in made["manifest"]["left_out"]


def test_the_marking_is_that_of_what_is_in_it(world: World) -> None:
    assert exported(world)[1]["manifest"]["marking"]["tlp"] == "TLP:RED"
    mark(world, "L4", entity_id=entity_of(world))
    assert exported(world)[1]["manifest"]["marking"]["level"] == "L4"
    assert exported(world, "stix")[1]["manifest"]["marking"]["tlp"] == "TLP:AMBER+STRICT"
    mark(world, "L2", record_id="a" * 32)
    assert exported(world)[1]["manifest"]["marking"]["level"] == "L2"


@pytest.mark.parametrize("recipient", ["nobody_at_all", "community"])
def test_a_recipient_that_is_no_institution_is_refused(world: World, recipient: str) -> None:
    status, problem = exported(world, recipient=recipient)
    assert (status, problem["code"], problem["field"]) == (400, "recipient_refused", "recipient")


def test_an_export_reaches_nobody_whom_a_release_would_not(world: World) -> None:
    entity = entity_of(world)
    assert exported(world, recipient="riverbank")[1]["code"] == "recipient_refused"
    mark(world, "L3", entity_id=entity)
    assert exported(world, recipient="harbor")[1]["code"] == "recipient_refused", "in no group with northfield"
    status, made = exported(world, recipient="riverbank")
    assert (status, made["manifest"]["recipient"]) == (200, "riverbank")
    mark(world, "L4", entity_id=entity)
    assert exported(world, recipient="riverbank")[1]["code"] == "approval_needed"


def test_names_that_may_be_a_victims_stay_and_are_counted(world: World) -> None:
    entity = entity_of(world)
    mark(world, "L3", entity_id=entity)
    for form in ("csv", "stix", "ftm", "misp", "htcds", "xlsx"):
        made = exported(world, form, recipient="riverbank")[1]
        assert made["manifest"]["withheld"] == {"names": 1}
        assert not [name for name, text in files_as_bytes(made).items() if b"Jen Doe" in text], form
    mark_names = {"entity_id": entity, "names_are": "perpetrator"}
    assert world.ask(ANALYST, "POST", "/markings", mark_names, headers=STATED)[0] == 200
    made = exported(world, recipient="riverbank")[1]
    assert "Jen Doe" in files(made)["entities.csv"]
    assert "Jen Doe" in files(exported(world)[1])["entities.csv"]


def files_as_bytes(made: dict[str, Any]) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(made["file"]["base64"])))
    found = {name: archive.read(name) for name in archive.namelist()}
    if "export.xlsx" in found:
        inner = zipfile.ZipFile(io.BytesIO(found["export.xlsx"]))
        found.update({name: inner.read(name) for name in inner.namelist()})
    return found


def test_above_a_hundred_rows_a_second_person_agrees_and_it_is_made(world: World) -> None:
    many(world)
    body = {"format": "csv", "min_size": 1}
    status, problem = world.ask(PARTNER, "POST", "/exports", body, headers=STATED)
    assert (status, problem["code"]) == (403, "approval_needed")
    assert "POST /exports/proposals" in problem["detail"]
    asked = {**body, "why": "the yearly report"}
    status, proposal = world.ask(PARTNER, "POST", "/exports/proposals", asked, headers=STATED)
    assert (status, proposal["act"], proposal["terms"]["entities"], proposal["terms"]["records"]) == (
        201, "export", *HELD,
    )  # fmt: skip
    path, yes = f"/exports/proposals/{proposal['proposal_id']}/export", {"content_hash": proposal["content_hash"]}
    agree = f"/proposals/{proposal['proposal_id']}/approve"
    assert world.ask(PARTNER, "POST", path, {})[1]["code"] == "approval_needed"
    (shown,) = world.ask(ANALYST, "GET", "/proposals")[1]["proposals"]
    assert (shown["act"], shown["terms"]["to"], shown["terms"]["level"]) == ("export", "northfield", "L0")
    assert world.ask(PARTNER, "POST", agree, yes)[0] == 404, "programs do not approve"
    assert world.ask(OTHER, "POST", agree, yes)[0] == 404
    assert world.ask(ANALYST, "POST", agree, yes)[1]["approved_by"] == ["northfield_analyst"]
    assert world.ask(ANALYST, "POST", path, {})[1]["code"] == "not_the_author"
    status, made = world.ask(PARTNER, "POST", path, {})
    assert (status, made["manifest"]["counts"]) == (200, {"entities": HELD[0], "records": HELD[1]})
    assert (made["manifest"]["case_number"], made["manifest"]["purpose"]) == ("NF-7", "investigation")
    entries = [entry for entry in world.entries() if entry["operation"] == "partner.makeProposedExport"]
    assert (entries[-1]["outcome"], entries[-1]["rows"]) == ("permit", sum(HELD))


def test_a_yes_is_to_what_was_proposed_and_to_nothing_more(world: World) -> None:
    many(world)
    body = {"format": "csv", "min_size": 1}
    proposal = world.ask(ANALYST, "POST", "/exports/proposals", body, headers=STATED)[1]
    yes, agree = {"content_hash": proposal["content_hash"]}, f"/proposals/{proposal['proposal_id']}/approve"
    assert world.ask(ANALYST, "POST", agree, yes)[1]["code"] == "own_proposal"
    assert world.ask(ADMIN, "POST", agree, yes)[0] == 200
    path = f"/exports/proposals/{proposal['proposal_id']}/export"
    assert world.ask(ANALYST, "POST", path, {})[0] == 200
    entity = str(world.ask(ANALYST, "GET", "/entities")[1]["entities"][0]["entity_id"])
    mark(world, "L1", entity_id=entity)
    assert world.ask(ANALYST, "POST", path, {})[0] == 200, "private already, as the others are"
    rows = [{"record_id": "f" * 32, "source_id": "s", "identifier": ["phone:+14155550001"]}]
    rows += [{"record_id": f"{n:032x}", "source_id": "s", "identifier": [f"phone:+1415555{n:04d}"]} for n in range(101)]
    world.link("northfield", rows)
    assert world.ask(ANALYST, "POST", path, {})[1]["code"] == "content_changed"
    world.now += 73 * 3600
    assert world.ask(ANALYST, "POST", path, {})[1]["code"] == "proposal_closed"
    assert world.ask(ANALYST, "POST", f"/proposals/{proposal['proposal_id']}/release", {})[1]["code"] != "failed"


def test_a_proposal_keeps_no_identifier_that_was_asked_for(world: World) -> None:
    world.ask(PARTNER, "POST", "/exports/proposals", {"format": "csv", "identifiers": [PHONE]}, headers=STATED)
    assert PHONE not in json.dumps(world.stored["proposals"].rows)
