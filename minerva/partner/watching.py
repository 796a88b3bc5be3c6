"""Operations on the watch list and its alerts. An entry's id is a keyed token, so that no identifier enters a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.audit.chain import token
from minerva.partner import cursors
from minerva.partner.contract.shapes import LISTED, TIME, TOKEN, ref
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem, absent
from minerva.partner.times import seconds
from minerva.policy import Action
from minerva.tenancy import watching
from minerva.tenancy.asking import normal_identifier, regions_of

_WATCH_ID = {"watch_id": TOKEN}


def list_watched(call: Call) -> dict[str, Any]:
    """The watch list, by ids."""
    query, user = call.query, call.store.subject.user
    after = cursors.read(call.desk.key, user, "listWatched", query, query.get("cursor"))
    most = int(query.get("limit", 100))
    rows = sorted(_entries(call), key=lambda row: str(row["watch_id"]))
    if after:
        rows = [row for row in rows if row["watch_id"] > after[0]]
    following = None
    if len(rows) > most:
        following = cursors.write(call.desk.key, user, "listWatched", query, [rows[most - 1]["watch_id"]])
    return {"watch_list": rows[:most], "next_cursor": following}


def watch(call: Call) -> dict[str, Any]:
    """Adds an identifier, or changes the own note; what somebody else keeps stays as it is, and is kept by both."""
    tenant = call.store.tenant_for(Action.WATCH_ADD, call.tenant)
    normal = normal_identifier(call.body["identifier"], regions_of(call.store, [tenant]))
    body: dict[str, Any] = {"op": "add", "identifier": normal, "tenant_id": tenant}
    if call.body.get("note"):
        body["note"] = call.body["note"]
    rows = watching.watchlist(body, call.store)["watchlist"]
    return next(_entry(row, call) for row in rows if row.get("identifier") == normal)


def unwatch(call: Call) -> dict[str, Any]:
    """Takes an entry off the list, if the policy lets the caller."""
    found = next((row for row in _entries(call) if row["watch_id"] == call.path["watch_id"]), None)
    if found is None:
        raise absent()
    if not call.store.may(Action.WATCH_REMOVE, found["tenant_id"], "watch", found["added_by"]):
        # The caller sees the entry in the list, so this tells nothing new.
        raise Problem(403, "not_permitted", "an administrator of your institution, or the analyst who added it, may")
    body = {"op": "remove", "identifier": found["identifier"], "tenant_id": found["tenant_id"]}
    watching.watchlist(body, call.store)
    return {"watch_id": found["watch_id"], "removed": True}


def list_alerts(call: Call) -> dict[str, Any]:
    """Alerts of the watch list, newest first."""
    query, user = call.query, call.store.subject.user
    after = cursors.read(call.desk.key, user, "listAlerts", query, query.get("cursor"))
    most, since = int(query.get("limit", 100)), _since(query)
    tenant = call.store.tenant_for(Action.WATCH, call.tenant)
    bounds: dict[str, Any] = {"$gte": since}
    parts: list[dict[str, Any]] = [{"tenant_id": tenant, "time": bounds}]
    if after:
        same = {"tenant_id": tenant, "time": after[0], "alert_id": {"$gt": after[1]}}
        parts = [{"tenant_id": tenant, "time": {**bounds, "$lt": after[0]}}, same]
    rows = call.store.collections["alerts"].find({"$or": parts}, sort="time:-1,alert_id:1", limit=most + 1)
    following = None
    if len(rows) > most:
        last = [rows[most - 1]["time"], rows[most - 1]["alert_id"]]
        following = cursors.write(call.desk.key, user, "listAlerts", query, last)
    keys = ("alert_id", "tenant_id", "identifier", "records", "last_seen", "note", "time")
    more = ("alert", "entity_id", "record_ids", "label")
    found = [{**{key: row.get(key) for key in keys}, **{key: row[key] for key in more if row.get(key)}} for row in rows]
    return {"alerts": found[:most], "next_cursor": following}


def _since(query: Mapping[str, Any]) -> int:
    if "since" not in query:
        return 0
    try:
        return seconds(query["since"])
    except ValueError:
        raise Problem(400, "invalid_parameter", "expected a time that there is", "since") from None


def _entries(call: Call) -> list[dict[str, Any]]:
    """Watched identifiers: what else is watched is put on the list in the pages."""
    rows = watching.watchlist({"op": "list", **call.tenant}, call.store)["watchlist"]
    return [_entry(row, call) for row in rows if row["kind"] == "identifier"]


def _entry(row: dict[str, Any], call: Call) -> dict[str, Any]:
    name = token(call.desk.key, "watch", f"{row['tenant_id']}:{row['identifier']}")
    shown = {key: row.get(key) for key in ("tenant_id", "identifier", "note", "added_by")}
    return {**shown, "watch_id": name, "added_time": int(row["added_time"] or 0)}


OPERATIONS = (
    Operation(
        "listWatched", "GET", "/watch-list", "The watch list of your institution", "", list_watched, ref("WatchPage"),
        query=LISTED,
    ),
    Operation(
        "watch", "POST", "/watch-list", "Put an identifier on the watch list",
        "The scheduled search raises an alert when the identifier is in a record.", watch, ref("WatchEntry"),
        ref("WatchRequest"), changes=True, status=201, statuses=(409,),
    ),
    Operation(
        "unwatch", "DELETE", "/watch-list/{watch_id}", "Take an entry off the watch list",
        "Analysts their own entries, administrators any; programs none.", unwatch, ref("WatchRemoved"),
        variables=_WATCH_ID, changes=True, statuses=(409,),
    ),
    Operation(
        "listAlerts", "GET", "/alerts", "Alerts of the watch list, newest first", "Kept 90 days.", list_alerts,
        ref("AlertPage"), query={"since": TIME, **LISTED},
    ),
)  # fmt: skip
