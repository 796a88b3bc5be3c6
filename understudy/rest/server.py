"""server/info, server/settings, server/logger's neighbors and messages: what this instance is and says."""

from __future__ import annotations

import platform
import threading
from typing import Any

from starlette.responses import Response

from understudy.protocol.children import VERSION
from understudy.rest import listing, replies
from understudy.rest.call import Call, missing
from understudy.rest.replies import BUILD, Entry
from understudy.rest.routes import Route

NOTICE = "This is the understudy, a stand-in for splunkd. It is not Splunk."
_messages: dict[int, dict[str, dict[str, Any]]] = {}
_lock = threading.Lock()


def info(call: Call) -> Response:
    """Returns server-info; the version decides that clients use the v2 search endpoints."""
    content = {
        "build": BUILD,
        "version": VERSION,
        "serverName": call.stage.conf.get("server", "general", "serverName") or "understudy",
        "host": "understudy",
        "instance_type": "understudy",
        "product_type": "enterprise",
        "guid": "00000000-0000-4000-8000-000000000000",
        "isFree": False,
        "isTrial": False,
        "licenseState": "OK",
        "mode": "normal",
        "numberOfCores": 1,
        "os_name": platform.system(),
        "os_version": platform.release(),
        "cpu_arch": platform.machine(),
        "server_roles": ["indexer", "search_head", "kv_store"],
        "kvStoreStatus": "ready",
        "startup_time": int(call.stage.started),
        "description": NOTICE,
    }
    return replies.entry(call, "server/info", Entry("server-info", content))


def settings(call: Call) -> Response:
    if call.method == "POST":
        call.need("edit_server")
        changes = {name: call.text(name) for name in ("serverName", "sessionTimeout") if call.given(name)}
        if changes:
            call.stage.conf.write("server", "general", changes, "system")
    conf = call.stage.conf
    content = {
        "SPLUNK_HOME": str(call.stage.home),
        "SPLUNK_DB": str(call.stage.home / "var" / "lib"),
        "serverName": conf.get("server", "general", "serverName") or "understudy",
        "host": "understudy",
        "mgmtHostPort": call.stage.rest_port,
        "httpport": call.stage.web_port or 8000,
        "enableSplunkWebSSL": False,
        "sessionTimeout": conf.get("server", "general", "sessionTimeout") or "1h",
        "minFreeSpace": 0,
        "startwebserver": call.stage.web_port is not None,
        "trustedIP": "",
        "pass4SymmKey": "",
    }
    return replies.entry(call, "server/settings", Entry("settings", content, links=("edit",), may_write=True))


def _bag(call: Call) -> dict[str, dict[str, Any]]:
    with _lock:
        return _messages.setdefault(id(call.stage), {})


def _entry(name: str, content: dict[str, Any]) -> Entry:
    return Entry(name, content, links=("remove",), may_write=True)


def messages(call: Call) -> Response:
    found = _bag(call)
    if call.method == "POST":
        name = call.required("name")
        content = {"message": call.text("value"), "severity": call.text("severity", "info"), "server": "understudy"}
        found[name] = {**content, name: call.text("value")}
        return replies.entry(call, "messages", _entry(name, found[name]), 201)
    return listing.page(call, "messages", [_entry(name, content) for name, content in sorted(found.items())])


def message(call: Call) -> Response:
    found, name = _bag(call), call.parts["name"]
    if name not in found:
        raise missing(name)
    if call.method == "DELETE":
        del found[name]
        return listing.page(call, "messages", [])
    return replies.entry(call, "messages", _entry(name, found[name]))


def health(call: Call) -> Response:
    return replies.entry(call, "server/health/splunkd", Entry("splunkd", {"health": "green"}))


ROUTES = [
    Route(("GET",), "server/info", info),
    Route(("GET",), "server/info/{name}", info),
    Route(("GET", "POST"), "server/settings", settings),
    Route(("GET", "POST"), "server/settings/{name}", settings),
    Route(("GET",), "server/health/splunkd", health),
    Route(("GET", "POST"), "messages", messages),
    Route(("GET", "DELETE"), "messages/{name}", message),
]
