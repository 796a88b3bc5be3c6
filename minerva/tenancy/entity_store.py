"""Stored entities behind the policy: one function per operation of the handler minerva/v1/entities.

`answer` takes who asks, what for and the collections, and gives status and JSON. It does no I/O of its own: the
collections, the clock and the event writer come from the caller. Foreign and absent are one and the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from minerva.identifiers import KIND_BY_NAME, IdentifierError
from minerva.tenancy import neighborhood
from minerva.tenancy.collections import PAGE, Collection, Document, find_all
from minerva.tenancy.policy import Action, Context, Object, Subject, decide, tenants_of

Body = Mapping[str, Any]
EventWriter = Callable[[str, str, str], None]
"""(index, sourcetype, event text)"""

MAX_DEPTH, MAX_NODES, MAX_LIST = 3, 2000, 1000
_ROW_KEYS = (
    "entity_id", "tenant_id", "size", "kinds", "record_types", "sources", "first_time", "last_time", "explanation",
)  # fmt: skip
_SORTS = {
    "-size": "size:-1,entity_id:1",
    "size": "size:1,entity_id:1",
    "-last_time": "last_time:-1,entity_id:1",
    "last_time": "last_time:1,entity_id:1",
    "entity_id": "entity_id:1",
}
_BUCKETS = ((1, "1"), (4, "2-4"), (9, "5-9"), (49, "10-49"))


class BadRequest(ValueError):
    """The request cannot be understood; the message says what was expected and names no stored data."""


class Absent(LookupError):
    """Not there, or not for this subject: nobody outside can tell which."""


@dataclass(frozen=True)
class Answer:
    """HTTP status and JSON payload of one request."""

    status: int
    payload: dict[str, Any]


@dataclass(frozen=True)
class Store:
    """All that an operation may touch. `collections` by short name: entities, members, redirects, watchlist."""

    subject: Subject
    context: Context
    collections: Mapping[str, Collection]
    clock: Callable[[], float]
    write_event: EventWriter

    def may(self, action: Action, tenant_id: str, what: str = "entity") -> bool:
        return decide(self.subject, action, Object(tenant_id, what), "infrastructure", self.context).permits

    def readable(self, body: Body) -> list[str]:
        """Tenants to read from: the one the body names if it may be read, else those of the subject's roles."""
        if "tenant_id" in body:
            named = _text(body, "tenant_id")
            return [named] if self.may(Action.READ, named) else []
        return tenants_of(self.subject, self.context)

    def tenant_for(self, action: Action, body: Body) -> str:
        """The one tenant a change is for. Raises Absent; BadRequest if the subject has several and names none."""
        if "tenant_id" in body:
            named = _text(body, "tenant_id")
            if not self.may(action, named):
                raise Absent
            return named
        own = [name for name in tenants_of(self.subject, self.context) if self.may(action, name)]
        if not own:
            raise Absent
        if len(own) > 1:
            raise BadRequest("you belong to several tenants: name one as tenant_id")
        return own[0]

    def load(self, collection: str, tenants: list[str], key: str) -> list[Document]:
        """Documents under `key` of those tenants, each decided by the loaded document's own tenant."""
        found = (self.collections[collection].get(f"{tenant}:{key}") for tenant in tenants)
        return [row for row in found if row is not None and self.may(Action.READ, str(row.get("tenant_id", "")))]


def answer(operation: str, body: Body, store: Store) -> Answer:
    """The answer to one request: 200 with the result, 400 with a message, 404 for absent and foreign alike."""
    try:
        run = OPERATIONS.get(operation)
        if run is None:
            raise BadRequest(f"unknown operation; the operations are {', '.join(OPERATIONS)}")
        return Answer(200, run(body, store))
    except BadRequest as error:
        return Answer(400, {"error": str(error)})
    except Absent:
        return Answer(404, {"error": "not found"})


def list_entities(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "offset", "sort", "min_size"} -> {"entities": [rows], "limit", "offset"}; largest first."""
    limit, offset = _number(body, "limit", 50, 1, MAX_LIST), _number(body, "offset", 0, 0, 10_000_000)
    sort = body.get("sort", "-size")
    if sort not in _SORTS:
        raise BadRequest(f"sort: expected one of {', '.join(_SORTS)}")
    minimum = _number(body, "min_size", 1, 1, 10_000_000)
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
    asked = _text(body, "entity_id")
    document = _entity(store, store.readable(body), asked)
    if document is None:
        raise Absent
    if document["entity_id"] != asked:
        document["requested_id"] = asked
    return document


def lookup(body: Body, store: Store) -> dict[str, Any]:
    """{"identifier" | "record_id"} -> {"entities": [rows]} of the entities that hold it."""
    tenants = store.readable(body)
    found = [_entity(store, tenants, entity_id) for entity_id in _holders(store, tenants, _member(body))]
    rows = [_row(document) for document in found if document is not None]
    if not rows:
        raise Absent
    return {"entities": rows}


def show_neighborhood(body: Body, store: Store) -> dict[str, Any]:
    """{"entity_id" | "identifier", "depth", "limit"} -> {"nodes", "edges", "truncated"}."""
    depth, limit = _number(body, "depth", 1, 1, MAX_DEPTH), _number(body, "limit", 200, 1, MAX_NODES)
    tenants = store.readable(body)
    loaded: dict[str, Document | None] = {}

    def load(entity_id: str) -> Document | None:
        if entity_id not in loaded:
            loaded[entity_id] = _entity(store, tenants, entity_id)
        return loaded[entity_id]

    if "entity_id" in body:
        document = load(_text(body, "entity_id"))
        start = [] if document is None else [str(document["entity_id"])]
    else:
        start = [name for name in _holders(store, tenants, _member(body)) if load(name) is not None]
    if not start:
        raise Absent
    graph = neighborhood.expand(
        start, load, lambda identifier: _holders(store, tenants, identifier), depth=depth, limit=limit
    )
    return graph.to_dict()


def summary(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"rows": [{"tenant_id", "measure", "name", "count"}]}.

    Measures: entities, records, linked_entities (size above 1), identifier (by kind), size (by range), record_type,
    source.
    """
    rows: list[dict[str, Any]] = []
    for tenant in store.readable(body):
        rows.extend(_summarize(tenant, find_all(store.collections["entities"], {"tenant_id": tenant})))
    return {"rows": rows}


def members(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "kind": "record" | "identifier" | "entity", "offset", "limit"} -> {"entries", "next"}.

    The stored assignment, for the next linking run: record_id -> entity_id, identifier -> entity ids with commas,
    entity_id -> digest. `next` is the next offset or null. Service only.
    """
    tenant = store.tenant_for(Action.STORE, body)
    limit, offset = _number(body, "limit", 5000, 1, 10_000), _number(body, "offset", 0, 0, 100_000_000)
    kind = body.get("kind", "record")
    if kind == "entity":
        rows = store.collections["entities"].find({"tenant_id": tenant}, sort="_key:1", limit=limit, skip=offset)
        entries = {row["entity_id"]: row.get("digest", "") for row in rows}
    elif kind in ("record", "identifier"):
        query = {"tenant_id": tenant, "kind": kind}
        rows = store.collections["members"].find(query, sort="_key:1", limit=limit, skip=offset)
        entries = {row["member"]: ",".join(_entities_of(row)) for row in rows}
    else:
        raise BadRequest("kind: expected record, identifier or entity")
    return {"entries": entries, "next": offset + limit if len(rows) == limit else None}


def save(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "entities", "members", "redirects", "removed": {"entities", "members"}} -> counts. Service only.

    Each list holds at most 1000. Entities are written before members and removals come last, so that a stop between
    leaves nothing pointing at a missing entity; the next run finds the rest to do.
    """
    tenant = store.tenant_for(Action.STORE, body)
    entities, member_rows = _page(body, "entities"), _page(body, "members")
    redirects, removed = body.get("redirects", {}), body.get("removed", {})
    if not isinstance(redirects, Mapping) or not isinstance(removed, Mapping) or len(redirects) > PAGE:
        raise BadRequest("redirects, removed: expected objects")
    gone_entities, gone_members = _page(removed, "entities"), _page(removed, "members")
    documents = []
    for entity in entities:
        if not isinstance(entity, Mapping) or entity.get("tenant_id") != tenant or not entity.get("entity_id"):
            raise BadRequest("entities: expected documents of the named tenant with an entity_id")
        documents.append({**entity, "_key": f"{tenant}:{entity['entity_id']}"})
    rows = [_member_document(tenant, row) for row in member_rows]
    moved = [
        {"_key": f"{tenant}:{old}", "tenant_id": tenant, "old_entity_id": old, "entity_id": new}
        for old, new in redirects.items()
    ]
    for name, batch in (("entities", documents), ("members", rows), ("redirects", moved)):
        if batch:
            store.collections[name].batch_save(batch)
    for name, keys in (("members", gone_members), ("entities", gone_entities)):
        if keys:
            store.collections[name].delete({"$or": [{"_key": f"{tenant}:{key}"} for key in keys]})
    return {
        "entities": len(documents),
        "members": len(rows),
        "redirects": len(moved),
        "removed": len(gone_entities) + len(gone_members),
    }


def watchlist(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "add" | "remove", "identifier", "note"} -> {"watchlist": [rows]} as it stands afterwards."""
    operation = body.get("op", "list")
    tenant = store.tenant_for(Action.WATCH, body)
    collection = store.collections["watchlist"]
    if operation == "add":
        identifier = _normal_identifier(_text(body, "identifier"))
        note = str(body.get("note") or "on the watch list")[:500]
        row = {"tenant_id": tenant, "identifier": identifier, "note": note, "added_by": store.subject.user}
        collection.batch_save([{"_key": f"{tenant}:{identifier}", **row, "added_time": int(store.clock())}])
    elif operation == "remove":
        identifier = _normal_identifier(_text(body, "identifier"))
        collection.delete({"_key": f"{tenant}:{identifier}"})
    elif operation != "list":
        raise BadRequest("op: expected list, add or remove")
    rows = find_all(collection, {"tenant_id": tenant})
    keys = ("tenant_id", "identifier", "note", "added_by", "added_time")
    return {"watchlist": [{key: row.get(key) for key in keys} for row in rows]}


def alert(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "hits": [{"identifier", "records", "last_seen", "note"}]} -> {"written": n}. Service only.

    Writes one event per hit into the tenant's own index.
    """
    tenant = store.tenant_for(Action.ALERT, body)
    hits = _page(body, "hits")
    events = []
    for hit in hits:
        if not isinstance(hit, Mapping) or not hit.get("identifier"):
            raise BadRequest("hits: expected objects with an identifier")
        event = {"alert": "watch_list", "tenant_id": tenant, "identifier": str(hit["identifier"])}
        event.update({key: hit[key] for key in ("records", "last_seen", "note") if hit.get(key) not in (None, "")})
        events.append(json.dumps(event, ensure_ascii=False, separators=(",", ":")))
    for text in events:
        store.write_event(store.context.tenants[tenant].index, "minerva:alert", text)
    return {"written": len(events)}


OPERATIONS: dict[str, Callable[[Body, Store], dict[str, Any]]] = {
    "list": list_entities,
    "get": get_entity,
    "lookup": lookup,
    "neighborhood": show_neighborhood,
    "summary": summary,
    "members": members,
    "save": save,
    "watchlist": watchlist,
    "alert": alert,
}


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value or len(value) > 2100:
        raise BadRequest(f"{key}: expected text")
    return value


def _number(body: Body, key: str, default: int, low: int, high: int) -> int:
    value = body.get(key, default)
    if type(value) is not int or not low <= value <= high:
        raise BadRequest(f"{key}: expected a whole number from {low} to {high}")
    return value


def _page(body: Body, key: str) -> list[Any]:
    value = body.get(key, [])
    if not isinstance(value, list) or len(value) > PAGE:
        raise BadRequest(f"{key}: expected a list of at most {PAGE}")
    return value


def _member(body: Body) -> str:
    if "record_id" in body:
        return _text(body, "record_id")
    if "identifier" not in body:
        raise BadRequest("expected entity_id, identifier or record_id")
    identifier = _text(body, "identifier")
    try:
        return _normal_identifier(identifier)
    except BadRequest:
        # Not a form any kind writes, so nothing can be stored under it.
        raise Absent from None


def _normal_identifier(identifier: str) -> str:
    name, _, value = identifier.partition(":")
    try:
        return f"{name}:{KIND_BY_NAME.require(name).normalize(value)}"
    except IdentifierError as error:
        raise BadRequest(f"identifier: expected kind:value; {error}") from None


def _entities_of(row: Document) -> list[str]:
    return [str(each) for each in row.get("entities") or [row["entity_id"]]]


def _holders(store: Store, tenants: list[str], member: str) -> list[str]:
    return [entity_id for row in store.load("members", tenants, member) for entity_id in _entities_of(row)]


def _entity(store: Store, tenants: list[str], entity_id: str) -> Document | None:
    for _ in range(20):
        rows = store.load("entities", tenants, entity_id)
        if rows:
            return {key: value for key, value in rows[0].items() if not key.startswith("_") and key != "digest"}
        moved = store.load("redirects", tenants, entity_id)
        if not moved:
            return None
        entity_id = str(moved[0]["entity_id"])
    return None


def _row(document: Document) -> dict[str, Any]:
    row = {key: document[key] for key in _ROW_KEYS if key in document}
    for key in ("names", "cities", "identifiers"):
        row[key] = list(document.get(key, ()))[:10]
    return row


def _member_document(tenant: str, row: Any) -> Document:
    if not isinstance(row, Mapping) or row.get("kind") not in ("record", "identifier"):
        raise BadRequest("members: expected objects with member, entity_id and kind (record or identifier)")
    member, entities = _text(row, "member"), row.get("entities")
    document = {
        "_key": f"{tenant}:{member}",
        "tenant_id": tenant,
        "member": member,
        "entity_id": _text(row, "entity_id"),
        "kind": row["kind"],
    }
    if entities:
        document["entities"] = [str(each) for each in entities]
    return document


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
