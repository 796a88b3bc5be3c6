"""Connected components over whole numbers: union-find, the plain reference path of all clustering here.

`with_numpy` gives the same labels for many edges at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class DisjointSets:
    """Union-find with path halving; the smallest position names its set, so the result never depends on the order."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        """Returns the smallest position of the item's set."""
        parent = self.parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def union(self, a: int, b: int) -> bool:
        """Joins two sets; False when they were one already."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if b < a:
            a, b = b, a
        self.parent[b] = a
        return True

    def groups(self) -> dict[int, list[int]]:
        """Returns smallest position -> all positions, ascending."""
        found: dict[int, list[int]] = defaultdict(list)
        for item, label in enumerate(self.labels()):
            found[label].append(item)
        return dict(found)

    def labels(self) -> list[int]:
        """Returns the label of each item: the smallest position of its set."""
        parent = self.parent
        # No parent comes after its item, so one pass in order leaves every path one step long.
        for item, above in enumerate(parent):
            parent[item] = parent[above]
        return list(parent)


def components(size: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """Returns the label of each position, the smallest of its component; the reference of `components_numpy`."""
    sets = DisjointSets(size)
    for first, second in edges:
        sets.union(first, second)
    return sets.labels()
