"""Sets of records that people keep apart: union-find that refuses to bring the two ends of a "not same" together."""

from __future__ import annotations

from collections.abc import Iterable

from minerva.components import DisjointSets


class SetsKeptApart(DisjointSets):
    """apart: pairs of positions that never stand in one set. Costs nothing where there are none."""

    def __init__(self, size: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        super().__init__(size)
        self._joined = False
        self._enemies: dict[int, set[int]] = {}
        for a, b in apart:
            self._enemies.setdefault(a, set()).add(b)
            self._enemies.setdefault(b, set()).add(a)

    def untouched(self) -> bool:
        """True while nobody is kept apart and nothing was joined."""
        return not self._enemies and not self._joined

    def may_join(self, a: int, b: int) -> bool:
        """False when a "not same" stands between the sets of two positions."""
        if not self._enemies:
            return True
        a, b = self.find(a), self.find(b)
        left, right = self._enemies.get(a, ()), self._enemies.get(b, ())
        if len(right) < len(left):
            left, b = right, a
        return not any(self.find(enemy) == b for enemy in left)

    def union(self, a: int, b: int) -> bool:
        """Joins two sets; False when they were one already or are kept apart."""
        self._joined = True
        if not self._enemies:
            return super().union(a, b)
        a, b = self.find(a), self.find(b)
        if a == b or not self.may_join(a, b):
            return False
        super().union(a, b)
        gone = self._enemies.pop(max(a, b), None)
        if gone:
            self._enemies.setdefault(min(a, b), set()).update(gone)
        return True
