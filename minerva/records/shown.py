"""The fields of a record as a search shows them, read from the text of its event.

Whoever may write into an index may give an event any field, around a genuine text too. So what stands under such a name
counts only as far as the text says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from minerva.records.kinds import RECORD_TYPES, fields_of
from minerva.records.model import INDEX_PREFIX, INDEXED_KEYS, TEXT_KEYS

IDENTIFIER = "identifier"
_INDEXED = (*INDEXED_KEYS, IDENTIFIER)
_PLAIN = ("source_id", "source_key", "observed_time", *TEXT_KEYS)
_NESTED = ("key.", "attributes.", "marking.", "evidence{}")


def is_of_record(name: str) -> bool:
    """Whether a field of this name says something of a record."""
    return name in _names() or name.startswith(_NESTED)


def shown(event: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record's event: texts, and lists of several."""
    found: dict[str, list[str]] = {}
    for name, value in _flat("", event):
        found.setdefault(name, []).append(value)
    for name, value in event["key"].items():
        found[name] = found[f"{INDEX_PREFIX}{name}"] = [value]
    identifiers = sorted({*found.get("evidence{}.identifier", ())})
    found[IDENTIFIER] = found[f"{INDEX_PREFIX}{IDENTIFIER}"] = identifiers
    for name, value in event.get("attributes", {}).items():
        found.setdefault(name, [value] if isinstance(value, str) else [*value])
    return {name: values if len(values) > 1 else values[0] for name, values in found.items() if values}


@cache
def _names() -> frozenset[str]:
    attributes = (name for kind in RECORD_TYPES for name in fields_of(kind))
    return frozenset([*_INDEXED, *(f"{INDEX_PREFIX}{name}" for name in _INDEXED), *_PLAIN, *attributes])


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:  # Any: JSON
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list):
        for each in value:
            yield from _flat(f"{name}{{}}", each)
    else:
        yield name, value if isinstance(value, str) else str(value)
