"""The ASGI app: from an HTTP request to a handler of the route table, and from whatever happens to an answer.

Handlers are plain functions that run in threads. This is the edge where errors become statuses.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route as WebRoute

from understudy.access.accounts import AccountError
from understudy.conf import ConfError
from understudy.protocol.children import ChildError
from understudy.rest import app_handlers, replies
from understudy.rest.backstage import Backstage
from understudy.rest.call import DEFAULT_APP, Call, RestError
from understudy.rest.routes import table
from understudy.spl.errors import RuntimeSplError, SplError
from understudy.spl.model import Row
from understudy.storage.events import StorageError

THREADS = 40
LARGEST_BODY = 100 * 1024 * 1024
SLASH = re.compile("%2f", re.IGNORECASE)
METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]


def build(stage: Backstage) -> Starlette:
    """Returns the REST app of a stage.

    An app's handler asks splunkd itself while its own caller waits, so callers of handlers have threads of their own:
    however many wait, what the handlers ask is answered.
    """
    plain, asking = CapacityLimiter(THREADS), CapacityLimiter(THREADS)

    async def answer(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        except RestError as failure:
            return replies.error("xml", failure)
        chosen = asking if _asks_back(request.url.path) else plain
        return await to_thread.run_sync(respond, stage, request, body, limiter=chosen)

    return Starlette(routes=[WebRoute("/{path:path}", answer, methods=METHODS)])


def _asks_back(path: str) -> bool:
    """Whether a path is none of the stand-in's own, so at most an app's handler serves it."""
    elements = [unquote_plus(part) for part in path.split("/") if part]
    elements = elements[3:] if elements[:1] == ["servicesNS"] else elements[1:]
    return not any(route.match(elements) is not None for route in table())


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            raise RestError(413, "The body of the request is too large.")
        parts.append(part)
    return b"".join(parts)


def respond(stage: Backstage, request: Request, body: bytes) -> Response:
    raw = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.decode("latin-1").split("?", 1)[0]
    query = parse_qsl(request.url.query, keep_blank_values=True)
    call = make_call(
        stage,
        request.method,
        path,
        query,
        body,
        {name.lower(): value for name, value in request.headers.items()},
        request.cookies,
        request.client.host if request.client else "127.0.0.1",
    )
    return run(call)


def make_call(
    stage: Backstage,
    method: str,
    path: str,
    query: list[tuple[str, str]],
    body: bytes,
    headers: Mapping[str, str],
    cookies: Mapping[str, str],
    client: str,
) -> Call:
    elements = [part for part in path.split("/") if part]
    owner = app = None
    prefix = "/services"
    if elements[:1] == ["servicesNS"] and len(elements) >= 3:
        owner, app = unquote_plus(elements[1]), unquote_plus(elements[2])
        prefix = "/servicesNS/" + "/".join(elements[1:3])
        elements = elements[3:]
    elif elements[:1] == ["services"]:
        elements = elements[1:]
    elif elements:
        elements = ["", *elements]
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    form: list[tuple[str, str]] = []
    if method in ("POST", "PUT", "DELETE") and kind in ("", "application/x-www-form-urlencoded") and body:
        form = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Call(stage, method, prefix, "/".join(elements), owner, app, query, form, body, headers, cookies, client)


def run(call: Call) -> Response:
    """Answers a call; never raises. Who came with a session's cookie gets it again with every answer."""
    try:
        answer = _dispatch(call)
        if call.by_cookie and "set-cookie" not in answer.headers:
            answer.headers["set-cookie"] = replies.session_cookie(call, call.session_key)
        return answer
    except RestError as failure:
        return replies.error(call.mode, failure)
    except SplError as failure:
        return replies.error(call.mode, RestError(400, failure.message, "FATAL"))
    except (AccountError, ConfError, StorageError) as failure:
        return replies.error(call.mode, RestError(400, str(failure)))
    except ChildError as failure:
        return replies.error(call.mode, RestError(500, str(failure)))
    except Exception as failure:  # the edge of REST: the client gets a sentence, the log the cause
        call.stage.log("ERROR", "RestEndpoint", f"{call.method} {_spot(call.path)} {type(failure).__name__}: {failure}")
        return replies.error(
            call.mode, RestError(500, "The stand-in failed to answer; the cause is in var/log/splunkd.log.")
        )


def _takes_new(elements: list[str]) -> bool:
    return any("POST" in route.methods and route.match(elements) is not None for route in table())


def _spot(path: str) -> str:
    """Returns the first elements of a path; names and keys that follow are nobody's business."""
    return "/".join(path.split("/")[:2])


def _dispatch(call: Call) -> Response:
    # The official client writes a blank in a name as +, and a plus as %2B.
    # A slash in a name comes as %2F, or as %252F as the addresses of entries have it.
    elements = [SLASH.sub("/", unquote_plus(part)) for part in call.path.split("/") if part]
    if elements[-1:] == ["_new"] and call.method == "GET" and _takes_new(elements[:-1]):
        authenticate(call)
        return replies.entry(call, "/".join(elements[:-1]), replies.Entry("_new", {}))
    known = False
    for route in table():
        parts = route.match(elements)
        if parts is None:
            continue
        known = True
        method = "GET" if call.method == "HEAD" else call.method
        if method in route.methods:
            call.parts = parts
            if not route.public:
                authenticate(call)
            return route.handler(call)
    handler = app_handlers.find(call, elements)
    if handler is not None:
        return handler(call)
    authenticate(call)
    if known:
        raise RestError(405, f"The method {call.method} is not served for '{call.path}'.")
    raise RestError(404, f"Not Found: the stand-in does not serve the endpoint '{call.prefix}/{call.path}'.")


def authenticate(call: Call) -> None:
    """Sets the caller from header or cookie. Raises RestError 401."""
    key, user = _caller(call)
    if user is None:
        raise RestError(401, "call not properly authenticated", "WARN", {"WWW-Authenticate": 'Basic realm="/splunk"'})
    call.user, call.session_key = user, key
    call.by_cookie = not call.headers.get("authorization")
    call.access = call.stage.access(user)


def _caller(call: Call) -> tuple[str, str | None]:
    accounts = call.stage.accounts
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    value = value.strip()
    if scheme.lower() == "splunk":
        return value, accounts.session_user(value)
    if scheme.lower() == "bearer":
        user = accounts.token_user(value, call.client)
        return (call.stage.session_key(user), user) if user else (value, accounts.session_user(value))
    if scheme.lower() == "basic":
        try:
            name, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", None
        if call.stage.logins.check(name, password, call.client):
            return call.stage.session_key(name), name
        return "", None
    cookie = call.cookies.get(f"splunkd_{call.stage.rest_port}", "")
    return (cookie, accounts.session_user(cookie)) if cookie else ("", None)


def rows_of(stage: Backstage, user: str, app: str, path: str, parameters: Mapping[str, str]) -> Iterator[Row]:
    """Yields one row per entry of an endpoint, for the `rest` command; the caller's rights count."""
    target = path if path.startswith("/services") else "/services/" + path.strip("/")
    query = [("output_mode", "json"), ("count", "0"), *parameters.items()]
    call = make_call(
        stage, "GET", target, parse_qsl(urlencode(query), keep_blank_values=True), b"", {}, {}, "127.0.0.1"
    )
    call.headers = {"authorization": f"Splunk {stage.session_key(user)}"}
    if call.app is None:
        call.app = app or DEFAULT_APP
    answer = run(call)
    try:
        document: Any = json.loads(bytes(answer.body) or b"{}")
    except ValueError:
        document = None
    if answer.status_code >= 400:
        said = document.get("messages", []) if isinstance(document, dict) else []
        text = "; ".join(item["text"] for item in said) or f"the endpoint failed with status {answer.status_code}"
        raise RuntimeSplError(f"rest: {text}")
    if not isinstance(document, dict) or "entry" not in document:
        raise RuntimeSplError(f"rest: {target} answers with no feed of entries; rest reads only such endpoints")
    for item in document["entry"]:
        row: Row = {"title": item["name"], "id": item["id"], "author": item["author"], "updated": item["updated"]}
        for name, value in {**item["content"], **{f"eai:acl.{k}": v for k, v in item["acl"].items()}}.items():
            _flatten(row, name, value)
        row["splunk_server"] = "understudy"
        yield row


def _flatten(row: Row, name: str, value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(row, f"{name}.{key}", inner)
    elif isinstance(value, list):
        texts = [item if isinstance(item, str) else json.dumps(item) for item in value]
        if len(texts) == 1:
            row[name] = texts[0]
        elif texts:
            row[name] = list(texts)
    elif isinstance(value, bool):
        row[name] = "1" if value else "0"
    elif value is not None and value != "":
        row[name] = value
