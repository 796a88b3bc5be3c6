"""Whose name a record bears: told by its kind, or guessed from the name, and then the reasons say so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking.__main__ import answer
from minerva.linking.model import read_row
from minerva.linking.places.bearers import (
    ORGANIZATION_TYPES,
    UNTOLD_TYPES,
    is_guessed,
    names_organization,
    names_person,
)
from minerva.records.kinds import RECORD_TYPES

GUESSED = "guessed to be"


def record(name: str, kind: str, record_id: str = "a") -> dict[str, Any]:
    return {"record_id": record_id, "source_id": record_id, "name": name, "address": "12 Oak Street",
            "city": "Springfield", "postcode": "70201", "record_type": kind}  # fmt: skip


def reasons(name: str, kind: str) -> list[str]:
    lines = [json.dumps(record(name, kind, each)) for each in "ab"]
    return [reason for line in answer(lines) for reason in line["reasons"]]


@pytest.mark.parametrize("kind", sorted({*RECORD_TYPES, ""}))
def test_each_kind_of_record_tells_whose_name_it_bears_or_is_known_to_leave_it_open(kind: str) -> None:
    person, firm = (read_row(record(name, kind)) for name in ("Anna Petrova", "Grundvik Bakery"))
    assert is_guessed(person) == (kind in UNTOLD_TYPES)
    if kind in ORGANIZATION_TYPES:
        assert names_organization(person)
        assert not names_person(person)
    elif kind in UNTOLD_TYPES:
        assert (names_organization(person), names_organization(firm)) == (False, True)
    else:
        assert names_person(person)
        assert not names_organization(firm)


@pytest.mark.parametrize("kind", sorted(UNTOLD_TYPES))
def test_a_guess_is_stated_in_the_reasons(kind: str) -> None:
    assert any(f"{GUESSED} business names" in each for each in reasons("Grundvik Lantern", kind))
    assert any(f"{GUESSED} people's names" in each for each in reasons("Anna Petrova", kind))


@pytest.mark.parametrize("kind", sorted(ORGANIZATION_TYPES))
def test_what_the_kind_of_record_tells_is_no_guess(kind: str) -> None:
    found = reasons("Anna Petrova", kind)
    assert found
    assert not any(GUESSED in each for each in found)


@pytest.mark.parametrize(
    ("name", "is_persons"),
    [
        ("Rosie-fen-Q", False),
        ("Rosie-fen-Q Park Plaza", False),
        ("Albert-Grundvik-Haus", False),
        ("Saif-al-Din Haddad", True),
        ("Anna-Maria-Luisa Petrova", True),
        ("Anna Grundvik-Petrova", True),
        ("Rosie Fen-Grundvik-Quill", True),
    ],
)
def test_a_given_name_within_a_hyphenated_brand_is_no_persons(name: str, is_persons: bool) -> None:
    found = read_row(record(name, "license"))
    assert (names_person(found), names_organization(found)) == (is_persons, not is_persons)


def test_a_brand_in_a_mall_and_across_the_street_are_not_one_as_people_would_be() -> None:
    rows = [{**record(name, "license", each), "address": address} for each, name, address in (
        ("a", "ROSIE-FEN-Q", "6201 W Harbor St"), ("b", "ROSIE-FEN-Q PARK PLAZA", "6000 W Harbor St"))]  # fmt: skip
    first, second = answer(map(json.dumps, rows))
    assert first["entity_id"] != second["entity_id"]
