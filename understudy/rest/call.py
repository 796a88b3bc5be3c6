"""One REST request as handlers see it: who calls, in which namespace, with which parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from understudy.access import AccessContext
from understudy.conf import boolean
from understudy.rest.backstage import Backstage

WILDCARDS = ("-", "*")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
DEFAULT_APP = "search"


class RestError(Exception):
    """Ends a request with a status and one message. The text is fit for a user."""

    def __init__(
        self, status: int, text: str, severity: str = "ERROR", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.severity = severity
        self.headers = dict(headers or {})


@dataclass
class Call:
    """prefix: `/services` or `/servicesNS/owner/app` as sent; parts: variables of the route."""

    stage: Backstage
    method: str
    prefix: str
    path: str
    owner: str | None
    app: str | None
    query: list[tuple[str, str]]
    form: list[tuple[str, str]]
    body: bytes
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    client: str
    user: str = ""
    access: AccessContext = None  # type: ignore[assignment]
    session_key: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    by_cookie: bool = False

    def values(self, name: str) -> list[str]:
        return [value for key, value in (*self.query, *self.form) if key == name]

    def text(self, name: str, default: str = "") -> str:
        found = self.values(name)
        return found[-1] if found else default

    def given(self, name: str) -> bool:
        return any(key == name for key, _ in (*self.query, *self.form))

    def required(self, name: str) -> str:
        if not self.text(name):
            raise RestError(400, f"The following required arguments are missing: {name}.")
        return self.text(name)

    def integer(self, name: str, default: int) -> int:
        text = self.text(name)
        if not text:
            return default
        if _WHOLE.fullmatch(text.strip()) is None:
            raise RestError(400, f"Invalid value '{text[:100]}' for argument '{name}': a whole number is expected.")
        return int(text)

    def boolean(self, name: str, default: bool = False) -> bool:
        return boolean(self.text(name), default) if self.given(name) else default

    @property
    def mode(self) -> str:
        return self.text("output_mode", "xml") or "xml"

    @property
    def context_app(self) -> str:
        """Returns the app whose objects count first: the namespace's, else the user's default app."""
        if self.app and self.app not in WILDCARDS:
            return self.app
        found = self.stage.accounts.user(self.user)
        return (found.default_app if found else "") or DEFAULT_APP

    @property
    def every_app(self) -> bool:
        return self.app in WILDCARDS

    @property
    def write_owner(self) -> str | None:
        """Returns the user whose private object a new one becomes, None for an app's shared one."""
        if self.owner in (None, "nobody", *WILDCARDS):
            return None
        return self.owner

    @property
    def private_owner(self) -> str | None:
        """Returns whose private objects the namespace shows: the caller's, or a named user's to an administrator."""
        if self.owner in (None, self.user, *WILDCARDS):
            return self.user
        return self.owner if self.owner != "nobody" and self.access.may("admin_all_objects") else None

    def settings(self, *without: str) -> dict[str, str]:
        """Returns the parameters that are settings of an object: all but those that steer the request."""
        steering = {"output_mode", "name", "count", "offset", "search_mode", "f", "sort_key", "sort_dir", *without}
        return {name: value for name, value in (*self.query, *self.form) if name not in steering}

    def json(self) -> Any:
        """Returns the JSON body. Raises RestError 400."""
        try:
            return json.loads(self.body or b"null")
        except (ValueError, RecursionError):
            raise RestError(400, "The body of the request is not valid JSON.") from None

    def need(self, *capabilities: str) -> None:
        """Raises RestError 403 unless the user holds one of the capabilities."""
        if not any(self.access.may(name) for name in capabilities):
            raise RestError(
                403, f"You do not have permission to perform this operation (requires capability: {capabilities[0]})."
            )


def missing(name: str) -> RestError:
    return RestError(404, f"Could not find object id={name}")
