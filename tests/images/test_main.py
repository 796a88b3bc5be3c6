"""Command lines: from picture files to a bank and its matches."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from assembly.paths import ROOT
from tests.images.drawn import encoded, scene


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "minerva.images", *arguments], cwd=ROOT, input=stdin, capture_output=True, check=False
    )


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_mirrored_and_a_framed_copy_are_found_in_a_bank_and_in_its_text(tmp_path: Path) -> None:
    copies = {"mirrored": scene()[:, ::-1], "framed": np.pad(scene(), ((30, 30), (0, 0), (0, 0)))}
    files = {"original": scene(), "other": scene(seed=9), **copies}
    for name, pixels in files.items():
        (tmp_path / name).write_bytes(encoded(".png", np.ascontiguousarray(pixels)))
    stored = run("hash", tmp_path / "original", tmp_path / "other")
    (tmp_path / "lines").write_bytes(stored.stdout)
    assert rows(run("build", "--bank", tmp_path / "bank", stdin=stored.stdout))[0]["hashes"] == 2
    mirrored, framed = rows(run("hash", tmp_path / "mirrored", tmp_path / "framed"))
    trimmed = framed["trimmed"]
    assert isinstance(mirrored["dihedral"], list)
    assert isinstance(trimmed, dict)
    for bank in ("bank", "lines"):
        for questions in (mirrored["dihedral"], [trimmed["pdq"]]):
            done = run("search", "--bank", tmp_path / bank, "--radius", "31", stdin="\n".join(questions).encode())
            assert [(row["id"], row["tier"]) for row in rows(done)] == [(str(tmp_path / "original"), "same")]
        done = run("search", "--bank", tmp_path / bank, "--radius", "31", stdin=str(framed["pdq"]).encode())
        assert (done.returncode, done.stdout) == (0, b"")


def test_a_bad_line_is_named_and_the_others_are_answered(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("00" * 32 + ",zero\nnot a hash\n" + "ff" * 32 + "\n", encoding="utf-8")
    done = run("search", "--bank", tmp_path / "lines", "--radius", "0", stdin=b"FF" * 32 + b"\n\nxyz\n" + b"00" * 32)
    assert done.returncode == 1
    assert b"line 2" in done.stderr
    assert [(row.get("id"), row.get("line")) for row in rows(done)] == [("line 3", None), (None, 3), ("zero", None)]


def test_plain_pictures_are_not_stored(tmp_path: Path) -> None:
    plain = {"path": "plain.png", "pdq": "0" * 64, "quality": 49, "crops": ["0" * 64]}
    lines = "\n".join(json.dumps(row) for row in (plain, {"path": "bad", "error": "no"}, {**plain, "quality": 50}))
    assert rows(run("build", "--bank", tmp_path / "bank", stdin=lines.encode()))[0]["hashes"] == 2


def test_a_bank_that_is_not_there_is_said_in_one_line() -> None:
    done = run("search", "--bank", "nowhere", "--radius", "31")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"nowhere: cannot be read: No such file or directory\n"
