"""Interpreters and browsers are proved by running them: a name on PATH may be a shim without its version."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly import machine


def program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_python_that_says_its_version_is_found(tmp_path: Path) -> None:
    found = program(tmp_path / "bin", "python3.9", "echo Python 3.9.18")
    assert machine.find_python("3.9", {"PATH": str(tmp_path / "bin")}) == str(found)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("echo 'pyenv: python3.9: command not found' >&2; exit 127", id="shim without its version"),
        pytest.param("echo Python 3.11.7", id="another version under the name"),
    ],
)
def test_a_name_that_lies_is_no_python(tmp_path: Path, body: str) -> None:
    program(tmp_path / "bin", "python3.9", body)
    assert machine.find_python("3.9", {"PATH": str(tmp_path / "bin")}) is None


def test_the_named_interpreter_wins_over_path(tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3.13", "echo Python 3.13.0")
    named = program(tmp_path, "mine", "echo Python 3.13.2")
    environment = {"PATH": str(tmp_path / "bin"), "MINERVA_PYTHON313": str(named)}
    assert machine.find_python("3.13", environment) == str(named)


@pytest.mark.parametrize(
    "shim",
    [
        pytest.param("exit 127", id="broken"),
        pytest.param("echo Python 3.9.2", id="of the system's build"),
    ],
)
def test_the_prefix_of_pyenv_wins_over_a_shim(tmp_path: Path, shim: str) -> None:
    program(tmp_path / "bin", "python3.9", shim)
    prefix = tmp_path / "3.9.18"
    (prefix / "bin").mkdir(parents=True)
    found = program(prefix / "bin", "python3.9", "echo Python 3.9.18")
    program(tmp_path / "bin", "pyenv", f"echo {prefix}")
    assert machine.find_python("3.9", {"PATH": f"{tmp_path / 'bin'}:/bin:/usr/bin"}) == str(found)


def test_chromium_named_by_the_environment_must_run(tmp_path: Path) -> None:
    working = program(tmp_path / "bin", "chromium", "echo Chromium 130")
    path = {"PATH": str(tmp_path / "bin")}
    assert machine.find_chromium(path) == str(working)
    assert machine.find_chromium({**path, "CHROMIUM": str(tmp_path / "absent")}) is None


@pytest.mark.parametrize(
    ("version", "usable"), [pytest.param("v18.20.0", False, id="old"), pytest.param("v22.1.0", True, id="new")]
)
def test_node_is_used_from_version_20_on(tmp_path: Path, version: str, usable: bool) -> None:
    program(tmp_path / "bin", "npm", "echo 10")
    program(tmp_path / "bin", "node", f"echo {version}")
    assert (machine.find_node({"PATH": str(tmp_path / "bin")}) is not None) is usable
