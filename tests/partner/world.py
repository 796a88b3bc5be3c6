"""The partner API over collections in memory: three institutions with people, records, a clock that tests move."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from minerva import services
from minerva.audit import AuditError, Ledger, Trail
from minerva.documents import MemoryCollection
from minerva.linking.model import DEFAULT, read_row
from minerva.partner.api import Reply, Request, answer
from minerva.partner.desk import COLLECTIONS, Desk
from minerva.partner.limits import Claims, Limits
from minerva.policy import Context, Group, Subject, Tenant
from minerva.records import Record
from minerva.tenancy.asking import Store
from minerva.tenancy.directory import Person
from minerva.tenancy.rebuild.entity_store import answer as ask_store
from minerva.tenancy.rebuild.link_run import link_all
from tests.sharing.desk import Askers

KEY, AUDIT_KEY = b"a key of the partner api for tests", b"an audit key for tests"
TENANTS = ("northfield", "riverbank", "harbor")
SERVICE = Subject("minerva_service", frozenset(["minerva_service"]), frozenset(["minerva_query", "minerva_write"]))
PHONE, EMAIL, ALONE = "phone:+14155550123", "email:jen@mail.example", "email:x@mail.example"
ROWS = [
    {"record_id": "a" * 32, "source_id": "ads", "record_type": "ad", "identifier": [PHONE, EMAIL], "name": "Jen Doe",
     "time": 10},
    {"record_id": "b" * 32, "source_id": "ads", "record_type": "ad", "identifier": [PHONE], "time": 20},
    {"record_id": "c" * 32, "source_id": "ads", "identifier": [ALONE], "time": 99},
]  # fmt: skip
STATED = {"minerva-purpose": "investigation", "minerva-case": "NF-7"}


def tenant(name: str, **more: Any) -> Tenant:
    more = {"match": "community", "summary_index": f"mnv_s_{name}", **more}
    return Tenant(
        name, f"mnv_t_{name}", f"minerva_{name}_analyst", f"minerva_{name}_admin", name.title(),
        f"minerva_{name}_partner", **more,
    )  # fmt: skip


def person(name: str, standing: str = "partner") -> Subject:
    roles = frozenset([f"minerva_{name}_{standing}"])
    return Subject(f"{name}_{standing}", roles, frozenset(["minerva_query"]))


class Broken(MemoryCollection):
    """A collection whose inserts fail, as an audit that cannot be written."""

    def insert(self, document: Any) -> bool:
        raise AuditError("broken for a test")


class World:
    """`written` holds the records that were indexed, by index. `limits` are those of every institution."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.stored = {name: MemoryCollection() for name in services.COLLECTIONS}
        self.own = {name: self.stored.get(name, MemoryCollection()) for name in COLLECTIONS}
        self.tenants = {name: tenant(name) for name in TENANTS}
        self.written: list[tuple[str, Record]] = []
        self.now = 1_700_000_000.0
        self.limits = dict.fromkeys(TENANTS, limits or Limits(1_000_000, 1_000_000))
        self.claims: Claims = {}
        self.askers = Askers()

    def store(self, subject: Subject) -> Store:
        self.askers.held[subject.user] = Person(subject.user, "", subject.roles)
        trail = Trail(Ledger(self.stored["audit"], AUDIT_KEY, wait=lambda seconds: None), AUDIT_KEY)
        context = Context(self.tenants, {"ring": Group("ring", frozenset(TENANTS[:2]), index="mnv_g_ring")})
        return Store(
            subject, context, self.stored, lambda: self.now, lambda *_: None, trail,
            secret=lambda name: hashlib.sha256(name.encode()).digest(),
            directory=self.askers,
        )  # fmt: skip

    def desk(self, subject: Subject, claims: Claims | None = None) -> Desk:
        memory = self.claims if claims is None else claims
        return Desk(self.store(subject), self.own, KEY, self._write, self.limits, memory)

    def _write(self, index: str, records: Sequence[Record]) -> None:
        self.written += [(index, record) for record in records]

    def reply(self, subject: Subject, method: str, path: str, body: Any = None, **given: Any) -> Reply:
        """`body` is sent as JSON unless it is text; `given` holds headers and query."""
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        headers: Mapping[str, str] = given.get("headers", {})
        query = tuple((name, str(value)) for name, value in given.get("query", {}).items())
        desk = self.desk(subject, given.get("claims"))
        return answer(Request(method, path, query, headers, text), desk, "r" * 32)

    def ask(self, subject: Subject, method: str, path: str, body: Any = None, **given: Any) -> tuple[int, Any]:
        found = self.reply(subject, method, path, body, **given)
        return found.status, json.loads(found.payload)

    def link(self, name: str, rows: list[dict[str, Any]] | None = None) -> None:
        """Links and stores rows as the scheduled search of an institution does."""

        def ask(operation: str, body: dict[str, Any]) -> Mapping[str, Any]:
            found = ask_store(operation, body, self.store(SERVICE))
            assert found.status == 200
            return found.payload

        link_all(name, "test", ask, map(read_row, ROWS if rows is None else rows), DEFAULT)

    def entries(self) -> list[dict[str, Any]]:
        """The audit's entries, oldest first."""
        rows = sorted(self.stored["audit"].rows.values(), key=lambda row: (row["chain"], row["number"]))
        return [json.loads(row["entry"]) for row in rows if row["kind"] == "entry"]

    def lead(self, name: str = "northfield", identifier: str = PHONE) -> str:
        """The institution's entity that holds an identifier, marked L5; its id."""
        analyst = person(name, "analyst")
        found = self.ask(analyst, "POST", "/identifiers/lookup", {"identifiers": [identifier]})[1]
        entity = str(found["results"][0]["entities"][0]["entity_id"])
        assert self.ask(analyst, "POST", "/markings", {"entity_id": entity, "level": "L5"}, headers=STATED)[0] == 200
        return entity

    def proposed(self, entity: str, name: str = "northfield", level: str = "L3") -> dict[str, Any]:
        """A proposal of the institution's analyst, to the group."""
        body = {"entity_id": entity, "to": "ring", "level": level, "fields": ["infrastructure", "statistics"]}
        status, made = self.ask(person(name, "analyst"), "POST", "/proposals", body, headers=STATED)
        assert status == 201
        return dict(made)

    def released(self, entity: str, name: str = "northfield") -> str:
        """A release of the entity to the group, redacted; the grant's id."""
        proposal = self.proposed(entity, name)["proposal_id"]
        status, made = self.ask(person(name, "analyst"), "POST", f"/proposals/{proposal}/release", {}, headers=STATED)
        assert status == 201
        return str(made["grant"]["grant_id"])
