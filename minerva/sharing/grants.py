"""Grants as the store keeps them: written once with what was released; an end (recall, expiry, erasure) is a document
of its own, so that no writer can undo it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from minerva.documents import Document, find_all
from minerva.policy import COMMUNITY, EVERYONE, Context, Grant, Level, Object
from minerva.policy.model import Approval
from minerva.sharing.content import Content, bound
from minerva.sharing.objects import many, marked_object, marking_key
from minerva.tenancy.asking import Absent, Store

LIVE, RECALLED, EXPIRED, ERASED = "live", "recalled", "expired", "erased"
SHARE = "share"
"""The act of a proposal that can become a grant."""
AT_ONCE = 16
"""Releases that are looked up together: fewer cost the same requests, so that their time does not tell how many."""


@dataclass(frozen=True)
class Released:
    """One grant as it stands: its document, its end if it has one, and the policy's view of both."""

    document: Document
    end: Document | None
    obj: Object
    """The released snapshot as an object of the policy, with this one grant."""

    @property
    def grant(self) -> Grant:
        return self.obj.grants[0]

    @property
    def content(self) -> Content:
        found: Content = self.document["content"]
        return found

    def state(self, now: float) -> str:
        """live, recalled, expired or erased."""
        if self.end is not None:
            return str(self.end["why_ended"])
        return EXPIRED if now >= self.grant.expires else LIVE

    def circumstances(self, context: Context) -> Context:
        """The context with purpose, case and legal basis of the release itself: what its copies are made for."""
        purpose, case, basis = (str(self.document.get(key, "")) for key in ("purpose", "case", "legal_basis"))
        return replace(context, purpose=purpose, case=case, legal_basis=basis)


def grant_key(tenant: str, grant_id: str) -> str:
    """The key of a grant."""
    return f"{tenant}:{grant_id}"


def end_key(tenant: str, grant_id: str) -> str:
    """The key of its end."""
    return f"{tenant}:{grant_id}:end"


def read(store: Store, documents: Iterable[Document]) -> list[Released]:
    """Grant documents with their ends and the markings of their objects, in order."""
    rows = list(documents)
    ends = many(store, "grants", [end_key(row["tenant_id"], row["grant_id"]) for row in rows])
    keys = [marking_key(row["tenant_id"], row["what"], row["object_id"]) for row in rows]
    markings = many(store, "markings", keys)
    return [_released(row, end, marking or {}) for row, end, marking in zip(rows, ends, markings)]


def at(store: Store, keys: Sequence[str]) -> list[Released | None]:
    """The grants under these keys, None where there is none.

    Up to AT_ONCE keys cost the same requests to the store, also none at all and keys that lead nowhere.
    """
    padded = [*keys, *(f"0none:{number}" for number in range(max(1, -(-len(keys) // AT_ONCE)) * AT_ONCE - len(keys)))]
    rows = many(store, "grants", padded)
    ends = many(store, "grants", [f"{key}:end" for key in padded])
    wanted = [
        key if row is None else marking_key(row["tenant_id"], row["what"], row["object_id"])
        for key, row in zip(padded, rows)
    ]
    markings = many(store, "markings", wanted)
    found = zip(rows[: len(keys)], ends, markings)
    return [None if row is None else _released(row, end, marking or {}) for row, end, marking in found]


def _released(row: Document, end: Document | None, marking: Document) -> Released:
    grant = Grant(
        row["grant_id"], row["audience"], Level(row["level"]), frozenset(row["fields"]), row["author"], row["time"],
        row["expires"], None if end is None else float(end["time"]),
        tuple(Approval(**approval) for approval in row["approvals"]), row["no_evidence"], row["no_reshare"],
    )  # fmt: skip
    made = bound(row["tenant_id"], row["what"], row["object_id"], row["terms"], row["content"])
    obj = marked_object(row["tenant_id"], row["what"], marking, made, row["author"], (grant,))
    return Released(row, end, obj)


def one(store: Store, tenant: str, grant_id: str) -> Released:
    """A grant of the institution. Raises Absent."""
    row = store.collections["grants"].get(grant_key(tenant, grant_id))
    if row is None or row.get("kind") != "grant":
        raise Absent
    return read(store, [row])[0]


def of_owner(store: Store, tenant: str) -> list[Released]:
    """The grants of an institution, oldest first."""
    rows = find_all(store.collections["grants"], {"tenant_id": tenant, "kind": "grant"}, "time:1,_key:1")
    return read(store, rows)


def audiences(context: Context, tenant: str) -> list[str]:
    """To whom a grant may be that somebody of this institution, or of none (""), reads of; the policy decides."""
    own = sorted(name for name, group in context.groups.items() if tenant in group.members)
    return [*own, COMMUNITY, EVERYONE]


def reaching(store: Store, tenant: str) -> list[Released]:
    """Grants of others that have not expired and whose audience the institution is in; the policy decides on each."""
    rows = []
    for audience in audiences(store.context, tenant):
        query = {"audience": audience, "kind": "grant", "expires": {"$gt": store.context.now}}
        rows += find_all(store.collections["grants"], query, "time:1,_key:1")
    return read(store, [row for row in rows if row["tenant_id"] != tenant])


def finish(store: Store, released: Released, why_ended: str, by: str, why: str) -> bool:
    """Ends a grant, once; whether this call did it."""
    row = released.document
    return store.collections["grants"].insert(
        {
            "_key": end_key(row["tenant_id"], row["grant_id"]), "tenant_id": row["tenant_id"], "kind": "end",
            "grant_id": row["grant_id"], "time": store.context.now, "why_ended": why_ended, "by": by, "why": why,
        }
    )  # fmt: skip
