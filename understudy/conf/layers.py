"""The folders that make up a configuration and the order in which they count.

Global context, strongest first: system/local, each app's local, each app's default, system/default, built in.
App or user context: the user's own folder, the app (local, default), what other apps export (local, default),
system/local, system/default, built in. Apps rank A over Z in global context and Z over A in app context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from understudy.conf import files

BUILTIN = Path(__file__).parent / "builtin"
SYSTEM = "system"


@dataclass
class Layer:
    """One folder of .conf files, read on first use. app is `system` for the system's; user is set for a user's part."""

    folder: Path
    app: str
    kind: str
    """builtin, default, local or user"""
    user: str | None = None
    problems: list[files.Problem] = field(default_factory=list)
    _read: dict[str, files.Stanzas] = field(default_factory=dict)

    def stanzas(self, conf: str) -> files.Stanzas:
        """Returns the stanzas of `<conf>.conf` in this folder."""
        found = self._read.get(conf)
        if found is None:
            found, problems = files.read(self.folder / f"{conf}.conf")
            self.problems += problems
            self._read[conf] = found
        return found

    def names(self) -> list[str]:
        """Returns the conf files of the folder, without the suffix."""
        return sorted(path.stem for path in self.folder.glob("*.conf"))

    def replace(self, conf: str, stanzas: files.Stanzas) -> None:
        """Writes the file whole or not at all."""
        files.write_atomic(self.folder / f"{conf}.conf", files.render(stanzas).encode("utf-8"))
        self._read[conf] = stanzas


@dataclass
class App:
    """One app: its folder and its two layers."""

    name: str
    folder: Path
    local: Layer
    default: Layer

    @property
    def disabled(self) -> bool:
        for layer in (self.local, self.default):
            state = layer.stanzas("app").get("install", {}).get("state")
            if state is not None:
                return state.strip().lower() == "disabled"
        return False


class Layers:
    """Every layer under an `etc` folder."""

    def __init__(self, etc: Path) -> None:
        self.etc = etc
        self.builtin = Layer(BUILTIN, SYSTEM, "builtin")
        self.system_default = Layer(etc / "system" / "default", SYSTEM, "default")
        self.system_local = Layer(etc / "system" / "local", SYSTEM, "local")
        self.apps: dict[str, App] = {}
        folder = etc / "apps"
        names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        for name in names:
            if name.startswith(".") or name == SYSTEM:
                continue
            home = folder / name
            self.apps[name] = App(
                name, home, Layer(home / "local", name, "local"), Layer(home / "default", name, "default")
            )
        self._users: dict[tuple[str, str], Layer] = {}

    def enabled(self) -> list[App]:
        """Returns the apps that count, A before Z."""
        return [app for app in self.apps.values() if not app.disabled]

    def user(self, user: str, app: str) -> Layer:
        """Returns a user's own layer within an app; its folder need not exist."""
        key = (user, app)
        if key not in self._users:
            files.check_name(user, "user")
            if "/" in user or user in {"", ".", ".."} or "/" in app or app in {"", ".", ".."}:
                raise files.ConfError(f"{user!r} in {app!r} cannot own a configuration folder")
            self._users[key] = Layer(self.etc / "users" / user / app / "local", app, "user", user)
        return self._users[key]

    def of_app(self, app: str) -> list[Layer]:
        """Returns an app's layers, strongest first; those of the system for `system`."""
        if app == SYSTEM:
            return [self.system_local, self.system_default, self.builtin]
        found = self.apps.get(app)
        return [] if found is None else [found.local, found.default]

    def global_order(self) -> list[Layer]:
        """Returns the layers of the global context, strongest first."""
        apps = self.enabled()
        return [
            self.system_local,
            *(app.local for app in apps),
            *(app.default for app in apps),
            self.system_default,
            self.builtin,
        ]

    def all_layers(self) -> Iterator[Layer]:
        yield from self.of_app(SYSTEM)
        for app in self.apps.values():
            yield from (app.local, app.default)
        yield from self._users.values()
