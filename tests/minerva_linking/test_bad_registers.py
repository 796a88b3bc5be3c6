"""Registers as they come: in capitals, without postcodes, with "as above" or care-of, with one huge address."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking import resolve
from minerva.linking.__main__ import answer
from minerva.linking.model import read_row

ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek", "Ionastad",
         "Juraholt", "Kosgard", "Lundynes")  # fmt: skip
STREETS = ("Oak Street", "Main Avenue", "Harbor Road", "Hill Lane", "Mill Road", "Elm Drive")


def row(record_id: str, name: str, address: str, source: str = "a", **more: Any) -> dict[str, Any]:
    return {"record_id": record_id, "source_id": source, "name": name, "address": address, "city": "Springfield",
            "postcode": "70201", "record_type": "site", **more}  # fmt: skip


def register(source: str = "a", **more: Any) -> list[dict[str, Any]]:
    return [row(f"{source}{number}", f"{isle} Playgroup", f"{number}2 {STREETS[number % 6]}", source, **more)
            for number, isle in enumerate(ISLES)]  # fmt: skip


def groups(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in answer(map(json.dumps, rows)):
        assert "error" not in line
        found.setdefault(line["entity_id"], set()).add(line["record_id"])
    return {frozenset(each) for each in found.values() if len(each) > 1}


PAIRS = {frozenset({f"a{number}", f"b{number}"}) for number in range(len(ISLES))}


def test_a_register_in_capitals_is_the_same_register() -> None:
    loud = [{**each, "name": each["name"].upper(), "address": each["address"].upper(), "city": "SPRINGFIELD"}
            for each in register("b")]  # fmt: skip
    assert groups(register() + loud) == PAIRS


@pytest.mark.parametrize("without", ["postcode", "city"])
def test_a_register_without_postcodes_or_towns_meets_one_that_has_them(without: str) -> None:
    assert groups(register() + register("b", **{without: ""})) == PAIRS


def test_two_registers_without_postcodes_meet() -> None:
    assert groups(register(postcode="") + register("b", postcode="")) == PAIRS


@pytest.mark.parametrize("kind", ["", "site", "license"])
@pytest.mark.parametrize("between", [" / ", "; ", ", ", " or "])
def test_two_phones_in_a_cell_are_two_phones(between: str, kind: str) -> None:
    cell = between.join(("(415) 555-0123", "(415) 555-0199"))
    rows = [row("a", "Moon Hall", "", "a", phone=cell, record_type=kind),
            row("b", "Moon Hall", "", "b", phone="415-555-0199", record_type=kind),
            row("c", "Moon Hall", "", "c", phone="415-555-0123", record_type=kind)]  # fmt: skip
    assert groups(rows) == {frozenset("abc")}


def without_addresses(source: str, **more: Any) -> list[dict[str, Any]]:
    return [{**each, "address": "", "phone": f"415-555-01{number:02d}", **more}
            for number, each in enumerate(register(source))]  # fmt: skip


def test_places_without_addresses_meet_by_name_phone_and_postcode_or_by_name_and_postcode_of_a_street() -> None:
    assert groups(without_addresses("a") + without_addresses("b")) == PAIRS
    near = [{**each, "postcode": "BT99 8AY", "phone": "", "country": "GB"} for each in without_addresses("a")]
    far = [{**each, "record_id": f"b{each['record_id'][1:]}", "source_id": "b"} for each in near]
    assert groups(near + far) == PAIRS


def test_places_without_addresses_of_one_name_in_a_town_are_not_one_for_that() -> None:
    alone = {"phone": "", "postcode": ""}
    assert groups(without_addresses("a", **alone) + without_addresses("b", **alone)) == set()


def test_places_without_addresses_of_one_name_and_phone_in_a_town_are_told_as_related() -> None:
    branches = without_addresses("a", postcode="") + without_addresses("b", postcode="")
    assert groups(branches) == set()
    told = [line["related"][0] for line in answer(map(json.dumps, branches))]
    assert all(each.startswith("same name") and "same contact, the phone" in each for each in told)


def test_phases_of_schools_that_a_register_lists_without_addresses_stay_apart_behind_one_phone() -> None:
    schools = [f"{isle}{ending}" for isle in ISLES for ending in ("a", "eth", "in", "or", "ust")]
    rows = [row(f"{number}{phase}", f"{school} {phase} School", "", phone=f"415-555-01{number:02d}")
            for number, school in enumerate(schools) for phase in ("Infant", "Junior")]  # fmt: skip
    assert groups(rows) == set()


@pytest.mark.parametrize("told", ["as above", "AS ABOVE", "see above", "same", "ditto"])
def test_as_above_is_no_place(told: str) -> None:
    rows = [*register(), *(row(f"x{each}", f"{isle} Bakery", told) for each, isle in enumerate(ISLES))]
    rows += [row("y1", "Corner Bakery", told, postcode=""), row("y2", "Corner Bakery", told, postcode="")]
    assert groups(rows) == set()


@pytest.mark.parametrize(
    "line",
    [
        "c/o {name}, {address}",
        "C/O J Doe, {address}",
        "c/o J Doe, PO Box 12, {address}",
        "care of the Office, {address}",
    ],
)
def test_a_care_of_line_hides_no_house(line: str) -> None:
    careful = [{**each, "address": line.format(**each)} for each in register("b")]
    assert groups(register() + careful) == PAIRS


def test_thirty_thousand_rows_at_one_address_are_linked_in_time_and_join_by_name_alone() -> None:
    names = [f"{ISLES[number % 12]} {number // 2} Trading" for number in range(0, 30_000)]
    rows = [
        read_row(row(f"r{number:05d}", name, "1 Plaza Street", f"s{number % 2}")) for number, name in enumerate(names)
    ]
    found = resolve(rows, {}, "t")
    assert max(map(len, (entity.records for entity in found.entities[:200]))) <= 2
    assert found.skipped["a"].largest == 30_000
