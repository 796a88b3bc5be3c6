"""CSV and XLSX as their readers see them: the csv module and openpyxl."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.exports import ExportTooLarge, workbook
from minerva.exports.cells import MAX_CELL, cell, line, plain
from minerva.exports.tables import TABLES
from tests.minerva_exports.sample import HOSTILE, RECORDS, entity, files, package

ROOT = Path(__file__).resolve().parents[2]
WRITERS_OF_CSV = ("cells.py", "csv.js")
WRITES_CSV = re.compile(r"csv\.writer|DictWriter|\.map\(\w+\)\.join\('[,;]'\)")


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_one_file_a_table_with_its_columns_and_rows() -> None:
    found = files("csv")
    for table, columns in TABLES.items():
        rows = rows_of(found[f"{table}.csv"])
        assert tuple(rows[0]) == columns
        assert {len(row) for row in rows} == {len(columns)}
    assert [row[0] for row in rows_of(found["records.csv"])[1:]] == [each.record_id for each in RECORDS]
    assert len(rows_of(found["joins.csv"])) == 2


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        pytest.param("=1+1", "'=1+1", id="equals"),
        pytest.param("+14155550123", "'+14155550123", id="plus"),
        pytest.param("-2", "'-2", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t'=1", id="tab"),
        pytest.param("\r=1", "'\n'=1", id="carriage return"),
        pytest.param("＝1", "'＝1", id="full-width equals"),
        pytest.param("  =1", "'  =1", id="behind blanks"),
        pytest.param("'=1", "''=1", id="apostrophe, so that one always comes off"),
        pytest.param("Jen;=1+1;x", "Jen;'=1+1;x", id="behind a semicolon"),
        pytest.param("Jen; \u00a0@x", "Jen;' \u00a0@x", id="behind a semicolon and blanks"),
        pytest.param('Jen;"=1+1', "Jen;'\"=1+1", id="behind a semicolon and a quote"),
        pytest.param("Jen|-1|＋1", "Jen|'-1|'＋1", id="behind bars"),
        pytest.param("Jen\t=1", "Jen\t'=1", id="behind a tab"),
        pytest.param("Jen\r\n=1", "Jen\n'=1", id="behind a line end"),
        pytest.param("Jen;;=1", "Jen;;'=1", id="behind an empty part"),
        pytest.param("Jen; Ann|x\ny", "Jen; Ann|x\ny", id="parts that are none"),
        pytest.param("a=1, b-2", "a=1, b-2", id="not at the start"),
        pytest.param("", "", id="empty"),
    ],
)
def test_no_part_of_a_cell_begins_as_a_formula(text: str, safe: str) -> None:
    assert cell(text, Counter()) == safe


TELLING = st.text(st.sampled_from("ab;|,\t\n\r \"'=+-@\uff1d\uff0b\u00a0"), max_size=12) | st.text(max_size=40)


@given(TELLING)
def test_one_apostrophe_off_each_part_gives_the_text_back(text: str) -> None:
    safe = cell(text, Counter())
    assert re.sub(r"(\A|[;|\t\n])'", r"\1", safe) == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(st.lists(TELLING, min_size=2, max_size=3), max_size=3), st.sampled_from([",", ";", "\t", "|"]))
def test_no_cell_is_a_formula_whatever_separator_a_spreadsheet_is_set_to(rows: list[list[str]], separator: str) -> None:
    written = [line([each.replace("\0", " ") for each in row], Counter()) for row in rows]
    text = "".join(f"{index},{row}\r\n" for index, row in enumerate(written))
    for read in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        assert [each for each in read if each.strip()[:1] in set("=+-@\uff1d\uff0b\uff0d\uff20")] == []


@pytest.mark.parametrize("filler", ["x", "\U0001f339"], ids=["one unit", "two units"])
def test_long_text_is_cut_to_what_a_cell_takes_and_counted(filler: str) -> None:
    left_out: Counter[str] = Counter()
    cut = cell("=" + filler * MAX_CELL, left_out)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_CELL
    assert left_out == {"cut_cells": 1}


def test_text_that_just_fits_a_cell_stays_whole() -> None:
    left_out: Counter[str] = Counter()
    assert cell("x" * MAX_CELL, left_out) == "x" * MAX_CELL
    assert not left_out
    assert len(cell("x" * (MAX_CELL + 1), left_out)) == MAX_CELL
    assert left_out


def test_both_formats_hold_the_same_cells_and_openpyxl_sees_only_strings() -> None:
    book = openpyxl.load_workbook(io.BytesIO(files("xlsx")["export.xlsx"]))
    found = files("csv")
    assert book.sheetnames == ["about", *TABLES]
    for table in TABLES:
        cells = [["" if value is None else value for value in row] for row in book[table].iter_rows(values_only=True)]
        assert cells == rows_of(found[f"{table}.csv"])
        assert {each.data_type for row in book[table].iter_rows() for each in row if each.value} <= {"s", "inlineStr"}
    assert "'" + HOSTILE in [row[6] for row in book["records"].iter_rows(values_only=True)]
    assert ("marking", "TLP:AMBER+STRICT") in list(book["about"].iter_rows(values_only=True))


def test_a_workbook_has_no_formula_link_or_macro() -> None:
    with zipfile.ZipFile(io.BytesIO(files("xlsx")["export.xlsx"])) as book:
        for name in book.namelist():
            tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(book.read(name)).iter()}
            assert not tags & {"f", "hyperlink", "externalReference", "definedName"}
        assert not [name for name in book.namelist() if "vba" in name.lower()]


def test_text_that_looks_like_a_workbook_escape_keeps_its_letters() -> None:
    content = files("xlsx", [{"record": {"record_id": "r1", "title": "_x000D_ and _x41"}}])["export.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert "_x005F_x000D_ and _x41" in book.read("xl/worksheets/sheet2.xml").decode()


def test_control_characters_and_surrogates_reach_no_file() -> None:
    given = [{"record": {"record_id": "r1", "title": "a\x00b\x1b\ud800c\x7f"}}]
    assert rows_of(files("csv", given)["records.csv"])[1][6] == "a�b��c�"
    assert openpyxl.load_workbook(io.BytesIO(files("xlsx", given)["export.xlsx"]))["records"]["G2"].value == "a�b��c�"


def test_a_sheet_takes_no_more_rows_than_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = max(sheet.max_row for sheet in openpyxl.load_workbook(io.BytesIO(files("xlsx")["export.xlsx"])))
    monkeypatch.setattr(workbook, "MAX_ROWS", rows)
    assert package("xlsx")
    monkeypatch.setattr(workbook, "MAX_ROWS", rows - 1)
    with pytest.raises(ExportTooLarge, match="sheet"):
        package("xlsx")


def test_attributes_stand_as_json_in_one_cell() -> None:
    assert json.loads(rows_of(files("csv")["records.csv"])[1][-2]) == {"price": "80", "tags": ["new", "-1+1"]}


def test_attributes_with_a_formula_behind_a_separator_stay_json_and_begin_no_part() -> None:
    attributes = {"note": "Jen;=1|-2", "plain": "a;b"}
    given = [{"record": {**RECORDS[0].to_dict(), "attributes": attributes}}]
    found = rows_of(files("csv", given)["records.csv"])[1][-2]
    assert json.loads(found) == attributes
    assert ";=" not in found
    assert "|-" not in found


def test_projections_without_joins_or_names_still_make_rows() -> None:
    given = [{"entity": {key: entity()[key] for key in ("entity_id", "identifiers")}}]
    assert rows_of(files("csv", given)["entities.csv"])[1][0] == "e_0123456789abcdef"


@settings(max_examples=300)
@given(text=st.text(alphabet="a=+-@'\";|\t \n\uff1d\u200b", max_size=12))
def test_what_was_put_before_a_formula_is_taken_off_again(text: str) -> None:
    assert plain(cell(text, Counter())) == text


@pytest.mark.parametrize("room", ["minerva", "minerva_app/bin", "TA-gen-connectors", "frontend/src"])
def test_what_is_shipped_writes_lines_of_csv_in_one_place_of_each_language(room: str) -> None:
    files = [
        path
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in (".py", ".js", ".jsx") and "static" not in path.parts and path.name not in WRITERS_OF_CSV
    ]
    assert files
    assert [path.name for path in files if WRITES_CSV.search(path.read_text("utf-8"))] == []


def test_the_page_guards_a_cell_as_an_export_does() -> None:
    page, here = (
        (ROOT / each).read_text("utf-8") for each in ("frontend/src/parts/csv.js", "minerva/exports/cells.py")
    )
    signs, told = re.search(r'^const SIGNS = "(.*)";$', page, re.M), re.search(r'^SIGNS = "(.*)"$', here, re.M)
    assert signs is not None
    assert told is not None
    assert signs[1] == "'" + told[1].replace("\\", "\\\\")
    blanks = re.search(r"^_BLANKS = r'(.*)'$", here, re.M)
    assert blanks is not None
    assert blanks[1].replace("\\", "\\\\") in page
    assert r"`^(?=[\\t\\n\\0])|(?:^|(?<=[;|\\t\\n]))(?=${BLANKS}[${SIGNS}])`" in page
