"""The `splunk` package as scripts of apps find it under splunkd: sessions, exceptions and the REST address.

It is seen by child processes only and speaks Python 3.9. It is written anew from how apps use it; it is not Splunk's.
"""

from __future__ import annotations

import os
from typing import Any

_session: dict[str, str | None] = {"key": None}


class SplunkdException(Exception):
    """Base of what this package raises about splunkd."""


class SplunkdConnectionException(SplunkdException):
    """splunkd did not answer."""


class AuthenticationFailed(SplunkdException):
    """splunkd refused the session key."""


class RESTException(SplunkdException):
    """splunkd answered with an error status."""

    def __init__(self, statusCode: int, messages: Any = None, extendedMessages: Any = None) -> None:
        super().__init__(f"[HTTP {statusCode}] {messages}")
        self.statusCode = statusCode
        self.msg = messages
        self.extendedMessages = extendedMessages

    def get_message_text(self) -> str:
        return str(self.msg)


class ResourceNotFound(RESTException):
    """404."""

    def __init__(self, msg: Any = "", extendedMessages: Any = None) -> None:
        super().__init__(404, msg, extendedMessages)


class AuthorizationFailed(RESTException):
    """403."""

    def __init__(self, msg: Any = "", extendedMessages: Any = None) -> None:
        super().__init__(403, msg, extendedMessages)


def getSessionKey() -> str | None:
    return _session["key"]


def setSessionKey(key: str | None) -> None:
    _session["key"] = key


def getLocalServerInfo() -> str:
    """Returns the address of splunkd, as `http://127.0.0.1:8089`."""
    return os.environ["UNDERSTUDY_SPLUNKD_URI"]


def mergeHostPath(path: str | None = None, saveHost: bool = False) -> str:
    return getLocalServerInfo() + (path or "")


def getDefault(name: str) -> str | None:
    """Returns protocol, host, port or sessionKey of the one splunkd there is."""
    from urllib.parse import urlsplit

    parts = urlsplit(getLocalServerInfo())
    values = {
        "protocol": parts.scheme,
        "host": parts.hostname,
        "port": str(parts.port),
        "sessionKey": getSessionKey(),
        "owner": "nobody",
        "namespace": "search",
    }
    return values.get(name)
