"""Administrators read their institution's audit by case, user and object; nobody else reads any."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.policy import Subject
from tests.app.splunkd_double import SERVICE, Desk, analyst

PHONE = "phone:+14155550123"


def admin(tenant: str) -> Subject:
    return Subject(f"{tenant}_admin", frozenset([f"minerva_{tenant}_admin"]), frozenset(["minerva_query"]))


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.ask(analyst("northfield"), "lookup", {"identifier": "phone:+1 415 555 0123", "case": "C-1"})
    made.ask(analyst("northfield"), "get", {"entity_id": "e_1", "case": "C-2"})
    made.ask(analyst("northfield"), "list", {})
    made.ask(analyst("riverbank"), "lookup", {"identifier": PHONE, "case": "C-1"})
    return made


def operations(desk: Desk, body: dict[str, Any], who: Subject) -> list[str]:
    status, payload = desk.ask(who, "audit", body)
    assert status == 200
    return [entry["operation"] for entry in payload["entries"]]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, ["list", "get", "lookup"]),
        ({"about_case": "C-1"}, ["lookup"]),
        ({"about_case": "C-3"}, []),
        ({"identifier": PHONE}, ["lookup"]),
        ({"entity_id": "e_1"}, ["get"]),
        ({"about": PHONE}, ["lookup"]),
        ({"about": "(415) 555-0123"}, ["lookup"]),
        ({"about": "e_1"}, ["get"]),
        ({"about": "nothing of the kind"}, []),
        ({"user": "northfield_analyst"}, ["list", "get", "lookup"]),
        ({"user": "riverbank_analyst"}, []),
        ({"about_case": "C-1", "entity_id": "e_1"}, []),
    ],
)
def test_who_looked_at_what(desk: Desk, body: dict[str, Any], found: list[str]) -> None:
    assert operations(desk, body, admin("northfield")) == found


def test_pages_reach_back_to_the_first_entry(desk: Desk) -> None:
    asked, seen = {"limit": 2}, []
    while True:
        payload = desk.ask(admin("northfield"), "audit", asked)[1]
        seen += [entry["number"] for entry in payload["entries"]]
        if payload["next"] is None:
            break
        asked = {"limit": 2, "before": payload["next"]}
    assert seen == [2, 1, 0]


@pytest.mark.parametrize(
    "who", [analyst("northfield"), admin("riverbank"), SERVICE], ids=["analyst", "other", "service"]
)
def test_nobody_else_reads_it(desk: Desk, who: Subject) -> None:
    absent = desk.ask(who, "audit", {"tenant_id": "nowhere"})
    assert absent[0] == 404
    assert desk.ask(who, "audit", {"tenant_id": "northfield"}) == absent


def test_an_administrator_sees_what_a_person_of_two_institutions_asked_of_theirs(desk: Desk) -> None:
    roles = frozenset(["minerva_northfield_analyst", "minerva_riverbank_analyst"])
    both = Subject("bea", roles, frozenset(["minerva_query"]))
    desk.ask(both, "get", {"entity_id": "e_7", "case": "C-9"})
    desk.ask(both, "get", {"entity_id": "e_8", "case": "C-9", "tenant_id": "riverbank"})
    assert operations(desk, {"entity_id": "e_7"}, admin("northfield")) == ["get"]
    assert operations(desk, {"user": "bea", "about_case": "C-9"}, admin("riverbank")) == ["get", "get"]
    assert operations(desk, {"entity_id": "e_8"}, admin("northfield")) == []


def test_a_page_that_asks_for_each_panel_is_one_entry(desk: Desk) -> None:
    for operation in ("resolve", "lookup", "neighborhood", "resolve", "lookup", "resolve"):
        desk.ask(analyst("northfield"), operation, {"identifier": "phone:+14155550188", "case": "C-7"})
    asked = {"about_case": "C-7", "views": True}
    (view,) = desk.ask(admin("northfield"), "audit", asked)[1]["entries"]
    assert (view["requests"], view["operations"]) == (6, ["resolve", "lookup", "neighborhood"])
    assert len(operations(desk, {"about_case": "C-7"}, admin("northfield"))) == 6
    desk.ask(analyst("northfield"), "lookup", {"identifier": "phone:+14155550199", "case": "C-7"})
    assert [each["requests"] for each in desk.ask(admin("northfield"), "audit", asked)[1]["entries"]] == [1, 6]
