"""`splunk.rest`: one call, simpleRequest, over the standard library."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import splunk  # type: ignore[import-not-found,unused-ignore]

SPLUNKD_CONNECTION_TIMEOUT = 30


class Response(dict):  # type: ignore[type-arg]
    """Headers by lower-case name, with the status beside them."""

    def __init__(self, status: int, reason: str, headers: Any) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})
        self.status = status
        self.reason = reason
        self["status"] = str(status)
        self.messages: list[dict[str, str]] = []


def simpleRequest(
    path: str,
    sessionKey: str | None = None,
    getargs: Any = None,
    postargs: Any = None,
    method: str = "GET",
    raiseAllErrors: bool = False,
    proxyMode: bool = False,
    rawResult: bool = False,
    timeout: float | None = None,
    jsonargs: Any = None,
    token: bool = False,
) -> tuple[Response, bytes]:
    """Calls splunkd. Returns (response with .status, body). Raises for 401; for other errors with raiseAllErrors."""
    address = path if path.startswith(("http://", "https://")) else splunk.getLocalServerInfo() + _rooted(path)
    if getargs:
        pairs = [(name, value) for name, value in _pairs(getargs) if value is not None]
        address += ("&" if "?" in address else "?") + urllib.parse.urlencode(pairs, doseq=True)
    data: bytes | None = None
    headers = {}
    if postargs is not None:
        data = urllib.parse.urlencode([(n, v) for n, v in _pairs(postargs) if v is not None], doseq=True).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    elif jsonargs is not None:
        data = (jsonargs if isinstance(jsonargs, str) else json.dumps(jsonargs)).encode()
        headers["Content-Type"] = "application/json"
    if data is not None and method == "GET":
        method = "POST"
    key = sessionKey or splunk.getSessionKey()
    if key:
        headers["Authorization"] = ("Bearer " if token else "Splunk ") + key
    request = urllib.request.Request(address, data=data, headers=headers, method=method)
    try:
        with _opener().open(request, timeout=timeout or SPLUNKD_CONNECTION_TIMEOUT) as reply:
            return Response(reply.status, reply.reason, reply.headers), reply.read()
    except urllib.error.HTTPError as error:
        response, body = Response(error.code, str(error.reason), error.headers), error.read()
    except (urllib.error.URLError, OSError) as error:
        raise splunk.SplunkdConnectionException(f"splunkd did not answer: {error}") from error
    if rawResult or proxyMode:
        return response, body
    if response.status == 401:
        raise splunk.AuthenticationFailed("the session key is not valid")
    if response.status == 404 and raiseAllErrors:
        raise splunk.ResourceNotFound(body.decode("utf-8", "replace"))
    if response.status == 403 and raiseAllErrors:
        raise splunk.AuthorizationFailed(body.decode("utf-8", "replace"))
    if raiseAllErrors:
        raise splunk.RESTException(response.status, body.decode("utf-8", "replace"))
    return response, body


def _opener() -> urllib.request.OpenerDirector:
    """splunkd is on this machine: no proxy; with TLS its certificate is the one the home folder holds."""
    import os

    handlers: list[Any] = [urllib.request.ProxyHandler({})]
    certificate = os.environ.get("UNDERSTUDY_CA_FILE")
    if certificate:
        handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=certificate)))
    return urllib.request.build_opener(*handlers)


def _rooted(path: str) -> str:
    return path if path.startswith("/") else "/services/" + path


def _pairs(arguments: Any) -> list[tuple[str, Any]]:
    return list(arguments.items()) if hasattr(arguments, "items") else list(arguments)


def getWebCertFile() -> str | None:
    return None


def getWebKeyFile() -> str | None:
    return None


def is_cert_or_key_encrypted(*_: Any) -> bool:
    return False
