"""Custom alert actions: `script --execute` with a JSON payload on stdin, results beside it as csv.gz.

Built-in actions of splunkd (email, script, rss and the like) are not served: using one is logged, never done quietly.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from understudy.access import AccessContext
from understudy.conf import Conf, boolean
from understudy.protocol.children import ChildError, Surroundings, drain, kill
from understudy.protocol.result_csv import to_csv
from understudy.spl.model import Row
from understudy.spl.values import text_of

_TOKEN = re.compile(r"\$([A-Za-z_][\w.{}\- ]*)\$")
_LEVEL = re.compile(r"^\s*(DEBUG|INFO|WARN|ERROR|FATAL)\b[:\s]*(.*)$")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
PARAMETER = "param."


class Backstage(Protocol):
    """What alert actions need of the instance."""

    conf: Conf
    surroundings: Surroundings

    def access(self, user: str) -> AccessContext: ...

    def session_key(self, user: str) -> str: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


@dataclass(frozen=True)
class Firing:
    """One firing of one action. parameters: `action.<name>.param.X` of the saved search as X; rows: the results."""

    action: str
    search_name: str
    sid: str
    user: str
    app: str
    parameters: Mapping[str, str]
    folder: Path
    fields: Sequence[str]
    rows: Callable[[], Iterable[Row]]
    first: Row
    count: int
    trigger_time: float
    results_link: str = ""
    results_path: str = ""
    """Given by sendalert in place of the link and the file that are made here."""


class AlertActionError(Exception):
    """An alert action could not be run or failed. The text is fit for a user."""


class UnknownAlertActionError(AlertActionError):
    """No app brings an action of that name, or the user may not use it."""


class AlertActions:
    """Runs alert actions of the installed apps."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage

    def known(self, name: str) -> bool:
        return name in self._stage.conf.stanzas("alert_actions")

    def fire(self, firing: Firing) -> bool:
        """Runs the action to its end; tells whether it ended well. What goes wrong is logged."""
        try:
            self.run(firing)
        except (AlertActionError, ChildError, OSError) as error:
            self._log("ERROR", firing, str(error))
            return False
        return True

    def run(self, firing: Firing) -> None:
        """Runs the action to its end. Raises AlertActionError, ChildError or OSError when it did not end well."""
        entry = next((item for item in self._stage.conf.entries("alert_actions") if item.name == firing.action), None)
        if entry is None or not boolean(entry.settings.get("is_custom")):
            raise UnknownAlertActionError("no app brings this alert action; the stand-in serves custom ones only")
        if not self._stage.access(firing.user).may_read_acl(entry.acl, "alert_actions", firing.action):
            raise UnknownAlertActionError("the user may not use this alert action")
        settings = entry.settings
        name = settings.get("alert.execute.cmd") or f"{firing.action}.py"
        script = self._stage.surroundings.script(entry.acl.app, name)
        results = Path(firing.results_path) if firing.results_path else firing.folder / "results.csv.gz"
        if not firing.results_path:
            self._write_results(results, firing)
        timeout = seconds(settings.get("maxtime", "5m"), 300.0)
        command = [str(script), "--execute"]
        process = self._stage.surroundings.spawn(command, script.parent)
        errors = drain(process.stderr, lambda line: self._log_line(firing, line))  # type: ignore[arg-type]
        payload = self._payload(firing, settings, results)
        document = json.dumps(payload).encode() if settings.get("payload_format", "xml") == "json" else _xml(payload)
        try:
            _talk(process, document, timeout)
        except subprocess.TimeoutExpired:
            kill(process)
            raise ChildError(f"the alert action took longer than {timeout:g} s and was stopped") from None
        finally:
            kill(process)
            errors.join(timeout=5)
        if process.returncode != 0:
            raise AlertActionError(f"the alert action's script ended with exit code {process.returncode}")
        self._log("INFO", firing, "the alert action was run")

    def _payload(self, firing: Firing, settings: Mapping[str, str], results: Path) -> dict[str, Any]:
        defaults = {k[len(PARAMETER) :]: v for k, v in settings.items() if k.startswith(PARAMETER)}
        uri = self._stage.surroundings.uri
        base = f"/servicesNS/{quote(firing.user)}/{quote(firing.app)}"
        first = {name: _flat(value) for name, value in firing.first.items()}
        return {
            "app": firing.app,
            "owner": firing.user,
            "results_file": str(results),
            "results_link": firing.results_link or f"{uri}/app/{quote(firing.app)}/@go?sid={quote(firing.sid)}",
            "search_uri": f"{base}/saved/searches/{quote(firing.search_name, safe='')}",
            "search_name": firing.search_name,
            "server_host": "understudy",
            "server_uri": uri,
            "session_key": self._stage.session_key(firing.user),
            "sid": firing.sid,
            "configuration": {k: self.substitute(v, firing) for k, v in {**defaults, **firing.parameters}.items()},
            "result": first,
        }

    @staticmethod
    def substitute(text: str, firing: Firing) -> str:
        """Replaces `$result.field$`, `$name$`, `$sid$`, `$job.resultCount$` ; unknown ones become empty."""
        known = {
            "name": firing.search_name,
            "search_name": firing.search_name,
            "app": firing.app,
            "owner": firing.user,
            "sid": firing.sid,
            "job.sid": firing.sid,
            "job.resultCount": str(firing.count),
            "trigger_time": f"{firing.trigger_time:.0f}",
        }

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith("result."):
                return _flat(firing.first.get(name[len("result.") :], ""))
            return known.get(name, "")

        return _TOKEN.sub(value, text)

    def _write_results(self, path: Path, firing: Firing) -> None:
        with gzip.open(path, "wt", encoding="utf-8", newline="") as out:
            out.write(to_csv(firing.fields, firing.rows()))

    def _log_line(self, firing: Firing, line: str) -> None:
        match = _LEVEL.match(line)
        if line.strip():
            self._log(match[1] if match else "INFO", firing, match[2] if match else line)

    def _log(self, level: str, firing: Firing, text: str) -> None:
        self._stage.log(level, "sendmodalert", f"action={firing.action} sid={firing.sid} {text}")


def _talk(process: subprocess.Popen[bytes], document: bytes, timeout: float) -> None:
    """Writes the payload and waits; a script that does not read it is no failure of ours."""
    output = drain(process.stdout, lambda line: None)  # type: ignore[arg-type]
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(document)  # type: ignore[union-attr]
        process.stdin.close()  # type: ignore[union-attr]
    process.wait(timeout=timeout)
    output.join(timeout=5)


def _flat(value: Any) -> str:
    return "\n".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)


def _xml(payload: Mapping[str, Any]) -> bytes:
    parts = []
    for name, value in payload.items():
        if isinstance(value, Mapping):
            tag = "param" if name == "configuration" else "field"
            items = "".join(f"<{tag} name={quoteattr(k)}>{escape(v)}</{tag}>" for k, v in value.items())
            parts.append(f"<{name}>{items}</{name}>")
        else:
            parts.append(f"<{name}>{escape(str(value))}</{name}>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<alert>{"".join(parts)}</alert>'.encode()


def seconds(text: str, default: float) -> float:
    """Returns `90`, `5m`, `1h` or `2d` as seconds."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\w*\s*", text)
    return float(match[1]) * _SECONDS[match[2]] if match else default
