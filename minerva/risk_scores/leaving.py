"""What leaves the scores with an erasure, or by age."""

from __future__ import annotations

from collections.abc import Collection

from minerva.documents import Document, find_all
from minerva.risk_scores.labels import LABEL, SCORE
from minerva.tenancy.asking import Store


def naming(store: Store, tenant: str, entities: Collection[str], records: Collection[str]) -> list[Document]:
    """Scores and labels that rest on what is erased. The next run scores the business by what is left."""
    return [
        row
        for row in find_all(store.collections["risk"], {"tenant_id": tenant})
        if any(each in entities for each in row.get("entity_ids", ()))
        or any(each in records for reason in row.get("reasons", ()) for each in reason["records"])
        or any(event["record_id"] in records for event in row.get("history", ()))
    ]


def old(store: Store, tenant: str, scores_before: float, labels_before: float) -> tuple[list[Document], list[Document]]:
    """Scores that no run has renewed, and labels that were given long ago."""
    scores = {"tenant_id": tenant, "kind": SCORE, "run": {"$lt": int(scores_before)}}
    labels = {"tenant_id": tenant, "kind": LABEL, "time": {"$lt": labels_before}}
    return find_all(store.collections["risk"], scores), find_all(store.collections["risk"], labels)
