"""What refreshes have brought of watched entities and areas since they were last checked. For the service alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minerva.documents import PAGE_OF_ALL, Document, find_all
from minerva.linking.model import LinkRecord
from minerva.policy import Action
from minerva.tenancy.asking import Body, Store, entity_of
from minerva.tenancy.committed import FIRST
from minerva.tenancy.rebuild.link_state import unpacked
from minerva.tenancy.watching.area import lies_in
from minerva.tenancy.watching.items import ACTIVE, AREA, CHECKED, ENTITY, items_of, state_of

MOST_HITS, MOST_RECORDS = 1000, 20


def watch_check(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id"} -> {"hits": [{"watch_id", "entity_id", "records", "record_ids", "label", "note", "refresh",
    "size"}]}, MOST_HITS at most. records: how many are new.

    A hit per watched entity that has grown, and per entity with new records in a watched area. What is found stays
    found until `alert` has written it, and what is more than MOST_HITS until a later run tells it: `upto` of a hit is
    the record before which all of its item is told, of what refreshes up to `refresh` brought. What later ones bring
    waits until that is told. A record that only came to stand in another entity is not new.
    """
    tenant = store.tenant_for(Action.ALERT, body)
    number = int((store.collections["refresh"].get(f"{tenant}:state") or {}).get("number", 0))
    items = [row for row in items_of(store, tenant) if row.get("kind") in (ENTITY, AREA)]
    items = [row for row in items if state_of(row, store.context.now) == ACTIVE]
    marks = _marks(store, items)
    store.trail.permit(len(items))
    hits: list[dict[str, Any]] = []
    quiet = []
    due = [item for item in items if marks[str(item["watch_id"])]["number"] < number]
    arrived = _arrived(
        store, tenant, [(item, marks[str(item["watch_id"])]) for item in due if item["kind"] == AREA], number
    )
    for item in due:
        watch_id, room = str(item["watch_id"]), MOST_HITS - len(hits)
        mark, to = marks[watch_id], number
        if item["kind"] == ENTITY:
            found = _grown(store, tenant, item, mark)
        else:
            to = _told_with(mark, number)
            found = _by_entity(arrived[watch_id], room)
        if found and not room:
            break
        told = {"watch_id": item["watch_id"], "label": item.get("label", ""), "note": item["note"], "refresh": to}
        hits += [{**told, **each} for each in found]
        if not found:
            quiet.append({**_mark(tenant, watch_id), "number": to, "size": mark["size"]})
    store.collections["watchlist"].batch_save(quiet[:MOST_HITS])
    return {"hits": hits}


def checked(store: Store, tenant: str, hits: Iterable[Mapping[str, Any]]) -> None:
    """Notes that hits were told."""
    latest: dict[str, Mapping[str, Any]] = {}
    for hit in hits:
        latest[str(hit["watch_id"])] = hit
    rows = []
    for watch_id, hit in latest.items():
        number, size = (int(str(hit.get(key) or 0).partition(".")[0]) for key in ("refresh", "size"))
        row: Document = {**_mark(tenant, watch_id), "number": number, "size": size}
        if hit.get("upto"):  # not all of it: up to the refresh before, and of this one the records before a record
            row.update(number=_checked_to(store, tenant, watch_id), told=number, upto=str(hit["upto"]))
        rows.append(row)
    store.collections["watchlist"].batch_save(rows)


def _checked_to(store: Store, tenant: str, watch_id: str) -> int:
    """Up to which refresh all of an item was told."""
    collection = store.collections["watchlist"]
    rows = (collection.get(f"{tenant}:{watch_id}:{CHECKED}"), collection.get(f"{tenant}:{watch_id}"))
    return max((int(row.get("number") or row.get("from") or 0) for row in rows if row is not None), default=0)


def _mark(tenant: str, watch_id: str) -> Document:
    return {"_key": f"{tenant}:{watch_id}:{CHECKED}", "tenant_id": tenant, "kind": CHECKED, "watch_id": watch_id}


def _marks(store: Store, items: Iterable[Document]) -> dict[str, Document]:
    """Watch id -> up to which refresh the item was checked, and of an entity its size then."""
    found = {}
    for item in items:
        mark = _mark(str(item["tenant_id"]), str(item["watch_id"]))
        start = {**mark, "number": int(item["from"]), "size": int(item.get("size", 0))}
        held = store.collections["watchlist"].get(mark["_key"])
        found[str(item["watch_id"])] = held if held is not None and held["number"] >= start["number"] else start
    return found


def _new(store: Store, tenant: str, since: int, **more: Any) -> list[Document]:
    """Members of records that refreshes after `since` brought, in order."""
    query = {"tenant_id": tenant, "kind": "record", FIRST: {"$gt": since}, **more}
    return sorted(find_all(store.collections["members"], query), key=lambda row: str(row["member"]))


def _grown(store: Store, tenant: str, item: Document, mark: Document) -> list[dict[str, Any]]:
    document = entity_of(store, [tenant], str(item["entity_id"]))
    if document is None:
        return []
    entity_id, size = str(document["entity_id"]), int(document["size"])
    rows = _new(store, tenant, int(mark["number"]), entity_id=entity_id)
    if not rows and size <= int(mark.get("size", 0)):
        return []
    ids = [str(row["member"]) for row in rows[:MOST_RECORDS]]
    grown = len(rows) or size - int(mark.get("size", 0))
    return [{"entity_id": entity_id, "records": grown, "record_ids": ids, "size": size}]


def _told_with(mark: Document, number: int) -> int:
    """Up to which refresh the next run tells an area: the one that a run before has begun to tell, if it has."""
    return int(mark.get("told") or number) if mark.get("upto") else number


def _arrived(
    store: Store, tenant: str, items: Iterable[tuple[Document, Document]], number: int
) -> dict[str, list[tuple[str, str]]]:
    """Watch id -> new records in its area with their entities, in order, until more entities than one run may tell.

    Areas that are told alike up to now, as nearly all are, read the new records together, page by page.
    """
    country = store.context.tenants[tenant].region
    alike: dict[tuple[int, int, str], list[Document]] = {}
    for item, mark in items:
        asked = (int(mark["number"]), _told_with(mark, number), str(mark.get("upto") or ""))
        alike.setdefault(asked, []).append(item)
    found: dict[str, list[tuple[str, str]]] = {}
    for asked, group in alike.items():
        open_items = {str(item["watch_id"]): (item["area"], set[str]()) for item in group}
        found.update({name: [] for name in open_items})
        for row in _pages(store, tenant, *asked):
            if not open_items:
                break
            entity_id = str(row["entity_id"])
            record: LinkRecord | None = unpacked(str(row["member"]), row["row"]) if row.get("row") else None
            for name, (area, entities) in list(open_items.items()):
                if record is not None and lies_in(record, area, country):
                    found[name].append((record.record_id, entity_id))
                    entities.add(entity_id)
                    if len(entities) > MOST_HITS:
                        del open_items[name]
    return found


def _pages(store: Store, tenant: str, since: int, to: int, start: str) -> Iterator[Document]:
    """Members of records that the refreshes after `since` up to `to` brought, in order, from a record on."""
    query = {"tenant_id": tenant, "kind": "record", FIRST: {"$gt": since, "$lte": to}}
    sign = "$gte"
    while True:
        more = {"member": {sign: start}} if start else {}
        page = store.collections["members"].find(
            {**query, **more}, sort="member:1", limit=PAGE_OF_ALL, fields=("member", "entity_id", "row")
        )
        yield from page
        if len(page) < PAGE_OF_ALL:
            return
        sign, start = "$gt", str(page[-1]["member"])


def _by_entity(new: Iterable[tuple[str, str]], room: int) -> list[dict[str, Any]]:
    """A hit per entity, in the order of their first records, up to the first of one that there is no room for."""
    found: dict[str, list[str]] = {}
    upto = {}
    for record_id, entity_id in new:
        if entity_id not in found and len(found) >= max(room, 1):
            upto = {"upto": record_id}
            break
        found.setdefault(entity_id, []).append(record_id)
    return [
        {"entity_id": entity_id, "records": len(ids), "record_ids": ids[:MOST_RECORDS], "size": 0, **upto}
        for entity_id, ids in found.items()
    ]
