"""Messages that administrators and apps leave for those who log in, in SQLite: they outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from understudy.sqlite_file import SqliteFile

_SCHEMA = "CREATE TABLE IF NOT EXISTS messages (name TEXT PRIMARY KEY, value TEXT NOT NULL, severity TEXT NOT NULL)"


@dataclass(frozen=True)
class Bulletin:
    """severity: info, warn or error."""

    name: str
    value: str
    severity: str


class Bulletins(SqliteFile):
    """One file, used by many threads."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def put(self, bulletin: Bulletin) -> None:
        """Writes a message; one of the same name gives way."""
        with self._lock:
            self._db.execute(
                "INSERT OR REPLACE INTO messages VALUES (?, ?, ?)", (bulletin.name, bulletin.value, bulletin.severity)
            )

    def listed(self) -> list[Bulletin]:
        """Returns every message, by name."""
        with self._lock:
            rows = self._db.execute("SELECT name, value, severity FROM messages ORDER BY name").fetchall()
        return [Bulletin(*row) for row in rows]

    def get(self, name: str) -> Bulletin | None:
        with self._lock:
            row = self._db.execute("SELECT name, value, severity FROM messages WHERE name=?", (name,)).fetchone()
        return Bulletin(*row) if row else None

    def remove(self, name: str) -> bool:
        """Forgets a message and tells whether there was one."""
        with self._lock:
            return self._db.execute("DELETE FROM messages WHERE name=?", (name,)).rowcount > 0
