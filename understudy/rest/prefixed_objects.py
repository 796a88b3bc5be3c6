"""Stanzas of one kind, `<kind>://<name>` or `<kind>:<name>`, behind an endpoint of their own that is kept and not run.

Scripted inputs and syslog outputs: what a client sets up there can be read back, and every answer says that nothing
comes of it here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from understudy.conf import ConfError
from understudy.conf import Entry as Stanza
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry, Feed
from understudy.rest.routes import Route


@dataclass(frozen=True)
class Prefixed:
    """capability: what changing asks for; arguments: the settings that are known; check: raises RestError for a name
    or settings that make no sense; note: what is said of objects that are kept and do nothing."""

    conf: str
    prefix: str
    path: str
    capability: str
    defaults: Mapping[str, Any]
    arguments: frozenset[str]
    check: Callable[[Call, str, Mapping[str, str]], None]
    note: str

    def _objects(self) -> Objects:
        return Objects(self.conf, self.path, self._content)

    def _content(self, call: Call, stanza: Stanza) -> Mapping[str, Any]:
        settings = {name: value for name, value in stanza.settings.items() if name in self.arguments}
        return {**self.defaults, **settings, "eai:appName": stanza.acl.app, "eai:userName": call.user}

    def _entries(self, call: Call) -> list[Entry]:
        objects, found = self._objects(), []
        for item in objects.visible(call):
            if item.name.startswith(self.prefix) and item.name != self.prefix:
                entry = objects.entry(call, item)
                entry.name = item.name[len(self.prefix) :]
                found.append(entry)
        return found

    def _find(self, call: Call, name: str) -> Entry:
        found = next((entry for entry in self._entries(call) if entry.name == name), None)
        if found is None:
            raise missing(name)
        return found

    def _shown(self, call: Call, name: str, status: int = 200) -> Response:
        title = self.path.rsplit("/", 1)[-1]
        answer = Feed(title, self.path, [self._find(call, name)], 1, messages=[("WARN", self.note)])
        return replies.feed(call, answer, status)

    def _settings(self, call: Call) -> dict[str, str]:
        settings = call.settings()
        for name in settings:
            if name not in self.arguments:
                raise RestError(400, f"Argument '{name}' is not supported by this handler.")
        return settings

    def listed(self, call: Call) -> Response:
        if call.method != "POST":
            return listing.page(call, self.path, self._entries(call), links=("create", "_reload"))
        call.need(self.capability)
        name, settings = call.required("name"), self._settings(call)
        self.check(call, name, settings)
        if any(entry.name == name for entry in self._entries(call)):
            raise RestError(409, f"An object named '{name}' exists already.")
        call.stage.conf.write(self.conf, self.prefix + name, settings, call.context_app)
        return self._shown(call, name, 201)

    def one(self, call: Call) -> Response:
        name = call.parts["name"]
        entry = self._find(call, name)
        if call.method == "GET":
            return replies.entry(call, self.path, entry)
        call.need(self.capability)
        if call.method == "DELETE":
            try:
                call.stage.conf.delete(self.conf, self.prefix + name, entry.acl.app)
            except ConfError as failure:
                raise RestError(403, f"'{name}' comes with its app and cannot be deleted.") from failure
            return listing.page(call, self.path, self._entries(call))
        settings = self._settings(call)
        self.check(call, name, {**{key: str(value) for key, value in entry.content.items()}, **settings})
        call.stage.conf.write(self.conf, self.prefix + name, settings, entry.acl.app)
        return self._shown(call, name)

    def switch(self, call: Call) -> Response:
        """Sets disabled by the last path element, enable or disable."""
        call.need(self.capability)
        entry = self._find(call, call.parts["name"])
        value = "1" if call.path.endswith("/disable") else "0"
        call.stage.conf.write(self.conf, self.prefix + entry.name, {"disabled": value}, entry.acl.app)
        return self._shown(call, entry.name)

    def routes(self) -> list[Route]:
        return [
            Route(("GET", "POST"), self.path, self.listed),
            Route(("GET", "POST", "DELETE"), self.path + "/{name}", self.one),
            Route(("POST",), self.path + "/{name}/enable", self.switch),
            Route(("POST",), self.path + "/{name}/disable", self.switch),
        ]
