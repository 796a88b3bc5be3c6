"""The owner's log of every change of distribution, hash-chained like the audit, and notices to institutions."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from minerva.audit import Ledger
from minerva.policy import Action
from minerva.sharing.paging import after_of, following, newest
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, number_of, text_of
from minerva.tenancy.tombstones import ERASED_TEXT

MAX_ROWS = 1000
_KEYS = (
    "number", "time", "change", "by", "grant_id", "what", "object_id", "to", "level", "fields", "recipients", "expires",
    "standing", "purpose", "case", "legal_basis", "why",
)  # fmt: skip

WORDS = ("why", "case", "legal_basis", "consent", "suspicion")
"""What people write: it stands beside an entry and not in its hash, so that an erasure can take it away."""


def changed(store: Store, tenant: str, change: str, **told: Any) -> None:
    """Adds a change to the owner's log. Raises AuditError when it cannot be written."""
    ledger = Ledger(store.collections["distribution"], store.secret("distribution"))
    context = store.context
    stated = {"purpose": context.purpose, "case": context.case, "legal_basis": context.legal_basis}
    fields = {"time": round(context.now, 3), "operation": "distribution", "change": change, "by": store.subject.user}
    entry = {**fields, **stated, **told}
    words = {key: str(entry.pop(key)) for key in WORDS if entry.get(key)}
    ledger.append(tenant, entry, words)


def distribution(body: Body, store: Store) -> dict[str, Any]:
    """{"before", "limit"} -> {"changes", "next"}: the own institution's log, newest first.

    `next` is the `before` of the following page or null.
    """
    tenant = store.tenant_for(Action.READ, body)
    limit = number_of(body, "limit", 200, 1, MAX_ROWS)
    query: dict[str, Any] = {"chain": tenant, "kind": "entry"}
    if "before" in body:
        query["number"] = {"$lt": number_of(body, "before", 0, 0, 10**12)}
    rows = store.collections["distribution"].find(query, sort="number:-1", limit=limit)
    entries = [_given(row) for row in rows]
    return {
        "changes": [{key: entry[key] for key in _KEYS if key in entry} for entry in entries],
        "next": rows[-1]["number"] if len(rows) == limit else None,
    }


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with the words beside it, and without those that an erasure withholds."""
    entry: dict[str, Any] = json.loads(row["entry"])
    entry.update(row.get("words") or {})
    return {**entry, **dict.fromkeys(row.get("withheld") or (), ERASED_TEXT)}


def tell(store: Store, tenant: str, what: str, **told: Any) -> None:
    """Leaves a notice for an institution: `what` is released, recalled, refused, match, accepted or alarm."""
    notice = uuid.uuid4().hex[:16]
    row = {"_key": f"{tenant}:{notice}", "tenant_id": tenant, "notice_id": notice, "what": what, "seen": False}
    store.collections["notices"].batch_save([{**row, "time": store.context.now, **told}])


def tell_each(store: Store, what: str, about: str, told: Mapping[str, Mapping[str, Any]]) -> None:
    """Leaves a notice for each institution of `told`, once for what it is about, however many ask at the same time.

    One request to the store, however many institutions.
    """
    rows = []
    for tenant, more in told.items():
        notice = store.trail.token("notice", f"{what}:{about}:{tenant}")[:16]
        row = {"_key": f"{tenant}:{notice}", "tenant_id": tenant, "notice_id": notice, "what": what, "seen": False}
        rows.append({**row, "time": store.context.now, **more})
    if rows:
        store.collections["notices"].batch_save(rows)


def notices(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "seen", "notice_id", "limit", "after"} -> {"notices", "next"}: of the own institution.

    Newest first; `next` is the `after` of the following page or null.
    """
    tenant = store.tenant_for(Action.READ, body)
    operation, limit, after = body.get("op", "list"), number_of(body, "limit", 100, 1, MAX_ROWS), after_of(body)
    collection = store.collections["notices"]
    if operation == "seen":
        row = collection.get(f"{tenant}:{text_of(body, 'notice_id')}")
        if row is None:
            raise Absent
        store.trail.permit()
        collection.batch_save([{**row, "seen": True}])
    elif operation != "list":
        raise BadRequest("op: expected list or seen")
    rows = newest(collection, {"tenant_id": tenant}, "notice_id", limit, after)
    found = [{key: value for key, value in row.items() if not key.startswith("_")} for row in rows]
    return {"notices": found, "next": following(rows, "notice_id", limit)}
