"""Alerts of what is watched: the service writes them into the tenant's index and keeps them a while for pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from minerva.documents import Document
from minerva.policy import Action
from minerva.records.model import format_time
from minerva.tenancy.asking import BadRequest, Body, Store, number_of, page_of
from minerva.tenancy.watching.checking import checked

KEPT_S = 90 * 86_400
OF_IDENTIFIER, OF_ENTITY, OF_AREA = "watch_list", "watched_entity", "watched_area"
_SHOWN = ("alert_id", "tenant_id", "alert", "identifier", "entity_id", "record_ids", "watch_id", "label", "records",
          "last_seen", "note", "time", "establishment_id")  # fmt: skip


def alerts(body: Body, store: Store) -> dict[str, Any]:
    """{"limit"} -> {"alerts": [rows]}: of the own institutions, newest first. `alert` says what was watched."""
    limit = number_of(body, "limit", 50, 1, 1000)
    tenant = store.tenant_for(Action.WATCH, body)
    rows = store.collections["alerts"].find({"tenant_id": tenant}, sort="time:-1,alert_id:1", limit=limit)
    return {"alerts": [{key: row.get(key) for key in _SHOWN} for row in rows]}


def alert(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "hits": [{"identifier", "records", "last_seen", "note"} or those of `watch_check`]} -> {"written"}.

    Service only. Writes one event per hit, its time first, into the tenant's own index, and keeps it KEPT_S for pages
    and for programs, which cannot search.
    """
    tenant = store.tenant_for(Action.ALERT, body)
    hits = page_of(body, "hits")
    events: list[str] = []
    kept: list[Document] = []
    now = int(store.clock())
    time = format_time(datetime.fromtimestamp(now, timezone.utc))
    for hit in hits:
        if not isinstance(hit, Mapping) or not (
            hit.get("identifier") or (hit.get("watch_id") and hit.get("entity_id"))
        ):
            raise BadRequest("hits: expected objects with an identifier, or with watch_id and entity_id")
        event = {"alert_time": time, **_event(hit, tenant)}
        text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        events.append(text)
        name = store.trail.token("alert", f"{now}:{text}")
        row: Document = {"_key": f"{tenant}:{name}", "alert_id": name, **event}
        del row["alert_time"]
        row.update(identifier=event.get("identifier", ""), records=_whole(hit.get("records")), time=now)
        row["hit"] = f"{event.get('identifier') or hit['watch_id']} {row['records']}"
        row.update(last_seen=_whole(hit.get("last_seen")), note=str(hit.get("note") or ""))
        kept.append(row)
    store.trail.permit(len(events))
    for text in events:
        store.write_event(store.context.tenants[tenant].index, "minerva:alert", text)
    if kept and "alerts" in store.collections:
        store.collections["alerts"].discard({"tenant_id": tenant, "time": {"$lt": now - KEPT_S}})
        store.collections["alerts"].batch_save(kept)
    checked(store, tenant, [hit for hit in hits if hit.get("watch_id")])
    return {"written": len(events)}


def keep_alert(store: Store, tenant: str, told: Mapping[str, Any]) -> None:
    """Writes one alert that is not of the watch list: an event of the institution, and its row for pages.

    told: "alert" (its kind), "entity_id", "label", "note", "records" and what else the event tells. The caller has
    asked the policy and the audit.
    """
    now = int(store.clock())
    time = format_time(datetime.fromtimestamp(now, timezone.utc))
    event = {"alert_time": time, "tenant_id": tenant, **told}
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    store.write_event(store.context.tenants[tenant].index, "minerva:alert", text)
    name = store.trail.token("alert", f"{now}:{text}")
    row: Document = {"_key": f"{tenant}:{name}", "alert_id": name, **event}
    del row["alert_time"]
    row.update(identifier="", time=now, last_seen=now, hit=f"{told['alert']} {name}")
    store.collections["alerts"].batch_save([row])


def _event(hit: Mapping[str, Any], tenant: str) -> dict[str, Any]:
    if hit.get("identifier"):
        event = {"alert": OF_IDENTIFIER, "tenant_id": tenant, "identifier": str(hit["identifier"])}
        keys: tuple[str, ...] = ("records", "last_seen", "note")
    else:
        kind = OF_AREA if hit.get("label") else OF_ENTITY
        event = {
            "alert": kind,
            "tenant_id": tenant,
            "watch_id": str(hit["watch_id"]),
            "entity_id": str(hit["entity_id"]),
        }
        keys = ("records", "record_ids", "label", "note")
    event.update({key: hit[key] for key in keys if hit.get(key) not in (None, "", [])})
    return event


def _whole(value: Any) -> int | None:
    text = str(value or "").partition(".")[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
