"""Objects that are stanzas of a conf file, behind one endpoint: list, read, make, change, delete, permissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from understudy.conf import SYSTEM, ConfError
from understudy.conf import Entry as Stanza
from understudy.rest import listing, replies
from understudy.rest.call import WILDCARDS, Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

Content = Callable[[Call, Stanza], Mapping[str, Any]]


def plain(call: Call, stanza: Stanza) -> Mapping[str, Any]:
    """Returns the settings as they stand, with the app and the caller."""
    return {
        "disabled": False,
        **stanza.settings,
        "eai:appName": stanza.acl.app,
        "eai:userName": call.user,
    }


@dataclass(frozen=True)
class Objects:
    """conf: file stem; path: endpoint; content: settings to entry content; required: arguments of a new one."""

    conf: str
    path: str
    content: Content = plain
    required: Sequence[str] = ()
    links: Sequence[str] = ()
    check: Callable[[Call, Mapping[str, str]], None] = lambda call, settings: None

    def visible(self, call: Call) -> list[Stanza]:
        """Returns what the caller may read in the namespace; with a user in it, that user's private ones too."""
        app = "-" if call.every_app else call.context_app
        if call.prefix == "/services" and call.app is None:
            app = "-"
        private = call.private_owner
        if private is None and call.owner not in ("nobody", None) and call.access.may("admin_all_objects"):
            private = call.owner
        found = self._of_every_owner(call, app) if call.owner in WILDCARDS else None
        if found is None:
            found = call.stage.conf.entries(self.conf, app, private)
        shown = [item for item in (call.access.shown(each, self.conf) for each in found) if item is not None]
        if app == "-" and call.prefix == "/services":
            own = [item for item in shown if item.acl.app == call.context_app]
            rest = [item for item in shown if item.acl.app != call.context_app]
            shown = own + [
                item
                for item in rest
                if item.acl.sharing in ("global", SYSTEM, "user") or call.access.may("admin_all_objects")
            ]
        return shown

    def _of_every_owner(self, call: Call, app: str) -> list[Stanza]:
        """Returns shared and private objects side by side, also where they have one name: those of the caller, and to
        an administrator those of every user."""
        conf = call.stage.conf
        owners = conf.users_with_objects() if call.access.may("admin_all_objects") else [call.user]
        apps = [item.name for item in conf.apps()] if app == "-" else [app]
        private = [item for owner in owners for name in apps for item in conf.private_entries(self.conf, name, owner)]
        return [*conf.entries(self.conf, app), *private]

    def entry(self, call: Call, item: Stanza) -> Entry:
        may_write = call.access.may_write_acl(item.acl, self.conf, item.name)
        links = (*(("edit", "remove") if may_write else ()), *self.links)
        return Entry(
            item.name,
            self.content(call, item),
            item.acl,
            links,
            call.stage.started,
            self.path,
            may_write,
            namespaced=True,
        )

    def find(self, call: Call, name: str) -> Stanza:
        """Returns the object the namespace means. Raises RestError 404, also for one that may not be read."""
        found = [item for item in self.visible(call) if item.name == name]
        if not found:
            raise missing(name)
        found.sort(key=lambda item: (item.acl.app != call.context_app, item.acl.sharing != "user"))
        return found[0]

    def listed(self, call: Call) -> Response:
        if call.method == "POST":
            return self.create(call)
        entries = [self.entry(call, item) for item in self.visible(call)]
        if call.given("name"):
            entries = [item for item in entries if item.name == call.text("name")]
            if not entries:
                raise missing(call.text("name"))
        return listing.page(call, self.path, entries, links=("create", "_reload"))

    def create(self, call: Call) -> Response:
        name = call.required("name")
        settings = call.settings()
        for argument in self.required:
            call.required(argument)
        self.check(call, settings)
        app, owner = call.context_app, call.write_owner if call.owner is not None else call.user
        if "\n" in name or "]" in name:
            raise RestError(400, f"'{name}' is not a valid name.")
        self.may_create(call, app, owner)
        taken = [
            item
            for item in call.stage.conf.entries(self.conf, app, owner)
            if item.name == name and item.acl.app == app and (item.acl.sharing == "user") == (owner is not None)
        ]
        if taken:
            raise RestError(
                409, f"Unable to create a new object named '{name}'. An object with that name already exists."
            )
        call.stage.conf.write(self.conf, name, settings, app, owner)
        if owner is None:
            acl = call.stage.conf.acl(app, self.conf, name)
            sharing = acl.sharing if acl.sharing in ("app", "global", SYSTEM) else "app"
            call.stage.conf.set_acl(
                app, self.conf, name, read=acl.read, write=acl.write, sharing=sharing, owner=call.user
            )
        made = next(
            item
            for item in call.stage.conf.entries(self.conf, app, owner)
            if item.name == name and item.acl.app == app and (item.acl.sharing == "user") == (owner is not None)
        )
        # Who may not read what is in the app is told what they have written, and nothing that it is merged with.
        shown = call.access.shown(made, self.conf) or replace(made, settings=settings)
        return replies.entry(call, self.path, self.entry(call, shown), 201)

    def may_create(self, call: Call, app: str, owner: str | None) -> None:
        if owner is not None:
            if owner != call.user and not call.access.may("admin_all_objects"):
                raise RestError(403, "You do not have permission to write objects of another user.")
        elif not call.access.may_write(app, self.conf):
            raise RestError(
                403, f"You do not have permission to perform this operation: no write access to {self.conf} of '{app}'."
            )

    def one(self, call: Call) -> Response:
        name = call.parts["name"]
        if name == "_reload":
            call.stage.conf.reload()
            return listing.page(call, self.path, [])
        if call.method == "GET" and (call.owner in WILDCARDS or call.every_app):
            found = [self.entry(call, item) for item in self.visible(call) if item.name == name]
            if len(found) > 1:  # the namespace names several objects: the client has to choose
                return listing.page(call, self.path, found)
        item = self.find(call, name)
        if call.method != "GET":
            self.may_change(call, item)
            owner = item.acl.owner if item.acl.sharing == "user" else None
            if call.method == "DELETE":
                try:
                    call.stage.conf.delete(self.conf, name, item.acl.app, owner)
                except ConfError as failure:
                    raise RestError(403, f"'{name}' comes with its app and cannot be deleted.") from failure
                return listing.page(call, self.path, [self.entry(call, rest) for rest in self.visible(call)])
            settings = call.settings()
            self.check(call, settings)
            call.stage.conf.write(self.conf, name, settings, item.acl.app, owner)
            item = self.find(call, name)
        return replies.entry(call, self.path, self.entry(call, item))

    def may_change(self, call: Call, item: Stanza) -> None:
        if not call.access.may_write_acl(item.acl, self.conf, item.name):
            raise RestError(403, f"You do not have permission to change '{item.name}'.")

    def switch(self, call: Call) -> Response:
        """Sets disabled by the last path element, enable or disable."""
        item = self.find(call, call.parts["name"])
        self.may_change(call, item)
        owner = item.acl.owner if item.acl.sharing == "user" else None
        value = "1" if call.path.endswith("/disable") else "0"
        call.stage.conf.write(self.conf, item.name, {"disabled": value}, item.acl.app, owner)
        return replies.entry(call, self.path, self.entry(call, self.find(call, item.name)))

    def acl(self, call: Call) -> Response:
        item = self.find(call, call.parts["name"])
        if call.method == "POST":
            self.may_change(call, item)
            sharing, owner = call.text("sharing", item.acl.sharing), call.text("owner", item.acl.owner)
            if sharing not in ("user", "app", "global", SYSTEM):
                raise RestError(400, f"Invalid sharing '{sharing}': user, app and global are known.")
            if owner != item.acl.owner and owner not in (call.user, "nobody"):
                call.need("admin_all_objects")
            if owner != "nobody" and owner != item.acl.owner and call.stage.accounts.user(owner) is None:
                raise RestError(400, f"The user '{owner}' does not exist.")
            self._share(call, item, sharing, owner)
            call.owner = owner if sharing == "user" else call.owner
            item = self.find(call, item.name)
        return replies.entry(call, self.path, self.entry(call, item))

    def _share(self, call: Call, item: Stanza, sharing: str, owner: str) -> None:
        """Sets permissions; between private and shared the object moves, if it is not part of its app."""
        conf, app, private = call.stage.conf, item.acl.app, item.acl.sharing == "user"
        if (sharing == "user") != private or (private and owner != item.acl.owner):
            if sharing == "user" and owner in ("nobody", ""):
                raise RestError(400, "A private object needs an owner.")
            if sharing != "user":
                self.may_create(call, app, None)
            target, before = (owner if sharing == "user" else None), (item.acl.owner if private else None)
            if any(other.name == item.name and other.acl.app == app for other in self._at(call, app, target)):
                raise RestError(409, f"An object named '{item.name}' exists there already.")
            settings = conf.written(self.conf, item.name, app, before)
            try:
                conf.delete(self.conf, item.name, app, before)
            except ConfError as failure:
                raise RestError(403, f"'{item.name}' comes with its app and cannot be made private.") from failure
            conf.write(self.conf, item.name, settings, app, target)
        if sharing != "user":
            read = [part.strip() for part in call.text("perms.read", ",".join(item.acl.read)).split(",")]
            write = [part.strip() for part in call.text("perms.write", ",".join(item.acl.write)).split(",")]
            read, write = list(filter(None, read)), list(filter(None, write))
            conf.set_acl(app, self.conf, item.name, read=tuple(read), write=tuple(write), sharing=sharing, owner=owner)

    def _at(self, call: Call, app: str, owner: str | None) -> list[Stanza]:
        found = call.stage.conf.entries(self.conf, app, owner)
        return [item for item in found if (item.acl.sharing == "user") == (owner is not None)]

    def routes(self) -> list[Route]:
        return [
            Route(("GET", "POST"), self.path, self.listed),
            Route(("GET", "POST", "DELETE"), self.path + "/{name}", self.one),
            Route(("GET", "POST"), self.path + "/{name}/acl", self.acl),
            Route(("POST",), self.path + "/{name}/enable", self.switch),
            Route(("POST",), self.path + "/{name}/disable", self.switch),
        ]
