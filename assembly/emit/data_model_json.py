"""Splunk's data model `Minerva` of the app: one dataset of all records and one below it for each kind. Not accelerated,
since an acceleration would copy the records of every institution into summaries of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assembly.emit.kind_facts import FieldFact
from assembly.emit.record_kinds import read_kinds
from assembly.paths import APP

MODEL = f"{APP}/default/data/models/Minerva.json"
ROOT_DATASET = "Record"
_OF_RECORDS = (
    "record_id", "record_type", "identifier", "name", "address", "city", "region", "postcode", "country", "title",
    "url", "source_id", "observed_time",
)  # fmt: skip
_NUMBERS = frozenset({"number", "amount", "degrees"})


def emit_data_model(root: Path) -> dict[str, str]:
    """Returns the data model's file."""
    every, kinds = read_kinds(root)
    if not kinds:
        return {}
    base = [
        _field(name, "timestamp" if name == "_time" else "string", "BaseEvent")
        for name in ("_time", "host", "source", "sourcetype")
    ]
    own = [_field(name, "string", ROOT_DATASET, name == "identifier") for name in _OF_RECORDS]
    objects = [
        _dataset(ROOT_DATASET, "Record", "BaseEvent", [*base, *own, *_fields(every, ROOT_DATASET)], "minerva_record")
    ]
    for kind in kinds:
        lineage = f"{ROOT_DATASET}.{kind.id}"
        objects.append(_dataset(lineage, kind.title, ROOT_DATASET, _fields(kind.fields, lineage), f"minerva_{kind.id}"))
    model = {
        "modelName": "Minerva", "displayName": "Minerva", "description": "Records of Minerva by kind.",
        "objectSummary": {"Event-Based": len(objects), "Transaction-Based": 0, "Search-Based": 0},
        "objects": objects, "objectNameList": [each["objectName"] for each in objects],
    }  # fmt: skip
    return {MODEL: json.dumps(model, ensure_ascii=False, indent=1) + "\n"}


def _dataset(lineage: str, title: str, parent: str, fields: list[dict[str, Any]], event_type: str) -> dict[str, Any]:
    return {
        "objectName": lineage.rpartition(".")[2], "displayName": title, "parentName": parent, "comment": "",
        "fields": fields, "calculations": [], "constraints": [{"search": f"eventtype={event_type}", "owner": lineage}],
        "lineage": lineage,
    }  # fmt: skip


def _fields(fields: Sequence[FieldFact], lineage: str) -> list[dict[str, Any]]:
    return [
        _field(field.name, "number" if field.type in _NUMBERS and not field.many else "string", lineage, field.many)
        for field in fields
    ]


def _field(name: str, kind: str, owner: str, many: bool = False) -> dict[str, Any]:
    return {
        "fieldName": name, "owner": owner, "type": kind, "fieldSearch": "", "required": False, "multivalue": many,
        "hidden": False, "editable": True, "displayName": name, "comment": "",
    }  # fmt: skip
