"""What the schedules must remember over a restart, in SQLite: last runs, suppressions, fired alerts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from understudy.sqlite_file import SqliteFile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (kind TEXT, name TEXT, at REAL, PRIMARY KEY (kind, name));
CREATE TABLE IF NOT EXISTS quiet (search TEXT, key TEXT, until REAL, PRIMARY KEY (search, key));
CREATE TABLE IF NOT EXISTS fired (id INTEGER PRIMARY KEY, search TEXT, app TEXT, owner TEXT, sid TEXT, at REAL,
  severity INTEGER, actions TEXT, digest INTEGER, count INTEGER, expires REAL);
CREATE TABLE IF NOT EXISTS measured (search TEXT PRIMARY KEY, number REAL);
"""


@dataclass(frozen=True)
class FiredAlert:
    """count: results that fired; digest: one for all results, else one per result."""

    id: int
    search: str
    app: str
    owner: str
    sid: str
    at: float
    severity: int
    actions: str
    digest: bool
    count: int
    expires: float


class Ledger(SqliteFile):
    """One file, used by many threads. Names of searches are `app/owner/name`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def last_run(self, kind: str, name: str) -> float | None:
        with self._lock:
            row = self._db.execute("SELECT at FROM runs WHERE kind=? AND name=?", (kind, name)).fetchone()
        return float(row[0]) if row else None

    def ran(self, kind: str, name: str, at: float) -> None:
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (kind, name, at))

    def measured(self, search: str) -> float | None:
        """Returns what an alert's condition counted in the run before."""
        with self._lock:
            row = self._db.execute("SELECT number FROM measured WHERE search=?", (search,)).fetchone()
        return float(row[0]) if row else None

    def measure(self, search: str, number: float) -> None:
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO measured VALUES (?, ?)", (search, number))

    def quiet_until(self, search: str, key: str) -> float:
        with self._lock:
            row = self._db.execute("SELECT until FROM quiet WHERE search=? AND key=?", (search, key)).fetchone()
        return float(row[0]) if row else 0.0

    def keep_quiet(self, search: str, key: str, until: float) -> None:
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO quiet VALUES (?, ?, ?)", (search, key, until))

    def longest_quiet(self, search: str) -> float:
        with self._lock:
            row = self._db.execute("SELECT max(until) FROM quiet WHERE search=?", (search,)).fetchone()
        return float(row[0]) if row and row[0] is not None else 0.0

    def acknowledge(self, search: str) -> None:
        """Ends the suppression of a search."""
        with self._lock:
            self._db.execute("DELETE FROM quiet WHERE search=?", (search,))

    def record(self, alert: FiredAlert) -> FiredAlert:
        """Writes a fired alert; its id is the next number."""
        with self._lock:
            cursor = self._db.execute(
                "INSERT INTO fired (search, app, owner, sid, at, severity, actions, digest, count, expires)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    alert.search,
                    alert.app,
                    alert.owner,
                    alert.sid,
                    alert.at,
                    alert.severity,
                    alert.actions,
                    int(alert.digest),
                    alert.count,
                    alert.expires,
                ),
            )
        return replace(alert, id=cursor.lastrowid or 0)

    def fired(self, now: float) -> list[FiredAlert]:
        """Returns the fired alerts that have not expired, newest first; expired ones are forgotten."""
        with self._lock:
            self._db.execute("DELETE FROM fired WHERE expires < ?", (now,))
            rows = self._db.execute(
                "SELECT id, search, app, owner, sid, at, severity, actions, digest, count, expires"
                " FROM fired ORDER BY id DESC"
            ).fetchall()
        return [
            FiredAlert(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], bool(row[8]), row[9], row[10])
            for row in rows
        ]

    def forget_search(self, app: str, owner: str, search: str) -> None:
        """Forgets the fired alerts of a search that was deleted."""
        with self._lock:
            self._db.execute("DELETE FROM fired WHERE app=? AND owner=? AND search=?", (app, owner, search))

    def forget(self, identifier: int) -> bool:
        with self._lock:
            return self._db.execute("DELETE FROM fired WHERE id=?", (identifier,)).rowcount > 0
