"""One refresh of a tenant's entities from the search command's side: lease, read, link, save, commit.

Everything anew (`link_all`), or only what new records and new judgements touch (`link_new`), with the same outcome.
`ask` is the handler's answer to (operation, body). A stop at any step leaves what readers saw before; the next refresh
starts anew. Texts are left out: what is stored of a record does not hold them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from minerva.linking import Options, resolve, skipped
from minerva.linking.model import LinkRecord
from minerva.linking.updates.changes import Changed, link_changes
from minerva.linking.updates.known import TooWide
from minerva.linking.updates.postings import DRIFT, postings_of
from minerva.tenancy.errors import Contradicted, Unanswered
from minerva.tenancy.judgements.judged import note_of, standing, touched_by
from minerva.tenancy.rebuild import entity_changes, link_state, missing_records
from minerva.tenancy.rebuild.entity_changes import Stored
from minerva.tenancy.rebuild.link_shelf import PAGE, Shelf
from minerva.tenancy.rebuild.missing_records import Missing, TooManyMissing
from minerva.tenancy.rebuild.refresh import BEAT

Ask = Callable[[str, dict[str, Any]], Mapping[str, Any]]
Documents = list[dict[str, Any]]
FEW = 50_000
"""So many records, or a quarter of those stored, may be looked at before linking everything is the better way."""
CLOCKS = 300
"""Seconds by which clocks of search heads may differ, when judgements made since the last refresh are looked for."""
PATIENCE_S, PAUSE_S = 300, 20
"""How long linking everything waits for another search that stores the tenant's entities, and how often it looks."""


def link_all(
    tenant: str,
    owner: str,
    ask: Ask,
    records: Iterable[LinkRecord],
    options: Options,
    indexed: int = 0,
    force: bool = False,
    warn: Callable[[str], None] = lambda text: None,
    sleep: Callable[[float], None] = time.sleep,
    tell: Callable[[str], None] = lambda text: None,
    untrusted: int = 0,
) -> Documents:
    """Links all records of a tenant anew, and stores what changed. A stored record that is not given stays for a while,
    marked (`missing_records`). Waits for another search that stores the tenant's entities, up to PATIENCE_S.

    indexed: epoch seconds of the newest record's indexing, noted for the search that asks for newer ones; force: go
    on however many records are missing; warn: is told how many are missing and stay; tell: what was not compared;
    untrusted: rows that were left out, noted for readers.
    Returns the documents of all entities. Raises TooManyMissing, with no entity changed.
    """
    run = _Run(tenant, owner, ask, options, indexed, PATIENCE_S, sleep)
    run.tell, run.untrusted = tell, untrusted
    with run.alive():
        return run.rebuild([record._replace(text="") for record in records], force, warn)


def link_new(
    tenant: str,
    owner: str,
    ask: Ask,
    records: Iterable[LinkRecord],
    options: Options,
    indexed: int = 0,
    drift: float = DRIFT,
    untrusted: int = 0,
) -> Documents:
    """Links records that may be new, and what was judged anew, into what is stored. indexed, untrusted: as in
    `link_all`; drift: as in `link_changes`.

    Returns the documents of the entities that were linked again. Where the change is too wide, or what is stored is of
    another form, all stored records and the given ones are linked anew.
    """
    run = _Run(tenant, owner, ask, options, indexed)
    run.untrusted = max(run.untrusted, untrusted)
    with run.alive():
        given = [record._replace(text="") for record in records]
        if run.noted.get("form") != link_state.form_of(options):
            return run.all_known(given)
        try:
            return run.changes(given, drift)
        except TooWide:
            return run.all_known(given)


class _Run:
    def __init__(
        self,
        tenant: str,
        owner: str,
        ask: Ask,
        options: Options,
        indexed: int,
        patience_s: float = 0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.tenant, self.options, self.indexed, self._ask = tenant, options, indexed, ask
        taken = self._taken(owner, patience_s, sleep)
        self.number: int = taken["refresh"]
        self.noted: Mapping[str, Any] = taken.get("linked") or {}
        self.tell: Callable[[str], object] = len
        self.untrusted = int(self.noted.get("untrusted", 0))

    def _taken(self, owner: str, patience_s: float, sleep: Callable[[float], None]) -> Mapping[str, Any]:
        """Takes the lease, once another search has given it back. Raises Contradicted when that takes too long."""
        while True:
            try:
                return self._ask("refresh", {"tenant_id": self.tenant, "op": "take", "owner": owner})
            except Contradicted:
                if patience_s < PAUSE_S:
                    raise
            sleep(PAUSE_S)
            patience_s -= PAUSE_S

    def ask(self, operation: str, **body: Any) -> Mapping[str, Any]:
        return self._ask(operation, {"tenant_id": self.tenant, "refresh": self.number, **body})

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Gives a sign of life to the lease all the while, however long linking takes."""
        done = threading.Event()

        def beat() -> None:
            while not done.wait(BEAT):
                try:
                    self.ask("refresh", op="hold")
                except Unanswered:
                    return  # the run's own next request says why

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    # Everything.

    def rebuild(self, given: Sequence[LinkRecord], force: bool, warn: Callable[[str], None]) -> Documents:
        """Links the given records, which are all that the search found, and those that are missing but stay."""
        stored = self._all_stored()
        absent = sorted({*stored.records} - {record.record_id for record in given})
        marks = {record_id: stored.missing(record_id) for record_id in absent}
        explained = self.by_id("explained", absent)
        try:
            staying = missing_records.staying(len(stored.records), marks, explained, self.number, force)
        except TooManyMissing:
            self.ask("refresh", op="commit", linked=dict(self.noted))  # gives the lease back
            raise
        found = self.by_id("records", [*staying])
        kept = [link_state.unpacked(record_id, row) for record_id, (_, row, _) in found.items() if row is not None]
        if kept:
            warn(missing_records.warning(len(kept)))
        return self.everything([*given, *kept], stored, staying)

    def all_known(self, given: Sequence[LinkRecord]) -> Documents:
        """Links what is stored and what is given. Records that are marked as missing stay so, but for those given."""
        stored = self._all_stored()
        again = {record.record_id for record in given}
        marks = {record_id: stored.missing(record_id) for record_id in stored.records if record_id not in again}
        missing = {record_id: mark for record_id, mark in marks.items() if mark is not None}
        return self.everything([*self.stored_records(), *given], stored, missing)

    def everything(self, records: Iterable[LinkRecord], stored: Stored, missing: Mapping[str, Missing]) -> Documents:
        rows: dict[str, LinkRecord] = {}
        for record in records:
            known = rows.get(record.record_id)
            if known is None or record < known:
                rows[record.record_id] = record
        judgements = self._judgements()
        found = resolve(rows.values(), stored.assignment(), self.tenant, self.options, standing(judgements))
        documents = [entity.to_document() for entity in found.entities]
        hubs = {hub.identifier: hub for hub in found.hubs}
        number, buckets = link_state.filled(postings_of(rows.values(), hubs, self.options))
        changed = entity_changes.save_requests(self.tenant, documents, found.redirects, stored, rows, buckets, missing)
        for body in changed:
            self._ask("save", {**body, "refresh": self.number})
        told = skipped.noted(found.skipped)
        for sentence in skipped.sentences(told):
            self.tell(f"not compared: {sentence}")
        self._commit(number, judgements, len(rows), told)
        return documents

    def _all_stored(self) -> Stored:
        found: dict[str, dict[str, str]] = {}
        for kind in ("row", "identifier", "entity", "posting"):
            entries: dict[str, str] = {}
            offset: int | None = 0
            while offset is not None:
                limit = 5000 if kind in ("entity", "posting") else 25_000
                answer = self.ask("members", kind=kind, offset=offset, limit=limit)
                entries.update(answer["entries"])
                offset = answer["next"]
            found[kind] = entries
        return Stored(found["row"], found["identifier"], found["entity"], found["posting"])

    def stored_records(self) -> Iterator[LinkRecord]:
        """Yields all records that the store knows well enough to link them again."""
        after: str | None = ""
        while after is not None:
            answer = self.ask("linked", what="rows", after=after)
            for record_id, (_, row, _) in answer["entries"].items():
                if row is not None:
                    yield link_state.unpacked(record_id, row)
            after = answer["next"]

    def _judgements(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.ask("linked", what="judgements")["entries"]
        return rows

    def _commit(
        self, buckets: int, judgements: Sequence[Mapping[str, Any]], records: int, told: Mapping[str, Any] | None = None
    ) -> None:
        """told: what linking everything did not compare; a change keeps what was told then."""
        note = {
            "form": link_state.form_of(self.options),
            "buckets": buckets,
            "records": records,  # about: one that came again with other content counts twice until the next rebuild
            **note_of(judgements, self.noted),
            "skipped": dict(self.noted.get("skipped") or {}) if told is None else dict(told),
            "untrusted": self.untrusted,
            "indexed_until": max(self.indexed, int(self.noted.get("indexed_until", 0))),
        }
        self.ask("refresh", op="commit", linked=note)

    # Only what is touched.

    def changes(self, records: Sequence[LinkRecord], drift: float) -> Documents:
        shelf = Shelf(self, int(self.noted["buckets"]), {record.record_id for record in records})
        judgements = self._judgements()
        touched = touched_by(judgements, int(self.noted.get("judged_until", 0)) - CLOCKS)
        held = int(self.noted.get("records", 0))
        most = max(FEW, held // 4)
        done = link_changes(records, touched, standing(judgements), shelf, self.tenant, self.options, most, drift)
        documents = [entity.to_document() for entity in done.entities]
        for body in self._requests(done, documents, shelf):
            self._ask("save", {**body, "refresh": self.number})
        self._commit(shelf.buckets, judgements, held + len(done.records))
        return documents

    def _requests(self, done: Changed, documents: Documents, shelf: Shelf) -> Iterator[dict[str, Any]]:
        marked = [entity_changes.entity_document(document) for document in documents]
        changed = [each for each in marked if shelf.digests.get(each["entity_id"]) != each["digest"]]
        yield from entity_changes.paged(self.tenant, "entities", changed)
        yield from entity_changes.redirect_requests(self.tenant, done.redirects)
        members, gone = self._members(done, documents, shelf)
        yield from entity_changes.paged(self.tenant, "members", members)
        yield from entity_changes.paged(self.tenant, "postings", shelf.rewritten(done.postings))
        yield from entity_changes.removals(self.tenant, "members", gone)
        yield from entity_changes.removals(self.tenant, "entities", done.ended)

    def _members(self, done: Changed, documents: Documents, shelf: Shelf) -> tuple[Documents, list[str]]:
        """Returns member documents that changed, and identifiers that nobody holds any more."""
        rows = {record.record_id: record for entity in done.entities for record in entity.records}
        linked = {record_id for document in documents for record_id in document["records"]}
        seen = ((record_id, record) for record_id, record in shelf.seen_again.items() if record_id not in linked)
        members = [entity_changes.record_member(each, shelf.entity[each], record)[0] for each, record in seen]
        holders: dict[str, set[str]] = {}
        for document in documents:
            entity_id = document["entity_id"]
            for each in document["records"]:
                if each in done.records or each in shelf.seen_again or shelf.entity.get(each) != entity_id:
                    member, _ = entity_changes.record_member(each, entity_id, rows[each], shelf.missing.get(each))
                    members.append(member)
            for identifier in document["identifiers"]:
                holders.setdefault(identifier, set()).add(entity_id)
        again = {*done.ended, *(document["entity_id"] for document in documents)}
        before = self.by_id("identifiers", sorted(done.identifiers))
        left: dict[str, set[str]] = {}
        for identifier in done.identifiers:
            was = before.get(identifier, ())
            if was is not None:  # None: more than are listed, before and after
                left[identifier] = ({*was} - again) | holders.get(identifier, set())
        held = {identifier: ids for identifier, ids in left.items() if ids}
        for member, entry in entity_changes.identifier_members(held):
            if ",".join(before.get(member["member"]) or ()) != entry:
                members.append(member)
        return members, [identifier for identifier, ids in left.items() if not ids and before.get(identifier)]

    def by_id(self, what: str, ids: Sequence[str], page: int = PAGE) -> dict[str, Any]:
        """Returns entries of the operation `linked`."""
        found: dict[str, Any] = {}
        for at in range(0, len(ids), page):
            found.update(self.ask("linked", what=what, ids=list(ids[at : at + page]))["entries"])
        return found
