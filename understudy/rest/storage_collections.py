"""storage/collections: config (collections.conf) and data (the KV store), with the access of default.meta."""

from __future__ import annotations

import json
from typing import Any
from weakref import WeakKeyDictionary

from starlette.responses import Response

from understudy.conf import NOBODY, boolean
from understudy.conf import Entry as Stanza
from understudy.rest import replies
from understudy.rest.call import WILDCARDS, Call, RestError
from understudy.rest.objects import Objects
from understudy.rest.routes import Route
from understudy.storage.events import StorageError
from understudy.storage.kv import Collection, KeyExists, KVLimits, KVStore
from understudy.storage.kv_query import QueryError

CONF = "collections"
_OPENED: WeakKeyDictionary[KVStore, dict[tuple[str, str, str], tuple[int, Collection]]] = WeakKeyDictionary()
"""Store -> (app, collection, owner) -> the generation of the configuration that it was opened under, and it."""


class Config(Objects):
    """collections.conf as splunkd shows it: for the user nobody alone, since a collection is never private."""

    def visible(self, call: Call) -> list[Stanza]:
        _nobody(call)
        return super().visible(call)

    def create(self, call: Call) -> Response:
        _nobody(call)
        return super().create(call)

    def one(self, call: Call) -> Response:
        """As of every object; a collection that is deleted takes its documents, of every user, with it."""
        app = self.find(call, call.parts["name"]).acl.app if call.method == "DELETE" else ""
        answer = super().one(call)
        if app and not any(item.acl.app == app for item in self._named(call, app)):
            call.stage.kv.drop(app, call.parts["name"])
            _OPENED.pop(call.stage.kv, None)
        return answer

    def _named(self, call: Call, app: str) -> list[Stanza]:
        return [item for item in call.stage.conf.entries(CONF, app) if item.name == call.parts["name"]]


def _nobody(call: Call) -> None:
    if call.owner not in (None, NOBODY, *WILDCARDS):
        raise RestError(
            400,
            "Must use user context of 'nobody' when interacting with collection configurations "
            f"(used user='{call.owner}').",
        )


CONFIG = Config(CONF, "storage/collections/config")
DATA = "storage/collections/data/{collection}"


def _collection(call: Call, *operations: str) -> Collection:
    """Returns the namespace's collection for reading, or for operations: create, update, delete.

    Raises RestError 404 when absent or unreadable, 403 where permissions or a role's deny-list stand against it.
    """
    name = call.parts["collection"]
    app = call.context_app
    found = [item for item in call.stage.conf.entries(CONF, app) if item.name == name]
    readable = [item for item in found if call.access.may_read_acl(item.acl, CONF, name)]
    if not readable:
        raise RestError(404, f"Could not find the collection '{name}'.")
    item = readable[0]
    if boolean(item.settings.get("disabled")):
        raise RestError(404, f"The collection '{name}' is disabled.")
    if operations and not call.access.may_write_acl(item.acl, CONF, name):
        raise RestError(403, f"You do not have permission to write to the collection '{name}'.")
    for operation in operations:
        if not call.access.may_change_collection(operation, name):
            raise RestError(403, f"Your roles deny you to {operation} documents of the collection '{name}'.")
    owner = call.owner if call.owner not in (None, "-", "nobody") else "nobody"
    if owner != "nobody" and owner != call.user and not call.access.may("admin_all_objects"):
        raise RestError(403, "You do not have permission to use another user's part of a collection.")
    return _opened(call, item, owner)


def _opened(call: Call, item: Stanza, owner: str) -> Collection:
    """The collection as it was opened before, unless the configuration has changed since: opening costs more than
    most reads."""
    generation = call.stage.conf.generation
    held = _OPENED.setdefault(call.stage.kv, {})
    key = (item.acl.app, item.name, owner)
    found = held.get(key)
    if found is None or found[0] != generation:
        limits = KVLimits.of(call.stage.conf.stanzas("limits").get("kvstore", {}))
        opened = call.stage.kv.collection(item.acl.app, item.name, owner=owner, settings=item.settings, limits=limits)
        found = held[key] = (generation, opened)
    return found[1]


def _query(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        query = json.loads(text)
    except (ValueError, RecursionError):
        raise RestError(400, "The query is not valid JSON.") from None
    if not isinstance(query, dict):
        raise RestError(400, "The query must be a JSON object.")
    return query


def documents(call: Call) -> Response:
    """GET finds, POST inserts one document, DELETE removes those that fit the query (all without one)."""
    if call.method == "GET":
        options: dict[str, Any] = {
            "query": _query(call.text("query")),
            "fields": call.text("fields"),
            "sort": call.text("sort"),
            "limit": call.integer("limit", 0),
            "skip": call.integer("skip", 0),
            "shared": call.boolean("shared"),
        }
        return replies.json_reply(_collection(call).find(**options))
    if call.method == "DELETE":
        collection = _collection(call, "delete")
        collection.delete_matching(_query(call.text("query")))
        return replies.json_reply({})
    return replies.json_reply({"_key": _collection(call, "create").insert(_document(call))}, 201)


def _document(call: Call) -> dict[str, Any]:
    document = call.json()
    if not isinstance(document, dict):
        raise RestError(400, "The document must be a JSON object.")
    return document


def one(call: Call) -> Response:
    key = call.parts["key"]
    if call.method == "GET":
        found = _collection(call).get(key)
        if found is None:
            raise RestError(404, "Could not find object.")
        return replies.json_reply(found)
    collection = _collection(call, "delete" if call.method == "DELETE" else "update")
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
    if not all(isinstance(item, dict) for item in items):
        raise RestError(400, "Each item of the array must be a JSON object.")
    return items


def batch_save(call: Call) -> Response:
    """Saves documents, all or none; one with a known `_key` replaces. Answers their keys."""
    items = _list(call)
    present = _collection(call)
    operations = {"create" if present.get(str(item.get("_key", ""))) is None else "update" for item in items}
    return replies.json_reply(_collection(call, *sorted(operations or {"create"})).batch_save(items))


def batch_find(call: Call) -> Response:
    """Answers one array of documents per query."""
    return replies.json_reply(_collection(call).batch_find(_list(call)))


def _guarded(handler: Any) -> Any:
    def run(call: Call) -> Response:
        try:
            answer: Response = handler(call)
        except KeyExists as failure:
            raise RestError(409, "A document with the same key and user already exists.") from failure
        except (StorageError, QueryError, ValueError) as failure:
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
