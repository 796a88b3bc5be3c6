"""What people found out about a business: the only truth that a learned model may be trained on."""

from __future__ import annotations

from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.tenancy.asking import Absent, Body, Contradicts, Store, one_of, text_of

LABEL, SCORE = "label", "score"
OPEN = "open"
OUTCOMES = ("confirmed", "cleared", OPEN)
MOST_WHY, MOST_EARLIER = 500, 50
SAID = ("outcome", "why", "by", "by_program", "time")
"""What of a label is told."""


def risk_label(body: Body, store: Store) -> dict[str, Any]:
    """{"establishment_id", "outcome", "why"} -> {"establishment_id", "outcome"}.

    For analysts. `confirmed`: an investigation has shown it; `cleared`: it has shown nothing of the kind; `open` takes
    a label back. A label changes no score. What was said before stays in the label's history. A program labels where no
    person has: what a person found out is for people to change.
    """
    outcome = one_of(body, "outcome", OUTCOMES)
    asked, why = text_of(body, "establishment_id", 100), text_of(body, "why", MOST_WHY)
    tenant = store.tenant_for(Action.JUDGE, body)
    row = store.collections["risk"].get(f"{tenant}:{asked}")
    if row is None or row.get("kind") != SCORE or not store.may(Action.JUDGE, str(row["tenant_id"]), "risk"):
        raise Absent
    by_program = not store.context.tenants[tenant].is_analyst(store.subject.roles)
    before = store.collections["risk"].get(f"{tenant}:{asked}:{LABEL}")
    if by_program and before is not None and not before.get("by_program"):
        raise Contradicts("a person has labelled this business: a program does not change it")
    store.trail.permit(1)
    earlier = [*before.get("earlier", ()), {key: before.get(key) for key in SAID}] if before is not None else []
    label: Document = {
        "_key": f"{tenant}:{asked}:{LABEL}", "tenant_id": tenant, "kind": LABEL, "establishment_id": asked,
        "sector": row["sector"], "entity_ids": row["entity_ids"], "outcome": outcome, "why": why,
        "by": store.subject.user, "by_program": by_program, "time": store.context.now,
        "earlier": earlier[-MOST_EARLIER:],
        "signs": [each["id"] for each in row["reasons"]], "unknown": row["unknown"],
        "values": row.get("values") or {}, "region": row.get("region") or "",
    }  # fmt: skip
    store.collections["risk"].batch_save([label])
    return {"establishment_id": asked, "outcome": outcome}


def labels_of(store: Store, tenant: str) -> dict[str, Document]:
    """Establishment id -> its label, of those that have one."""
    rows = find_all(store.collections["risk"], {"tenant_id": tenant, "kind": LABEL})
    return {str(row["establishment_id"]): row for row in rows if row["outcome"] != OPEN}


def said_of(store: Store, tenant: str, establishment_id: str) -> list[dict[str, Any]]:
    """What was said of a business, newest first, labels that were taken back too."""
    row = store.collections["risk"].get(f"{tenant}:{establishment_id}:{LABEL}")
    return [{key: row.get(key) for key in SAID}, *reversed(row.get("earlier", []))] if row is not None else []
