"""`/en-US/splunkd/__raw/...`: splunkd's REST for the pages, within this process, in the name of the browser's session.

Anything but GET and HEAD must show the form key. Cookies never reach splunkd, and splunkd's never reach the browser.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from understudy.web import sessions

PREFIX = "/en-US/splunkd/__raw"
HIDDEN = frozenset({b"cookie", b"authorization", b"x-splunk-form-key", b"origin", b"referer"})


def refusal(status: int, text: str) -> JSONResponse:
    """Returns an error in splunkd's own form."""
    return JSONResponse({"messages": [{"type": "ERROR", "text": text}]}, status_code=status)


class SplunkdProxy:
    """Hands requests on to the REST application."""

    def __init__(self, rest_app: ASGIApp) -> None:
        self.rest_app = rest_app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        key = sessions.session_key(connection)
        answer = check(scope, connection, key)
        if answer is not None:
            await answer(scope, receive, send)
            return

        async def send_without_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                del headers["set-cookie"]
                del headers["www-authenticate"]
            await send(message)

        await self.rest_app(splunkd_scope(scope, key), receive, send_without_cookies)


def check(scope: Scope, connection: HTTPConnection, key: str) -> JSONResponse | None:
    """Returns the refusal of a request that may not pass, else None."""
    path = str(scope["path"]).removeprefix(PREFIX)
    if not path.startswith(("/services/", "/servicesNS/")):
        return refusal(404, "Not Found")
    if key == "":
        return refusal(401, "call not properly authenticated")
    sent = connection.headers.get(sessions.FORM_KEY_HEADER, "")
    if scope["method"] not in ("GET", "HEAD") and not sessions.has_form_key(key, sent):
        return refusal(401, "The form key of this page is missing or wrong: load the page again.")
    return None


def splunkd_scope(scope: Scope, key: str) -> Scope:
    """Returns the request as splunkd sees it: its own path, and the session's key as credentials."""
    raw = bytes(scope.get("raw_path") or str(scope["path"]).encode()).removeprefix(PREFIX.encode())
    headers = [(name, value) for name, value in scope["headers"] if name not in HIDDEN]
    return {
        **{name: value for name, value in scope.items() if name not in ("app", "router", "endpoint", "path_params")},
        "path": str(scope["path"]).removeprefix(PREFIX),
        "raw_path": raw.partition(b"?")[0],
        "root_path": "",
        "headers": [*headers, (b"authorization", b"Splunk " + key.encode())],
    }
