"""Every shipped search parses by the stand-in's own parser: saved searches, their macros, searches in dashboards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

from assembly.conf_read import read_conf
from assembly.lint import risky_commands
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.model import Context, CustomCommand, Macro

DEFINITION = "definition"
TOKEN = re.compile(r"\$[\w:.]+(?:\|\w+)?\$")


def shipped_searches(app: Path) -> Iterator[tuple[str, str]]:
    """Yields (where, search text) of an app's saved searches and dashboards; tokens ($name$) stand as they are."""
    saved = app / "default" / "savedsearches.conf"
    if saved.is_file():
        for name, settings in read_conf(saved).items():
            if "search" in settings:
                yield f"{app.name}/default/savedsearches.conf [{name}]", settings["search"]
    for view in sorted((app / "default" / "data" / "ui" / "views").glob("*.xml")):
        for name, search in dashboard_searches(view):
            yield f"{app.name}/default/data/ui/views/{view.name} {name}", search


def dashboard_searches(view: Path) -> Iterator[tuple[str, str]]:
    """Yields (data source, query) of a Dashboard Studio view; nothing for other XML. Raises ValueError on bad JSON."""
    element = ElementTree.parse(view).getroot().find(DEFINITION)
    if element is None or not element.text:
        return
    definition = json.loads(element.text)
    sources = definition.get("dataSources", {})
    for name in sources:
        query = _query(sources, name)
        if query:
            yield name, query


def _query(sources: dict[str, Any], name: str) -> str:
    """Returns the whole search of a data source; a chained one continues the search that it extends."""
    source = sources.get(name, {})
    options = source.get("options", {})
    query = str(options.get("query", ""))
    if source.get("type") == "ds.chain":
        return f"{_query(sources, str(options.get('extend', '')))} | {query.strip().removeprefix('|')}"
    return query if source.get("type") == "ds.search" else ""


@dataclass(frozen=True)
class _Declared:
    """A command of commands.conf: enough to parse a search that calls it, never run here."""

    name: str
    generating: bool

    def run(self, *_: object) -> Any:
        raise AssertionError(f"{self.name} is parsed here, never run")


class ShippedKnowledge:
    """The macros and commands that the confs of an app declare; everything else a search may name is unknown."""

    def __init__(self, app: Path, generating: frozenset[str]) -> None:
        self._generating = generating
        default = app / "default"
        self._macros = read_conf(default / "macros.conf") if (default / "macros.conf").is_file() else {}
        self._commands = read_conf(default / "commands.conf") if (default / "commands.conf").is_file() else {}

    def macro(self, name: str, count: int) -> Macro | None:
        """Returns the macro of that name with `count` arguments."""
        settings = self._macros.get(f"{name}({count})" if count else name)
        if settings is None:
            return None
        names = tuple(part.strip() for part in settings.get("args", "").split(",") if part.strip())
        return Macro(arguments=names, definition=settings["definition"])

    def custom_command(self, name: str) -> CustomCommand | None:
        """Returns the declared command; commands.conf does not say which generate."""
        return (
            cast(CustomCommand, _Declared(name, generating=name in self._generating))
            if name in self._commands
            else None
        )

    def saved_search(self, name: str) -> None:
        """Shipped searches call no saved search."""

    def event_type(self, name: str) -> None:
        """Shipped searches name no event type."""

    def job(self, sid: str) -> None:
        """Shipped searches load no job."""


def check_searches(app: Path, generating: frozenset[str] = frozenset()) -> list[str]:
    """Returns a line for each shipped search that does not parse, or uses a command that writes or sends.

    `generating` names the app's own commands that start a search.
    """
    problems = []
    try:
        searches = list(shipped_searches(app))
    except (ValueError, ElementTree.ParseError) as error:
        return [f"{app.name}: a view cannot be read: {error}"]
    nothing: Any = None  # parsing asks neither events nor tables
    for where, search in searches:
        knowledge: Any = ShippedKnowledge(app, generating)  # parsing asks for macros and commands alone
        context = Context(events=nothing, tables=nothing, knowledge=knowledge, now=0.0, zone=UTC)
        try:
            engine.check(TOKEN.sub("token", search), context)
        except SplError as error:
            problems.append(f"{where}: {error.located(search)}")
        problems += [f"{where}: {line}" for line in risky_commands(search)]
    return problems
