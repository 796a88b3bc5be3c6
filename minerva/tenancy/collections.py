"""The seam to stored documents: what the entity store needs of a KV collection, and one that lives in memory."""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Document = dict[str, Any]
"""A stored document: JSON values, its key under "_key"."""

PAGE = 1000
"""Most documents one batch_save of Splunk's KV store takes."""


class Collection(Protocol):
    """A KV collection. `query` is Splunk's JSON query form, restricted to equality, $gt, $gte, $lt, $lte and $in-free
    `$or` lists; `sort` is its form `field:1,other:-1`."""

    def get(self, key: str) -> Document | None: ...

    def find(self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0) -> list[Document]: ...

    def batch_save(self, documents: Sequence[Document]) -> None: ...

    def delete(self, query: Mapping[str, Any]) -> None:
        """`query` names keys only: {"_key": key} or {"$or": [{"_key": key}, ...]}."""


def find_all(collection: Collection, query: Mapping[str, Any], sort: str = "_key:1") -> list[Document]:
    """Every document that fits, read in pages (the KV store gives at most 50,000 a query)."""
    found: list[Document] = []
    while True:
        page = collection.find(query, sort=sort, limit=10_000, skip=len(found))
        found.extend(page)
        if len(page) < 10_000:
            return found


class MemoryCollection:
    """A Collection over a dict, with the KV store's rules on keys and copies. For tools and tests."""

    def __init__(self) -> None:
        self.rows: dict[str, Document] = {}

    def get(self, key: str) -> Document | None:
        row = self.rows.get(key)
        return None if row is None else _copy(row)

    def find(self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0) -> list[Document]:
        rows = [row for row in self.rows.values() if _fits(row, query)]
        for part in reversed([part for part in sort.split(",") if part]):
            name, _, direction = part.partition(":")
            rows.sort(key=lambda row, name=name: _order(row.get(name)), reverse=direction == "-1")  # type: ignore[misc]
        return [_copy(row) for row in rows[skip : skip + limit if limit else None]]

    def batch_save(self, documents: Sequence[Document]) -> None:
        if len(documents) > PAGE:
            raise ValueError(f"at most {PAGE} documents in one batch, not {len(documents)}")
        for document in documents:
            self.rows[document["_key"]] = _copy(document)

    def delete(self, query: Mapping[str, Any]) -> None:
        for key in [key for key, row in self.rows.items() if _fits(row, query)]:
            del self.rows[key]


def _copy(row: Document) -> Document:
    copied: Document = json.loads(json.dumps(row))
    return copied


def _order(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, (int, float)) else (2, str(value))


def _fits(row: Document, query: Mapping[str, Any]) -> bool:
    return all(_fits_one(row, name, wanted) for name, wanted in query.items())


def _fits_one(row: Document, name: str, wanted: Any) -> bool:
    if name == "$or":
        return any(_fits(row, each) for each in wanted)
    value = row.get(name)
    if not isinstance(wanted, Mapping):
        return bool(value == wanted)
    tests = {"$gt": operator.gt, "$gte": operator.ge, "$lt": operator.lt, "$lte": operator.le}
    return value is not None and all(tests[sign](value, bound) for sign, bound in wanted.items())
