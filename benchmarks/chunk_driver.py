"""Runs a search command door as splunkd does: a child process, frames of the chunked protocol 2 on its pipes.

Used by benchmarks and by the tests of the doors, which need nothing else of a splunkd.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from assembly.machine import find_python
from assembly.paths import BYTE_CODE_FOLDER

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / "minerva_app" / "bin"
SHIPPED = ROOT / "build" / "lib" / "minerva_app"
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable


def pythons() -> dict[str, str]:
    """Returns the interpreters the doors must run under: the base one, and Splunk's two where they are found."""
    found = {version: find_python(version) for version in ("3.9", "3.13")}
    return {"base": BASE_PYTHON, **{version: path for version, path in found.items() if path is not None}}


@dataclass
class Outcome:
    """What the command answered: its configuration, rows, messages (level, text), exit code and stderr."""

    configuration: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    messages: list[tuple[str, str]] = field(default_factory=list)
    code: int = 0
    stderr: str = ""

    @property
    def errors(self) -> list[str]:
        return [text for level, text in self.messages if level == "ERROR"]


def child_environment(extra_path: str = "") -> dict[str, str]:
    """An environment in which only the shipped libraries and the repository are importable.

    Byte code is kept where the caller keeps its own apart from the tree, else nowhere.
    """
    path = os.pathsep.join(part for part in (str(SHIPPED), str(ROOT), extra_path) if part)
    kept = os.environ.get(BYTE_CODE_FOLDER)
    byte_code = {BYTE_CODE_FOLDER: kept} if kept else {"PYTHONDONTWRITEBYTECODE": "1"}
    return {"PYTHONPATH": path, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **byte_code}


def frame(metadata: dict[str, Any], body: str = "") -> bytes:
    head, data = json.dumps(metadata).encode(), body.encode()
    return b"chunked 1.0,%d,%d\n" % (len(head), len(data)) + head + data


def csv_of(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([part for name in names for part in (name, f"__mv_{name}")])
    for row in rows:
        cells: list[str] = []
        for name in names:
            value = row.get(name)
            if isinstance(value, list):
                cells += ["\n".join(value), ";".join(f"${each.replace('$', '$$')}$" for each in value)]
            else:
                cells += ["" if value is None else str(value), ""]
        writer.writerow(cells)
    return out.getvalue()


def rows_of(body: str) -> list[dict[str, Any]]:
    csv.field_size_limit(sys.maxsize)
    rows = []
    for raw in csv.DictReader(io.StringIO(body)):
        row: dict[str, Any] = {}
        for name, value in raw.items():
            if name.startswith("__mv_"):
                continue
            coded = raw.get(f"__mv_{name}")
            row[name] = [each.replace("$$", "$") for each in coded[1:-1].split("$;$")] if coded else value
        rows.append(row)
    return rows


def searchinfo(script: str, arguments: list[str], dispatch: str, uri: str = "https://127.0.0.1:1") -> dict[str, Any]:
    """Returns what splunkd tells a command of its search; dispatch: a folder of the job's own."""
    return {
        "args": arguments, "raw_args": arguments, "dispatch_dir": dispatch, "sid": "1", "app": "minerva_app",
        "owner": "nobody", "username": "tester", "session_key": "key", "splunkd_uri": uri,
        "splunk_version": "10.2.3", "search": "", "command": script, "maxresultrows": 50000,
        "earliest_time": "0", "latest_time": "0",
    }  # fmt: skip


def run_command(
    script: str,
    arguments: list[str],
    chunks: list[list[dict[str, Any]]],
    *,
    python: str = BASE_PYTHON,
    uri: str = "https://127.0.0.1:1",
) -> Outcome:
    """The outcome of one search command over `chunks` of rows; the last frame is empty and says finished."""
    with tempfile.TemporaryDirectory() as dispatch:
        info = searchinfo(script, arguments, dispatch, uri)
        sent = frame({"action": "getinfo", "preview": False, "searchinfo": info})
        sent += b"".join(frame({"action": "execute", "finished": False}, csv_of(rows)) for rows in chunks)
        sent += frame({"action": "execute", "finished": True})
        done = subprocess.run(
            [python, "-W", "error::SyntaxWarning", str(BIN / script)],
            input=sent,
            capture_output=True,
            timeout=60,
            env=child_environment(),
            check=False,
        )
    return _read(done.stdout, done.returncode, done.stderr.decode())


def _read(data: bytes, code: int, stderr: str) -> Outcome:
    outcome = Outcome(code=code, stderr=stderr)
    for number, (metadata, body) in enumerate(frames_in(io.BytesIO(data))):
        if not number:
            outcome.configuration = metadata
        outcome.rows += rows_of(body)
        outcome.messages += [(level, text) for level, text in metadata.get("inspector", {}).get("messages", [])]
    return outcome


def frames_in(stream: BinaryIO) -> Iterator[tuple[dict[str, Any], str]]:
    """Yields (metadata, body) of each frame of an answer."""
    while line := stream.readline():
        assert line.startswith(b"chunked 1.0,"), line
        head, body = (int(part) for part in line.decode().strip().split(",")[1:])
        metadata = json.loads(stream.read(head)) if head else {}
        yield metadata, stream.read(body).decode()


def rows_in(path: Path) -> Iterator[dict[str, Any]]:
    """Yields the rows of an answer that lies in a file."""
    with path.open("rb") as stream:
        for _, body in frames_in(stream):
            yield from rows_of(body)
