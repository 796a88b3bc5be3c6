"""A store of institutions over collections in memory, asked as a door asks: who, which operation, which body."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from minerva import services
from minerva.audit import Ledger, Trail
from minerva.documents import Collection, Document, MemoryCollection
from minerva.policy import Context, Group, Subject, Tenant
from minerva.tenancy.asking import Store
from minerva.tenancy.directory import Jobs, NoDirectory, Person

KINDS = {
    "north": "police", "river": "ngo", "bank": "company", "school": "university", "desk": "operator", "west": "police",
}  # fmt: skip
SHELVES = {"university": frozenset({"community"}), "operator": frozenset[str]()}
GROUPS = {"ring": ("north", "river", "school"), "pair": ("north", "river"), "far": ("west", "bank")}
SERVICE = Subject("minerva_service", frozenset(["minerva_service"]), frozenset(["minerva_query", "minerva_write"]))
STATED = {"purpose": "investigation", "case": "C-17"}
PHONE, EMAIL = "phone:+14155550123", "email:jen@mail.example"
DAY = 86_400.0


def tenant(name: str, kind: str, **changes: Any) -> Tenant:
    made = Tenant(
        name, f"t_{name}", f"{name}_analyst", f"{name}_admin", name.title(), f"{name}_partner", kind,
        match="community", summary_index=f"s_{name}", shelves=SHELVES.get(kind, frozenset({"group", "community"})),
    )  # fmt: skip
    return replace(made, **changes)


def who(name: str, standing: str = "analyst", user: str = "") -> Subject:
    """Somebody of an institution: "river", "river_admin"..."""
    return Subject(user or f"{name}_{standing}", frozenset([f"{name}_{standing}"]), frozenset(["minerva_query"]))


class Refusing:
    """A collection that takes nothing, as one whose disk is full."""

    def insert(self, document: Document) -> bool:
        raise OSError("no space left")

    def __getattr__(self, name: str) -> Any:
        return getattr(MemoryCollection(), name)


class Askers(NoDirectory):
    """Whoever has asked so far, with the roles that they had when they asked last."""

    def __init__(self) -> None:
        self.held: dict[str, Person] = {}

    def people(self) -> list[Person]:
        return list(self.held.values())

    def person(self, user: str) -> Person | None:
        return self.held.get(user)

    def delete_jobs(self, user: str, finished: bool = False) -> Jobs:
        return Jobs(0, 0)


class Plenty(dict[str, tuple[int, int]]):
    """A process that has taken as many of everybody's requests of the day as anybody may send."""

    def get(self, who: str, default: Any = None) -> Any:
        return default[0], 10**9


class Desk:
    """Everything of an installation that the services touch. `events`: (index, sourcetype, event) as written."""

    def __init__(self) -> None:
        self.collections: dict[str, Collection] = {name: MemoryCollection() for name in services.COLLECTIONS}
        self.events: list[tuple[str, str, dict[str, Any]]] = []
        self.askers = Askers()
        self.shares: dict[str, tuple[int, int]] = Plenty()
        self.folder: Path | None = None
        self.now = 1_700_000_000.0
        tenants = {name: tenant(name, kind) for name, kind in KINDS.items()}
        groups = {name: Group(name, frozenset(members), index=f"g_{name}") for name, members in GROUPS.items()}
        self.context = Context(tenants, groups, community_index="community")

    def change(self, name: str, **changes: Any) -> None:
        """Changes an institution as its conf stanza would."""
        tenants = {**self.context.tenants, name: replace(self.context.tenants[name], **changes)}
        self.context = replace(self.context, tenants=tenants)

    def regroup(self, group: str, *members: str) -> None:
        """Sets a group's members."""
        held = self.context.groups.get(group, Group(group, frozenset(), index=f"g_{group}"))
        groups = {**self.context.groups, group: replace(held, members=frozenset(members))}
        self.context = replace(self.context, groups=groups)

    def store(self, subject: Subject) -> Store:
        key = b"audit key"
        self.askers.held[subject.user] = Person(subject.user, "", subject.roles)
        return Store(
            subject, self.context, self.collections, lambda: self.now,
            lambda index, kind, text: self.events.append((index, kind, json.loads(text))),
            Trail(Ledger(self.collections["audit"], key, wait=lambda seconds: None), key),
            secret=lambda name: hashlib.sha256(name.encode()).digest(),
            directory=self.askers, shares=self.shares, folder=self.folder,
        )  # fmt: skip

    def ask(self, subject: Subject, operation: str, /, **body: Any) -> tuple[int, dict[str, Any]]:
        """Status and answer."""
        found = services.answer(operation, body, self.store(subject))
        return found.status, json.loads(json.dumps(found.payload))

    def got(self, subject: Subject, operation: str, /, **body: Any) -> dict[str, Any]:
        """The answer of a request that has to be permitted."""
        status, payload = self.ask(subject, operation, **body)
        assert status == 200, payload
        return payload

    def rows(self, collection: str) -> dict[str, Document]:
        held = self.collections[collection]
        assert isinstance(held, MemoryCollection)
        return held.rows

    def entity(self, name: str = "river", entity_id: str = "e_1", **changes: Any) -> str:
        """Stores an entity of an institution; returns its id."""
        document = {
            "entity_id": entity_id, "tenant_id": name, "size": 2, "records": ["a" * 32, "b" * 32],
            "identifiers": ["age:19", EMAIL, PHONE], "kinds": {"email": 1, "phone": 1}, "names": ["Jen Example"],
            "cities": ["Springfield"], "record_types": {"ad": 2}, "sources": {"ads": 2}, "explanation": "one phone",
            "joins": [{"a": "a" * 32, "b": "b" * 32, "rule": "phone", "strength": 1.0, "why": PHONE}],
            "first_time": 10, "last_time": 20, **changes,
        }  # fmt: skip
        assert self.ask(SERVICE, "save", tenant_id=name, entities=[document])[0] == 200
        return entity_id

    def marked(self, name: str = "river", level: str = "L6", **changes: Any) -> str:
        """An entity whose owner allows it up to a level."""
        entity_id = self.entity(name)
        self.got(who(name), "mark", entity_id=entity_id, level=level, **STATED, **changes)
        return entity_id

    def released(self, name: str = "river", level: str = "L3", to: str = "ring", **changes: Any) -> str:
        """Releases the institution's marked entity, with whatever approvals it needs; returns the grant's id."""
        body = {"entity_id": "e_1", "to": to, "level": level, "fields": ["infrastructure", "statistics"], **STATED}
        proposal = self.got(who(name), "propose", **{**body, **changes})["proposal"]
        for number in range(proposal["preview"]["needs_approvals"]):
            yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
            self.got(who(name, "admin", f"second{number}"), "approve", **yes)
        grant = self.got(who(name), "release", proposal_id=proposal["proposal_id"])["grant"]
        return str(grant["grant_id"])

    def seen(self, name: str, **body: Any) -> list[dict[str, Any]]:
        """What an institution's analyst sees of others."""
        found: list[dict[str, Any]] = self.got(who(name), "shared", **STATED, **body)["items"]
        return found

    def standing(self, index: str) -> list[dict[str, Any]]:
        """What the macro minerva_shared leaves of an index: the newest of each copy, if it is no tombstone."""
        newest = {event["copy_id"]: (kind, event) for place, kind, event in self.events if place == index}
        return [event for kind, event in newest.values() if kind == "minerva:release" and event["expires"] > self.now]
