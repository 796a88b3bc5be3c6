"""Field types of a KV collection (field.<name> in collections.conf) and what happens to a value that does not fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from understudy.conf import boolean
from understudy.storage.events import StorageError

KNOWN = {"number", "bool", "string", "time", "array", "cidr"}
UNFIT = object()


class TypeMismatch(StorageError):
    """A value does not fit its field's type and the collection enforces types. The message names field and type."""


class TypeRules:
    """Types of one collection. Text that reads as the type is turned into it; anything else is unfit."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._types = {
            name.removeprefix("field."): value.strip().lower()
            for name, value in settings.items()
            if name.startswith("field.") and value.strip().lower() in KNOWN
        }
        self._enforced = boolean(settings.get("enforceTypes"))

    def is_text(self, field: str) -> bool:
        """Tells whether the field can only hold text, so that SQL may compare it."""
        return self._types.get(field) == "string"

    def applied(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the document with typed values; an unfit one is left out, or raises TypeMismatch when enforced."""
        kept: dict[str, Any] = {}
        for name, value in document.items():
            kind = self._types.get(name)
            fit = value if kind is None or value is None else fitted(value, kind)
            if fit is not UNFIT:
                kept[name] = fit
            elif self._enforced:
                raise TypeMismatch(f"field '{name}' takes a {kind}")
        return kept


def fitted(value: Any, kind: str) -> Any:
    if kind == "string":
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        # A list stays apart: several values are not one text.
        return UNFIT if isinstance(value, (list, dict)) else str(value)
    if kind in {"number", "time"}:
        return number(value)
    if kind == "bool":
        if isinstance(value, bool):
            return value
        words = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
        return words.get(str(value).strip().lower(), UNFIT)
    if kind == "array":
        return value if isinstance(value, list) else [value]
    return value if isinstance(value, str) else UNFIT


def number(value: Any) -> Any:
    if isinstance(value, bool):
        return UNFIT
    if isinstance(value, (int, float)):
        return value
    if not isinstance(value, str):
        return UNFIT
    try:
        return int(value)
    except ValueError:
        pass
    try:
        found = float(value)
    except ValueError:
        return UNFIT
    return found if math.isfinite(found) else UNFIT
