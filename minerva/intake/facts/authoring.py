"""Authoring: `<id>.yml` files checked with file and line, and gathered into the document of sources.json.

Needs PyYAML, which the shipped packages do not carry: the build and the tests import this module, the runner never.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from minerva.intake.errors import FactsError
from minerva.intake.facts.inheritance import chain, resolve
from minerva.intake.facts.shape import Path, Problem
from minerva.intake.facts.source import DEMO, check_document


@dataclass(frozen=True)
class Fault:
    """One fault of a yml: file, line (1-based) and message; `str()` is what an editor can jump to."""

    file: FilePath
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Authored:
    """One yml as it was read: its document (None where it cannot be read), the line of each key, faults so far."""

    path: FilePath
    document: Any
    lines: Mapping[Path, int]
    faults: Sequence[Fault]


def read_source(path: FilePath) -> tuple[Any, list[Fault]]:
    """The document of one yml that stands alone and every fault in it (syntax, repeated keys, shape, id, folder)."""
    authored = _read(path)
    documents, faults = _merged({path.stem: authored})
    return documents.get(path.stem, authored.document), faults


def gather(folder: FilePath, *, abstract: bool = False) -> dict[str, Any]:
    """{source id: document} of all `<family>/<id>/<id>.yml` below a folder, sorted by id, inheritance worked out.

    Abstract sources, which others are like and nobody reads, come only if asked for. Raises FactsError with every
    fault of every file, one a line.
    """
    authored: dict[str, Authored] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*/*/*.yml"), key=lambda item: item.stem):
        if path.parent.name != path.stem:
            faults.append(Fault(path, 1, f"must lie in a folder of its own name, not {path.parent.name!r}"))
        if path.stem in authored:
            faults.append(Fault(path, 1, f"a second source {path.stem!r}"))
        authored[path.stem] = _read(path)
    documents, found = _merged(authored)
    if faults or found:
        raise FactsError("\n".join(map(str, [*faults, *found])))
    return {name: document for name, document in documents.items() if abstract or not document.get("abstract")}


def _read(path: FilePath) -> Authored:
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=_TextDates)
        document = None if root is None else yaml.constructor.SafeConstructor().construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Authored(path, None, {}, [Fault(path, line, error.problem or "not YAML")])
    if not isinstance(document, dict):
        fault = "the file is empty" if root is None else "expected a map of keys"
        return Authored(path, None, {}, [Fault(path, 1, fault)])
    lines: dict[Path, int] = {}
    faults = _lines(root, (), lines, path)
    if document.get("id") not in (None, path.stem):
        faults.append(Fault(path, lines.get(("id",), 1), f"id must be the file stem {path.stem!r}"))
    if "family" in document:
        faults.append(Fault(path, lines.get(("family",), 1), "family is the folder's name and is not written down"))
    return Authored(path, {**document, "family": path.parent.parent.name}, lines, faults)


def _merged(authored: Mapping[str, Authored]) -> tuple[dict[str, Any], list[Fault]]:
    """Each readable source with what it inherits, and every fault once, in the file that says the wrong thing."""
    readable = {name: item.document for name, item in authored.items() if item.document is not None}
    documents: dict[str, Any] = {}
    faults: dict[Fault, None] = {}
    for name, item in authored.items():
        faults.update(dict.fromkeys(item.faults))
        if item.document is None:
            continue
        try:
            near = chain([readable], name)
        except FactsError as error:
            faults[Fault(item.path, item.lines.get(("like",), 1), str(error))] = None
            continue
        documents[name] = document = resolve(near)
        files = [authored[_name_of(each, readable)] for each in near]
        for problem in [*check_document(document), *_missing(document)]:
            faults[_placed(problem, files)] = None
    return documents, list(faults)


def _name_of(document: Any, readable: Mapping[str, Any]) -> str:
    return next(name for name, each in readable.items() if each is document)


def _missing(document: Mapping[str, Any]) -> list[Problem]:
    """What sources that ship say beyond those that an administrator makes."""
    asked = not document.get("abstract") and document.get("family") != DEMO
    return [Problem((), "required key 'landing_url' is missing")] if asked and "landing_url" not in document else []


def _placed(problem: Problem, files: Sequence[Authored]) -> Fault:
    """A problem at the key that causes it, in the file that says most of the way to it (the nearest where alike)."""

    def known(item: Authored) -> int:
        return next(size for size in range(len(problem.path), -1, -1) if not size or problem.path[:size] in item.lines)

    file = max(files, key=known)
    return Fault(file.path, file.lines.get(problem.path[: known(file)], 1), problem.message)


# libyaml reads a file ten times as fast, where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextDates(_Loader):  # type: ignore[misc]
    """A safe loader that leaves dates as text: JSON knows no dates."""


_TextDates.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _lines(node: Any, path: Path, lines: dict[Path, int], file: FilePath) -> list[Fault]:
    """Fill `lines` with the line of every key and item; faults are repeated keys (YAML would keep the last)."""
    lines.setdefault(path, node.start_mark.line + 1)
    faults: list[Fault] = []
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            name = key.value
            if name in seen:
                faults.append(Fault(file, key.start_mark.line + 1, f"key {name!r} is repeated"))
            seen.add(name)
            lines[(*path, name)] = key.start_mark.line + 1
            faults += _lines(value, (*path, name), lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            faults += _lines(item, (*path, index), lines, file)
    return faults
