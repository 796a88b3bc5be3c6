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
GUESSED = "guessed to be"
ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor")


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
    why, told, strength = re.fullmatch(r"name_address with r1: (.*) \((\D+)([\d.]+)(?: %)?\)", said).groups()  # type: ignore[union-attr]
    assert told in ("strength ", "such joins were right in at least ")
    return why, float(strength) / (1 if told == "strength " else 100)


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
    assert "possibly a branch, a move or chance; a name alone is no proof of one firm" in said
    assert "same firm" not in said


def test_numbered_names_are_possibly_two_outlets_and_are_not_called_equal() -> None:
    said = related(row("Sunny Day Care 1", "12 Birch St"), row("Sunny Day Care 2", "480 Birch St"))
    assert "names equal but for the number; possibly two outlets; a name alone is no proof of one firm" in said
    assert "equal names" not in said


def test_a_phone_of_two_places_is_a_guess_of_one_office() -> None:
    said = related(row("Oak Inn", "14 Main St", phone=PHONE), row("Juniper Hall", "990 Oak Ave", phone=PHONE))
    assert "both hold the phone +14155550112; names and addresses differ" in said
    assert "possibly one office for both, one operator with two names, or a contact passed on" in said


def test_one_name_in_two_towns_says_what_it_may_be() -> None:
    said = related(row("Starlit Hall", "77 Birch Lane"), row("Starlit Hall", "77 Birch Lane", "Dover", "10911"))
    assert "equal house number 77 and street name in different towns" in said
    assert "possibly unrelated, or town and postcode both wrong" in said
    assert "same street" not in said


def test_two_of_one_site_are_told_with_what_their_names_differ_in() -> None:
    said = related(row("Haybar Properties", "400 Elm St"), row("Rainwater Properties", "400 Elm St"))
    assert "same house number 400 and street" in said
    assert "names share only the common word Properties, one says Haybar and the other Rainwater" in said


def test_what_one_register_lists_as_two_is_told_so() -> None:
    rows = [{"record_id": f"{n}{phase}", "source_id": "a",
             **row(f"{ISLES[n % 5]}{n} {phase} School", f"{n} Mill Lane", postcode="QX9 7LM")}
            for n in range(60) for phase in ("Infant", "Junior")]  # fmt: skip
    said = next(line for line in answer(map(json.dumps, rows)) if line["record_id"] == "7Infant")["related"]
    assert any(
        "possibly one site" in each and "one register (a) lists both, as separate entries" in each for each in said
    )


def test_other_addresses_of_one_postcode_are_told_as_they_are_written() -> None:
    said, _ = joined(row("Lantern House Playgroup", "Old Mill Centre", "Belfast", "BT99 8AY", country="GB"),
                     row("LANTERN HOUSE PLAYGROUP", "Ferry Road", "Belfast", "BT998AY", country="GB"))  # fmt: skip
    assert "same postcode; the addresses say Old Mill Centre and Ferry Road, no house number in either" in said


def test_words_of_the_street_are_told_as_such_and_not_as_what_names_share() -> None:
    said, _ = joined(row("Oak Row Nursery", "23 Oak Row"), row("Oak Row Nursery", "23 Oak Row"))
    assert "equal names (Oak Row Nursery), though Oak, Row are words of the address as well" in said
    said, _ = joined(row("Oak Row Juniper Nursery", "23 Oak Row"), row("Oak Row Juniper Nursery", "23 Oak Row"))
    assert "equal names (Oak Row Juniper Nursery)" in said
    assert "of the address" not in said


def test_a_join_says_which_of_house_number_and_postcode_is_not_told_and_is_the_less_sure() -> None:
    def haus(address: str, postcode: str = "") -> dict[str, Any]:
        return row("Haus Luna", address, "Berlin", postcode, country="DE")

    whole, sure = joined(haus("Hauptstr. 12", "10115"), haus("Hauptstrasse 12", "10115"))
    assert "postcode" not in whole
    one, less = joined(haus("Hauptstr. 12", "10115"), haus("Hauptstrasse 12"))
    assert (
        "equal house number 12 and street name in Berlin; one gives no postcode, so the same street is presumed" in one
    )
    none, _ = joined(haus("Hauptstr. 12"), haus("Hauptstrasse 12"))
    assert "neither gives a postcode, so the same street is presumed" in none
    street, least = joined(haus("Hauptstrasse"), haus("Hauptstrasse"))
    assert "same street, no house number; neither gives a postcode" in street
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
    assert "guessed to be business names" in either
    bakery, _ = joined(row("Copper Lantern Bakery", "12 Oak St"), row("Copper Lantern Bakery", "12 Oak St"))
    assert GUESSED not in bakery  # what is done there tells


def test_such_joins_were_right_is_said_of_what_was_counted_and_less_with_each_doubt() -> None:
    def strength(*rows: dict[str, Any]) -> float:
        return joined(*rows)[1]

    sure = strength(row("Moon Hall LLC", "12 Oak St"), row("The Moon Hall", "12 Oak Street"))
    assert sure == 0.997
    doubts = [strength(row(one, address), row(other, second)) for one, other, address, second in (
        ("Easter Trust Rachel Nursery", "Rachel Nursery", "12 Oak St", "12 Oak St"),
        ("Primrose Kindergarten", "Primrose Kindergarden", "12 Oak St", "12 Oak St"),
        ("Copper Lantern Bakery", "Copper Lantern Bakery", "12 Oak St Unit 2", "12 Oak St"),
        ("Copper Lantern Bakery", "Copper Lantern Bakery", "12-14 Oak St", "12 Oak St"))]  # fmt: skip
    assert all(each < sure for each in doubts)
    one, two = (row("Copper Kettle", address) for address in ("12 Oak St Unit 2", "12 Oak St"))  # a guess as well
    assert strength(one, two) < doubts[2]
    (said, _) = answered(row("Moon Hall LLC", "12 Oak St"), row("Moon Hall", "12 Oak St"))
    assert said["reasons"][0].endswith(" (such joins were right in at least 99.7 %)")


def test_words_of_names_are_told_as_the_names_write_them() -> None:
    said, _ = joined(row("Rachel's Nursery", "12 Oak St"), row("O'Neill-Trust Rachel's Nursery", "12 Oak St"))
    assert "names share Rachel's and the common word Nursery" in said
    said, _ = joined(row("St Mary's School", "12 Oak St"), row("ST. MARYS SCHOOL", "12 Oak St"))
    assert "equal names (ST. MARYS SCHOOL, St Mary's School)" in said


def test_a_phone_that_many_hold_is_told_as_shared_and_why_it_joins_nobody() -> None:
    isles = (*ISLES, "Faroeby", "Gozofell", "Hydrabek")
    office = [row(f"{isle} Garage", f"{n} Lake Av", phone=PHONE) for n, isle in enumerate(isles)]
    pair = [row(name, "14 Main St", phone=PHONE) for name in ("Oak Inn", "Juniper Hall")]
    said = next(iter(answered(*pair, *office)))["related"]
    told = "both hold the phone +14155550112, which many others hold too, so that it counts for nothing here"
    assert any(told in each for each in said)


def test_a_phone_of_two_businesses_of_one_house_may_be_the_houses() -> None:
    rows = [row(name, "14 Main St", source_id="a", phone=PHONE) for name in ("Oak Inn", "Juniper Hall")]
    others = [row(f"{ISLES[n % 5]}{n} Garage", f"{n} Lake Av", source_id="a") for n in range(120)]
    (said,) = answered(*rows, *others)[0]["related"]
    assert "so possibly one site; names share no word" in said
    assert "both hold the phone +14155550112; the phone may be the house's, or one operator has two names" in said


def test_a_number_in_each_of_two_unlike_names_is_not_all_that_is_told_of_them() -> None:
    said = related(row("Oakmart Supercenter 124", "12 Oak St"), row("Juniper Bank 5", "12 Oak St"))
    assert "names share no word, one says Oakmart" in said
    assert "numbered" not in said


def test_a_house_number_of_block_and_house_is_told_as_written() -> None:
    said, _ = joined(row("Moon Motel LLC", "73-04 Birch St"), row("Moon Motel LLC", "73-04 Birch Street"))
    assert "same house number 73-04 and street" in said


def test_two_names_of_one_building_are_not_said_to_share_a_street() -> None:
    said, _ = joined(row("Rhyme Playgroup", "Lantern School, 46 Mill Road", "Belfast", "BT99 8AY", country="GB"),
                     row("Rhyme Playgroup", "Lantern School", "Belfast", "BT998AY", country="GB"))  # fmt: skip
    assert "addresses alike, only one tells the house number" in said
    assert "one street" not in said


def test_one_name_in_two_postcodes_of_a_town_says_that_the_postcode_differs() -> None:
    said = related(row("Starlit Hall", "77 Birch Lane", "Salem", "72209"),
                   row("Starlit Hall", "77 Birch Lane", "Salem", "72120"))  # fmt: skip
    assert "equal house number 77 and street name in different postcodes" in said
    assert "possibly unrelated, or postcode wrong" in said
