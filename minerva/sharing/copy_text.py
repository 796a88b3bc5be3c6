"""Copies and tombstones as text: how the service writes one, how it is read strictly, and its fields in a search.

Text that another parser could read in another way is not read at all: a key that stands twice or elsewhere, a blank, a
number or a letter written differently. So what is signed, what is read and what is shown are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from minerva.records.kinds import RECORD_TYPES

RELEASE, RECALL = "minerva:release", "minerva:recall"
SIGNATURE = "signature"
LONGEST = 1_048_576
"""Bytes at which an index cuts both source types (TRUNCATE in props.conf): longer text is never whole."""

_TEXT, _MOMENT, _WHOLE, _TEXTS, _OBJECT = (str,), (float, int), (int,), (list,), (dict,)
_RELEASE_KEYS: Mapping[str, tuple[type, ...]] = {
    "released_time": _TEXT, "moment": _MOMENT, "copy_id": _TEXT, "share_id": _TEXT, "object": _TEXT, "what": _TEXT,
    "owner": _TEXT, "level": _TEXT, "tlp": _TEXT, "expires": _WHOLE, "obligations": _TEXTS, "classes": _TEXTS,
    "content": _OBJECT, SIGNATURE: _TEXT,
}  # fmt: skip
_RECALL_KEYS: Mapping[str, tuple[type, ...]] = {
    "recalled_time": _TEXT, "moment": _MOMENT, "copy_id": _TEXT, SIGNATURE: _TEXT,
}  # fmt: skip
_KEYS = {RELEASE: _RELEASE_KEYS, RECALL: _RECALL_KEYS}

FIELDS = (
    "released_time", "recalled_time", "moment", "copy_id", "share_id", "object", "what", "owner", "level", "tlp",
    "expires", "obligations{}", "classes{}", "content.identifiers{}", "content.names{}", "content.cities{}",
    "content.size", "content.first_time", "content.last_time",
    *(f"content.record_types.{name}" for name in RECORD_TYPES),
)  # fmt: skip
"""What a search sees of an event, named as Splunk names fields of JSON."""


def line_of(event: Mapping[str, Any]) -> str:
    """The event as one line. Raises ValueError for a number that JSON does not have."""
    return json.dumps(event, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def read(kind: str, text: str) -> dict[str, Any] | None:
    """The event of a text of that source type, None for all that the service would not have written so.

    Whether the service did write it, the signature tells alone.
    """
    keys = _KEYS.get(kind)
    if keys is None or len(text) > LONGEST:
        return None
    try:
        event = json.loads(text)
        # A key that stands twice is gone from the event, so this finds it too.
        same = line_of(event) == text
    except (ValueError, RecursionError):
        return None
    if not same or not isinstance(event, dict) or tuple(event) != tuple(keys):
        return None
    fitting = all(type(event[name]) in types for name, types in keys.items())
    texts = (each for value in event.values() if isinstance(value, list) for each in value)
    return event if fitting and all(isinstance(each, str) for each in texts) else None


def fields_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """FIELDS with their values in an event: text, a list of texts, or None."""
    flat = dict(each for name, value in event.items() for each in _flat(name, value))
    return {name: flat.get(name) for name in FIELDS}


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}", inner)
    elif isinstance(value, list):
        yield f"{name}{{}}", [_word(each) for each in value]
    else:
        yield name, _word(value)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
