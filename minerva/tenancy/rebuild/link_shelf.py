"""What is stored of a tenant as incremental linking reads it: records, entities and postings by id.

It keeps what it read, for the save that follows. Who reads it (a refresh over the handler, a preview over the
collections) gives `by_id`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from minerva.linking.model import LinkRecord
from minerva.linking.relations import MOST_RELATED, Relation, of_document
from minerva.linking.updates.known import TooWide
from minerva.linking.updates.postings import Posting
from minerva.tenancy.rebuild import entity_changes, link_state
from minerva.tenancy.rebuild.missing_records import Missing

PAGE, PAGE_OF_BUCKETS = 1000, 1000


class Reader(Protocol):
    """Reads entries of the operation `linked`."""

    def by_id(self, what: str, ids: Sequence[str], page: int = PAGE) -> dict[str, Any]: ...


class Shelf:
    """`postings.Stored` over the handler; keeps what it read for the save that follows."""

    def __init__(self, run: Reader, buckets: int, given: Container[str]) -> None:
        self._run, self.buckets, self._given = run, buckets, given
        self.entity: dict[str, str] = {}
        self.missing: dict[str, Missing] = {}
        """Marks of records that were read and are not given."""
        self.seen_again: dict[str, LinkRecord] = {}
        """Records that are marked as missing, and are given."""
        self.digests: dict[str, str] = {}
        self._related: dict[str, list[Relation]] = {}
        self._held: dict[int, link_state.Bucket] = {}

    def records(self, ids: Sequence[str]) -> dict[str, tuple[LinkRecord, str]]:
        found = {}
        for record_id, (entity_id, row, mark) in self._run.by_id("records", ids).items():
            if row is None:
                raise TooWide("a record was stored by an earlier version")
            found[record_id] = (link_state.unpacked(record_id, row), entity_id)
            self.entity[record_id] = entity_id
            if mark is not None and record_id in self._given:
                self.seen_again[record_id] = found[record_id][0]
            elif mark is not None:
                self.missing[record_id] = Missing(*mark)
        return found

    def entities(self, ids: Sequence[str]) -> dict[str, Sequence[str]]:
        found = {}
        for entity_id, (mark, size, records, related) in self._run.by_id("entities", ids).items():
            if size != len(records) or len(related) >= MOST_RELATED:
                raise TooWide("an entity has more records or relations than its document lists")
            self.digests[entity_id], self._related[entity_id] = mark, of_document({"related": related})
            found[entity_id] = records
        return found

    def relations(self, ids: Sequence[str]) -> dict[str, list[Relation]]:
        return {each: self._related[each] for each in ids if each in self._related}

    def postings(self, keys: Sequence[str]) -> dict[str, Posting]:
        numbers = {key: link_state.bucket_of(key, self.buckets) for key in keys}
        self._read(numbers.values())
        found = {}
        for key, number in numbers.items():
            value = self._held[number].get(link_state.hash_of(key)) if self._held[number] else None
            if value is not None:
                found[key] = link_state.from_value(value)
        return found

    def _read(self, numbers: Iterable[int]) -> None:
        missing = sorted({number for number in numbers if number not in self._held})
        found = self._run.by_id("postings", [str(number) for number in missing], PAGE_OF_BUCKETS)
        self._held.update((number, found.get(str(number), {})) for number in missing)

    def rewritten(self, postings: Mapping[str, Posting]) -> Iterator[dict[str, Any]]:
        """Yields the buckets that change."""
        numbers = {key: link_state.bucket_of(key, self.buckets) for key in postings}
        self._read(numbers.values())
        for key, held in postings.items():
            link_state.put(self._held[numbers[key]], link_state.hash_of(key), held)
        for number in sorted({*numbers.values()}):
            yield entity_changes.bucket_document(number, self._held[number])
