"""Kinds of records: what each is, whose name it bears, which time its event has, and the fields that it may hold.

Authors write one YAML a kind in this folder; what runs reads kinds.json, which assembly/emit/record_kinds.py makes of
them. A kind's id is its sourcetype behind `minerva:`, so an id is never changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kinds.json")

OWN_COLUMN = "x_"
"""How the name of an attribute begins that is a source's own and that no kind knows."""


class Field(NamedTuple):
    """An attribute. type: see TYPES of the emitter; many: it may hold several values; personal: its class of data."""

    name: str
    type: str
    meaning: str
    many: bool
    personal: str


class Kind(NamedTuple):
    """A kind of record. time: `event` (its own) or `state` (of reading); name_of: unknown, person, organization, place,
    either; schema: of FollowTheMoney; personal: the class of data of a source of this kind that says nothing else."""

    id: str
    title: str
    plural: str
    description: str
    time: str
    name_of: str
    name_is: str
    schema: str
    personal: str
    fields: tuple[Field, ...]


def _read() -> Mapping[str, Any]:  # Any: JSON
    with open(_DATA, encoding="utf-8") as file:
        document: Mapping[str, Any] = json.load(file)
    return document


def _fields(documents: list[Any]) -> tuple[Field, ...]:
    return tuple(Field(*document) for document in documents)


_DOCUMENT = _read()
EVERY: tuple[Field, ...] = _fields(_DOCUMENT["every"])
"""Fields that records of every kind may have."""
KINDS: Mapping[str, Kind] = {
    document["id"]: Kind(**{**document, "fields": _fields(document["fields"])}) for document in _DOCUMENT["kinds"]
}
RECORD_TYPES = tuple(KINDS)
STATE_TYPES = frozenset(name for name, kind in KINDS.items() if kind.time == "state")
"""Types whose records say what a register holds when it is read. The time of their event is that of reading: the time
that the register states, such as a year of foundation, may lie before all that an index keeps."""


def named_by(*name_of: str) -> frozenset[str]:
    """Returns the kinds whose name is that of a `place`, an `organization`, `either`, a `person` or is `unknown`."""
    return frozenset(name for name, kind in KINDS.items() if kind.name_of in name_of)


@cache
def fields_of(record_type: str) -> Mapping[str, Field]:
    """Returns the attributes that records of a kind may have, by name. Raises KeyError for what is no kind."""
    return {field.name: field for field in (*EVERY, *KINDS[record_type].fields)}


def why_unknown(record_type: str, name: str) -> str:
    """Returns why a record of a kind has no such attribute, and what to write instead; "" if it may have it."""
    if name.startswith(OWN_COLUMN) or record_type not in KINDS or name in fields_of(record_type):
        return ""
    near = [known for known in fields_of(record_type) if known.startswith(name[:4]) or name in known.split("_")]
    hint = f"; near to it: {', '.join(sorted(near))}" if near else ""
    return (
        f"no field of the kind {record_type!r}{hint}; docs/data-model.md lists its fields, and a column that only this"
        f" source has is named {OWN_COLUMN}{name}"
    )
