"""What was erased stays away: keyed tokens of erased things, asked before anything is stored again.

A token says nothing without the installation's key, so the list of what was erased holds nothing of it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from typing import Any

from minerva.documents import PAGE, Document, find_all
from minerva.tenancy.asking import Store

RECORD, IDENTIFIER = "record", "identifier"
LONGEST_REFRESH_S = 86_400
ERASED_TEXT = "What stood here named somebody whose data was erased."
"""In place of what people wrote, where it named something that was erased."""


def token(store: Store, kind: str, text: str) -> str:
    """32 hex digits for an erased record id or identifier."""
    basis = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
    return hmac.new(store.secret("tombstones"), basis, "sha256").hexdigest()[:32]


def bury(store: Store, tenant: str, kind: str, texts: Iterable[str]) -> int:
    """Keeps a tombstone for each; how many."""
    rows = [
        {"_key": f"{tenant}:{token(store, kind, text)}", "tenant_id": tenant, "kind": kind, "time": store.context.now}
        for text in sorted(set(texts))
    ]
    for at in range(0, len(rows), PAGE):
        store.collections["tombstones"].batch_save(rows[at : at + PAGE])
    return len(rows)


def erased_among(store: Store, tenant: str, kind: str, texts: Sequence[str]) -> set[str]:
    """Which of these were erased. Without a collection of tombstones, none."""
    if "tombstones" not in store.collections or not texts:
        return set()
    unique = sorted(set(texts))
    keys = [f"{tenant}:{token(store, kind, text)}" for text in unique]
    collection = store.collections["tombstones"]
    found = [row for at in range(0, len(keys), PAGE) for row in collection.get_many(keys[at : at + PAGE])]
    return {text for text, row in zip(unique, found) if row is not None}


def erased_lately(store: Store, tenant: str, texts: Iterable[str]) -> set[str]:
    """Which of these records were erased while a refresh that runs now may have held them. Without a collection of
    tombstones, none."""
    if "tombstones" not in store.collections:
        return set()
    since = store.context.now - LONGEST_REFRESH_S
    query = {"tenant_id": tenant, "kind": RECORD, "time": {"$gt": since}}
    tokens = {str(row["_key"]) for row in find_all(store.collections["tombstones"], query)}
    return {text for text in set(texts) if f"{tenant}:{token(store, RECORD, text)}" in tokens} if tokens else set()


def without_erased(
    store: Store, tenant: str, documents: list[Document], members: list[Document]
) -> tuple[list[Document], list[Document]]:
    """Entity documents and member rows without those that hold an erased record.

    An entity that was linked over an erased record is left out as a whole: what of it came from that record cannot be
    told any more.
    """
    records = [str(each) for document in documents for each in _listed(document.get("records"))]
    records += [str(row["member"]) for row in members if row["kind"] == RECORD]
    gone = erased_among(store, tenant, RECORD, records)
    if not gone:
        return documents, members
    kept = [each for each in documents if gone.isdisjoint(map(str, _listed(each.get("records"))))]
    left_out = {str(each["entity_id"]) for each in documents} - {str(each["entity_id"]) for each in kept}
    rows = [row for row in members if row["member"] not in gone and row["entity_id"] not in left_out]
    return kept, rows


def _listed(value: Any) -> Sequence[Any]:  # Any: what a request's JSON holds
    return value if isinstance(value, list) else ()
