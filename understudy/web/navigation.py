"""An app's navigation as its own `data/ui/nav/default.xml` says: views, links, and collections of both.

Items the user may not read are left out; the pages of this web (search, dashboards) are readable by everybody who
may log in. Elements the stand-in does not draw (saved searches, automatic collections) are left out too.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BUILT_IN = {"search": "Search", "dashboards": "Dashboards"}


@dataclass(frozen=True)
class Item:
    """One entry. view is the view's name, or empty for a plain link."""

    label: str
    href: str
    view: str = ""


@dataclass(frozen=True)
class Group:
    """A labelled collection of entries."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Navigation:
    """entries in order; default is the view to open first; color is the app's, as #rrggbb, or empty."""

    entries: tuple[Item | Group, ...]
    default: str
    color: str


def nav_file(app_folder: Path) -> Path | None:
    """Returns the navigation file that counts, local over default, or None."""
    for layer in ("local", "default"):
        path = app_folder / layer / "data" / "ui" / "nav" / "default.xml"
        if path.is_file():
            return path
    return None


def view_path(app: str, view: str) -> str:
    return f"/en-US/app/{app}/{view}"


def read(app: str, text: str, labels: Mapping[str, str]) -> Navigation:
    """Returns the navigation for a user who may read the views in `labels` (name -> label).

    Raises ElementTree.ParseError when the text is not XML.
    """
    root = ElementTree.fromstring(text)
    known = {**BUILT_IN, **labels}
    entries = tuple(_entries(app, root, known))
    views = [item.view for item in _flat(entries) if item.view]
    marked = [element.get("name", "") for element in root.iter("view") if element.get("default") == "true"]
    default = next((name for name in marked if name in views), views[0] if views else "dashboards")
    return Navigation(entries, default, _color(root.get("color", "")))


def fallback(app: str, labels: Mapping[str, str]) -> Navigation:
    """Returns the navigation of an app that has none: every readable view, then the built-in pages."""
    known = {**labels, **BUILT_IN}
    entries = tuple(Item(label, view_path(app, name), name) for name, label in known.items())
    return Navigation(entries, next(iter(known)), "")


def _entries(app: str, parent: ElementTree.Element, known: Mapping[str, str]) -> Iterator[Item | Group]:
    for element in parent:
        if element.tag == "collection":
            items = tuple(item for item in _entries(app, element, known) if isinstance(item, Item))
            if items:
                yield Group(element.get("label", ""), items)
            continue
        item = _item(app, element, known)
        if item is not None:
            yield item


def _item(app: str, element: ElementTree.Element, known: Mapping[str, str]) -> Item | None:
    if element.tag == "view":
        name = element.get("name", "")
        return Item(known[name], view_path(app, name), name) if name in known else None
    if element.tag == "a":
        href = element.get("href", "")
        # Only links that stay on this server: no other host, no script.
        if href.startswith("/") and not href.startswith(("//", "/\\")):
            return Item((element.text or href).strip(), href if href.startswith("/en-US/") else f"/en-US{href}")
    return None


def _flat(entries: tuple[Item | Group, ...]) -> Iterator[Item]:
    for entry in entries:
        if isinstance(entry, Group):
            yield from entry.items
        else:
            yield entry


def _color(text: str) -> str:
    digits = text.removeprefix("#").removeprefix("0x")
    return f"#{digits.lower()}" if len(digits) == 6 and all(mark in "0123456789abcdefABCDEF" for mark in digits) else ""
