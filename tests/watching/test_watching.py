"""What is watched (identifiers, entities, areas): who may, what raises alerts and what does not, and what leaves it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from minerva.documents import Document, MemoryCollection
from minerva.linking import DEFAULT
from minerva.linking.model import LinkRecord
from minerva.policy import Subject
from minerva.sharing import upkeep
from minerva.tenancy.rebuild.link_run import link_all, link_new
from minerva.tenancy.watch_hits import requests_of
from minerva.tenancy.watching import checking
from tests.sharing.desk import DAY, PHONE, SERVICE, STATED, Desk, who

NORA, ADMIN, OTTO = who("north"), who("north", "admin"), who("north", user="otto")
A, B, C, D = (name * 32 for name in "abcd")


def record(record_id: str, *identifiers: str, city: str = "", **more: Any) -> LinkRecord:
    held = {"region": "", "postcode": "", **more}
    return LinkRecord(record_id, "ads", "ad", identifiers, "", "", city, held["region"], held["postcode"], 10)


def link(desk: Desk, *records: LinkRecord, anew: bool = False) -> None:
    def ask(operation: str, body: dict[str, Any]) -> dict[str, Any]:
        return desk.got(SERVICE, operation, **body)

    (link_all if anew else link_new)("north", "a search", ask, records, DEFAULT)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.change("north", region="US")
    link(made, record(A, PHONE, city="Boston"), record(B, "email:other@mail.example"), anew=True)
    return made


def entity_of(desk: Desk, record_id: str) -> str:
    return str(desk.got(NORA, "lookup", record_id=record_id)["entities"][0]["entity_id"])


def watched(desk: Desk, **body: Any) -> dict[str, Any]:
    rows = desk.got(body.pop("who", NORA), "watchlist", **{"op": "add", "note": "why", **body})["watchlist"]
    found: dict[str, Any] = rows[-1]
    return found


def alerted(desk: Desk, together: bool = False) -> list[dict[str, Any]]:
    """Runs the scheduled search and its alert action as Splunk does: rows of text in between. together: the rows of one
    run in one request, as a result file gives them."""
    asked = {"tenant_id": "north"}
    rows = list(upkeep.rows_of("watch_check", lambda task, body: desk.got(SERVICE, task, **body), asked))
    bodies: list[dict[str, Any]] = []
    for row in rows:
        texts = {key: str(value) for key, value in row.items() if value not in (None, "")}
        bodies += requests_of({"configuration": {"tenant": "north"}, "result": texts})
    if together:
        bodies = [{**asked, "hits": [hit for body in bodies for hit in body["hits"]]}]
    for body in bodies:
        desk.got(SERVICE, "alert", **body)
    return rows


def listed(desk: Desk, **more: Any) -> dict[str, str]:
    """Note -> state of all items."""
    rows = desk.got(NORA, "watchlist", **{"op": "list", "ended": True, **more})["watchlist"]
    return {row["note"]: row["state"] for row in rows}


def test_a_watched_entity_that_grows_raises_one_alert_that_leads_to_it(desk: Desk) -> None:
    entity_id = entity_of(desk, A)
    watched(desk, entity_id=entity_id)
    assert alerted(desk) == []
    link(desk, record(C, PHONE))
    (hit,) = alerted(desk)
    assert (hit["entity_id"], hit["records"], hit["record_ids"]) == (entity_id, 1, C)
    (alert,) = desk.got(NORA, "alerts")["alerts"]
    told = [alert[key] for key in ("alert", "entity_id", "record_ids", "records", "note")]
    assert told == ["watched_entity", entity_id, [C], 1, "why"]
    (index, kind, event) = desk.events[-1]
    assert (index, kind, event["alert"], event["entity_id"]) == (
        "t_north",
        "minerva:alert",
        "watched_entity",
        entity_id,
    )
    assert alerted(desk) == []
    link(desk, record(D, "email:new@mail.example"))
    assert alerted(desk) == []


def test_what_was_found_stays_found_until_the_alert_is_written(desk: Desk) -> None:
    watched(desk, entity_id=entity_of(desk, A))
    link(desk, record(C, PHONE))
    body = {"tenant_id": "north"}
    first, second = (desk.got(SERVICE, "watch_check", **body)["hits"] for _ in range(2))
    assert len(first) == len(second) == 1


def test_two_entities_that_merge_raise_an_alert_for_the_one_that_is_watched(desk: Desk) -> None:
    entity_id = entity_of(desk, B)
    watched(desk, entity_id=entity_id)
    desk.got(NORA, "judgements", op="add", a=A, b=B, verdict="same", why="one voice")
    link(desk)
    (hit,) = alerted(desk)
    assert (hit["entity_id"], hit["records"]) == (entity_of(desk, B), 1)


AREAS = [
    pytest.param({"form": "town", "city": "boston"}, True, id="a town"),
    pytest.param({"form": "town", "city": "Boston", "region": "MA"}, True, id="a town with its region"),
    pytest.param({"form": "town", "city": "Boston", "region": "NY"}, False, id="a town of another region"),
    pytest.param({"form": "postcode", "postcode": "021 08"}, True, id="a postcode"),
    pytest.param({"form": "postcode", "postcode": "02109"}, False, id="another postcode"),
    pytest.param({"form": "circle", "latitude": 42.36, "longitude": -71.06, "radius_km": 20}, True, id="a circle"),
    pytest.param({"form": "circle", "latitude": 40.71, "longitude": -74.0, "radius_km": 20}, False, id="elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("area", "is_in"), AREAS)
def test_a_new_record_in_a_watched_area_raises_an_alert(desk: Desk, area: dict[str, Any], is_in: bool) -> None:
    watched(desk, area=area)
    assert alerted(desk) == []  # what lay there before is not new
    link(desk, record(C, "email:c@mail.example", city="Boston", region="MA", postcode="02108"))
    hits = alerted(desk)
    assert [(hit["entity_id"], hit["records"]) for hit in hits] == ([(entity_of(desk, C), 1)] if is_in else [])
    assert {each["alert"] for each in desk.got(NORA, "alerts")["alerts"]} == ({"watched_area"} if is_in else set())


def test_a_record_that_only_moved_to_another_entity_is_not_new_in_its_area(desk: Desk) -> None:
    watched(desk, area={"form": "town", "city": "Boston"})
    desk.got(NORA, "judgements", op="add", a=A, b=B, verdict="same", why="one voice")
    link(desk)
    link(desk, record(A, PHONE, city="Boston"), record(B, "email:other@mail.example"), anew=True)
    assert alerted(desk) == []


def test_more_new_entities_of_an_area_than_one_run_tells_are_told_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_HITS", 3)
    watched(desk, area={"form": "town", "city": "Boston"})
    watched(desk, entity_id=entity_of(desk, A))
    new = [f"{number:032x}" for number in range(10, 18)]
    link(desk, record(C, PHONE), *(record(each, f"email:{each}@mail.example", city="Boston") for each in new[:7]))
    told: list[str] = []
    for run in range(5):
        hits = alerted(desk, together=True)
        assert len(hits) <= 3
        told += [each for hit in hits for each in hit["record_ids"].split()]
        if run == 0:  # one that a later refresh brings, and that stands before what is told already
            link(desk, record(f"{1:032x}", "email:first@mail.example", city="Boston"))
    assert set(told) == {*new[:7], f"{1:032x}", C}
    assert len(told) == len(set(told))


def test_a_large_import_is_read_page_by_page_and_no_further_than_one_run_tells(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_HITS", 3)
    monkeypatch.setattr(checking, "PAGE_OF_ALL", 4)
    pages: list[int] = []
    read = MemoryCollection.find

    def find(self: MemoryCollection, query: Mapping[str, Any], **more: Any) -> list[Document]:
        found = read(self, query, **more)
        if query.get("kind") == "record" and "first_refresh" in query:
            pages.append(len(found))
        return found

    for city in ("Boston", "Denver"):
        watched(desk, area={"form": "town", "city": city})
    new = [f"{number:032x}" for number in range(10, 34)]
    link(desk, *(record(each, f"email:{each}@mail.example", city="Boston") for each in new))
    monkeypatch.setattr(MemoryCollection, "find", find)
    told: list[str] = []
    for run in range(20):
        pages.clear()
        hits = alerted(desk, together=True)
        assert max(pages, default=0) <= 4
        assert sum(pages) <= (len(new) if run == 0 else 8)  # at first the other town is looked for to the end
        told += [each for hit in hits for each in hit["record_ids"].split()]
    assert sorted(told) == new


def test_an_entity_with_records_on_both_sides_of_what_one_run_tells_is_told_of_each_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_HITS", 2)
    watched(desk, area={"form": "town", "city": "Boston"})
    new = [f"{number:032x}" for number in range(10, 19)]
    link(desk, *(record(each, f"email:e{at % 4}@mail.example", city="Boston") for at, each in enumerate(new)))
    hits = [hit for _ in range(9) for hit in alerted(desk, together=True)]
    assert sorted(each for hit in hits for each in hit["record_ids"].split()) == new
    assert sum(hit["records"] for hit in hits) == len(new)


def test_an_item_ends_on_its_day_says_so_and_raises_nothing_after_it(desk: Desk) -> None:
    watched(desk, entity_id=entity_of(desk, A), until=int(desk.now + DAY), note="for a day")
    watched(desk, identifier=PHONE, until=int(desk.now + DAY), note="the phone")
    assert listed(desk) == {"for a day": "active", "the phone": "active"}
    desk.now += 2 * DAY
    link(desk, record(C, PHONE))
    assert alerted(desk) == []
    assert listed(desk) == {"for a day": "ended", "the phone": "ended"}
    assert listed(desk, ended=False) == {}


def test_an_item_is_changed_and_taken_off_with_a_reason_that_stays_for_a_while(desk: Desk) -> None:
    item = watched(desk, area={"form": "town", "city": "Boston"})
    desk.got(NORA, "watchlist", op="change", watch_id=item["watch_id"], note="another", until=5)
    assert listed(desk) == {"another": "ended"}
    desk.got(NORA, "watchlist", op="change", watch_id=item["watch_id"], until=0)
    watched(desk, identifier=PHONE, note="the phone")
    desk.got(NORA, "watchlist", op="remove", watch_id=item["watch_id"], why="the house is empty")
    desk.got(NORA, "watchlist", op="remove", identifier=PHONE, why="it was ours")
    rows = desk.got(NORA, "watchlist", op="list", ended=True)["watchlist"]
    assert {row["ended_why"] for row in rows} == {"the house is empty", "it was ours"}
    assert {row["state"] for row in rows} == {"removed"}
    assert not [row for row in desk.rows("watchlist").values() if row.get("identifier")]  # no search looks it up
    desk.now += 91 * DAY
    desk.got(SERVICE, "purge")
    assert desk.rows("watchlist") == {}


def test_the_same_thing_is_watched_once(desk: Desk) -> None:
    for _ in range(2):
        watched(desk, entity_id=entity_of(desk, A))
        watched(desk, area={"form": "town", "city": "Boston"})
    assert len(desk.got(NORA, "watchlist")["watchlist"]) == 2


def test_who_put_it_there_and_administrators_take_it_off_and_nobody_else(desk: Desk) -> None:
    item = watched(desk, entity_id=entity_of(desk, A))["watch_id"]
    for operation in ("change", "remove"):
        body = {"op": operation, "watch_id": item, "note": "mine", "why": "mine"}
        assert desk.ask(OTTO, "watchlist", **body)[0] == 400
        assert desk.ask(who("river"), "watchlist", **body)[0] == 404
        assert desk.ask(who("river"), "watchlist", **body, tenant_id="north")[0] == 404
    desk.got(ADMIN, "watchlist", op="remove", watch_id=item)


def test_each_item_says_whether_who_asks_may_change_it(desk: Desk) -> None:
    item = watched(desk, entity_id=entity_of(desk, A))["watch_id"]
    told = {who.user: items(desk, who) for who in (NORA, OTTO, ADMIN)}
    assert {user: [row["may_change"] for row in rows] for user, rows in told.items()} == {
        NORA.user: [True], OTTO.user: [False], ADMIN.user: [True],
    }  # fmt: skip
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    assert {entry["reason"] for entry in entries if entry["operation"] == "watchlist"} == {""}  # nobody was refused
    desk.got(OTTO, "watchlist", op="add", entity_id=entity_of(desk, A), note="also mine")
    assert [row["may_change"] for row in items(desk, OTTO)] == [False]  # who keeps it too is not who put it there
    desk.got(ADMIN, "watchlist", op="remove", watch_id=item)
    assert [row["may_change"] for row in items(desk, ADMIN)] == [False]  # what was taken off is done with


PROGRAM = who("north", "partner")
OTHERS = [PROGRAM, OTTO, ADMIN]
THINGS = [{"identifier": PHONE}, {"area": {"form": "town", "city": "Boston"}}]


def items(desk: Desk, by: Subject = NORA) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.got(by, "watchlist", op="list", ended=True)["watchlist"]
    return rows


@pytest.mark.parametrize("other", OTHERS, ids=lambda subject: subject.user)
@pytest.mark.parametrize("thing", THINGS, ids=["an identifier", "an area"])
def test_who_adds_what_somebody_keeps_neither_ends_nor_rewrites_it(
    desk: Desk, thing: dict[str, Any], other: Subject
) -> None:
    watched(desk, **thing, note="urgent", until=int(desk.now + 9 * DAY))
    desk.got(other, "watchlist", op="add", **thing, note="x", until=1)
    (row,) = items(desk)
    assert (row["state"], row["note"], row["added_by"]) == ("active", "urgent", NORA.user)
    assert (row["until"], [each["by"] for each in row["also"]]) == (int(desk.now + 9 * DAY), [other.user])
    desk.got(other, "watchlist", op="add", **thing, note="y", until=0)
    (row,) = items(desk)
    assert (row["until"], row["own_until"], row["note"]) == (0, int(desk.now + 9 * DAY), "urgent")
    assert [(each["by"], each["of"], each["before"]) for each in row["history"]] == [
        (other.user, other.user, {"note": "x", "until": 1})
    ]


def test_an_entity_added_again_keeps_what_was_found_and_not_told(desk: Desk) -> None:
    watched(desk, entity_id=entity_of(desk, A))
    link(desk, record(C, PHONE))
    desk.got(PROGRAM, "watchlist", op="add", entity_id=entity_of(desk, A), until=1)
    assert [hit["record_ids"] for hit in alerted(desk)] == [C]


def test_who_leaves_an_item_leaves_it_to_those_who_keep_it_too(desk: Desk) -> None:
    watched(desk, identifier=PHONE, note="urgent")
    watched(desk, who=OTTO, identifier=PHONE, note="mine too", until=int(desk.now + 9 * DAY))
    desk.got(PROGRAM, "watchlist", op="add", identifier=PHONE)
    assert items(desk)[0]["also"][1]["note"]  # the scheduled search tells by the note what is watched
    desk.got(ADMIN, "watchlist", op="change", identifier=PHONE, until=int(desk.now + DAY))
    assert items(desk)[0]["until"] == int(desk.now + DAY)  # an administrator's change holds for all
    desk.got(NORA, "watchlist", op="remove", identifier=PHONE)
    (row,) = items(desk)
    assert (row["state"], row["note"], row["added_by"]) == ("active", "mine too", OTTO.user)
    assert (NORA.user, "urgent") in [(each["of"], each["before"].get("note")) for each in row["history"]]
    assert desk.ask(PROGRAM, "watchlist", op="remove", identifier=PHONE)[0] == 400
    desk.got(OTTO, "watchlist", op="remove", identifier=PHONE)
    desk.got(ADMIN, "watchlist", op="remove", identifier=PHONE)  # the program's
    assert [row["state"] for row in items(desk)] == ["removed"]


@pytest.mark.parametrize("thing", THINGS, ids=["an identifier", "an area"])
def test_what_has_ended_stays_as_it_was_beside_what_is_watched_anew(desk: Desk, thing: dict[str, Any]) -> None:
    watched(desk, **thing, note="urgent", until=int(desk.now + DAY))
    desk.now += 2 * DAY
    desk.got(PROGRAM, "watchlist", op="add", **thing, note="x")
    assert {(row["note"], row["added_by"], row["state"]) for row in items(desk)} == {
        ("urgent", NORA.user, "ended"), ("x", PROGRAM.user, "active"),
    }  # fmt: skip


def test_many_changes_push_nothing_out_that_another_said(desk: Desk) -> None:
    watched(desk, identifier=PHONE, note="urgent")
    desk.got(ADMIN, "watchlist", op="change", identifier=PHONE, note="by the desk")
    for at in range(60):
        desk.got(PROGRAM, "watchlist", op="add", identifier=PHONE, note=str(at))
    (row,) = items(desk)
    assert (ADMIN.user, {"note": "urgent"}) in [(each["by"], each["before"]) for each in row["history"]]
    assert len(row["history"]) < 40


STRANGERS = [
    pytest.param(who("river"), id="another institution"), pytest.param(who("river", "partner"), id="its program"),
    pytest.param(NORA, id="an analyst"), pytest.param(ADMIN, id="an administrator"),
]  # fmt: skip


@pytest.mark.parametrize("other", STRANGERS)
def test_the_service_alone_checks_and_writes_alerts(desk: Desk, other: Subject) -> None:
    watched(desk, entity_id=entity_of(desk, A))
    link(desk, record(C, PHONE))
    assert desk.ask(other, "watch_check", tenant_id="north")[0] == 404
    assert desk.ask(other, "alert", tenant_id="north", hits=[])[0] == 404


def test_another_institution_sees_neither_items_nor_alerts_nor_watches_what_it_does_not_see(desk: Desk) -> None:
    entity_id = entity_of(desk, A)
    watched(desk, entity_id=entity_id)
    link(desk, record(C, PHONE))
    alerted(desk)
    ruth = who("river")
    assert desk.got(ruth, "watchlist", op="list", ended=True)["watchlist"] == []
    assert desk.got(ruth, "alerts")["alerts"] == []
    assert desk.ask(ruth, "alerts", tenant_id="north")[0] == 404
    assert desk.ask(ruth, "watchlist", op="add", entity_id=entity_id)[0] == 404


def test_an_erased_entity_leaves_the_watch_list_and_its_alerts(desk: Desk) -> None:
    entity_id = entity_of(desk, A)
    watched(desk, entity_id=entity_id)
    watched(desk, area={"form": "town", "city": "Boston"}, note=f"beside {entity_id}")
    link(desk, record(C, PHONE, city="Boston"))
    assert len(alerted(desk)) == 2
    desk.got(ADMIN, "erase", entity_id=entity_id, why="asked for", **STATED)
    rows = [row for row in desk.rows("watchlist").values() if row.get("kind") != "checked"]
    assert [row["kind"] for row in rows] == ["area"]
    assert entity_id not in rows[0]["note"]
    assert desk.got(NORA, "alerts")["alerts"] == []


def test_an_erased_entity_is_named_in_nobodys_note_of_an_item_nor_in_its_history(desk: Desk) -> None:
    entity_id = entity_of(desk, A)
    watched(desk, identifier="email:other@mail.example", note=f"beside {entity_id}")
    watched(desk, who=OTTO, identifier="email:other@mail.example", note=f"of {entity_id}")
    desk.got(NORA, "watchlist", op="change", identifier="email:other@mail.example", note="beside another")
    desk.got(ADMIN, "erase", entity_id=entity_id, why="asked for", **STATED)
    assert len(items(desk)[0]["also"]) == 1
    assert entity_id not in str(desk.rows("watchlist"))


WRONG: list[dict[str, Any]] = [
    {}, {"identifier": PHONE, "area": {"form": "town", "city": "x"}}, {"area": {"form": "square"}}, {"area": "Boston"},
    {"area": {"form": "town"}}, {"area": {"form": "postcode", "postcode": ""}}, {"identifier": "no such"},
    {"area": {"form": "circle", "latitude": 91, "longitude": 0, "radius_km": 5}},
    {"identifier": PHONE, "until": "soon"},
    {"area": {"form": "circle", "latitude": float("nan"), "longitude": 0, "radius_km": 5}},
    {"area": {"form": "circle", "latitude": 1, "longitude": 0, "radius_km": 5000}},
]  # fmt: skip


@pytest.mark.parametrize("body", WRONG)
def test_what_cannot_be_read_is_refused_in_words(desk: Desk, body: dict[str, Any]) -> None:
    status, payload = desk.ask(NORA, "watchlist", op="add", **body)
    assert (status, "expected" in payload["error"]) == (400, True)
