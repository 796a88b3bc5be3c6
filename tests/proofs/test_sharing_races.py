"""The proof of races turns red when a mend is taken out, each at the race that it is for."""

from __future__ import annotations

import contextlib
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from minerva.administration import membership
from minerva.documents import Collection, Document
from minerva.partner import records
from minerva.partner.repeats import RUNNING, Repeats
from minerva.policy import Tenant
from minerva.sharing import copies, effects, objects, proposals, release
from minerva.sharing.objects import Held
from minerva.tenancy import day_limits
from minerva.tenancy.asking import Contradicts, Store
from minerva.tenancy.claims import alone
from minerva.vault import erasure
from proofs import sharing_races
from proofs.races.interleaving import FOREVER, Order, meet, orders

Patch = Callable[[pytest.MonkeyPatch], None]
people = sys.modules["minerva.administration.people"]  # its package gives an operation of that name


def plant(name: str, value: Any, *modules: Any) -> Patch:
    def patch(patching: pytest.MonkeyPatch) -> None:
        for module in modules:
            patching.setattr(module, name, value)

    return patch


def nothing(*_: Any) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


def moments_of_the_request(patching: pytest.MonkeyPatch) -> None:
    patching.setattr(copies, "_moment", lambda store, before: round(store.context.now, 3))


@contextlib.contextmanager
def claimed_without_a_look(store: Store, held: Held) -> Iterator[None]:
    with alone(store, held.tenant_id, f"marking:{held.what}:{held.object_id}", ""):
        yield


@contextlib.contextmanager
def looked_at_without_a_claim(store: Store, held: Held) -> Iterator[None]:
    if objects.marking_of(store, held.tenant_id, held.what, held.object_id) != held.marking:
        raise Contradicts("")
    yield


@contextlib.contextmanager
def a_dead_claim_goes_by_its_key(store: Store, tenant: Tenant) -> Iterator[None]:
    collection, key, now = store.collections["proposals"], f"{tenant.tenant_id}\0membership", store.clock()
    row: Document = {"_key": key, "kind": "claim", "owner": uuid.uuid4().hex, "expires": now + 60}
    if not collection.insert(row):
        held = collection.get(key)
        if held is not None and held["expires"] <= now:
            collection.delete({"_key": key})
        if not collection.insert(row):
            raise Contradicts("")
    yield
    collection.discard({"owner": row["owner"]})


def a_dead_request_goes_by_its_key(self: Repeats, given: str, asked: str, now: float) -> tuple[int, Any] | None:
    row = {"_key": self._key_of(given), "state": "running", **self._row(asked, now + RUNNING)}
    for _ in range(2):
        if self.collection.insert(row):
            return None
        held = self.collection.get(row["_key"])
        if held is not None and held["expires"] < now:
            self.collection.delete({"_key": row["_key"]})
            continue
        return self._held(held or row, row)
    return self._held(row, row)


def written_before_it_is_claimed(marks: Collection, row: Document) -> bool:
    return True


def saved_over(store: Store, what: str, amount: int, limit: int) -> bool:
    total = day_limits.used(store, what) + amount
    if total > limit:
        return False
    row = {"_key": what, "who": day_limits._who(store, what), "day": day_limits._day(store), "number": 9}
    store.collections["budgets"].batch_save([{**row, "total": total}])
    return True


NOT_AGAIN: Patch = plant("ROUNDS", 1, effects)
NO_CARE: Patch = plant("undecided", nothing, proposals, erasure)
MENDS: dict[str, tuple[Patch, str]] = {
    "a mark does not look again": (NOT_AGAIN, "a recall beside a mark"),
    "the re-release does not look again": (NOT_AGAIN, "a recall beside the re-release"),
    "a release does not look again": (NOT_AGAIN, "a recall beside the release"),
    "a release does not look at the marking again": (NOT_AGAIN, "a mark beside a release"),
    "of two marks none looks again": (NOT_AGAIN, "a mark beside another"),
    "a tombstone has the time of its request": (moments_of_the_request, "a recall beside a mark"),
    "a release does not look for an erasure": (
        plant("is_erased", lambda *_: False, effects), "an erasure beside a release",
    ),
    "a proposal does not look for an erasure": (
        plant("_need_unerased", lambda *_: None, proposals), "an erasure beside a proposal",
    ),
    "markings are changed without care": (NO_CARE, "an erasure beside a mark"),
    "holds are set without care": (NO_CARE, "an erasure beside a hold"),
    "a mark may undo a hold": (NO_CARE, "a mark beside a hold"),
    "a marking is claimed and not looked at": (
        plant("undecided", claimed_without_a_look, proposals, erasure), "a mark beside a hold",
    ),
    "a marking is looked at and not claimed": (
        plant("undecided", looked_at_without_a_claim, proposals, erasure), "a mark beside a hold",
    ),
    "members are changed side by side": (
        plant("nobody_else", nothing, people, membership), "two remove each other",
    ),
    "an asker who was removed meanwhile goes on": (
        plant("need_administrator", lambda *_: None, people, membership), "a removal beside a demotion",
    ),
    "the last administrator is demoted": (
        plant("need_another_administrator", lambda *_: None, membership), "two step down",
    ),
    "a dead claim goes by its key": (
        plant("nobody_else", a_dead_claim_goes_by_its_key, people, membership), "a removal beside a demotion",
    ),
    "approvals of people removed since count": (
        plant("standing_approvals", proposals.approvals_of, release), "a removal beside a release",
    ),
    "a record is written before it is claimed": (
        plant("_claim", written_before_it_is_claimed, records), "equal records",
    ),
    "a batch is written before it is claimed": (
        plant("_claim", written_before_it_is_claimed, records), "a record beside a batch with it",
    ),
    "a dead request goes by its key": (
        plant("begin", a_dead_request_goes_by_its_key, Repeats), "equal requests after a dead one",
    ),
    "totals of a day are saved over each other": (plant("add", saved_over, day_limits), "two exports at once"),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDS)
def test_a_mend_taken_out_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    patch, race = MENDS[name]
    sharing_races.met_orders()  # what the race begins with is made as it should be
    patch(monkeypatch)
    assert sharing_races.failures(race)


@pytest.mark.full
@pytest.mark.parametrize("name", sharing_races.RACES)
def test_no_order_goes_wrong(name: str) -> None:
    assert sharing_races.failures(name, most=10) == []


def test_every_race_has_a_mend_and_every_mend_a_race() -> None:
    without = {"an erasure beside the re-release", "equal records after a dead request"}
    assert {race for _, race in MENDS.values()} == set(sharing_races.RACES) - without


def test_an_order_changes_hands_where_it_says() -> None:
    told: list[str] = []

    def speaks(name: str, times: int) -> Callable[[Callable[[], None]], str]:
        def run(before: Callable[[], None]) -> str:
            for number in range(times):
                before()
                told.append(f"{name}{number}")
            return name

        return run

    for order, wanted in (
        (Order(0, 2, 1), "a0 a1 b0 a2 b1 b2"), (Order(1, 1, FOREVER), "b0 a0 a1 a2 b1 b2"),
        (Order(0, 0, 2), "b0 b1 a0 a1 a2 b2"), (Order(0, 9, 1), "a0 a1 a2 b0 b1 b2"),
    ):  # fmt: skip
        told.clear()
        met, calls = meet((speaks("a", 3), speaks("b", 3)), order)
        assert (" ".join(told), calls, met.results) == (wanted, [3, 3], ("a", "b"))
    assert len(list(orders([3, 3]))) == 2 * 4 * 4
