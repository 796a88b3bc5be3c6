"""The level that the configuration page names holds for every line that an input logs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assembly.paths import ADDON, ROOT

# The add-on's own door, with the libraries that it ships; what it reads of splunkd is given here.
RUN = """
import sys
sys.path[:0] = sys.argv[2:]
import minerva_splunkd as door

asked = []

def stanza(session_key, conf, name):
    asked.append((conf, name))
    return {"loglevel": sys.argv[1]} if sys.argv[1] else {}

class Vault:
    ask = None
    def require(self, tenant_id):
        pass

class Inputs:
    metadata = {"session_key": "", "server_uri": "https://127.0.0.1:1", "checkpoint_dir": "/nowhere"}
    inputs = {"minerva_file://one": {"source_id": "a_source"}}

class Writer:
    def log(self, level, line):
        print(level, line, file=sys.stderr)

def run(name, settings, world):
    for level in ("DEBUG", "INFO", "WARN", "ERROR"):
        world.log(level, "run_done", read=1)

door.stanza, door.configured_vault = stanza, lambda *_: Vault()
door.run_inputs(Inputs, Writer(), run)
assert asked == [("ta_gen_connectors_settings", "logging")]
"""
BIN, LIB = ROOT / ADDON / "bin", ROOT / "build" / "lib" / ADDON


@pytest.mark.parametrize(
    ("level", "logged"),
    [
        ("", ["INFO", "WARN", "ERROR"]),
        ("DEBUG", ["DEBUG", "INFO", "WARN", "ERROR"]),
        ("WARNING", ["WARN", "ERROR"]),
        ("ERROR", ["ERROR"]),
        ("CRITICAL", []),
    ],
)
def test_an_input_logs_from_the_level_of_the_page_on(level: str, logged: list[str]) -> None:
    command = [sys.executable, "-W", "ignore", "-c", RUN, level, str(BIN), str(LIB), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [f'{name} event=run_done read=1 input="minerva_file:one"' for name in logged]
