"""One refresh of a tenant's entities as the store keeps it: a lease that one writer holds, writes under its number, and
the one document that commits them all. Killed at any step, it leaves what readers saw; the next one clears it away.

The KV store has no compare-and-set; what it refuses is a second document under one key, so a lease is taken by
inserting the next number. A writer whose lease another has taken over is refused at its next write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minerva.documents import PAGE, Collection, Document
from minerva.tenancy.committed import GONE, NUMBER, VERSIONED, before_key, is_open

SECONDS = 45
"""How long a lease holds after the writer's last sign of life. A writer gives one every BEAT seconds, whatever it does,
so that a dead one stands in the way for less than a minute and a living one is never overtaken."""
BEAT = 15
PAGE_OF_BEFORE = 10_000


class LeaseError(Exception):
    """Another writer holds or took the lease; the message says until when."""


class Refresh:
    """The refreshes of one tenant. collections: entities, members, redirects, refresh, as they are stored."""

    def __init__(self, tenant: str, collections: Mapping[str, Collection]) -> None:
        self._tenant = tenant
        self._collections = {name: collections[name] for name in VERSIONED}
        self._refresh = collections["refresh"]

    def take(self, owner: str, now: float) -> int:
        """Returns the number of a new refresh, after clearing away what a killed one left. Raises LeaseError."""
        newest = self._newest()
        if newest is not None and newest["expires"] > now and newest["owner"] != owner:
            raise LeaseError(f"another search stores this tenant's entities, until {int(newest['expires'] - now)} s on")
        number: int = max(newest["number"] if newest else 0, self._state()["number"]) + 1
        if not self._refresh.insert(self._lease(number, owner, now + SECONDS)):
            raise LeaseError("another search took the lease at the same moment")
        self._refresh.discard({"tenant_id": self._tenant, "kind": "lease", "number": {"$lt": number}})
        if not self._state()["settled"]:
            self._clear()
        self._save_state(self._state()["number"], settled=False, linked=self.linked())
        return number

    def hold(self, number: int, now: float) -> None:
        """Raises LeaseError when another has taken the lease, which it may do once it has run out; renews it."""
        newest = self._newest()
        if newest is None or newest["number"] != number:
            raise LeaseError("another search took the lease over; nothing of this refresh will be seen")
        if newest["expires"] < now + SECONDS / 2:
            self._refresh.batch_save([self._lease(number, str(newest["owner"]), now + SECONDS)])

    def write(self, number: int, collection: str, documents: Sequence[Document], gone: Sequence[str] = ()) -> None:
        """Writes documents, and takes keys away, under the number; readers see neither before `commit`."""
        inner = self._collections[collection]
        keys = [*(document["_key"] for document in documents), *gone]
        kept, marked = [], []
        removed, own = set(gone), []
        stood = [row for at in range(0, len(keys), PAGE) for row in inner.get_many(keys[at : at + PAGE])]
        for key, row in zip(keys, stood):
            if row is None or "tenant_id" not in row:  # the latter: marked to be deleted
                continue
            if row.get(NUMBER, 0) == number:
                if key in removed and self._refresh.get(before_key(self._tenant, collection, key)) is None:
                    own.append(key)
                    continue
            else:
                kept.append(
                    {
                        "_key": before_key(self._tenant, collection, key), "tenant_id": self._tenant, "kind": "before",
                        "collection": collection, "number": number, "document": row,
                    }
                )  # fmt: skip
            marked.append({**row, NUMBER: number, GONE: True})
        rows = [{**document, NUMBER: number} for document in documents]
        rows += [row for row in marked if row["_key"] in removed]
        for target, found in ((self._refresh, kept), (inner, rows)):
            for at in range(0, len(found), PAGE):
                target.batch_save(found[at : at + PAGE])
        if own:  # nobody has seen them
            inner.delete({"$or": [{"_key": key} for key in own]})

    def linked(self) -> Document:
        """Returns what the last committed refresh noted for the next one (see `commit`); {} before the first."""
        found: Document = self._state().get("linked") or {}
        return found

    def commit(self, number: int, linked: Mapping[str, Any] | None = None) -> None:
        """Makes everything written under the number visible, by one document; then clears away what it replaced.

        linked: a note for the next refresh, in the same document; None notes that postings are not kept up.
        """
        note = dict(linked or {})
        self._save_state(number, settled=False, linked=note)
        self._forget()
        self._save_state(number, settled=True, linked=note)
        newest = self._newest()
        if newest is not None and newest["number"] == number:
            self._refresh.batch_save([self._lease(number, str(newest["owner"]), 0)])

    def _forget(self) -> None:
        """Takes away what the committed refresh marked as gone, and what stood there before. Reads what it replaced and
        nothing else, so that it costs what the refresh changed and not what is stored."""
        query = {"tenant_id": self._tenant, "kind": "before"}
        read = 0
        while rows := self._refresh.find(query, sort="_key:1", limit=PAGE_OF_BEFORE, skip=read):
            read += len(rows)
            for name, inner in self._collections.items():
                keys = [row["document"]["_key"] for row in rows if row["collection"] == name]
                for at in range(0, len(keys), PAGE):
                    found = inner.get_many(keys[at : at + PAGE])
                    gone = [row["_key"] for row in found if row is not None and row.get(GONE)]
                    if gone:
                        inner.delete({"$or": [{"_key": key} for key in gone]})
        self._refresh.discard(query)

    def _clear(self) -> None:
        """Puts back what uncommitted refreshes replaced, and forgets what committed ones did. May be repeated. Looks
        through what is stored, which a refresh that was killed makes necessary."""
        committed = self._state()["number"]
        for name, inner in self._collections.items():
            while True:
                rows = inner.find({"tenant_id": self._tenant, NUMBER: {"$gt": committed}}, sort="_key:1", limit=PAGE)
                rows = [row for row in rows if is_open(row, committed)]
                if not rows:
                    break
                held = self._refresh.get_many([before_key(self._tenant, name, row["_key"]) for row in rows])
                back = [each["document"] for each in held if each is not None and each["number"] > committed]
                if back:
                    inner.batch_save(back)
                new = [
                    row["_key"]
                    for row, each in zip(rows, held)
                    if each is None or each["number"] <= committed
                ]  # fmt: skip
                if new:
                    inner.delete({"$or": [{"_key": key} for key in new]})
            inner.discard({"tenant_id": self._tenant, GONE: True})
        self._refresh.discard({"tenant_id": self._tenant, "kind": "before"})

    def _newest(self) -> Document | None:
        found = self._refresh.find({"tenant_id": self._tenant, "kind": "lease"}, sort="number:-1", limit=1)
        return found[0] if found else None

    def _lease(self, number: int, owner: str, expires: float) -> Document:
        key = f"{self._tenant}:lease:{number:012d}"
        return {
            "_key": key, "tenant_id": self._tenant, "kind": "lease", "number": number, "owner": owner,
            "expires": expires,
        }  # fmt: skip

    def _state(self) -> Document:
        return self._refresh.get(f"{self._tenant}:state") or {"number": 0, "settled": True}

    def _save_state(self, number: int, settled: bool, linked: Mapping[str, Any]) -> None:
        row = {"tenant_id": self._tenant, "kind": "state", "number": number, "settled": settled, "linked": linked}
        if linked.get("indexed_until"):
            row["indexed_until"] = linked["indexed_until"]  # beside the note, where a search finds it
        self._refresh.batch_save([{"_key": f"{self._tenant}:state", **row}])
