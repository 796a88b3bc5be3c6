"""What the machine has: Node, Chromium, libmagic, other Pythons; each proved by running it, since a shim may lie.

Missing parts of a test run are installed with apt-get as root on a Debian-like system, else named with the line to run.
Standard library only.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
SHIPPED_PYTHONS = ("3.9", "3.13")
OLDEST_NODE = 20
DEBIAN = Path("/etc/debian_version")
NOTHING_LEFT_OUT = "MINERVA_NOTHING_LEFT_OUT"
"""Environment variable under which what cannot be run on this machine counts as failed, as it does in CI."""


def leaves_nothing_out() -> bool:
    """Whether what cannot be run on this machine counts as failed."""
    return any(os.environ.get(name) for name in ("CI", NOTHING_LEFT_OUT))


def output_of(command: Sequence[str], timeout_s: float = 30) -> str | None:
    """Returns what a command prints, or None if it cannot run or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout + done.stderr if done.returncode == 0 else None


def find_python(version: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns an interpreter of Python `version` ("3.9") that says so itself, or None.

    Order: MINERVA_PYTHON39 (and its kin), pyenv's prefix, python3.9 on PATH. A pyenv shim on PATH exists for versions
    that are not installed or not selected: it fails when run, or runs the system's build of that version.
    """
    candidates = [environment.get(f"MINERVA_PYTHON{version.replace('.', '')}")]
    pyenv = _which("pyenv", environment)
    if pyenv is not None:
        prefix = output_of([pyenv, "prefix", version])
        candidates.append(f"{prefix.strip()}/bin/python{version}" if prefix else None)
    candidates.append(_which(f"python{version}", environment))
    for candidate in candidates:
        if candidate and re.match(rf"Python {re.escape(version)}\.\d", output_of([candidate, "-V"]) or ""):
            return candidate
    return None


def find_chromium(environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns the browser for tests: $CHROMIUM, else the first known name on PATH that answers --version."""
    named = environment.get("CHROMIUM")
    candidates = [named] if named else [_which(name, environment) for name in CHROMIUM_NAMES]
    return next((found for found in candidates if found and output_of([found, "--version"])), None)


def find_node(environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns node of version 20 or later that has npm beside it on PATH, or None."""
    node = _which("node", environment)
    match = re.match(r"v(\d+)\.", output_of([node, "--version"]) or "") if node else None
    if match and int(match[1]) >= OLDEST_NODE and _which("npm", environment):
        return node
    return None


def has_libmagic() -> bool:
    """True if the loader finds libmagic, which AppInspect needs."""
    return ctypes.util.find_library("magic") is not None


def _which(name: str, environment: Mapping[str, str]) -> str | None:
    return shutil.which(name, path=environment.get("PATH"))


def missing_for_tests() -> dict[str, list[str]]:
    """Returns {what is missing: Debian packages that bring it, the first that exists is taken}."""
    missing = {}
    if find_chromium() is None:
        missing["Chromium"] = ["chromium", "chromium-browser"]
    if not has_libmagic():
        missing["libmagic"] = ["libmagic1t64", "libmagic1"]
    return missing


def provide_for_tests() -> tuple[bool, list[str]]:
    """Installs what is missing where that is allowed; returns whether it tried, and one line for each part that is
    still missing."""
    missing = missing_for_tests()
    tried = bool(missing) and os.geteuid() == 0 and bool(shutil.which("apt-get")) and DEBIAN.exists()
    if tried:
        subprocess.run(["apt-get", "update", "-qq"], check=False, timeout=600)
        for packages in missing.values():
            for package in packages:
                command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
                quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
                done = subprocess.run(command, env=quiet, capture_output=True, check=False, timeout=1200)
                if done.returncode == 0:
                    break
        missing = missing_for_tests()
    lines = [f"{part} is missing; run: sudo apt-get install {packages[0]}" for part, packages in missing.items()]
    return tried, lines
