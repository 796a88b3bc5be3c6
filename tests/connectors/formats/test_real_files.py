"""Registers as published, where they lie beside the project: every row that their pages state is read, and no other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import read_facts
from minerva.intake.formats.read import read_rows

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "real"
SDN = ["ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "flag", "owner"]
ADDRESSES = ["ent_num", "add_num", "address", "city_region_postcode", "country", "remarks"]
OTHER_NAMES = ["ent_num", "alt_num", "kind", "name", "remarks"]


def ofac(header: list[str]) -> dict[str, Any]:
    return {"format": "csv", "header": header, "nulls": ["-0-"]}


CSV: dict[str, Any] = {"format": "csv"}
TSV: dict[str, Any] = {"format": "tsv"}
FILES: dict[str, tuple[dict[str, Any], int, str]] = {
    "business_licences_little_rock/business_licences.csv": (CSV, 13831, "Classification"),
    "hotels_new_york/hotel_properties_2021.csv": (CSV, 5519, "PARID"),
    "ofac_lists/sdn.csv": (ofac([*SDN, "remarks"]), 7379, "ent_num"),
    "ofac_lists/alt.csv": (ofac(OTHER_NAMES), 9682, "alt_num"),
    "ofac_lists/add.csv": (ofac(ADDRESSES), 11696, "add_num"),
    "ofac_lists/cons_prim.csv": (ofac([*SDN, "remarks"]), 442, "ent_num"),
    "ofac_lists/cons_alt.csv": (ofac(OTHER_NAMES), 1073, "alt_num"),
    "ofac_lists/cons_add.csv": (ofac(ADDRESSES), 574, "add_num"),
    "ofac_lists/dpl.txt": (TSV, 546, "Name"),
    # One row of commas alone stands at its end, counted by its page.
    "schools_england/establishments_part_2017.csv": (CSV, 6023 - 1, "URN"),
    "schools_england/addresses.tsv": (TSV, 26140, "address"),
    "schools_england/trusts_matched_to_companies.csv": (CSV, 3204, "school-trust"),
    "schools_england/academy_trusts_2016.csv": (CSV, 3122, "Group UID"),
    "schools_england/links.csv": (CSV, 30653, "URN"),
    "schools_ireland/primary_and_special_2014_2015.tsv": (TSV, 3137, "Roll No."),
    "schools_northern_ireland/institutions.csv": (CSV, 766, "Reference"),
    "schools_northern_ireland/census_primary_and_post_primary.csv": (CSV, 497, "De ref"),
    "schools_northern_ireland/opendata_2015.csv": (CSV, 774, "DE_REF"),
    "schools_scotland/schools_2023.csv": ({**CSV, "nulls": ["*"]}, 2483, "SeedCode"),
    # 12 and 15 rows of commas alone stand at their ends, counted by their pages.
    "schools_scotland/names_2024.csv": (CSV, 2457 - 12, "SeedCode"),
    "schools_wales/schools_2025.csv": (CSV, 1464 - 15, "School_Number"),
    "schools_wales/as_published_columns.csv": (CSV, 1449, "School Number"),
    "htcds/HTCDS Field Standards 2.0.ods": ({"format": "ods"}, 106, "Field Label"),
    "htcds/htcds_xlsform.xml": ({"format": "xml", "items": "input"}, 20, "@ref"),
    "addresses_us_tagged/us50_test_tagged.xml": ({"format": "xml", "items": "AddressString"}, 687, "ZipCode"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_register_gives_the_rows_that_its_page_states(name: str) -> None:
    facts, count, key = FILES[name]
    if not (REAL / name).is_file():
        pytest.skip("the register does not lie beside the project")
    rows = list(read_rows(REAL / name, read_facts(facts), Path(name).name))
    assert Counter(row.fault for row in rows) == {"": count}
    assert sum(1 for row in rows if (row.columns or {}).get(key)) > count * 0.8
    assert len({row.place for row in rows}) == count


def test_null_marks_of_the_sanctions_list_are_gone() -> None:
    if not (REAL / "ofac_lists/sdn.csv").is_file():
        pytest.skip("the register does not lie beside the project")
    rows = read_rows(REAL / "ofac_lists/sdn.csv", read_facts(ofac([*SDN, "remarks"])), "sdn.csv")
    cells = [cell for row in rows for cell in (row.columns or {}).values()]
    assert "" in cells
    assert not [cell for cell in cells if cell.strip() == "-0-" or "\x1a" in cell]


def test_what_stands_before_a_break_in_real_xml_is_read() -> None:
    path = REAL / "addresses_us_tagged" / "labeled.xml"
    if not path.is_file():
        pytest.skip("the register does not lie beside the project")
    rows = read_rows(path, read_facts({"format": "xml", "items": "AddressString"}), "labeled.xml")
    assert len([next(rows) for _ in range(954)]) == 954
    with pytest.raises(FileError, match="line 960"):
        next(rows)
