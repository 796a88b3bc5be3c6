"""Observed: values that a STIX object or a MISP event states, by their type, so that facts can name them as columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_COMPARED = re.compile(
    r"(NOT\s+)?\b([a-z0-9][a-z0-9-]{0,60}):([A-Za-z0-9_.\[\]*'-]{1,120}?)\s*=\s*'((?:[^'\\]|\\.){1,4096})'"
)
_MOST_VALUES = 5000
_MAX_PATTERN = 200_000
_NOT_KEPT = frozenset({"attachment", "malware-sample"})
"""Types of MISP whose value is the name of a file; the file itself stands in `data`, which is never kept."""


def stix_columns(item: Mapping[str, Any]) -> dict[str, Any]:
    """A STIX object and its column `observed`: the values of its pattern, or its own, by the type of what was seen.

    Of a pattern only what is said to equal a text counts, and nothing that is negated.
    """
    found: dict[str, list[str]] = {}
    if isinstance(item.get("pattern"), str) and item.get("pattern_type", "stix") == "stix":
        for negated, kind, path, text in _COMPARED.findall(item["pattern"][:_MAX_PATTERN]):
            if not negated:
                _add(found, _name(kind, path), re.sub(r"\\(.)", r"\1", text))
    elif isinstance(item.get("value"), str) and isinstance(item.get("type"), str):
        _add(found, item["type"], item["value"])
    return {**item, "observed": found}


def _name(kind: str, path: str) -> str:
    """`email-addr:value` counts by its type alone; another property is named behind it (`user-account.user_id`)."""
    return kind if path in ("value", "") else f"{kind}-{path.replace('.', '-')}"


def misp_columns(event: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """An event with its attributes and those of its objects in `Attribute`, and `observed`: their values by type.

    Also how many files it carried, of which nothing is kept. What an event says is deleted is left out.
    """
    kept: list[dict[str, Any]] = []
    found: dict[str, list[str]] = {}
    files = 0
    for attribute in _attributes(event):
        if attribute.get("deleted") in (True, 1, "1"):
            continue
        files += bool(attribute.get("data"))
        kind, value = attribute.get("type"), attribute.get("value")
        if not isinstance(kind, str) or not isinstance(value, (str, int)) or kind in _NOT_KEPT:
            continue
        plain = {key: each for key, each in attribute.items() if isinstance(each, (str, int)) and key != "data"}
        kept.append({**plain, "Tag": _tags(attribute)} if attribute.get("Tag") else plain)
        # `domain|ip` and the like hold two values of two types.
        kinds, values = kind.split("|"), str(value).split("|")
        for name, text in zip(kinds, values) if len(kinds) == len(values) else [(kind, str(value))]:
            _add(found, name, text)
    plain = {key: each for key, each in event.items() if key not in ("Attribute", "Object", "Galaxy", "Tag")}
    return {**plain, "Tag": _tags(event), "Attribute": kept[:_MOST_VALUES], "observed": found}, files


def _attributes(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from _tables(event.get("Attribute"))
    for thing in _tables(event.get("Object")):
        if thing.get("deleted") not in (True, 1, "1"):
            yield from _tables(thing.get("Attribute"))


def _tables(value: Any) -> Iterable[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _tags(thing: Mapping[str, Any]) -> list[str]:
    return [str(tag["name"]) for tag in _tables(thing.get("Tag")) if isinstance(tag.get("name"), str)]


def _add(found: dict[str, list[str]], kind: str, text: str) -> None:
    texts = found.setdefault(kind, [])
    if text.strip() and text not in texts and len(texts) < _MOST_VALUES:
        texts.append(text)
