"""`--help` of every command line says how it is used and waits for no input."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assembly.paths import ROOT

MODULES = sorted(f"minerva.{path.parent.name}" for path in (ROOT / "minerva").glob("*/__main__.py"))


@pytest.mark.parametrize("module", MODULES)
def test_help_is_printed_at_once(module: str) -> None:
    command = [sys.executable, "-m", module, "--help"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.wait(timeout=60) == 0
        finally:
            running.kill()
        assert running.stdout is not None
        assert f"usage: python -m {module}" in running.stdout.read()
