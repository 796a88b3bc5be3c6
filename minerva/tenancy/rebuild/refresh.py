"""One refresh of a tenant's entities as the store keeps it: a lease that one writer holds, writes under its number, and
the one document that commits them all. Killed at any step, it leaves what readers saw; the next one clears it away.

The KV store has no compare-and-set; what it refuses is a second document under one key, so a lease is taken by
inserting the next number. A writer whose lease another has taken over is refused at its next write.

In a search head cluster writes go to the captain and reads come from this member, which may be behind. It takes over
writes in their order: once it shows the lease that was just taken, or the commit, it shows all that was written before.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Callable

from minerva.documents import PAGE, Collection, Document
from minerva.tenancy.committed import FIRST, GONE, NUMBER, VERSIONED, before_key, is_open

SECONDS = 45
"""How long a lease holds after the writer's last sign of life. A writer gives one every BEAT seconds, whatever it does,
so that a dead one stands in the way for less than a minute and a living one is never overtaken."""
BEAT = 15
PAGE_OF_BEFORE = 10_000
SPACING, REMEMBERED = 3 * 3600, 31 * 86400
"""Seconds between noted times of commits, and how long they are remembered."""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds between readings of what a member of a cluster does not show yet."""
Wait = Callable[[float], None]
Noted = Sequence[float]
"""A number and a time: at that time the refresh of that number was the last one committed."""


class LeaseError(Exception):
    """Another writer holds or took the lease; the message says until when."""


class Refresh:
    """The refreshes of one tenant. collections: entities, members, redirects, refresh, as stored. wait: sleeps."""

    def __init__(self, tenant: str, collections: Mapping[str, Collection], wait: Wait = time.sleep) -> None:
        self._wait = wait
        self._tenant = tenant
        self._collections = {name: collections[name] for name in VERSIONED}
        self._refresh = collections["refresh"]

    def take(self, owner: str, now: float) -> Document:
        """Returns the lease of a new refresh, with its number, after clearing away what a killed one left.

        Raises LeaseError.
        """
        lease = self._insert_lease(owner, now)
        if not self._shows(lease["_key"], lambda row: True):
            self._refresh.batch_save([{**lease, "expires": 0}])
            raise LeaseError("this search head is far behind its cluster; try again in a minute")
        number: int = lease["number"]
        self._refresh.discard({"tenant_id": self._tenant, "kind": "lease", "number": {"$lt": number}})
        if not self._state()["settled"]:
            self._clear()
        state = self._state()
        self._save_state(state["number"], settled=False, linked=state.get("linked") or {}, times=state.get("times", []))
        return lease

    def _insert_lease(self, owner: str, now: float) -> Document:
        """Inserts the next lease; what stands in the way may be gone, or renewed, where this member is behind."""
        for _ in self._readings():
            newest = self._newest()
            if newest is not None and self._runs(newest, owner, now):
                left = max(1, int(newest["expires"] - now))
                raise LeaseError(f"another search stores this tenant's entities, until {left} s on")
            number: int = max(newest["number"] if newest else 0, self._state()["number"]) + 1
            lease = self._lease(number, owner, now + SECONDS)
            if self._refresh.insert(lease):
                return lease
        raise LeaseError("another search took the lease at the same moment")

    def _runs(self, newest: Document, owner: str, now: float) -> bool:
        """Whether a lease is somebody else's and has not run out. One that has may have been renewed meanwhile."""
        if newest["owner"] == owner or not newest["expires"]:
            return False
        return newest["expires"] > now or self._shows(newest["_key"], lambda row: bool(row["expires"] > now))

    def _shows(self, key: str, expected: Callable[[Document], bool]) -> bool:
        """Whether this member comes to show a document that is as expected."""
        rows = (self._refresh.get(key) for _ in self._readings())
        return any(row is not None and expected(row) for row in rows)

    def _readings(self) -> Iterator[None]:
        """Yields at once, and after each of the PAUSES."""
        yield
        for pause in PAUSES:
            self._wait(pause)
            yield

    def hold(self, number: int, now: float) -> None:
        """Raises LeaseError when another has taken the lease, which it may do once it has run out; renews it."""
        for _ in self._readings():
            newest = self._newest()
            if newest is not None and newest["number"] >= number:
                break
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
        rows = [{**document, NUMBER: number, FIRST: _first(row, number)} for document, row in zip(documents, stood)]
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

    def commit(self, number: int, now: float, linked: Mapping[str, Any] | None = None) -> None:
        """Makes everything written under the number visible, by one document; then clears away what it replaced.

        linked: a note for the next refresh, in the same document; None notes that postings are not kept up.
        """
        note, state = dict(linked or {}), self._state()
        times = noted(state.get("times", []), int(state["number"]), number, now)
        self._save_state(number, settled=False, linked=note, times=times)
        if self._shows(f"{self._tenant}:state", lambda row: bool(row["number"] == number)):
            self._forget()
            # Where this is not reached, the next refresh clears away what is left.
            self._save_state(number, settled=True, linked=note, times=times)
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

    def _save_state(self, number: int, settled: bool, linked: Mapping[str, Any], times: Sequence[Noted]) -> None:
        row = {
            "tenant_id": self._tenant, "kind": "state", "number": number, "settled": settled, "linked": linked,
            "times": list(times),
        }  # fmt: skip
        if linked.get("indexed_until"):
            row["indexed_until"] = linked["indexed_until"]  # beside the note, where a search finds it
        self._refresh.batch_save([{"_key": f"{self._tenant}:state", **row}])


def noted(times: Sequence[Noted], before: int, number: int, now: float) -> list[Noted]:
    """The noted times with a commit of `number` that follows `before`, at most one in SPACING. The first says from when
    on changes can be told by time: from the beginning (0) where nothing was committed before."""
    found = list(times) or [[before, now if before else 0]]
    if now - found[-1][1] >= SPACING:
        found.append([number, now])
    old = [place for place, (_, time) in enumerate(found) if time < now - REMEMBERED]
    return found[old[-1] :] if old else found


def standing_at(state: Mapping[str, Any], moment: float) -> tuple[int, float]:
    """The refresh that was the last one at a moment, as far as times were noted, and from when on they were: what later
    refreshes changed came since then. Nothing is told (the present number, from infinity on) where none was noted."""
    times: Sequence[Noted] = state.get("times") or []
    if not times:
        return int(state.get("number", 0)), math.inf if state else moment
    number = next((number for number, time in reversed(times) if time <= moment), times[0][0])
    return int(number), max(moment, times[0][1])


def _first(stood: Document | None, number: int) -> int:
    """The refresh that brought a document first: this one where none stood there; 0 where an earlier version did."""
    return number if stood is None or "tenant_id" not in stood else int(stood.get(FIRST, 0))
