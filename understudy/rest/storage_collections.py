"""storage/collections: config (collections.conf) and data (the KV store), with the access of default.meta."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from understudy.rest import replies
from understudy.rest.call import Call, RestError
from understudy.rest.objects import Objects
from understudy.rest.routes import Route
from understudy.storage.events import StorageError
from understudy.storage.kv import Collection

CONF = "collections"
CONFIG = Objects(CONF, "storage/collections/config")
DATA = "storage/collections/data/{collection}"
MOST_BATCH = 1000


def _collection(call: Call, side: str) -> Collection:
    """Returns the namespace's collection. Raises RestError 404 when absent or unreadable, 403 for writing."""
    name = call.parts["collection"]
    app = call.context_app
    found = [item for item in call.stage.conf.entries(CONF, app) if item.name == name]
    readable = [item for item in found if call.access.may_read_acl(item.acl, CONF, name)]
    if not readable:
        raise RestError(404, f"Could not find the collection '{name}'.")
    item = readable[0]
    if side == "write" and not call.access.may_write_acl(item.acl, CONF, name):
        raise RestError(403, f"You do not have permission to write to the collection '{name}'.")
    owner = call.owner if call.owner not in (None, "-", "nobody") else "nobody"
    if owner != "nobody" and owner != call.user and not call.access.may("admin_all_objects"):
        raise RestError(403, "You do not have permission to use another user's part of a collection.")
    return call.stage.kv.collection(item.acl.app, name, owner=owner, settings=item.settings)


def _query(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        query = json.loads(text)
    except ValueError:
        raise RestError(400, "The query is not valid JSON.") from None
    if not isinstance(query, dict):
        raise RestError(400, "The query must be a JSON object.")
    return query


def _find(collection: Collection, options: dict[str, Any]) -> Sequence[dict[str, Any]]:
    fields, sort = _listed(options.get("fields")), _listed(options.get("sort"))
    limit, skip = int(options.get("limit") or 0), int(options.get("skip") or 0)
    return list(collection.find(options.get("query") or {}, fields, sort, limit, skip))


def _listed(given: Any) -> str:
    """Returns `fields` or `sort` as the text of the query parameter; a batch query may write them as a list."""
    return ",".join(str(item) for item in given) if isinstance(given, list) else str(given or "")


def documents(call: Call) -> Response:
    """GET finds, POST inserts one document, DELETE removes those that fit the query (all without one)."""
    if call.method == "GET":
        options = {
            "query": _query(call.text("query")),
            "fields": call.text("fields"),
            "sort": call.text("sort"),
            "limit": call.integer("limit", 0),
            "skip": call.integer("skip", 0),
        }
        return replies.json_reply(_find(_collection(call, "read"), options))
    collection = _collection(call, "write")
    if call.method == "DELETE":
        collection.delete_matching(_query(call.text("query")))
        return replies.json_reply({})
    return replies.json_reply({"_key": collection.insert(_document(call))}, 201)


def _document(call: Call) -> dict[str, Any]:
    document = call.json()
    if not isinstance(document, dict):
        raise RestError(400, "The document must be a JSON object.")
    return document


def one(call: Call) -> Response:
    key = call.parts["key"]
    if call.method == "GET":
        found = _collection(call, "read").get(key)
        if found is None:
            raise RestError(404, "Could not find object.")
        return replies.json_reply(found)
    collection = _collection(call, "write")
    if call.method == "DELETE":
        if collection.get(key) is None:
            raise RestError(404, "Could not find object.")
        collection.delete(key)
        return replies.json_reply({})
    if collection.get(key) is None:
        raise RestError(404, "Could not find object.")
    collection.replace(key, _document(call))
    return replies.json_reply({"_key": key})


def _list(call: Call) -> list[Any]:
    items = call.json()
    if not isinstance(items, list):
        raise RestError(400, "The body must be a JSON array.")
    if len(items) > MOST_BATCH:
        raise RestError(400, f"Request exceeds the limit of {MOST_BATCH} items in a batch.")
    if not all(isinstance(item, dict) for item in items):
        raise RestError(400, "Each item of the array must be a JSON object.")
    return items


def batch_save(call: Call) -> Response:
    """Saves documents; one with a known `_key` replaces. Answers their keys."""
    return replies.json_reply(_collection(call, "write").batch_save(_list(call)))


def batch_find(call: Call) -> Response:
    """Answers one array of documents per query."""
    collection = _collection(call, "read")
    return replies.json_reply([_find(collection, item) for item in _list(call)])


def _guarded(handler: Any) -> Any:
    def run(call: Call) -> Response:
        try:
            answer: Response = handler(call)
        except (StorageError, ValueError) as failure:
            raise RestError(400, str(failure)) from failure
        return answer

    return run


ROUTES = [
    *CONFIG.routes(),
    Route(("POST",), DATA + "/batch_save", _guarded(batch_save)),
    Route(("POST",), DATA + "/batch_find", _guarded(batch_find)),
    Route(("GET", "POST", "DELETE"), DATA, _guarded(documents)),
    Route(("GET", "POST", "PUT", "DELETE"), DATA + "/{key}", _guarded(one)),
]
