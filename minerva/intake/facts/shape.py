"""Shapes: a small table language that says which keys and values a document of facts may hold.

`check` returns every problem with its path, so that authoring can add the line of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union

Path = tuple[Union[str, int], ...]


@dataclass(frozen=True)
class Problem:
    """One fault of a document: where (keys and indexes from the top) and what."""

    path: Path
    message: str


@dataclass(frozen=True)
class Scalar:
    """A text, number or truth value; texts may be held to choices or a pattern."""

    kinds: tuple[type, ...] = (str,)
    choices: tuple[Any, ...] = ()
    pattern: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Anything:
    """Any value that JSON can hold."""


@dataclass(frozen=True)
class ListOf:
    """A list whose items have one shape."""

    item: Shape
    least: int = 0


@dataclass(frozen=True)
class MapOf:
    """A map from free keys to values of one shape."""

    item: Shape
    key_pattern: str | None = None


@dataclass(frozen=True)
class Table:
    """A map with known keys only."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)


@dataclass(frozen=True)
class EitherOf:
    """A value that has the first shape if it is a scalar, else the second."""

    scalar: Scalar
    other: Union[Table, ListOf, MapOf]


Shape = Union[Scalar, Anything, ListOf, MapOf, Table, EitherOf]

TEXT = Scalar()
ANYTHING = Anything()
NAME = Scalar(pattern=r"[a-z][a-z0-9_]*")
TRUTH = Scalar((bool,))
NUMBER = Scalar((int, float), low=0)
COUNT = Scalar((int,), low=0)
TEXTS = ListOf(TEXT)


def check(document: Any, shape: Shape, path: Path = (), *, part: bool = False) -> list[Problem]:
    """Every problem of a document against a shape, in document order; of a `part` nothing is missing."""
    if isinstance(shape, Anything):
        return []
    if isinstance(shape, EitherOf):
        return check(document, shape.other if isinstance(document, (dict, list)) else shape.scalar, path, part=part)
    if isinstance(shape, Scalar):
        return _check_scalar(document, shape, path)
    if isinstance(shape, ListOf):
        if not isinstance(document, list):
            return [Problem(path, "expected a list")]
        problems = [] if len(document) >= shape.least else [Problem(path, f"expected at least {shape.least} items")]
        for index, item in enumerate(document):
            problems += check(item, shape.item, (*path, index), part=part)
        return problems
    if not isinstance(document, dict):
        return [Problem(path, "expected a map of keys")]
    if isinstance(shape, MapOf):
        problems = []
        for key, value in document.items():
            if not isinstance(key, str) or (shape.key_pattern and not re.fullmatch(shape.key_pattern, key)):
                problems.append(Problem((*path, key), f"key {key!r} is not allowed here"))
            problems += check(value, shape.item, (*path, key), part=part)
        return problems
    return _check_table(document, shape, path, part)


def _check_table(document: dict[str, Any], shape: Table, path: Path, part: bool) -> list[Problem]:
    known = {**shape.required, **shape.optional}
    problems = []
    for key, value in document.items():
        if key not in known:
            problems.append(Problem((*path, key), f"unknown key {key!r}; known here: {', '.join(sorted(known))}"))
        else:
            problems += check(value, known[key], (*path, key), part=part)
    if part:
        return problems
    return problems + [
        Problem(path, f"required key {key!r} is missing") for key in shape.required if key not in document
    ]


def _check_scalar(value: Any, shape: Scalar, path: Path) -> list[Problem]:
    names = " or ".join(kind.__name__ for kind in shape.kinds)
    if (isinstance(value, bool) and bool not in shape.kinds) or not isinstance(value, shape.kinds):
        return [Problem(path, f"expected {names}")]
    if shape.choices and value not in shape.choices:
        return [Problem(path, f"expected one of: {', '.join(map(str, shape.choices))}")]
    if shape.pattern is not None and not re.fullmatch(shape.pattern, str(value)):
        return [Problem(path, f"does not match {shape.pattern}")]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if shape.low is not None and value < shape.low:
            return [Problem(path, f"must be at least {shape.low:g}")]
        if shape.high is not None and value > shape.high:
            return [Problem(path, f"must be at most {shape.high:g}")]
    return []
