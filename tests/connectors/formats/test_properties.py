"""Properties of every reader: any bytes end in rows or its own error, and what stands before a cut is given."""

from __future__ import annotations

import csv
import gzip
import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import read_facts
from minerva.intake.formats.limits import LIMITS
from minerva.intake.formats.read import rows_here
from minerva.intake.rows import ReadCounts, Row
from tests.connectors.formats.hostile import entry, tar, zipped
from tests.connectors.formats.workbooks import ods, ods_table, sheet, xlsx

COLUMNS = [{"name": "id", "start": 1, "length": 4}, {"name": "name", "start": 5, "length": 9}]
CELL = st.text(alphabet="abcXYZ019,;|-.'éüßŁж中", min_size=1, max_size=9)
TABLES = st.lists(st.tuples(st.integers(0, 9999).map("{:04}".format), CELL), min_size=1, max_size=12)


def as_csv(rows: list[tuple[str, str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([("id", "name"), *rows])
    return out.getvalue().encode()


def as_objects(rows: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": number, "name": name} for number, name in rows]


FORMATS: dict[str, tuple[dict[str, Any], Any]] = {
    "csv": ({"format": "csv"}, as_csv),
    "tsv": ({"format": "tsv"}, lambda rows: as_csv(rows, "\t")),
    "fixed": ({"format": "fixed", "columns": COLUMNS}, lambda rows: "".join(a + b + "\n" for a, b in rows).encode()),
    "json": ({"format": "json", "items": "rows"}, lambda rows: json.dumps({"rows": as_objects(rows)}).encode()),
    "jsonl": ({"format": "jsonl"}, lambda rows: "".join(json.dumps(r) + "\n" for r in as_objects(rows)).encode()),
    "xml": (
        {"format": "xml", "items": "r"},
        lambda rows: ("<l>" + "".join(f"<r><id>{a}</id><name>{b}</name></r>" for a, b in rows) + "</l>").encode(),
    ),
    "html": (
        {"format": "html"},
        lambda rows: (
            "<table><tr><th>id<th>name" + "".join(f"<tr><td>{a}<td>{b}" for a, b in rows) + "</table>"
        ).encode(),
    ),
    "xlsx": ({"format": "xlsx"}, lambda rows: xlsx(sheet([["id", "name"], *map(list, rows)]))),
    "ods": ({"format": "ods"}, lambda rows: ods(ods_table([["id", "name"], *map(list, rows)]))),
    "gzip": ({"format": "csv", "unpack": "gzip"}, lambda rows: gzip.compress(as_csv(rows))),
    "zip": ({"format": "csv", "unpack": "zip"}, lambda rows: zipped(("a.csv", as_csv(rows)))),
    "tar.gz": ({"format": "csv", "unpack": "tar.gz"}, lambda rows: tar((entry("a.csv"), as_csv(rows)))),
}
CUT_IN_PLACE = ("csv", "tsv", "fixed", "json", "jsonl", "xml")


def read(content: bytes, facts: dict[str, Any]) -> tuple[list[Row], str]:
    """Rows and the code of what ended them, read in this process: the child runs the same function."""
    rows: list[Row] = []
    try:
        for row in rows_here(io.BytesIO(content), read_facts(facts), "a", (), ReadCounts(), LIMITS):
            rows.append(row)
    except FileError as error:
        return rows, error.code
    return rows, ""


@pytest.mark.parametrize("name", FORMATS)
@given(rows=TABLES)
@settings(max_examples=15)
def test_every_written_row_is_read_back(name: str, rows: list[tuple[str, str]]) -> None:
    facts, write = FORMATS[name]
    found, code = read(write(rows), facts)
    assert not code
    assert [tuple((row.columns or {}).values()) for row in found] == rows


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
@settings(max_examples=25)
def test_a_mangled_file_raises_nothing_but_its_own_error(name: str, data: st.DataObject) -> None:
    facts, write = FORMATS[name]
    content = bytearray(write(data.draw(TABLES)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    rows, _ = read(bytes(content), facts)
    assert all((row.columns is None) == bool(row.fault) for row in rows)


@pytest.mark.parametrize("name", ["xlsx", "ods", "zip", "gzip", "tar.gz"])
def test_one_wrong_byte_of_a_packed_file_ends_in_rows_or_its_own_error(name: str) -> None:
    facts, write = FORMATS[name]
    content = write([("1", "Rosewood"), ("2", "Juniper")])
    for at in range(0, len(content), 3):
        read(content[:at] + bytes([content[at] ^ 0x41]) + content[at + 1 :], facts)


@pytest.mark.parametrize("name", [*FORMATS, "rss", "geojson", "lines"])
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@settings(max_examples=25)
def test_any_bytes_end_in_rows_or_its_own_error(name: str, content: bytes) -> None:
    facts = FORMATS[name][0] if name in FORMATS else {"format": name}
    rows, code = read(content, facts)
    assert all((row.columns is None) == bool(row.fault) for row in rows)
    assert code == "" or code.isascii()


@pytest.mark.parametrize("name", CUT_IN_PLACE)
@given(rows=TABLES, part=st.floats(0, 1))
@settings(max_examples=30)
def test_rows_before_a_cut_are_given(name: str, rows: list[tuple[str, str]], part: float) -> None:
    facts, write = FORMATS[name]
    whole = write(rows)
    cut = whole[: int(len(whole) * part)]
    found, _ = read(cut, facts)
    given_rows = [tuple(row.columns.values()) for row in found if row.columns]
    complete = sum(1 for number in range(1, len(rows) + 1) if _end_of(write, rows, number, name) <= len(cut))
    assert given_rows[:complete] == rows[:complete]


def _end_of(write: Any, rows: list[tuple[str, str]], number: int, name: str) -> int:
    """How many bytes the first rows take, what closes the document left out."""
    closing = {"json": 2, "xml": len("</l>")}.get(name, 0)
    return len(write(rows[:number])) - closing


def test_nothing_is_opened_or_fetched(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss version='2.0'><channel><item><title>not this</title></item></channel></rss>")
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/feed.xml"
        for kind in ("rss", "html", "xml", "csv"):
            for text in (address, str(feed), feed.as_uri(), f"<!DOCTYPE a SYSTEM '{address}'><a>&b;</a>"):
                rows, _ = read(text.encode(), {"format": kind})
                assert "not this" not in repr(rows)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
