"""The browser's session: one HttpOnly cookie with splunkd's session key, and the form key that proves a page of ours.

Cookie names carry the port, because browsers share cookies between the ports of one host.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Protocol

from starlette.requests import HTTPConnection
from starlette.responses import Response

FORM_KEY_HEADER = "x-splunk-form-key"


class Accounts(Protocol):
    """What the web needs of the stand-in's accounts."""

    def session_user(self, key: str) -> str | None: ...

    def close_session(self, key: str) -> None: ...


class Logins(Protocol):
    """Logins by password."""

    def open_session(self, name: str, password: str, client: str) -> str | None: ...


def port_of(connection: HTTPConnection) -> int:
    """Returns the port this server listens on."""
    server = connection.scope.get("server")
    return int(server[1]) if server and server[1] else 0


def session_cookie(connection: HTTPConnection) -> str:
    return f"understudy_session_{port_of(connection)}"


def form_cookie(connection: HTTPConnection) -> str:
    """Returns the name under which Splunk's client packages look for the form key."""
    return f"splunkweb_csrf_token_{port_of(connection)}"


def login_cookie(connection: HTTPConnection) -> str:
    return f"understudy_login_{port_of(connection)}"


def session_key(connection: HTTPConnection) -> str:
    """Returns the session key that the browser sent, or an empty string."""
    return connection.cookies.get(session_cookie(connection), "")


def form_key(key: str) -> str:
    """Returns the form key of a session: derived from it, so that nothing is kept, and of no use to find it."""
    return hashlib.sha256(b"understudy form key\0" + key.encode()).hexdigest()


def has_form_key(key: str, sent: str) -> bool:
    """Tells whether a request shows the form key of its session."""
    return hmac.compare_digest(form_key(key).encode(), sent.encode())


def open_session(connection: HTTPConnection, response: Response, key: str) -> None:
    """Gives the browser a session: the key for the server alone, the form key for the pages."""
    response.set_cookie(session_cookie(connection), key, path="/", httponly=True, samesite="strict")
    response.set_cookie(form_cookie(connection), form_key(key), path="/", samesite="strict")


def close_session(connection: HTTPConnection, response: Response) -> None:
    for name in (session_cookie(connection), form_cookie(connection)):
        response.delete_cookie(name, path="/", samesite="strict")


def login_token(connection: HTTPConnection, response: Response) -> str:
    """Returns the value a login form must send back; it lives in a cookie of its own, since there is no session yet."""
    token = connection.cookies.get(login_cookie(connection)) or secrets.token_urlsafe(24)
    response.set_cookie(login_cookie(connection), token, path="/", httponly=True, samesite="strict")
    return token


def is_login_form(connection: HTTPConnection, sent: str) -> bool:
    """Tells whether a login form came from a page of ours."""
    token = connection.cookies.get(login_cookie(connection), "")
    return token != "" and hmac.compare_digest(token.encode(), sent.encode())
