"""Two people at once, in every order of their calls to the store that changes hands twice: no order leaves a copy that
nobody may read, content of what was erased, a decision undone, an institution without administrator, a record twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from minerva.partner.problem import Problem
from minerva.policy import Subject
from proofs.model import Outcome, Proof, drawn
from proofs.races.interleaving import FOREVER, Met, Order, meet, orders
from proofs.races.worlds import (
    AD,
    ADA,
    BEN,
    CLEO,
    MOST,
    Answers,
    ApiWorld,
    Exports,
    Seat,
    World,
    a_week_old,
    agreed_to,
    marked,
    released,
    stepping_down,
    with_a_dead_change,
    with_a_dead_request,
    with_dead_writers,
    with_proposal,
)
from tests.partner import world as api
from tests.sharing.desk import SERVICE, STATED


@dataclass(frozen=True)
class Race:
    """Two operations that meet in a prepared world, and what is wrong with what they leave."""

    name: str
    prepare: Callable[[], Any]
    first: Callable[[Any, Seat], Any]
    second: Callable[[Any, Seat], Any]
    wrong: Callable[[Any, Met], list[str]]

    def run(self, order: Order) -> list[str]:
        """What is wrong after both have ended."""
        world = _prepared(self.name).copy()
        try:
            met, _ = meet((partial(_sit, self.first, world), partial(_sit, self.second, world)), order)
        except Exception as error:  # nothing that somebody else does may break a request
            return [f"one of them failed: {error!r}"]
        return self.wrong(world, met)

    def calls(self) -> list[int]:
        """How many calls each makes, alone or after the other, whichever are more."""
        found = [0, 0]
        for operations in ((self.first, self.second), (self.first, _rest), (_rest, self.second)):
            for begins in (0, 1):
                world = _prepared(self.name).copy()
                seated = tuple(partial(_sit, each, world) for each in operations)
                calls = meet(seated, Order(begins, FOREVER, FOREVER))[1]
                found = [max(pair) for pair in zip(found, calls, strict=True)]
        return found


def _sit(operation: Callable[[Any, Seat], Any], world: Any, before: Callable[[], None]) -> Any:
    return operation(world, world.seat(before))


def _rest(world: Any, seat: Seat) -> None:
    """Does nothing, so that the other is alone."""


@cache
def _prepared(name: str) -> Any:
    return RACES[name].prepare()


def mark_to(level: str) -> Callable[[World, Seat], Any]:
    return lambda world, seat: seat(CLEO, "mark", entity_id="e_1", level=level, **STATED)


def recall(world: World, seat: Seat) -> Any:
    return seat(CLEO, "recall", grant_id=world.noted["grant_id"])


def recall_what_is_there(world: World, seat: Seat) -> Any:
    live = seat(CLEO, "grants", live=True)[1]["grants"]
    return [seat(CLEO, "recall", grant_id=each["grant_id"]) for each in live]


def release(world: World, seat: Seat) -> Any:
    return seat(CLEO, "release", proposal_id=world.noted["proposal"]["proposal_id"])


def rerelease(world: World, seat: Seat) -> Any:
    return seat(SERVICE, "rerelease")


def propose(world: World, seat: Seat) -> Any:
    body = {"entity_id": "e_1", "to": "ring", "level": "L3", "fields": ["infrastructure"]}
    return seat(CLEO, "propose", **body, **STATED)


def erase(world: World, seat: Seat) -> Any:
    return seat(ADA, "erase", entity_id="e_1")


def hold(world: World, seat: Seat) -> Any:
    return seat(BEN, "hold", entity_id="e_1")


def remove(asker: Subject, person: str) -> Callable[[World, Seat], Any]:
    return lambda world, seat: seat(asker, "people_remove", person=person)


def apply(asker: Subject) -> Callable[[World, Seat], Any]:
    return lambda world, seat: seat(asker, "people_apply", proposal_id=world.noted[asker.user])


def as_read(world: World, met: Met) -> list[str]:
    return world.shown()


def withdrawn(world: World, met: Met) -> list[str]:
    """What is wrong where what was released has been recalled."""
    found = world.shown() + [f"{each['copy_id']} stands" for each in world.standing("s_north")]
    tokens = [row for row in world.rows("tokens").values() if row["tenant_id"]]  # decoys are of no institution
    return found + [f"a token of {row['grant_id']} stands" for row in tokens]


def forgotten(world: World, met: Met) -> list[str]:
    """What is wrong where an erasure was answered with its certificate."""
    if met.results[0][0] != 200:
        return world.shown()
    found = world.traces() + world.shown()
    proposals = [row for row in world.rows("proposals").values() if row["kind"] == "proposal"]
    found += [f"{row['proposal_id']} about what was erased stands" for row in proposals]
    row = world.marking()
    if not row["erased"] or row["level"] != "L0" or row["history"]:
        found.append(f"the marking of what was erased says {row['level']}, erased {row['erased']}")
    return found


def held(world: World, met: Met) -> list[str]:
    """What is wrong where the second was told that it has set a hold."""
    if met.results[1][0] != 200 or (world.marking()["legal_hold"] and not world.marking()["erased"]):
        return []
    return ["a legal hold was set and is gone" if not world.marking()["erased"] else "what is held was erased"]


def administered(world: World, met: Met) -> list[str]:
    """What is wrong where each takes from the other, or from the last one, what both need."""
    both = {each[0] for each in met.results} == {200}
    found = ["each was told that the other has lost their standing"] if both else []
    return found if world.administrators() else [*found, "nobody administers the institution"]


def no_approval_of_one_removed(world: World, met: Met) -> list[str]:
    late = met.after(1, 0) and met.results[0][0] == 200 and met.results[1][0] == 200
    return ["released on the approval of somebody who had been removed"] if late else []


def post_record(world: ApiWorld, seat: Seat) -> Any:
    return seat(api.person("northfield"), "/records", AD)


def post_records(world: ApiWorld, seat: Seat) -> Any:
    return seat(api.person("northfield"), "/records/bulk", {"records": [AD, {**AD, "key": "2"}]})


def stored_once(world: ApiWorld, met: Met) -> list[str]:
    keys = [record.record_id for _, record in world.written]
    good = keys and len(keys) == len(set(keys))
    return [] if good else [f"{len(keys)} records were written, {len(set(keys))} of them once"]


def ask_again(world: Answers, seat: Seat) -> Any:
    repeats = seat()
    try:
        if repeats.begin("key-0001", "asked", world.now) is not None:
            return 200
    except Problem as problem:
        return problem.status
    world.ran += 1
    repeats.keep("key-0001", "asked", world.now, 201, {})
    return 201


def run_once(world: Answers, met: Met) -> list[str]:
    return [] if world.ran == 1 else [f"a request sent twice was carried out {world.ran} times"]


def export(rows: int) -> Callable[[Exports, Seat], Any]:
    return lambda world, seat: rows if seat(rows) else 0


def within_the_day(world: Exports, met: Met) -> list[str]:
    total = world.before + sum(met.results)
    return [] if MOST - 30 < total <= MOST else [f"{total} rows of {MOST} were exported"]


RACES = {
    each.name: each
    for each in (
        Race("a recall beside a mark", lambda: released("L1"), mark_to("L6"), recall, withdrawn),
        Race("a recall beside the re-release", a_week_old, rerelease, recall, withdrawn),
        Race("a recall beside the release", with_proposal, release, recall_what_is_there, as_read),
        Race("a mark beside a release", with_proposal, release, mark_to("L1"), as_read),
        Race("a mark beside another", lambda: released("L1"), mark_to("L6"), mark_to("L2"), as_read),
        Race("an erasure beside a release", with_proposal, erase, release, forgotten),
        Race("an erasure beside a proposal", marked, erase, propose, forgotten),
        Race("an erasure beside a mark", released, erase, mark_to("L5"), forgotten),
        Race("an erasure beside the re-release", a_week_old, erase, rerelease, forgotten),
        Race("an erasure beside a hold", marked, erase, hold, held),
        Race("a mark beside a hold", marked, mark_to("L2"), hold, held),
        Race("two remove each other", World, remove(ADA, "ben"), remove(BEN, "ada"), administered),
        Race("two step down", stepping_down, apply(ADA), apply(BEN), administered),
        Race("a removal beside a demotion", with_a_dead_change, remove(ADA, "ben"), apply(BEN), administered),
        Race("a removal beside a release", agreed_to, remove(ADA, "ben"), release, no_approval_of_one_removed),
        Race("equal records", ApiWorld, post_record, post_record, stored_once),
        Race("a record beside a batch with it", ApiWorld, post_records, post_record, stored_once),
        Race("equal records after a dead request", with_dead_writers, post_record, post_record, stored_once),
        Race("equal requests after a dead one", with_a_dead_request, ask_again, ask_again, run_once),
        Race("two exports at once", lambda: Exports(60), export(30), export(35), within_the_day),
    )
}


@cache
def met_orders() -> list[tuple[str, Order]]:
    """Every race in every order."""
    return [(name, order) for name, race in RACES.items() for order in orders(race.calls())]


def failures(name: str, most: int = 1) -> list[str]:
    """What is wrong in some order of one race, until so many lines are found."""
    found: list[str] = []
    for order in orders(RACES[name].calls()):
        found += [f"{name}, {order}: {line}" for line in RACES[name].run(order)]
        if len(found) >= most:
            break
    return found


def run(seed: int, batch: int, size: int) -> Outcome:
    """A full run goes through all orders; the batch beyond draws some of them."""
    chosen = drawn(met_orders(), seed, batch, size, BATCH)
    found = [f"{name}, {order}: {line}" for name, order in chosen for line in RACES[name].run(order)]
    return Outcome(len(chosen), found)


BATCH = 500
PROOF = Proof(
    name="sharing_races",
    claim="whoever recalls, marks, releases, erases, holds, administers or submits beside another, in no order of "
    "their calls with two changes of hands a copy stays that nobody may read, or more or less than each was told",
    unit="orders",
    target=len(met_orders()),
    batch=BATCH,
    slice=400,
    run=run,
)  # fmt: skip
