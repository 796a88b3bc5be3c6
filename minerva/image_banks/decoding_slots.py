"""Decoding slots: how many pictures one process decodes at once for those who ask over HTTP: in all, and for an
institution, whose people share one slot so that none of another waits for them.

A picture may take ten seconds and 256 MiB. Who finds no slot waits a little and is then told to come again.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

MOST_AT_ONCE, MOST_OF_ONE = 2, 1
WAIT_S = 15.0


class DecodingSlots:
    """Slots of one process. Who asks is known by a name that is never written anywhere."""

    def __init__(self, most: int = MOST_AT_ONCE, of_one: int = MOST_OF_ONE, wait_s: float = WAIT_S) -> None:
        self._most, self._of_one, self._wait_s = most, of_one, wait_s
        self._taken: Counter[str] = Counter()
        self._waiting: list[tuple[object, str]] = []
        """Who came first is served first, so that one that asks again and again keeps nobody out."""
        self._changed = threading.Condition()

    @contextmanager
    def slot(self, asker: str, wait_s: float | None = None) -> Iterator[bool]:
        """Gives True once there is a slot, held until the block ends; False where there was none for `wait_s`."""
        mine = (object(), asker)
        with self._changed:
            self._waiting.append(mine)
            held = self._changed.wait_for(lambda: self._is_turn(mine), self._wait_s if wait_s is None else wait_s)
            self._waiting.remove(mine)
            if held:
                self._taken[asker] += 1
            self._changed.notify_all()
        try:
            yield held
        finally:
            if held:
                with self._changed:
                    self._taken[asker] -= 1
                    self._taken += Counter()  # forgets whoever holds none
                    self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many wait for a slot."""
        return len(self._waiting)

    def _is_turn(self, mine: tuple[object, str]) -> bool:
        may = [each for each in self._waiting if self._taken[each[1]] < self._of_one]
        return mine in may[: max(0, self._most - sum(self._taken.values()))]


SLOTS = DecodingSlots()
