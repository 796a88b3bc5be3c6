"""Hostile and broken files: each ends in a word within 256 MiB and 2 s of the processor, its good rows given."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import read_facts
from minerva.intake.formats.limits import Limits
from minerva.intake.formats.read import IN_CHILD, read_rows
from minerva.limited_process import LIMITED, limit_process
from tests.connectors.formats.hostile import ROWS, TABLE, Hostile
from tests.connectors.kills.license_files import HEADER, line
from tests.connectors.running import World, changed

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 2
MEMORY = 256 * 1024 * 1024
STRICT = Limits(memory_bytes=MEMORY, seconds=SECONDS, stream_seconds=SECONDS)
IN_PLACE = [
    name for name, case in TABLE.items() if case.facts["unpack"] == "none" and case.facts["format"] not in IN_CHILD
]


def result(case: Hostile) -> tuple[int, list[str]]:
    """Rows, and what is said of others or of the file."""
    rows = 0
    codes: list[str] = []
    try:
        for row in read_rows(io.BytesIO(case.content()), read_facts(case.facts), "a", limits=STRICT):
            rows += row.columns is not None
            if row.columns is None and (not codes or codes[-1] != row.fault):
                codes.append(row.fault)
    except FileError as error:
        codes.append(error.code)
    return rows, codes


@pytest.fixture(scope="module")
def in_place() -> Mapping[str, Any]:
    """What is read without a child, in one process that may not take more: name -> rows, codes, seconds."""
    command = [sys.executable, "-m", "tests.connectors.formats.test_hostile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return {**dict(json.loads(text) for text in done.stdout.splitlines()), "": done.stderr}


@pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")
@pytest.mark.parametrize("name", TABLE)
def test_a_hostile_file_ends_in_a_word_within_its_limits(name: str, in_place: Mapping[str, Any]) -> None:
    case = TABLE[name]
    if name in IN_PLACE:
        assert name in in_place, in_place[""]
        rows, codes, seconds = in_place[name]
        assert seconds <= SECONDS
    else:
        rows, codes = result(case)
    assert set(codes or [""]) <= case.codes
    assert rows >= case.rows


def test_there_are_kinds_enough() -> None:
    assert len(TABLE) >= 60
    assert {case.facts["unpack"] for case in TABLE.values()} == {"none", "zip", "gzip", "tar.gz", "bz2"}


@pytest.mark.parametrize("unpack", ["none", "zip", "gzip", "tar.gz", "bz2"])
def test_other_inputs_are_not_harmed(unpack: str, tmp_path: Path) -> None:
    """All that is hostile beside two good files, in one folder of one input."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = HEADER + "\n"
    for name, number in (("0-first", 1), ("z-last", 2)):
        (folder / name).write_bytes(_packed(unpack, f"{rows}{line(number)}\n".encode()))
    chosen = {name: case for name, case in TABLE.items() if case.facts["unpack"] == unpack}
    for number, (name, case) in enumerate(chosen.items()):
        if name not in IN_PLACE or case.facts["format"] == "csv":
            (folder / f"m{number:03}").write_bytes(case.content())
    world = World(tmp_path)
    source = changed("massage_licenses", file__pattern="*", file__unpack=unpack)
    report = world.read(source, folder)
    assert [record.source_key for record in world.index] == ["MT-1", "MT-2"]
    assert report.refused


def _packed(unpack: str, content: bytes) -> bytes:
    import bz2
    import gzip

    from tests.connectors.formats.hostile import entry, tar, zipped

    return {
        "none": lambda: content,
        "gzip": lambda: gzip.compress(content),
        "bz2": lambda: bz2.compress(content),
        "zip": lambda: zipped(("a.csv", content)),
        "tar.gz": lambda: tar((entry("a.csv"), content)),
    }[unpack]()


def _measure() -> None:
    """Read what is read in place under the limits that a child has, and print each result."""
    import resource

    built = {name: Hostile(TABLE[name].facts, _held(TABLE[name].content()), frozenset()) for name in IN_PLACE}
    assert limit_process(MEMORY, 3600)
    for name, case in built.items():
        before = resource.getrusage(resource.RUSAGE_SELF)
        rows, codes = result(case)
        after = resource.getrusage(resource.RUSAGE_SELF)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(json.dumps([name, [rows, codes, seconds]]), flush=True)


def _held(content: bytes) -> Any:
    return lambda: content


if __name__ == "__main__":
    assert ROWS
    _measure()
