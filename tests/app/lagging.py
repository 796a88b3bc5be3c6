"""A KV store as the members of a search head cluster see it: writes go to the captain, which is the stand-in's own
collection, and each member's reads show what it has taken over of them, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from minerva.documents import Document
from understudy.storage.kv import Collection, KeyExists, KVStore

Write = Callable[[Collection], object]


class Cluster:
    """behind: how many writes the members have not taken over; each pause lets them take over one more."""

    def __init__(self, folder: Path, behind: int, members: int = 2) -> None:
        self.behind = behind
        self._stores = [KVStore(folder / f"member_{number}.sqlite") for number in range(members + 1)]
        self._waiting: list[deque[tuple[str, Write]]] = [deque() for _ in range(members)]

    def close(self) -> None:
        for store in self._stores:
            store.close()

    def wait(self, _: float) -> None:
        """Stands for time: each member takes over one write."""
        for number in range(len(self._waiting)):
            self._take_over(number, 1)

    def settle(self) -> None:
        """Lets the members take over all."""
        for number, waiting in enumerate(self._waiting):
            self._take_over(number, len(waiting))

    def _take_over(self, number: int, count: int) -> None:
        waiting = self._waiting[number]
        for _ in range(min(count, len(waiting))):
            name, write = waiting.popleft()
            write(self.stored(name, number + 1))

    def stored(self, name: str, place: int = 0) -> Collection:
        """The collection as the captain (0) or a member holds it."""
        return self._stores[place].collection("app", name)

    def write(self, name: str, write: Write) -> None:
        """Raises KeyExists, as the captain does."""
        write(self.stored(name))
        for number, waiting in enumerate(self._waiting):
            waiting.append((name, write))
            self._take_over(number, len(waiting) - self.behind)

    def member(self, number: int, names: Sequence[str]) -> dict[str, Member]:
        return {name: Member(self, number, name) for name in names}


class Member:
    """A `minerva.documents.Collection` on one member."""

    def __init__(self, cluster: Cluster, number: int, name: str) -> None:
        self._cluster, self._number, self._name = cluster, number, name

    @property
    def _shown(self) -> Collection:
        return self._cluster.stored(self._name, self._number + 1)

    def get(self, key: str) -> Document | None:
        return self._shown.get(key)

    def get_many(self, keys: Sequence[str]) -> list[Document | None]:
        return [self._shown.get(key) for key in keys]

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        return list(self._shown.find(query=dict(query), sort=sort, limit=limit, skip=skip, fields=",".join(fields)))

    def insert(self, document: Document) -> bool:
        try:
            self._cluster.write(self._name, lambda stored: stored.insert(dict(document)))
        except KeyExists:
            return False
        return True

    def batch_save(self, documents: Sequence[Document]) -> None:
        if documents:
            rows = [dict(document) for document in documents]
            self._cluster.write(self._name, lambda stored: stored.batch_save([dict(row) for row in rows]))

    def delete(self, query: Mapping[str, Any]) -> None:
        self.discard(query)

    def discard(self, query: Mapping[str, Any]) -> None:
        self._cluster.write(self._name, lambda stored: stored.delete_matching(dict(query)))
