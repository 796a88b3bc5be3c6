"""Authoring: `<id>.yml` files and the `evidence.yml` beside them, checked with file and line, and gathered into the
document of sources.json.

Needs PyYAML, which the shipped packages do not carry: the build and the tests import this module, the runner never.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from minerva.intake.errors import FactsError
from minerva.intake.facts.evidence import bearing, check_pieces, reference, state_of, unknown_columns
from minerva.intake.facts.inheritance import chain, resolve
from minerva.intake.facts.shape import Path, Problem
from minerva.intake.facts.source import DEMO, check_document
from minerva.intake.facts.standing import UNCONFIRMED


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
    """One yml as it was read: its document (None where it cannot be read), the line of each key, faults so far.

    `pieces` are those of the evidence beside it, None where there is none.
    """

    path: FilePath
    document: Any
    lines: Mapping[Path, int]
    faults: Sequence[Fault]
    pieces: Sequence[Mapping[str, Any]] | None = None


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
        if path.name == EVIDENCE:
            continue
        if path.parent.name != path.stem:
            faults.append(Fault(path, 1, f"must lie in a folder of its own name, not {path.parent.name!r}"))
        if path.stem in authored:
            faults.append(Fault(path, 1, f"a second source {path.stem!r}"))
        authored[path.stem] = _read(path)
    documents, found = _merged(authored)
    if faults or found:
        raise FactsError("\n".join(map(str, [*faults, *found])))
    return {name: document for name, document in documents.items() if abstract or not document.get("abstract")}


def read_evidence(path: FilePath) -> tuple[list[Mapping[str, Any]], list[Fault]]:
    """The pieces of an evidence.yml and every fault in it; of a file with faults no pieces."""
    pieces, lines, faults = _read_yaml(path)
    if not faults:
        faults = [Fault(path, _line(lines, item.path), item.message) for item in check_pieces(pieces)]
    return ([] if faults else pieces), faults


def _read(path: FilePath) -> Authored:
    document, lines, faults = _read_yaml(path)
    if document is None:
        return Authored(path, None, {}, faults)
    if not isinstance(document, dict):
        return Authored(path, None, {}, [Fault(path, 1, "expected a map of keys")])
    if document.get("id") not in (None, path.stem):
        faults.append(Fault(path, lines.get(("id",), 1), f"id must be the file stem {path.stem!r}"))
    if "family" in document:
        faults.append(Fault(path, lines.get(("family",), 1), "family is the folder's name and is not written down"))
    if "evidence" in document:
        line = lines.get(("evidence",), 1)
        faults.append(Fault(path, line, f"evidence stands in {EVIDENCE} beside this file, as a list of pieces"))
        document.pop("evidence")
    pieces, more = read_evidence(path.parent / EVIDENCE) if (path.parent / EVIDENCE).is_file() else (None, [])
    return Authored(path, {**document, "family": path.parent.parent.name}, lines, [*faults, *more], pieces)


def _read_yaml(path: FilePath) -> tuple[Any, dict[Path, int], list[Fault]]:
    """What a file holds, the line of each key, and the faults for which it cannot be read or is doubtful."""
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=_TextDates)
        document = None if root is None else yaml.constructor.SafeConstructor().construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, {}, [Fault(path, line, error.problem or "not YAML")]
    if document is None:
        return None, {}, [Fault(path, 1, "the file is empty")]
    lines: dict[Path, int] = {}
    faults = _lines(root, (), lines, path)
    return document, lines, faults


def _line(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a key, or of what holds it."""
    return next((lines[path[:size]] for size in range(len(path), -1, -1) if path[:size] in lines), 1)


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
        if not document.get("abstract") and document["family"] != DEMO:
            document["evidence"] = {"state": UNCONFIRMED, "reference": "none is named yet"}
        files = [authored[_name_of(each, readable)] for each in near]
        problems = [*check_document(document), *_missing(document)]
        for problem in problems or _told_by_evidence(document, files):
            faults[_placed(problem, files)] = None
        document.pop("needs", None)
    return documents, list(faults)


def _told_by_evidence(document: dict[str, Any], files: Sequence[Authored]) -> list[Problem]:
    """Puts state and reference of the evidence into a document; returns the columns that no piece knows as problems.

    Columns of a parent are known by its evidence; only that of a template says anything of those that are like it.
    """
    if document.get("abstract") or document["family"] == DEMO:
        return []
    own, *above = files
    if own.pieces is None:
        return []
    unknown = unknown_columns(document, [piece for file in files for piece in file.pieces or ()])
    pieces = [*own.pieces, *(piece for file in above if file.document.get("abstract") for piece in file.pieces or ())]
    shown = bearing(document, pieces) or pieces
    told = "; ".join(dict.fromkeys(map(reference, shown[:2])))
    document["evidence"] = {"state": state_of(document, pieces), "reference": told}
    return [
        Problem(
            ("mapping", *_place_of(document["mapping"], item.column)),
            f"no piece of {EVIDENCE} knows the column {item.column!r}"
            + (f"; near to it: {item.near!r}" * bool(item.near)),
        )
        for item in unknown
    ]


def _place_of(value: Any, column: str) -> Path:
    """The path to where a column is written in a mapping, () where it is not written out."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if inner == column:
            return (key,)
        below = _place_of(inner, column)
        if below:
            return (key, *below)
    return ()


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


EVIDENCE = "evidence.yml"
"""The name of the file of evidence in a source's folder."""

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
