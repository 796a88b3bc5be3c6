"""Sets of records that are kept apart, by people or by numbers that differ: union-find that refuses to bring them
together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minerva.components import DisjointSets
from minerva.linking.places.once import Numbers, both, differing

_NONE: Numbers = {}


class SetsKeptApart(DisjointSets):
    """apart: pairs of positions that never stand in one set. Costs nothing where there are none."""

    def __init__(self, size: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        super().__init__(size)
        self._joined = False
        self._enemies: dict[int, set[int]] = {}
        self._numbers: dict[int, Numbers] = {}
        for a, b in apart:
            self._enemies.setdefault(a, set()).add(b)
            self._enemies.setdefault(b, set()).add(a)

    def hold(self, numbers: Mapping[int, Numbers]) -> None:
        """From now on sets whose numbers differ are not joined; position -> what an organization has once (once.py).
        Sets that stand already stay, with the numbers of all who are in them."""
        for position, told in numbers.items():
            root = self.find(position)
            self._numbers[root] = both(self._numbers.get(root, _NONE), told)

    def untouched(self) -> bool:
        """True while nobody is kept apart by people and nothing was joined."""
        return not self._enemies and not self._joined

    def differ(self, a: int, b: int) -> str:
        """Returns what tells the sets of two positions apart by number, in plain words, or ""."""
        if not self._numbers:
            return ""
        return differing(self._numbers.get(self.find(a), _NONE), self._numbers.get(self.find(b), _NONE))

    def may_join(self, a: int, b: int) -> bool:
        """False when a "not same", or numbers that differ, stand between the sets of two positions."""
        if self.differ(a, b):
            return False
        if not self._enemies:  # as in most links
            return True
        a, b = self.find(a), self.find(b)
        left, right = self._enemies.get(a, ()), self._enemies.get(b, ())
        if len(right) < len(left):
            left, b = right, a
        return not any(self.find(enemy) == b for enemy in left)

    def union(self, a: int, b: int) -> bool:
        """Joins two sets; False when they were one already or are kept apart."""
        self._joined = True
        if not self._enemies and not self._numbers:
            return super().union(a, b)
        a, b = self.find(a), self.find(b)
        if a == b or not self.may_join(a, b):
            return False
        super().union(a, b)
        kept, gone = min(a, b), max(a, b)
        enemies = self._enemies.pop(gone, None)
        if enemies:
            self._enemies.setdefault(kept, set()).update(enemies)
        numbers = self._numbers.pop(gone, None)
        if numbers:
            self._numbers[kept] = both(self._numbers.get(kept, _NONE), numbers)
        return True
