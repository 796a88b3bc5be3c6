"""Registers as they were published, where they are at hand: each goes through its source and keeps its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import MappingError
from minerva.intake.facts.source import Source, reading_of
from minerva.intake.facts.transport import FileFacts
from minerva.intake.file_source import FileSource
from minerva.intake.mapping.mapper import Mapper
from minerva.intake.rows import Chunk
from minerva.records import Record
from tests.connectors.source_samples import all_sources

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "real"
NOW = datetime(2026, 4, 1, tzinfo=UTC)
# What each README states, less rows of empty cells alone (15 at the end of one Welsh file, one of the English); a row
# that is refused stands beside it with its reason.
REGISTERS: list[Any] = [
    ("gb_wales_schools", "schools_wales/schools_2025.csv", 1449, {}),
    ("gb_wales_schools", "schools_wales/as_published_columns.csv", 1449, {}),
    ("gb_scotland_schools", "schools_scotland/schools_2023.csv", 2483, {}),
    ("gb_northern_ireland_institutions", "schools_northern_ireland/institutions.csv", 766, {}),
    ("gb_northern_ireland_school_census", "schools_northern_ireland/census_primary_and_post_primary.csv", 497, {}),
    ("gb_northern_ireland_school_locations", "schools_northern_ireland/opendata_2015.csv", 774, {}),
    pytest.param("gb_england_school_links", "schools_england/links.csv", 30653, {}, marks=pytest.mark.full),
    ("ie_primary_schools", "schools_ireland/primary_and_special_2014_2015.tsv", 3137, {}),
    ("gb_england_establishments", "schools_england/establishments_part_2017.csv", 6022, {}),
    ("gb_england_academy_trusts", "schools_england/academy_trusts_2016.csv", 3122, {}),
    ("us_little_rock_business_licenses_file", "business_licences_little_rock/business_licences.csv", 13831, {}),
    ("us_new_york_city_hotel_properties_file", "hotels_new_york/hotel_properties_2021.csv", 5519, {}),
    ("us_ofac_sdn", "ofac_lists/sdn.csv", 7379, {}),
    ("us_ofac_sdn_aliases", "ofac_lists/alt.csv", 9682, {}),
    pytest.param("us_ofac_sdn_addresses", "ofac_lists/add.csv", 11696, {}, marks=pytest.mark.full),
    ("us_ofac_consolidated", "ofac_lists/cons_prim.csv", 442, {}),
    ("us_ofac_consolidated_aliases", "ofac_lists/cons_alt.csv", 1073, {}),
    ("us_ofac_consolidated_addresses", "ofac_lists/cons_add.csv", 574, {}),
    ("us_bis_denied_persons", "ofac_lists/dpl.txt", 546, {}),
]


FILES = [getattr(item, "values", item)[1] for item in REGISTERS]
here = pytest.mark.skipif(not REAL.is_dir(), reason=f"no published registers at {REAL}")


def chunks(source: Source, file: str) -> Iterator[Chunk]:
    """A published file as the source reads it; one that is fetched is read as if a person had saved it."""
    files = source.file or FileFacts("*", "whole", reading_of(source))
    return FileSource(files, REAL / file, needed=source.mapping.key).chunks({})


def drafts(source_id: str, file: str) -> Iterator[Record]:
    mapper = Mapper(all_sources()[source_id], "northfield")
    for chunk in chunks(mapper.source, file):
        for row in chunk.rows:
            assert row.columns is not None
            yield mapper.map_row(row.columns, NOW).record


@here
@pytest.mark.parametrize(("source_id", "file", "rows", "refused"), REGISTERS, ids=FILES)
def test_a_published_register_keeps_its_rows(source_id: str, file: str, rows: int, refused: dict[str, int]) -> None:
    source = all_sources()[source_id]
    mapper = Mapper(source, "northfield")
    read, codes = 0, dict.fromkeys(refused, 0)
    for chunk in chunks(source, file):
        assert not chunk.fault, (chunk.place, chunk.fault)
        for row in chunk.rows:
            read += 1
            try:
                assert row.columns is not None, (row.place, row.fault)
                mapper.map_row(row.columns, NOW)
            except MappingError as error:
                codes[error.code] = codes.get(error.code, 0) + 1
    assert (read, codes, dict(mapper.leftovers)) == (rows, refused, {})


@pytest.mark.full
@here
def test_names_addresses_and_links_of_ofac_refer_to_entries_of_its_list() -> None:
    entries = {str(record.attributes["row_id"]): record for record in drafts("us_ofac_sdn", "ofac_lists/sdn.csv")}
    aliases = list(drafts("us_ofac_sdn_aliases", "ofac_lists/alt.csv"))
    others = [*aliases, *drafts("us_ofac_sdn_addresses", "ofac_lists/add.csv")]
    assert {str(record.attributes["row_id"]) for record in others} <= set(entries)
    assert all(record.attributes["company_number"] == record.attributes["row_id"] for record in others)
    names = {record.name.rstrip(".") for record in (*entries.values(), *aliases)}
    linked = [record.attributes.get("x_linked_to", ()) for record in entries.values()]
    said = [name for value in linked for name in ([value] if isinstance(value, str) else value)]
    assert len(said) == 2406
    assert sum(name.rstrip(".") in names for name in said) >= 2390
