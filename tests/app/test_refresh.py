"""A refresh of stored entities: one writer, seen at once or not at all, killed at any step and started again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.documents import MemoryCollection
from minerva.linking import DEFAULT
from minerva.linking.model import read_row
from minerva.tenancy.errors import Unanswered
from minerva.tenancy.rebuild.link_run import link_all, link_new
from tests.app.splunkd_double import SERVICE, Desk, analyst

TENANT = "northfield"
WRITES = ("batch_save", "delete", "discard", "insert")
NORA = analyst(TENANT)


class Killed(Exception):
    """The writer is gone."""


class Refused(Unanswered):
    """The handler's answer was not 200."""


def row(name: str, *identifiers: str, time: int) -> dict[str, Any]:
    return {"record_id": name * 32, "source_id": "ads", "identifier": list(identifiers), "time": str(time)}


def phone(number: int) -> str:
    return f"phone:+1415555{number:04d}"


BEFORE = [row("a", phone(101), time=1), row("b", phone(102), time=2), row("c", phone(103), time=3)]
BEFORE += [row("d", phone(104), time=4), row("e", phone(104), time=5), row("f", phone(105), time=6)]
# a and b merge, d and e split, f goes, 9 comes, c stays.
AFTER = [row("a", phone(101), time=1), row("b", phone(102), phone(101), time=2), BEFORE[2]]
AFTER += [row("d", phone(104), time=4), row("e", phone(106), time=5), row("9", phone(107), time=9)]


def asking(desk: Desk) -> Any:
    def ask(operation: str, body: dict[str, Any]) -> dict[str, Any]:
        status, payload = desk.ask(SERVICE, operation, body)
        if status != 200:
            raise Refused(payload["error"])
        return payload

    return ask


def refreshed(desk: Desk, rows: list[dict[str, Any]], owner: str, link: Any = link_all) -> None:
    link(TENANT, owner, asking(desk), map(read_row, rows), DEFAULT)


def seen(desk: Desk) -> str:
    """Returns all that readers can see: lists, counts, entities, members, old ids."""
    shown = [desk.ask(NORA, "list", {"limit": 100}), desk.ask(NORA, "summary")]
    shown.append(desk.ask(NORA, "list", {"limit": 2, "offset": 1, "sort": "entity_id"}))
    shown += [desk.ask(NORA, "list", {"min_size": 2})]
    shown += [desk.ask(NORA, "lookup", {"record_id": name * 32}) for name in "abcdef9"]
    shown += [desk.ask(NORA, "lookup", {"identifier": phone(number)}) for number in range(101, 108)]
    shown += [desk.ask(SERVICE, "members", {"tenant_id": TENANT, "kind": kind}) for kind in ("record", "entity")]
    return json.dumps(shown)


def first_state() -> Desk:
    desk = Desk()
    refreshed(desk, BEFORE, "first")
    return desk


def kill_at(desk: Desk, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The `step`th write of the store is the last: it does not happen."""
    left = [step]
    for name in WRITES:
        real = getattr(MemoryCollection, name)

        def write(self: MemoryCollection, *given: Any, real: Any = real) -> Any:
            if self not in desk.collections.values() or self is desk.collections["audit"]:
                return real(self, *given)
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real(self, *given)

        monkeypatch.setattr(MemoryCollection, name, write)


# b came again and is smaller so: a and b merge; 9 is new; a judgement splits d and e.
NEW = [row("b", phone(101), phone(102), time=2), row("9", phone(107), time=9), BEFORE[2]]


def judged(desk: Desk) -> None:
    body = {"op": "add", "a": "d" * 32, "b": "e" * 32, "verdict": "not_same", "why": "two people"}
    assert desk.ask(NORA, "judgements", body)[0] == 200


@pytest.mark.parametrize(("link", "rows"), [(link_all, AFTER), (link_new, NEW)], ids=["everything", "what is new"])
def test_a_refresh_killed_at_any_step_shows_nothing_half_and_restarts_to_the_same_entities(
    link: Any, rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_state() -> Desk:
        desk = Desk()
        refreshed(desk, BEFORE, "first")
        if link is link_new:
            judged(desk)
        else:
            for owner in ("second", "third"):  # so that f leaves with the refresh that is killed
                refreshed(desk, BEFORE[:-1], owner)
        return desk

    desk = first_state()
    before, finished = seen(desk), first_state()
    old_id = desk.ask(NORA, "lookup", {"record_id": "b" * 32})[1]["entities"][0]["entity_id"]
    refreshed(finished, rows, "second", link)
    after = seen(finished)
    assert before != after
    steps = commits = again = 0
    while True:
        desk = first_state()
        with monkeypatch.context() as patch:
            kill_at(desk, steps, patch)
            try:
                refreshed(desk, rows, "killed", link)
                break
            except Killed:
                pass
        assert seen(desk) in (before, after), f"half a refresh is seen when killed at step {steps}"
        commits += seen(desk) == after
        with monkeypatch.context() as patch:
            kill_at(desk, steps // 2, patch)
            try:
                refreshed(desk, rows, "killed", link)
            except Killed:  # not where the first run was killed so late that few writes are left
                again += 1
        assert seen(desk) in (before, after), f"half a refresh is seen when killed again after step {steps}"
        refreshed(desk, rows, "killed", link)
        assert seen(desk) == after, f"the restart after step {steps} gives other entities"
        assert desk.ask(NORA, "get", {"entity_id": old_id})[1]["records"] == ["a" * 32, "b" * 32]
        left = [each["kind"] for each in desk.collections["refresh"].rows.values()]
        assert sorted(left) == ["lease", "state"]
        steps += 1
    assert steps > 15
    assert 0 < commits < steps
    assert again > steps - commits - 2, "only a run that the first one left little to do may end"


def test_two_search_heads_never_write_at_once() -> None:
    desk, ask = first_state(), asking(first_state())
    ask = asking(desk)
    number = ask("refresh", {"tenant_id": TENANT, "op": "take", "owner": "one"})["refresh"]
    with pytest.raises(Refused, match="another search stores this tenant's entities"):
        ask("refresh", {"tenant_id": TENANT, "op": "take", "owner": "two"})
    with pytest.raises(Refused, match="another search stores"):
        ask("save", {"tenant_id": TENANT, "entities": []})
    ask("refresh", {"tenant_id": TENANT, "op": "commit", "refresh": number})
    assert ask("refresh", {"tenant_id": TENANT, "op": "take", "owner": "two"})["refresh"] == number + 1


def test_a_writer_whose_lease_was_taken_over_is_refused_and_unseen() -> None:
    desk = first_state()
    before, ask = seen(desk), asking(desk)
    slow = ask("refresh", {"tenant_id": TENANT, "op": "take", "owner": "slow"})["refresh"]
    document = {"tenant_id": TENANT, "entity_id": "e_1", "size": 1, "records": ["x"], "identifiers": []}
    ask("save", {"tenant_id": TENANT, "entities": [document], "refresh": slow})
    desk.now += 301
    ask("refresh", {"tenant_id": TENANT, "op": "take", "owner": "next"})
    for operation, body in (("save", {"entities": [document]}), ("refresh", {"op": "commit"})):
        with pytest.raises(Refused, match="took the lease over"):
            ask(operation, {"tenant_id": TENANT, "refresh": slow, **body})
    assert seen(desk) == before


def test_another_tenants_refresh_is_its_own() -> None:
    desk = first_state()
    before = seen(desk)
    asking(desk)("refresh", {"tenant_id": "riverbank", "op": "take", "owner": "other"})
    asking(desk)("refresh", {"tenant_id": TENANT, "op": "take", "owner": "own"})
    assert seen(desk) == before


def test_only_the_service_may_refresh() -> None:
    assert first_state().ask(NORA, "refresh", {"tenant_id": TENANT, "op": "take", "owner": "x"})[0] == 404


@pytest.mark.parametrize("link", [link_all, link_new], ids=["everything", "what is new"])
def test_an_unchanged_set_writes_no_entity(link: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = first_state()
    written: list[str] = []
    real = MemoryCollection.batch_save

    def noted(self: MemoryCollection, rows: Any) -> Any:
        written.extend(row["_key"] for row in rows)
        return real(self, rows)

    monkeypatch.setattr(
        MemoryCollection,
        "batch_save",
        noted,
    )
    refreshed(desk, BEFORE, "again", link)
    assert {key.split(":")[1] for key in written if key.startswith(TENANT)} <= {"state", "lease"}
