"""Retention: what leaves the store by age, class by class, unless a legal hold keeps it. The service runs it daily."""

from __future__ import annotations

from typing import Any

from minerva.cases import leaving
from minerva.documents import find_all
from minerva.policy import Action
from minerva.risk_scores import leaving as risk_scores
from minerva.school_queries import queries
from minerva.screening import kept as screening
from minerva.sharing.effects import forget_proposals
from minerva.sharing.grants import of_owner
from minerva.sharing.objects import SUBJECT, marking_of
from minerva.tenancy import duties
from minerva.tenancy.asking import Absent, Body, Store
from minerva.tenancy.errors import Unanswered
from minerva.vault import image_banks, watched
from minerva.vault.erasure import Deletion, finish_pending

DAY_S = 86_400
KEPT_DAYS = {
    "proposals": 7,
    "snapshots": 30,
    "inquiries": 30,
    "notices": 90,
    "budgets": 2,
    "cases": 1825,
    "school_queries": 180,
    "risk": 30,
    "risk_labels": 1825,
    "screening": 365,
    "watchlist": 90,
    "image_banks": 30,
}
"""Days after a proposal, release, inquiry, notice or question has ended, a case was closed, it was asked which school
is meant, a business was scored or labelled, a report of screening was made, a bank of image hashes has ended, or
something stopped being watched. A person of the vault has a day of their own (keep_until); logs and audit are kept by
the operator's own rule."""


def purge(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"purged": {class: number}}. Service only. May be repeated at any time.

    `jobs` are searches of people of institutions that are not active.
    """
    tenants = [name for name in sorted(store.context.tenants) if store.may(Action.STORE, name)]
    if not tenants:
        raise Absent
    store.trail.permit(len(tenants))
    now, counts = store.context.now, dict.fromkeys(("vault", *KEPT_DAYS, "jobs"), 0)
    for tenant in tenants:
        finish_pending(store, tenant)
        counts["proposals"] += forget_proposals(store, tenant)  # which an erasure beside them has missed
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
        closed = leaving.old(store, tenant, now - KEPT_DAYS["cases"] * DAY_S)
        plan.add("cases", closed)
        counts["cases"] += len(closed)
        asked = queries.old(store, tenant, now - KEPT_DAYS["school_queries"] * DAY_S)
        plan.add("school_queries", asked)
        counts["school_queries"] += len(asked)
        ages = (now - KEPT_DAYS[name] * DAY_S for name in ("risk", "risk_labels"))
        for name, rows in zip(("risk", "risk_labels"), risk_scores.old(store, tenant, *ages)):
            plan.add("risk", rows)
            counts[name] += len(rows)
        reports = screening.old(store, tenant, now - KEPT_DAYS["screening"] * DAY_S)
        plan.add("risk", reports)
        counts["screening"] += len(reports)
        ended = watched.old(store, tenant, now - KEPT_DAYS["watchlist"] * DAY_S)
        plan.add("watchlist", ended)
        counts["watchlist"] += len(ended)
        counts["image_banks"] += image_banks.purge_ended(store, tenant, now - KEPT_DAYS["image_banks"] * DAY_S)
        plan.carry_out()
        counts["snapshots"] += _forget_snapshots(store, tenant, now - KEPT_DAYS["snapshots"] * DAY_S)
        for name, key in (("proposals", "expires"), ("inquiries", "expires"), ("notices", "time")):
            query = {"tenant_id": tenant, key: {"$lt": now - KEPT_DAYS[name] * DAY_S}}
            counts[name] += len(find_all(store.collections[name], query))
            store.collections[name].discard(query)
    old = {"day": {"$lt": int(now // DAY_S) - KEPT_DAYS["budgets"]}}
    counts["budgets"] = len(find_all(store.collections["budgets"], old))
    store.collections["budgets"].discard(old)
    counts["jobs"] = _delete_jobs_of_closed(store)
    duties.done(store, "purge")
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


def _delete_jobs_of_closed(store: Store) -> int:
    """Deletes the searches of all who hold a role of an institution that is not active; how many were deleted.

    Who works for an active one too loses those of the day with them: a search does not say for whom it was. What cannot
    be listed or deleted stands in the audit and is tried again the next day.
    """
    closed = [tenant for tenant in store.context.tenants.values() if tenant.state != "active"]
    deleted = 0
    for person in store.directory.people() if closed else ():
        if not any(tenant.standings(person.roles) for tenant in closed):
            continue
        try:
            jobs = store.directory.delete_jobs(person.user)
        except Unanswered:
            store.trail.unfinished("jobs_unknown")
            continue
        deleted += jobs.deleted
        if jobs.left:
            store.trail.unfinished("jobs_left", jobs.left)
    return deleted
