"""State: the checkpoint of one input, safe against a kill at any instruction.

Order of a batch: its record ids are committed as intent, the events are emitted and flushed, then the position is
committed. Until the index is seen to hold them, ids stay tied to their batch, which knows the position before it.
One SQLite file per input (synchronous=EXTRA: data and directory are synced before a commit returns) holds ids,
batches and position, so that they change together or not at all. It holds no content of records.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from minerva.intake.errors import StateError
from minerva.intake.rows import Change
from minerva.intake.running.edition import SCHEMA as _EDITION_SCHEMA
from minerva.intake.running.edition import Edition

Position = dict[str, Any]
Confirm = Callable[[Sequence[str]], Optional[set[str]]]
"""Which of these record ids the index holds; None if it cannot be asked."""

ASK_IDS = 500
MAX_FRUITLESS = 3
"""Emitting everything again this often without seeing one record means that the index cannot be seen, not that it lost
them: then ids stay pending and nothing is emitted again until one is seen."""

_SELECT_IDS = 500
_CACHE_KIB = 32 * 1024
"""Ids and keys are hashes and come in no order: a large register's index has to stay in memory."""
_INTENT, _EMITTED = 0, 1
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS batches (batch INTEGER PRIMARY KEY AUTOINCREMENT, before TEXT NOT NULL, stage INTEGER)",
    "CREATE TABLE IF NOT EXISTS ids (record_id BLOB PRIMARY KEY, batch INTEGER) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS ids_pending ON ids (batch) WHERE batch IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS refused (place TEXT PRIMARY KEY, code TEXT NOT NULL, first_time INTEGER) WITHOUT ROWID",
    *_EDITION_SCHEMA,
)


@dataclass(frozen=True)
class Reconciled:
    """What a check against the index found: ids present, ids missing, and ids that nobody could ask for."""

    present: int = 0
    missing: int = 0
    unasked: int = 0


class State:
    """The open checkpoint of one input; a second opener is refused while it is open."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(str(path), timeout=5, isolation_level=None)
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=DELETE")
            self._db.execute("PRAGMA synchronous=EXTRA")
            self._db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            self._db.execute("BEGIN EXCLUSIVE")
            for statement in _SCHEMA:
                self._db.execute(statement)
            self._db.execute("COMMIT")
            self.edition = Edition(self._db)
        except (sqlite3.Error, OSError) as error:
            raise StateError(
                f"checkpoint {path.name} cannot be opened ({error}); another run of this input may hold it"
            ) from None

    def close(self) -> None:
        """Release the checkpoint."""
        self._db.close()

    def read(self, key: str, default: str = "") -> str:
        """A remembered word (`fingerprint`, `not_before`)."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else str(row[0])

    def write(self, key: str, value: str) -> None:
        """Remember a word."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def position(self) -> Position:
        """Where the source is to be read from; {} means from its start."""
        found = json.loads(self.read("position", "{}"))
        return found if isinstance(found, dict) else {}

    def move(self, position: Position, changes: Sequence[Change] = ()) -> None:
        """Commit a position that no batch belongs to, and what was told before of an edition's rows."""
        with _Transaction(self._db):
            self._move(position)
            self.edition.apply(changes, None)

    def _move(self, position: Position) -> None:
        self.write("position", json.dumps(position, sort_keys=True))

    def known(self, record_ids: Sequence[str]) -> set[str]:
        """Those ids that were emitted before (confirmed or not)."""
        found: set[str] = set()
        for at in range(0, len(record_ids), _SELECT_IDS):
            part = [bytes.fromhex(item) for item in record_ids[at : at + _SELECT_IDS]]
            marks = ",".join("?" * len(part))
            found.update(
                row[0].hex()
                for row in self._db.execute(f"SELECT record_id FROM ids WHERE record_id IN ({marks})", part)
            )
        return found

    def count(self) -> int:
        """How many distinct records this input has emitted."""
        return int(self._db.execute("SELECT count(*) FROM ids").fetchone()[0])

    def intend(self, record_ids: Sequence[str], before: Position) -> int:
        """Commit that these new ids are about to be emitted from `before`; gives the batch's number."""
        with _Transaction(self._db):
            cursor = self._db.execute(
                "INSERT INTO batches (before, stage) VALUES (?, ?)", (json.dumps(before, sort_keys=True), _INTENT)
            )
            batch = int(cursor.lastrowid or 0)
            self._db.executemany("INSERT INTO ids VALUES (?, ?)", [(bytes.fromhex(item), batch) for item in record_ids])
        return batch

    def emitted(self, batch: int, after: Position, changes: Sequence[Change] = ()) -> None:
        """Commit that the batch was emitted and flushed, the position after it, and what it told of an edition."""
        with _Transaction(self._db):
            self._db.execute("UPDATE batches SET stage = ? WHERE batch = ?", (_EMITTED, batch))
            self._move(after)
            self.edition.apply(changes, batch)

    def pending(self) -> list[str]:
        """Ids that nobody has seen in the index yet, oldest batch first."""
        return [
            row[0].hex()
            for row in self._db.execute("SELECT record_id FROM ids WHERE batch IS NOT NULL ORDER BY batch, record_id")
        ]

    def confirm(self, record_ids: Iterable[str]) -> None:
        """These ids are in the index."""
        with _Transaction(self._db):
            self._db.executemany(
                "UPDATE ids SET batch = NULL WHERE record_id = ?", [(bytes.fromhex(item),) for item in record_ids]
            )
            self._drop_empty_batches()

    def rewind(self) -> int:
        """Forget every id still pending and go back to before the first of their batches; gives their number."""
        with _Transaction(self._db):
            row = self._db.execute("SELECT before FROM batches ORDER BY batch LIMIT 1").fetchone()
            if row is None:
                return 0
            forgotten = self._db.execute("DELETE FROM ids WHERE batch IS NOT NULL").rowcount
            self._db.execute("DELETE FROM batches")
            self.edition.take_back()
            self.write("position", str(row[0]))
        return int(forgotten)

    def forget_intents(self) -> int:
        """Forget the ids of batches never known to be emitted, where the index cannot be asked: they come again."""
        with _Transaction(self._db):
            forgotten = self._db.execute(
                "DELETE FROM ids WHERE batch IN (SELECT batch FROM batches WHERE stage = ?)", (_INTENT,)
            ).rowcount
            self._drop_empty_batches()
        return int(forgotten)

    def refuse(self, place: str, code: str, time_s: float) -> None:
        """Note a refused record by its place; no content is kept."""
        self._db.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?)", (place, code, int(time_s)))

    def accept(self, place: str) -> None:
        """The record at a place was mapped after all."""
        self._db.execute("DELETE FROM refused WHERE place = ?", (place,))

    def refused(self) -> list[tuple[str, str]]:
        """Places and codes of refused records, in order of place."""
        return [
            (str(row[0]), str(row[1])) for row in self._db.execute("SELECT place, code FROM refused ORDER BY place")
        ]

    def _drop_empty_batches(self) -> None:
        empty = self._db.execute(
            "SELECT batch FROM batches WHERE NOT EXISTS (SELECT 1 FROM ids WHERE ids.batch = batches.batch)"
        ).fetchall()
        self._db.executemany("DELETE FROM batches WHERE batch = ?", empty)
        self.edition.settle(row[0] for row in empty)


class _Transaction:
    """BEGIN and COMMIT round a block, ROLLBACK if it raises."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: Any, *_: Any) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def reconcile(
    state: State, confirm: Confirm, sleep: Callable[[float], None], *, settle_s: Sequence[float] = (), again: bool
) -> Reconciled:
    """Ask the index for every pending id; with `again`, missing ones are forgotten and the position rewound.

    `settle_s` are waits between repeated questions: events travel for seconds between the pipe and the index. If the
    index cannot be asked, emitted batches wait for a later check and (with `again`) bare intents are emitted again:
    a record may then be there twice, which the read side does not count twice.
    """
    waiting = state.pending()
    present = 0
    for wait in (0.0, *settle_s):
        if not waiting:
            break
        if wait:
            sleep(wait)
        left: list[str] = []
        for at in range(0, len(waiting), ASK_IDS):
            part = waiting[at : at + ASK_IDS]
            found = confirm(part)
            if found is None:
                if again:
                    state.forget_intents()
                return Reconciled(present, 0, len(waiting) - at + len(left))
            state.confirm(item for item in part if item in found)
            present += len(found.intersection(part))
            left += [item for item in part if item not in found]
        waiting = left
    missing = len(waiting)
    if present:
        state.write("fruitless", "0")
    if waiting and again:
        fruitless = int(state.read("fruitless", "0")) + (present == 0)
        if fruitless > MAX_FRUITLESS:
            return Reconciled(present, 0, missing)
        state.write("fruitless", str(fruitless))
        state.rewind()
    return Reconciled(present, missing, 0)
