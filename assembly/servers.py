"""Servers that tests and the demo speak to, sshd and dovecot, from Debian's packages.

Where the machine has none they are unpacked below build/: installed packages would start and listen by themselves.
Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from assembly import paths

PACKAGES = {"sshd": "openssh-server", "dovecot": "dovecot-imapd"}
"""Program -> the package that brings it."""
_SYSTEM = "/usr/local/sbin:/usr/sbin:/sbin"
_LIBRARIES = ("usr/lib", "usr/lib/dovecot")
_MOST_SECONDS = 300


def find_server(name: str, environment: Mapping[str, str] = os.environ, unpacked: Path = paths.SERVERS) -> str | None:
    """Returns the program of a server: $SSHD or $DOVECOT, else on PATH, in the system's folders, or unpacked here."""
    folders = [environment.get("PATH", ""), _SYSTEM, str(unpacked / "usr" / "sbin")]
    return environment.get(name.upper()) or shutil.which(name, path=os.pathsep.join(folders))


def environment_of(program: str, unpacked: Path = paths.SERVERS) -> dict[str, str]:
    """Returns the environment in which a server finds the libraries that were unpacked with it."""
    if not Path(program).is_relative_to(unpacked):
        return dict(os.environ)
    folders = [unpacked / name for name in _LIBRARIES]
    folders += sorted((unpacked / "usr" / "lib").glob("*-linux-gnu*"))
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(map(str, folders))}


def ensure_servers(unpacked: Path = paths.SERVERS) -> bool:
    """Unpacks the servers that the machine lacks; returns False where nothing was done.

    What cannot be had is no error: its tests say that they were skipped.
    """
    missing = [package for name, package in PACKAGES.items() if find_server(name, unpacked=unpacked) is None]
    if not missing or not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return False
    unpacked.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetched-", dir=unpacked) as folder:
        fetched = _fetch(missing, Path(folder))
        if not fetched and os.geteuid() == 0:
            _quietly(["apt-get", "update", "-qq"])
            fetched = _fetch(missing, Path(folder))
        for archive in fetched:
            _quietly(["dpkg-deb", "--extract", str(archive), str(unpacked)])
    return bool(fetched)


def _fetch(packages: Sequence[str], folder: Path) -> list[Path]:
    """Fetches packages with what they need and the machine lacks; none where that fails."""
    folder.chmod(0o755)
    (folder / "partial").mkdir(exist_ok=True)
    done = _quietly([
        "apt-get", "install", "--download-only", "-y", "-qq", "--no-install-recommends", "-o", "Debug::NoLocking=1",
        "-o", f"Dir::Cache::archives={folder}", *packages,
    ])  # fmt: skip
    return sorted(folder.glob("*.deb")) if done else []


def _quietly(command: Sequence[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return (
            subprocess.run(command, env=quiet, capture_output=True, check=False, timeout=_MOST_SECONDS).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
