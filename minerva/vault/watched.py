"""What leaves the watch list when something is erased or grows old."""

from __future__ import annotations

from collections.abc import Collection

from minerva.cases.leaving import Erased
from minerva.documents import Document, find_all
from minerva.tenancy.asking import Store
from minerva.tenancy.watching.items import CHECKED, items_of
from minerva.vault.free_text import masked

_TEXTS = ("note", "ended_why")


def watched_of(
    store: Store, tenant: str, identifiers: Collection[str], erased: Erased
) -> tuple[list[Document], list[Document]]:
    """(items to be deleted, items whose texts are to be emptied): what the watch list holds of what is erased.

    identifiers: those that must not be watched any more.
    """
    gone, texts = [], []
    for row in items_of(store, tenant):
        watched = str(row.get("identifier") or row.get("watched") or "")
        if row.get("entity_id") in erased.entities or watched in identifiers:
            gone.append(row)
            continue
        left = masked(row, _TEXTS, erased.is_named_in)
        if left != row:
            texts.append(left)
    return [*gone, *_marks(store, tenant, gone)], texts


def old(store: Store, tenant: str, before: float) -> list[Document]:
    """Items that ended, or were taken off the list, before a moment."""
    rows = items_of(store, tenant)
    gone = [row for row in rows if 0 < (row.get("ended_time") or row.get("until") or 0) < before]
    return [*gone, *_marks(store, tenant, gone)]


def _marks(store: Store, tenant: str, items: Collection[Document]) -> list[Document]:
    """What stands beside items: up to which refresh each was checked."""
    ids = {row.get("watch_id") for row in items}
    rows = find_all(store.collections["watchlist"], {"tenant_id": tenant, "kind": CHECKED})
    return [row for row in rows if row["watch_id"] in ids]
