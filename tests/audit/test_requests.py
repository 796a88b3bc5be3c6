"""Each request to stored entities leaves one entry, permitted or not, without a name in it; no entry, no answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.audit import verify
from minerva.audit.chain import token
from minerva.documents import Document, MemoryCollection
from minerva.policy import Subject
from minerva.tenancy.answering import answer
from tests.app.splunkd_double import KEY, SERVICE, Desk, analyst
from tests.audit.chains import rows_of

PHONE = "phone:+14155550123"
ADMIN = Subject("nina", frozenset(["minerva_northfield_admin"]), frozenset(["minerva_query"]))
OUTSIDER = Subject("olga", frozenset(["user"]), frozenset(["minerva_query"]))


def trail(desk: Desk) -> list[dict[str, Any]]:
    """The entries of all chains but the platform's, in order of their chains."""
    audit = desk.collections["audit"]
    assert isinstance(audit, MemoryCollection)
    rows = rows_of(audit)
    assert not rows or verify(rows, KEY).broken is None
    return [json.loads(row["entry"]) for row in rows if row["kind"] == "entry" and row["chain"] != "0platform"]


@pytest.mark.parametrize(
    ("who", "operation", "body", "outcome", "chain"),
    [
        (analyst("northfield"), "list", {}, "permit", "northfield"),
        (analyst("northfield"), "get", {"entity_id": "e_0"}, "absent", "northfield"),
        (analyst("northfield"), "lookup", {"identifier": PHONE}, "absent", "northfield"),
        (analyst("northfield"), "summary", {"tenant_id": "riverbank"}, "permit", "northfield"),
        (analyst("northfield"), "save", {"tenant_id": "northfield"}, "absent", "northfield"),
        (analyst("northfield"), "list", {"limit": 0}, "bad_request", "northfield"),
        (analyst("northfield"), "list", {"purpose": "curiosity"}, "bad_request", "northfield"),
        (analyst("northfield"), "burn", {}, "bad_request", "northfield"),
        (ADMIN, "watchlist", {"op": "add", "identifier": PHONE}, "permit", "northfield"),
        (SERVICE, "save", {"tenant_id": "northfield"}, "permit", "0service"),
        (OUTSIDER, "get", {"entity_id": "e_0"}, "absent", "0none"),
    ],
)
def test_one_entry_a_request(who: Subject, operation: str, body: dict[str, Any], outcome: str, chain: str) -> None:
    desk = Desk()
    desk.ask(who, operation, body)
    (entry,) = trail(desk)
    assert (entry["outcome"], entry["chain"]) == (outcome, chain)
    assert entry["subject"] == token(KEY, "user", who.user)
    assert entry["policy_version"]


BOTH = Subject(
    "bea", frozenset(["minerva_northfield_analyst", "minerva_riverbank_admin"]), frozenset(["minerva_query"])
)


@pytest.mark.parametrize(
    ("operation", "body", "outcome", "chains"),
    [
        ("list", {}, "permit", ["northfield", "riverbank"]),
        ("lookup", {"identifier": PHONE}, "absent", ["northfield", "riverbank"]),
        ("lookup", {"identifier": PHONE, "tenant_id": "riverbank"}, "absent", ["riverbank"]),
        ("watchlist", {"tenant_id": "riverbank"}, "permit", ["riverbank"]),
        ("audit", {}, "permit", ["riverbank"]),
        ("watchlist", {}, "bad_request", ["northfield", "riverbank"]),
        ("list", {"limit": 0, "tenant_id": "riverbank"}, "bad_request", ["riverbank"]),
        ("list", {"limit": 0}, "bad_request", ["northfield", "riverbank"]),
        ("summary", {"tenant_id": "nowhere"}, "permit", ["northfield", "riverbank"]),
    ],
)
def test_of_a_person_of_two_institutions_each_that_is_asked_keeps_the_entry(
    operation: str, body: dict[str, Any], outcome: str, chains: list[str]
) -> None:
    desk = Desk()
    desk.ask(BOTH, operation, body)
    found = trail(desk)
    assert [entry["chain"] for entry in found] == chains
    assert {(entry["outcome"], entry["subject"]) for entry in found} == {(outcome, token(KEY, "user", "bea"))}


def test_without_the_audit_of_the_second_institution_nothing_is_changed() -> None:
    class FullForRiverbank(MemoryCollection):
        def insert(self, document: Document) -> bool:
            return str(document["chain"]) != "riverbank" and super().insert(document)

    desk = Desk()
    desk.collections["audit"] = FullForRiverbank()
    assert desk.ask(BOTH, "list")[0] == 503
    assert desk.ask(BOTH, "list", {"tenant_id": "northfield"})[0] == 200


def test_an_entry_holds_no_name_identifier_or_case() -> None:
    desk = Desk()
    body = {"identifier": PHONE, "purpose": "investigation", "case": "Operation Nora", "legal_basis": "warrant 12"}
    desk.ask(analyst("northfield"), "lookup", body)
    desk.ask(ADMIN, "watchlist", {"op": "add", "identifier": PHONE, "note": "calls Nora"})
    text = json.dumps(trail(desk))
    assert not [word for word in ("4155550123", "Nora", "warrant", "_analyst", "nina", "phone") if word in text]
    assert trail(desk)[0]["case"] == token(KEY, "case", "Operation Nora")
    assert trail(desk)[0]["purpose"] == "investigation"
    assert trail(desk)[0]["objects"] == trail(desk)[1]["objects"]


def test_foreign_and_absent_leave_entries_that_differ_in_the_object_alone() -> None:
    desk = Desk()
    desk.ask(
        SERVICE, "save", {"tenant_id": "northfield", "entities": [{"tenant_id": "northfield", "entity_id": "e_1"}]}
    )
    for entity in ("e_1", "e_2"):
        desk.ask(analyst("riverbank"), "get", {"entity_id": entity})
    foreign, absent = [entry for entry in trail(desk) if entry["chain"] == "riverbank"]
    differing = {key for key in foreign if foreign[key] != absent[key]}
    assert differing == {"objects", "previous", "number"}


def _broken(body: Any, store: Any) -> dict[str, Any]:
    raise KeyError("reasons")


def _broken_after_permit(body: Any, store: Any) -> dict[str, Any]:
    store.trail.permit(1)
    raise OSError("a folder where a file was expected")


@pytest.mark.parametrize(("run", "outcomes"), [(_broken, ["failed"]), (_broken_after_permit, ["permit", "unfinished"])])
def test_a_request_that_fails_leaves_its_entry_and_is_answered_without_a_cause(run: Any, outcomes: list[str]) -> None:
    desk = Desk()
    with pytest.raises((KeyError, OSError)):
        answer("image_search", {"hashes": []}, desk.store(analyst("northfield")), {"image_search": run})
    assert [(entry["outcome"], entry["operation"]) for entry in trail(desk)] == [
        (outcome, "image_search") for outcome in outcomes
    ]


def test_a_request_that_fails_before_it_is_understood_leaves_its_entry() -> None:
    desk = Desk()

    class Gone(MemoryCollection):
        def find(self, *given: Any, **more: Any) -> list[Document]:
            raise OSError("the store is gone")

    desk.collections["budgets"] = Gone()
    with pytest.raises(OSError, match="gone"):
        desk.ask(analyst("northfield"), "list")
    assert [(entry["outcome"], entry["chain"]) for entry in trail(desk)] == [("failed", "northfield")]


class Full(MemoryCollection):
    """Stands for an audit that cannot be written."""

    def insert(self, document: Document) -> bool:
        return False


@pytest.mark.parametrize(
    ("operation", "body"),
    [("list", {}), ("get", {"entity_id": "e_1"}), ("get", {"entity_id": "e_9"}), ("list", {"limit": 0})],
)
def test_without_the_audit_nothing_is_answered(operation: str, body: dict[str, Any]) -> None:
    desk = Desk()
    desk.ask(
        SERVICE, "save", {"tenant_id": "northfield", "entities": [{"tenant_id": "northfield", "entity_id": "e_1"}]}
    )
    desk.collections["audit"] = Full()
    status, payload = desk.ask(analyst("northfield"), operation, body)
    assert (status, set(payload)) == (503, {"error"})


@pytest.mark.parametrize(
    ("who", "operation", "body", "collection"),
    [
        (SERVICE, "save", {"tenant_id": "northfield", "entities": [{"tenant_id": "northfield", "entity_id": "e_1"}]},
         "entities"),
        (ADMIN, "watchlist", {"op": "add", "identifier": PHONE}, "watchlist"),
    ],
)  # fmt: skip
def test_without_the_audit_nothing_is_changed(
    who: Subject, operation: str, body: dict[str, Any], collection: str
) -> None:
    desk = Desk()
    desk.collections["audit"] = Full()
    assert desk.ask(who, operation, body)[0] == 503
    held = desk.collections[collection]
    assert isinstance(held, MemoryCollection)
    assert held.rows == {}


def test_alerts_are_not_written_without_the_audit() -> None:
    desk = Desk()
    desk.collections["audit"] = Full()
    assert desk.ask(SERVICE, "alert", {"tenant_id": "northfield", "hits": [{"identifier": PHONE}]})[0] == 503
    assert desk.events == []


def test_an_analyst_removes_own_watch_entries_and_an_administrator_any() -> None:
    desk, nora = Desk(), analyst("northfield")
    other = "phone:+14155550144"
    desk.ask(ADMIN, "watchlist", {"op": "add", "identifier": PHONE})
    desk.ask(nora, "watchlist", {"op": "add", "identifier": PHONE, "note": "taken over"})
    desk.ask(nora, "watchlist", {"op": "add", "identifier": other})
    assert desk.ask(nora, "watchlist", {"op": "remove", "identifier": PHONE})[0] == 400
    assert len(desk.ask(nora, "watchlist", {"op": "remove", "identifier": other})[1]["watchlist"]) == 1
    assert desk.ask(ADMIN, "watchlist", {"op": "remove", "identifier": PHONE})[1] == {"watchlist": []}
