"""Shaping: what a portal's software does to rows, undone, so that facts name columns as the publisher does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from minerva.intake.errors import BodyError
from minerva.intake.facts.web import HttpFacts
from minerva.intake.formats.strict_json import parse_json_text
from minerva.intake.mapping.dates import format_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MOST_MS = 4102444800_000  # 2100-01-01


def shaped(facts: HttpFacts, document: Any, items: Sequence[Any]) -> list[Any]:
    """The items of a JSON answer as the facts of its preset know them; the same items without a preset."""
    shape = _BY_PRESET.get(facts.preset)
    if shape is None:
        return list(items)
    return [shape(document, item) if isinstance(item, dict) else item for item in items]


def _socrata(_: Any, item: dict[str, Any]) -> dict[str, Any]:
    """A location holds its postal address as JSON in a text: it becomes an object of the location."""
    made = dict(item)
    for name, value in item.items():
        if isinstance(value, dict) and isinstance(value.get("human_address"), str):
            made[name] = {**value, "human_address": _object(value["human_address"])}
    return made


def _object(text: str) -> Any:
    try:
        found = parse_json_text(text)
    except BodyError:
        return text
    return found if isinstance(found, dict) else text


def _arcgis(document: Any, item: dict[str, Any]) -> dict[str, Any]:
    """`attributes` become the columns, `geometry` stays beside them, dates (epoch milliseconds) become UTC texts."""
    attributes = item.get("attributes")
    if not isinstance(attributes, dict):
        return item
    dates = _dates(document)
    made = {name: _date(value) if name in dates else value for name, value in attributes.items()}
    geometry = item.get("geometry")
    if isinstance(geometry, dict) and {"x", "y"} <= set(geometry):
        made["geometry"] = {"x": geometry["x"], "y": geometry["y"]}
    return made


def _dates(document: Any) -> frozenset[str]:
    fields = document.get("fields") if isinstance(document, dict) else None
    return frozenset(
        str(field.get("name"))
        for field in (fields if isinstance(fields, list) else ())
        if isinstance(field, dict) and field.get("type") == "esriFieldTypeDate"
    )


def _date(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _MOST_MS:
        return value
    # Not from a time stamp: Windows has none before 1970, and registers hold dates of birth.
    return format_utc(_EPOCH + timedelta(milliseconds=value))


_BY_PRESET: Mapping[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {"socrata": _socrata, "arcgis": _arcgis}
