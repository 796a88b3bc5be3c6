"""What of a linking result must be stored: the difference to what is stored, cut into pages of the handler's size."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PAGE = 1000
PAGE_BYTES = 4_000_000
"""A page's entities stay far below the KV store's 50 MB a batch and a handler's max_content_length."""


@dataclass(frozen=True)
class Stored:
    """What the store holds: record_id -> entity_id, identifier -> entity ids with commas, entity_id -> digest."""

    records: Mapping[str, str]
    identifiers: Mapping[str, str]
    entities: Mapping[str, str]


def digest(document: Mapping[str, Any]) -> str:
    """16 hex digits that change with the document."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def save_requests(
    tenant_id: str, documents: Iterable[Mapping[str, Any]], redirects: Mapping[str, str], stored: Stored
) -> Iterator[dict[str, Any]]:
    """Bodies of `save` requests; of one refresh, so their order is seen by nobody.

    `documents` are all entities of the tenant as linked now. Nothing is yielded if nothing changed.
    """
    entities: list[dict[str, Any]] = []
    records: dict[str, str] = {}
    holders: dict[str, list[str]] = {}
    alive = set()
    for document in documents:
        entity_id = document["entity_id"]
        alive.add(entity_id)
        mark = digest(document)
        if stored.entities.get(entity_id) != mark:
            entities.append({**document, "digest": mark})
        for record_id in document["records"]:
            records[record_id] = entity_id
        for identifier in document["identifiers"]:
            holders.setdefault(identifier, []).append(entity_id)
    yield from ({"tenant_id": tenant_id, "entities": page} for page in _pages_by_size(entities))
    moved = sorted(redirects.items())
    for at in range(0, len(moved), PAGE):
        yield {"tenant_id": tenant_id, "redirects": dict(moved[at : at + PAGE])}
    members = list(_changed_members(records, holders, stored))
    yield from ({"tenant_id": tenant_id, "members": members[at : at + PAGE]} for at in range(0, len(members), PAGE))
    gone = sorted({*stored.records} - {*records}) + sorted({*stored.identifiers} - {*holders})
    for at in range(0, len(gone), PAGE):
        yield {"tenant_id": tenant_id, "removed": {"members": gone[at : at + PAGE]}}
    dead = sorted(set(stored.entities) - alive)
    for at in range(0, len(dead), PAGE):
        yield {"tenant_id": tenant_id, "removed": {"entities": dead[at : at + PAGE]}}


def _changed_members(
    records: Mapping[str, str], holders: Mapping[str, list[str]], stored: Stored
) -> Iterator[dict[str, Any]]:
    for record_id, entity_id in sorted(records.items()):
        if stored.records.get(record_id) != entity_id:
            yield {"member": record_id, "entity_id": entity_id, "kind": "record"}
    for identifier, entity_ids in sorted(holders.items()):
        entity_ids = sorted(entity_ids)
        if stored.identifiers.get(identifier) != ",".join(entity_ids):
            row: dict[str, Any] = {"member": identifier, "entity_id": entity_ids[0], "kind": "identifier"}
            if len(entity_ids) > 1:
                row["entities"] = entity_ids
            yield row


def _pages_by_size(documents: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    size = 0
    for document in documents:
        length = len(json.dumps(document, ensure_ascii=False))
        if page and (len(page) >= PAGE or size + length > PAGE_BYTES):
            yield page
            page, size = [], 0
        page.append(document)
        size += length
    if page:
        yield page


def store_linked(
    tenant_id: str,
    owner: str,
    ask: Callable[[str, dict[str, Any]], Mapping[str, Any]],
    link: Callable[[Stored], tuple[Iterable[Mapping[str, Any]], Mapping[str, str]]],
) -> None:
    """One refresh: takes the lease, links over what is stored, saves what changed, and makes it visible at once.

    ask: the handler's answer to (operation, body); link: what is stored -> (all documents, redirects). A stop at any
    step leaves what readers saw before; the next refresh starts anew.
    """
    number = ask("refresh", {"tenant_id": tenant_id, "op": "take", "owner": owner})["refresh"]
    stored = read_stored(tenant_id, lambda body: ask("members", body))
    documents, redirects = link(stored)
    for body in save_requests(tenant_id, documents, redirects, stored):
        ask("save", {**body, "refresh": number})
    ask("refresh", {"tenant_id": tenant_id, "op": "commit", "refresh": number})


def read_stored(tenant_id: str, ask: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Stored:
    """What the store holds of a tenant, read page by page through `ask` (body of `members` -> its answer)."""
    found: dict[str, dict[str, str]] = {}
    for kind in ("record", "identifier", "entity"):
        entries: dict[str, str] = {}
        offset: int | None = 0
        while offset is not None:
            answer = ask({"tenant_id": tenant_id, "kind": kind, "offset": offset})
            entries.update(answer["entries"])
            offset = answer["next"]
        found[kind] = entries
    return Stored(found["record"], found["identifier"], found["entity"])
