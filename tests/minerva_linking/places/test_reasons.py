"""Reasons say what is known and what is not: a name is no proof of a firm, what an address leaves out is told and keeps
the join from calling itself surer than such joins are, and a guess is told where it matters.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from minerva.linking.__main__ import answer

PHONE = "(415) 555-0112"
GUESSED = "names taken for"


def row(name: str, address: str, city: str = "Salem", postcode: str = "80307", **more: Any) -> dict[str, Any]:
    return {"name": name, "address": address, "city": city, "postcode": postcode, **more}


def answered(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns what is answered to rows r0, r1, ..., each of a register of its own."""
    return list(answer(json.dumps({"record_id": f"r{n}", "source_id": f"s{n}", **each}) for n, each in enumerate(rows)))


def joined(*rows: dict[str, Any]) -> tuple[str, float]:
    """Returns the sentence and the strength of the join of two rows."""
    first, second = answered(*rows)
    assert first["entity_id"] == second["entity_id"]
    (said,) = first["reasons"]
    why, strength = re.fullmatch(r"name_address with r1: (.*) \(strength ([\d.]+)\)", said).groups()  # type: ignore[union-attr]
    return why, float(strength)


def related(*rows: dict[str, Any]) -> str:
    """Returns what the first of two rows, which are not one, is to the other."""
    first, second = answered(*rows)
    assert first["entity_id"] != second["entity_id"]
    (said,) = first["related"]
    return str(said)


@pytest.mark.parametrize("town", [("Salem", "80307"), ("Westlake", "70201")])
def test_an_equal_name_at_two_addresses_is_no_proof_of_a_firm(town: tuple[str, str]) -> None:
    said = related(row("Copper Lantern Bakery", "12 Oak Street"), row("Copper Lantern Bakery", "8 Main Avenue", *town))
    assert said.startswith("same name, other address as r1: ")
    assert "possibly a branch, or moved; a name alone is no proof of one firm" in said
    assert "same firm" not in said


def test_numbered_names_are_possibly_outlets_of_one_firm() -> None:
    said = related(row("Sunny Day Care 1", "12 Birch St"), row("Sunny Day Care 2", "480 Birch St"))
    assert "possibly two outlets of one firm; a name alone is no proof of it" in said


def test_a_phone_of_two_places_is_a_guess_of_one_office() -> None:
    said = related(row("Oak Inn", "14 Main St", phone=PHONE), row("Juniper Hall", "990 Oak Ave", phone=PHONE))
    assert "both hold the phone +14155550112; names and addresses differ" in said
    assert "possibly one office for both, or a contact passed on" in said


def test_one_name_in_two_towns_says_what_it_may_be() -> None:
    said = related(row("Starlit Hall", "77 Birch Lane"), row("Starlit Hall", "77 Birch Lane", "Dover", "10911"))
    assert "possibly a second house of that name, or a town written wrong" in said


def test_two_of_one_site_are_told_with_what_their_names_differ_in() -> None:
    said = related(row("Haybar Properties", "400 Elm St"), row("Rainwater Properties", "400 Elm St"))
    assert "same house number 400 and street" in said
    assert "one says haybar and the other rainwater" in said


def test_what_one_register_lists_as_two_is_told_so() -> None:
    isles = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor")
    rows = [{"record_id": f"{n}{phase}", "source_id": "a",
             **row(f"{isles[n % 5]}{n} {phase} School", f"{n} Mill Lane", postcode="QX9 7LM")}
            for n in range(60) for phase in ("Infant", "Junior")]  # fmt: skip
    said = next(line for line in answer(map(json.dumps, rows)) if line["record_id"] == "7Infant")["related"]
    assert any("one register lists them under two names" in each for each in said)


def test_other_addresses_of_one_postcode_are_told_as_they_are_written() -> None:
    said, _ = joined(row("Lantern House Playgroup", "Old Mill Centre", "Belfast", "BT99 8AY", country="GB"),
                     row("LANTERN HOUSE PLAYGROUP", "Ferry Road", "Belfast", "BT998AY", country="GB"))  # fmt: skip
    assert "same postcode, which is of a few houses; one address says" in said
    assert "one address says Old Mill Centre and the other Ferry Road, neither with a house number" in said


def test_words_of_the_street_are_told_as_such_and_not_as_what_names_share() -> None:
    said, _ = joined(row("Oak Row Nursery", "23 Oak Row"), row("Oak Row Nursery", "23 Oak Row"))
    assert "equal names, though oak, row are words of the address as well" in said
    said, _ = joined(row("Oak Row Juniper Nursery", "23 Oak Row"), row("Oak Row Juniper Nursery", "23 Oak Row"))
    assert "equal names (juniper)" in said


def test_a_join_says_which_of_house_number_and_postcode_is_not_told_and_is_the_less_sure() -> None:
    def haus(address: str, postcode: str = "") -> dict[str, Any]:
        return row("Haus Luna", address, "Berlin", postcode, country="DE")

    whole, sure = joined(haus("Hauptstr. 12", "10115"), haus("Hauptstrasse 12", "10115"))
    assert "postcode" not in whole
    one, less = joined(haus("Hauptstr. 12", "10115"), haus("Hauptstrasse 12"))
    assert "only one tells a postcode" in one
    none, _ = joined(haus("Hauptstr. 12"), haus("Hauptstrasse 12"))
    assert "no postcode" in none
    street, least = joined(haus("Hauptstrasse"), haus("Hauptstrasse"))
    assert "same street or place, without a house number; no postcode" in street
    assert least < 0.99 <= less < sure < 0.998


def test_a_house_and_street_of_no_known_town_is_less_sure_than_one_of_a_town() -> None:
    _, less = joined(row("Starlit Hall", "77 Birch Lane", "", ""), row("Starlit Hall", "77 Birch Lane", "", ""))
    _, sure = joined(
        row("Starlit Hall", "77 Birch Lane", "Dover", ""), row("Starlit Hall", "77 Birch Lane", "Dover", "")
    )
    assert less < sure


def test_a_contact_of_both_says_more_than_the_addresses_do() -> None:
    bare = [row("Starlit Hall", "Birch Lane", "Dover", "", phone=PHONE)] * 2
    assert joined(*bare)[1] >= 0.998


def test_a_guess_whose_name_it_is_is_told_only_where_the_names_leave_it_open() -> None:
    for name in ("Lantern House Playgroup", "St Marys School", "Moon Hall LLC"):
        assert GUESSED not in joined(row(name, "12 Oak St"), row(name, "12 Oak St"))[0]
    either, _ = joined(row("Copper Kettle", "12 Oak St"), row("Copper Kettle", "12 Oak St"))
    assert "names taken for organizations', since no kind of record says so" in either
