"""A small SQLite file that many threads of one process share: what accounts, schedules and messages remember."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path


class SqliteFile:
    """The open file, in write-ahead mode. Hold `_lock` around each use of `_db`."""

    def __init__(self, path: Path, schema: str) -> None:
        """Makes folder and file where they are missing. Only the owner of the process may read the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        path.chmod(0o600)
        self._db.executescript("PRAGMA journal_mode=WAL;" + schema)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._db.close()
