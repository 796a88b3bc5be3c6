"""Nested rows: what of a row with objects and lists in it is kept."""

from __future__ import annotations

from typing import Any

from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.media import holds_media
from minerva.intake.formats.tables import MAX_FIELD_CHARS, rename
from minerva.intake.rows import Row


class _Media(Exception):
    """A text of the row holds an image or the like."""


def cleaned_row(place: str, item: dict[str, Any], facts: ReadFacts) -> Row:
    """The Row of an item: texts that mean nothing emptied, top columns renamed, refused if it carries media."""
    try:
        columns = _cleaned(item, facts.nulls)
    except _Media:
        return Row(place, None, "media")
    if facts.headings:
        columns = dict(zip(rename(list(columns), facts), columns.values()))
    return Row(place, columns)


def _cleaned(value: Any, nulls: frozenset[str]) -> Any:
    if isinstance(value, str):
        if len(value) >= 40 and holds_media(value[: 8 * MAX_FIELD_CHARS]):
            raise _Media
        return "" if nulls and value.strip() in nulls else value
    if isinstance(value, dict):
        return {key: _cleaned(item, nulls) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, nulls) for item in value]
    return value
