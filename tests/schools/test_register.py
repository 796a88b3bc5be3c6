"""The register: rows of schools from the records of every country's source, and which rows are refused."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from minerva.schools.__main__ import main
from minerva.schools.register import ROW, RowError, checked, rows_of
from tests.connectors.source_samples import SOURCES

COUNTRIES = {
    "gb_england_establishments": "GB", "gb_scotland_schools": "GB", "gb_wales_schools": "GB",
    "gb_northern_ireland_institutions": "GB", "ie_primary_schools": "IE", "us_bay_area_private_schools": "US",
}  # fmt: skip


def records(source: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SOURCES / "schools" / source / "expected.json").read_text())["records"]
    return found


@pytest.mark.parametrize("source", sorted(COUNTRIES))
def test_each_country_gives_rows(source: str) -> None:
    rows = rows_of(records(source))
    assert rows
    for row in rows:
        assert set(row) <= set(ROW)
        assert checked(row)["name"]
        assert row["country"] == COUNTRIES[source]
        assert row["school_id"].startswith(f"{source}-")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.org/a", True), ("http://example.org:80", True), ("www.example.org", True),
        ("javascript:alert(document.domain)", False), ("data:text/html,x", False), ('=HYPERLINK("x")', False),
        ("JaVaScRiPt://example.org/%0aalert(1)", False), ("ftp://example.org", False),
    ],
)  # fmt: skip
def test_a_website_is_one_of_the_web_or_left_out(written: str, kept: bool) -> None:
    assert checked({"school_id": "a", "name": "A", "website": written}).get("website", "") == (written if kept else "")


def test_a_school_of_two_sectors_is_one_row_with_both_phases() -> None:
    rows = {row["school_id"]: row for row in rows_of(records("gb_scotland_schools"))}
    assert rows["gb_scotland_schools-5100002"]["phase"] == "Secondary, Primary"
    assert rows["gb_scotland_schools-5100002"]["status"] == "closed"
    assert rows["gb_scotland_schools-5100001"] == {
        "school_id": "gb_scotland_schools-5100001", "name": "Example Primary School",
        "address": "1 Sample Street, Demotown", "place": "Demotown", "county": "Aberdeen City", "country": "GB",
        "phase": "Primary", "status": "", "website": "https://example.org/primary", "latitude": 57.15,
        "longitude": -2.11,
    }  # fmt: skip


def test_the_command_line_turns_records_into_rows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records("gb_scotland_schools"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["register"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows_of(
        records("gb_scotland_schools")
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{}\nno json\n")))
    assert main(["register"]) == 2
    assert "line 2" in capsys.readouterr().err


def test_a_county_at_the_end_of_an_address_is_no_town() -> None:
    own = {
        "record_type": "school",
        "name": "Example",
        "address": "Main Street, Demotown, Co Carlow",
        "region": "Carlow",
    }
    assert rows_of([{"key": own, "source_id": "x", "source_key": "1"}])[0]["place"] == "Demotown"


def test_records_of_other_kinds_are_no_schools() -> None:
    company = {"record_type": "company", "name": "Example Ltd", "source_id": "x", "source_key": "1"}
    assert rows_of([company, {"key": {"record_type": "school", "name": ""}}]) == []


@pytest.mark.parametrize(
    "change",
    [{"school_id": "../up"}, {"school_id": 7}, {"name": ""}, {"name": "x" * 501}, {"tie_colors": "red"},
     {"charges": ["x"] * 13}, {"latitude": "north"}, {"latitude": 91}, {"motto": ["x"]}],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_key_alone(change: dict[str, Any]) -> None:
    with pytest.raises(RowError) as caught:
        checked({"school_id": "a-1", "name": "Example School", **change})
    assert str(caught.value).startswith(next(iter(change)))


def test_unknown_keys_are_left_out() -> None:
    row = checked({"school_id": "a-1", "name": " Example  School ", "head": "somebody", "motto": ""})
    assert row == {"school_id": "a-1", "name": "Example School"}
