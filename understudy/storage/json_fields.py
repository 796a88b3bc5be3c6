"""Field names and values of JSON text, as automatic extraction names them.

`a.b` for nested objects, `tags{}` and `x{}.y` for arrays, every value text, true and false as words, null as the
word null. Source: the spath page of the search reference and props.conf's KV_MODE.
"""

from __future__ import annotations

from typing import Any

import orjson

MAX_DEPTH = 100


def flatten(raw: str) -> dict[str, list[str]]:
    """Returns the fields of a JSON object (or of the objects of an array); none if the text is not JSON."""
    text = raw.lstrip()
    if text[:1] not in ("{", "["):
        return {}
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    found: dict[str, list[str]] = {}
    if isinstance(document, dict):
        collect(document, "", found)
    elif isinstance(document, list):
        collect_items(document, "{}", found)
    return found


def collect(document: dict[str, Any], prefix: str, found: dict[str, list[str]], depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        return
    for key, value in document.items():
        name = f"{prefix}{key}"
        if isinstance(value, str):
            if value:
                found.setdefault(name, []).append(value)
        elif isinstance(value, dict):
            collect(value, f"{name}.", found, depth + 1)
        elif isinstance(value, list):
            collect_items(value, f"{name}{{}}", found, depth + 1)
        else:
            found.setdefault(name, []).append(scalar(value))


def collect_items(items: list[Any], name: str, found: dict[str, list[str]], depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        return
    for item in items:
        if isinstance(item, dict):
            collect(item, f"{name}.", found, depth + 1)
        elif isinstance(item, list):
            collect_items(item, f"{name}{{}}", found, depth + 1)
        elif isinstance(item, str):
            if item:
                found.setdefault(name, []).append(item)
        else:
            found.setdefault(name, []).append(scalar(item))


def scalar(value: Any) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    return repr(value)
