"""What of a linking result must be stored: the difference to what is stored, cut into pages of the handler's size."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.linking.model import LinkRecord
from minerva.tenancy.rebuild.link_state import Bucket, bucket_digest, mark_of, packed
from minerva.tenancy.rebuild.missing_records import Missing

PAGE = 1000
PAGE_BYTES = 4_000_000
"""A page's documents stay far below the KV store's 50 MB a batch and a handler's max_content_length."""
MOST_IN_DOCUMENT = 20_000
"""So many records, identifiers and joins of an entity are listed; a document of the KV store holds 16 MB."""
MOST_HOLDERS = 1000
"""So many entities are listed for an identifier that joins none of them."""
OVER = "over"


@dataclass(frozen=True)
class Stored:
    """What the store holds: record_id -> its `row_entry`, identifier -> entity ids with commas or OVER, entity_id ->
    digest, bucket -> digest."""

    records: Mapping[str, str]
    identifiers: Mapping[str, str]
    entities: Mapping[str, str]
    postings: Mapping[str, str] = field(default_factory=dict)

    def assignment(self) -> dict[str, str]:
        """Returns record_id -> entity_id."""
        return {record_id: entry.partition(" ")[0] for record_id, entry in self.records.items()}

    def missing(self, record_id: str) -> Missing | None:
        """Returns how the record is marked as missing, or None."""
        since, colon, rebuilds = self.records[record_id].rpartition(" ")[2].partition(":")
        return Missing(int(since), int(rebuilds)) if colon else None


def digest(document: Mapping[str, Any]) -> str:
    """16 hex digits that change with the document."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def save_requests(
    tenant_id: str,
    documents: Iterable[Mapping[str, Any]],
    redirects: Mapping[str, str],
    stored: Stored,
    rows: Mapping[str, LinkRecord] | None = None,
    buckets: Iterable[tuple[int, Bucket]] = (),
    missing: Mapping[str, Missing] | None = None,
) -> Iterator[dict[str, Any]]:
    """Bodies of `save` requests; of one refresh, so their order is seen by nobody.

    `documents` are all entities of the tenant as linked now, `rows` their records, `buckets` all their postings,
    `missing` the marks of those records that are missing. Nothing is yielded if nothing changed.
    """
    entities: list[dict[str, Any]] = []
    records: dict[str, str] = {}
    holders: dict[str, list[str]] = {}
    alive = set()
    for document in documents:
        entity_id = document["entity_id"]
        alive.add(entity_id)
        for record_id in document["records"]:
            records[record_id] = entity_id
        for identifier in document["identifiers"]:
            holders.setdefault(identifier, []).append(entity_id)
        marked = entity_document(document)
        if stored.entities.get(entity_id) != marked["digest"]:
            entities.append(marked)
    yield from paged(tenant_id, "entities", entities)
    yield from redirect_requests(tenant_id, redirects)
    members = [
        member
        for member, entry in _record_members(records, rows or {}, missing or {})
        if stored.records.get(member["member"]) != entry
    ]
    members += [
        member for member, entry in identifier_members(holders) if stored.identifiers.get(member["member"]) != entry
    ]
    yield from paged(tenant_id, "members", members)
    present = set()
    changed = []
    for number, keys in buckets:
        present.add(str(number))
        document = bucket_document(number, keys)
        if stored.postings.get(str(number)) != document["digest"]:
            changed.append(document)
        if len(changed) >= PAGE:
            yield from paged(tenant_id, "postings", changed)
            changed = []
    yield from paged(tenant_id, "postings", changed)
    yield from removals(
        tenant_id, "members", [*({*stored.records} - {*records}), *({*stored.identifiers} - {*holders})]
    )
    yield from removals(tenant_id, "entities", set(stored.entities) - alive)
    yield from removals(tenant_id, "postings", set(stored.postings) - present)


def entity_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """Returns an entity as stored: with its digest, and with long lists cut (`left_out` says how much)."""
    marked = {**document, "digest": digest(document)}
    lists = ("records", "identifiers", "joins")
    if any(len(document[name]) > MOST_IN_DOCUMENT for name in lists):
        marked["left_out"] = {name: max(0, len(document[name]) - MOST_IN_DOCUMENT) for name in lists}
        marked.update({name: document[name][:MOST_IN_DOCUMENT] for name in lists})
    return marked


def record_member(
    record_id: str, entity_id: str, record: LinkRecord | None, missing: Missing | None = None
) -> tuple[dict[str, Any], str]:
    """Returns the member document of a record, and its entry in `Stored`."""
    member: dict[str, Any] = {"member": record_id, "entity_id": entity_id, "kind": "record"}
    if record is not None:
        member["row"] = packed(record)
        member["mark"] = mark_of(member["row"])
    if missing is not None:
        member.update(missing_since=missing.since, missing_rebuilds=missing.rebuilds)
    return member, row_entry(member)


def row_entry(member: Mapping[str, Any]) -> str:
    """Returns what `Stored` holds of a record's member document: entity id, mark of its row, how it is missing."""
    missing = missing_of(member)
    parts = [str(member["entity_id"]), member.get("mark"), f"{missing.since}:{missing.rebuilds}" if missing else ""]
    return " ".join(part for part in parts if part)


def missing_of(member: Mapping[str, Any]) -> Missing | None:
    """Returns how a record's member document is marked as missing, or None."""
    if not member.get("missing_rebuilds"):
        return None
    return Missing(int(member["missing_since"]), int(member["missing_rebuilds"]))


def _record_members(
    records: Mapping[str, str], rows: Mapping[str, LinkRecord], missing: Mapping[str, Missing]
) -> Iterator[tuple[dict[str, Any], str]]:
    for record_id, entity_id in sorted(records.items()):
        yield record_member(record_id, entity_id, rows.get(record_id), missing.get(record_id))


def identifier_members(holders: Mapping[str, Iterable[str]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yields the member document of each identifier, and its entry in `Stored`."""
    for identifier, found in sorted(holders.items()):
        ids = sorted(found)
        row: dict[str, Any] = {"member": identifier, "entity_id": ids[0], "kind": "identifier"}
        if len(ids) > MOST_HOLDERS:
            row["over"] = True
        if len(ids) > 1:
            row["entities"] = ids[:MOST_HOLDERS]
        yield row, OVER if len(ids) > MOST_HOLDERS else ",".join(ids)


def bucket_document(number: int, keys: Bucket) -> dict[str, Any]:
    """Returns a bucket of postings as it is saved."""
    return {"bucket": number, "keys": keys, "digest": bucket_digest(keys)}


def redirect_requests(tenant_id: str, redirects: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Bodies of `save` requests of redirects."""
    moved = sorted(redirects.items())
    for at in range(0, len(moved), PAGE):
        yield {"tenant_id": tenant_id, "redirects": dict(moved[at : at + PAGE])}


def removals(tenant_id: str, name: str, keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Bodies of `save` requests that take documents away."""
    gone = sorted(keys)
    for at in range(0, len(gone), PAGE):
        yield {"tenant_id": tenant_id, "removed": {name: gone[at : at + PAGE]}}


def paged(tenant_id: str, name: str, documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Bodies of `save` requests, each of at most PAGE documents and about PAGE_BYTES."""
    page: list[dict[str, Any]] = []
    size = 0
    for document in documents:
        length = len(json.dumps(document, ensure_ascii=False))
        if page and (len(page) >= PAGE or size + length > PAGE_BYTES):
            yield {"tenant_id": tenant_id, name: page}
            page, size = [], 0
        page.append(document)
        size += length
    if page:
        yield {"tenant_id": tenant_id, name: page}
