"""Retention: what leaves the store by age, class by class, unless a legal hold keeps it. The service runs it daily."""

from __future__ import annotations

from typing import Any

from minerva.documents import find_all
from minerva.policy import Action
from minerva.sharing.grants import of_owner
from minerva.sharing.objects import SUBJECT, marking_of
from minerva.tenancy.asking import Absent, Body, Store
from minerva.vault.erasure import Deletion, finish_pending

DAY_S = 86_400
KEPT_DAYS = {"proposals": 7, "snapshots": 30, "inquiries": 30, "notices": 90, "budgets": 2}
"""Days after a proposal, release, inquiry, notice or question has ended. A person of the vault has a day of their own
(keep_until); logs and audit are kept by the operator's own rule."""


def purge(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"purged": {class: number}}. Service only. May be repeated at any time."""
    tenants = [name for name in sorted(store.context.tenants) if store.may(Action.STORE, name)]
    if not tenants:
        raise Absent
    store.trail.permit(len(tenants))
    now, counts = store.context.now, dict.fromkeys(("vault", *KEPT_DAYS), 0)
    for tenant in tenants:
        finish_pending(store, tenant)
        plan = Deletion(store, tenant)
        expired = find_all(
            store.collections["vault"], {"tenant_id": tenant, "kind": "subject", "keep_until": {"$lte": now}}
        )
        for row in expired:
            if marking_of(store, tenant, SUBJECT, row["subject_id"]).get("legal_hold"):
                continue
            pointers = find_all(store.collections["vault"], {"tenant_id": tenant, "subject_id": row["subject_id"]})
            plan.add("vault", pointers)
            counts["vault"] += 1
        plan.carry_out()
        counts["snapshots"] += _forget_snapshots(store, tenant, now - KEPT_DAYS["snapshots"] * DAY_S)
        for name, key in (("proposals", "expires"), ("inquiries", "expires"), ("notices", "time")):
            query = {"tenant_id": tenant, key: {"$lt": now - KEPT_DAYS[name] * DAY_S}}
            counts[name] += len(find_all(store.collections[name], query))
            store.collections[name].discard(query)
    old = {"day": {"$lt": int(now // DAY_S) - KEPT_DAYS["budgets"]}}
    counts["budgets"] = len(find_all(store.collections["budgets"], old))
    store.collections["budgets"].discard(old)
    return {"purged": counts}


def _forget_snapshots(store: Store, tenant: str, before: float) -> int:
    """Empties the content of releases that ended long ago; that and to whom they were made stays on record."""
    rows = []
    for released in of_owner(store, tenant):
        ended = released.end["time"] if released.end is not None else released.grant.expires
        held = marking_of(store, tenant, released.document["what"], released.document["object_id"]).get("legal_hold")
        if ended < before and released.document["content"] and not held:
            rows.append({**released.document, "content": {}})
    for row in rows:
        store.collections["grants"].batch_save([row])
    return len(rows)
