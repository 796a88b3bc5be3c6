"""Nested rows: what of a row with objects and lists in it is kept."""

from __future__ import annotations

from typing import Any

from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.media import holds_media
from minerva.intake.formats.tables import MAX_COLUMNS, MAX_ROW_CHARS, rename
from minerva.intake.rows import Row


class _Refused(Exception):
    """The row is not kept; the code says why."""


def cleaned_row(place: str, item: dict[str, Any], facts: ReadFacts) -> Row:
    """The Row of an item: null marks emptied, top columns renamed; media and a text too long are faults."""
    try:
        columns = _cleaned(item, facts.nulls)
    except _Refused as refused:
        return Row(place, None, str(refused))
    if len(columns) > MAX_COLUMNS:
        return Row(place, None, "columns")
    if facts.headings or facts.heading_words:
        columns = dict(zip(rename(list(columns), facts), columns.values()))
    return Row(place, columns)


def _cleaned(value: Any, nulls: frozenset[str]) -> Any:
    if isinstance(value, str):
        if len(value) > MAX_ROW_CHARS:
            raise _Refused("row_too_long")
        if holds_media(value):
            raise _Refused("media")
        return "" if nulls and value.strip() in nulls else value
    if isinstance(value, dict):
        return {key: _cleaned(item, nulls) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, nulls) for item in value]
    return value
