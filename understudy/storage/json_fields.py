"""Field names and values of JSON text, as automatic extraction names them.

`a.b` for nested objects, `tags{}` and `x{}.y` for arrays, every value text, true and false as words, null as the
word null. Source: the spath page of the search reference and props.conf's KV_MODE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from understudy.spl.json_fields import complete, readable_part

MAX_DEPTH = 100


def flatten(raw: str, most: int | None = None) -> dict[str, list[str]]:
    """Returns the fields of a JSON object (or of the objects of an array); none if the text is not JSON.

    most: how many bytes of it are read (limits.conf [spath] extraction_cutoff); None: all.
    """
    document = _document(raw, most)
    found: dict[str, list[str]] = {}
    if isinstance(document, dict):
        collect(document, "", found)
    elif isinstance(document, list):
        collect_items(document, "{}", found)
    return found


def _document(raw: str, most: int | None) -> Any:
    """Returns the object or array that the text is, or that its beginning makes; None where there is none."""
    text = raw if raw[:1] == "{" else raw.lstrip()
    if text[:1] not in ("{", "["):
        return None
    if most is not None:
        text, cut = readable_part(text, most)
        text = complete(text) if cut else text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def chooser(wanted: frozenset[str], most: int | None = None) -> Callable[[str], dict[str, list[str]]]:
    """Returns a `flatten` that gives the wanted fields only, and looks no deeper than they lie."""
    if any(name.startswith("{}") or "." in name or "{" in name for name in wanted):
        heads = tuple(wanted)
        return lambda raw: _chosen(raw, wanted, heads, most)
    names = sorted(wanted)

    def plain(raw: str) -> dict[str, list[str]]:
        document = _document(raw, most)
        found: dict[str, list[str]] = {}
        if isinstance(document, dict):
            for name in names:
                value = document.get(name)
                if isinstance(value, str):
                    if value:
                        found[name] = [value]
                elif (value is not None or name in document) and (texts := texts_of(value)):
                    found[name] = texts
        return found

    return plain


def texts_of(value: Any) -> list[str]:
    """Returns the values of the field that a key itself makes: one for a scalar, none for what is nested or empty."""
    if isinstance(value, str):
        return [value] if value else []
    return [] if isinstance(value, (dict, list)) else [scalar(value)]


def _chosen(raw: str, wanted: frozenset[str], heads: tuple[str, ...], most: int | None) -> dict[str, list[str]]:
    document = _document(raw, most)
    found: dict[str, list[str]] = {}
    if isinstance(document, dict):
        reached = {key: value for key, value in document.items() if any(head.startswith(key) for head in heads)}
        collect(reached, "", found)
    elif isinstance(document, list):
        collect_items(document, "{}", found)
    return {name: values for name, values in found.items() if name in wanted}


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
