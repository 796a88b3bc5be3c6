"""data/inputs/http: the event collector's global settings (name `http`) and its tokens."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from starlette.responses import Response

from understudy.conf import boolean
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.collector import PREFIX
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

PATH = "data/inputs/http"
APP = "search"
_KEYS = (
    "token",
    "index",
    "indexes",
    "source",
    "sourcetype",
    "host",
    "description",
    "disabled",
    "useACK",
    "allowQueryStringAuth",
)
_GLOBAL_KEYS = (
    "disabled",
    "enableSSL",
    "port",
    "index",
    "sourcetype",
    "dedicatedIoThreads",
    "maxSockets",
    "maxThreads",
)
_UNSERVED = ("useDeploymentServer", "outputgroup")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\- ]{0,99}")


def _need(call: Call) -> None:
    call.need("edit_token_http", "admin_all_objects")


def _stanzas(call: Call) -> dict[str, Mapping[str, str]]:
    found = call.stage.conf.stanzas("inputs")
    return {name[len(PREFIX) :]: settings for name, settings in sorted(found.items()) if name.startswith(PREFIX)}


def _owner(call: Call, stanza: str) -> str:
    apps = [item.acl.app for item in call.stage.conf.entries("inputs") if item.name == stanza]
    return next((app for app in apps if app != "system"), apps[0] if apps else APP)


def _entry(call: Call, name: str, settings: Mapping[str, str]) -> Entry:
    content = {
        "host": "",
        "index": "default",
        "indexes": [part.strip() for part in settings.get("indexes", "").split(",") if part.strip()],
        **{key: value for key, value in settings.items() if key in _KEYS and key != "indexes"},
        "disabled": boolean(settings.get("disabled")),
        "useACK": boolean(settings.get("useACK")),
    }
    acl = call.stage.conf.acl(_owner(call, PREFIX + name), "inputs", PREFIX + name)
    links = ("edit", "remove", "enable" if content["disabled"] else "disable")
    return Entry(PREFIX + name, content, acl, links, path=PATH, may_write=True)


def _global(call: Call) -> Entry:
    settings = call.stage.conf.stanzas("inputs").get("http", {})
    content = {
        "port": "8088",
        "enableSSL": "1",
        **{key: value for key, value in settings.items() if key in _GLOBAL_KEYS},
        "disabled": call.stage.collector_port is None,
        "host": "understudy",
    }
    if call.stage.collector_port is not None:
        content["port"] = str(call.stage.collector_port)
    return Entry("http", content, links=("edit",), path=PATH, may_write=True)


def _settings(call: Call, keys: tuple[str, ...]) -> dict[str, str]:
    """Returns the settings of the request. Raises RestError 400 for one that is not known or not honored."""
    found: dict[str, str] = {}
    for name, value in call.settings().items():
        if name in _UNSERVED and not boolean(value):
            continue
        if name not in keys:
            raise RestError(400, f"Argument '{name}' is not supported by this handler.")
        if "\n" in value or "\r" in value:
            raise RestError(400, f"The value of argument '{name}' has a line break.")
        found[name] = value
    if call.given("indexes"):
        found["indexes"] = ",".join(part for text in call.values("indexes") for part in text.split(",") if part)
    known = set(call.stage.store.index_names())
    for name in [found.get("index", ""), *found.get("indexes", "").split(",")]:
        if name.strip() not in known | {"", "default"}:
            raise RestError(400, f"The index '{name.strip()}' does not exist.")
    if "port" in found and not (found["port"].isdigit() and int(found["port"]) < 65_536):
        raise RestError(400, f"Invalid value '{found['port']}' for argument 'port'.")
    return found


def _find(call: Call, name: str) -> str:
    wanted = name[len(PREFIX) :] if name.startswith(PREFIX) else name
    if wanted not in _stanzas(call):
        raise missing(name)
    return wanted


def listed(call: Call) -> Response:
    _need(call)
    if call.method == "POST":
        name = call.required("name")
        name = name[len(PREFIX) :] if name.startswith(PREFIX) else name
        if _NAME.fullmatch(name) is None:
            raise RestError(400, f"'{name}' is not a valid name of a token.")
        if name in _stanzas(call):
            raise RestError(409, f"A token named '{name}' exists already.")
        settings = _settings(call, _KEYS)
        settings.setdefault("token", str(uuid.uuid4()).upper())
        if any(item.get("token") == settings["token"] for item in _stanzas(call).values()):
            raise RestError(409, "This token value is used already.")
        app = call.context_app if call.app not in (None, "-") else APP
        call.stage.conf.write("inputs", PREFIX + name, settings, app)
        return replies.entry(call, PATH, _entry(call, name, _stanzas(call)[name]), 201)
    entries = [_global(call), *(_entry(call, name, settings) for name, settings in _stanzas(call).items())]
    return listing.page(call, PATH, entries, links=("create",))


def one(call: Call) -> Response:
    _need(call)
    if call.parts["name"] == "http":
        if call.method == "DELETE":
            raise RestError(400, "The global settings of the event collector cannot be deleted.")
        if call.method == "POST":
            _apply(call, _settings(call, _GLOBAL_KEYS))
        return replies.entry(call, PATH, _global(call))
    name = _find(call, call.parts["name"])
    stanza = PREFIX + name
    if call.method == "DELETE":
        call.stage.conf.delete("inputs", stanza, _owner(call, stanza))
        return listing.page(call, PATH, [_entry(call, *item) for item in _stanzas(call).items()])
    if call.method == "POST":
        call.stage.conf.write("inputs", stanza, _settings(call, _KEYS), _owner(call, stanza))
    return replies.entry(call, PATH, _entry(call, name, _stanzas(call)[name]))


def _apply(call: Call, settings: Mapping[str, str]) -> None:
    """Writes global settings; `disabled` opens or closes the port at once."""
    call.stage.conf.write("inputs", "http", settings, APP)
    if "disabled" in settings:
        if boolean(settings["disabled"]):
            call.stage.stop_collector()
        else:
            try:
                call.stage.start_collector()
            except OSError as failure:
                call.stage.conf.write("inputs", "http", {"disabled": "1"}, APP)
                raise RestError(400, f"The event collector cannot listen: {failure.strerror}.") from failure


def switch(call: Call) -> Response:
    _need(call)
    value = "1" if call.path.endswith("/disable") else "0"
    if call.parts["name"] == "http":
        _apply(call, {"disabled": value})
        return replies.entry(call, PATH, _global(call))
    name = _find(call, call.parts["name"])
    call.stage.conf.write("inputs", PREFIX + name, {"disabled": value}, _owner(call, PREFIX + name))
    return replies.entry(call, PATH, _entry(call, name, _stanzas(call)[name]))


def rotate(call: Call) -> Response:
    """Gives the token a new value."""
    _need(call)
    name = _find(call, call.parts["name"])
    call.stage.conf.write("inputs", PREFIX + name, {"token": str(uuid.uuid4()).upper()}, _owner(call, PREFIX + name))
    return replies.entry(call, PATH, _entry(call, name, _stanzas(call)[name]))


def acl(call: Call) -> Response:
    _need(call)
    call.parts["name"] = PREFIX + _find(call, call.parts["name"])
    return Objects("inputs", PATH).acl(call)


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("GET", "POST"), PATH + "/{name}/acl", acl),
    Route(("POST",), PATH + "/{name}/enable", switch),
    Route(("POST",), PATH + "/{name}/disable", switch),
    Route(("POST",), PATH + "/{name}/rotate", rotate),
]
