"""Stored entities behind the policy: one function per operation of the handler minerva/app/v1/entities.

`answer` takes who asks, what for and the collections, and gives status and JSON. It does no I/O of its own: the
collections, the clock and the event writer come from the caller. Foreign and absent are one and the same answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from minerva.documents import PAGE, Document, find_all
from minerva.linking import skipped
from minerva.policy import Action
from minerva.tenancy import answering, auditing, investigating, neighborhood, signing, watching
from minerva.tenancy.asking import (
    Absent,
    Answer,
    BadRequest,
    Body,
    Contradicts,
    Store,
    entities_of,
    entity_of,
    holders_of,
    member_of,
    number_of,
    one_of,
    page_of,
    regions_of,
    text_of,
)
from minerva.tenancy.judgements import judging, judging_preview
from minerva.tenancy.rebuild import link_state, link_store
from minerva.tenancy.rebuild.entity_changes import bucket_document, row_entry
from minerva.tenancy.rebuild.refresh import LeaseError, Refresh
from minerva.tenancy.related import told_of, with_related
from minerva.tenancy.tombstones import erased_lately, without_erased

MAX_DEPTH, MAX_NODES, MAX_LIST = 3, 2000, 1000
_ROW_KEYS = (
    "entity_id", "tenant_id", "size", "kinds", "record_types", "sources", "first_time", "last_time", "explanation",
)  # fmt: skip
_MEMBER_KEYS = ("row", "mark", "over", "missing_since", "missing_rebuilds")
_SORTS = {
    "-size": "size:-1,entity_id:1",
    "size": "size:1,entity_id:1",
    "-last_time": "last_time:-1,entity_id:1",
    "last_time": "last_time:1,entity_id:-1",
    "entity_id": "entity_id:1",
}
_COUNTED = ("size", "kinds", "record_types", "sources")
"""What a summary reads of an entity, whose lists of records, joins and words are far larger."""
_BUCKETS = ((1, "1"), (4, "2-4"), (9, "5-9"), (49, "10-49"))


def answer(operation: str, body: Body, store: Store) -> Answer:
    """The answer to one request for these operations alone; see answering.py."""
    return answering.answer(operation, body, store, OPERATIONS)


def list_entities(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "offset", "sort", "min_size"} -> {"entities": [rows], "limit", "offset"}; largest first."""
    limit, offset = number_of(body, "limit", 50, 1, MAX_LIST), number_of(body, "offset", 0, 0, 10_000_000)
    sort = one_of(body, "sort", _SORTS, "-size")
    minimum = number_of(body, "min_size", 1, 1, 10_000_000)
    rows: list[Document] = []
    tenants = store.readable(body)
    if tenants:
        query: dict[str, Any] = {"$or": [{"tenant_id": name} for name in tenants]}
        if minimum > 1:
            query["size"] = {"$gte": minimum}
        rows = store.collections["entities"].find(query, sort=_SORTS[sort], limit=limit, skip=offset)
        rows = [row for row in rows if store.may(Action.READ, str(row.get("tenant_id", "")))]
    return {"entities": [_row(row) for row in rows], "limit": limit, "offset": offset}


def get_entity(body: Body, store: Store) -> dict[str, Any]:
    """{"entity_id"} -> the document; an id that was merged away gives the entity that took its place."""
    asked = text_of(body, "entity_id")
    document = entity_of(store, store.readable(body), asked)
    if document is None:
        raise Absent
    if document["entity_id"] != asked:
        document["requested_id"] = asked
    return with_related(document, store)


def lookup(body: Body, store: Store) -> dict[str, Any]:
    """{"identifier" | "record_id"} -> {"entities": [rows]} of the entities that hold it."""
    tenants = store.readable(body)
    held = holders_of(store, tenants, member_of(body, regions_of(store, tenants)))
    found = [entity_of(store, tenants, entity_id) for entity_id in held]
    rows = [_row(document) for document in found if document is not None]
    if not rows:
        raise Absent
    return {"entities": rows}


def show_neighborhood(body: Body, store: Store) -> dict[str, Any]:
    """{"entity_id" | "identifier", "depth", "limit", "kinds", "since", "until"} -> {"nodes", "edges", "truncated"}.

    kinds: kinds of identifiers to show and follow; since, until: epoch seconds between which records are shown.
    """
    depth, limit = number_of(body, "depth", 1, 1, MAX_DEPTH), number_of(body, "limit", 200, 1, MAX_NODES)
    wanted = _wanted(body)
    tenants = store.readable(body)
    loaded: dict[str, Document | None] = {}

    def shown(ids: list[str]) -> set[str]:
        """Records of the wanted time, as far as a refresh has noted their time."""
        rows = [row for record_id in ids[:MAX_NODES] for row in store.load("members", tenants, record_id)]
        times = {str(row["member"]): link_state.time_of(row.get("row")) for row in rows}
        return {record_id for record_id, time in times.items() if wanted.time(time, time)}

    def load(entity_id: str) -> Document | None:
        if entity_id not in loaded:
            loaded[entity_id] = entity_of(store, tenants, entity_id)
        return loaded[entity_id]

    if "entity_id" in body:
        document = load(text_of(body, "entity_id"))
        start = [] if document is None else [str(document["entity_id"])]
    else:
        asked = member_of(body, regions_of(store, tenants))
        start = [name for name in holders_of(store, tenants, asked) if load(name) is not None]
    if not start:
        raise Absent
    graph = neighborhood.expand(
        start,
        load,
        lambda identifier: holders_of(store, tenants, identifier),
        depth=depth,
        limit=limit,
        wanted=wanted,
        shown=shown,
        related=lambda document: told_of([dict(document)], store).get(str(document["entity_id"]), ([], 0))[0],
    )
    return graph.to_dict()


def _wanted(body: Body) -> neighborhood.Wanted:
    kinds = body.get("kinds", [])
    if not isinstance(kinds, list) or len(kinds) > 50 or not all(isinstance(kind, str) for kind in kinds):
        raise BadRequest("kinds: expected a list of kinds of identifiers")
    times = {key: number_of(body, key, 0, 0, 10**11) if key in body else None for key in ("since", "until")}
    return neighborhood.Wanted(frozenset(kinds), times["since"], times["until"])


def summary(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"rows": [{"tenant_id", "measure", "name", "count"}]}.

    Measures: entities, records, linked_entities (size above 1), identifier (by kind), size (by range), record_type,
    source, not_compared (pairs at most, by what the last linking of everything left out), untrusted (rows that it left
    out, as Minerva signed no such record).
    """
    rows: list[dict[str, Any]] = []
    for tenant in store.readable(body):
        found = find_all(store.collections["entities"], {"tenant_id": tenant}, _COUNTED)
        rows.extend(_summarize(tenant, found))
        noted = judging.noted_of(store, tenant)
        told = noted.get("skipped") or {}
        untrusted = int(noted.get("untrusted", 0))
        rows.append({"tenant_id": tenant, "measure": "untrusted", "name": "events", "count": untrusted})
        rows.extend(
            {
                "tenant_id": tenant,
                "measure": "not_compared",
                "name": sentence,
                "count": skipped.Skipped(*told[shared]).pairs,
            }
            for shared, sentence in zip(sorted(told), skipped.sentences(told))
        )
    return {"rows": rows}


def members(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "kind", "offset", "limit"} -> {"entries", "next"}.

    The stored assignment, for the next linking run. kind: record (record_id -> entity_id), row (->
    `entity_changes.row_entry`), identifier (-> entity ids with commas, or "over"), entity (entity_id -> digest),
    posting (bucket -> digest). `next` is the next offset or null. Service only. With "refresh", the number of a refresh
    that has saved nothing yet, it reads what is stored as it is.
    """
    tenant = store.tenant_for(Action.STORE, body)
    limit, offset = number_of(body, "limit", 5000, 1, 25_000), number_of(body, "offset", 0, 0, 100_000_000)
    kind, collections = body.get("kind", "record"), store.collections
    if "refresh" in body:
        _running(body, tenant, store)
        collections = store.stored
    if kind in ("entity", "posting"):
        name, key = ("entities", "entity_id") if kind == "entity" else ("postings", "bucket")
        rows = collections[name].find({"tenant_id": tenant}, sort="_key:1", limit=limit, skip=offset)
        entries = {str(row[key]): row.get("digest", "") for row in rows}
    elif kind in ("record", "row", "identifier"):
        query = {"tenant_id": tenant, "kind": "record" if kind == "row" else kind}
        rows = collections["members"].find(query, sort="_key:1", limit=limit, skip=offset)
        entries = {row["member"]: _member_entry(row, str(kind)) for row in rows}
    else:
        raise BadRequest("kind: expected record, row, identifier, entity or posting")
    return {"entries": entries, "next": offset + limit if len(rows) == limit else None}


def _member_entry(row: Document, kind: str) -> str:
    if kind == "row":
        return row_entry(row)
    if kind == "record":
        return str(row["entity_id"])
    return "over" if row.get("over") else ",".join(entities_of(row))


def save(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "refresh", "entities", "members", "redirects", "postings", "removed": {"entities", "members",
    "postings"}} -> counts.

    Service only. Each list holds at most 1000. `refresh` is the number that the operation `refresh` gave: readers see
    nothing of what is saved under it before it is committed. Without one, the request is a refresh of its own.
    """
    tenant = store.tenant_for(Action.STORE, body)
    entities, member_rows = page_of(body, "entities"), page_of(body, "members")
    redirects, removed = body.get("redirects", {}), body.get("removed", {})
    if not isinstance(redirects, Mapping) or not isinstance(removed, Mapping) or len(redirects) > PAGE:
        raise BadRequest("redirects, removed: expected objects")
    gone = {name: page_of(removed, name) for name in ("entities", "members", "postings")}
    buckets = [_posting_document(tenant, row) for row in page_of(body, "postings")]
    documents = []
    for entity in entities:
        if not isinstance(entity, Mapping) or entity.get("tenant_id") != tenant or not entity.get("entity_id"):
            raise BadRequest("entities: expected documents of the named tenant with an entity_id")
        words = investigating.words_of(entity)
        documents.append({**entity, "_key": f"{tenant}:{entity['entity_id']}", "words": words})
    rows = [_member_document(tenant, row) for row in member_rows]
    documents, rows = without_erased(store, tenant, documents, rows)
    buckets = _without_erased(store, tenant, buckets)
    moved = [
        {"_key": f"{tenant}:{old}", "tenant_id": tenant, "old_entity_id": old, "entity_id": new}
        for old, new in redirects.items()
    ]
    store.trail.permit(len(documents) + len(rows) + len(moved) + len(buckets))
    running, number = _running(body, tenant, store)
    batches = {"entities": documents, "members": rows, "redirects": moved, "postings": buckets}
    for name, batch in batches.items():
        if batch or gone.get(name):
            running.write(number, name, batch, [f"{tenant}:{key}" for key in gone.get(name, ())])
    if "refresh" not in body:
        running.commit(number, store.clock())
    return {
        "entities": len(documents),
        "members": len(rows),
        "redirects": len(moved),
        "postings": len(buckets),
        "removed": sum(map(len, gone.values())),
    }


def _running(body: Body, tenant: str, store: Store) -> tuple[Refresh, int]:
    """Returns the tenant's refreshes and the number of the one that the body names, or of a new one."""
    running = Refresh(tenant, store.stored, store.wait)
    try:
        if "refresh" not in body:
            return running, running.take(uuid.uuid4().hex, store.clock())["number"]
        number = number_of(body, "refresh", 0, 1, 10**12)
        running.hold(number, store.clock())
    except LeaseError as error:
        raise Contradicts(str(error)) from None
    return running, number


def refresh(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "op": "take", "owner"} -> {"refresh": number, "linked"}; "linked" is what the last one noted.
    {"tenant_id", "op": "hold" | "commit", "refresh": number, "linked"} -> {"refresh": number}.

    Service only. One refresh of a tenant runs at a time; another is refused (409) until it is committed or has been
    silent for 45 s; `hold` is its sign of life. What a refresh that was not committed has saved is never seen.
    """
    tenant = store.tenant_for(Action.STORE, body)
    operation, note = body.get("op"), body.get("linked")
    if note is not None and not isinstance(note, Mapping):
        raise BadRequest("linked: expected an object")
    store.trail.permit(0)
    if operation in ("hold", "commit"):
        if "refresh" not in body:
            raise BadRequest("refresh: expected the number that op=take gave")
        running, number = _running(body, tenant, store)
        if operation == "commit":
            running.commit(number, store.clock(), note)
        return {"refresh": number}
    if operation != "take":
        raise BadRequest("op: expected take, hold or commit")
    running = Refresh(tenant, store.stored, store.wait)
    try:
        number = running.take(text_of(body, "owner"), store.clock())["number"]
    except LeaseError as error:
        raise Contradicts(str(error)) from None
    return {"refresh": number, "linked": running.linked()}


OPERATIONS: dict[str, Callable[[Body, Store], dict[str, Any]]] = {
    "list": list_entities,
    "get": get_entity,
    "lookup": lookup,
    "investigate": investigating.investigate,
    "news": investigating.news,
    "places": investigating.places,
    "workplace": investigating.workplace,
    "neighborhood": show_neighborhood,
    "summary": summary,
    "members": members,
    "linked": link_store.linked,
    "save": save,
    "refresh": refresh,
    "watchlist": watching.watchlist,
    "watch_check": watching.watch_check,
    "alert": watching.alert,
    "alerts": watching.alerts,
    "audit": auditing.audit,
    "resolve": judging.resolve,
    "reading": judging.reading,
    "judgements": judging.judgements,
    "judgement_preview": judging_preview.judgement_preview,
    "intake_sign": signing.intake_sign,
    "records_check": signing.records_check,
}

__all__ = ["OPERATIONS", "Answer", "Store", "answer"]


def _row(document: Document) -> dict[str, Any]:
    row = {key: document[key] for key in _ROW_KEYS if key in document}
    for key in ("names", "cities", "identifiers"):
        row[key] = list(document.get(key, ()))[:10]
    row["best"] = neighborhood.best_identifier(document)
    return row


def _member_document(tenant: str, row: Any) -> Document:
    if not isinstance(row, Mapping) or row.get("kind") not in ("record", "identifier"):
        raise BadRequest("members: expected objects with member, entity_id and kind (record or identifier)")
    member, entities = text_of(row, "member"), row.get("entities")
    document = {
        "_key": f"{tenant}:{member}",
        "tenant_id": tenant,
        "member": member,
        "entity_id": text_of(row, "entity_id"),
        "kind": row["kind"],
    }
    if entities:
        document["entities"] = [str(each) for each in entities]
    document.update({key: row[key] for key in _MEMBER_KEYS if key in row})
    return document


def _posting_document(tenant: str, row: Any) -> Document:
    if not isinstance(row, Mapping) or type(row.get("bucket")) is not int or not isinstance(row.get("keys"), Mapping):
        raise BadRequest("postings: expected objects with bucket and keys")
    document = {"_key": f"{tenant}:{row['bucket']}", "tenant_id": tenant, "digest": str(row.get("digest", ""))}
    return {**document, "bucket": row["bucket"], "keys": dict(row["keys"])}


def _without_erased(store: Store, tenant: str, buckets: list[Document]) -> list[Document]:
    """Buckets of postings without records that were erased after the refresh had read them."""
    gone = erased_lately(store, tenant, link_state.named_in(row["keys"] for row in buckets)) if buckets else set()
    if not gone:
        return buckets
    return [{**row, **bucket_document(row["bucket"], link_state.without(row["keys"], gone))} for row in buckets]


def _bucket(size: int) -> str:
    return next((name for bound, name in _BUCKETS if size <= bound), "50+")


def _summarize(tenant: str, documents: list[Document]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], int] = {("entities", ""): 0, ("linked_entities", ""): 0, ("records", ""): 0}

    def add(measure: str, name: str, count: int) -> None:
        counts[(measure, name)] = counts.get((measure, name), 0) + count

    for document in documents:
        size = int(document.get("size", 0))
        add("entities", "", 1)
        add("linked_entities", "", int(size > 1))
        add("records", "", size)
        add("size", _bucket(size), 1)
        for measure, key in (("identifier", "kinds"), ("record_type", "record_types"), ("source", "sources")):
            for name, count in document.get(key, {}).items():
                add(measure, name, int(count))
    return [
        {"tenant_id": tenant, "measure": measure, "name": name, "count": count}
        for (measure, name), count in sorted(counts.items())
    ]
