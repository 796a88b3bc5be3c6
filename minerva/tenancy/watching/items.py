"""The watch list: identifiers, entities and areas, each with a note, who put it there, and when it ends.

Documents of the collection `watchlist`. An identifier stands under <tenant>:<identifier>, where the scheduled search
looks it up; what else is watched, and what was taken off the list, under <tenant>:<watch_id>.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.tenancy.asking import (
    Absent,
    BadRequest,
    Body,
    Store,
    entity_of,
    normal_identifier,
    number_of,
    regions_of,
    text_of,
)
from minerva.tenancy.watching import keeping
from minerva.tenancy.watching.area import area_of, words_of
from minerva.tenancy.watching.keeping import NO_NOTE

ACTIONS = {"list": Action.WATCH, "add": Action.WATCH_ADD, "change": Action.WATCH, "remove": Action.WATCH}
IDENTIFIER, ENTITY, AREA = KINDS = ("identifier", "entity", "area")
CHECKED = "checked"
"""Kind of a document beside an item: up to which refresh it was checked."""
ACTIVE, ENDED, REMOVED = "active", "ended", "removed"
MOST_NOTE, MOST_ITEMS = 500, 2000
_SHOWN = ("tenant_id", "identifier", "note", "added_by", "added_time")
_MORE = ("kind", "watch_id", "entity_id", "area", "label", "until", "watched", "ended_by", "ended_why", "ended_time",
         "also", "own_until", "history")  # fmt: skip


def watchlist(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "add" | "change" | "remove", ...} -> {"watchlist": [rows]} as it stands afterwards.

    add: "identifier", "entity_id" or "area" (see `area_of`), with "note" and "until", epoch seconds after which no
    alert comes (0: none). change: "identifier" or "watch_id", with "note", "until". remove: the same, with "why".
    With "ended": true, what has ended or was taken off within the last months is listed too; `state` says so. Whoever
    may read may add; administrators change and remove any item, others their own. What somebody else keeps stays as it
    is when it is added again: `also` says who keeps it too, `history` what each said before. Who keeps it too ends that
    by adding it with another "until". `may_change`: whether who asks may change the item and take it off.
    """
    operation = str(body.get("op", "list"))
    tenant = store.tenant_for(ACTIONS.get(operation, Action.WATCH), body)
    if operation not in ACTIONS:
        raise BadRequest(f"op: expected one of {', '.join(ACTIONS)}")
    if operation == "add":
        _add(body, store, tenant)
    elif operation != "list":
        row = _held(body, store, tenant)
        if row is not None:
            if not store.may(Action.WATCH_REMOVE, tenant, "watch", str(row.get("added_by", ""))):
                raise BadRequest("an administrator of your institution, or who added the item, changes or removes it")
            (_change if operation == "change" else _remove)(body, store, row)
    held = items_of(store, tenant)
    authors = {str(row.get("added_by", "")) for row in held}
    may = {author: store.might(Action.WATCH_REMOVE, tenant, "watch", author) for author in authors}
    rows = [
        {**told(row, store.context.now), "may_change": may[str(row.get("added_by", ""))] and not row.get("ended_time")}
        for row in held
    ]
    if body.get("ended") is not True:
        rows = [row for row in rows if row["state"] == ACTIVE]
    return {"watchlist": rows}


def items_of(store: Store, tenant: str) -> list[Document]:
    """Every item, those too that have ended."""
    rows = find_all(store.collections["watchlist"], {"tenant_id": tenant})
    return [row for row in rows if row.get("kind") != CHECKED]


def state_of(row: Mapping[str, Any], now: float) -> str:
    """Whether an item raises alerts, has ended, or was taken off the list."""
    if row.get("ended_time"):
        return REMOVED
    return ENDED if row.get("until") and row["until"] <= now else ACTIVE


def told(row: Mapping[str, Any], now: float) -> dict[str, Any]:
    """An item as it is given out."""
    return {
        **{key: row.get(key) for key in _SHOWN},
        **{key: row[key] for key in _MORE if row.get(key)},
        "kind": row.get("kind") or IDENTIFIER,
        "until": int(row.get("until") or 0),
        "state": state_of(row, now),
    }


def _add(body: Body, store: Store, tenant: str) -> None:
    what = [key for key in ("identifier", "entity_id", "area") if key in body]
    if len(what) != 1:
        raise BadRequest("expected one of identifier, entity_id and area")
    collection, now = store.collections["watchlist"], int(store.clock())
    said = _said(body)
    if what == ["identifier"]:
        identifier = normal_identifier(text_of(body, "identifier"), regions_of(store, [tenant]))
        key, held = f"{tenant}:{identifier}", collection.get(f"{tenant}:{identifier}")
        watched: dict[str, Any] = {"identifier": identifier}
    else:
        held, key = _same(body, store, tenant), f"{tenant}:w_{uuid.uuid4().hex[:16]}"
        if held is None and len(items_of(store, tenant)) >= MOST_ITEMS:
            raise BadRequest(f"your institution watches {MOST_ITEMS} things, as many as it may: remove some first")
        watched = {"watch_id": key.partition(":")[2], **_watched(body, store, tenant)}
    if held is not None and state_of(held, store.context.now) == ACTIVE:
        row = keeping.added(held, store.subject.user, said, now)
        store.trail.permit()
        collection.batch_save([row])
        return
    stand: Document = {"note": NO_NOTE, "until": 0, **said, "added_by": store.subject.user, "added_time": now}
    store.trail.permit()
    if held is not None:  # it has ended: what was kept then stays beside what is kept now
        collection.batch_save([_moved(held)])
    collection.batch_save([{"_key": key, "tenant_id": tenant, **watched, **stand}])


def _said(body: Body) -> dict[str, Any]:
    said: dict[str, Any] = {"note": _note(body) or NO_NOTE} if "note" in body else {}
    return {**said, "until": _until(body)} if "until" in body else said


def _watched(body: Body, store: Store, tenant: str) -> dict[str, Any]:
    number = _number(store, tenant)
    if "area" in body:
        area = area_of(body["area"])
        return {"kind": AREA, "area": area, "label": words_of(area), "from": number}
    document = entity_of(store, [tenant], text_of(body, "entity_id"))
    if document is None:
        raise Absent
    return {"kind": ENTITY, "entity_id": document["entity_id"], "size": int(document["size"]), "from": number}


def _same(body: Body, store: Store, tenant: str) -> Document | None:
    """The active item of the same entity or area."""
    now, area = store.context.now, area_of(body["area"]) if "area" in body else None
    entity = entity_of(store, [tenant], text_of(body, "entity_id")) if "entity_id" in body else None
    for row in items_of(store, tenant):
        if state_of(row, now) == ACTIVE and row.get("kind") in (ENTITY, AREA):
            same = (
                row.get("area") == area if area else entity is not None and row.get("entity_id") == entity["entity_id"]
            )
            if same:
                return row
    return None


def _number(store: Store, tenant: str) -> int:
    """The last committed refresh: what came with it or before is known."""
    return int((store.collections["refresh"].get(f"{tenant}:state") or {}).get("number", 0))


def _held(body: Body, store: Store, tenant: str) -> Document | None:
    """The item that a body names; None of an identifier that is not watched. Raises Absent, BadRequest."""
    collection = store.collections["watchlist"]
    if "watch_id" not in body:
        identifier = normal_identifier(text_of(body, "identifier"), regions_of(store, [tenant]))
        row = collection.get(f"{tenant}:{identifier}")
        if row is None and body.get("op") == "change":
            raise Absent
        return row
    row = collection.get(f"{tenant}:{text_of(body, 'watch_id', 40)}")
    if row is None or row.get("kind") not in KINDS or row.get("ended_time") or "watched" in row:
        raise Absent
    return row


def _change(body: Body, store: Store, row: Document) -> None:
    said = _said(body)
    if not said:
        raise BadRequest("expected note or until")
    changed = keeping.changed(row, store.subject.user, said, int(store.clock()))
    store.trail.permit()
    store.collections["watchlist"].batch_save([changed])


def _remove(body: Body, store: Store, row: Document) -> None:
    """Takes an item off the list; that it stood there, and why it was taken off, is shown for a while."""
    why = body.get("why", "")
    if not isinstance(why, str) or len(why) > MOST_NOTE:
        raise BadRequest(f"why: expected text of at most {MOST_NOTE} characters")
    now = int(store.clock())
    takes_any = store.may(Action.WATCH_REMOVE, str(row["tenant_id"]), "watch", "")  # administrators
    left = None if takes_any else keeping.left(row, store.subject.user, now)
    if left is not None:  # others keep it
        store.trail.permit()
        store.collections["watchlist"].batch_save([left])
        return
    ended = {**_moved(row), "ended_by": store.subject.user, "ended_why": why.strip(), "ended_time": now}
    store.trail.permit()
    store.collections["watchlist"].batch_save([ended])
    if ended["_key"] != row["_key"]:
        store.collections["watchlist"].delete({"_key": row["_key"]})


def _moved(row: Document) -> Document:
    """An item that has ended, as it stands among the others: of an identifier under another key than a search asks."""
    watch_id = str(row.get("watch_id") or f"w_{uuid.uuid4().hex[:16]}")
    ended = {**row, "_key": f"{row['tenant_id']}:{watch_id}", "watch_id": watch_id}
    if "identifier" in ended:
        ended.update(kind=IDENTIFIER, watched=ended.pop("identifier"))
    return ended


def _note(body: Body) -> str:
    return str(body.get("note") or "").strip()[:MOST_NOTE]


def _until(body: Body) -> int:
    return number_of(body, "until", 0, 0, 10**11)
