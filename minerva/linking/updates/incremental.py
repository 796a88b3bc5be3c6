"""Clusters that stay current: links come and go in batches, only what they touch is looked at, ids stay. Plain path.

A node is a whole number in the order of first sight; the id of a cluster is its smallest node, so the part with the
oldest node keeps the id when a cluster splits, and the older id survives when two merge. Every id that ever was is a
node too: where it leads today is the id of the cluster that holds that node, so redirects are never lost.
Split and merge with repair: Gruenheid, Dong, Srivastava, "Incremental Record Linkage", VLDB 2014.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from typing import Protocol

from minerva.components import DisjointSets
from minerva.linking.updates.link_batches import Changes, Link, UnknownNodeError

WORTH_NUMPY = 100_000


class Clusters(Protocol):
    """Links are undirected and held once: adding one again, or taking away one that is not there, changes nothing."""

    def grow(self, count: int) -> None:
        """Adds `count` nodes, each a cluster of its own, numbered on from the last."""

    def link(self, links: Sequence[Link]) -> Changes:
        """Adds links. Raises UnknownNodeError, and then has changed nothing."""
        ...

    def unlink(self, links: Sequence[Link]) -> Changes:
        """Takes links away; looks at the clusters that held them and at no other. Raises UnknownNodeError."""
        ...

    def ids(self, nodes: Sequence[int]) -> list[int]:
        """Returns the id of the cluster of each node; for an id that ended, the id it leads to now."""
        ...


def clusters_of(nodes: int, links: Sequence[Link]) -> Clusters:
    """Returns the clusters of a first set of links, by the faster path at hand."""
    if len(links) >= WORTH_NUMPY and importlib.util.find_spec("numpy"):
        import numpy as np

        from minerva.linking.updates.incremental_numpy import NumpyClusters

        ends = np.array(links, dtype=np.int64)
        return NumpyClusters(nodes, ends[:, 0], ends[:, 1])
    return PlainClusters(nodes, links)


class PlainClusters:
    """Union-find with each node's neighbors beside it; the reference of `NumpyClusters`."""

    def __init__(self, nodes: int, links: Iterable[Link] = ()) -> None:
        self._sets = DisjointSets(nodes)
        self._neighbors: dict[int, set[int]] = {}
        self.link(list(links))

    def grow(self, count: int) -> None:
        """See `Clusters`."""
        size = len(self._sets.parent)
        self._sets.parent.extend(range(size, size + count))

    def link(self, links: Sequence[Link]) -> Changes:
        """See `Clusters`."""
        self._check(links)
        lost = []
        for first, second in links:
            self._neighbors.setdefault(first, set()).add(second)
            self._neighbors.setdefault(second, set()).add(first)
            one, other = self._sets.find(first), self._sets.find(second)
            if self._sets.union(one, other):
                lost.append(max(one, other))
        return Changes({each: self._sets.find(each) for each in sorted(lost)}, [])

    def unlink(self, links: Sequence[Link]) -> Changes:
        """See `Clusters`."""
        self._check(links)
        touched: dict[int, set[int]] = {}
        for first, second in links:
            if second in self._neighbors.get(first, ()):
                self._neighbors[first].discard(second)
                self._neighbors[second].discard(first)
                touched.setdefault(self._sets.find(first), set()).update((first, second))
        begun = [new for old, ends in touched.items() for new in self._part(old, ends)]
        return Changes({}, sorted(begun))

    def ids(self, nodes: Sequence[int]) -> list[int]:
        """See `Clusters`."""
        return [self._sets.find(node) for node in nodes]

    def _part(self, old: int, ends: set[int]) -> list[int]:
        """Gives the nodes around the cut ends their ids; returns the ids that are not `old`.

        Every part of the cluster holds a cut end or is the whole, so what the ends reach is the whole cluster.
        """
        begun = []
        while ends:
            part, open_nodes = set(), [ends.pop()]
            while open_nodes:
                node = open_nodes.pop()
                if node not in part:
                    part.add(node)
                    open_nodes.extend(self._neighbors.get(node, ()))
            ends -= part
            smallest = min(part)
            for node in part:
                self._sets.parent[node] = smallest
            if smallest != old:
                begun.append(smallest)
        return begun

    def _check(self, links: Sequence[Link]) -> None:
        size = len(self._sets.parent)
        for first, second in links:
            if not (0 <= first < size and 0 <= second < size):
                raise UnknownNodeError(f"a link names node {max(first, second)}; there are {size}, numbered from 0")
