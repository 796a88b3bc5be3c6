"""What a grant does outside of its own document: tokens, copies and notices, and how they end with it.

Whoever recalls, marks or erases at the same moment may look for copies before they are there. So whoever writes them
reads the grant again when they stand, and goes on until nothing has changed.
"""

from __future__ import annotations

from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.sharing import copies, log, tokens
from minerva.sharing.grants import ERASED, SHARE, Released, finish, grant_key, read
from minerva.sharing.objects import erased_objects
from minerva.sharing.pseudonyms import share_id
from minerva.sharing.recipients import allowed, others
from minerva.tenancy.asking import Store

ROUNDS = 20
"""So often at most the grant is read again; the daily re-release does what is left."""


def settle(store: Store, released: Released) -> tuple[Released, int]:
    """Brings tokens and copies to what the store says of a grant; the grant as it is then, and how many it wrote."""
    written = 0
    for _ in range(ROUNDS):
        if is_erased(store, released):
            forget(store, released)
        elif released.end is not None:
            withdraw(store, released)
        else:
            tokens.register(store, released)
            written += copies.write(store, released, copies.planned(store, released))
        before, released = released, again(store, released)
        if (released.end, released.obj) == (before.end, before.obj):
            break
    return released, written


def again(store: Store, released: Released) -> Released:
    """The grant with its end and the marking of its object as they are now."""
    return read(store, [released.document])[0]


def is_erased(store: Store, released: Released) -> bool:
    """Whether the object of a grant was erased, or the entity that its record belonged to."""
    row = released.document
    return bool(erased_objects(store, row["tenant_id"], [(row["what"], row["object_id"])]))


def end(store: Store, released: Released, why_ended: str, why: str) -> int:
    """Ends a grant wherever it has an effect; how many copies got a tombstone. May be repeated."""
    row = released.document
    informed = readers(store, released)
    if released.end is None:
        log.changed(store, row["tenant_id"], why_ended, **{**logged(row), "why": why}, recipients=informed)
        if finish(store, released, why_ended, store.subject.user, why):
            for name in informed:
                tell(store, released, name, why_ended)
    return withdraw(store, released)


def withdraw(store: Store, released: Released) -> int:
    """Takes tokens and copies back; how many copies got a tombstone."""
    row = released.document
    tokens.forget(store, row["tenant_id"], row["grant_id"])
    return copies.take_back(store, released)


def forget(store: Store, released: Released) -> None:
    """Ends a grant of an erased object and deletes what was released: what an erasure does to grants that it finds."""
    row = released.document
    end(store, released, ERASED, "erased")
    store.collections["grants"].delete({"_key": grant_key(row["tenant_id"], row["grant_id"])})
    forget_proposals(store, row["tenant_id"])


def forget_proposals(store: Store, tenant: str) -> int:
    """Deletes proposals about erased objects, which hold their content; how many."""
    rows = find_all(store.collections["proposals"], {"tenant_id": tenant, "kind": "proposal", "act": SHARE})
    gone = erased_objects(store, tenant, [(row["what"], row["object_id"]) for row in rows])
    held = [row for row in rows if (row["what"], row["object_id"]) in gone]
    for row in held:
        store.collections["proposals"].delete({"_key": row["_key"]})
    return len(held)


def readers(store: Store, released: Released) -> list[str]:
    """The institutions whose analysts may read something of a live grant now."""
    context, obj = released.circumstances(store.context), released.obj
    return [
        tenant.tenant_id
        for tenant in others(obj.tenant_id, context)
        if allowed(tenant, obj, released.grant.fields, context, (Action.READ,))[Action.READ]
    ]


def tell(store: Store, released: Released, recipient: str, what: str) -> None:
    """Leaves a notice about a grant for an institution."""
    row, key = released.document, store.secret("release")
    owner = store.context.tenants[row["tenant_id"]].name
    name = share_id(key, recipient, row["tenant_id"], row["grant_id"])
    log.tell(store, recipient, what, share_id=name, owner=owner)


def logged(row: Document) -> dict[str, Any]:
    """What the owner's log says of a grant."""
    return {
        "grant_id": row["grant_id"], "what": row["what"], "object_id": row["object_id"], "to": row["audience"],
        "level": f"L{row['level']}", "fields": row["fields"], "expires": row["expires"], "why": row["why"],
    }  # fmt: skip
