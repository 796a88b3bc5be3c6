"""Identifiers added to rows: what the search command minervaextract does, without Splunk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minerva.identifiers import extract
from minerva.identifiers.errors import IdentifierError

SEARCHED = ("phone", "email", "username", "url", "domain")
"""Kinds that free text can hold; the others are read from columns when records are made."""


class OptionError(IdentifierError):
    """An option of the command cannot be used; the message names it, what was given and what is expected."""


@dataclass(frozen=True)
class Options:
    fields: tuple[str, ...] = ("_raw",)
    kinds: tuple[str, ...] = SEARCHED
    region: str | None = None
    region_field: str | None = None
    minimum: float = 0.5

    @property
    def added_fields(self) -> tuple[str, ...]:
        return ("identifier", "identifier_evidence", *self.kinds)


def read_options(given: Mapping[str, str | None], names: Sequence[str] = ()) -> Options:
    """Options from their texts (keys fields, kinds, region, region_field, minconfidence; None = absent) and from field
    names given without an option. Raises OptionError."""
    fields = (*_list(given.get("fields")), *(name for each in names for name in _list(each)))
    kinds = _list(given.get("kinds")) or list(SEARCHED)
    for kind in kinds:
        if kind not in SEARCHED:
            raise OptionError(f"kinds: '{kind}' cannot be searched for; choose from {', '.join(SEARCHED)}")
    region = (given.get("region") or "").strip() or None
    if region is not None and not re.fullmatch(r"[A-Za-z]{2}", region):
        raise OptionError(f"region: expected a two-letter country code such as US, not '{region}'")
    minimum = (given.get("minconfidence") or "0.5").strip()
    if not re.fullmatch(r"0|1|0?\.[0-9]+|[01]\.0*|0\.[0-9]+", minimum):
        raise OptionError(f"minconfidence: expected a number from 0 to 1, not '{minimum}'")
    return Options(
        tuple(dict.fromkeys(fields)) or ("_raw",),
        tuple(dict.fromkeys(kinds)),
        region.upper() if region else None,
        (given.get("region_field") or "").strip() or None,
        float(minimum),
    )


def annotate(rows: Iterable[dict[str, Any]], options: Options) -> Iterator[dict[str, Any]]:
    """Each row with the fields `options.added_fields` set (None where nothing was found, so that every row has them).

    Cells may be text or lists of text; a list's items are searched one by one and evidence counts within the item.
    """
    for row in rows:
        region = options.region
        if options.region_field is not None:
            region = _text(row.get(options.region_field)) or region
        found = [
            item
            for field in options.fields
            for text in _texts(row.get(field))
            for item in extract(text, kinds=options.kinds, region=region, field=field)
            if item.confidence >= options.minimum
        ]
        row["identifier"] = _several(dict.fromkeys(item.identifier for item in found))
        row["identifier_evidence"] = _several(item.to_json() for item in found)
        for kind in options.kinds:
            row[kind] = _several(dict.fromkeys(item.value for item in found if item.kind == kind))
        yield row


def _list(text: str | None) -> list[str]:
    return [part for part in re.split(r"[,\s]+", (text or "").strip()) if part]


def _texts(cell: Any) -> list[str]:
    if cell is None:
        return []
    return [str(each) for each in cell] if isinstance(cell, (list, tuple)) else [str(cell)]


def _text(cell: Any) -> str | None:
    texts = _texts(cell)
    return texts[0].strip() if texts and texts[0].strip() else None


def _several(values: Iterable[str]) -> Any:
    kept = list(values)
    return None if not kept else kept[0] if len(kept) == 1 else kept
