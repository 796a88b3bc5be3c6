"""The KV store: collections of JSON documents in one SQLite file. A write that returned is on disk.

Each collection (app, name) has its own table; a document belongs to an owner, `nobody` for shared ones. Settings of
collections.conf are handed in by the caller: enforceTypes, field.<name>, accelerated_fields.<name>.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from understudy.conf import boolean
from understudy.storage.events import StorageError
from understudy.storage.kv_query import (
    Document,
    QueryError,
    compile_query,
    parse_query,
    projection,
    sort_documents,
)
from understudy.storage.kv_types import TypeRules

NOBODY = "nobody"
MEGABYTE = 1024 * 1024
PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


@dataclass(frozen=True)
class KVLimits:
    """limits.conf [kvstore]. Sizes are megabytes of JSON text."""

    max_rows_per_query: int = 50_000
    max_documents_per_batch_save: int = 1000
    max_queries_per_batch: int = 1000
    max_size_per_batch_save_mb: int = 50
    max_size_per_result_mb: int = 50
    max_size_per_batch_result_mb: int = 100
    max_accelerations_per_collection: int = 10
    max_fields_per_acceleration: int = 10

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> KVLimits:
        """Reads the stanza; what is absent or no whole number keeps its default."""
        given = {item.name: settings.get(item.name, "").strip() for item in fields(cls)}
        return cls(**{name: int(text) for name, text in given.items() if text.isdigit()})


class KeyExists(StorageError):
    """A document of this key is there already."""


class KVStore:
    """Every collection of one home."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        if path.exists():  # not where it is in memory
            path.chmod(0o600)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY, app TEXT, name TEXT, UNIQUE (app, name))"
        )

    def close(self) -> None:
        with self.lock:
            self.connection.close()

    def collection(
        self,
        app: str,
        name: str,
        owner: str = NOBODY,
        settings: Mapping[str, str] | None = None,
        limits: KVLimits | None = None,
    ) -> Collection:
        """Returns an owner's documents of a collection; the table is made on first use."""
        with self.lock:
            self.connection.execute("INSERT OR IGNORE INTO collections (app, name) VALUES (?, ?)", (app, name))
            row = self.connection.execute("SELECT id FROM collections WHERE app = ? AND name = ?", (app, name))
            table = f"c_{row.fetchone()[0]}"
            self.connection.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (owner TEXT, key TEXT, document TEXT, PRIMARY KEY (owner, key))"
            )
        return Collection(self, table, owner, settings or {}, limits or KVLimits())

    def drop(self, app: str, name: str) -> None:
        """Deletes a collection with all its documents."""
        with self.lock:
            row = self.connection.execute(
                "SELECT id FROM collections WHERE app = ? AND name = ?", (app, name)
            ).fetchone()
            if row is not None:
                self.connection.execute(f"DROP TABLE IF EXISTS c_{row[0]}")
                self.connection.execute("DELETE FROM collections WHERE id = ?", row)


class Collection:
    """One owner's part of a collection."""

    def __init__(self, store: KVStore, table: str, owner: str, settings: Mapping[str, str], limits: KVLimits) -> None:
        self._store = store
        self._table = table
        self._owner = owner
        self._types = TypeRules(settings)
        self.limits = limits
        self._accelerate(settings)

    def _accelerate(self, settings: Mapping[str, str]) -> None:
        """Makes an index per acceleration, as far as it only holds text; invalid JSON is ignored, as documented."""
        made = 0
        for name, text in sorted(settings.items()):
            if not name.startswith("accelerated_fields."):
                continue
            try:
                names = list(json.loads(text))
            except (ValueError, TypeError):
                continue
            made += 1
            if made > self.limits.max_accelerations_per_collection:
                return
            if len(names) > self.limits.max_fields_per_acceleration:
                continue
            if names and all(PLAIN_NAME.match(field) and self._types.is_text(field) for field in names):
                columns = ", ".join(f"json_extract(document, '$.{field}')" for field in names)
                with self._store.lock:
                    self._store.connection.execute(
                        f"CREATE INDEX IF NOT EXISTS {self._table}_{'_'.join(names)} "
                        f"ON {self._table} (owner, {columns})"
                    )

    # Reading

    def _documents(self, query: Mapping[str, Any], shared: bool = False) -> Iterator[Document]:
        """Yields documents that may match: SQL narrows by key and by equality on text fields.

        shared: those of nobody too.
        """
        sql = f"SELECT document FROM {self._table} WHERE owner IN (?, ?)"
        parameters: list[Any] = [self._owner, NOBODY if shared else self._owner]
        for name, wanted in query.items():
            if not isinstance(wanted, str):
                continue
            if name == "_key":
                sql += " AND key = ?"
                parameters.append(wanted)
            elif PLAIN_NAME.match(name) and self._types.is_text(name):
                sql += f" AND json_extract(document, '$.{name}') = ?"
                parameters.append(wanted)
        with self._store.lock:
            rows = self._store.connection.execute(sql + " ORDER BY key", parameters).fetchall()
        for (data,) in rows:
            yield orjson.loads(data)

    def find(
        self,
        query: str | Mapping[str, Any] | None = None,
        fields: str = "",
        sort: str = "",
        limit: int = 0,
        skip: int = 0,
        shared: bool = False,
    ) -> list[Document]:
        """Returns matching documents, in key order unless sorted. limit 0 = max_rows_per_query.

        Raises QueryError for a result larger than max_size_per_result_mb.
        """
        wanted = parse_query(query)
        test = compile_query(wanted)
        shown = projection(fields)
        if limit < 0 or skip < 0:
            raise QueryError("limit and skip must not be negative")
        found = sort_documents((item for item in self._documents(wanted, shared) if test(item)), sort)
        rows = self.limits.max_rows_per_query
        most = min(limit, rows) if limit else rows
        answer = [shown(item) for item in found[skip : skip + most]]
        check_size(answer, self.limits.max_size_per_result_mb, "the result of a query")
        return answer

    def all(self) -> Iterator[Document]:
        """Yields every document, whatever their number."""
        yield from self._documents({})

    def get(self, key: str) -> Document | None:
        """Returns the document of a key, or None."""
        return next(self._documents({"_key": key}), None)

    def count(self) -> int:
        with self._store.lock:
            row = self._store.connection.execute(f"SELECT count(*) FROM {self._table} WHERE owner = ?", (self._owner,))
            return int(row.fetchone()[0])

    def batch_find(self, queries: Sequence[Mapping[str, Any]]) -> list[list[Document]]:
        """Answers several requests, each an object with query, fields, sort, limit, skip, shared."""
        most = self.limits.max_queries_per_batch
        if len(queries) > most:
            raise QueryError(f"at most {most} queries in one batch, not {len(queries)} (max_queries_per_batch)")
        found = [self.find(**find_options(item)) for item in queries]
        check_size(found, self.limits.max_size_per_batch_result_mb, "the result of a batch of queries")
        return found

    # Writing

    def _prepared(self, document: Mapping[str, Any], key: str | None = None) -> tuple[str, str]:
        if not isinstance(document, Mapping):
            raise QueryError("a document must be a JSON object")
        kept = self._types.applied(document)
        own = key if key is not None else kept.get("_key")
        if own is None or own == "":
            own = uuid.uuid4().hex[:24]
        if not isinstance(own, str):
            own = str(own)
        kept["_user"] = self._owner
        kept["_key"] = own
        try:
            return own, orjson.dumps(kept).decode()
        except TypeError as error:
            raise QueryError("a document holds something that is not JSON") from error

    def insert(self, document: Mapping[str, Any]) -> str:
        """Adds a document and returns its key. Raises KeyExists."""
        key, data = self._prepared(document)
        with self._store.lock:
            try:
                self._store.connection.execute(f"INSERT INTO {self._table} VALUES (?, ?, ?)", (self._owner, key, data))
            except sqlite3.IntegrityError as error:
                raise KeyExists("a document with this key exists") from error
        return key

    def replace(self, key: str, document: Mapping[str, Any]) -> bool:
        """Puts the whole document in the place of the one of this key; False if there is none."""
        _, data = self._prepared(document, key)
        with self._store.lock:
            cursor = self._store.connection.execute(
                f"UPDATE {self._table} SET document = ? WHERE owner = ? AND key = ?", (data, self._owner, key)
            )
            return cursor.rowcount > 0

    def delete(self, key: str) -> bool:
        with self._store.lock:
            cursor = self._store.connection.execute(
                f"DELETE FROM {self._table} WHERE owner = ? AND key = ?", (self._owner, key)
            )
            return cursor.rowcount > 0

    def delete_matching(self, query: str | Mapping[str, Any] | None = None) -> int:
        """Deletes every document that matches; all of them without a query. Returns how many."""
        wanted = parse_query(query)
        test = compile_query(wanted)
        with self._store.lock:
            keys = [item["_key"] for item in self._documents(wanted) if test(item)]
            with self._transaction():
                self._store.connection.executemany(
                    f"DELETE FROM {self._table} WHERE owner = ? AND key = ?", [(self._owner, key) for key in keys]
                )
        return len(keys)

    def batch_save(self, documents: Sequence[Mapping[str, Any]]) -> list[str]:
        """Adds or replaces up to max_documents_per_batch_save documents, all or none. Returns their keys in order."""
        most, size = self.limits.max_documents_per_batch_save, self.limits.max_size_per_batch_save_mb
        if len(documents) > most:
            raise QueryError(
                f"at most {most} documents in one batch, not {len(documents)} (max_documents_per_batch_save)"
            )
        prepared = [self._prepared(document) for document in documents]
        if sum(len(data.encode()) for _, data in prepared) > size * MEGABYTE:
            raise QueryError(f"a batch is at most {size} MB (max_size_per_batch_save_mb)")
        self._put(prepared)
        return [key for key, _ in prepared]

    def save_all(self, documents: Sequence[Mapping[str, Any]], *, clear: bool = False) -> int:
        """Adds or replaces any number of documents, all or none, after emptying the collection if asked (lookups)."""
        prepared = [self._prepared(document) for document in documents]
        self._put(prepared, clear=clear)
        return len(prepared)

    def _put(self, prepared: Sequence[tuple[str, str]], *, clear: bool = False) -> None:
        with self._store.lock, self._transaction():
            if clear:
                self._store.connection.execute(f"DELETE FROM {self._table} WHERE owner = ?", (self._owner,))
            self._store.connection.executemany(
                f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?)",
                [(self._owner, key, data) for key, data in prepared],
            )

    def _transaction(self) -> Transaction:
        return Transaction(self._store.connection)


def find_options(item: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the arguments of `find` that one query of a batch means. fields and sort may be lists."""
    if not isinstance(item, Mapping):
        raise QueryError("each query of a batch must be a JSON object")
    unknown = set(item) - {"query", "fields", "sort", "limit", "skip", "shared"}
    if unknown:
        raise QueryError(f"a batch query does not know {sorted(unknown)}")

    def listed(name: str) -> str:
        given = item.get(name) or ""
        return ",".join(str(part) for part in given) if isinstance(given, list) else str(given)

    try:
        limit, skip = int(item.get("limit") or 0), int(item.get("skip") or 0)
    except (TypeError, ValueError):
        raise QueryError("limit and skip must be whole numbers") from None
    shared = boolean(str(item.get("shared", "")))
    return {
        "query": item.get("query"),
        "fields": listed("fields"),
        "sort": listed("sort"),
        "limit": limit,
        "skip": skip,
        "shared": shared,
    }


def check_size(answer: Any, most_mb: int, what: str) -> None:
    """Raises QueryError for an answer of more megabytes than limits.conf allows."""
    if len(orjson.dumps(answer)) > most_mb * MEGABYTE:
        raise QueryError(f"{what} is larger than {most_mb} MB; ask for fewer documents or fields")


class Transaction:
    """BEGIN on entry, COMMIT on a good exit, ROLLBACK on an error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
