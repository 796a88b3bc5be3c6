"""What an administrator sees: the own institution, its people, tokens, budgets, retention, and nobody else's."""

from __future__ import annotations

import pytest

from tests.administration.house import House, who
from tests.sharing.desk import PHONE, STATED


@pytest.fixture
def house() -> House:
    return House()


def test_people_are_the_institutions_own(house: House) -> None:
    rows = house.good("ada", "people")["people"]
    assert [(row["person"], row["standings"], row["tokens"]) for row in rows] == [
        ("ada", ["admin"], 0), ("ben", ["admin"], 0), ("cleo", ["analyst"], 2),
    ]  # fmt: skip


def test_one_with_roles_elsewhere_is_shown_as_not_to_be_changed(house: House) -> None:
    house.users.add("both", "river_analyst", "north_analyst")
    row = next(row for row in house.good("ada", "people")["people"] if row["person"] == "both")
    assert row["elsewhere"]
    assert row["standings"] == ["analyst"]
    assert house.asked("ada", "people_remove", person="both")[0] == 404


def test_tokens_are_listed_newest_first_and_one_can_be_ended(house: House) -> None:
    assert [row["token_id"] for row in house.good("ada", "tokens")["tokens"]] == ["cleo-1", "cleo-0"]
    house.good("ada", "token_revoke", person="cleo", token_id="cleo-1")
    assert [row["token_id"] for row in house.good("ada", "tokens")["tokens"]] == ["cleo-0"]
    assert house.asked("ada", "token_revoke", person="cleo", token_id="cleo-1")[0] == 404


def test_groups_are_those_the_institution_is_in(house: House) -> None:
    seen = house.good("ada", "institution")
    assert [group["group_id"] for group in seen["groups"]] == ["pair", "ring"]
    assert seen["groups"][0]["members"] == [
        {"tenant_id": "north", "label": "North"}, {"tenant_id": "river", "label": "River"},
    ]  # fmt: skip
    assert seen["institution"]["kind"] == "ngo"


def test_questions_of_today_are_counted_per_person_and_institution(house: House) -> None:
    house.good("cleo", "deconflict", identifier=PHONE, group_id="pair", **STATED)
    rows = house.good("ada", "budgets")["budgets"]
    assert [(row["who"], row["person"], row["used"]) for row in rows] == [
        ("institution", "", 1), ("person", "ada", 0), ("person", "ben", 0), ("person", "cleo", 1),
    ]  # fmt: skip


def test_retention_says_what_splunkd_says_of_an_index(house: House) -> None:
    rows = {row["what"]: row["days"] for row in house.good("ada", "retention")["retention"]}
    assert rows["records"] == 365
    assert rows["copies from others"] is None
    assert rows["notices"] == 90


def test_who_did_what_to_a_person_is_found_in_the_audit(house: House) -> None:
    house.good("ada", "people_remove", person="cleo")
    entries = house.good("ada", "audit", person="cleo")["entries"]
    assert [entry["operation"] for entry in entries] == ["people_remove"]
    assert all("cleo" not in str(entry) for entry in entries)


def test_an_administrator_of_another_institution_sees_none_of_it(house: House) -> None:
    seen = house.good(who("north", "admin"), "people")["people"]
    assert [row["person"] for row in seen] == ["stranger"]
    assert house.good(who("north", "admin"), "tokens")["tokens"][0]["person"] == "stranger"
