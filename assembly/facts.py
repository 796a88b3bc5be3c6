"""Reads authored YAML strictly into frozen dataclasses: the one place where a fact file's text becomes facts.

Every error names file, line and key, since the person who meets it has just typed that line.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Facts = TypeVar("Facts")
# libyaml reads a file ten times as fast, where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FactError(Exception):
    """A fact file says something that nobody reads, or leaves out what somebody needs."""

    def __init__(self, path: Path, line: int, key: str, problem: str) -> None:
        super().__init__(f"{path}:{line}: {key}: {problem}" if key else f"{path}:{line}: {problem}")
        self.path, self.line, self.key = path, line, key


def read_facts(path: Path, shape: type[Facts]) -> Facts:
    """Returns the file's content as `shape`: a dataclass, or list[...] or dict[str, ...] of one.

    Field names are the YAML keys; a field without a default is required. Raises FactError.
    """
    return typing.cast(Facts, _value(path, _compose(path), shape, ""))


def read_document(path: Path) -> dict[str, Any]:
    """Returns the file as plain data with duplicate keys refused. Raises FactError if it is no mapping."""
    document = _plain(path, _compose(path), "")
    if not isinstance(document, dict):
        raise FactError(path, 1, "", "expected a mapping at the top")
    return document


def _compose(path: Path) -> Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FactError(path, line, "", f"not YAML: {error.problem}") from error
    if node is None:
        raise FactError(path, 1, "", "the file is empty")
    return node


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _pairs(path: Path, node: MappingNode, key: str) -> dict[str, tuple[Node, Node]]:
    found: dict[str, tuple[Node, Node]] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        if name in found:
            raise FactError(path, _line(name_node), _join(key, name), "given twice")
        found[name] = (name_node, value_node)
    return found


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _plain(path: Path, node: Node, key: str) -> Any:  # Any: what YAML holds
    if isinstance(node, MappingNode):
        return {name: _plain(path, value, _join(key, name)) for name, (_, value) in _pairs(path, node, key).items()}
    if isinstance(node, SequenceNode):
        return [_plain(path, item, f"{key}[{index}]") for index, item in enumerate(node.value)]
    return SafeConstructor().construct_object(node, deep=True)


def _value(path: Path, node: Node, shape: Any, key: str) -> Any:  # Any: shapes are types of every kind
    origin = typing.get_origin(shape)
    if dataclasses.is_dataclass(shape):
        return _record(path, node, shape, key)
    if origin is list:
        if not isinstance(node, SequenceNode):
            raise FactError(path, _line(node), key, "expected a list")
        (item_shape,) = typing.get_args(shape)
        return [_value(path, item, item_shape, f"{key}[{index}]") for index, item in enumerate(node.value)]
    if origin is dict:
        if not isinstance(node, MappingNode):
            raise FactError(path, _line(node), key, "expected a mapping")
        _, value_shape = typing.get_args(shape)
        pairs = _pairs(path, node, key)
        return {name: _value(path, value, value_shape, _join(key, name)) for name, (_, value) in pairs.items()}
    if origin is typing.Literal:
        choices = typing.get_args(shape)
        value = _plain(path, node, key)
        if value not in choices:
            raise FactError(path, _line(node), key, f"{value!r} is none of {', '.join(map(str, choices))}")
        return value
    if origin in (types.UnionType, typing.Union):
        return _union(path, node, typing.get_args(shape), key)
    return _scalar(path, node, shape, key)


def _union(path: Path, node: Node, shapes: tuple[Any, ...], key: str) -> Any:
    plain_null = isinstance(node, ScalarNode) and node.tag.endswith(":null")
    if plain_null and type(None) in shapes:
        return None
    candidates = [shape for shape in shapes if shape is not type(None)]
    for shape in candidates[:-1]:
        wants_list = typing.get_origin(shape) is list
        wants_map = typing.get_origin(shape) is dict or dataclasses.is_dataclass(shape)
        if isinstance(node, SequenceNode) == wants_list and isinstance(node, MappingNode) == wants_map:
            return _value(path, node, shape, key)
    return _value(path, node, candidates[-1], key)


def _scalar(path: Path, node: Node, shape: Any, key: str) -> Any:
    value = _plain(path, node, key)
    if shape is Any:
        return value
    if shape is str and isinstance(node, ScalarNode) and not isinstance(value, (bool, type(None))):
        return str(node.value)
    if shape is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not shape:
        raise FactError(path, _line(node), key, f"expected {shape.__name__}, found {value!r}")
    return value


def _record(path: Path, node: Node, shape: Any, key: str) -> Any:
    if not isinstance(node, MappingNode):
        raise FactError(path, _line(node), key, "expected a mapping")
    hints = typing.get_type_hints(shape)
    fields = {field.name: field for field in dataclasses.fields(shape)}
    pairs = _pairs(path, node, key)
    for name, (name_node, _) in pairs.items():
        if name not in fields:
            near = difflib.get_close_matches(name, fields, 1)
            hint = f" (did you mean {near[0]!r}?)" if near else f"; known: {', '.join(fields)}"
            raise FactError(path, _line(name_node), _join(key, name), f"unknown key{hint}")
    values = {name: _value(path, value, hints[name], _join(key, name)) for name, (_, value) in pairs.items()}
    missing = [name for name, field in fields.items() if _is_required(field) and name not in values]
    if missing:
        raise FactError(path, _line(node), key, f"missing: {', '.join(missing)}")
    check: Callable[[Any], str | None] | None = getattr(shape, "problem", None)
    made = shape(**values)
    problem = check(made) if check is not None else None
    if problem:
        raise FactError(path, _line(node), key, problem)
    return made


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
