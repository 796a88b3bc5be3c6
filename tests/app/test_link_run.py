"""Refreshes over the handler: linking what is new, after any history, leaves the store as linking everything would."""

from __future__ import annotations

import copy
import json
import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.documents import MemoryCollection
from minerva.linking import DEFAULT, resolve
from minerva.linking.model import LinkRecord
from minerva.tenancy.errors import Contradicted, Unanswered
from minerva.tenancy.rebuild import link_run
from minerva.tenancy.rebuild.link_run import link_all, link_new
from tests.app.splunkd_double import SERVICE, Desk, analyst
from tests.minerva_linking.updates.test_changes import TIGHT, history

TENANT = "northfield"
NORA = analyst(TENANT)


class Refused(Unanswered):
    """The handler's answer was not 200."""


class Asking:
    """Asks the handler as the service does, and keeps what was asked."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((operation, body))
        status, payload = self.desk.ask(SERVICE, operation, json.loads(json.dumps(body)))
        if status != 200:
            raise Refused(payload["error"])
        return payload

    def saved(self) -> list[dict[str, Any]]:
        return [body for operation, body in self.asked if operation == "save"]


def judged(desk: Desk, made: list[tuple[str, ...]]) -> None:
    for a, b, verdict in made:
        body = {"a": a, "b": b, "why": "seen"}
        body.update({"op": "take_back"} if verdict == "taken_back" else {"op": "add", "verdict": verdict})
        desk.ask(NORA, "judgements", body)  # refused where it contradicts others: that is the handler's to say


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.sampled_from([4, 12, 30]), spread=st.sampled_from([3, 25]))
def test_what_is_new_linked_batch_by_batch_leaves_nothing_for_a_rebuild_to_change(
    seed: int, size: int, spread: int
) -> None:
    desk = Desk()
    known: dict[str, LinkRecord] = {}
    for batch, verdicts in history(seed, size, spread):
        desk.now += 1000
        judged(desk, verdicts)
        for record in batch:
            known[record.record_id] = min(record, known.get(record.record_id, record))
        whole = copy.deepcopy(desk)
        link_all(TENANT, "whole", Asking(whole), known.values(), TIGHT)
        link_new(TENANT, "part", Asking(desk), batch, TIGHT, drift=0)
        assert readable(desk) == readable(whole)
        again = Asking(desk)
        link_all(TENANT, "again", again, known.values(), TIGHT)
        kinds = {name for body in again.saved() for name in (*body, *body.get("removed", ())) if name != "postings"}
        assert kinds <= {"tenant_id", "refresh", "removed"}, "a rebuild after it still finds something to change"


def readable(desk: Desk) -> dict[str, Any]:
    """Returns all that readers can come to see."""
    return {
        name: {key: {**row, "refresh": 0} for key, row in desk.collections[name].rows.items()}
        for name in ("entities", "members", "redirects")
    }


def ad(number: int, *identifiers: str) -> LinkRecord:
    return LinkRecord(f"{number:032x}", "ads", "ad", tuple(sorted(identifiers)), "", "", "", "", "", number)


def phone(number: int) -> str:
    return f"phone:+1415555{number:04d}"


def test_new_records_read_and_write_their_neighborhood_only() -> None:
    desk = Desk()
    base = [ad(number, phone(number // 3), f"email:u{number // 3}@mail.example") for number in range(900)]
    link_all(TENANT, "base", Asking(desk), base, DEFAULT)
    asking = Asking(desk)
    linked = link_new(TENANT, "new", asking, [ad(5000, phone(7), phone(8)), base[100]], DEFAULT)
    assert [document["size"] for document in linked] == [7]
    read = {each for operation, body in asking.asked if operation == "linked" for each in body.get("ids", ())}
    assert len([each for each in read if len(each) == 32]) <= 8
    assert {operation for operation, _ in asking.asked} == {"refresh", "linked", "save"}
    members = [row["member"] for body in asking.saved() for row in body.get("members", ())]
    assert len(members) <= 7 + 4


def test_a_refresh_of_new_records_looks_through_nothing_that_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    base = [ad(number, phone(number // 3)) for number in range(90)]
    link_all(TENANT, "base", Asking(desk), base, DEFAULT)
    rows = [desk.collections[name].rows for name in ("entities", "members", "postings", "redirects")]
    searched: list[object] = []
    find, delete = MemoryCollection.find, MemoryCollection.delete

    def noted_find(self: MemoryCollection, query: Any, **given: Any) -> Any:
        searched.extend([query] if any(self.rows is each for each in rows) else [])
        return find(self, query, **given)

    def noted_delete(self: MemoryCollection, query: Any) -> None:
        by_key = set(query) <= {"_key", "$or"}
        searched.extend([query] if any(self.rows is each for each in rows) and not by_key else [])
        delete(self, query)

    monkeypatch.setattr(MemoryCollection, "find", noted_find)
    monkeypatch.setattr(MemoryCollection, "delete", noted_delete)
    linked = link_new(TENANT, "new", Asking(desk), [ad(5000, phone(7), phone(8))], DEFAULT)  # two entities become one
    assert [document["size"] for document in linked] == [7]
    assert searched == []
    assert not [row for each in rows for row in each.values() if row.get("gone")]


def test_state_of_another_form_is_linked_anew_from_what_is_stored() -> None:
    desk = Desk()
    base = [ad(1, phone(1)), ad(2, phone(1)), ad(3, phone(2))]
    link_all(TENANT, "base", Asking(desk), base, TIGHT)
    linked = link_new(TENANT, "new", Asking(desk), [ad(4, phone(2))], DEFAULT)
    assert sorted(document["size"] for document in linked) == [2, 2]


def test_a_living_writer_keeps_its_lease_however_long_linking_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    asking, beaten = Asking(desk), threading.Event()
    monkeypatch.setattr(link_run, "BEAT", 0.01)
    real = resolve

    def slow(*given: Any) -> Any:
        desk.now += 40  # almost a lease's time passes in silence, twice
        before = len(asking.asked)
        while not any(body.get("op") == "hold" for _, body in asking.asked[before:]):
            beaten.wait(0.01)
        desk.now += 40
        return real(*given)

    monkeypatch.setattr(link_run, "resolve", slow)
    link_all(TENANT, "slow", asking, [ad(1, phone(1))], TIGHT)
    assert desk.ask(NORA, "summary")[1]["rows"]


def test_what_was_indexed_last_is_noted_for_the_next_search() -> None:
    desk = Desk()
    link_all(TENANT, "one", Asking(desk), [ad(1, phone(1))], TIGHT, indexed=1_700_000_100)
    link_new(TENANT, "two", Asking(desk), [ad(2, phone(1))], TIGHT, indexed=1_700_000_050)
    state = desk.collections["refresh"].get(f"{TENANT}:state")
    assert state is not None
    assert state["indexed_until"] == 1_700_000_100


def test_an_identifier_of_very_many_entities_lists_a_thousand_of_them_and_stays_so() -> None:
    desk = Desk()
    base = [ad(number, "phone:+12125550100", f"email:u{number}@mail.example") for number in range(1100)]
    link_all(TENANT, "base", Asking(desk), base, DEFAULT)
    held = desk.ask(NORA, "lookup", {"identifier": "phone:+12125550100"})[1]["entities"]
    assert len(held) == 1000
    asking = Asking(desk)
    link_new(TENANT, "new", asking, [ad(2000, "phone:+12125550100")], DEFAULT)
    members = [row["member"] for body in asking.saved() for row in body.get("members", ())]
    assert members == [f"{2000:032x}"]


class Busy(Asking):
    """Another search holds the lease for the first `refused` requests for it."""

    def __init__(self, desk: Desk, refused: int) -> None:
        super().__init__(desk)
        self.refused = refused

    def __call__(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("op") == "take" and self.refused:
            self.refused -= 1
            raise Contradicted("another search stores this tenant's entities, until 30 s on")
        return super().__call__(operation, body)


def test_a_rebuild_waits_for_the_search_that_stores_entities_and_then_goes_on() -> None:
    desk, slept = Desk(), list[float]()
    given = (TENANT, "night", Busy(desk, 3), [ad(1, phone(1)), ad(2, phone(1))], DEFAULT)
    assert [document["size"] for document in link_all(*given, sleep=slept.append)] == [2]
    assert slept == [link_run.PAUSE_S] * 3


def test_a_rebuild_that_waited_long_enough_says_so_and_a_refresh_does_not_wait() -> None:
    desk, slept = Desk(), list[float]()
    with pytest.raises(Contradicted):
        link_all(TENANT, "night", Busy(desk, 1000), [ad(1, phone(1))], DEFAULT, sleep=slept.append)
    assert sum(slept) == link_run.PATIENCE_S
    with pytest.raises(Contradicted):
        link_new(TENANT, "new", Busy(desk, 1), [ad(1, phone(1))], DEFAULT)
