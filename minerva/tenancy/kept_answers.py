"""What an erasure does to answers that are kept under idempotency keys: their content goes, that they were given stays.

So a request that is sent again is not carried out twice. An answer that is being made meanwhile finds the mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from minerva.documents import PAGE, Collection, Document, find_all

_KEPT = 2 * 86_400
"""Seconds that a mark stays: longer than an answer."""


def forget(collection: Collection, tenant: str, now: float) -> int:
    """Empties the answers that people of an institution were given; how many."""
    collection.batch_save([{"_key": _mark(tenant), "state": "mark", "since": now, "expires": now + _KEPT}])
    done = find_all(collection, {"state": "done"})
    rows = [row for row in done if tenant in row["tenants"] and not row.get("erased")]
    for at in range(0, len(rows), PAGE):
        collection.batch_save([emptied(row) for row in rows[at : at + PAGE]])
    return len(rows)


def emptied(row: Document) -> Document:
    """A kept answer without what was answered."""
    return {**row, "payload": {}, "erased": True}


def erased_since(collection: Collection, tenants: Sequence[str], since: float) -> bool:
    """Whether one of the institutions has erased something after that moment, or at it."""
    marks = [collection.get(_mark(tenant)) for tenant in tenants]
    return any(mark is not None and mark["since"] >= since for mark in marks)


def _mark(tenant: str) -> str:
    return f"erased:{tenant}"
