"""Decoding slots: how many pictures one process decodes at once for those who ask over HTTP, in all and for a person.

A picture may take ten seconds and 256 MiB. Who finds no slot waits a little and is then told to come again.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

MOST_AT_ONCE, MOST_OF_A_PERSON = 2, 1
WAIT_S = 15.0


class DecodingSlots:
    """Slots of one process. A person is known by a name that is never written anywhere."""

    def __init__(self, most: int = MOST_AT_ONCE, of_a_person: int = MOST_OF_A_PERSON, wait_s: float = WAIT_S) -> None:
        self._most, self._of_a_person, self._wait_s = most, of_a_person, wait_s
        self._taken: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def slot(self, person: str, wait_s: float | None = None) -> Iterator[bool]:
        """Gives True once there is a slot, held until the block ends; False where there was none for `wait_s`."""
        with self._changed:
            held = self._changed.wait_for(lambda: self._is_free(person), self._wait_s if wait_s is None else wait_s)
            if held:
                self._taken[person] += 1
        try:
            yield held
        finally:
            if held:
                with self._changed:
                    self._taken[person] -= 1
                    self._taken += Counter()  # forgets whoever holds none
                    self._changed.notify_all()

    def _is_free(self, person: str) -> bool:
        return sum(self._taken.values()) < self._most and self._taken[person] < self._of_a_person


SLOTS = DecodingSlots()
