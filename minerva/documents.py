"""Stored documents: what Minerva needs of a KV collection, and a collection that lives in memory.

Imports nothing of minerva, so that every package may store documents.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Document = dict[str, Any]
"""A stored document: JSON values, its key under "_key"."""

PAGE, PAGE_OF_ALL = 1000, 10_000
"""Most documents one batch_save of Splunk's KV store takes, and how many `find_all` asks for at once."""


class Collection(Protocol):
    """A KV collection. `query` is Splunk's JSON query form, restricted to equality, $gt, $gte, $lt, $lte and $in-free
    `$or` lists; `sort` is its form `field:1,other:-1`."""

    def get(self, key: str) -> Document | None: ...

    def get_many(self, keys: Sequence[str]) -> list[Document | None]:
        """The document of each key, in order; at most PAGE keys."""
        ...

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """fields: they and `_key` alone are given; all of a document where none are named."""
        ...

    def insert(self, document: Document) -> bool:
        """Whether it was stored; False if its key is taken."""

    def batch_save(self, documents: Sequence[Document]) -> None: ...

    def delete(self, query: Mapping[str, Any]) -> None:
        """`query` names keys only: {"_key": key} or {"$or": [{"_key": key}, ...]}."""

    def discard(self, query: Mapping[str, Any]) -> None:
        """Deletes all that fit a query that names no identifier: it stands in a URL."""


def find_all(collection: Collection, query: Mapping[str, Any], fields: Sequence[str] = ()) -> list[Document]:
    """Every document that fits, in order of keys; the query names none. fields: see `find`.

    Read in pages (the KV store gives at most 50,000 a query), each from the key on that the last one ended with: a page
    that is named by its number costs all that stands before it.
    """
    found: list[Document] = []
    after: dict[str, Any] = {}
    while True:
        page = collection.find({**query, **after}, sort="_key:1", limit=PAGE_OF_ALL, fields=fields)
        found.extend(page)
        if len(page) < PAGE_OF_ALL:
            return found
        after = {"_key": {"$gt": page[-1]["_key"]}}


def projected(row: Document, fields: Sequence[str]) -> Document:
    """A document as `find` gives it of these fields."""
    return {name: row[name] for name in ("_key", *fields) if name in row} if fields else row


class MemoryCollection:
    """A Collection over a dict, with the KV store's rules on keys and copies. For tools and tests."""

    def __init__(self) -> None:
        self.rows: dict[str, Document] = {}

    def get(self, key: str) -> Document | None:
        row = self.rows.get(key)
        return None if row is None else _copy(row)

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        rows = in_order([row for row in self.rows.values() if fits(row, query)], sort)
        return [_copy(projected(row, fields)) for row in rows[skip : skip + limit if limit else None]]

    def insert(self, document: Document) -> bool:
        if document["_key"] in self.rows:
            return False
        self.rows[document["_key"]] = _copy(document)
        return True

    def batch_save(self, documents: Sequence[Document]) -> None:
        if len(documents) > PAGE:
            raise ValueError(f"at most {PAGE} documents in one batch, not {len(documents)}")
        for document in documents:
            self.rows[document["_key"]] = _copy(document)

    def delete(self, query: Mapping[str, Any]) -> None:
        for key in [key for key, row in self.rows.items() if fits(row, query)]:
            del self.rows[key]

    def get_many(self, keys: Sequence[str]) -> list[Document | None]:
        if len(keys) > PAGE:
            raise ValueError(f"at most {PAGE} keys at once, not {len(keys)}")
        return [self.get(key) for key in keys]

    def discard(self, query: Mapping[str, Any]) -> None:
        self.delete(query)


_PLAIN, _NAMED = frozenset([str, int, float, bool, type(None)]), frozenset([str])


def _copy(row: Document) -> Document:
    copied: Document = _copied(row)
    return copied


def _copied(value: Any) -> Any:
    """What JSON would give back, in a third of its time."""
    kind = type(value)
    if kind is dict and {*map(type, value)} <= _NAMED:
        return {name: each if type(each) in _PLAIN else _copied(each) for name, each in value.items()}
    if kind is list or kind is tuple:
        return [each if type(each) in _PLAIN else _copied(each) for each in value]
    return json.loads(json.dumps(value))


def _order(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, (int, float)) else (2, str(value))


def in_order(rows: list[Document], sort: str) -> list[Document]:
    """Returns the rows as `sort` puts them."""
    for part in reversed([part for part in sort.split(",") if part]):
        name, _, direction = part.partition(":")
        rows = sorted(rows, key=lambda row, name=name: _order(row.get(name)), reverse=direction == "-1")  # type: ignore[misc]
    return rows


def fits(row: Document, query: Mapping[str, Any]) -> bool:
    """True when a query finds the document; a list matches when any of its items does."""
    for name, wanted in query.items():  # plain, since each search in memory asks it of every row
        if not (row.get(name) == wanted if type(wanted) is str else False) and not _fits_one(row, name, wanted):
            return False
    return True


def _fits_one(row: Document, name: str, wanted: Any) -> bool:
    if name == "$or":
        return any(fits(row, each) for each in wanted)
    if name == "$and":
        return all(fits(row, each) for each in wanted)
    value = row.get(name)
    if not isinstance(wanted, Mapping):
        return bool(value == wanted) or (isinstance(value, list) and wanted in value)
    tests = {"$gt": operator.gt, "$gte": operator.ge, "$lt": operator.lt, "$lte": operator.le}
    return value is not None and all(tests[sign](value, bound) for sign, bound in wanted.items())
