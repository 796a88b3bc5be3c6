"""Reference data as lookups of both apps: sources, kinds of records, platforms, countries, places; area codes have a
module of their own (assembly/reference/area_codes.py). CSV has no comments: no do-not-edit line stands in them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assembly.emit.connectors import read_sources
from assembly.emit.lookup_tables import TABLES
from assembly.emit.record_kinds import read_kinds
from assembly.paths import ADDON, APP
from assembly.reference.data_file import rows_of

PLACES = "minerva/places/data"
PLATFORMS = "minerva/identifiers/data/platforms.json"
FEWEST_PEOPLE = 50_000
"""Of a town in the lookup; code asks the whole table."""


def emit_lookups(root: Path) -> dict[str, str]:
    """Returns the CSV files of both apps, those of the area codes left out."""
    if not read_kinds(root)[1]:
        return {}
    rows = {
        "minerva_sources": _sources(root),
        "minerva_record_kinds": _kinds(root),
        "minerva_platforms": _platforms(root),
        "minerva_countries": rows_of(root / PLACES / "countries.tsv"),
        "minerva_places": _towns(root),
    }
    texts = {f"{name}.csv": _text(TABLES[name], listed) for name, listed in rows.items()}
    return {f"{app}/lookups/{name}": text for app in (APP, ADDON) for name, text in texts.items()}


def _platforms(root: Path) -> Iterator[tuple[str, ...]]:
    for row in json.loads((root / PLATFORMS).read_text(encoding="utf-8"))["platforms"]:
        yield row["name"], row["title"], " ".join(row["hosts"])


def _towns(root: Path) -> Iterator[tuple[str, ...]]:
    # GeoNames' regions are letters that people write in the USA alone.
    for country, region, *rest in rows_of(root / PLACES / "towns.tsv"):
        if int(rest[-1]) >= FEWEST_PEOPLE:
            yield country, region if country == "US" else "", *rest


def _sources(root: Path) -> Iterator[tuple[object, ...]]:
    for source_id, document in sorted(read_sources(root).items()):
        legal = document["legal"]
        told = (document.get("family", ""), legal["owner"], document.get("country", ""), document["record_type"])
        rules = (legal[key] for key in ("licence", "personal_data", "marking", "retention_days"))
        yield source_id, document["title"], *told, *rules, document.get("cadence_s", "")


def _kinds(root: Path) -> Iterator[tuple[object, ...]]:
    for kind in read_kinds(root)[1]:
        yield kind.id, kind.title, kind.description, kind.time, kind.name_of, kind.personal


def _text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
