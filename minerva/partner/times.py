"""Times as the API tells them: one text form, YYYY-MM-DDTHH:MM:SSZ in UTC. Services count epoch seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from minerva.partner.contract.checking import REF, Schema

FORMAT = "date-time"
FORM = "%Y-%m-%dT%H:%M:%SZ"


def told(value: Any, schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    """A value of a schema, each epoch second where the schema has a time as text.

    A time that is not known (0 or None) is null where the schema allows it, and left out where it is optional.
    """
    if "$ref" in schema:
        schema = schemas[schema["$ref"][len(REF) :]]
    if schema.get("format") == FORMAT:
        return _text(value, schema)
    if isinstance(value, list):
        items = schema.get("items", {})
        return [told(each, items, schemas) for each in value] if items else value
    if not isinstance(value, dict):
        return value
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    if not properties and not isinstance(others, Mapping):
        return value
    needed = schema.get("required", ())
    found = {}
    for name, each in value.items():
        inner = properties.get(name, others if isinstance(others, Mapping) else {})
        if not each and inner.get("format") == FORMAT and name not in needed:
            continue
        found[name] = told(each, inner, schemas)
    return found


def seconds(text: str) -> int:
    """Epoch seconds of a time in that form. Raises ValueError."""
    return int(datetime.strptime(text, FORM).replace(tzinfo=timezone.utc).timestamp())


def _text(value: Any, schema: Schema) -> Any:
    if not value and "null" in schema["type"]:
        return None
    return _written(int(value)) if isinstance(value, (int, float)) else value


@lru_cache(maxsize=4096)
def _written(moment: int) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime(FORM)
