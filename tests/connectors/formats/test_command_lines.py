"""The command lines `read` and `map`: what they print and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.__main__ import main
from tests.connectors.source_samples import SOURCES

ROOT = Path(__file__).resolve().parents[3]
FIXED = {
    "format": "fixed",
    "columns": [{"name": "id", "start": 1, "length": 4}, {"name": "name", "start": 5, "length": 9}],
}


def printed(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, list[Any]]:
    status = main(arguments)
    return status, [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def test_rows_are_printed_and_faults_have_code_and_place(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.csv").write_bytes("id,name\n1,Café\n2,b,c\n3,d\n".encode("cp1252"))
    assert printed(capsysbinary, "read", "--format", "csv", str(tmp_path / "a.csv")) == (
        0,
        [{"id": "1", "name": "Café"}, {"error": "width", "place": "a.csv:3"}, {"id": "3", "name": "d"}],
    )


@pytest.mark.parametrize("text", ["id;name\n1;a\n", "id\tname\n1\ta\n", "id|name\n1|a\n"])
def test_a_delimiter_other_than_the_comma_is_seen(
    text: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.csv").write_text(text)
    assert printed(capsysbinary, "read", "--format", "csv", str(tmp_path / "a.csv")) == (0, [{"id": "1", "name": "a"}])


@pytest.mark.parametrize("kind", ["keys.json", "keys.yml", "source.yml"])
def test_facts_are_reading_keys_or_a_source(
    kind: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    document = {"id": "x", "file": {**FIXED, "pattern": "*"}} if kind == "source.yml" else FIXED
    (tmp_path / kind).write_text(json.dumps(document))
    (tmp_path / "a.txt").write_text("0001Ann\n0002Bob      x\n")
    facts = ("--facts", str(tmp_path / kind))
    assert printed(capsysbinary, "read", "--format", "fixed", *facts, str(tmp_path / "a.txt")) == (
        0,
        [{"id": "0001", "name": "Ann"}, {"id": "0002", "name": "Bob"}],
    )


def test_a_zip_is_read_by_the_name_of_what_it_holds(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("list.json", '{"meta": {}, "rows": [{"id": 1}, {"id": 2}]}')
        archive.writestr("readme.txt", "words")
    facts = tmp_path / "facts.json"
    facts.write_text('{"items": "rows"}')
    zipped = ("read", "--format", "zip", "--facts", str(facts), str(tmp_path / "a.zip"))
    assert printed(capsysbinary, *zipped) == (0, [{"id": 1}, {"id": 2}])


@pytest.mark.parametrize("kind", ["json", "xml", "xlsx", "ods", "rss", "html", "zip", "jsonl", "geojson"])
def test_nothing_to_read_ends_with_status_1_and_a_code(
    kind: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert printed(capsysbinary, "read", "--format", kind, str(tmp_path / "a")) == (
        1,
        [{"error": "media", "place": "a"}],
    )
    status, lines = printed(capsysbinary, "read", "--format", kind, str(tmp_path / "absent"))
    assert (status, lines) == (1, [{"error": "unreadable", "place": "absent"}])


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ('{"formt": "csv"}', "formt"),
        ('{"skip_rows": -1}', "skip_rows"),
        ("{", "cannot be read"),
        ("[]", "expected a map"),
    ],
)
def test_wrong_facts_are_named_and_end_with_status_2(
    facts: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.json").write_text(facts)
    (tmp_path / "a.csv").write_text("a\n1\n")
    assert main(["read", "--format", "csv", "--facts", str(tmp_path / "facts.json"), str(tmp_path / "a.csv")]) == 2
    assert words in capsys.readouterr().err


def test_fixed_width_asks_for_its_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("0001Ann\n")
    assert main(["read", "--format", "fixed", str(tmp_path / "a.txt")]) == 2
    assert "columns" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["massage_licenses", "company_register", "business_reviews"])
def test_map_prints_the_records_of_a_sample(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = next(SOURCES.glob(f"*/{name}"))
    sample = next(path for path in folder.iterdir() if path.stem == "sample")
    status, lines = printed(capsysbinary, "map", "--source", name, str(sample))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    records = [line for line in lines if "error" not in line]
    assert status == 0
    assert {record["source_key"] for record in records} == {record["source_key"] for record in expected["records"]}
    refused = [f"{line['place']}: {line['error']}" for line in lines if "error" in line]
    assert len(refused) == len(expected["refused"])


def test_map_names_a_source_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "--source", "nonesuch", "x.csv"]) == 2
    assert "nonesuch" in capsys.readouterr().err


def test_map_reads_the_list_of_a_built_add_on(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from minerva.intake.facts.authoring import gather

    (tmp_path / "default").mkdir()
    (tmp_path / "default" / "sources.json").write_text(json.dumps(gather(SOURCES)))
    sample = next(SOURCES.glob("*/massage_licenses/sample.csv"))
    options = ("--source", "massage_licenses", "--sources", str(tmp_path))
    status, lines = printed(capsysbinary, "map", *options, str(sample))
    assert status == 0
    assert lines[0]["source_id"] == "massage_licenses"


ODD = {
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "UTF-16": "id,name\n1,Ann\n".encode("utf-16"),
    "NUL": b"id,name\n1,\x00\n2,b\n",
    "carriage returns": b"id,name\r1,Ann\r",
    "an open quote": b'id,name\n1,"Ann\n2,Bob\n',
    "a heading twice": b"id,id\n1,2\n",
    "a number": b"3",
    "null": b"null",
    "a list of scalars": b'[1, 2, "x", null, true]',
    "lists in a list": b"[[1, 2], [3, 4]]",
    "NaN": b'[{"a": NaN}]',
    "a key twice": b'[{"a": 1, "a": 2}]',
    "half a list": b'[{"a": 1}, {"b":',
    "a lone surrogate": b'[{"a": "\\ud800"}]',
    "lines of all sorts": b'{"a": 1}\nx\n[1]\n\n{"b": 2}\n',
    "features": b'{"type": "FeatureCollection", "features": [{"properties": {"id": 1}, "geometry": null}, 5, {}]}',
    "a long line": b"a,b\n" + b"x" * 1_100_000 + b",1\n2,3\n",
    "noise": bytes(range(256)) * 9,
}


@pytest.mark.parametrize("kind", ["csv", "tsv", "fixed", "lines", "json", "jsonl", "geojson"])
def test_whatever_a_file_holds_each_line_is_a_row_or_a_fault(
    kind: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "facts.json").write_text(json.dumps({"columns": FIXED["columns"]}))
    facts = ("--facts", str(tmp_path / "facts.json")) if kind == "fixed" else ()
    (tmp_path / "folder").mkdir()
    for name, content in ODD.items():
        (tmp_path / "odd").write_bytes(content)
        status, lines = printed(capsysbinary, "read", "--format", kind, *facts, str(tmp_path / "odd"))
        faults = [line for line in lines if isinstance(line, dict) and set(line) == {"error", "place"}]
        assert status == (1 if faults and len(faults) == len(lines) else 0), name
    status, lines = printed(capsysbinary, "read", "--format", kind, *facts, str(tmp_path / "folder"))
    assert (status, lines) == (1, [{"error": "unreadable", "place": "folder"}])


def test_the_module_runs_as_a_command(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n')
    command = [sys.executable, "-m", "minerva.intake", "read", "--format", "jsonl", str(tmp_path / "a.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"a": 1}\n', "")
