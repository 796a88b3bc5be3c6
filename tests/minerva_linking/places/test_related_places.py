"""What two that are not one are to each other: numbered branches, doors of one house, one phone, one name in two towns;
and a building counts the names of its own town alone.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking.__main__ import answer

ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek", "Ionastad")
PHONE = "(415) 555-0112"


def row(name: str, address: str, city: str = "Salem", postcode: str = "80307", **more: Any) -> dict[str, Any]:
    return {"source_id": "a", "name": name, "address": address, "city": city, "postcode": postcode, **more}


def told(*rows: dict[str, Any]) -> list[str]:
    """Returns what the first of rows r0, r1, ... is to others; none of them is one with it."""
    found = list(answer(json.dumps({"record_id": f"r{place}", **each}) for place, each in enumerate(rows)))
    assert len({line["entity_id"] for line in found}) == len(rows)
    return list(found[0].get("related", []))


@pytest.mark.parametrize("address", ["480 Birch St", "9 Main Avenue", "14 Birch St"])
def test_numbered_outlets_of_a_chain_in_one_town_are_branches(address: str) -> None:
    (said,) = told(row("Sunny Day Care 1", "12 Birch St"), row("Sunny Day Care 2", address))
    assert said.startswith("same name, other address as r1: ")
    assert "names equal but for the number" in said


def test_numbered_names_without_a_word_of_their_own_are_no_firm() -> None:
    assert told(row("Day Care 1", "12 Birch St"), row("Day Care 2", "480 Birch St")) == []
    assert told(row("Sunny Spa 1", "12 Birch St"), row("Sunny Spa 2", "9 Main Ave", "Dover", "10911")) == []


def test_one_name_behind_two_doors_of_a_house_is_of_one_site_and_in_a_building_of_many_a_branch() -> None:
    doors = [row("Wang's Relaxation Center", f"77 Elm St Suite {door}") for door in (4, 9)]
    (said,) = told(*doors)
    assert said.startswith("same site as r1: same house number 77 and street; doors 4 and 9; equal names")
    others = [row(f"{isle} Dental", f"77 Elm St Suite {door}") for door, isle in enumerate(ISLES, 20)]
    firm, building = told(*doors, *others)
    assert firm.startswith("same name, other address as r1: ")
    assert building == "a shared building: at least 8 names at this address, which joins nobody by itself"


def test_one_phone_at_two_places_is_told_with_its_number_and_joins_nothing() -> None:
    (said,) = told(row("Oak Inn", "14 Main St", phone=PHONE), row("Juniper Hall", "990 Oak Ave", phone=PHONE))
    assert said.startswith("one contact with r1: ")
    assert "both hold the phone +14155550112" in said
    (mail,) = told(
        row("Oak Inn", "14 Main St", record_type="site", email="desk@oak.example"),
        row("Juniper Hall", "990 Oak Ave", record_type="site", email="desk@oak.example"),
    )
    assert "both hold the e-mail desk@oak.example" in mail


def test_a_phone_that_many_places_give_relates_none_of_them() -> None:
    rows = [row(f"{isle} Nursery", f"{place + 1}00 {isle} Ave", record_type="site", phone=PHONE)
            for place, isle in enumerate(ISLES)]  # fmt: skip
    assert told(*rows) == []
    assert len(told(*rows[:4])) == 3


def test_one_name_with_equal_house_and_street_in_two_towns_says_what_differs() -> None:
    one, other = row("Starlit Hall", "77 Birch Lane"), row("Starlit Hall", "77 Birch Lane", "Dover", "10911")
    (said,) = told(one, other)
    assert said.startswith("same name and street name, other town as r1: ")
    assert "equal house number 77 and street name in different towns; equal names (Starlit Hall)" in said
    assert told(row("Day Spa", "77 Birch Lane"), row("Day Spa", "77 Birch Lane", "Dover", "10911")) == []


def test_houses_of_one_street_and_number_in_two_towns_are_two_buildings() -> None:
    here, there = ([row(f"{isle} {trade}", "650 Market Rd", *town) for isle in ISLES[:5]]
                   for trade, town in (("Bakery", ("Salem", "80307")), ("Dental", ("Dover", "10911"))))  # fmt: skip
    said = told(*here, *there)
    assert len(said) == 4
    assert all(each.startswith("same site as ") for each in said)
    assert told(*here, *({**each, "city": "Salem", "postcode": "80307"} for each in there)) == [
        "a shared building: at least 8 names at this address, which joins nobody by itself"
    ]


def test_a_building_of_suites_is_shared_by_who_is_behind_all_its_doors() -> None:
    rows = [row(f"{isle} Hair Studio", f"650 Market Rd Suite {door}") for door, isle in enumerate(ISLES, 1)]
    assert told(*rows) == ["a shared building: at least 8 names at this address, which joins nobody by itself"]


@pytest.mark.parametrize(
    ("name", "other", "words"),
    [
        ("Tir-na-nog Playgroup", "Tirnanog Playgroup", "names are the same letters, parted otherwise"),
        ("Haus Luna", "Haus Luna", "equal names (Haus Luna)"),
    ],
)
def test_a_house_and_a_playgroup_are_compared_as_organizations(name: str, other: str, words: str) -> None:
    rows = [{"record_id": source, **row(each, "60 Doagh Road"), "source_id": source}
            for source, each in (("a", name), ("b", other))]  # fmt: skip
    first, second = answer(map(json.dumps, rows))
    assert first["entity_id"] == second["entity_id"]
    assert words in first["reasons"][0]


def test_a_street_of_which_one_row_leaves_out_the_number_is_told() -> None:
    rows = [
        row("St Mary's School", "4 Hill Road", "Derry", "BT99 1AA"),
        row("St. Marys School", "Hill Road", "Derry", "BT99 1AA"),
    ]
    first, _ = answer(json.dumps({"record_id": f"r{n}", "country": "GB", **each}) for n, each in enumerate(rows))
    assert "same postcode; addresses alike, only one tells the house number; equal names" in first["reasons"][0]
