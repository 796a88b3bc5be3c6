"""Free text that names what is erased: the words go, the row stays."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from minerva.tenancy.tombstones import ERASED_TEXT


def masked(value: Any, keys: Collection[str], is_named_in: Callable[[str], bool]) -> Any:
    """A document in which every text under one of the keys, at any depth, that names it reads ERASED_TEXT."""
    if isinstance(value, dict):
        return {
            key: without(each, is_named_in) if key in keys else masked(each, keys, is_named_in)
            for key, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [masked(each, keys, is_named_in) for each in value]
    return value


def without(value: Any, is_named_in: Callable[[str], bool]) -> Any:
    """A value all of whose texts are free text, and the keys of its objects too."""
    if isinstance(value, str):
        return ERASED_TEXT if is_named_in(value) else value
    if isinstance(value, dict):
        return {without(key, is_named_in): without(each, is_named_in) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [without(each, is_named_in) for each in value]
    return value
