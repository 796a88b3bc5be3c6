"""The clusters of `incremental` where numpy is at hand: a label per node, and an alias table from label to label.

A batch reads the labels of its ends, follows aliases, joins the few labels that differ and writes the losers' aliases:
its cost does not depend on the number of links held. Links wait in `_recent` until they are filed; for a split, a
cluster's links are found by the labels it is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Union

import numpy as np

from minerva.components.with_numpy import components_numpy
from minerva.linking.updates.link_batches import Changes, Link, UnknownNodeError

Array = Any
Links = Union[Sequence[Link], Array]

_NONE = np.zeros(0, dtype=np.int64)


class NumpyClusters:
    """See `incremental.Clusters`; `link` and `unlink` take pairs, or an array of n rows and two columns."""

    def __init__(self, nodes: int, first: Array, second: Array) -> None:
        self._size = nodes
        self._labels = components_numpy(nodes, first, second)
        self._alias = np.arange(nodes, dtype=np.int64)
        self._base = (first, second)
        self._order: Array = None  # base links by label; sorted when the first split asks for it
        self._keys: Array = None
        self._filed: dict[int, tuple[Array, Array]] = {}  # label -> its links, where a split has moved them
        self._recent: list[tuple[Array, Array]] = []
        self._lost: list[Array] = []  # labels that ended since the start, batch by batch

    def grow(self, count: int) -> None:
        """See `Clusters`."""
        needed = self._size + count
        if needed > len(self._labels):
            room = np.arange(len(self._labels), max(needed, len(self._labels) * 5 // 4), dtype=np.int64)
            self._labels = np.concatenate([self._labels, room])
            self._alias = np.concatenate([self._alias, room])
        self._size = needed

    def link(self, links: Links) -> Changes:
        """See `Clusters`."""
        first, second = self._ends(links)
        if not len(first):
            return Changes({}, [])
        self._recent.append((first, second))
        ended, into = self._join(first, second)
        return Changes(dict(zip(ended.tolist(), into.tolist())), [])

    def unlink(self, links: Links) -> Changes:
        """See `Clusters`."""
        first, second = self._ends(links)
        roots = self._resolved(self._labels[first])
        inside = roots == self._resolved(self._labels[second])
        roots = np.unique(roots[inside])
        return Changes({}, self._part(roots, first[inside], second[inside]) if len(roots) else [])

    def ids(self, nodes: Sequence[int]) -> list[int]:
        """See `Clusters`."""
        found: list[int] = self.id_array(np.asarray(nodes, dtype=np.int64)).tolist()
        return found

    def id_array(self, nodes: Array) -> Array:
        """`ids` of an array as an array."""
        return self._resolved(self._labels[nodes])

    def all_ids(self) -> Array:
        """Returns the id of every node, and files it, so that later batches follow no alias."""
        self._labels[: self._size] = self._resolved(self._labels[: self._size])
        return self._labels[: self._size].copy()

    def _ends(self, links: Links) -> tuple[Array, Array]:
        ends = np.asarray(links, dtype=np.int64).reshape(-1, 2)
        if len(ends) and (ends.min() < 0 or ends.max() >= self._size):
            raise UnknownNodeError(f"a link names node {ends.max()}; there are {self._size}, numbered from 0")
        return ends[:, 0], ends[:, 1]

    def _resolved(self, labels: Array) -> Array:
        while True:
            further = self._alias[labels]
            if np.array_equal(further, labels):
                return labels
            labels = further

    def _join(self, first: Array, second: Array) -> tuple[Array, Array]:
        """Writes the aliases of labels that end; returns (labels that ended, what took their place)."""
        one, other = self._resolved(self._labels[first]), self._resolved(self._labels[second])
        apart = one != other
        one, other = one[apart], other[apart]
        labels, places = np.unique(np.concatenate([one, other]), return_inverse=True)
        now = labels[components_numpy(len(labels), places[: len(one)], places[len(one) :])]
        moved = now != labels
        ended, into = labels[moved], now[moved]
        self._alias[ended] = into
        if len(ended):
            self._lost.append(ended)
        return ended, into

    def _part(self, roots: Array, gone_first: Array, gone_second: Array) -> list[int]:
        """Runs some clusters again without some of their links; returns the ids that are new, ascending."""
        first, second, made_of = self._links_of(roots)
        size = len(self._labels)
        gone = np.minimum(gone_first, gone_second) * size + np.maximum(gone_first, gone_second)
        kept = ~np.isin(np.minimum(first, second) * size + np.maximum(first, second), gone)
        nodes = np.unique(np.concatenate([first, second, made_of]))
        first, second = first[kept], second[kept]
        left, right = np.searchsorted(nodes, first), np.searchsorted(nodes, second)
        now = nodes[components_numpy(len(nodes), left, right)]
        self._labels[nodes] = now
        self._alias[nodes] = now
        self._filed.update(dict.fromkeys(made_of.tolist(), (_NONE, _NONE)))
        labels = now[left]
        order = np.argsort(labels, kind="stable")
        parts, starts = np.unique(labels[order], return_index=True)
        for part, chosen in zip(parts.tolist(), np.split(order, starts[1:])):
            self._filed[part] = (first[chosen], second[chosen])
        begun: list[int] = np.setdiff1d(now, roots).tolist()
        return begun

    def _links_of(self, roots: Array) -> tuple[Array, Array, Array]:
        """Returns (first ends, second ends, the labels the clusters are made of); takes their links out of `_recent`.

        Linear in the links and the lost labels of all batches so far, not in the links of the start.
        """
        made_of = roots
        if self._lost:
            lost = np.unique(np.concatenate(self._lost))
            self._lost = [lost]
            made_of = np.union1d(roots, lost[np.isin(self._resolved(lost), roots)])
        found = [self._links_filed(label) for label in made_of.tolist()]
        if self._recent:
            first = np.concatenate([each[0] for each in self._recent])
            second = np.concatenate([each[1] for each in self._recent])
            own = np.isin(self._resolved(self._labels[first]), roots)
            found.append((first[own], second[own]))
            self._recent = [(first[~own], second[~own])]
        return (*(np.concatenate([each[end] for each in found]) for end in (0, 1)), made_of)

    def _links_filed(self, label: int) -> tuple[Array, Array]:
        if label in self._filed:
            return self._filed[label]
        if self._order is None:
            self._sort_base()
        start, end = np.searchsorted(self._keys, [label, label + 1])
        chosen = self._order[start:end]
        return self._base[0][chosen], self._base[1][chosen]

    def _sort_base(self) -> None:
        """Sorts the base links by their first label: labels as they were at the start, which a split has not moved."""
        keys = self._labels[self._base[0]]
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
