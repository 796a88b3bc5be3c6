"""Every operation of the app's handler, and the collections that they need, in one table. Doors come here."""

from __future__ import annotations

from minerva import (
    administration,
    cases,
    deconfliction,
    image_banks,
    imports,
    risk_scores,
    school_queries,
    sharing,
    vault,
)
from minerva.screening import kept as screening
from minerva.tenancy import answering
from minerva.tenancy.asking import Answer, Body, Store
from minerva.tenancy.rebuild import entity_store

OPERATIONS: answering.Operations = {
    **entity_store.OPERATIONS,
    **sharing.OPERATIONS,
    **deconfliction.OPERATIONS,
    **vault.OPERATIONS,
    **administration.OPERATIONS,
    **cases.OPERATIONS,
    **imports.OPERATIONS,
    **school_queries.OPERATIONS,
    **image_banks.OPERATIONS,
    **risk_scores.OPERATIONS,
    **screening.OPERATIONS,
}
COLLECTIONS = (
    "entities", "members", "redirects", "watchlist", "judgements", "audit", "refresh", "postings", "markings",
    "proposals", "grants", "distribution", "notices", "tokens", "inquiries", "budgets", "desks", "cubes", "vault",
    "tombstones", "alerts", "api_answers", "cases", "schools", "school_queries", "image_banks", "image_hashes",
    "risk",
)  # fmt: skip
"""Short names; a collection of the KV store is named minerva_ and this."""


def answer(operation: str, body: Body, store: Store) -> Answer:
    """The answer to one request, its audit entry first; see answering.py."""
    return answering.answer(operation, body, store, OPERATIONS)
