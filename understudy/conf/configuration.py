"""The layered configuration of a home: what a setting is, who may use an object, and changes that last.

Read `layers` for the order of precedence and `files` for the format. Thread-safe; readers get plain mappings that
they must not change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from understudy.conf import files
from understudy.conf.files import DEFAULT, ConfError
from understudy.conf.layers import SYSTEM, App, Layer, Layers
from understudy.conf.metadata import Acl, Metadata, parse_access, render_access

Merged = Mapping[str, Mapping[str, str]]
NOBODY = "nobody"


@dataclass(frozen=True)
class Entry:
    """One stanza as an object: its merged settings, and the app and owner it belongs to."""

    name: str
    settings: Mapping[str, str]
    acl: Acl


class Conf:
    """Everything under one `etc` folder, above the built-in defaults."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self._lock = threading.RLock()
        self._merged: dict[tuple[str, str | None, str | None], Merged] = {}
        self._bare: dict[tuple[str, str | None, str | None], Merged] = {}
        self._objects: dict[tuple[str, str | None, str | None], list[Entry]] = {}
        self.generation = 0
        """Grows whenever something changed, so that what was derived can be derived again."""
        self._metadata: dict[tuple[str | None, str], Metadata] = {}

    @classmethod
    def load(cls, etc: Path) -> Conf:
        """Reads the configuration under `etc` (apps, system, users); files are parsed when first asked for."""
        return cls(Layers(etc))

    @property
    def etc(self) -> Path:
        return self.layers.etc

    def reload(self) -> None:
        """Forgets everything read, so that changed files and newly installed apps count."""
        with self._lock:
            self.layers = Layers(self.layers.etc)
            self._metadata.clear()
            self._changed()

    def _changed(self) -> None:
        self._merged.clear()
        self._bare.clear()
        self._objects.clear()
        self.generation += 1

    @property
    def problems(self) -> list[files.Problem]:
        """Lines left out of the files read so far."""
        with self._lock:
            found = [problem for layer in self.layers.all_layers() for problem in layer.problems]
            return found + [problem for meta in self._metadata.values() for problem in meta.problems]

    def apps(self, *, disabled: bool = False) -> list[App]:
        """Returns the installed apps, A before Z; the disabled ones too if asked."""
        with self._lock:
            return list(self.layers.apps.values()) if disabled else self.layers.enabled()

    def names(self) -> list[str]:
        """Returns every conf file known anywhere, without the suffix."""
        with self._lock:
            return sorted({name for layer in self.layers.all_layers() for name in layer.names()})

    def stanzas(self, conf: str, app: str | None = None, user: str | None = None) -> Merged:
        """Returns the merged stanzas: of the global context without an app, else as that app (and user) sees them.

        A stanza holds the keys of `[default]` too; `default` itself is among the stanzas when any file has one.
        """
        key = (conf, app, user)
        with self._lock:
            found = self._merged.get(key)
            if found is None:
                bare = self.bare_stanzas(conf, app, user)
                defaults = bare.get(DEFAULT, {})
                found = {name: {**defaults, **settings} for name, settings in bare.items()}
                self._merged[key] = found
            return found

    def bare_stanzas(self, conf: str, app: str | None = None, user: str | None = None) -> Merged:
        """Returns the merged stanzas as they are written: no stanza holds the keys of `[default]`."""
        key = (conf, app, user)
        with self._lock:
            found = self._bare.get(key)
            if found is None:
                found = self._bare[key] = self._merge(conf, app, user)
            return found

    def get(
        self,
        conf: str,
        stanza: str,
        key: str,
        default: str | None = None,
        app: str | None = None,
        user: str | None = None,
    ) -> str | None:
        """Returns one setting, or the default for an absent stanza or key."""
        return self.stanzas(conf, app, user).get(stanza, {}).get(key, default)

    def boolean(
        self, conf: str, stanza: str, key: str, default: bool = False, app: str | None = None, user: str | None = None
    ) -> bool:
        """Returns the truth of one setting."""
        return files.boolean(self.get(conf, stanza, key, None, app, user), default)

    def _merge(self, conf: str, app: str | None, user: str | None) -> Merged:
        merged: files.Stanzas = {}
        for _, stanza, settings in self.layered(conf, app, user):
            merged.setdefault(stanza, {}).update(settings)
        return merged

    def layered(
        self, conf: str, app: str | None = None, user: str | None = None
    ) -> list[tuple[Layer, str, Mapping[str, str]]]:
        """Returns what each layer says in each stanza, the weakest layer first: of the global context without an app,
        else as that app (and user) sees them."""
        with self._lock:
            order = self.layers.global_order() if app is None else self._context_order(app, user)
            return [
                (layer, stanza, settings)
                for layer in reversed(order)
                for stanza, settings in layer.stanzas(conf).items()
                if app is None or layer.app in (app, SYSTEM) or self._exported(layer.app, conf, stanza)
            ]

    def _context_order(self, app: str, user: str | None) -> list[Layer]:
        order: list[Layer] = []
        if user is not None and user != NOBODY:
            order.append(self.layers.user(user, app))
        order += self.layers.of_app(app) if app != SYSTEM else []
        for other in sorted(self.layers.enabled(), key=lambda item: item.name, reverse=True):
            if other.name != app:
                order += [other.local, other.default]
        return order + self.layers.of_app(SYSTEM)

    def _exported(self, app: str, category: str, name: str) -> bool:
        return self.metadata(app).setting(category, name, "export") == SYSTEM

    # Objects and their permissions

    def metadata(self, app: str, user: str | None = None) -> Metadata:
        """Returns the permission files of an app, or of a user's part of it."""
        with self._lock:
            key = (user, app)
            if key not in self._metadata:
                base = self.etc / "users" / user if user else self.etc / "apps"
                folder = self.etc / SYSTEM if app == SYSTEM and not user else base / app
                self._metadata[key] = Metadata(folder / "metadata")
            return self._metadata[key]

    def acl(self, app: str, category: str, name: str | None = None, user: str | None = None) -> Acl:
        """Returns the effective permissions of an object (or of a category), private to `user` when that is given."""
        if user is not None and user != NOBODY:
            return Acl(app, user, "user", (user,), (user,))
        meta = self.metadata(app)
        read: tuple[str, ...] = ("*",)
        write: tuple[str, ...] = ("admin", "sc_admin", "power") if app != SYSTEM else ("admin", "sc_admin")
        for access in meta.access_levels(category, name):
            read = read if access.read is None else access.read
            write = write if access.write is None else access.write
        sharing = "global" if meta.setting(category, name, "export") == SYSTEM else "app"
        if app == SYSTEM:
            sharing = SYSTEM
        return Acl(app, meta.setting(category, name, "owner") or NOBODY, sharing, read, write)

    def set_acl(
        self,
        app: str,
        category: str,
        name: str,
        *,
        read: tuple[str, ...],
        write: tuple[str, ...],
        sharing: str = "app",
        owner: str = NOBODY,
    ) -> None:
        """Writes an object's permissions to local.meta. sharing: app or global."""
        if sharing not in {"app", "global", SYSTEM}:
            raise ConfError(f"an object's sharing is app or global, not {sharing!r}")
        with self._lock:
            export = SYSTEM if sharing in {"global", SYSTEM} else "none"
            settings = {"access": render_access(read, write), "export": export, "owner": owner}
            self.metadata(app).write(category, name, settings)
            self._changed()

    def entries(self, conf: str, app: str | None = None, user: str | None = None) -> list[Entry]:
        """Returns the stanzas of a conf as objects with their permissions; access is for the caller to decide.

        app None or `-`: every app's own objects. user None or `-`: no private objects.
        """
        with self._lock:
            return list(self._known(conf, app, user))

    def _known(self, conf: str, app: str | None, user: str | None) -> list[Entry]:
        found = self._objects.get((conf, app, user))
        if found is None:
            found = self._objects[conf, app, user] = list(self._entries(conf, app, user))
        return found

    def private_entries(self, conf: str, app: str, user: str) -> list[Entry]:
        """Returns a user's private objects of an app alone, without what the app itself has."""
        with self._lock:
            return [entry for entry in self._own_entries(conf, app, user) if entry.acl.sharing == "user"]

    def users_with_objects(self) -> list[str]:
        """Returns the users who have a folder for private objects."""
        folder = self.etc / "users"
        return sorted(item.name for item in folder.iterdir() if item.is_dir()) if folder.is_dir() else []

    def entry(self, conf: str, name: str, app: str, user: str | None = None) -> Entry | None:
        """Returns the object of a name that an app's user means, or None; access is for the caller to decide."""
        with self._lock:
            return next((entry for entry in self._known(conf, app, user) if entry.name == name), None)

    def _entries(self, conf: str, app: str | None, user: str | None) -> Iterator[Entry]:
        if app is None or app == "-":
            for name in [SYSTEM, *(item.name for item in self.layers.enabled())]:
                yield from self._own_entries(conf, name, user)
            return
        seen: set[str] = set()
        for entry in self._own_entries(conf, app, user):
            seen.add(entry.name)
            yield entry
        others = sorted((item.name for item in self.layers.enabled() if item.name != app), reverse=True)
        for other in [*others, SYSTEM]:
            for entry in self._own_entries(conf, other, None):
                if entry.name not in seen and (other == SYSTEM or entry.acl.sharing == "global"):
                    seen.add(entry.name)
                    yield entry

    def _own_entries(self, conf: str, app: str, user: str | None) -> Iterator[Entry]:
        private: files.Stanzas = {}
        if user not in (None, "-", NOBODY) and app != SYSTEM:
            assert user is not None
            private = self.layers.user(user, app).stanzas(conf)
        names: dict[str, None] = {}
        for layer in reversed(self.layers.of_app(app)):
            names.update(dict.fromkeys(layer.stanzas(conf)))
        names.update(dict.fromkeys(private))
        for name in names:
            if name == DEFAULT:
                continue
            owner = user if name in private else None
            yield Entry(name, self.stanzas(conf, app, owner).get(name, {}), self.acl(app, conf, name, owner))

    def without_hidden(self, conf: str, entry: Entry, may_read: Callable[[str, str], bool]) -> Entry:
        """Returns an object without what may_read(app, stanza) hides of its settings.

        A private stanza, or one of another app, is merged with those of its name below it: naming a stanza like a
        protected one must not show the protected one's settings.
        """
        app, owner = entry.acl.app, entry.acl.owner if entry.acl.sharing == "user" else None
        with self._lock:
            order = self._context_order(app, owner)[::-1]
            hidden = {
                (layer.app, stanza)
                for layer in order
                for stanza in (DEFAULT, entry.name)
                if layer.user is None and stanza in layer.stanzas(conf) and not may_read(layer.app, stanza)
            }
            if not any(stanza == entry.name for _, stanza in hidden):
                return entry
            settings: dict[str, str] = {}
            for stanza in (DEFAULT, entry.name):
                for layer in order:
                    shown = layer.user is not None or (layer.app, stanza) not in hidden
                    if shown and (layer.app in (app, SYSTEM) or self._exported(layer.app, conf, stanza)):
                        settings.update(layer.stanzas(conf).get(stanza, {}))
        return Entry(entry.name, settings, entry.acl)

    # Changes

    def _target(self, app: str, user: str | None) -> Layer:
        if user not in (None, NOBODY):
            assert user is not None
            return self.layers.user(user, app)
        if app == SYSTEM:
            return self.layers.system_local
        found = self.layers.apps.get(app)
        if found is None:
            raise ConfError(f"app {app!r} is not installed")
        return found.local

    def write(
        self,
        conf: str,
        stanza: str,
        settings: Mapping[str, str],
        app: str,
        user: str | None = None,
        *,
        replace: bool = False,
    ) -> None:
        """Puts settings of a stanza into the app's local folder (or the user's), on disk when this returns.

        replace drops the stanza's other local keys; without it they stay.
        """
        check_conf_name(conf)
        with self._lock:
            layer = self._target(app, user)
            stanzas = {name: dict(values) for name, values in layer.stanzas(conf).items()}
            old = {} if replace else stanzas.get(stanza, {})
            stanzas[stanza] = {**old, **settings}
            layer.replace(conf, stanzas)
            self._changed()

    def written(self, conf: str, stanza: str, app: str, user: str | None = None) -> dict[str, str]:
        """Returns what the app's local folder (or the user's) itself says of a stanza, nothing merged into it."""
        with self._lock:
            return dict(self._target(app, user).stanzas(conf).get(stanza, {}))

    def delete(self, conf: str, stanza: str, app: str, user: str | None = None) -> None:
        """Takes a stanza out of the local folder. Raises ConfError if it is not there (a default cannot be deleted)."""
        with self._lock:
            layer = self._target(app, user)
            stanzas = {name: dict(values) for name, values in layer.stanzas(conf).items()}
            if stanza not in stanzas:
                raise ConfError(f"{conf}.conf has no local stanza [{stanza}] in {app}")
            del stanzas[stanza]
            layer.replace(conf, stanzas)
            if user in (None, NOBODY):
                self.metadata(app).delete(conf, stanza)
            self._changed()


def check_conf_name(conf: str) -> None:
    """Raises ConfError unless the name is a plain file stem."""
    if not conf or not all(mark.isalnum() or mark in "_-" for mark in conf):
        raise ConfError(f"{conf!r} is not the name of a conf file")


__all__ = ["NOBODY", "SYSTEM", "Acl", "App", "Conf", "ConfError", "Entry", "parse_access"]
