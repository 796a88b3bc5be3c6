"""One question with all that a text means: who holds it, best first, and nothing of other institutions."""

from __future__ import annotations

import math
from typing import Any

import pytest

from minerva.tenancy import investigating
from minerva.tenancy.rebuild.refresh import noted, standing_at
from tests.app.splunkd_double import Desk, analyst
from tests.app.test_entity_handler import EMAIL, PHONE, link

A, B, C, D = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)
OTHER = "email:x@mail.example"
ROWS = [
    {"record_id": A, "source_id": "ads", "identifier": [PHONE, EMAIL], "name": "Silver Path Spa", "city": "Salem"},
    {"record_id": B, "source_id": "ads", "identifier": [PHONE], "name": "Silver  Path SPA", "city": "Salem"},
    {"record_id": C, "source_id": "ads", "identifier": [OTHER], "name": "Ámbar Río", "city": "Reno"},
]
FOREIGN = {"record_id": D, "source_id": "ads", "identifier": [PHONE], "name": "Silver Path"}
NORA = analyst("northfield")


@pytest.fixture(scope="module")
def desk() -> Desk:
    made = Desk()
    link(made, "northfield", ROWS)
    link(made, "riverbank", [FOREIGN])
    return made


def ask(desk: Desk, **body: Any) -> dict[str, Any]:
    status, payload = desk.ask(NORA, "investigate", body)
    assert status == 200, payload
    return payload


def test_those_that_hold_most_of_it_come_first_and_say_what_they_hold(desk: Desk) -> None:
    first, second = ask(desk, identifiers=[OTHER, PHONE, EMAIL])["entities"]
    assert (first["matched"], first["records"]) == (sorted([EMAIL, PHONE]), [A, B])
    assert (second["matched"], second["records"]) == ([OTHER], [C])
    assert first["weakest"] > 0
    assert second["weakest"] is None


def test_each_part_of_the_question_says_how_many_hold_it(desk: Desk) -> None:
    asked = ask(desk, identifiers=[PHONE, "phone:+14155550199"], record_ids=[C, "e" * 32])["asked"]
    assert {each["value"]: each["entities"] for each in asked} == {PHONE: 1, "phone:+14155550199": 0, C: 1, "e" * 32: 0}


@pytest.mark.parametrize("written", ["velvet_77", "@Velvet_77 "])
def test_a_bare_user_name_finds_who_holds_it_on_any_platform(written: str) -> None:
    made = Desk()
    row = {"record_id": A, "source_id": "ads", "identifier": ["username:instagram/velvet_77"], "name": "Velvet"}
    link(made, "northfield", [row, {**row, "record_id": B, "identifier": ["username:snapchat/velvet_7"]}])
    found = made.ask(NORA, "investigate", {"names": written})[1]["entities"]
    assert [each["records"] for each in found] == [[A]]


NAMES = [
    pytest.param("silver path", [A], id="words of a name"),
    pytest.param("SPA, salem", [A], id="a word and the town"),
    pytest.param("Ambar Rio", [C], id="without the accents"),
    pytest.param("silver reno", [], id="words of two entities"),
    pytest.param("!!!", [], id="no word"),
]


@pytest.mark.parametrize(("name", "holders"), NAMES)
def test_a_name_finds_entities_that_hold_all_its_words(desk: Desk, name: str, holders: list[str]) -> None:
    found = ask(desk, names=name)["entities"]
    assert [row["records"][0] for row in found] == holders


def test_nothing_of_another_institution_is_found(desk: Desk) -> None:
    found = ask(desk, identifiers=[PHONE], record_ids=[D], names="silver path")["entities"]
    assert {row["tenant_id"] for row in found} == {"northfield"}
    assert desk.ask(NORA, "investigate", {"tenant_id": "riverbank", "identifiers": [PHONE]})[1]["entities"] == []


WRONG: list[dict[str, Any]] = [
    {}, {"identifiers": "phone:1"}, {"identifiers": [1]}, {"names": ""},
    {"identifiers": [f"phone:{number}" for number in range(301)]},
]  # fmt: skip


@pytest.mark.parametrize("body", WRONG)
def test_a_question_that_cannot_be_read_is_refused_in_words(desk: Desk, body: dict[str, Any]) -> None:
    status, payload = desk.ask(NORA, "investigate", body)
    assert (status, "expected" in payload["error"]) == (400, True)


def test_places_come_in_the_order_asked_and_null_where_the_data_leaves_a_choice(desk: Desk) -> None:
    asked = [{"city": "Salem", "region": "OR"}, {"city": "Nowhere"}, {"city": "Springfield", "country": "US"}, {}]
    status, payload = desk.ask(NORA, "places", {"places": asked})
    assert status == 200
    first, *others = payload["places"]
    assert (first["precision"], round(first["latitude"])) == ("town", 45)
    assert others == [None, None, None]


def test_a_place_is_as_precise_as_the_record_says(desk: Desk) -> None:
    asked = [
        {"latitude": "41.9", "longitude": "-87.6", "city": "Chicago"},
        {"postcode": "60614", "region": "IL"},
        {"city": "Chicago", "region": "Illinois", "country": "United States"},
        {"region": "Scotland", "country": "GB"},
        {"country": "FR"},
    ]
    status, payload = desk.ask(NORA, "places", {"places": asked})
    assert status == 200
    assert [each["precision"] for each in payload["places"]] == ["point", "postcode", "town", "region", "country"]


def test_towns_are_called_as_the_page_movement_counts_them(desk: Desk) -> None:
    asked = [{"city": "Salem", "region": "MA"}, {"city": "Salem"}, {"city": "Ashland"}, {"region": "MA"}]
    _, payload = desk.ask(NORA, "places", {"places": asked})
    assert payload["towns"] == ["Salem, MA (US)", "Salem, MA (US)", "Ashland: one of several towns", None]


def test_an_answer_says_up_to_when_records_were_linked() -> None:
    made = Desk()
    asked = {"identifiers": [PHONE]}
    assert made.ask(NORA, "investigate", asked)[1]["linked_until"] == 0
    until = {"northfield": 1_700_000_100, "riverbank": 5}
    made.collections["refresh"].batch_save([
        {"_key": f"{name}:state", "tenant_id": name, "kind": "state", "number": 1, "indexed_until": when}
        for name, when in until.items()
    ])  # fmt: skip
    assert made.ask(NORA, "investigate", asked)[1]["linked_until"] == 1_700_000_100


def test_news_are_what_refreshes_have_changed_since() -> None:
    made = Desk()
    link(made, "northfield", ROWS[:1])
    first = made.ask(NORA, "news", {})[1]
    assert first["entities"] == []
    assert made.ask(NORA, "news", {"since": first["refresh"]})[1]["entities"] == []
    link(made, "northfield", ROWS)
    found = made.ask(NORA, "news", {"since": first["refresh"]})[1]
    told = {tuple(row["records"]): (row["change"], row["added"]) for row in found["entities"]}
    assert told == {(A, B): ("grown", [B]), (C,): ("new", [C])}
    assert found["refresh"]["northfield"] > first["refresh"]["northfield"]
    assert made.ask(NORA, "news", {"since": {"riverbank": 0}})[1]["entities"] == []
    assert made.ask(NORA, "news", {"since": {"northfield": "x"}})[0] == 400


def test_news_are_read_page_by_page_to_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Desk()
    link(made, "northfield", ROWS)
    asked = {"since": {"northfield": 0}, "limit": 1}
    pages = [made.ask(NORA, "news", {**asked, "offset": at})[1] for at in range(3)]
    whole = made.ask(NORA, "news", {"since": {"northfield": 0}})[1]
    assert [row for page in pages for row in page["entities"]] == whole["entities"]
    assert [(page["left_out"], page["uncounted"]) for page in pages] == [(1, False), (0, False), (0, False)]
    monkeypatch.setattr(investigating, "MOST_NEWS", 2)
    assert made.ask(NORA, "news", asked)[1]["uncounted"] is True
    assert made.ask(NORA, "news", {**asked, "offset": -1})[0] == 400


def test_news_of_the_last_days_need_no_earlier_visit() -> None:
    made, day = Desk(), 86400
    begun = made.now
    link(made, "northfield", ROWS[:1])
    made.now = begun + 10 * day
    link(made, "northfield", ROWS)
    made.now = begun + 12 * day
    asked = {days: made.ask(NORA, "news", {"days": days})[1] for days in (1, 7, 30)}
    told = {
        days: {tuple(row["records"]): (row["change"], row["added"]) for row in found["entities"]}
        for days, found in asked.items()
    }
    assert told == {
        1: {},
        7: {(A, B): ("grown", [B]), (C,): ("new", [C])},
        30: {(A, B): ("new", [A, B]), (C,): ("new", [C])},
    }
    assert asked[7]["from"] == begun + 5 * day
    assert made.ask(NORA, "news", {"days": 40})[0] == 400


def test_times_of_refreshes_say_how_far_back_they_reach() -> None:
    day = 86400.0
    times = noted([], 7, 8, 100 * day)  # an installation whose earlier refreshes were not noted
    assert standing_at({"number": 8, "times": times}, 90 * day) == (7, 100 * day)
    for number in range(9, 60):
        times = noted(times, number - 1, number, (100 + number) * day)
    assert len(times) < 40
    assert standing_at({"number": 59, "times": times}, 130.5 * day) == (30, 130.5 * day)
    assert standing_at({"number": 59}, 130 * day) == (59, math.inf)


def test_how_many_hold_a_contact_is_counted_without_reading_any_entity(desk: Desk) -> None:
    status, payload = desk.ask(NORA, "investigate", {"identifiers": [PHONE, "phone:+14155550199"], "only": "asked"})
    assert (status, payload["entities"]) == (200, [])
    assert [row["entities"] > 0 for row in payload["asked"]] == [True, False]
    assert desk.ask(NORA, "investigate", {"identifiers": [PHONE], "only": "cards"})[0] == 400
