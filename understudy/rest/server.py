"""server/info, server/settings, server/logger, server/control and messages: what this instance is and says."""

from __future__ import annotations

import os
import platform
import re

from starlette.responses import Response

from understudy.protocol.children import VERSION
from understudy.rest import listing, replies
from understudy.rest.bulletins import Bulletin
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import BUILD, Entry
from understudy.rest.routes import Route, table

GUID = "00000000-0000-4000-8000-000000000000"
NOTICE = "This is the understudy, a stand-in for splunkd. It is not Splunk."


def info(call: Call) -> Response:
    """Returns server-info; the version decides that clients use the v2 search endpoints."""
    content = {
        "build": BUILD,
        "version": VERSION,
        "serverName": call.stage.conf.get("server", "general", "serverName") or "understudy",
        "host": "understudy",
        "instance_type": "understudy",
        "product_type": "enterprise",
        "guid": GUID,
        "isFree": False,
        "isTrial": False,
        "activeLicenseGroup": "Enterprise",
        "addOns": {},
        "host_fqdn": "understudy",
        "kv_store_status": "ready",
        "license_labels": [],
        "licenseKeys": [],
        "licenseSignature": "",
        "licenseState": "OK",
        "master_guid": GUID,
        "max_users": 4294967295,
        "mode": "normal",
        "numberOfCores": os.cpu_count() or 1,
        "os_name": platform.system(),
        "os_build": platform.version(),
        "os_version": platform.release(),
        "physicalMemoryMB": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1048576,
        "rtsearch_enabled": False,
        "cpu_arch": platform.machine(),
        "server_roles": ["indexer", "search_head", "kv_store"],
        "kvStoreStatus": "ready",
        "startup_time": int(call.stage.started),
        "description": NOTICE,
    }
    return replies.entry(call, "server/info", Entry("server-info", content))


def root(call: Call) -> Response:
    """Returns the first elements of the paths that are served."""
    found = sorted({route.pattern.split("/", 1)[0] for route in table() if route.pattern})
    return listing.page(call, "", [Entry(name, {}) for name in found], per_page=-1)


def settings(call: Call) -> Response:
    if call.method == "POST":
        call.need("edit_server")
        changes = call.settings()
        for name, value in changes.items():
            if name not in ("serverName", "sessionTimeout"):
                raise RestError(400, f"The stand-in does not serve the setting '{name}'.")
            if not re.fullmatch(r"[\w.\-]{1,100}", value):
                raise RestError(400, f"Invalid value for the setting '{name}'.")
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


def _bulletin(item: Bulletin) -> Entry:
    content = {"message": item.value, "severity": item.severity, "server": "understudy", item.name: item.value}
    return Entry(item.name, content, links=("remove",), may_write=True)


def messages(call: Call) -> Response:
    found = call.stage.bulletins
    if call.method == "POST":
        name, severity = call.required("name"), call.text("severity", "info")
        if severity not in ("info", "warn", "error"):
            raise RestError(400, f"Invalid severity '{severity}': info, warn and error are known.")
        item = Bulletin(name, call.text("value"), severity)
        found.put(item)
        return replies.entry(call, "messages", _bulletin(item), 201)
    return listing.page(call, "messages", [_bulletin(item) for item in found.listed()])


def message(call: Call) -> Response:
    name = call.parts["name"]
    item = call.stage.bulletins.get(name)
    if item is None:
        raise missing(name)
    if call.method == "DELETE":
        call.stage.bulletins.remove(name)
        return listing.page(call, "messages", [])
    return replies.entry(call, "messages", _bulletin(item))


_CHANNELS = (
    "AuditLogger",
    "AuthenticationProvider",
    "ConfReader",
    "HttpInputDataHandler",
    "ModularInputs",
    "OneShotInput",
    "RestEndpoint",
    "SavedSplunker",
    "Scheduler",
    "SearchJob",
    "StreamReceiver",
    "sendmodalert",
)
_LEVELS = ("DEBUG", "INFO", "WARN", "ERROR", "CRIT", "FATAL")


def _logger(call: Call, name: str) -> Entry:
    may_write = call.access.may("edit_server")
    content = {"level": call.stage.log_levels.get(name, "INFO")}
    return Entry(name, content, links=("edit",), path="server/logger", may_write=may_write)


def loggers(call: Call) -> Response:
    return listing.page(call, "server/logger", [_logger(call, name) for name in _CHANNELS])


def logger(call: Call) -> Response:
    """Reads or sets the lowest severity that a component writes to splunkd.log, until the stand-in ends."""
    name = call.parts["name"]
    if name not in _CHANNELS:
        raise missing(name)
    if call.method == "POST":
        call.need("edit_server")
        level = call.required("level").upper()
        if level not in _LEVELS:
            raise RestError(400, f"Invalid level '{level}': {', '.join(_LEVELS)} are known.")
        call.stage.log_levels[name] = level
    return replies.entry(call, "server/logger", _logger(call, name))


def controls(call: Call) -> Response:
    return listing.page(call, "server/control", [])


def restart(call: Call) -> Response:
    """Does what a restart of splunkd does to those who use it: see `Stage.restart`. The process itself goes on."""
    call.need("restart_splunkd")
    call.stage.restart()
    return replies.message(call, "The configuration was read anew and all sessions ended; the process goes on.")


def restart_webui(call: Call) -> Response:
    call.need("restart_splunkd")
    return replies.message(call, "Nothing of the pages waits for a restart.")


def kv_status(call: Call) -> Response:
    content = {"current": {"status": "ready", "standalone": 1, "storageEngine": "sqlite"}}
    return replies.entry(call, "kvstore/status", Entry("status", content))


def health(call: Call) -> Response:
    return replies.entry(call, "server/health/splunkd", Entry("splunkd", {"health": "green"}))


ROUTES = [
    Route(("GET",), "", root),
    Route(("GET",), "server/info", info),
    Route(("GET",), "server/info/{name}", info),
    Route(("GET", "POST"), "server/settings", settings),
    Route(("GET", "POST"), "server/settings/{name}", settings),
    Route(("GET",), "server/health/splunkd", health),
    Route(("GET",), "server/logger", loggers),
    Route(("GET", "POST"), "server/logger/{name}", logger),
    Route(("GET",), "server/control", controls),
    Route(("POST",), "server/control/restart", restart),
    Route(("POST",), "server/control/restart_webui", restart_webui),
    Route(("GET",), "kvstore/status", kv_status),
    Route(("GET", "POST"), "messages", messages),
    Route(("GET", "DELETE"), "messages/{name}", message),
]
