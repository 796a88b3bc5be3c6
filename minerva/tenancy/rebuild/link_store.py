"""The operation `linked`: what the tenant's linking run reads of earlier records, page by page. For the service only.

It reads documents as they are stored, which is what the last refresh committed as long as the running one has saved
nothing: reading comes before saving.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minerva.documents import Collection, Document, find_all
from minerva.policy import Action
from minerva.tenancy.asking import BadRequest, Body, Contradicts, Store, entities_of, number_of, one_of, page_of
from minerva.tenancy.rebuild.entity_changes import missing_of
from minerva.tenancy.rebuild.link_state import unpacked
from minerva.tenancy.rebuild.refresh import LeaseError, Refresh
from minerva.tenancy.tombstones import IDENTIFIER, RECORD, erased_among

WHAT = ("records", "explained", "entities", "identifiers", "postings", "judgements", "rows")
PAGE_OF_ROWS = 2000


def linked(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "refresh", "what", "ids"} -> {"entries"}, by id, without what is not there.

    what: records (id -> [entity id, row, null or its `Missing`]), explained (id -> why a record may be gone from the
    index: erased or expired), entities (id -> [digest, size, record ids,
    relations]), identifiers (-> entity ids, or null where
    more hold it than are listed), postings (bucket number -> keys), judgements (no ids; all rows, those taken back
    too), rows (no ids but "after", a record id: the next page of records, and "next").
    """
    tenant = store.tenant_for(Action.STORE, body)
    ids = page_of(body, "ids")
    what = one_of(body, "what", WHAT)
    if not all(isinstance(each, str) and each for each in ids):
        raise BadRequest("ids: expected texts")
    try:
        Refresh(tenant, store.stored, store.wait).hold(number_of(body, "refresh", 0, 1, 10**12), store.clock())
    except LeaseError as error:
        raise Contradicts(str(error)) from None
    store.trail.permit(len(ids))
    if what == "judgements":
        return {"entries": find_all(store.stored["judgements"], {"tenant_id": tenant})}
    if what == "rows":
        return _rows(store, tenant, str(body.get("after") or ""))
    if what == "explained":
        return {"entries": _explained(store, tenant, _held(store.stored, tenant, "records", ids))}
    return {"entries": entries_of(store.stored, tenant, str(what), ids)}


def entries_of(collections: Mapping[str, Collection], tenant: str, what: str, ids: Sequence[str]) -> dict[str, Any]:
    """Id -> what `linked` gives of records, entities, identifiers or postings, without what is not there."""
    entries = _held(collections, tenant, what, ids)
    if what == "records":
        return {each: _record(row) for each, row in entries.items() if row["kind"] == "record"}
    if what == "entities":
        return {each: _entity(row) for each, row in entries.items()}
    if what == "identifiers":
        kept = {each: row for each, row in entries.items() if row["kind"] == "identifier"}
        return {each: None if row.get("over") else entities_of(row) for each, row in kept.items()}
    return {each: row["keys"] for each, row in entries.items()}


def _held(collections: Mapping[str, Collection], tenant: str, what: str, ids: Sequence[str]) -> dict[str, Document]:
    collection = collections[{"entities": "entities", "postings": "postings"}.get(what, "members")]
    found = collection.get_many([f"{tenant}:{each}" for each in ids])
    return {each: row for each, row in zip(ids, found) if row is not None and row.get("tenant_id") == tenant}


def _rows(store: Store, tenant: str, after: str) -> dict[str, Any]:
    query: dict[str, Any] = {"tenant_id": tenant, "kind": "record"}
    if after:
        query["member"] = {"$gt": after}
    rows = store.stored["members"].find(query, sort="member:1", limit=PAGE_OF_ROWS)
    last = rows[-1]["member"] if len(rows) == PAGE_OF_ROWS else None
    return {"entries": {row["member"]: _record(row) for row in rows}, "next": last}


def _explained(store: Store, tenant: str, rows: Mapping[str, Document]) -> dict[str, str]:
    """Returns why records need not be in the index any more: "erased" or "expired", older than it keeps events."""
    held = {each: unpacked(each, row["row"]) for each, row in rows.items() if row.get("row")}
    records = erased_among(store, tenant, RECORD, [*rows])
    names = erased_among(store, tenant, IDENTIFIER, [name for each in held.values() for name in each.contacts])
    age = store.directory.retention_s(store.context.tenants[tenant].index)
    oldest = 0 if age is None else store.context.now - age
    found = {each: "expired" for each, record in held.items() if 0 < record.time <= oldest}
    found.update((each, "erased") for each, record in held.items() if not names.isdisjoint(record.contacts))
    found.update((each, "erased") for each in records)
    return found


def _record(row: Document) -> list[Any]:
    return [row["entity_id"], row.get("row"), missing_of(row)]


def _entity(row: Document) -> list[Any]:
    return [row.get("digest", ""), row["size"], row["records"], row.get("related", [])]
