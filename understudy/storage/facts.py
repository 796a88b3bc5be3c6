"""What holds for all stored events, looked up as the store grows: which lists are short, where events are from."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.storage.store import Store

MAX_ORIGINS = 5_000


class Facts:
    """Facts that can only end, never begin, as events are added."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._checked: dict[str, tuple[int, bool]] = {}
        self._origins: set[tuple[str, str, str, str]] = set()
        self._origins_checked = 0

    def is_single(self, column: str) -> bool:
        """Whether no event has two values in a list column."""
        return self._never(column, f"len({column}) > 1")

    def any_repeats(self) -> bool:
        """Whether some event has the same value twice in an indexed field."""
        return not self._never("repeats", "repeats IS NOT NULL")

    def _never(self, key: str, condition: str) -> bool:
        newest = self._store.last_id
        with self._lock:
            checked, holds = self._checked.get(key, (0, True))
        if holds and newest > checked:
            cursor = self._store.cursor()
            try:
                found = cursor.execute(
                    f"SELECT count(*) FROM (SELECT 1 FROM events WHERE id > ? AND id <= ? AND {condition} LIMIT 1)",
                    [checked, newest],
                ).fetchone()
            finally:
                cursor.close()
            holds = found is None or not found[0]
            with self._lock:
                self._checked[key] = (newest, holds)
        return holds

    def origins(self, indexes: Sequence[str]) -> list[tuple[str, str, str]] | None:
        """Returns every (sourcetype, source, host) there is in some indexes, or None when there are very many."""
        newest = self._store.last_id
        with self._lock:
            if newest > self._origins_checked and len(self._origins) <= MAX_ORIGINS:
                cursor = self._store.cursor()
                try:
                    found = cursor.execute(
                        "SELECT DISTINCT idx, sourcetype, source, host FROM events WHERE id > ? AND id <= ? "
                        f"LIMIT {MAX_ORIGINS + 1}",
                        [self._origins_checked, newest],
                    ).fetchall()
                finally:
                    cursor.close()
                self._origins.update(found)
                self._origins_checked = newest
            if len(self._origins) > MAX_ORIGINS:
                return None
            wanted = frozenset(indexes)
            return [(sourcetype, source, host) for index, sourcetype, source, host in self._origins if index in wanted]
