"""What an administrator sees of the own institution: facts, groups, budgets used today, what is kept how long."""

from __future__ import annotations

from typing import Any

from minerva.administration.standing import administered, belongs, roles_of
from minerva.deconfliction import budget
from minerva.documents import find_all
from minerva.tenancy.asking import Body, Store
from minerva.vault.retention import DAY_S, KEPT_DAYS

_RULES = {
    "proposals": "days after a proposal has ended",
    "snapshots": "days after a release has ended or was recalled",
    "inquiries": "days after an inquiry has ended",
    "notices": "days after a notice was given",
    "budgets": "days after a question was asked",
    "watchlist": "days after something stopped being watched",
    "school_queries": "days after it was asked which school is meant",
    "cases": "days after a case was closed",
    "image_banks": "days after a bank of image hashes has ended",
    "risk": "days after a business was last scored",
    "risk_labels": "days after somebody said what was found out about a business",
    "screening": "days after a report of screening was made",
}


def institution(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"institution": {...}, "groups": [{"group_id", "members": [{"tenant_id", "label"}]}], "roles": [...]}."""
    tenant = administered(body, store)
    names = {name: other.name for name, other in store.context.tenants.items()}
    groups = [
        {
            "group_id": group.group_id,
            "members": [{"tenant_id": name, "label": names[name]} for name in sorted(group.members)],
        }
        for group in sorted(store.context.groups.values(), key=lambda group: group.group_id)
        if group.active and tenant.tenant_id in group.members
    ]
    facts = {
        "tenant_id": tenant.tenant_id, "label": tenant.label, "kind": tenant.kind, "profile": tenant.profile,
        "match": tenant.match, "state": tenant.state,
    }  # fmt: skip
    roles = [{"standing": standing.value, "role": role} for standing, role in roles_of(tenant).items()]
    return {"institution": facts, "groups": groups, "roles": roles}


def budgets(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"budgets": [{"who", "person", "used", "limit"}]} of today: the institution first, then its people."""
    tenant = administered(body, store)
    rows = [{
        "who": "institution", "person": "", "limit": budget.TENANT_DAY,
        "used": budget.used_today(store, tenant.tenant_id),
    }]  # fmt: skip
    for person in sorted(store.directory.people(), key=lambda person: person.user):
        if belongs(person, tenant):
            used = budget.used_today(store, tenant.tenant_id, person.user)
            rows.append({"who": "person", "person": person.user, "used": used, "limit": budget.USER_DAY})
    return {"budgets": rows}


def retention(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"retention": [{"what", "days", "rule"}], "holds": [{"what", "object_id", "why", "by", "time"}], "vault"}.

    `vault`: how many people it holds and how many of them leave within 30 days. Days of an index are None if splunkd
    knows no such index.
    """
    tenant = administered(body, store)
    rows: list[dict[str, Any]] = []
    for name, index in (("records", tenant.index), ("copies from others", tenant.summary_index)):
        seconds = store.directory.retention_s(index) if index else None
        days = None if seconds is None else seconds // DAY_S
        rows.append({"what": name, "days": days, "rule": "days in the index, at least"})
    rows += [{"what": name, "days": days, "rule": _RULES[name]} for name, days in KEPT_DAYS.items()]
    marked = find_all(store.collections["markings"], {"tenant_id": tenant.tenant_id})
    holds = [
        {key: row.get(key, "") for key in ("what", "object_id", "why", "by", "time")}
        for row in marked
        if row.get("legal_hold")
    ]
    kept = find_all(store.collections["vault"], {"tenant_id": tenant.tenant_id, "kind": "subject"})
    soon = store.context.now + 30 * DAY_S
    leaving = sum(1 for row in kept if row["keep_until"] <= soon)
    return {"retention": rows, "holds": holds, "vault": {"people": len(kept), "leaving_within_30_days": leaving}}
