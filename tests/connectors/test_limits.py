"""Limits of memory: a line, row, document or workbook without end is refused in words, and the rest is read."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from minerva.intake.errors import BodyError, FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.file_source import MAX_LINE_BYTES
from minerva.intake.formats import limited_child, limits, tables
from minerva.intake.formats.limits import Limits
from minerva.intake.formats.read import read_rows
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.inputs import checkpoint_path
from minerva.intake.logs import format_line
from minerva.intake.mapping.mapper import MOST_COLUMNS
from minerva.intake.rows import Row
from minerva.intake.running.faults import EXPECTED
from minerva.intake.running.state import State
from minerva.limited_process import LIMITED
from tests.connectors.kills.license_files import HEADER, line, write
from tests.connectors.running import World, changed
from tests.connectors.test_file_source import append

HUGE = 24_000_000
MEASURE = """
import sys
from pathlib import Path
from tests.connectors.running import World, changed

def held():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

folder, kind, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
world, source = World(folder), changed("massage_licenses", file__format=kind, file__pattern="*.*")
(folder / "none").mkdir()
world.read(source, folder / "none", mode)
before = held()
report = world.read(source, folder / "in", mode)
print(held() - before, report.emitted, *sorted(report.refused))
"""
"""A process of its own, since what another test has held counts: KiB held at most, records emitted, codes refused."""


def parts(part: bytes, size: int = HUGE) -> Iterator[bytes]:
    block = part * (1_000_000 // len(part))
    return iter([block] * (size // len(block)))


def objects(*numbers: int) -> list[bytes]:
    names = HEADER.split(",")
    return [json.dumps(dict(zip(names, line(number).split(","), strict=True))).encode() + b"\n" for number in numbers]


ENDLESS: dict[str, tuple[str, str, bytes]] = {
    "one line": ("csv", "whole", b"x"),
    "one line of separators": ("csv", "whole", b","),
    "one row of many lines": ("csv", "whole", b'"' + b"x" * 60 + b'","\n'),
    "one line of JSON": ("jsonl", "whole", b'"x",'),
    "one line of a growing file": ("csv", "appended", b"x,"),
    "one line of growing JSON": ("jsonl", "appended", b'"x",'),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_passed_over_and_not_held(tmp_path: Path, name: str) -> None:
    kind, mode, part = ENDLESS[name]
    (tmp_path / "in").mkdir()
    rows = [f"{HEADER}\n".encode(), *(f"{line(n)}\n".encode() for n in (1, 2))] if kind == "csv" else objects(1, 2)
    with (tmp_path / "in" / f"a.{kind}").open("wb") as file:
        file.writelines([*rows[:-1], *parts(part), b'"\n', rows[-1]])
    asked = [sys.executable, "-c", MEASURE, str(tmp_path), kind, mode]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    held, emitted, *codes = done.stdout.split()
    assert int(held) < 12_000
    assert (int(emitted), set(codes) - {"width"}) == (2, {"row_too_long"})


def refusals(world: World) -> list[tuple[Any, ...]]:
    return [tuple(words.values())[1:] for _, code, words in world.lines if code == "refused"]


def test_a_line_too_long_is_named_by_file_line_limit_and_remedy(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.csv", line(1), "x" * (tables.MAX_ROW_CHARS + 1), line(2))
    write(tmp_path / "in" / "b.csv", line(3))
    world = World(tmp_path)
    assert world.read(changed("massage_licenses"), tmp_path / "in").emitted == 3
    words = "at most 1048576 characters in a line or quoted row: split it, or mend its quotes"
    assert refusals(world) == [("a.csv:3", "row_too_long", words)]


def test_a_line_of_just_the_limit_is_read(tmp_path: Path) -> None:
    longest = line(1) + "," * (tables.MAX_ROW_CHARS - len(line(1)) - 1)
    write(tmp_path / "in" / "a.csv", longest, longest + ",", line(2))
    world = World(tmp_path)
    assert world.read(changed("massage_licenses"), tmp_path / "in").emitted == 2


def test_no_part_of_a_line_too_long_is_a_record_of_a_growing_file(tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "a.csv", line(1))
    append(path, "x" * MAX_LINE_BYTES + "," + line(2))
    world, source = World(tmp_path), changed("massage_licenses")
    assert world.read(source, tmp_path / "in", "appended").emitted == 1
    append(path, "\n" + line(3) + "\n")
    assert world.read(source, tmp_path / "in", "appended").emitted == 1
    assert refusals(world)[0][:2] == ("a.csv:record 3", "row_too_long")


def test_a_header_of_endless_columns_is_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(HEADER + "," * 5000 + "\n" + line(1), encoding="utf-8")
    report = World(tmp_path).read(changed("massage_licenses"), tmp_path / "in")
    assert dict(report.refused) == {"file_header": 1}


@pytest.mark.parametrize("part", [b"{},", b"[0],", b'{"a":0},', b'"ab",'], ids=["objects", "lists", "keys", "texts"])
def test_json_that_would_fill_memory_is_refused_before_it_is_read(part: bytes) -> None:
    with pytest.raises(BodyError) as refused:
        parse_json(b"[" + part * (32_000_000 // len(part)) + b"0]")
    assert refused.value.code == "json_memory"


def test_json_within_the_bound_is_read() -> None:
    row = {"id": "12345678", "name": "A name as usual", "note": "Some words, and some more: these.", "count": 12}
    assert len(parse_json(json.dumps([row] * 100_000).encode())) == 100_000


def book_with(path: Path, texts: int = 0, cell: str = "") -> Path:
    """A workbook of one row, with a table of so many shared texts (no bomb by its ratio), or `cell` for the name."""
    book = Workbook()
    assert book.active is not None
    book.active.append(HEADER.split(","))
    book.active.append(line(1, "THE NAME").split(","))
    book.save(path.with_suffix(".plain"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    table = "".join(f"<si><t>{number * 2654435761 % 2**32:08x}</t></si>" for number in range(texts))
    with zipfile.ZipFile(path.with_suffix(".plain")) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).replace(b"THE NAME", cell.encode() or b"Spa")
            if texts and name == "[Content_Types].xml":
                part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
                content = content.replace(b"</Types>", part.encode())
            new.writestr(name, content)
        if texts:
            main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{table}</sst>')
    return path


def read_sheet(path: Path, limits: Limits = limits.LIMITS) -> list[Row]:
    facts = ReadFacts(format="xlsx", header=tuple(HEADER.split(",")))
    return list(read_rows(path, facts, path.name, limits=limits))


@pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")
def test_a_workbook_takes_no_more_memory_than_its_reader_may(tmp_path: Path) -> None:
    path = book_with(tmp_path / "a.xlsx", 60_000)
    assert len(read_sheet(path)) == 2
    with pytest.raises(FileError, match=r"a\.xlsx: reading takes more than 256 MiB") as refused:
        read_sheet(path, Limits(memory_bytes=4 * 2**20))
    assert refused.value.code == "xlsx_memory"


def test_where_memory_cannot_be_limited_workbooks_are_smaller_and_the_run_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_child, "LIMITED", False)
    (tmp_path / "in").mkdir()
    book_with(tmp_path / "in" / "a.xlsx", 10)
    book_with(tmp_path / "in" / "b.xlsx", limits.UNLIMITED_DOCUMENT_BYTES // 24)
    source = changed("massage_licenses", file__format="xlsx", file__pattern="*.xlsx")
    world = World(tmp_path)
    report = world.read(source, tmp_path / "in")
    assert (report.emitted, dict(report.refused)) == (1, {"file_xlsx_bomb": 1})
    assert report.words()["without_memory_limit"] == 2


def killed(_module: str) -> list[str]:
    return [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]


def test_a_reader_that_is_killed_is_a_bad_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_child, "command_of", killed)
    with pytest.raises(FileError, match="256 MiB") as refused:
        read_sheet(book_with(tmp_path / "a.xlsx"))
    assert refused.value.code == "xlsx_memory"


def test_a_cell_too_long_costs_its_row(tmp_path: Path) -> None:
    long, whole = (
        book_with(tmp_path / f"{name}.xlsx", cell="a" * (tables.MAX_FIELD_CHARS + more))
        for name, more in (("long", 1), ("whole", 0))
    )
    assert [row.columns is None for row in read_sheet(long)] == [False, True]
    assert [row.columns is None for row in read_sheet(whole)] == [False, False]


@pytest.mark.parametrize("code", EXPECTED)
def test_what_is_expected_fits_a_log_line(code: str) -> None:
    assert f'expected="{EXPECTED[code]}"' in format_line("refused", expected=EXPECTED[code])


def test_a_file_of_nothing_but_faults_keeps_few_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minerva.intake.running.runner._KEPT_REFUSALS", 3)
    write(tmp_path / "in" / "a.csv", *[",no key"] * 9)
    world, source = World(tmp_path), changed("massage_licenses")
    assert sum(world.read(source, tmp_path / "in").refused.values()) == 9

    state = State(checkpoint_path(tmp_path, "minerva_file://t"))
    assert len(state.refused()) == 3
    state.close()


def test_a_row_of_endless_columns_is_refused_and_names_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    row = {**json.loads(objects(1)[0]), **{f"more_{number}": "x" for number in range(MOST_COLUMNS)}}
    (tmp_path / "in" / "a.jsonl").write_bytes(json.dumps(row).encode() + b"\n" + objects(2)[0])
    world = World(tmp_path)
    report = world.read(changed("massage_licenses", file__format="jsonl", file__pattern="*.jsonl"), tmp_path / "in")
    assert (report.emitted, dict(report.refused), report.leftovers) == (1, {"columns": 1}, {})
