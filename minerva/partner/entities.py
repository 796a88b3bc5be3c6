"""Operations on entities and identifiers: lists, documents, look-ups, neighborhoods, all through the entity store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.partner import cursors
from minerva.partner.contract.shapes import CURSOR, ENTITY_ID, limit, ref
from minerva.partner.identifiers import normal_forms
from minerva.partner.operation import Call, Operation
from minerva.policy import Action
from minerva.tenancy.asking import Absent
from minerva.tenancy.rebuild import entity_store

_ROW = ("entity_id", "tenant_id", "size", "kinds", "record_types", "sources", "first_time", "last_time", "explanation")
_LISTS = ("names", "cities", "identifiers")
_ENTITY = (*_ROW, *_LISTS, "records", "joins", "requested_id")
_SORTS: Mapping[str, str] = {"-size": "$lt", "size": "$gt", "entity_id": ""}
"""Order -> how the sizes of the next page compare with the last one's."""
_DEPTH = {"type": "integer", "minimum": 1, "maximum": 3, "default": 1}


def list_entities(call: Call) -> dict[str, Any]:
    """Entities of the caller's institutions, a page from where the cursor ends."""
    query = call.query
    most, sort = int(query.get("limit", 50)), str(query.get("sort", "-size"))
    after = cursors.read(call.desk.key, call.store.subject.user, "listEntities", query, query.get("cursor"))
    order = {"-size": "size:-1,entity_id:1", "size": "size:1,entity_id:1", "entity_id": "entity_id:1"}[sort]
    parts = [
        part
        for tenant in call.store.readable(call.tenant)
        for part in _from_where(tenant, int(query.get("min_size", 1)), _SORTS[sort], after)
    ]
    rows = call.store.collections["entities"].find({"$or": parts}, sort=order, limit=most + 1) if parts else []
    rows = [row for row in rows if call.store.may(Action.READ, str(row.get("tenant_id", "")))]
    following = None
    if len(rows) > most:
        last = [rows[most - 1]["size"], rows[most - 1]["entity_id"]]
        following = cursors.write(call.desk.key, call.store.subject.user, "listEntities", query, last)
    return {"entities": [shown_row(row) for row in rows[:most]], "next_cursor": following}


def _from_where(tenant: str, least: int, sign: str, after: list[Any]) -> list[dict[str, Any]]:
    """Queries of one institution's entities after the one that `after` names (its size and id)."""
    bounds: dict[str, Any] = {"$gte": least} if least > 1 else {}
    base: dict[str, Any] = {"tenant_id": tenant, **({"size": bounds} if bounds else {})}
    if not after:
        return [base]
    if not sign:
        return [{**base, "entity_id": {"$gt": after[1]}}]
    return [
        {**base, "size": {**bounds, sign: after[0]}},
        {**base, "size": after[0], "entity_id": {"$gt": after[1]}},
    ]


def get_entity(call: Call) -> dict[str, Any]:
    """One entity's document."""
    document = entity_store.get_entity({"entity_id": call.path["entity_id"], **call.tenant}, call.store)
    return {key: document[key] for key in _ENTITY if key in document}


def entity_neighborhood(call: Call) -> dict[str, Any]:
    """What surrounds an entity."""
    body = {"entity_id": call.path["entity_id"], **_whole(call.query), **call.tenant}
    return entity_store.show_neighborhood(body, call.store)


def look_up(call: Call) -> dict[str, Any]:
    """The entities that hold each of some identifiers; absent and foreign ones have none."""
    results = []
    for normal in normal_forms(call, call.body["identifiers"]):
        rows = _entities(normal, call)
        results.append({"identifier": normal, "entities": [shown_row(row) for row in rows]})
    return {"results": results}


def identifier_neighborhood(call: Call) -> dict[str, Any]:
    """What surrounds an identifier."""
    body = {"identifier": call.body["identifier"], **_whole(call.body), **call.tenant}
    return entity_store.show_neighborhood(body, call.store)


def shown_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """An entity in a list."""
    shown: dict[str, Any] = {key: row[key] for key in _ROW if key in row}
    return {**shown, **{key: list(row.get(key, ()))[:10] for key in _LISTS}}


def _entities(identifier: str, call: Call) -> list[Mapping[str, Any]]:
    try:
        found: list[Mapping[str, Any]] = entity_store.lookup({"identifier": identifier, **call.tenant}, call.store)[
            "entities"
        ]
    except Absent:
        return []
    return found


def _whole(given: Mapping[str, Any]) -> dict[str, int]:
    return {key: int(given[key]) for key in ("depth", "limit") if key in given}


OPERATIONS = (
    Operation(
        "listEntities", "GET", "/entities", "Entities of your institution, page by page", "", list_entities,
        ref("EntityPage"),
        query={
            "limit": limit(1000, 50), "cursor": CURSOR,
            "sort": {"type": "string", "enum": list(_SORTS), "default": "-size"},
            "min_size": {"type": "integer", "minimum": 1, "maximum": 10_000_000, "default": 1},
        },
    ),
    Operation(
        "getEntity", "GET", "/entities/{entity_id}", "One entity, with the reason of every join",
        "An id that was merged away gives the entity that took its place.", get_entity, ref("Entity"),
        variables={"entity_id": ENTITY_ID},
    ),
    Operation(
        "getEntityNeighborhood", "GET", "/entities/{entity_id}/neighborhood", "What surrounds an entity",
        "Nodes nearest first.", entity_neighborhood, ref("Neighborhood"), variables={"entity_id": ENTITY_ID},
        query={"depth": _DEPTH, "limit": limit(2000, 200)},
    ),
    Operation(
        "lookUpIdentifiers", "POST", "/identifiers/lookup", "Look up to 50 identifiers up",
        "One that nobody holds and one that you may not see have no entities; one that cannot be read is refused.",
        look_up, ref("LookupAnswer"), ref("IdentifierLookup"),
    ),
    Operation(
        "getIdentifierNeighborhood", "POST", "/identifiers/neighborhood", "What surrounds an identifier", "",
        identifier_neighborhood, ref("Neighborhood"), ref("NeighborhoodRequest"),
    ),
)  # fmt: skip
