"""configs/conf-X and properties: every conf file by stanza; macros and event types by their own endpoints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from starlette.responses import Response

from understudy.conf import Entry as Stanza
from understudy.conf import boolean
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.objects import Objects, plain
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

_SECRET_CONFS = ("passwords",)


_SPLUNKS_OWN = {
    "alert_actions", "app", "authentication", "authorize", "collections", "commands", "eventtypes", "fields", "indexes",
    "inputs", "limits", "macros", "props", "restmap", "savedsearches", "server", "tags", "times",
    "transactiontypes", "transforms", "ui-prefs", "user-prefs", "web", "workflow_actions",
}  # fmt: skip
"""Files that every Splunk has; here one may hold nothing."""
_EVERYTHING = "admin_all_objects"
_READ = {
    "authentication": ("change_authentication",),
    "authorize": ("edit_roles",),
    "server": ("list_settings",),
    "user-seed": ("edit_user_seed",),
}
"""Capabilities that reading a file asks for, as restmap.conf has it."""
_WRITE = {
    "app": ("edit_local_apps",),
    "authentication": ("change_authentication", "edit_roles", _EVERYTHING),
    "authorize": ("edit_roles", _EVERYTHING),
    "indexes": ("indexes_edit",),
    "inputs": (_EVERYTHING,),
    "restmap": ("edit_restmap", _EVERYTHING),
    "server": ("edit_server", _EVERYTHING),
    "user-seed": ("edit_user_seed",),
    "web": ("edit_web_settings", _EVERYTHING),
}
"""Capabilities that writing one asks for: those of restmap.conf, and of the endpoints of apps, indexes and inputs."""


def _names(call: Call) -> list[str]:
    return sorted({*call.stage.conf.names(), *_SPLUNKS_OWN} - set(_SECRET_CONFS))


def _objects(call: Call) -> Objects:
    name = call.parts["conf"]
    if name in _SECRET_CONFS:
        raise RestError(404, f"conf file '{name}' is served by storage/passwords only")
    _check_name(name)
    _need(call, name)
    if call.method == "GET" and not _known(call, name):
        raise RestError(404, f"conf file '{name}' does not exist")
    if call.path.startswith("properties"):
        call.need("rest_properties_get" if call.method == "GET" else "rest_properties_set")
    check = _check_schedule if name == "savedsearches" else _check_nothing
    return Objects(name, f"configs/conf-{name}", _macro if name == "macros" else plain, check=check)


def _need(call: Call, name: str) -> None:
    """Raises RestError 403 unless the caller holds every capability that the conf file asks for."""
    for capability in (_READ if call.method in ("GET", "HEAD") else _WRITE).get(name, ()):
        call.need(capability)


def _check_nothing(call: Call, settings: Mapping[str, str]) -> None:
    """Any setting of any value may be written."""


def _check_schedule(call: Call, settings: Mapping[str, str]) -> None:
    if any(boolean(settings.get(name)) for name in ("enableSched", "is_scheduled")):
        call.need("schedule_search")


def _change(call: Call, objects: Objects, item: Stanza, settings: Mapping[str, str]) -> None:
    """Writes settings of a stanza where it stands: in its app, or in its owner's part of it."""
    objects.may_change(call, item)
    objects.check(call, settings)
    call.stage.conf.write(objects.conf, item.name, settings, item.acl.app, _owner(item))


def _owner(item: Stanza) -> str | None:
    return item.acl.owner if item.acl.sharing == "user" else None


def _macro(call: Call, item: Stanza) -> Mapping[str, Any]:
    """Returns a macro's settings, those that it does not set too; `iseval` as 0 or 1, however it is written."""
    content = {"args": "", "validation": "", "errormsg": "", "description": "", **plain(call, item)}
    return {**content, "iseval": boolean(item.settings.get("iseval"))}


def _check_name(name: str) -> None:
    if not 0 < len(name.encode("utf-8", "replace")) <= 100 or not all(mark.isalnum() or mark in "_-" for mark in name):
        raise RestError(400, f"'{name}' is not the name of a conf file.")


def _known(call: Call, name: str) -> bool:
    """A conf file is known when Splunk or any layer has it, or an app's README has its spec (it may be empty)."""
    apps = call.stage.surroundings.apps
    return name in _names(call) or any(
        (apps / app.name / "README" / f"{name}.conf.spec").is_file() for app in call.stage.conf.apps()
    )


def listed(call: Call) -> Response:
    return _objects(call).listed(call)


def one(call: Call) -> Response:
    return _objects(call).one(call)


def acl(call: Call) -> Response:
    return _objects(call).acl(call)


def switch(call: Call) -> Response:
    return _objects(call).switch(call)


def files(call: Call) -> Response:
    """Lists the conf files; POST `__conf` makes an empty one in the namespace's app."""
    call.need("rest_properties_get" if call.method == "GET" else "rest_properties_set")
    if call.method == "POST":
        name = call.required("__conf")
        _check_name(name)
        _need(call, name)
        if not call.access.may_write(call.context_app, name):
            raise RestError(403, "You do not have permission to perform this operation.")
        call.stage.conf.write(name, "default", {}, call.context_app)
        return replies.document(call, "", {}, 201)
    entries = [Entry(name, {}, path="properties") for name in _names(call)]
    return listing.page(call, "properties", entries, per_page=-1)


def stanzas(call: Call) -> Response:
    objects = _objects(call)
    if call.method == "POST":
        name = call.required("__stanza")
        objects.may_create(call, call.context_app, None)
        call.stage.conf.write(objects.conf, name, {}, call.context_app)
        return replies.document(call, "", {}, 201)
    path = f"properties/{objects.conf}"
    return listing.page(call, path, [Entry(item.name, {}, item.acl) for item in objects.visible(call)], per_page=-1)


def stanza(call: Call) -> Response:
    objects = _objects(call)
    item = objects.find(call, call.parts["name"])
    path = f"properties/{objects.conf}/{item.name}"
    if call.method == "POST":
        _change(call, objects, item, call.settings())
        return replies.message(call, f"Stanza '{item.name}' was changed.")
    if call.method == "DELETE":
        objects.may_change(call, item)
        call.stage.conf.delete(objects.conf, item.name, item.acl.app, _owner(item))
        return replies.message(call, f"Stanza '{item.name}' was deleted.")
    if call.mode == "json":
        entries = [Entry(key, {"$text": value, "content": value}, item.acl) for key, value in item.settings.items()]
        return listing.page(call, path, entries, per_page=-1)
    return listing.page(
        call, path, [Entry(key, {key: value}, item.acl) for key, value in item.settings.items()], per_page=-1
    )


def key(call: Call) -> Response:
    objects = _objects(call)
    item, name = objects.find(call, call.parts["name"]), call.parts["key"]
    if call.method == "POST":
        _change(call, objects, item, {name: call.text("value")})
        return replies.message(call, f"Key '{name}' was changed.")
    if name not in item.settings:
        raise missing(name)
    return Response(escape(item.settings[name]) if call.mode == "xml" else item.settings[name], media_type="text/plain")


MACROS = Objects("macros", "admin/macros", _macro, required=("definition",))


def _check_event_type(call: Call, settings: Mapping[str, str]) -> None:
    """Raises RestError 400 for a search with a pipe or brackets in it, and for a priority other than 1 to 10."""
    from understudy.spl.engine import stage_texts

    search = settings.get("search", "")
    if search.strip() and (len(stage_texts(search)) > 1 or "[" in re.sub(r'"(?:\\.|[^"\\])*"', "", search)):
        raise RestError(400, "Eventtype search string cannot be a search pipeline or contain a subsearch.")
    priority = settings.get("priority", "").strip()
    if priority and not re.fullmatch("[1-9]|10", priority):
        raise RestError(400, f"Invalid value '{priority}' for argument 'priority': a number from 1 to 10 is expected.")


EVENT_TYPES = Objects("eventtypes", "saved/eventtypes", required=("search",), check=_check_event_type)
TRANSFORMS = Objects("transforms", "data/transforms/lookups", required=("filename",))

ROUTES = [
    Route(("GET", "POST"), "configs/conf-{conf}", listed),
    Route(("GET", "POST", "DELETE"), "configs/conf-{conf}/{name}", one),
    Route(("GET", "POST"), "configs/conf-{conf}/{name}/acl", acl),
    Route(("POST",), "configs/conf-{conf}/{name}/enable", switch),
    Route(("POST",), "configs/conf-{conf}/{name}/disable", switch),
    Route(("GET", "POST"), "properties", files),
    Route(("GET", "POST"), "properties/{conf}", stanzas),
    Route(("GET", "POST", "DELETE"), "properties/{conf}/{name}", stanza),
    Route(("GET", "POST"), "properties/{conf}/{name}/{key}", key),
    *MACROS.routes(),
    *EVENT_TYPES.routes(),
    *TRANSFORMS.routes(),
]
