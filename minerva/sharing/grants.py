"""Grants as the store keeps them: written once with what was released; an end (recall, expiry, erasure) is a document
of its own, so that no writer can undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from minerva.documents import Document, find_all, in_order
from minerva.policy import COMMUNITY, EVERYONE, Context, Grant, Level, Object
from minerva.policy.model import Approval
from minerva.sharing.content import Content, bound
from minerva.sharing.objects import many, marked_object, marking_key
from minerva.tenancy.asking import Absent, Store

LIVE, RECALLED, EXPIRED, ERASED = "live", "recalled", "expired", "erased"
SHARE = "share"
"""The act of a proposal that can become a grant."""
OLDEST_FIRST = "time:1,_key:1"
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


def at(store: Store, tokens: Sequence[Document], may: Callable[[Document, Object], bool]) -> list[Released | None]:
    """The grants of rows of tokens (tokens.py), None where there is none or `may` says no to a row and its object.

    Up to AT_ONCE rows cost the same requests to the store, also none at all and rows that lead nowhere. What was
    released is loaded last and only where `may` allows it: its size, too, would tell that it is there.
    """
    nowhere = [f"0none:{number}" for number in range(max(1, -(-len(tokens) // AT_ONCE)) * AT_ONCE - len(tokens))]
    granted = [row["grant"] for row in tokens]
    keys = [grant_key(row["tenant_id"], row["grant_id"]) for row in granted]
    ends = many(store, "grants", [f"{key}:end" for key in [*keys, *nowhere]])
    marked = [marking_key(row["tenant_id"], row["what"], row["object_id"]) for row in granted]
    markings = many(store, "markings", [*marked, *nowhere])
    wanted = [
        key if may(token, _object(row, row["content_hash"], end, marking or {})) else f"0none:{key}"
        for key, token, row, end, marking in zip(keys, tokens, granted, ends, markings)
    ]
    rows = many(store, "grants", [*wanted, *nowhere])[: len(keys)]
    found = zip(rows, ends, markings)
    return [None if row is None else _released(row, end, marking or {}) for row, end, marking in found]


_GRANTED = (
    "tenant_id", "what", "object_id", "grant_id", "audience", "level", "fields", "author", "time", "expires",
    "approvals", "no_evidence", "no_reshare",
)  # fmt: skip


def granted(released: Released) -> Document:
    """What a grant's document says beside the content: enough to decide by."""
    return {**{name: released.document[name] for name in _GRANTED}, "content_hash": released.obj.content_hash}


def _released(row: Document, end: Document | None, marking: Document) -> Released:
    made = bound(row["tenant_id"], row["what"], row["object_id"], row["terms"], row["content"])
    return Released(row, end, _object(row, made, end, marking))


def _object(row: Document, content_hash: str, end: Document | None, marking: Document) -> Object:
    """What the policy is asked about; of `row` the fields of _GRANTED count."""
    grant = Grant(
        row["grant_id"], row["audience"], Level(row["level"]), frozenset(row["fields"]), row["author"], row["time"],
        row["expires"], None if end is None else float(end["time"]),
        tuple(Approval(**approval) for approval in row["approvals"]), row["no_evidence"], row["no_reshare"],
    )  # fmt: skip
    return marked_object(row["tenant_id"], row["what"], marking, content_hash, row["author"], (grant,))


def one(store: Store, tenant: str, grant_id: str) -> Released:
    """A grant of the institution. Raises Absent."""
    row = store.collections["grants"].get(grant_key(tenant, grant_id))
    if row is None or row.get("kind") != "grant":
        raise Absent
    return read(store, [row])[0]


def of_owner(store: Store, tenant: str) -> list[Released]:
    """The grants of an institution, oldest first."""
    rows = find_all(store.collections["grants"], {"tenant_id": tenant, "kind": "grant"})
    return read(store, in_order(rows, OLDEST_FIRST))


def audiences(context: Context, tenant: str) -> list[str]:
    """To whom a grant may be that somebody of this institution, or of none (""), reads of; the policy decides."""
    own = sorted(name for name, group in context.groups.items() if tenant in group.members)
    return [*own, COMMUNITY, EVERYONE]


def reaching(store: Store, tenant: str) -> list[Released]:
    """Grants of others that have not expired and whose audience the institution is in; the policy decides on each."""
    rows = []
    for audience in audiences(store.context, tenant):
        query = {"audience": audience, "kind": "grant", "expires": {"$gt": store.context.now}}
        rows += in_order(find_all(store.collections["grants"], query), OLDEST_FIRST)
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
