"""`python -m minerva.exports` and the request it reads."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from minerva.exports import FORMATS, ExportError, ExportRequest
from minerva.exports.__main__ import read_lines
from tests.minerva_exports.sample import KEY, lines, request, unpack


def run(*arguments: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "minerva.exports", *arguments]
    return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_comes_out_as_a_zip(name: str, tmp_path: Any) -> None:
    key = tmp_path / "key"
    key.write_bytes(KEY)
    done = run(name, "--key-file", str(key), given=lines(name))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(unpack(done.stdout)["manifest.json"])["format"] == name


def test_a_folder_gets_the_files_and_standard_output_the_manifest(tmp_path: Any) -> None:
    done = run("csv", "--folder", str(tmp_path / "out"), given=lines("csv"))
    assert json.loads(done.stdout) == json.loads((tmp_path / "out" / "manifest.json").read_text())
    again = run("csv", "--folder", str(tmp_path / "out"), given=lines("csv"))
    assert again.returncode == 2
    assert b"not empty" in again.stderr


def test_a_wrong_line_ends_with_its_place_and_without_its_content() -> None:
    done = run("stix", given=lines("stix") + b'{"record": {"record_id": "secret name"}}\n')
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"secret" not in done.stderr


@pytest.mark.parametrize(
    "line",
    [b"[]", b"{", b'{"a": NaN}', b"\xff", b"[" * 100_000],
    ids=["list", "cut", "not a number", "not UTF-8", "deep"],
)
def test_bad_lines_are_refused(line: bytes) -> None:
    with pytest.raises(ExportError, match="line 2"):
        list(read_lines(io.BytesIO(b"{}\n" + line)))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"level": "L9"}, "level"),
        ({"tenant_id": "No Such Name"}, "tenant_id"),
        ({"purpose": " "}, "purpose"),
        ({"purpose": "two\nlines"}, "purpose"),
        ({"time": "yesterday"}, "time"),
        ({"expires": "2026-11-19T10:00:00Z"}, "expires"),
        ({"handling": ["H9"]}, "handling"),
        ({"withheld": {"records": -1}}, "withheld"),
        ({"sharing_group": "x"}, "sharing_group"),
        ({"max_items": 100_001}, "max_items"),
        ({"max_bytes": True}, "max_bytes"),
        ({"query": {"q": "x" * 10_001}}, "query"),
        ({"token_key": "secret"}, "token_key"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_request_that_breaks_a_rule_names_the_key(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ExportError) as error:
        request("csv", **changes)
    assert error.value.key == key


def test_the_request_in_the_documentation_is_one() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    given, _ = json.JSONDecoder().raw_decode(text, text.index('{"export"'))
    assert ExportRequest.read("csv", given["export"]).withheld == {"records": 2}


def test_the_request_needs_who_whom_what_when_and_why() -> None:
    for key in ("tenant_id", "recipient", "level", "time", "policy_version", "purpose"):
        with pytest.raises(ExportError) as error:
            request("csv", **{key: None})
        assert error.value.key == key
    with pytest.raises(ExportError, match="csv, xlsx"):
        ExportRequest.read("pdf", {})
