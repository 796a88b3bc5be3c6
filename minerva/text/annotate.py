"""Families of near-duplicates added to rows: what the search command minervatext does, without Splunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Union

from minerva.search_words import FIELD
from minerva.text.families import families

ADDED = ("text_group", "text_group_size", "text_template", "text_slots")


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


def read_field(given: Union[str, None]) -> str:
    """Returns the field to read, `text` where none is named. Raises OptionError."""
    if given and not FIELD.fullmatch(given):
        raise OptionError("field: expected the field that holds the text, as in field=text")
    return given or "text"


def annotate(rows: Sequence[dict[str, Any]], field: str) -> Iterator[dict[str, Any]]:
    """Yields each row with its group, the number of its rows, the template, and its own slots as "{1} value" (a list
    where there are several); None where there is nothing to say. A list of texts is read as one, line by line.
    """
    for row, found in zip(rows, families([_text(row.get(field)) for row in rows])):
        slots = [f"{{{slot.number}}} {slot.value}" for slot in found.slots]
        row["text_group"] = found.group
        row["text_group_size"] = found.size if found.group else None
        row["text_template"] = found.template
        row["text_slots"] = None if not slots else slots[0] if len(slots) == 1 else slots
        yield row


def _text(cell: Any) -> str:
    if isinstance(cell, (list, tuple)):
        return "\n".join(str(each) for each in cell)
    return "" if cell is None else str(cell)
