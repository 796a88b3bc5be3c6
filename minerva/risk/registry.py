"""The indicators of each sector, as indicators.json says them; assembly/emit/risk_indicators.py makes it of YAML files.

An edition that cannot be read as a whole is refused with the place of its fault, and what was read before stays in use.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from minerva.risk.expression import ExpressionError, parse
from minerva.risk.features import FEATURES
from minerva.risk.sectors import MOST_POINTS, NEVER_SCORED, STRENGTHS, Indicator, Sector

VERSION = 1
FEATURE_NAMES = frozenset(FEATURES)
_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "indicators.json")


class RegistryError(ValueError):
    """An edition of the indicators that is refused; the message names sector, indicator and key."""


def problems(document: Mapping[str, Any], features: frozenset[str]) -> list[tuple[str, str]]:
    """(key, what is wrong) of one indicator's document. `features`: names that an expression may use."""
    found: list[tuple[str, str]] = []
    both = [key for key in ("when", "waits_for") if document.get(key)]
    if len(both) != 1:
        found.append(("when", "give exactly one of when and waits_for"))
    if document.get("when"):
        try:
            unknown = sorted(parse(str(document["when"])).names - features)
            if unknown:
                found.append(
                    ("when", f"no feature is called {unknown[0]!r}; the features are {', '.join(sorted(features))}")
                )
        except ExpressionError as error:
            found.append(("when", str(error)))
    for field in document.get("fields", ()):
        words = set(str(field).casefold().replace(".", "_").split("_")) | set(str(field).casefold().split("."))
        if words & NEVER_SCORED:
            found.append(("fields", f"{field}: no score may know {', '.join(sorted(words & NEVER_SCORED))}"))
        if "." not in str(field):
            found.append(("fields", f"{field}: expected kind.field"))
    points = document.get("points")
    if type(points) is not int or not 1 <= points <= MOST_POINTS:
        found.append(("points", f"expected a whole number from 1 to {MOST_POINTS}"))
    if document.get("strength") not in STRENGTHS:
        found.append(("strength", f"expected one of {', '.join(STRENGTHS)}"))
    return found


def read(document: Any) -> dict[str, Sector]:
    """The sectors of a document of indicators.json. Raises RegistryError."""
    if not isinstance(document, Mapping) or document.get("version") != VERSION:
        raise RegistryError(f"expected an edition of version {VERSION}")
    found: dict[str, Sector] = {}
    try:
        for given in document["sectors"]:
            signs = []
            for each in given["indicators"]:
                wrong = problems(each, FEATURE_NAMES)
                if wrong:
                    raise RegistryError(f"{given['id']}/{each['id']}: {wrong[0][0]}: {wrong[0][1]}")
                expression = parse(each["when"]) if each.get("when") else None
                signs.append(Indicator(**{**each, "fields": tuple(each["fields"]), "when": expression}))
            classes = {key: {kind: tuple(words) for kind, words in given[key].items()} for key in ("anchors", "staff")}
            found[given["id"]] = Sector(**{**given, **classes, "indicators": tuple(signs)})
    except (KeyError, TypeError, AttributeError) as error:
        raise RegistryError(f"not of the shape of an edition: {type(error).__name__}") from None
    return found


class Registry:
    """The sectors in use: of a file that is read again when it changes, and kept as they were while it has a fault."""

    def __init__(self, path: str = _DATA) -> None:
        self._path = path
        self._changed = -1.0
        self._sectors: dict[str, Sector] = {}
        self.fault = ""

    def sectors(self) -> Mapping[str, Sector]:
        """The sectors by id. Raises RegistryError where no edition was ever read."""
        try:
            changed = os.stat(self._path).st_mtime
            if changed != self._changed:
                with open(self._path, encoding="utf-8") as file:
                    self._sectors = read(json.load(file))
                self._changed, self.fault = changed, ""
        except json.JSONDecodeError as error:
            self.fault = f"{self._path}:{error.lineno}: {error.msg}"
        except (OSError, RegistryError) as error:
            self.fault = f"{self._path}: {error}"
        if not self._sectors:
            raise RegistryError(self.fault or "no indicators")
        return self._sectors


@lru_cache(maxsize=1)
def shipped() -> Registry:
    return Registry()


def chosen(names: Sequence[str]) -> list[Sector]:
    """The sectors of these ids, all without one. Raises RegistryError for an unknown one."""
    known = shipped().sectors()
    for name in names:
        if name not in known:
            raise RegistryError(f"unknown sector '{name}'; the sectors are {', '.join(known)}")
    return [known[name] for name in names or known]
