"""JSON as fields, the way spath names them: `a.b` for objects, `tags{}` and `x{}.y` for arrays; and reading by path."""

from __future__ import annotations

import json
import re
from typing import Any

from understudy.spl.bounds import check_text
from understudy.spl.model import Row, Value
from understudy.spl.values import json_scalar

STEP = re.compile(r"\{(\d*)\}|([^.{}]+)|\.")
MAX_DEPTH = 100
NULL = "null"
"""What JSON null becomes where fields are extracted from text: the same for spath and KV_MODE=json."""


def dump_json(value: Any) -> str:
    """Returns compact JSON text, non-ASCII kept."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    check_text(len(text), "JSON")
    return text


def load_json(text: Any) -> Any:
    """Returns the parsed JSON of a text; raises ValueError when it is none. NaN and Infinity are refused."""
    if not isinstance(text, str):
        raise ValueError("not text")
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def flatten(data: Any, prefix: str = "", null: str | None = None) -> Row:
    """Returns the fields of a JSON value: several values of one name make a multivalue.

    A list directly under a name is `name{}`. Empty objects and arrays leave nothing.
    null: the text that stands for JSON null; None leaves it out.
    """
    found: dict[str, list[Any]] = {}
    _flatten(data, prefix, found, 0, null)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _flatten(data: Any, name: str, found: dict[str, list[Any]], depth: int, null: str | None) -> None:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            _flatten(value, f"{name}.{key}" if name else str(key), found, depth + 1, null)
    elif isinstance(data, list):
        for item in data:
            _flatten(item, f"{name}{{}}", found, depth + 1, null)
    elif data is not None:
        found.setdefault(name, []).append(json_scalar(data))
    elif null is not None:
        found.setdefault(name, []).append(null)


def readable_part(text: str, most: int) -> tuple[str, bool]:
    """Returns what of a text lies within the first `most` bytes of its UTF-8, and whether something lies beyond."""
    if len(text) * 4 <= most:
        return text, False
    data = text.encode("utf-8", "replace")
    return (text, False) if len(data) <= most else (data[:most].decode("utf-8", "ignore"), True)


def complete(text: str) -> str:
    """Returns the longest beginning of cut JSON text that can be closed, closed."""
    stack: list[str] = []
    kept, closing = 0, ""
    in_string = escaped = False
    for index, char in enumerate(text):
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
            continue
        if char == '"':
            in_string = True
        elif char in "{[":
            stack.append("}" if char == "{" else "]")
            kept, closing = index + 1, "".join(reversed(stack))
        elif char in "}]" and stack:
            stack.pop()
            kept, closing = index + 1, "".join(reversed(stack))
        elif char == ",":
            kept, closing = index, "".join(reversed(stack))
    return text[:kept] + closing


def parse_path(path: str) -> list[str | int | None]:
    """Returns the steps of `a.b{0}.c{}`: a key, an index, or None for all elements. Raises ValueError if malformed."""
    steps: list[str | int | None] = []
    index = 0
    while index < len(path):
        found = STEP.match(path, index)
        if found is None:
            raise ValueError(f"'{path}' is no path")
        index = found.end()
        if found.group(2) is not None:
            steps.append(found.group(2))
        elif found.group(1) is not None:
            steps.append(int(found.group(1)) if found.group(1) else None)
    return steps


def select(data: Any, steps: list[str | int | None]) -> list[Any]:
    """Returns every JSON value that the path reaches, in document order."""
    reached = [data]
    for step in steps:
        following: list[Any] = []
        for item in reached:
            if step is None:
                if isinstance(item, list):
                    following.extend(item)
            elif isinstance(step, int):
                if isinstance(item, list) and step < len(item):
                    following.append(item[step])
            elif isinstance(item, dict) and step in item:
                following.append(item[step])
        reached = following
    return reached


def field_value(data: Any) -> Any:
    """Returns a JSON value as a field: scalars as themselves (true as text), objects and arrays as JSON text."""
    return dump_json(data) if isinstance(data, (dict, list)) else json_scalar(data)


def extract_path(text: str, path: str) -> Value | None:
    """Returns what spath finds at a path of JSON text: a value, a multivalue, or None."""
    from understudy.spl.values import collapse

    try:
        found = select(load_json(text), parse_path(path))
    except ValueError:
        return None
    result: Value | None = collapse(NULL if item is None else field_value(item) for item in found)
    return result
