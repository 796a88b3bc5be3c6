"""data/inputs/script and data/outputs/tcp/syslog: kept as a client sets them up; nothing runs and nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from understudy.rest.call import Call, RestError
from understudy.rest.prefixed_objects import Prefixed
from understudy.schedule import cron

_SERVER = re.compile(r"[^\s:/]{1,253}:[0-9]{1,5}")


def _check_script(call: Call, name: str, settings: Mapping[str, str]) -> None:
    """Raises RestError 400 for a path outside the folders of scripts, an unknown index, or an interval that is none."""
    home = call.stage.home
    path = Path(name.replace("$SPLUNK_HOME", str(home)).split(" ", 1)[0])
    inside = path.relative_to(home).parts if path.is_relative_to(home) else ()
    placed = inside[:2] == ("bin", "scripts") or inside[:3] == ("etc", "system", "bin")
    placed = placed or (inside[:2] == ("etc", "apps") and inside[3:4] == ("bin",))
    placed = placed or name.startswith("./bin/")
    if not placed or ".." in path.parts or not name.isprintable():
        raise RestError(400, "A script lies in $SPLUNK_HOME/etc/apps/<app>/bin, etc/system/bin or bin/scripts.")
    index = settings.get("index", "default")
    if index != "default" and index not in call.stage.store.index_names():
        raise RestError(400, f"The index '{index}' does not exist.")
    try:
        cron.interval_due(settings.get("interval", "60"), call.stage.now(), 0.0)
    except cron.ScheduleError as failure:
        raise RestError(400, str(failure)) from failure


def _check_syslog(call: Call, name: str, settings: Mapping[str, str]) -> None:
    if not re.fullmatch(r"[\w.\-]{1,100}", name):
        raise RestError(400, f"'{name}' is not a valid name.")
    server = settings.get("server", "")
    if server and _SERVER.fullmatch(server) is None:
        raise RestError(400, f"Invalid value '{server}' for argument 'server': host:port is expected.")
    if settings.get("type", "udp") not in ("tcp", "udp"):
        raise RestError(400, f"Invalid value '{settings['type']}' for argument 'type': tcp and udp are known.")


SCRIPTS = Prefixed(
    conf="inputs",
    prefix="script://",
    path="data/inputs/script",
    capability="edit_scripted",
    defaults={"disabled": "0", "group": "exec commands", "host": "understudy", "index": "default", "interval": "60.0"},
    arguments=frozenset(("disabled", "host", "index", "interval", "passAuth", "rename-source", "source", "sourcetype")),
    check=_check_script,
    note="The stand-in keeps scripted inputs and runs none; modular inputs run.",
)
SYSLOG = Prefixed(
    conf="outputs",
    prefix="syslog:",
    path="data/outputs/tcp/syslog",
    capability="edit_forwarders",
    defaults={"disabled": "0", "type": "udp"},
    arguments=frozenset(("disabled", "priority", "server", "syslogSourceType", "timestampformat", "type")),
    check=_check_syslog,
    note="The stand-in keeps outputs and forwards nothing.",
)
ROUTES = [*SCRIPTS.routes(), *SYSLOG.routes()]
