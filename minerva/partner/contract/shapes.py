"""The pieces that the API's schemas are made of: ids, references, objects of exact keys, pages of lists."""

from __future__ import annotations

from typing import Any

from minerva.partner.contract.checking import REF, Schema

ENTITY_ID = {"type": "string", "pattern": "^e_[0-9a-f]{16}$"}
RECORD_ID = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
TOKEN = {"type": "string", "pattern": "^[0-9a-f]{24}$"}
IDENTIFIER = {
    "type": "string",
    "minLength": 3,
    "maxLength": 2100,
    "pattern": "^[a-z_]+:[^\\u0000]+$",
    "description": "kind:value, in any form that people write the value, e.g. phone:+1 415 555 0123",
}
TENANT_ID = {"type": "string", "description": "id of the institution"}
TIME = {
    "type": "string", "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    "description": "UTC, to the second",
}  # fmt: skip
"""Every time of the API, in requests and in answers (see times.py)."""
CURSOR = {"type": "string", "maxLength": 500, "description": "`next_cursor` of the page before"}
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}


def ref(name: str) -> dict[str, Any]:
    """A reference to a schema of SCHEMAS."""
    return {"$ref": REF + name}


def limit(most: int, default: int) -> dict[str, Any]:
    """How many at most on a page."""
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


def listed(item: Schema, most: int) -> dict[str, Any]:
    """A list of at least one and so many at most."""
    return {"type": "array", "items": item, "minItems": 1, "maxItems": most}


def table(properties: dict[str, Any], optional: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """An object of exactly these keys, all of them required but the optional ones."""
    needed = [name for name in properties if name not in optional]
    return {
        "type": "object", "properties": properties, "required": needed, "additionalProperties": False, **more,
    }  # fmt: skip


def page(name: str, item: Schema) -> dict[str, Any]:
    """A page of a list: its items under `name`, and the cursor of the next one or null."""
    return table({name: {"type": "array", "items": item}, "next_cursor": {"type": ["string", "null"]}})


LISTED = {"limit": limit(1000, 100), "cursor": CURSOR}
"""The query of a list that is given in pages."""
