"""The tables that CSV and XLSX share: which columns they have and how items become rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone

from minerva.exports.cells import json_cell
from minerva.exports.items import SET_ASIDE, EntityItem, Item, RecordItem
from minerva.exports.markings import TLP
from minerva.records.model import TEXT_KEYS

Row = tuple[str, ...]

TABLES: dict[str, Row] = {
    "records": (
        "record_id",
        "tenant_id",
        "tlp",
        "record_type",
        "source_id",
        "observed_time",
        *TEXT_KEYS,
        "attributes",
        "export_id",
    ),
    "record_identifiers": ("record_id", "kind", "identifier", "field", "method", "confidence"),
    "entities": (
        *("entity_id", "tenant_id", "tlp", "size", "first_time", "last_time", "names", "cities"),
        *("record_types", "sources", "explanation", "export_id"),
    ),
    "entity_identifiers": ("entity_id", "kind", "identifier", "set_aside"),
    "entity_records": ("entity_id", "record_id"),
    "joins": ("entity_id", "record_a", "record_b", "rule", "identifier", "strength", "why"),
}
"""Columns by table, in the order of the files and sheets."""

Put = Callable[[str, Row], None]


def put_item(item: Item, export_id: str, put: Put) -> None:
    """Gives every row of an item to `put(table, row)`; rows are texts in the order of the table's columns."""
    if isinstance(item, EntityItem):
        for table, row in _entity_rows(item, export_id):
            put(table, row)
    else:
        for table, row in _record_rows(item, export_id):
            put(table, row)


def _record_rows(item: RecordItem, export_id: str) -> Iterator[tuple[str, Row]]:
    attributes = {name: list(value) if isinstance(value, tuple) else value for name, value in item.attributes.items()}
    head = (item.record_id, item.tenant_id, TLP[item.level], item.record_type, item.source_id, item.observed_time)
    extra = json_cell(attributes) if attributes else ""
    yield "records", (*head, *(item.texts.get(key, "") for key in TEXT_KEYS), extra, export_id)
    for sighting in item.sightings:
        kind = sighting.identifier.partition(":")[0]
        sure = "" if sighting.confidence is None else f"{sighting.confidence:g}"
        how = (sighting.field, sighting.method, sure)
        yield "record_identifiers", (item.record_id, kind, sighting.identifier, *how)


def _entity_rows(item: EntityItem, export_id: str) -> Iterator[tuple[str, Row]]:
    head = (item.entity_id, item.tenant_id, TLP[item.level], str(item.size), iso(item.first_time), iso(item.last_time))
    counts = (_counted(item.record_types), _counted(item.sources))
    yield "entities", (*head, "\n".join(item.names), "\n".join(item.cities), *counts, item.explanation, export_id)
    for identifier in item.identifiers:
        aside = SET_ASIDE if identifier in item.set_aside else ""
        yield "entity_identifiers", (item.entity_id, identifier.partition(":")[0], identifier, aside)
    for record_id in item.records:
        yield "entity_records", (item.entity_id, record_id)
    for join in item.joins:
        yield "joins", (item.entity_id, join.a, join.b, join.rule, join.identifier, f"{join.strength:g}", join.why)


def iso(epoch: int) -> str:
    """Epoch seconds as YYYY-MM-DDTHH:MM:SSZ; "" for 0 (unknown)."""
    if not epoch:
        return ""
    return datetime.fromtimestamp(epoch, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _counted(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{name} ({count})" for name, count in counts.items())
