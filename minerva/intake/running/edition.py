"""The last edition of a source that is compared as a whole: key hash -> content hash, in the input's checkpoint.

It says what readers were told, so it changes in the transaction that moves the position, batch by batch, and goes back
with its batch when the index lost it. A row that is gone keeps its revision, so that it may come back as news. Of
content it holds the source's own key, by which a removal is told; none for a row that was kept out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minerva.intake.rows import Change

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS edition (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, content BLOB, "
    "revision INTEGER NOT NULL, natural_key TEXT)",
    "CREATE TABLE IF NOT EXISTS edition_before (batch INTEGER NOT NULL, key BLOB NOT NULL, content BLOB, "
    "revision INTEGER NOT NULL, natural_key TEXT)",
    "CREATE INDEX IF NOT EXISTS edition_before_batch ON edition_before (batch)",
)
_SELECT = 500
_PAGE = 5000


@dataclass(frozen=True)
class Entry:
    """A row as it was told last: its number in the table, content hash (None: gone) and revision."""

    number: int
    content: bytes | None
    revision: int


class Edition:
    """The edition that an open checkpoint holds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def size(self) -> tuple[int, int]:
        """The greatest number given so far, and how many rows are not gone."""
        row = self._db.execute("SELECT coalesce(max(number), 0), count(content) FROM edition").fetchone()
        return int(row[0]), int(row[1])

    def look_up(self, keys: Sequence[bytes]) -> dict[bytes, Entry]:
        """The entries of those keys that are there."""
        found: dict[bytes, Entry] = {}
        for at in range(0, len(keys), _SELECT):
            part = keys[at : at + _SELECT]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, number, content, revision FROM edition WHERE key IN ({marks})"
            for key, number, content, revision in self._db.execute(query, part):
                found[key] = Entry(number, content, revision)
        return found

    def entries(self, up_to: int) -> Iterator[tuple[int, bytes, int, str]]:
        """(number, key, revision, natural key) of the rows that are not gone, up to a number, in order of number."""
        after = 0
        while True:
            page = self._db.execute(
                "SELECT number, key, revision, coalesce(natural_key, '') FROM edition "
                "WHERE number > ? AND number <= ? AND content IS NOT NULL ORDER BY number LIMIT ?",
                (after, up_to, _PAGE),
            ).fetchall()
            if not page:
                return
            yield from page
            after = page[-1][0]

    def apply(self, changes: Iterable[Change], batch: int | None) -> None:
        """Take over what was told, inside the caller's transaction; `batch` lets it be taken back."""
        told = list(changes)
        if batch is not None:
            self._db.executemany(
                "INSERT INTO edition_before SELECT ?, ?, content, coalesce(revision, 0), natural_key "
                "FROM (SELECT 1) LEFT JOIN edition ON key = ?",
                [(batch, change.key, change.key) for change in told],
            )
        self._db.executemany(
            "INSERT INTO edition (key, content, revision, natural_key) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO "
            "UPDATE SET content = excluded.content, revision = excluded.revision, "
            "natural_key = excluded.natural_key",
            [
                (each.key, each.content, each.revision, None if each.content is None else each.natural_key or None)
                for each in told
            ],
        )

    def take_back(self) -> None:
        """Undo every batch that is still open, the latest first, inside the caller's transaction."""
        rows = self._db.execute(
            "SELECT key, content, revision, natural_key FROM edition_before ORDER BY batch DESC, rowid DESC"
        ).fetchall()
        for key, content, revision, natural_key in rows:
            if revision:
                self._db.execute(
                    "UPDATE edition SET content = ?, revision = ?, natural_key = ? WHERE key = ?",
                    (content, revision, natural_key, key),
                )
            else:
                self._db.execute("DELETE FROM edition WHERE key = ?", (key,))
        self._db.execute("DELETE FROM edition_before")

    def settle(self, batches: Iterable[int]) -> None:
        """Forget how to undo these batches, inside the caller's transaction."""
        self._db.executemany("DELETE FROM edition_before WHERE batch = ?", ((batch,) for batch in batches))
