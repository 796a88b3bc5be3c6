"""Stored documents as of the last finished refresh: what one that is under way or was killed has written stays unseen.

A refresh writes under a number; what it replaces is kept in `refresh` until its number is committed by one document.
A reader sees a document whose number is committed, and else what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from minerva.documents import Collection, Document, find_all, fits, in_order, projected

VERSIONED = ("entities", "members", "redirects", "postings")
NUMBER, GONE, FIRST = "refresh", "gone", "first_refresh"
"""Fields of a stored document: the refresh that wrote it, true where that refresh took it away, and the refresh that
brought it first."""


def views(collections: Mapping[str, Collection]) -> dict[str, Collection]:
    """Returns the collections as readers may see them. Without a `refresh` collection they are what they are."""
    found = dict(collections)
    if "refresh" in collections:
        state = State(collections["refresh"])
        found.update({name: Committed(name, collections[name], state) for name in VERSIONED if name in collections})
    return found


class State:
    """The last committed number of each tenant, read once, and what later refreshes have replaced."""

    def __init__(self, refresh: Collection) -> None:
        self._refresh = refresh
        self._read: dict[str, Document] = {}

    def of(self, tenant: str) -> Document:
        """Returns {"number", "settled"}; settled: no trace of an unfinished refresh is left."""
        if tenant not in self._read:
            self.forget(tenant)
        return self._read[tenant]

    def forget(self, tenant: str) -> None:
        """Reads the tenant's state again."""
        self._read[tenant] = self._refresh.get(f"{tenant}:state") or {"number": 0, "settled": True}

    def before(self, tenant: str, collection: str) -> list[Document]:
        """Returns the documents of a collection that an uncommitted refresh has replaced, as they stood before."""
        query = {"tenant_id": tenant, "kind": "before", "collection": collection}
        rows = find_all(self._refresh, query)
        return [row["document"] for row in rows if row["number"] > self.of(tenant)["number"]]

    def before_one(self, tenant: str, collection: str, key: str) -> Document | None:
        """Returns what stood under one key."""
        row = self._refresh.get(before_key(tenant, collection, key))
        return None if row is None or row["number"] <= self.of(tenant)["number"] else row["document"]


def before_key(tenant: str, collection: str, key: str) -> str:
    """Returns the key in `refresh` of what stood under `key`."""
    return f"{tenant}:before:{collection}:{key}"


def is_open(row: Mapping[str, Any], number: int) -> bool:
    """True for a document that a later refresh than the committed one has written."""
    return bool(row.get(NUMBER, 0) > number)


class Committed:
    """A Collection that shows committed documents; what it is asked to write goes through unchanged."""

    def __init__(self, name: str, inner: Collection, state: State) -> None:
        self._name, self._inner, self._state = name, inner, state

    def get(self, key: str) -> Document | None:
        """The committed document."""
        return self._as_committed(key, self._inner.get(key))

    def get_many(self, keys: Sequence[str]) -> list[Document | None]:
        """The committed document of each key."""
        return [self._as_committed(key, row) for key, row in zip(keys, self._inner.get_many(keys))]

    def _as_committed(self, key: str, row: Document | None) -> Document | None:
        if row is None or "tenant_id" not in row:  # the latter: marked to be deleted
            return None
        if not is_open(row, self._state.of(row["tenant_id"])["number"]):
            return _shown(row)
        tenant = row["tenant_id"]
        before = self._state.before_one(tenant, self._name, key)
        if before is None:
            # New, or committed and cleared away between the two reads.
            self._state.forget(tenant)
            before = None if is_open(row, self._state.of(tenant)["number"]) else row
        return _shown(before)

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """Committed documents. While a refresh is under way the whole answer to the query is read, and then cut."""
        asked = [*fields, "tenant_id", NUMBER, GONE] if fields else ()
        tenants = _tenants(query)
        if all(self._state.of(tenant)["settled"] for tenant in tenants):
            rows = self._inner.find(query, sort=sort, limit=limit, skip=skip, fields=asked)
            return [projected(row, fields) for row in map(_shown, rows) if row is not None]
        if fields:
            asked = [*asked, *(part.partition(":")[0] for part in sort.split(",") if part)]
        rows = find_all(self._inner, query, asked)
        kept = {row["_key"]: row for row in rows if not is_open(row, self._state.of(row["tenant_id"])["number"])}
        for tenant in tenants:
            for row in self._state.before(tenant, self._name):
                if fits(row, query):
                    kept.setdefault(row["_key"], row)  # kept, but not replaced yet: the same document twice
        shown = [row for row in map(_shown, kept.values()) if row is not None]
        ordered = in_order(shown, sort)[skip : skip + limit if limit else None]
        return [projected(row, fields) for row in ordered]

    def insert(self, document: Document) -> bool:
        """See `Collection`."""
        return self._inner.insert(document)

    def batch_save(self, documents: Sequence[Document]) -> None:
        """See `Collection`."""
        self._inner.batch_save(documents)

    def delete(self, query: Mapping[str, Any]) -> None:
        """See `Collection`."""
        self._inner.delete(query)

    def discard(self, query: Mapping[str, Any]) -> None:
        """See `Collection`."""
        self._inner.discard(query)


def _shown(row: Document | None) -> Document | None:
    if row is None or row.get(GONE):
        return None
    return {key: value for key, value in row.items() if key not in (NUMBER, FIRST)}


def _tenants(query: Mapping[str, Any]) -> list[str]:
    """Returns the tenants that a query names; every query of the store names some."""
    parts: Iterable[Mapping[str, Any]] = query.get("$or", [query])
    return [str(part["tenant_id"]) for part in parts if "tenant_id" in part]
