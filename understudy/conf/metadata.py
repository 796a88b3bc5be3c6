"""Permissions of knowledge objects: default.meta and local.meta of an app, and a user's own.

An object is named `category/name` (views/home, lookups/a.csv, props/acme/EXTRACT-x). Its access comes from the
object's stanza, else the category's, else the app's `[]`. Names in the files are percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from understudy.conf import files

ACCESS_PART = re.compile(r"(read|write)\s*:\s*\[([^\]]*)\]", re.IGNORECASE)


@dataclass(frozen=True)
class Acl:
    """read and write: role names, `*` = everybody. sharing: user, app, global or system; owner: a user or nobody."""

    app: str
    owner: str
    sharing: str
    read: tuple[str, ...]
    write: tuple[str, ...]
    modifiable: bool = True


@dataclass(frozen=True)
class Access:
    read: tuple[str, ...] | None = None
    write: tuple[str, ...] | None = None


def parse_access(text: str | None) -> Access:
    """Returns the roles of `read : [ a, b ], write : [ c ]`; None for a side that is not written."""
    found: dict[str, tuple[str, ...]] = {}
    for match in ACCESS_PART.finditer(text or ""):
        names = (name.strip().strip('"') for name in match[2].split(","))
        found[match[1].lower()] = tuple(name for name in names if name)
    return Access(found.get("read"), found.get("write"))


def render_access(read: tuple[str, ...], write: tuple[str, ...]) -> str:
    return f"read : [ {', '.join(read)} ], write : [ {', '.join(write)} ]"


def stanza_name(category: str, name: str | None = None) -> str:
    """Returns the stanza of a category or of an object, percent-encoded as the files hold it."""
    if name is None:
        return category
    return f"{category}/" + "/".join(quote(part, safe="") for part in name.split("/"))


def decode_stanza(stanza: str) -> str:
    return "/".join(unquote(part) for part in stanza.split("/"))


class Metadata:
    """The permissions of one app (or of a user's part of it), default.meta below local.meta."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[files.Problem] = []
        self.stanzas: dict[str, dict[str, str]] = {}
        for name in ("default.meta", "local.meta"):
            found, problems = files.read(folder / name)
            self.problems += problems
            for stanza, settings in found.items():
                # `[]` and settings before any stanza both speak of the whole app.
                key = "" if stanza == files.DEFAULT else decode_stanza(stanza)
                self.stanzas.setdefault(key, {}).update(settings)

    def setting(self, category: str, name: str | None, key: str) -> str | None:
        """Returns a key from the object's stanza, else the category's, else the app's."""
        for stanza in levels(category, name)[::-1]:
            value = self.stanzas.get(stanza, {}).get(key)
            if value is not None:
                return value
        return None

    def access_levels(self, category: str, name: str | None) -> list[Access]:
        """Returns what each level says, widest first: app, category, object."""
        return [parse_access(self.stanzas.get(stanza, {}).get("access")) for stanza in levels(category, name)]

    def names_objects(self, category: str) -> bool:
        """Tells whether any object of a category has permissions of its own."""
        return any(stanza.startswith(f"{category}/") for stanza in self.stanzas)

    def write(self, category: str, name: str | None, settings: Mapping[str, str]) -> None:
        """Adds the settings to local.meta, whole or not at all."""
        path = self.folder / "local.meta"
        found, _ = files.read(path)
        found.setdefault(stanza_name(category, name), {}).update(settings)
        files.write_atomic(path, files.render(found).encode("utf-8"))
        self.stanzas.setdefault(decode_stanza(stanza_name(category, name)), {}).update(settings)

    def delete(self, category: str, name: str) -> None:
        """Takes the object's stanza out of local.meta."""
        path = self.folder / "local.meta"
        found, _ = files.read(path)
        if found.pop(stanza_name(category, name), None) is not None:
            files.write_atomic(path, files.render(found).encode("utf-8"))
        self.stanzas.pop(f"{category}/{name}", None)


def levels(category: str, name: str | None) -> list[str]:
    if not category:
        return [""]
    return ["", category] if name is None else ["", category, f"{category}/{name}"]
