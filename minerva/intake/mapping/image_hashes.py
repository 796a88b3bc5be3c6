"""Hashes of pictures that a source delivers: the attributes that keep them, and the columns of those that may link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Union

from minerva.images.distance import LEAST_QUALITY
from minerva.intake.facts.field_map import ImageRule
from minerva.intake.mapping.cleaning import clean_text
from minerva.records import Column

UNKNOWN = "unknown"
NO_PDQ = "not a PDQ hash, which has 64 hexadecimal digits"
MOST = 100
"""Pictures of one record that are kept."""
FIELD, FRAME_FIELD = "attributes.image_pdq", "attributes.frame_pdq"
_QUALITY = re.compile(r"[0-9]{1,3}")
_HASH = re.compile(r"[0-9a-f]{64}")


def image_columns(
    rule: ImageRule,
    values: Mapping[str, Any],  # Any: what a source's reply holds
    attributes: dict[str, Union[str, list[str]]],
) -> tuple[list[Column], int]:
    """Returns a column of each hash of 64 hexadecimal digits whose quality is 50 or more, and how many cells hold no
    such hash and are kept nowhere. Hashes of less or unknown quality stand in the attributes alone."""
    hashes, qualities, files = (
        _cells(values.get(name)) if name else [] for name in (rule.column, rule.quality_column, rule.sha256_column)
    )
    kept = _listed(attributes, "image_pdq")
    rates = _listed(attributes, "image_quality")
    columns, refused = [], 0
    for place, text in enumerate(hashes[:MOST]):
        if not text:
            continue
        pdq = text.lower()
        if not _HASH.fullmatch(pdq) or len(set(pdq)) == 1:  # one digit over and over stands for a missing hash
            refused += 1
            continue
        # Lists of different lengths: nobody can say whose quality is whose.
        quality = _quality(qualities[place]) if len(qualities) == len(hashes) else None
        if pdq not in kept and len(kept) < MOST:
            kept.append(pdq)
            rates.append(UNKNOWN if quality is None else str(quality))
            if quality is not None and quality >= LEAST_QUALITY:
                columns.append(Column(FIELD, "image", pdq))
    sums = _listed(attributes, "image_sha256")
    sums += [text.lower() for text in files[:MOST] if _HASH.fullmatch(text.lower()) and text.lower() not in sums]
    for name, found in (("image_pdq", kept), ("image_quality", rates), ("image_sha256", sums)):
        if found:
            attributes[name] = found
    return columns, refused


def found_columns(rated: Mapping[str, int], crops: Iterable[str] = ()) -> list[Column]:
    """Returns the columns of hashes that an input made of pictures itself, of those whose quality is 50 or more, and of
    their parts."""
    whole = [Column(FIELD, "image", pdq) for pdq, quality in rated.items() if quality >= LEAST_QUALITY]
    return [*whole, *(Column(FIELD, "image_crop", pdq) for pdq in dict.fromkeys(crops) if pdq not in rated)]


def frame_columns(frames: Iterable[tuple[str, int]]) -> list[Column]:
    """Returns the columns of frames that are evidence: pairs of hash and place."""
    return [Column(FRAME_FIELD, "image_frame", f"{pdq}/{place}") for pdq, place in frames]


def _cells(value: object) -> list[str]:
    """Texts of a cell by their places; "" for what is none."""
    items = value if isinstance(value, list) else [value]
    return ["" if isinstance(item, (dict, list)) else clean_text(item) for item in items]


def _listed(attributes: Mapping[str, Union[str, list[str]]], name: str) -> list[str]:
    present = attributes.get(name) or []
    return [present] if isinstance(present, str) else list(present)


def _quality(text: str) -> Union[int, None]:
    return int(text) if _QUALITY.fullmatch(text) and int(text) <= 100 else None
