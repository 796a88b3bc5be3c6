"""The lookups that both apps ship, by name and columns, and their definitions in transforms.conf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assembly.conf_text import Stanza
from assembly.reference.area_codes import COLUMNS as AREA_CODES

TABLES: Mapping[str, Sequence[str]] = {
    "minerva_sources": (
        "source_id", "source_title", "source_family", "source_owner", "source_country", "record_type", "licence",
        "personal_data", "marking", "retention_days", "cadence_s",
    ),
    "minerva_record_kinds": ("record_type", "kind_title", "kind_description", "kind_time", "name_of", "personal_data"),
    "minerva_platforms": ("platform", "platform_title", "hosts"),
    "minerva_countries": ("country", "country_code3", "country_name", "country_names"),
    "minerva_places": ("country", "region", "city", "latitude", "longitude", "people"),
    "minerva_area_codes": AREA_CODES,
}  # fmt: skip
"""Columns of each lookup; matching ignores case."""


def lookup_stanzas() -> list[Stanza]:
    """Returns the definitions for transforms.conf of both apps."""
    return [Stanza(name, {"filename": f"{name}.csv", "case_sensitive_match": False}) for name in TABLES]
