"""Registers as they were published, where they are at hand: each goes through its source and keeps its rows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from minerva.intake.errors import MappingError
from minerva.intake.file_source import FileSource
from minerva.intake.mapping.mapper import Mapper
from tests.connectors.source_samples import all_sources

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
NOW = datetime(2026, 4, 1, tzinfo=UTC)
# What each README states, less rows of empty cells alone (15 at the end of one Welsh file, one of the English); a row
# that is refused stands beside it with its reason.
REGISTERS: list[tuple[str, str, int, dict[str, int]]] = [
    ("gb_wales_schools", "schools_wales/schools_2025.csv", 1449, {}),
    ("gb_wales_schools", "schools_wales/as_published_columns.csv", 1449, {}),
    ("gb_scotland_schools", "schools_scotland/schools_2023.csv", 2483, {}),
    ("gb_northern_ireland_institutions", "schools_northern_ireland/institutions.csv", 766, {}),
    ("gb_northern_ireland_school_census", "schools_northern_ireland/census_primary_and_post_primary.csv", 497, {}),
    ("ie_primary_schools", "schools_ireland/primary_and_special_2014_2015.tsv", 3137, {}),
    ("gb_england_establishments", "schools_england/establishments_part_2017.csv", 6022, {}),
    ("gb_england_academy_trusts", "schools_england/academy_trusts_2016.csv", 3122, {}),
    ("us_little_rock_business_licenses_file", "business_licences_little_rock/business_licences.csv", 13831, {}),
    ("us_new_york_city_hotel_properties_file", "hotels_new_york/hotel_properties_2021.csv", 5519, {}),
    ("us_ofac_sdn", "ofac_lists/sdn.csv", 7379, {}),
    ("us_ofac_sdn_aliases", "ofac_lists/alt.csv", 9682, {}),
    ("us_ofac_consolidated", "ofac_lists/cons_prim.csv", 442, {}),
    ("us_bis_denied_persons", "ofac_lists/dpl.txt", 546, {}),
]


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no published registers at {REAL}")
@pytest.mark.parametrize(("source_id", "file", "rows", "refused"), REGISTERS, ids=[item[1] for item in REGISTERS])
def test_a_published_register_keeps_its_rows(source_id: str, file: str, rows: int, refused: dict[str, int]) -> None:
    source = all_sources()[source_id]
    assert source.file is not None
    mapper = Mapper(source, "northfield")
    read, codes = 0, dict.fromkeys(refused, 0)
    for chunk in FileSource(source.file, REAL / file, needed=source.mapping.key).chunks({}):
        assert not chunk.fault, (chunk.place, chunk.fault)
        for row in chunk.rows:
            read += 1
            try:
                assert row.columns is not None, (row.place, row.fault)
                mapper.map_row(row.columns, NOW)
            except MappingError as error:
                codes[error.code] = codes.get(error.code, 0) + 1
    assert (read, codes, dict(mapper.leftovers)) == (rows, refused, {})
