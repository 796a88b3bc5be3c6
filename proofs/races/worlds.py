"""The worlds in which two people meet: each can be copied, and gives seats whose calls to the store wait for a turn."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from minerva import services
from minerva.audit import Trail
from minerva.documents import MemoryCollection
from minerva.partner.api import Request, answer
from minerva.partner.repeats import Repeats
from minerva.policy import Subject
from minerva.tenancy import day_limits
from minerva.tenancy.asking import Store
from proofs.races.interleaving import Watched, called
from proofs.sharing_model import Quiet
from tests.administration.house import House
from tests.partner import world as api
from tests.sharing.desk import DAY, EMAIL, PHONE, STATED, Desk, who

TICK, MOST = 0.002, 100
ADA, BEN, CLEO = who("river", "admin", "ada"), who("river", "admin", "ben"), who("river", "analyst", "cleo")
AD = {"record_type": "ad", "source": "site", "key": "1", "text": "one text", "marking": {"level": "L0"}}
Seat = Callable[..., Any]
"""Asks as one of the two: (who, operation, body) -> status and answer."""


class World(House):
    """An institution's people, with a clock that each look moves on, and whatever `noted` holds for a race."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: dict[str, Any] = {}

    def store(self, subject: Subject) -> Store:
        return replace(super().store(subject), clock=self._tick, trail=Trail(Quiet(), b"key"), directory=self.users)

    def _tick(self) -> float:
        self.now += TICK
        return self.now

    def copy(self) -> World:
        """The same, to be changed."""
        made = World()
        for name in self.collections:
            made.rows(name).update(self.rows(name))
        made.events, made.now, made.noted = [*self.events], self.now, dict(self.noted)
        made.users.held, made.users.jobs = dict(self.users.held), dict(self.users.jobs)
        made.users.given = {user: [*tokens] for user, tokens in self.users.given.items()}
        return made

    def seat(self, before: Callable[[], None]) -> Seat:
        """Asks with a stop before each call that leaves the process."""

        def ask(subject: Subject, operation: str, **body: Any) -> tuple[int, dict[str, Any]]:
            store = self.store(subject)
            store = replace(
                store, collections={name: Watched(each, before) for name, each in self.collections.items()},
                write_event=called(store.write_event, before), directory=Watched(self.users, before),
            )  # fmt: skip
            found = services.answer(operation, body, store)
            return found.status, found.payload

        return ask

    def proposed(self, **body: Any) -> dict[str, Any]:
        """What cleo proposes of e_1."""
        given = {"entity_id": "e_1", "to": "ring", "level": "L3", "fields": ["infrastructure"], **STATED, **body}
        found: dict[str, Any] = self.good(CLEO, "propose", **given)["proposal"]
        return found

    def shown(self) -> list[str]:
        """What differs between what north may read and what stands in its index."""
        may = sorted(item["share_id"] for item in self.good(who("north"), "shared", **STATED)["items"])
        stands = sorted(event["share_id"] for event in self.standing("s_north"))
        return [] if may == stands else [f"north may read {may}, and {stands} stand in its index"]

    def standing(self, index: str) -> list[dict[str, Any]]:
        """As the macro reads: the newest by its moment, at the same moment a tombstone before a copy."""
        newest: dict[str, tuple[str, dict[str, Any]]] = {}
        events = sorted(self.events, key=lambda each: (each[2]["moment"], each[1] == "minerva:recall"))
        for place, kind, event in events:
            if place == index:
                newest[event["copy_id"]] = kind, event
        return [event for kind, event in newest.values() if kind == "minerva:release" and event["expires"] > self.now]

    def traces(self) -> list[str]:
        """Where something of e_1 is still stored."""
        found = []
        for name in self.collections:
            text = json.dumps(list(self.rows(name).values()))
            found += [f"{name} holds {trace}" for trace in (PHONE, EMAIL, "Jen Example") if trace in text]
        return found

    def marking(self) -> dict[str, Any]:
        return self.rows("markings")["river:entity:e_1"]

    def administrators(self) -> list[str]:
        return [user for user, person in self.users.held.items() if "river_admin" in person.roles]


def marked(level: str = "L6") -> World:
    world = World()
    world.entity()
    world.good(CLEO, "mark", entity_id="e_1", level=level, **STATED)
    return world


def released(level: str = "L6") -> World:
    world = marked()
    made = world.good(CLEO, "release", proposal_id=world.proposed()["proposal_id"])
    world.noted["grant_id"] = made["grant"]["grant_id"]
    if level != "L6":
        world.good(CLEO, "mark", entity_id="e_1", level=level, **STATED)
    return world


def a_week_old() -> World:
    world = released()
    world.now += 8 * DAY
    return world


def with_proposal(**body: Any) -> World:
    world = marked()
    world.noted["proposal"] = world.proposed(**body)
    return world


def agreed_to() -> World:
    world = with_proposal(level="L4")
    proposal = world.noted["proposal"]
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    world.good(BEN, "approve", **yes)
    return world


def stepping_down(other: bool = False) -> World:
    """Both administrators are to be analysts; `other`: each carries out what is meant for the other."""
    world = World()
    for asker, person in ((ADA, "ben" if other else "ada"), (BEN, "ada" if other else "ben")):
        made = world.good(asker, "people_propose", person=person, standing="analyst")["proposal"]
        yes = {"proposal_id": made["proposal_id"], "content_hash": made["content_hash"]}
        world.good(CLEO, "people_approve", **yes)
        world.noted[asker.user] = made["proposal_id"]
    return world


def with_a_dead_change() -> World:
    world = stepping_down(other=True)
    world.users.add("dora", "river_admin")
    world.collections["proposals"].insert({
        "_key": "river\0membership", "kind": "claim", "tenant_id": "river", "owner": "dead", "time": world.now - 90,
        "expires": world.now - 30,
    })  # fmt: skip
    return world


class ApiWorld(api.World):
    """The partner API; `noted` holds the records that a dead request has claimed."""

    def copy(self) -> ApiWorld:
        """The same, to be changed."""
        made = ApiWorld()
        for name, held in self.own.items():
            made.own[name].rows.update(held.rows)
        made.now = self.now
        return made

    def seat(self, before: Callable[[], None]) -> Seat:
        """POSTs a record with a stop before each call that leaves the process."""

        def post(subject: Subject, path: str, body: Any) -> int:
            desk = self.desk(subject)
            store = replace(
                desk.store, trail=Trail(Quiet(), b"key"),
                collections={name: Watched(each, before) for name, each in self.stored.items()},
            )  # fmt: skip
            desk = replace(
                desk, store=store, collections={name: Watched(each, before) for name, each in self.own.items()},
                write_records=called(desk.write_records, before),
            )  # fmt: skip
            return answer(Request("POST", path, (), {}, json.dumps(body)), desk, "r" * 32).status

        return post


def with_dead_writers() -> ApiWorld:
    world = ApiWorld()
    world.ask(api.person("northfield"), "POST", "/records", AD)
    rows = world.own["submissions"].rows
    rows.update({key: {**row, "owner": "dead", "expires": world.now - 1} for key, row in rows.items()})
    return world


class Answers:
    """The kept answers of the API, with one whose request died."""

    def __init__(self) -> None:
        self.kept, self.ran, self.now = MemoryCollection(), 0, 1_700_000_000.0

    def copy(self) -> Answers:
        """The same, to be changed."""
        made = Answers()
        made.kept.rows.update(self.kept.rows)
        return made

    def seat(self, before: Callable[[], None]) -> Seat:
        """The answers of a caller with a stop before each call to the store."""
        return lambda: Repeats(Watched(self.kept, before), b"key", "user", ["northfield"])


def with_a_dead_request() -> Answers:
    world = Answers()
    Repeats(world.kept, b"key", "user", ["northfield"]).begin("key-0001", "asked", world.now - 90)
    return world


class Exports:
    """What a person has exported of the day's 100 rows."""

    def __init__(self, before: int = 0) -> None:
        self.desk, self.before = Desk(), before
        if before:
            day_limits.add(self._store(), day_limits.EXPORTED, before, MOST)

    def copy(self) -> Exports:
        """The same, to be changed."""
        return Exports(self.before)

    def seat(self, before: Callable[[], None]) -> Seat:
        """Exports so many rows; whether that was counted."""
        store = self._store()
        watched = {name: Watched(each, before) for name, each in self.desk.collections.items()}
        return lambda rows: day_limits.add(replace(store, collections=watched), day_limits.EXPORTED, rows, MOST)

    def _store(self) -> Store:
        store = self.desk.store(CLEO)
        return replace(store, context=replace(store.context, now=self.desk.now))
