"""What people found out about a business: the only truth that a learned model may be trained on."""

from __future__ import annotations

from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, text_of

LABEL, SCORE = "label", "score"
OUTCOMES = ("confirmed", "cleared", "open")
MOST_WHY = 500


def risk_label(body: Body, store: Store) -> dict[str, Any]:
    """{"establishment_id", "outcome", "why"} -> {"establishment_id", "outcome"}.

    For analysts. `confirmed`: an investigation has shown it; `cleared`: it has shown nothing of the kind; `open` takes
    a label back. A label changes no score.
    """
    outcome = body.get("outcome")
    if outcome not in OUTCOMES:
        raise BadRequest(f"outcome: expected one of {', '.join(OUTCOMES)}")
    asked, why = text_of(body, "establishment_id", 100), text_of(body, "why", MOST_WHY)
    tenant = store.tenant_for(Action.JUDGE, body)
    row = store.collections["risk"].get(f"{tenant}:{asked}")
    if row is None or row.get("kind") != SCORE or not store.may(Action.JUDGE, str(row["tenant_id"]), "risk"):
        raise Absent
    store.trail.permit(1)
    label: Document = {
        "_key": f"{tenant}:{asked}:{LABEL}", "tenant_id": tenant, "kind": LABEL, "establishment_id": asked,
        "sector": row["sector"], "entity_ids": row["entity_ids"], "outcome": outcome, "why": why,
        "by": store.subject.user, "time": store.context.now,
        "signs": [each["id"] for each in row["reasons"]], "unknown": row["unknown"],
        "values": row.get("values") or {}, "region": row.get("region") or "",
    }  # fmt: skip
    store.collections["risk"].batch_save([label])
    return {"establishment_id": asked, "outcome": outcome}


def labels_of(store: Store, tenant: str) -> dict[str, Document]:
    """Establishment id -> its label, of those that have one."""
    rows = find_all(store.collections["risk"], {"tenant_id": tenant, "kind": LABEL})
    return {str(row["establishment_id"]): row for row in rows if row["outcome"] != "open"}
