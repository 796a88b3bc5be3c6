"""data/indexes: the indexes of indexes.conf that the caller may search, with what is in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

PATH = "data/indexes"
_NAME = re.compile(r"[a-z0-9_][a-z0-9_\-]*")


def _entries(call: Call) -> list[Entry]:
    facts = {str(item["name"]): item for item in call.stage.store.events_for(call.access).indexes()}
    every = call.access.may("indexes_list_all")
    names = [name for name in call.stage.store.index_names() if every or call.access.may_search_index(name)]
    return [_entry(call, name, facts.get(name, {})) for name in names]


def _entry(call: Call, name: str, facts: Any) -> Entry:
    def stamp(key: str) -> str:
        value = facts.get(key)
        return datetime.fromtimestamp(float(value), UTC).isoformat() if value is not None else ""

    settings = call.stage.conf.stanzas("indexes").get(name, {})
    content = {
        "totalEventCount": facts.get("count", 0) or 0,
        "minTime": stamp("first_time") or stamp("first"),
        "maxTime": stamp("last_time") or stamp("last"),
        "currentDBSizeMB": 0,
        "disabled": False,
        "isInternal": name.startswith("_"),
        "datatype": settings.get("datatype", "event"),
        "frozenTimePeriodInSecs": settings.get("frozenTimePeriodInSecs", "188697600"),
        "maxTotalDataSizeMB": settings.get("maxTotalDataSizeMB", "500000"),
        "homePath": settings.get("homePath", f"$SPLUNK_DB/{name}/db"),
        "coldPath": settings.get("coldPath", f"$SPLUNK_DB/{name}/colddb"),
        "thawedPath": settings.get("thawedPath", f"$SPLUNK_DB/{name}/thaweddb"),
        "defaultDatabase": "main",
        "sync": 0,
    }
    return Entry(name, content, links=("edit",), path=PATH, may_write=call.access.may("indexes_edit"))


def listed(call: Call) -> Response:
    if call.method == "POST":
        call.need("indexes_edit")
        name = call.required("name")
        if _NAME.fullmatch(name) is None or name == "kvstore":
            raise RestError(400, f"'{name}' is not a valid index name.")
        if name in call.stage.store.index_names():
            raise RestError(409, f"The index '{name}' exists already.")
        app = call.context_app if call.app not in (None, "-") else "search"
        paths = {"homePath": "db", "coldPath": "colddb", "thawedPath": "thaweddb"}
        settings = {key: f"$SPLUNK_DB/{name}/{folder}" for key, folder in paths.items()}
        call.stage.conf.write("indexes", name, {**settings, **call.settings()}, app)
        return replies.entry(call, PATH, _entry(call, name, {}), 201)
    return listing.page(call, PATH, _entries(call), links=("create",))


def one(call: Call) -> Response:
    name = call.parts["name"]
    item = next((entry for entry in _entries(call) if entry.name == name), None)
    if item is None:
        raise missing(name)
    if call.method == "POST":
        call.need("indexes_edit")
        call.stage.conf.write("indexes", name, call.settings(), "search")
    return replies.entry(call, PATH, item)


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST"), PATH + "/{name}", one),
]
