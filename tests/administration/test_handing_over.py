"""What a removed person leaves: watched things and cases without a reader pass on by an administrator's choice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.administration.house import House

PHONE, OTHER = "phone:+14155550101", "phone:+14155550102"


@pytest.fixture
def house() -> House:
    made = House()
    made.users.add("dora", "river_analyst")
    made.users.add("emil", "river_analyst")
    made.good("cleo", "watchlist", op="add", identifier=PHONE, note="the pier")
    for user in ("cleo", "dora"):
        made.good(user, "watchlist", op="add", identifier=OTHER, note=f"of {user}")
    return made


def opened(house: House, title: str, **more: Any) -> str:
    return str(house.good("cleo", "cases", op="open", title=title, **more)["opened"])


def titles(house: House, user: str) -> set[str]:
    return {row["title"] for row in house.good(user, "cases")["cases"]}


def watched(house: House) -> dict[str, tuple[str, str]]:
    rows = house.good("dora", "watchlist")["watchlist"]
    return {row["identifier"]: (row["added_by"], row["note"]) for row in rows}


def cases(house: House) -> None:
    opened(house, "alone", readers="members", members=[], assigned="cleo")
    opened(house, "with emil", readers="members", members=["emil"])
    opened(house, "open to all")


def test_watched_things_and_cases_without_a_reader_pass_to_who_is_named(house: House) -> None:
    cases(house)
    gone = house.good("ada", "people_remove", person="cleo", why="left", to="dora")
    assert (gone["watched"], gone["cases"]) == (2, 1)
    assert titles(house, "dora") == {"alone", "open to all"}  # emil reads the other
    assert titles(house, "emil") == {"with emil", "open to all"}
    assert titles(house, "dora") == {row["title"] for row in house.good("dora", "cases")["cases"]}
    assert {row["assigned"] for row in house.good("dora", "cases")["cases"] if row["title"] == "alone"} == {"dora"}
    assert watched(house) == {PHONE: ("dora", "the pier"), OTHER: ("dora", "of dora")}
    (history,) = [row["history"] for row in house.good("dora", "watchlist")["watchlist"] if row["identifier"] == PHONE]
    assert [(step["by"], step["of"], step["before"]["note"]) for step in history] == [("ada", "cleo", "the pier")]
    changes = house.good("ada", "distribution")["changes"]
    assert {"change": "handed_over", "object_id": "cleo", "to": "dora"}.items() <= changes[0].items()
    house.good("dora", "watchlist", op="remove", identifier=PHONE, why="torn down")


def test_what_is_left_is_told_stays_and_can_be_handed_over_later(house: House) -> None:
    cases(house)
    gone = house.good("ada", "people_remove", person="cleo", why="left")
    assert (gone["watched"], gone["cases"]) == (2, 1)
    assert watched(house)[PHONE] == ("cleo", "the pier")
    assert titles(house, "dora") == {"open to all"}
    again = house.good("ben", "people_remove", person="cleo", to="emil")
    assert (again["watched"], again["cases"]) == (2, 1)
    assert titles(house, "emil") == {"alone", "with emil", "open to all"}
    assert "cases" not in house.good("ben", "people_remove", person="cleo", to="dora")
    assert titles(house, "dora") == {"open to all"}


@pytest.mark.parametrize("heir", ["cleo", "ada", "stranger", "unheard_of", "", 5, ["dora"]])
def test_only_another_analyst_takes_over_and_a_slip_removes_nobody(house: House, heir: Any) -> None:
    assert house.asked("ada", "people_remove", person="cleo", to=heir)[0] == 400
    assert house.users.steps == []


def test_an_administrator_opens_no_case_of_somebody_who_stays(house: House) -> None:
    opened(house, "of two", readers="members", members=["emil"])
    house.good("ada", "people_remove", person="emil", why="left", to="dora")
    assert "of two" not in titles(house, "dora")
