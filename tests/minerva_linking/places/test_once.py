"""Of a register an organization has one number: where two differ, neither name nor place joins them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking import Judgement, resolve
from minerva.linking.__main__ import answer
from minerva.linking.contacts import shared
from minerva.linking.judgements import judgement
from minerva.linking.model import read_row
from minerva.linking.places.once import differing, numbers_of

QUAY = {"source_id": "a", "name": "Lantern Holdings", "address": "1 Quay St", "city": "Dunport"}
ONE, OTHER = "company_number:GB/01234567", "company_number:GB/07654321"
KINDS = ("", "company", "site")


def row(record_id: str, *identifiers: str, **more: Any) -> dict[str, Any]:
    return {**QUAY, "record_id": record_id, "identifiers": list(identifiers), **more}


def linked(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {line["record_id"]: line for line in answer(map(json.dumps, rows))}


def entities(rows: list[dict[str, Any]]) -> list[str]:
    return [line["entity_id"] for line in linked(rows).values()]


@pytest.mark.parametrize("kind", KINDS)
def test_two_company_numbers_at_one_place_are_two_companies_and_the_reason_says_so(kind: str) -> None:
    found = linked([row("1", ONE, record_type=kind), row("2", OTHER, record_type=kind, source_id="b")])
    assert found["1"]["entity_id"] != found["2"]["entity_id"]
    assert [each for each in found["1"]["related"] if "same site as 2" in each and "company numbers differ" in each]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", ["123", "321", "213"])
def test_a_third_record_without_a_number_brings_them_no_nearer(kind: str, order: str) -> None:
    held = {"1": (ONE,), "2": (), "3": (OTHER,)}
    rows = [row(each, *held[each], record_type=kind, source_id=each) for each in order]
    found = linked(rows)
    assert found["1"]["entity_id"] != found["3"]["entity_id"]
    assert found["2"]["entity_id"] in {found["1"]["entity_id"], found["3"]["entity_id"]}
    assert any("company numbers differ" in told for line in found.values() for told in line.get("related", []))


@pytest.mark.parametrize("many", [False, True])
def test_what_they_share_joins_them_all_the_same(many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """One operation runs several companies under one phone: an entity is who stands behind, not a legal person."""
    if many:
        pytest.importorskip("numpy")
    monkeypatch.setattr(shared, "fast", lambda size: many)
    phone = "phone:+14155550123"
    rows = [read_row({**row(str(at)), "record_type": "company", "identifier": [held, phone]})
            for at, held in enumerate((ONE, OTHER, ONE))]  # fmt: skip
    members = resolve(rows, {}, "northfield").members
    assert members["0"] == members["1"] == members["2"]


def test_the_same_number_and_numbers_of_two_registers_do_not_differ() -> None:
    assert len(set(entities([row("1", ONE), row("2", "company_number:gb/1234567")]))) == 1, "zeros that a sheet dropped"
    assert len(set(entities([row("1", ONE), row("2", "company_number:de/7654321")]))) == 1
    assert len(set(entities([row("1", ONE), row("2", ONE, OTHER)]))) == 1, "one of two is the same"


def test_a_license_may_be_one_of_several_of_one_business() -> None:
    assert len(set(entities([row("1", "license:tx/AB12"), row("2", "license:tx/AB13")]))) == 1


def test_a_person_may_own_two_companies() -> None:
    told = {**row("1"), "name": "Anna Novak", "record_type": "profile"}
    assert numbers_of(read_row({**told, "identifier": [ONE]})) == {}
    assert differing({"company_number:gb": frozenset("1")}, {}) == ""


def test_people_judge_over_numbers() -> None:
    rows = [read_row({**row(str(at)), "record_type": "company", "identifier": [held]})
            for at, held in enumerate((ONE, OTHER))]  # fmt: skip
    same: Judgement = judgement("0", "1", "same", "anna", "renumbered", 5)
    found = resolve(rows, {}, "northfield", judgements=[same])
    assert found.members["0"] == found.members["1"]
