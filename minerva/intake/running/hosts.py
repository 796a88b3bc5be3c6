"""Hosts: how fast each host is asked, by all inputs of a kind together, whatever their number and processes.

One small SQLite file beside the checkpoints holds per host when the next request may go out, until when it asked to be
left alone, and how many requests it had today. Nothing in it is worth a sync: what a crash loses is politeness of a
second. Where the file cannot be used, each run keeps its own pace.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from minerva.intake.errors import RetryLater
from minerva.intake.pace import RETRY_AFTER_CAP_S, Bucket, Timing

PATIENCE_S = 120.0
"""A run waits so long for its turn; if it would have to wait longer, it is put off."""
FILE = "hosts.db"
_DAY_S = 86_400
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, turn REAL NOT NULL, held REAL NOT NULL, "
    "day INTEGER NOT NULL, asked INTEGER NOT NULL) WITHOUT ROWID"
)


class SharedPace(Bucket):
    """A bucket whose tokens of a host are those of every run that uses the same file. `per_day` 0 means no quota."""

    def __init__(self, path: Path, per_second: float, burst: int, timing: Timing, per_day: int = 0) -> None:
        super().__init__(per_second, burst, timing)
        self._path = path
        self._size = max(1, burst)
        self._per_day = per_day
        self._clock = timing

    def take(self, host: str = "") -> None:
        """Wait for the host's turn. Raises RetryLater if that is far away."""
        try:
            wait = self._reserve(host)
        except (sqlite3.Error, OSError):
            super().take(host)
            return
        if wait > PATIENCE_S:
            raise RetryLater(wait)
        if wait > 0:
            self._clock.sleep(wait)

    def hold(self, host: str, seconds: float) -> None:
        """The host asked to be left alone for so long: all runs do."""
        now = self._clock.now()
        until = now + min(max(seconds, 0.0), RETRY_AFTER_CAP_S)
        try:
            with closing(self._open()) as db:
                db.execute("BEGIN IMMEDIATE")
                db.execute(
                    "INSERT INTO hosts VALUES (?, 0, ?, 0, 0) ON CONFLICT (host) DO UPDATE SET held = max(held, ?)",
                    (host, until, until),
                )
                db.execute("COMMIT")
        except (sqlite3.Error, OSError):
            return

    def _reserve(self, host: str) -> float:
        """Seconds until this request may go out; its turn is taken unless it is too far away."""
        now = self._clock.now()
        today = int(now // _DAY_S)
        with closing(self._open()) as db:
            db.execute("BEGIN IMMEDIATE")
            row = db.execute("SELECT turn, held, day, asked FROM hosts WHERE host = ?", (host,)).fetchone()
            turn, held, day, asked = row or (0.0, 0.0, today, 0)
            asked = asked if day == today else 0
            # A clock that was set back must not leave a host alone for longer than anybody may ask for.
            turn, held = min(turn, now + RETRY_AFTER_CAP_S), min(held, now + RETRY_AFTER_CAP_S)
            if self._per_day and asked >= self._per_day:
                return max((today + 1) * _DAY_S - now, PATIENCE_S + 1)
            wait, step = max(held - now, 0.0), 1 / self.per_second if self.per_second > 0 else 0.0
            if step:
                # The turn runs ahead of the clock by what was asked; a burst may run ahead by its own length.
                wait = max(wait, turn - now - (self._size - 1) * step)
            if wait <= PATIENCE_S:
                turn, asked = max(turn, now) + step if step else turn, asked + 1
            # Where no turn is taken the bounded times are kept all the same, or none of them would ever come.
            db.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?, ?)", (host, turn, held, today, asked))
            db.execute("COMMIT")
            return wait

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(str(self._path), timeout=5, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=OFF")
            db.execute(_SCHEMA)
        except sqlite3.Error:
            db.close()
            raise
        return db
