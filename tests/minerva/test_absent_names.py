"""A cell that says "unknown" in place of a name is no name: nothing is linked, compared or counted by it."""

from __future__ import annotations

import pytest

from minerva.linking.resolve import resolve
from minerva.names.absent import NO_NAME, is_no_name
from minerva.risk.reading import read_event


@pytest.mark.parametrize(
    "cell",
    [
        "N/A",
        "n.a.",
        "UNKNOWN",
        "Owner on file",
        "(name withheld)",
        "Not available",
        "- none -",
        "Não informado",
        "-",
        "",
    ],
)
def test_what_stands_for_a_missing_name_is_none(cell: str) -> None:
    assert is_no_name(cell)


@pytest.mark.parametrize(
    "name",
    [
        "Unknown Pleasures Ltd",
        "Na Li",
        "Nil Desai",
        "None Such Antiques",
        "Confidential Shredding Co",
        "On File Records Inc",
    ],
)
def test_a_name_that_holds_such_a_word_is_one(name: str) -> None:
    assert not is_no_name(name)


@pytest.mark.parametrize("cell", sorted(NO_NAME))
def test_no_two_rows_are_one_place_because_neither_has_a_name(cell: str) -> None:
    rows = [
        {"record_id": f"r{number}", "record_type": "license", "name": cell.upper(), "address": "12 Maple Street",
         "city": "Newport", "region": "RI", "postcode": "02840", "identifier": f"license:RI-{number}"}
        for number in range(3)
    ]  # fmt: skip

    assert len(resolve(rows, {}, "northfield").entities) == len(rows)


@pytest.mark.parametrize(("cell", "told"), [("OWNER ON FILE", ()), ("Jane Doe", ("Jane Doe",))])
def test_risk_reads_no_owner_where_none_is_told(cell: str, told: tuple[str, ...]) -> None:
    key = {"record_id": "r1", "record_type": "license", "name": "N/A"}

    fact = read_event({"key": key, "attributes": {"owner": ["n/a", cell], "status": "none"}})

    assert fact.values.get("owner", ()) == told
    assert fact.name == ""
    assert fact.first("status") == "none"
