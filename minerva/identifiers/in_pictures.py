"""Identifiers in text that was read in pictures, each with the line it stands in: the search command minervaocr."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

from minerva.identifiers import extract
from minerva.identifiers.annotate import OptionError

ADDED = ("ocr_lines", "ocr_identifier", "ocr_evidence")
_FIELD = re.compile(r"[A-Za-z_][\w.{}-]{0,127}")
_REGION = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True)
class Options:
    """field: where the text stands, a line each; region: country in which a number without its code is dialed."""

    field: str = "image_text"
    region: str = ""
    region_field: str = ""
    least: float = 0.5


def read_options(given: Mapping[str, Union[str, None]]) -> Options:
    """Returns the options from their texts (None = absent). Raises OptionError."""
    field, region = given.get("field") or "image_text", given.get("region") or ""
    region_field = given.get("region_field") or ""
    for name, value in (("field", field), ("region_field", region_field or field)):
        if not _FIELD.fullmatch(value):
            raise OptionError(f"{name}: expected the name of a field")
    if region and not _REGION.fullmatch(region):
        raise OptionError("region: expected a two-letter country code such as US")
    return Options(field, region.upper(), region_field)


def annotate(rows: Iterable[dict[str, Any]], options: Options) -> Iterator[dict[str, Any]]:
    """Yields each row with ocr_lines, ocr_identifier (`kind:value`) and ocr_evidence, JSON of each: identifier, the
    line and its number, raw, method, confidence. None where the row holds no such text.
    """
    for row in rows:
        row.update(dict.fromkeys(ADDED))
        cell = row.get(options.field)
        text = "\n".join(map(str, cell)) if isinstance(cell, (list, tuple)) else str(cell or "")
        if text.strip():
            row.update(_found(text, options, str(row.get(options.region_field) or "") if options.region_field else ""))
        yield row


def _found(text: str, options: Options, own_region: str) -> dict[str, Any]:
    region = own_region.upper() if _REGION.fullmatch(own_region) else options.region
    lines = text.split("\n")
    told: dict[str, str] = {}
    for item in extract(text, region=region or None, field=options.field):
        if item.confidence < options.least:
            continue
        number = text.count("\n", 0, item.start)
        evidence = {"identifier": item.identifier, "line": number + 1, "text": lines[number], "raw": item.raw,
                    "method": item.method, "confidence": item.confidence}  # fmt: skip
        told.setdefault(item.identifier, json.dumps(evidence, ensure_ascii=False))
    return {"ocr_lines": len(lines), "ocr_identifier": list(told) or None, "ocr_evidence": list(told.values()) or None}
