"""REST handlers of apps, by restmap.conf: persistent scripts (`[script:]`), admin handlers (`[admin_external:]`).

Identity comes from the session alone: whatever a client writes into its request, the handler is told who splunkd saw.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_plus

from starlette.responses import Response

from understudy.conf import Acl, Entry, boolean
from understudy.protocol import admin_external
from understudy.protocol.children import ChildError
from understudy.protocol.persistent import HandlerSpec
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError
from understudy.rest.replies import Entry as FeedEntry

_SCRIPT, _ADMIN, _EXTERNAL = "script:", "admin:", "admin_external:"
_SECRET_HEADERS = ("authorization", "cookie")
_EXPRESSION = re.compile(r"\s*(\(|\)|!|&&|\|\||AND\b|OR\b|NOT\b|[A-Za-z_][\w.]*)", re.IGNORECASE)
_TIMEOUT = 120.0


def find(call: Call, elements: Sequence[str]) -> Callable[[Call], Response] | None:
    """Returns what serves the path among the apps' handlers, or None."""
    path = "/" + "/".join(elements)
    best: tuple[int, Callable[[Call], Response]] | None = None
    for entry in call.stage.conf.entries("restmap"):
        for match, handler in _handlers(call, entry):
            fits = path == match or path.startswith(match.rstrip("/") + "/")
            if fits and (best is None or len(match) > best[0]):
                best = (len(match), handler)
    return best[1] if best else None


def _handlers(call: Call, entry: Entry) -> list[tuple[str, Callable[[Call], Response]]]:
    settings = entry.settings
    if entry.name.startswith(_SCRIPT) and settings.get("match"):
        match = "/" + settings["match"].strip("/")
        return [(match, lambda given: _persistent(given, entry, match))]
    if entry.name.startswith(_ADMIN):
        base = settings.get("match", "/").strip("/")
        found: list[tuple[str, Callable[[Call], Response]]] = []
        for member in settings.get("members", "").split(","):
            name = member.strip()
            stanza = call.stage.conf.stanzas("restmap").get(_EXTERNAL + name)
            if name and stanza is not None:
                match = "/" + "/".join(part for part in (base, name) if part)
                found.append((match, _admin_handler(entry.acl.app, name, stanza, match)))
        return found
    return []


# Persistent scripts


def _persistent(call: Call, entry: Entry, match: str) -> Response:
    from understudy.rest.app import authenticate

    settings = entry.settings
    if boolean(settings.get("requireAuthentication"), True):
        authenticate(call)
    if settings.get("scripttype", "").strip().lower() != "persist":
        raise RestError(501, f"The stand-in serves persistent scripts only; '{entry.name}' is of another type.")
    accepted = settings.get("methods")
    if accepted and call.method not in {name.strip().upper() for name in accepted.split(",")}:
        raise RestError(405, f"The method {call.method} is not served for '{match}'.")
    _need(call, settings)
    handler = settings.get("handler", "")
    script = settings.get("script") or handler.split(".", 1)[0] + ".py"
    spec = HandlerSpec(entry.acl.app, handler, script, settings.get("driver.arg.1", ""))
    timeout = float(settings.get("timeout", "") or _TIMEOUT)
    try:
        reply = call.stage.handlers.call(spec, request_document(call, entry, match), timeout)
    except ChildError as failure:
        call.stage.log("ERROR", "PersistentScript", str(failure))
        raise RestError(
            500, f"The app's handler for '{match}' failed; the cause is in var/log/splunkd.log."
        ) from failure
    return respond(reply)


def _need(call: Call, settings: Mapping[str, str]) -> None:
    """Raises RestError 403 unless the caller's capabilities fulfil capability.<method>, else capability."""
    expression = settings.get(f"capability.{call.method.lower()}") or settings.get("capability")
    if expression and not allowed(expression, call.access.may):
        raise RestError(
            403, f"You do not have permission to perform this operation (requires capability: {expression})."
        )


def allowed(expression: str, holds: Callable[[str], bool]) -> bool:
    """Evaluates `a`, `a OR b`, `a AND (b OR NOT c)`. An expression that cannot be read allows nothing."""
    words: list[str] = []
    at = 0
    text = expression.strip()
    while at < len(text):
        found = _EXPRESSION.match(text, at)
        if found is None:
            return False
        words.append({"&&": "AND", "||": "OR", "!": "NOT"}.get(found[1], found[1]))
        at = found.end()
    position = 0

    def peek() -> str:
        return words[position].upper() if position < len(words) else ""

    def either() -> bool:
        nonlocal position
        value = both()
        while peek() == "OR":
            position += 1
            value = both() or value
        return value

    def both() -> bool:
        nonlocal position
        value = single()
        while peek() == "AND":
            position += 1
            value = single() and value
        return value

    def single() -> bool:
        nonlocal position
        word = peek()
        if word in ("", ")", "AND", "OR"):
            raise ValueError(expression)
        position += 1
        if word == "NOT":
            return not single()
        if word == "(":
            value = either()
            if peek() != ")":
                raise ValueError(expression)
            position += 1
            return value
        return holds(words[position - 1])

    try:
        value = either()
    except ValueError:
        return False
    return value and position == len(words)


def request_document(call: Call, entry: Entry, match: str) -> dict[str, Any]:
    """Returns the request as the handler reads it: see packaging of persistent scripts in restmap.conf."""
    settings = entry.settings
    document: dict[str, Any] = {
        "output_mode": "json" if call.text("output_mode", "json") == "json" else call.mode,
        "output_mode_explicit": call.given("output_mode"),
        "server": {
            "rest_uri": call.stage.surroundings.uri,
            "hostname": "understudy",
            "servername": "understudy",
            "guid": "00000000-0000-4000-8000-000000000000",
        },
        "restmap": {"name": entry.name, "conf": dict(settings) if boolean(settings.get("passConf"), True) else {}},
        "query": [list(pair) for pair in call.query],
        "connection": {
            "src_ip": call.client,
            "ssl": call.stage.tls is not None,
            "listening_port": call.stage.rest_port,
        },
        "rest_path": match,
        "lang": "en-US",
        "method": call.method,
        "ns": {"app": call.app or "-", "user": call.owner or "-"},
    }
    path = "/" + "/".join(unquote_plus(part) for part in call.path.split("/") if part)
    rest = path[len(match) :].strip("/")
    if rest:
        document["path_info"] = rest
    if call.method in ("POST", "PUT"):
        document["form"] = [list(pair) for pair in call.form]
        how = settings.get("passPayload", "false").strip().lower()
        if call.body and how in ("true", "1"):
            document["payload"] = call.body.decode("utf-8", "replace")
        elif call.body and how == "base64":
            document["payload_base64"] = base64.b64encode(call.body).decode()
    if call.user and boolean(settings.get("passSession"), True):
        document["session"] = {"user": call.user, "authtoken": call.session_key, "tz": ""}
    if boolean(settings.get("passSystemAuth")):
        document["system_authtoken"] = call.stage.session_key("splunk-system-user")
    if boolean(settings.get("passHttpHeaders")):
        document["headers"] = [[name, value] for name, value in call.headers.items() if name not in _SECRET_HEADERS]
    if boolean(settings.get("passHttpCookies")):
        document["cookies"] = [[name, value] for name, value in call.cookies.items() if not name.startswith("splunk")]
    return document


def respond(reply: Any) -> Response:
    """Turns a handler's reply (status, payload, payload_base64, headers, or plain JSON text) into a response."""
    if isinstance(reply, str):
        try:
            parsed = json.loads(reply)
        except ValueError:
            return Response(reply, media_type="text/plain")
        reply = parsed
    if not isinstance(reply, dict) or not ({"status", "payload", "payload_base64"} & reply.keys()):
        return replies.json_reply(reply)
    status, payload = reply.get("status", 200), reply.get("payload")
    if isinstance(status, (list, tuple)):
        status, payload = status[0], payload if payload is not None else status[1]
    headers = reply.get("headers") or {}
    pairs = headers.items() if isinstance(headers, dict) else [tuple(pair) for pair in headers]
    named = {str(name): str(value) for name, value in pairs if "\n" not in str(value) and "\r" not in str(value)}
    kind = next((value for name, value in named.items() if name.lower() == "content-type"), None)
    named = {name: value for name, value in named.items() if name.lower() not in ("content-type", "content-length")}
    if reply.get("payload_base64") is not None:
        body = base64.b64decode(reply["payload_base64"])
        return Response(body, int(status), named, media_type=kind or "application/octet-stream")
    if payload is None:
        return Response(status_code=204 if int(status) == 200 else int(status), headers=named)
    if isinstance(payload, str):
        return Response(payload, int(status), named, media_type=kind or "text/plain")
    return Response(json.dumps(payload), int(status), named, media_type=kind or "application/json")


# Admin handlers


def _admin_handler(app: str, name: str, stanza: Mapping[str, str], match: str) -> Callable[[Call], Response]:
    return lambda call: _admin(call, app, name, stanza, match)


def _admin(call: Call, app: str, name: str, stanza: Mapping[str, str], match: str) -> Response:
    from understudy.rest.app import authenticate

    authenticate(call)
    if stanza.get("handlertype", "python") != "python":
        raise RestError(501, f"The stand-in serves admin handlers written in Python only; '{name}' is none.")
    rest = [unquote_plus(part) for part in call.path.split("/") if part][len(match.strip("/").split("/")) :]
    action, identifier = _action(call, rest)
    allowed_actions = {part.strip() for part in stanza.get("handleractions", "").split(",")}
    if action in ("create", "list", "edit", "remove") and action not in allowed_actions:
        raise RestError(405, f"The handler '{name}' does not support the action '{action}'.")
    side = "read" if action in ("list", "_new") else "write"
    granted = call.access.may_read(app, "restmap") if side == "read" else call.access.may_write(app, "restmap")
    if not granted:
        raise RestError(403, "You do not have permission to perform this operation.")
    steering = {"output_mode", "count", "offset", "search", "sort_key", "sort_dir", "sort_mode", "f"}
    data: dict[str, list[str]] = {}
    for key, value in (*call.query, *call.form):
        if key not in steering and not (action == "create" and key == "name"):
            data.setdefault(key, []).append(value)
    request = admin_external.AdminRequest(
        action, identifier, data, call.user, call.app if call.app not in (None, "-") else app, call.session_key
    )
    script = stanza.get("handlerfile", f"{name}.py")
    reply, errors = admin_external.call(call.stage.surroundings, app, script, request, _TIMEOUT)
    if reply.status != 200:
        for line in errors.splitlines()[-20:]:
            call.stage.log("ERROR", "AdminManagerExternal", f"{name}: {line}")
        text = reply.message if reply.status != 500 else f"In handler '{name}': {reply.message}"
        raise RestError(reply.status, text)
    entries = [_entry(app, match, item) for item in reply.entries]
    status = 201 if action == "create" else 200
    return listing.page(call, match.strip("/"), entries, links=("create", "_reload"), status=status)


def _action(call: Call, rest: Sequence[str]) -> tuple[str, str | None]:
    if rest[:1] == ["_reload"]:
        return "_reload", None
    if rest[:1] == ["_new"]:
        return "_new", None
    identifier = rest[0] if rest else None
    if len(rest) > 1:
        if rest[1] in ("enable", "disable"):
            call.form = [("disabled", "1" if rest[1] == "disable" else "0")]
            return "edit", identifier
        return rest[1], identifier
    if call.method == "GET":
        return "list", identifier
    if call.method == "DELETE":
        return "remove", identifier
    if identifier is None:
        return "create", call.required("name")
    return "edit", identifier


def _entry(app: str, match: str, item: Mapping[str, Any]) -> FeedEntry:
    metadata = item.get("metadata", {})
    given = metadata.get("eai:acl") or {}
    perms = given.get("perms") or {}
    acl = Acl(
        str(given.get("app") or app),
        str(given.get("owner") or "nobody"),
        str(given.get("sharing") or "app"),
        tuple(perms.get("read") or ("*",)),
        tuple(perms.get("write") or ("admin",)),
    )
    content = {**item["content"], **{k: v for k, v in metadata.items() if k in ("eai:appName", "eai:userName")}}
    return FeedEntry(str(item["name"]), content, acl, ("edit", "remove"), path=match.strip("/"), may_write=True)
