"""Classes of wrong joins that real registers showed: branches, streets and towns taken for names, "as above"."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking.__main__ import answer

ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek")


def row(record_id: str, name: str, address: str, postcode: str = "", **more: Any) -> dict[str, Any]:
    return {"record_id": record_id, "source_id": "a", "name": name, "address": address, "postcode": postcode, **more}


def linked(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {line["record_id"]: line for line in answer(map(json.dumps, rows))}


def joined(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record_id, line in linked(rows).items():
        found.setdefault(line["entity_id"], set()).add(record_id)
    return {frozenset(each) for each in found.values() if len(each) > 1}


@pytest.mark.parametrize("name", ["Max Cleaners", "Rose Garden", "Copper Lantern Bakery"])
@pytest.mark.parametrize("kind", ["", "license", "site"])
@pytest.mark.parametrize("codes", [("72212", "72211"), ("72212", "72212")])
def test_one_name_at_two_whole_addresses_is_a_branch_also_a_sign_apart(
    name: str, kind: str, codes: tuple[str, str]
) -> None:
    rows = [row("a", name, "11400 N Oak Rd", codes[0], city="Salem", record_type=kind),
            row("b", name, "372 Harbor Pkwy", codes[1], city="Salem", record_type=kind)]  # fmt: skip
    assert joined(rows) == set()


def test_branches_are_told() -> None:
    rows = [row("a", "Copper Lantern Cleaners", "11400 N Oak Rd", "72212", city="Salem"),
            row("b", "Copper Lantern Cleaners", "372 Harbor Pkwy", "72211", city="Salem")]  # fmt: skip
    assert any("same name, other address as b" in each for each in linked(rows)["a"]["related"])


def test_a_word_of_the_street_tells_the_place_and_not_the_firm() -> None:
    rows = [row("a", "Eagle Hill Apartments", "2 Eagle Hill Dr", "72210", city="Salem"),
            row("b", "Eagle Hill Golf & Athletic Club", "3 Eagle Hill Ct # A", "72210", city="Salem")]  # fmt: skip
    assert joined(rows) == set()


def test_a_whole_name_of_a_street_is_still_one_name() -> None:
    rows = [row("a", "Oak Row Nursery", "23 Oak Row", "72210"), row("b", "Oak Row Nursery", "23 Oak Row", "72210")]
    assert len(joined(rows)) == 1


def test_another_street_of_the_postcode_is_no_bridge() -> None:
    rows = [row("a", "BHH Pottery", "10 Lanes End", "72223", city="Salem"),
            row("b", "BHH Properties LLC", "10 Denver St", "72223", city="Salem")]  # fmt: skip
    assert joined(rows) == set()


@pytest.mark.parametrize("addresses", [
    ("Georges Hill, Dublin 7", "Blackpitts, Dublin 8"), ("Blackpitts, Dublin 8", "Terenure, Dublin 6W"),
    ("Elm Court, London SE1", "Oak Court, London N7"),
])  # fmt: skip
def test_one_name_in_two_postal_districts_is_two_places(addresses: tuple[str, str]) -> None:
    rows = [row(str(at), "Presentation Primary School", each) for at, each in enumerate(addresses)]
    assert joined(rows) == set()


def test_a_common_name_in_towns_that_stand_in_the_address_is_two_places() -> None:
    rows = [row("a", "Scoil Naomh Padraig", "Knockroon, Headmoor, Co Ambra"),
            row("b", "Scoil Naomh Padraig", "Eo-dhruim, Castlebrant, Co Delos"),
            row("c", "Scoil Naomh Padraig", "Hazel Road, Celmoor, Co Gozo")]  # fmt: skip
    assert joined(rows) == set()


@pytest.mark.parametrize("told", ["as above", "Same", "ditto", "N/A"])
@pytest.mark.parametrize("others", [4, 8])
def test_as_above_is_neither_a_building_nor_agreement(told: str, others: int) -> None:
    rows = [row(f"r{at}", f"{isle} Bakery", told, city="Rivermouth") for at, isle in enumerate(ISLES[:others])]
    rows += [row("x", "Corner Bakery", told, city="Rivermouth"), row("y", "Corner Bakery", told, city="Westlake")]
    assert joined(rows) == set()
    assert [each for line in linked(rows).values() for each in line.get("related", []) if "building" in each] == []
