"""The indicators of each sector: indicators.json, which assembly/emit/risk_indicators.py makes of YAML files, and over
it what an administrator put into the app's local/risk/<sector>/<id>.json, one indicator each, without a build.

A file that cannot be read is refused with its place and line, and what was read of it before stays in use.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Union

from minerva.risk.expression import ExpressionError, parse
from minerva.risk.features import FEATURES
from minerva.risk.sectors import MOST_POINTS, NEVER_SCORED, STRENGTHS, Indicator, Sector

VERSION = 1
AUDIENCES = ("institution", "analysts")
MOST_OWN, MOST_TEXT, MOST_NUMBER = 200, 20_000, 1_000_000
"""Files of a sector, characters of a file, and the highest place of an indicator, that are read of local/risk."""
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
                signs.append(_indicator(each))
            classes = {key: {kind: tuple(words) for kind, words in given[key].items()} for key in ("anchors", "staff")}
            found[given["id"]] = Sector(**{**given, **classes, "indicators": tuple(signs)})
    except (KeyError, TypeError, AttributeError) as error:
        raise RegistryError(f"not of the shape of an edition: {type(error).__name__}") from None
    return found


def _indicator(given: Mapping[str, Any]) -> Indicator:
    expression = parse(given["when"]) if given.get("when") else None
    return Indicator(**{**given, "fields": tuple(given["fields"]), "when": expression})


class _Refused(ValueError):
    """(line, words)"""


def read_own(text: str, name: str) -> Indicator:
    """The indicator of a file of local/risk, named as its file. Raises _Refused with the line of the fault."""
    if len(text) > MOST_TEXT:
        raise _Refused(1, f"longer than {MOST_TEXT:,} characters")
    try:
        given = json.loads(text)
        json.dumps(given, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise _Refused(error.lineno, error.msg) from None
    except UnicodeEncodeError:
        raise _Refused(_line(text, r"\\u[dD][89a-fA-F]"), "half a character: no text can be made of it") from None
    except (ValueError, RecursionError) as error:
        raise _Refused(1, "nested too deep" if isinstance(error, RecursionError) else "a number is too long") from None
    if not isinstance(given, dict):
        raise _Refused(1, "expected one object of JSON")
    given = {"when": "", "waits_for": "", **given}
    unknown = sorted(set(given) - set(Indicator._fields))
    if unknown:
        raise _Refused(_line_of(text, unknown[0]), f"{unknown[0]}: no key of an indicator")
    absent = sorted(set(Indicator._fields) - set(given))
    if absent:
        raise _Refused(1, f"{absent[0]}: missing")
    if given["id"] != name:
        raise _Refused(_line_of(text, "id"), f"id: must be the name of the file, {name}")
    if given["audience"] not in AUDIENCES:
        raise _Refused(_line_of(text, "audience"), f"audience: expected one of {', '.join(AUDIENCES)}")
    if type(given["number"]) is not int or not 0 <= given["number"] <= MOST_NUMBER:
        raise _Refused(_line_of(text, "number"), f"number: expected a whole number from 0 to {MOST_NUMBER:,}")
    if not isinstance(given["fields"], list) or not all(isinstance(each, str) for each in given["fields"]):
        raise _Refused(_line_of(text, "fields"), "fields: expected a list of texts")
    for key in ("statement", "source", "seen", "false_positives", "when", "waits_for", "strength"):
        if not isinstance(given[key], str):
            raise _Refused(_line_of(text, key), f"{key}: expected a text")
    for key, words in problems(given, FEATURE_NAMES):
        raise _Refused(_line_of(text, key), f"{key}: {words}")
    return _indicator(given)


def _shown(path: str) -> str:
    """A path as text that can be written: a name of the disk may hold bytes that are no character."""
    return path.encode("utf-8", "replace").decode("utf-8")


def _decoded(data: bytes) -> str:
    if len(data) > 4 * MOST_TEXT:
        raise _Refused(1, f"longer than {MOST_TEXT:,} characters")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(data.count(b"\n", 0, error.start) + 1, "expected UTF-8") from None


def _line_of(text: str, key: str) -> int:
    return _line(text, re.escape(json.dumps(key)))


def _line(text: str, pattern: str) -> int:
    return next((at for at, line in enumerate(text.split("\n"), 1) if re.search(pattern, line)), 1)


def with_own(sector: Sector, own: Mapping[str, Indicator]) -> Sector:
    """The sector with an installation's own indicators in the place of those of the same id, or behind them."""
    held = {**{sign.id: sign for sign in sector.indicators}, **own}
    return sector._replace(indicators=tuple(sorted(held.values(), key=lambda sign: sign.number)))


class Registry:
    """The sectors in use: of files that are read again when they change, and kept as they were while they have a fault.

    own: the folder of the installation's own indicators, "" for none.
    """

    def __init__(self, path: str = _DATA, own: str = "") -> None:
        self._path = path
        self._folder = own
        self._changed = -1.0
        self._sectors: dict[str, Sector] = {}
        self._own: dict[str, tuple[float, Union[Indicator, None]]] = {}
        """Path of a file -> (when it changed, what was read of it last without a fault)."""
        self.fault = ""
        self.faults: dict[str, str] = {}
        """Path of a file of the folder -> its fault, with the line."""

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
        except (OSError, ValueError, RecursionError) as error:
            self.fault = f"{self._path}: {error}"
        if not self._sectors:
            raise RegistryError(self.fault or "no indicators")
        found = self._read_own() if self._folder else {}
        return {name: with_own(each, found[name]) if name in found else each for name, each in self._sectors.items()}

    def _read_own(self) -> dict[str, dict[str, Indicator]]:
        """Sector -> id -> indicator of the folder's files; those that are gone are forgotten."""
        found: dict[str, dict[str, Indicator]] = {}
        there: set[str] = set()
        for sector in self._sectors:
            folder = os.path.join(self._folder, sector)
            for name in self._names(folder, there):
                if name.endswith(".json"):
                    path = os.path.join(folder, name)
                    there.add(path)
                    sign = self._one(path, name[: -len(".json")])
                    if sign is not None:
                        found.setdefault(sector, {})[sign.id] = sign
        for gone in {*self._own, *self.faults} - there:
            self._own.pop(gone, None)
            self.faults.pop(gone, None)
        return found

    def _names(self, folder: str, there: set[str]) -> list[str]:
        """The names in a folder; of one that cannot be read, those that were read of it before."""
        try:
            return sorted(os.listdir(folder))[:MOST_OWN] if os.path.exists(folder) else []
        except OSError as error:
            there.add(folder)
            self.faults[folder] = f"{_shown(folder)}: {type(error).__name__}"
            return [os.path.basename(path) for path in sorted(self._own) if os.path.dirname(path) == folder]

    def _one(self, path: str, name: str) -> Union[Indicator, None]:
        before = self._own.get(path, (-1.0, None))
        try:
            found = os.stat(path)
            changed = found.st_mtime
            if changed == before[0]:
                return before[1]
            if not stat.S_ISREG(found.st_mode):
                raise _Refused(1, "no regular file")  # to open a pipe would wait for its writer
            with open(path, "rb") as file:
                sign = read_own(_decoded(file.read(4 * MOST_TEXT + 1)), name)
            self._own[path] = changed, sign
            self.faults.pop(path, None)
            return sign
        except _Refused as refused:
            line, words = refused.args
            self.faults[path] = f"{_shown(path)}:{line}: {words}"
            self._own[path] = changed, before[1]
        except OSError as error:
            self.faults[path] = f"{_shown(path)}: {type(error).__name__}"
        return before[1]


@lru_cache(maxsize=1)
def shipped() -> Registry:
    library = os.path.dirname(os.path.dirname(os.path.dirname(_DATA)))
    installed = os.path.basename(library) == "lib"  # of the app, beside whose lib/ an installation has local/
    return Registry(own=os.path.join(os.path.dirname(library), "local", "risk") if installed else "")


def chosen(names: Sequence[str]) -> list[Sector]:
    """The sectors of these ids, all without one. Raises RegistryError for an unknown one."""
    known = shipped().sectors()
    for name in names:
        if name not in known:
            raise RegistryError(f"unknown sector '{name}'; the sectors are {', '.join(known)}")
    return [known[name] for name in names or known]
