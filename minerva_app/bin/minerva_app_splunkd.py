"""splunkd as the doors reach it: the KV store, the asking user, the tenants, events, and the app's own handler."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from minerva.tenancy.collections import PAGE, Document
from minerva.tenancy.policy import Subject, Tenant
from splunklib.binding import Context as Splunkd
from splunklib.binding import HTTPError

APP = "minerva_app"
_JSON = [("Content-Type", "application/json")]


class SplunkdError(Exception):
    """splunkd, or the app's handler in it, refused or could not be understood; the message is for the user."""


class NotFound(SplunkdError):
    """Nothing there that this user may see."""


def connect(uri: str, token: str) -> Splunkd:
    """A connection to the splunkd at `uri` (scheme, host, port) that speaks with `token`."""
    parts = urlsplit(uri)
    return Splunkd(scheme=parts.scheme, host=parts.hostname, port=parts.port, token=token, owner="nobody", app=APP)


def _json(response: Any) -> Any:  # Any: what splunkd's JSON holds
    return json.loads(response.body.read().decode("utf-8"))


class KvCollection:
    """A minerva.tenancy Collection over splunkd's KV store REST."""

    def __init__(self, splunkd: Splunkd, name: str) -> None:
        self._splunkd = splunkd
        self._path = f"storage/collections/data/{name}"

    def get(self, key: str) -> Document | None:
        # A POST, since keys hold identifiers and URLs end in access logs.
        body = json.dumps([{"query": {"_key": key}, "limit": 1}]).encode("utf-8", "replace")
        found = _json(self._splunkd.post(f"{self._path}/batch_find", headers=list(_JSON), body=body))
        return found[0][0] if found and found[0] else None

    def find(self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0) -> list[Document]:
        options: dict[str, Any] = {"query": json.dumps(query), "limit": limit, "skip": skip}
        if sort:
            options["sort"] = sort
        found: list[Document] = _json(self._splunkd.get(self._path, **options))
        return found

    def batch_save(self, documents: Sequence[Document]) -> None:
        body = json.dumps(documents, ensure_ascii=False).encode("utf-8", "replace")
        self._splunkd.post(f"{self._path}/batch_save", headers=list(_JSON), body=body)

    def delete(self, query: Mapping[str, Any]) -> None:
        # A DELETE's query stands in the URL, where no key may: what goes is first marked, then deleted by its mark.
        keys = [each["_key"] for each in query.get("$or", [query])]
        mark = uuid.uuid4().hex
        for at in range(0, len(keys), PAGE):
            self.batch_save([{"_key": key, "removing": mark} for key in keys[at : at + PAGE]])
        self._splunkd.delete(self._path, query=json.dumps({"removing": mark}))


def subject_of(uri: str, user: str, token: str) -> Subject:
    """Who asks: splunkd's session names the user, and the user's own token reads roles and capabilities.

    Raises SplunkdError if the two do not agree.
    """
    found = _json(connect(uri, token).get("/services/authentication/current-context", output_mode="json"))
    content = found["entry"][0]["content"]
    if content.get("username") != user:
        raise SplunkdError("the session and its token name different users")
    return Subject(user, frozenset(content.get("roles") or ()), frozenset(content.get("capabilities") or ()))


def tenants_of_installation(system: Splunkd) -> dict[str, Tenant]:
    """The stanzas of minerva_tenants.conf, by tenant id."""
    try:
        found = _json(system.get("configs/conf-minerva_tenants", output_mode="json", count=0, app="-"))
    except HTTPError as error:
        if error.status == 404:
            return {}
        raise
    tenants = {}
    for entry in found["entry"]:
        name, content = entry["name"], entry["content"]
        if name != "default" and content.get("index"):
            fields = {key: str(content.get(key) or "") for key in ("index", "analyst_role", "admin_role", "label")}
            tenants[name] = Tenant(name, **fields)
    return tenants


def write_event(system: Splunkd, index: str, sourcetype: str, text: str) -> None:
    """Indexes one event."""
    system.post(
        "/services/receivers/simple", headers=[("Content-Type", "text/plain; charset=utf-8")],
        body=text.encode("utf-8", "replace"), index=index, sourcetype=sourcetype, source="minerva_watch_list",
        host="minerva",
    )  # fmt: skip


def ask(uri: str, token: str, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The entity handler's answer to one operation, asked with the user's own token.

    Raises NotFound and SplunkdError with the handler's message.
    """
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    try:
        response = connect(uri, token).post(
            f"/services/minerva/v1/entities/{operation}", headers=list(_JSON), body=text
        )
    except HTTPError as error:
        if error.status == 404:
            raise NotFound("not found") from None
        if error.status == 403:
            raise SplunkdError("you lack the capability minerva_query: ask your administrator") from None
        raise SplunkdError(f"the entity handler refused ({error.status}): {_message(error)}") from None
    except OSError as error:
        raise SplunkdError(f"splunkd cannot be reached: {error}") from None
    answer: dict[str, Any] = _json(response)
    return answer


def _message(error: HTTPError) -> str:
    try:
        return str(json.loads(error.body)["error"])
    except (ValueError, KeyError, TypeError):
        return str(error.reason)
