"""What one change knows of what is stored: records, entities and postings, each read once, and the postings as the
change leaves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minerva.linking.model import LinkRecord, Options
from minerva.linking.people.people_names import blocks_of
from minerva.linking.places.pairs import MOST_KNOWN
from minerva.linking.places.told import holders_told, told_of
from minerva.linking.relations import Relation
from minerva.linking.updates.keys import DIVIDING, joining_keys, keys_of
from minerva.linking.updates.postings import COUNTED, NOBODY, Posting, Stored, added, places_of


class TooWide(Exception):
    """The change touches so much, or something that is not kept one by one, that everything is to be linked anew."""


class Known:
    """rows: records by id, as they are after the change; entity: record -> entity it stands in; members: entity ->
    records; related: entity -> relations; before, after: postings as they are stored, and those that the change makes
    others."""

    def __init__(self, stored: Stored, options: Options, most: int) -> None:
        self.stored, self.options, self.most = stored, options, most
        self.rows: dict[str, LinkRecord] = {}
        self.entity: dict[str, str] = {}
        self.members: dict[str, Sequence[str]] = {}
        self.related: dict[str, Sequence[Relation]] = {}
        self.before: dict[str, Posting] = {}
        self.after: dict[str, Posting] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._joining: dict[str, list[str]] = {}

    def read_records(self, ids: Iterable[str]) -> None:
        """Raises TooWide when more than `most` records were read."""
        missing = sorted({each for each in ids if each not in self.rows})
        if len(self.rows) + len(missing) > self.most:
            raise TooWide(f"the change touches more than {self.most} records")
        for record_id, (record, entity_id) in (self.stored.records(missing) if missing else {}).items():
            self.rows[record_id], self.entity[record_id] = record, entity_id

    def read_holders(self, ids: Iterable[str]) -> None:
        """As `read_records`, of records that postings or entities name. Raises TooWide when one is gone: it was erased
        after that was read."""
        named = [*ids]
        self.read_records(named)
        if any(each not in self.rows for each in named):
            raise TooWide("a record that is named is not stored any more")

    def read_entities(self, ids: Iterable[str]) -> None:
        """Reads entities with their records."""
        missing = sorted({each for each in ids if each not in self.members})
        if missing:
            self.members.update(self.stored.entities(missing))
            self.related.update(self.stored.relations(missing))
            self.read_holders(each for entity_id in missing for each in self.members.get(entity_id, ()))

    def read_postings(self, keys: Iterable[str]) -> None:
        """Reads postings of keys; those of parts of a block (q, x) are stored where the block is full."""
        missing = sorted({key for key in keys if key not in self.before})
        if missing:
            found = self.stored.postings(missing)
            self.before.update((key, found.get(key, NOBODY)) for key in missing)

    def posting(self, key: str) -> Posting:
        """Returns a posting that was read, as the change leaves it."""
        return self.after.get(key) or self.before[key]

    def keys(self, record_id: str) -> frozenset[str]:
        """Returns the keys of a record that was read."""
        if record_id not in self._keys:
            self._keys[record_id] = frozenset(keys_of(self.rows[record_id]))
        return self._keys[record_id]

    def joining(self, record_id: str) -> list[str]:
        """Returns those of `keys` that join (j, l)."""
        if record_id not in self._joining:
            self._joining[record_id] = joining_keys(self.rows[record_id])
        return self._joining[record_id]

    def spread(self, held: Posting) -> int:
        """Returns of how many holders a contact seems to be, of its posting (w), whose records were read."""
        told = {told_of(self.rows[each]) for each in held.records}
        return holders_told(told, MOST_KNOWN) if told else 0

    def is_full(self, part: str, among: Mapping[str, Posting] | None = None) -> bool:
        """True when a block that a part (q), or a second word (x), divides is so full that its parts are compared
        instead. among: the postings to look at, all that there are now if None."""
        blocks = blocks_of(part)
        self.read_postings(blocks)
        return any((among[block] if among is not None else self.posting(block)).over for block in blocks)

    def post(self, fresh: Mapping[str, LinkRecord], replaced: Mapping[str, LinkRecord]) -> None:
        """Brings the postings up to new records, and to those that take a stored one's place."""
        more: dict[str, list[LinkRecord]] = {}
        gone: dict[str, set[str]] = {}
        for record_id, record in fresh.items():
            known = replaced.get(record_id)
            was = frozenset(keys_of(known)) if known else frozenset[str]()
            now = self.keys(record_id)
            if was and any(key[0] in "wk" for key in was | now):
                raise TooWide("a record with an address came again with other content")
            # A word in a city counts names, so one that is spelt otherwise is another though its keys are the same.
            again = {key for key in was & now if key[0] == "p" and known and known.name != record.name}
            for key in (now - was) | again:
                more.setdefault(key, []).append(record)
            for key in (was - now) | again:
                gone.setdefault(key, set()).add(record_id)
        whole = {key for key in (*more, *gone) if key[0] not in DIVIDING}
        self.read_postings(whole)
        self.read_holders(each for key in whole if key[0] in "wp" for each in self.before[key].records)
        self.read_holders(each for key in gone if key[0] in COUNTED for each in self.before[key].records)
        for key in sorted(whole):
            self._post(key, more.get(key, ()), gone.get(key, set()))
        holders: dict[str, set[str]] = {}
        divided = {key for key in (*more, *gone) if key[0] in DIVIDING and self.is_full(key, self.before)}
        self.read_postings(divided)
        for key in sorted(divided):
            self._post(key, more.get(key, ()), gone.get(key, set()))
        for block in sorted(whole):
            if block[0] == "p" and self.after[block].over and not self.before[block].over:
                stood = {*self.before[block].records} - gone.get(block, set())
                self._divide(block, stood | {record.record_id for record in more.get(block, ())}, holders)
        self.before.update((key, NOBODY) for key in holders)
        for key, ids in sorted(holders.items()):
            self.after[key] = added(key, NOBODY, [self.rows[each] for each in sorted(ids)], self.rows, self.options)

    def _post(self, key: str, more: Sequence[LinkRecord], gone: set[str]) -> None:
        kept = self.before[key]
        if gone:
            if kept.over or kept.hub:
                raise TooWide("a record that many share a value with came again with other content")
            kept = kept._replace(records=tuple(each for each in kept.records if each not in gone))
            if key[0] in COUNTED:
                kept = kept._replace(places=places_of(key, [self.rows[each] for each in kept.records]))
        self.after[key] = added(key, kept, more, self.rows, self.options)

    def _divide(self, block: str, records: Iterable[str], holders: dict[str, set[str]]) -> None:
        """Adds to `holders` who has which part of a block that was not full before the change."""
        for record_id in records:
            for key in self.keys(record_id):
                if key[0] in DIVIDING and block in blocks_of(key) and not self.is_full(key, self.before):
                    holders.setdefault(key, set()).add(record_id)
