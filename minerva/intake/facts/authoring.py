"""Authoring: `<id>.yml` files checked with file and line, and gathered into the document of sources.json.

Needs PyYAML, which the shipped packages do not carry: the build and the tests import this module, the runner never.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from minerva.intake.errors import FactsError
from minerva.intake.facts.shape import Path
from minerva.intake.facts.source import check_document
from minerva.records.model import STATE_TYPES


@dataclass(frozen=True)
class Fault:
    """One fault of a yml: file, line (1-based) and message; `str()` is what an editor can jump to."""

    file: FilePath
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def read_source(path: FilePath) -> tuple[Any, list[Fault]]:
    """The document of one yml and every fault in it (syntax, repeated keys, shape, id other than the file stem)."""
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        document = yaml.load(text, Loader=_TextDates)  # a SafeLoader that leaves dates alone
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [Fault(path, line, error.problem or "not YAML")]
    if root is None:
        return None, [Fault(path, 1, "the file is empty")]
    lines: dict[Path, int] = {}
    faults = _lines(root, (), lines, path)
    for problem in check_document(document):
        faults.append(Fault(path, _line_of(problem.path, lines), problem.message))
    if isinstance(document, dict) and document.get("id") not in (None, path.stem):
        faults.append(Fault(path, lines.get(("id",), 1), f"id must be the file stem {path.stem!r}"))
    return document, faults


def gather(folder: FilePath) -> dict[str, Any]:
    """{source id: document} of all `<family>/<id>/<id>.yml` below a folder, sorted by id.

    Raises FactsError with every fault of every file, one a line.
    """
    documents: dict[str, Any] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*/*/*.yml"), key=lambda item: item.stem):
        document, found = read_source(path)
        faults += found
        if path.parent.name != path.stem:
            faults.append(Fault(path, 1, f"must lie in a folder of its own name, not {path.parent.name!r}"))
        if path.stem in documents:
            faults.append(Fault(path, 1, f"a second source {path.stem!r}"))
        documents[path.stem] = document
    if faults:
        raise FactsError("\n".join(map(str, faults)))
    return documents


class _TextDates(yaml.SafeLoader):
    """SafeLoader that leaves dates as text: JSON knows no dates."""


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


def _line_of(path: Path, lines: dict[Path, int]) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def has_time_of_reading(record_type: str) -> bool:
    """Whether the event of such a record has the time of its reading, and not the one that its source states."""
    return record_type in STATE_TYPES
