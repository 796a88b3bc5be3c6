"""Schools of registers: records of kind school of any country's source folder become rows that words find."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.facts.source import source_from_document
from minerva.intake.mapping.mapper import Mapper
from minerva.school_queries import gallery
from minerva.school_queries.command import OptionError
from minerva.school_queries.renewing import Renewal, read_tenant
from tests.connectors.source_samples import SOURCES
from tests.sharing.desk import SERVICE, STATED, Desk, who

NORA = who("north")
REGISTERS = (
    "gb_england_establishments", "gb_scotland_schools", "gb_wales_schools", "gb_northern_ireland_institutions",
    "ie_primary_schools",
)  # fmt: skip


def records(source: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SOURCES / "schools" / source / "expected.json").read_text())["records"]
    return found


def first(desk: Desk, words: str) -> dict[str, Any]:
    school: dict[str, Any] = desk.got(NORA, "schools_identify", describe=words, **STATED)["found"][0]["school"]
    return school


def test_the_registers_of_five_countries_become_schools_that_words_and_counties_find() -> None:
    desk = Desk()
    for source in REGISTERS:
        told = desk.got(NORA, "school_gallery", op="register", records=records(source))
        assert told["taken"] > 0
    assert told["countries"].keys() == {"GB", "IE"}
    rows = gallery.rows_of(desk.store(NORA), "north").values()
    assert {str(row["school_id"]).partition("-")[0] for row in rows} == {*REGISTERS}
    for row in rows:
        county = str(row.get("county") or row.get("place"))
        assert first(desk, f"{row['name']} in {county}")["name"] == row["name"]
    assert first(desk, "primary in Aberdeen City")["county"] == "Aberdeen City"


def test_what_is_known_of_a_uniform_stays_when_the_register_comes_again() -> None:
    desk, given = Desk(), records("gb_scotland_schools")
    desk.got(NORA, "school_gallery", op="register", records=given)
    (row,) = desk.got(NORA, "school_gallery", school_ids=["gb_scotland_schools-5100001"])["rows"]
    desk.got(NORA, "school_gallery", op="add", schools=[{**row, "garment": "blazer", "garment_color": "navy"}])
    for each in given:
        each["key"]["name"] = f"New {each['key'].get('name', '')}"
    told = desk.got(NORA, "school_gallery", op="register", records=given)
    (row,) = desk.got(NORA, "school_gallery", school_ids=["gb_scotland_schools-5100001"])["rows"]
    assert (row["name"], row["garment"], told["with_uniform"]) == ("New Example Primary School", "blazer", 1)


def test_another_country_is_a_source_folder_and_the_rows_that_follow(tmp_path: Path) -> None:
    """A folder with a yml and a file, as an administrator adds one for France: no line of code."""
    source = source_from_document(
        {
            "id": "fr_schools", "title": "Schools of France", "description": "Made for a test.", "country": "FR",
            "landing_url": "https://example.org/", "record_type": "school", "cadence_s": 86400,
            "legal": {"owner": "nobody", "licence": "none", "terms": "name the source", "terms_allow": True,
                      "robots": "not_applicable", "personal_data": "none", "retention_days": 3650, "marking": "L6"},
            "evidence": {"state": "own", "reference": "made for a test"},
            "expect": {"min": 1, "max": 100}, "file": {"format": "csv", "pattern": "*.csv"},
            "mapping": {
                "key": ["uai"], "fields": {"name": "nom", "city": "commune", "region": "departement",
                                           "country": {"constant": "FR"}},
                "attributes": {"row_id": "uai", "phase": "nature", "latitude": "lat", "longitude": "lon"},
            },
        }
    )  # fmt: skip
    now = datetime(2026, 12, 1, tzinfo=UTC)
    mapper = Mapper(source, "north")
    lines = ["uai,nom,commune,departement,nature,lat,lon",
             "0010001A,Collège du Lac,Exempleville,Ain,Collège,46.1,5.3",
             "0010002B,École des Tilleuls,Exempleville,Ain,École primaire,near the church,5.4"]  # fmt: skip
    path = tmp_path / "fr.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert source.file is not None
    keys = lines[0].split(",")
    rows = [dict(zip(keys, line.split(","), strict=True)) for line in lines[1:]]
    events = [json.loads(mapper.map_row(row, now).finish().to_json()) for row in rows]
    desk = Desk()
    told = desk.got(NORA, "school_gallery", op="register", records=events)
    assert (told["taken"], told["countries"]) == (2, {"FR": 2})
    found = first(desk, "Collège du Lac in Ain")
    assert (found["school_id"], found["latitude"]) == ("fr_schools-0010001A", 46.1)
    assert "latitude" not in first(desk, "Tilleuls")


@pytest.mark.parametrize("given", [None, [], "x", [7], [{}] * 2001], ids=["none", "empty", "text", "number", "many"])
def test_what_is_no_list_of_records_is_refused(given: object) -> None:
    status, _ = Desk().ask(NORA, "school_gallery", op="register", records=given)
    assert status == 400


def test_records_that_are_no_school_or_broken_are_counted_and_the_rest_goes_in() -> None:
    good = records("gb_scotland_schools")[0]
    broken: list[dict[str, Any]] = [
        {}, {"key": "x"}, {"key": {"record_type": "ad", "name": "A"}}, {**good, "source_key": "b", "attributes": "x"},
        {**good, "attributes": {"row_id": "long"}, "key": {**good["key"], "name": "n" * 501}},
        {**good, "attributes": {"row_id": "spot", "latitude": "nan", "longitude": ["x"]}},
    ]  # fmt: skip
    told = Desk().got(NORA, "school_gallery", op="register", records=[good, *broken])
    assert (told["taken"], told["left_out"]) == (3, 4)


def test_a_full_gallery_takes_what_it_holds_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, given = Desk(), records("gb_scotland_schools")
    held = desk.got(NORA, "school_gallery", op="register", records=given)["schools"]
    monkeypatch.setattr(gallery, "MOST_SCHOOLS", held)
    assert desk.got(NORA, "school_gallery", op="register", records=given)["schools"] == held
    more = {"school_id": "another", "name": "Another"}
    assert desk.ask(NORA, "school_gallery", op="add", schools=[more])[0] == 400


def event(record: dict[str, Any], tenant: str = "north") -> dict[str, str]:
    return {"_raw": json.dumps({**record, "key": {**record["key"], "tenant_id": tenant}})}


def test_the_service_renews_each_night_what_somebody_has_taken_and_nothing_else() -> None:
    desk, given, others = Desk(), records("gb_scotland_schools"), records("gb_wales_schools")
    assert desk.ask(NORA, "school_gallery", op="renew", records=given)[0] == 404
    renewed = Renewal("north", lambda operation, body: desk.got(SERVICE, operation, **body))
    rows = [event(each) for each in (*given, *others)]
    renewed.take(rows)
    assert list(renewed.rows()) == [{"tenant_id": "north", "taken": 0, "changed": 0, "left_out": len(rows)}]
    taken = desk.got(NORA, "school_gallery", op="register", records=given)
    given[0]["key"]["name"] = "New Example School"
    changed = [event(each) for each in (*given, *others)]
    renewed = Renewal("north", lambda operation, body: desk.got(SERVICE, operation, **body))
    renewed.take([*changed, event(given[0], "river"), {"_raw": "no record"}])
    (told,) = renewed.rows()
    assert (told["changed"], told["left_out"]) == (1, taken["left_out"] + len(others) + 2)
    assert desk.got(NORA, "school_gallery")["schools"] == taken["schools"]
    assert first(desk, "New Example School")["name"] == "New Example School"


def test_a_renewal_hands_its_records_on_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minerva.school_queries.renewing.MOST_RECORDS", 2)
    asked: list[int] = []

    def ask(operation: str, body: Any) -> dict[str, int]:
        asked.append(len(body["records"]))
        return {"taken": len(body["records"]), "changed": 0, "left_out": 0}

    renewed = Renewal("north", ask)
    renewed.take([event({"key": {}, "number": number}) for number in range(5)])
    assert (asked, next(renewed.rows())["taken"], asked) == ([2, 2, 1], 5, [2, 2, 1])


@pytest.mark.parametrize("text", [None, "", "*", "North", "a b"])
def test_a_renewal_is_of_one_named_institution(text: str | None) -> None:
    with pytest.raises(OptionError, match="tenant: expected"):
        read_tenant(text)
