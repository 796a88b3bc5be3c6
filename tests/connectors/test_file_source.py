"""Files: encodings, line breaks, bad rows, growing files, workbooks and bombs."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.file_source import FileSource
from minerva.intake.formats.read import read_rows
from minerva.intake.formats.tables import read_delimited
from minerva.intake.rows import Row
from minerva.intake.running.runner import Report
from tests.connectors.kills.license_files import HEADER, line, write
from tests.connectors.running import World, changed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_survive_the_file_encoding(tmp_path: Path, encoding: str) -> None:
    write(tmp_path / "in" / "a.csv", line(1, "Café – Calm"), encoding=encoding)
    world = World(tmp_path)
    world.read(changed("massage_licenses"), tmp_path / "in")
    assert [record.name for record in world.index] == ["Café – Calm"]


def test_bytes_that_no_encoding_knows_are_replaced_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "a.csv", line(1), line(2))
    path.write_bytes(path.read_bytes().replace(b"MT-2,Spa", b"MT-2,S\x81\xffa"))
    world = World(tmp_path)
    report = world.read(changed("massage_licenses", file__encodings=[]), tmp_path / "in")
    assert [record.name for record in world.index] == ["Spa", "S\ufffd\ufffda"]
    assert (report.met["undecodable"], report.met["undecodable_files"]) == (2, 1)


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "in").mkdir()
    text = "\r\n".join(item.replace(",", delimiter) for item in (HEADER, line(1)))
    (tmp_path / "in" / "a.csv").write_text(text, encoding="utf-8", newline="")
    world = World(tmp_path)
    world.read(changed("massage_licenses", file__delimiter=delimiter), tmp_path / "in")
    assert [record.address for record in world.index] == ["1 Elm St"]


def test_bad_rows_are_counted_by_file_and_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    huge = f'MT-3,"{"x" * 140_000}",o,a,c,r,p,,s,2024-01-01,'
    write(tmp_path / "in" / "a.csv", line(1), line(2) + ",surplus", huge, ",nokey", "", line(4))
    world = World(tmp_path)
    report = world.read(changed("massage_licenses"), tmp_path / "in")
    places = [(words["position"], words["reason"]) for _, code, words in world.lines if code == "refused"]
    assert places == [("a.csv:3", "width"), ("a.csv:4", "csv"), ("a.csv:5", "key")]
    assert report.emitted == 2


def test_unchanged_file_is_not_read_again_and_changed_rows_alone_are_new(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.csv", line(1), line(2))
    world, source = World(tmp_path), changed("massage_licenses")
    assert world.read(source, tmp_path / "in").emitted == 2
    assert world.read(source, tmp_path / "in").read == 0
    write(tmp_path / "in" / "a.csv", line(1), line(2, "Other"), line(3))
    report = world.read(source, tmp_path / "in")
    assert (report.read, report.emitted, report.duplicates) == (3, 2, 1)


def test_header_without_the_key_is_a_bad_file_and_others_go_on(tmp_path: Path) -> None:
    write(tmp_path / "in" / "b.csv", line(1))
    (tmp_path / "in" / "a.csv").write_text("name,phone\nx,y\n", encoding="utf-8")
    world = World(tmp_path)
    report = world.read(changed("massage_licenses"), tmp_path / "in")
    assert (report.emitted, dict(report.refused)) == (1, {"file_header": 1})


def test_missing_folder_is_told(tmp_path: Path) -> None:
    assert World(tmp_path).read(changed("massage_licenses"), tmp_path / "absent").failed == "path"


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "a.csv", line(1))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").symlink_to(tmp_path / "elsewhere" / "a.csv")
    assert World(tmp_path).read(changed("massage_licenses"), tmp_path / "in").met["files"] == 0


@pytest.mark.parametrize("kind", ["link", "folder link", "pipe"])
def test_what_takes_the_place_of_a_listed_file_is_not_followed(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    listed = write(tmp_path / "in" / "day" / "a.csv", line(1))
    elsewhere = write(tmp_path / "elsewhere" / "a.csv", line(2))

    def swapped(source: FileSource) -> list[Path]:
        if kind == "folder link":
            shutil.rmtree(listed.parent)
            listed.parent.symlink_to(elsewhere.parent)
        else:
            listed.unlink()
            listed.symlink_to(elsewhere) if kind == "link" else os.mkfifo(listed)
        return [listed]

    monkeypatch.setattr(FileSource, "files", swapped)
    report = World(tmp_path).read(changed("massage_licenses"), tmp_path / "in")
    assert (report.emitted, dict(report.refused)) == (0, {"unreadable": 1})


def append(path: Path, text: str) -> None:
    with path.open("ab") as handle:
        handle.write(text.encode())


def test_growing_file_gives_only_complete_new_records(tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "a.csv", line(1))
    world, source = World(tmp_path), changed("massage_licenses")

    def read() -> Report:
        return world.read(source, tmp_path / "in", "appended")

    assert read().read == 1
    append(path, line(2)[:20])
    assert read().read == 0
    append(path, line(2)[20:] + "\n" + line(3).replace("1 Elm St", '"1 Elm St\nSuite').partition("Suite")[0])
    assert read().read == 1
    append(path, 'Suite 4"' + line(3).partition("1 Elm St")[2] + "\n")
    assert (read().emitted, world.index[-1].address) == (1, "1 Elm St, Suite 4")
    append(path, line(4) + "\n")
    assert read().emitted == 1


@pytest.mark.parametrize("change", ["truncated", "rotated"])
def test_rotated_or_cut_file_is_read_from_its_start(tmp_path: Path, change: str) -> None:
    path = write(tmp_path / "in" / "a.csv", line(1), line(2))
    world, source = World(tmp_path), changed("massage_licenses")
    world.read(source, tmp_path / "in", "appended")
    if change == "truncated":
        write(path, line(3))
    else:
        write(path, line(9, "A new file"), line(3), line(4), line(5))
    report = world.read(source, tmp_path / "in", "appended")
    assert (report.met["rotated"], report.emitted) == (1, 1 if change == "truncated" else 4)


def test_stray_quote_in_a_growing_file_costs_one_row(tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "a.csv", line(1), 'MT-2,"stray')
    append(path, "".join(line(number) + "\n" for number in range(3, 14_000)))
    world = World(tmp_path)
    report = world.read(changed("massage_licenses"), tmp_path / "in", "appended")
    assert report.emitted > 13_000 - 50


def test_json_lines_and_documents(tmp_path: Path) -> None:
    rows = [dict(zip(HEADER.split(","), line(number).split(","), strict=True)) for number in (1, 2)]
    (tmp_path / "in").mkdir()
    lines = [json.dumps(rows[0]), "{broken", "[1]", '{"a": NaN}', "", json.dumps(rows[1])]
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    world = World(tmp_path)
    report = world.read(changed("massage_licenses", file__format="jsonl", file__pattern="*.jsonl"), tmp_path / "in")
    assert (report.emitted, dict(report.refused)) == (2, {"json": 2, "not_object": 1})
    (tmp_path / "in" / "a.json").write_text(json.dumps({"rows": rows}), encoding="utf-8")
    source = changed("massage_licenses", file__format="json", file__pattern="*.json", file__items="rows")
    assert world.read(source, tmp_path / "in").duplicates == 2


def test_formula_stays_text_and_numbers_lose_their_point_zero(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(['=HYPERLINK("http://x.example")', 5550123.0, True, None, 1.5])
    book.save(tmp_path / "a.xlsx")
    facts = ReadFacts(format="xlsx", header=("formula", "number", "truth", "empty", "fraction"))
    (row,) = read_rows(tmp_path / "a.xlsx", facts, "a.xlsx")
    assert list((row.columns or {}).values()) == ['=HYPERLINK("http://x.example")', "5550123", "true", "", "1.5"]


@pytest.mark.parametrize("kind", ["bomb", "entries", "no-zip", "zip-only", "empty"])
def test_bad_workbook_is_refused_before_it_is_unpacked(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind == "bomb":
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
        for number in range(1500 if kind == "entries" else 1):
            archive.writestr(f"x{number}", b"")
    if kind in ("no-zip", "empty"):
        path.write_bytes(b"PK not a zip" if kind == "no-zip" else b"")
    with pytest.raises(FileError):
        list(read_rows(path, ReadFacts(format="xlsx"), "a.xlsx"))


def test_broken_workbook_is_tried_again_at_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(b"PK broken")
    world, source = World(tmp_path), changed("company_register")
    assert [sum(world.read(source, tmp_path / "in").refused.values()) for _ in range(2)] == [1, 1]


CELL = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=20)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8))
@settings(max_examples=150, deadline=None)
def test_every_written_row_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    lines = io.StringIO(out.getvalue(), newline="")
    found = [
        list((row.columns or {}).values())
        for row in read_delimited(lines, ReadFacts(format="csv", header=("a", "b", "c")), (), "f")
    ]
    assert found == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_ends_in_rows_or_named_faults(text: str) -> None:
    for row in read_delimited(io.StringIO(text, newline=""), ReadFacts(format="csv", header=("a", "b")), (), "f"):
        assert isinstance(row, Row)
        assert (row.columns is None) == (row.fault in ("csv", "width", "nul", "media"))
