"""Sets of records that are kept apart, by people or by numbers that differ: union-find that refuses to bring them
together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minerva.components import DisjointSets
from minerva.linking.once import Numbers, both, differing

_NONE: Numbers = {}


class SetsKeptApart(DisjointSets):
    """apart: pairs of positions that never stand in one set; numbers: position -> what an organization has once (see
    once.py). Costs nothing where there are none."""

    def __init__(
        self, size: int, apart: Iterable[tuple[int, int]] = (), numbers: Mapping[int, Numbers] | None = None
    ) -> None:
        super().__init__(size)
        self._joined = False
        self._enemies: dict[int, set[int]] = {}
        self._numbers: dict[int, Numbers] = dict(numbers or {})
        for a, b in apart:
            self._enemies.setdefault(a, set()).add(b)
            self._enemies.setdefault(b, set()).add(a)

    def untouched(self) -> bool:
        """True while nobody is kept apart by people and nothing was joined."""
        return not self._enemies and not self._joined

    def keeps(self) -> bool:
        """True where `may_join` may say no."""
        return bool(self._enemies or self._numbers)

    def differ(self, a: int, b: int) -> str:
        """Returns what tells the sets of two positions apart by number, in plain words, or ""."""
        if not self._numbers:
            return ""
        return differing(self._numbers.get(self.find(a), _NONE), self._numbers.get(self.find(b), _NONE))

    def may_join(self, a: int, b: int) -> bool:
        """False when a "not same", or numbers that differ, stand between the sets of two positions."""
        return self._allowed(a, b) and not self.differ(a, b)

    def _allowed(self, a: int, b: int) -> bool:
        if not self._enemies:
            return True
        a, b = self.find(a), self.find(b)
        left, right = self._enemies.get(a, ()), self._enemies.get(b, ())
        if len(right) < len(left):
            left, b = right, a
        return not any(self.find(enemy) == b for enemy in left)

    def union(self, a: int, b: int, *, judged: bool = False) -> bool:
        """Joins two sets; False when they were one already or are kept apart. judged: by people, whatever numbers
        say."""
        self._joined = True
        if not self.keeps():
            return super().union(a, b)
        a, b = self.find(a), self.find(b)
        if a == b or not (self._allowed(a, b) if judged else self.may_join(a, b)):
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

    def adopt(self, labels: list[int]) -> bool:
        """Takes over sets that were found otherwise, by the label of each position; False, and nothing done, where
        numbers within one of them differ."""
        merged: dict[int, Numbers] = {}
        for position, told in self._numbers.items():
            held = merged.get(labels[position], _NONE)
            if differing(held, told):
                return False
            merged[labels[position]] = both(held, told)
        self._numbers, self.parent = merged, labels
        return True
