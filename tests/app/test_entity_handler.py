"""The entity handler: operations over collections in memory, absent = forbidden, and the door's own edge."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from benchmarks.chunk_driver import BIN, ROOT
from minerva.documents import Document, MemoryCollection
from minerva.linking import DEFAULT
from minerva.linking.model import read_row
from minerva.tenancy.neighborhood import title_of
from minerva.tenancy.rebuild.link_run import link_all
from tests.app.splunkd_double import SERVICE, Desk, analyst

PHONE, EMAIL = "phone:+14155550123", "email:jen@mail.example"
ROWS = [
    {"record_id": "a" * 32, "source_id": "ads", "record_type": "ad", "identifier": [PHONE, EMAIL], "time": 10},
    {"record_id": "b" * 32, "source_id": "ads", "record_type": "ad", "identifier": [PHONE], "time": 20},
    {"record_id": "c" * 32, "source_id": "ads", "identifier": ["email:x@mail.example"], "time": 99},
]


def link(desk: Desk, tenant: str, rows: list[dict[str, Any]]) -> int:
    """Links and stores as minervalink does; how many save requests were needed."""
    asked: list[str] = []

    def ask(operation: str, body: dict[str, Any]) -> dict[str, Any]:
        asked.append(operation)
        status, payload = desk.ask(SERVICE, operation, body)
        assert status == 200
        return payload

    link_all(tenant, "test", ask, map(read_row, rows), DEFAULT)
    return asked.count("save")


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    link(made, "northfield", ROWS)
    return made


def entity_of(desk: Desk, identifier: str = PHONE, tenant: str = "northfield") -> str:
    payload = desk.ask(analyst(tenant), "lookup", {"identifier": identifier})[1]
    return str(payload["entities"][0]["entity_id"])


def test_list_get_lookup_agree(desk: Desk) -> None:
    listed = desk.ask(analyst("northfield"), "list")[1]["entities"]
    assert [row["size"] for row in listed] == [2, 1]
    document = desk.ask(analyst("northfield"), "get", {"entity_id": listed[0]["entity_id"]})[1]
    assert document["records"] == ["a" * 32, "b" * 32]
    assert "digest" not in document
    assert desk.ask(analyst("northfield"), "lookup", {"record_id": "b" * 32})[1]["entities"] == [listed[0]]


def test_second_run_over_the_same_records_stores_nothing(desk: Desk) -> None:
    assert link(desk, "northfield", ROWS) == 0


def test_records_that_went_away_leave_the_store_with_the_third_rebuild(desk: Desk) -> None:
    for status in (200, 200, 404):
        link(desk, "northfield", ROWS[:2])
        assert desk.ask(analyst("northfield"), "lookup", {"record_id": "c" * 32})[0] == status
    assert len(desk.ask(analyst("northfield"), "list")[1]["entities"]) == 1


def test_merged_entity_is_found_under_its_old_id(desk: Desk) -> None:
    old = entity_of(desk, "email:x@mail.example")
    bridge = {"record_id": "d" * 32, "source_id": "ads", "identifier": [PHONE, "email:x@mail.example"], "time": 40}
    link(desk, "northfield", [*ROWS, bridge])
    document = desk.ask(analyst("northfield"), "get", {"entity_id": old})[1]
    assert (document["size"], document["requested_id"]) == (4, old)


def test_neighborhood_shows_records_and_what_joined_them(desk: Desk) -> None:
    graph = desk.ask(analyst("northfield"), "neighborhood", {"identifier": PHONE})[1]
    joined = {edge["source"] for edge in graph["edges"] if edge["target"] == PHONE}
    assert joined == {"a" * 32, "b" * 32}
    assert all(edge["why"] for edge in graph["edges"])
    assert {node["kind"] for node in graph["nodes"]} == {"entity", "record", "phone", "email"}


PICTURE = "image:" + "6b0e" * 16


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ({"names": ["Ann"], "joins": [{"identifier": PICTURE}]}, "Ann"),
        ({"identifiers": [PICTURE, PHONE], "joins": [{"identifier": PICTURE}]}, PHONE.partition(":")[2]),
        ({"identifiers": [PICTURE, "age:31", PHONE]}, PHONE.partition(":")[2]),
        ({"identifiers": [PICTURE], "record_types": {"image_hash": 2}}, "Unnamed image hash"),
    ],
)
def test_an_entity_is_never_called_by_the_hash_of_a_picture(document: dict[str, Any], title: str) -> None:
    assert title_of(document) == title


def test_an_entity_that_is_called_by_a_user_name_is_called_as_its_chip_shows_it() -> None:
    assert title_of({"identifiers": ["username:instagram/jen_4u"]}) == "instagram jen_4u"


def test_neighborhood_stops_at_its_limit(desk: Desk) -> None:
    graph = desk.ask(analyst("northfield"), "neighborhood", {"identifier": PHONE, "limit": 2})[1]
    assert (len(graph["nodes"]), graph["truncated"]) == (2, True)


def test_summary_counts(desk: Desk) -> None:
    rows = desk.ask(analyst("northfield"), "summary")[1]["rows"]
    counts = {(row["measure"], row["name"]): row["count"] for row in rows}
    assert counts[("entities", "")] == 2
    assert counts[("records", "")] == 3
    assert counts[("identifier", "email")] == 2


class Noted(MemoryCollection):
    """Notes which fields it was asked for."""

    def __init__(self, held: MemoryCollection) -> None:
        self.rows, self.asked = held.rows, set[str]()

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        self.asked.update(fields or ("everything",))
        return super().find(query, sort=sort, limit=limit, skip=skip, fields=fields)


def test_a_summary_reads_no_more_of_an_entity_than_it_counts(desk: Desk) -> None:
    before = desk.ask(analyst("northfield"), "summary")
    desk.collections["entities"] = entities = Noted(desk.collections["entities"])
    assert desk.ask(analyst("northfield"), "summary") == before
    assert not entities.asked & {"everything", "records", "identifiers", "names", "joins", "words"}
    assert {"size", "kinds"} <= entities.asked


FOREIGN = [
    ("get", "entity"), ("lookup", "identifier"), ("lookup", "record"), ("neighborhood", "entity"),
    ("neighborhood", "identifier"), ("list", "tenant"), ("summary", "tenant"), ("members", "tenant"),
    ("save", "tenant"), ("watchlist", "tenant"), ("alert", "tenant"), ("linked", "tenant"), ("refresh", "tenant"),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "by"), FOREIGN)
def test_foreign_and_absent_answers_are_byte_identical(desk: Desk, operation: str, by: str) -> None:
    present = {"entity": {"entity_id": entity_of(desk)}, "identifier": {"identifier": PHONE},
               "record": {"record_id": "a" * 32}, "tenant": {"tenant_id": "northfield"}}  # fmt: skip
    absent = {"entity": {"entity_id": "e_0000000000000000"}, "identifier": {"identifier": "phone:+14155550199"},
              "record": {"record_id": "f" * 32}, "tenant": {"tenant_id": "nowhere"}}  # fmt: skip
    asker = analyst("riverbank")
    foreign_answer = json.dumps(desk.ask(asker, operation, present[by]))
    assert foreign_answer == json.dumps(desk.ask(asker, operation, absent[by]))
    assert "northfield" not in foreign_answer


def test_the_stored_assignment_is_told_to_the_service_as_it_is(desk: Desk) -> None:
    status, payload = desk.ask(SERVICE, "members", {"tenant_id": "northfield"})
    assert (status, payload["entries"]["a" * 32], payload["next"]) == (200, entity_of(desk), None)
    marked = desk.ask(SERVICE, "members", {"tenant_id": "northfield", "kind": "row"})[1]["entries"]["a" * 32]
    assert marked.startswith(f"{entity_of(desk)} ")


def test_same_phone_in_two_tenants_leaves_each_untouched(desk: Desk) -> None:
    before = desk.ask(analyst("northfield"), "list")[1]
    link(desk, "riverbank", ROWS)
    assert desk.ask(analyst("northfield"), "list")[1] == before
    assert entity_of(desk) != entity_of(desk, tenant="riverbank")


def test_save_refuses_documents_of_another_tenant(desk: Desk) -> None:
    body = {"tenant_id": "northfield", "entities": [{"tenant_id": "riverbank", "entity_id": "e_1"}]}
    assert desk.ask(SERVICE, "save", body)[0] == 400
    assert desk.ask(analyst("riverbank"), "list")[1]["entities"] == []


def test_watch_list_holds_normal_forms(desk: Desk) -> None:
    body = {"op": "add", "identifier": "phone:+1 (415) 555-0123", "note": "ring"}
    (row,) = desk.ask(analyst("northfield"), "watchlist", body)[1]["watchlist"]
    assert (row["identifier"], row["note"], row["added_by"]) == (PHONE, "ring", "northfield_analyst")
    assert desk.ask(analyst("riverbank"), "watchlist")[1] == {"watchlist": []}
    body = {"op": "remove", "identifier": PHONE}
    assert desk.ask(analyst("northfield"), "watchlist", body)[1] == {"watchlist": []}


@pytest.mark.parametrize(
    ("operation", "body", "message"),
    [
        ("delete", {}, "unknown operation; the operations are list, get"),
        ("list", {"limit": 0}, "limit: expected a whole number from 1 to 1000"),
        ("list", {"sort": "name"}, "sort: expected one of -size"),
        ("get", {}, "entity_id: expected text"),
        ("watchlist", {"op": "add", "identifier": "fax:1"}, "identifier: expected kind:value; unknown identifier kind"),
    ],
)
def test_bad_request_is_explained(desk: Desk, operation: str, body: dict[str, Any], message: str) -> None:
    status, payload = desk.ask(analyst("northfield"), operation, body)
    assert status == 400
    assert payload["error"].startswith(message)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(ROOT / "understudy" / "protocol" / "modules"), str(BIN), *sys.path])
    return importlib.import_module("minerva_entities_handler")


def handle(door: Any, **changes: Any) -> dict[str, Any]:
    request = {
        "method": "POST", "path_info": "list", "payload": "{}", "server": {"rest_uri": "http://127.0.0.1:9"},
        "session": {"user": "x", "authtoken": "t"}, "system_authtoken": "s", **changes,
    }  # fmt: skip
    reply: dict[str, Any] = door.EntitiesHandler(None, None).handle(json.dumps(request).encode())
    return reply


NO_BODY = {
    "list": "[]",
    "cut": "{",
    "deeper than is kept": '{"a":' + "[" * 70 + "]" * 70 + "}",
    "deeper than is read": '{"a":' + "[" * 5000 + "]" * 5000 + "}",
}


def test_door_refuses_what_is_no_post(door: Any) -> None:
    assert handle(door, method="GET")["status"] == 405


@pytest.mark.parametrize("name", NO_BODY)
def test_door_refuses_what_is_no_json_in_words_and_in_the_audit(
    door: Any, desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minerva_app_requests.store_of", lambda request: desk.store(analyst("northfield")))
    reply = handle(door, payload=NO_BODY[name])
    assert reply["status"] == 400
    assert "JSON" in json.loads(reply["payload"])["error"]
    held = desk.collections["audit"].rows.values()
    last = max((row for row in held if row["_key"].startswith("northfield:0")), key=lambda row: row["number"])
    entry = json.loads(last["entry"])
    assert (entry["operation"], entry["outcome"]) == ("list", "bad_request")


def test_door_hides_the_cause_of_a_failure(door: Any) -> None:
    reply = handle(door)
    assert reply["status"] == 500
    assert "127.0.0.1" not in reply["payload"]
