"""A saved view: what brings a page of Investigate again, kept in a case and gone with what it names."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.tenancy.tombstones import ERASED_TEXT
from tests.sharing.desk import PHONE, STATED, Desk, who

NORA = who("north")
ENTITY = "e_00000000000000aa"
VIEW: dict[str, Any] = {
    "what": "view", "text": "the coast in May", "address": f"e={ENTITY}&v=map", "asked": "seen near the pier",
    "filters": {"since": "2026-05-01", "city": ["Springfield"]},
}  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.entity("north", ENTITY)
    return made


def opened(desk: Desk) -> str:
    return str(desk.got(NORA, "cases", op="open", title="Harbor road", number="NF-7")["opened"])


def test_a_view_is_given_back_as_it_was_saved_and_its_name_can_be_changed(desk: Desk) -> None:
    case_id = opened(desk)
    (item,) = desk.got(NORA, "case_item", case_id=case_id, **VIEW)["items"]
    assert {key: item[key] for key in VIEW} == VIEW
    change = {"case_id": case_id, "op": "change", "item_id": item["item_id"], "text": "the coast"}
    (item,) = desk.got(NORA, "case_item", **change)["items"]
    assert (item["text"], item["address"]) == ("the coast", VIEW["address"])


WRONG: list[dict[str, Any]] = [
    {"address": ""}, {"address": "https://example.org/"}, {"address": f"v=map&q={PHONE}"}, {"address": "e=<b>"},
    {"asked": 7}, {"asked": "x" * 20_001}, {"filters": []}, {"filters": {"city": ["x" * 5_000]}}, {"text": " "},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_view_that_no_page_can_open_is_refused_in_words(desk: Desk, wrong: dict[str, Any]) -> None:
    status, payload = desk.ask(NORA, "case_item", case_id=opened(desk), **{**VIEW, **wrong})
    assert (status, "expected" in payload["error"]) == (400, True)


@pytest.mark.parametrize(
    "names",
    [{}, {"address": "v=map", "asked": "call +1 415 555 0123"}, {"address": "v=map", "filters": {"city": [PHONE]}}],
    ids=["by its id", "in what was asked", "in a filter"],
)
def test_a_view_that_names_what_is_erased_keeps_nothing_of_it(desk: Desk, names: dict[str, Any]) -> None:
    case_id = opened(desk)
    desk.got(NORA, "case_item", case_id=case_id, **{**VIEW, **names})
    desk.got(NORA, "case_item", case_id=case_id, **{**VIEW, "address": "v=map", "text": "another"})
    desk.got(who("north", "admin"), "erase", entity_id=ENTITY, why="asked for", **STATED)
    items = desk.got(NORA, "case", case_id=case_id)["items"]
    assert [(each["text"], each["address"]) for each in items] == [(ERASED_TEXT, ""), ("another", "v=map")]
    assert (items[0]["asked"], items[0]["filters"]) == ("", {})
