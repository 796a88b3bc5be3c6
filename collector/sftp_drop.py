"""Files of an SFTP drop, fetched by OpenSSH's own `sftp` in batch mode, without a shell.

The host's key is pinned: it stands in the known_hosts file that is named, and no other is asked. Nothing is written on
the other side. What was fetched is noted by name, size and time, so that a run takes only what is new or changed.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from collector.writing import CollectorError

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,252}")
_USER = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,63}")
_FOLDER = re.compile(r"[A-Za-z0-9._/-]{1,500}")
_LISTED = re.compile(r"-[rwxsStT-]{9}\S*\s+\S+\s+\S+\s+\S+\s+(\d+)\s+(\S+\s+\S+\s+\S+)\s+(\S+)")
STATE = ".collector-sftp.json"
SECONDS = 3600


@dataclass(frozen=True)
class Drop:
    """Where the files lie, and how much of them may be taken: `max_bytes` of one file, `most` files in a run."""

    host: str
    user: str
    key: Path
    known_hosts: Path
    folder: str = "."
    pattern: str = "*"
    port: int = 22
    max_bytes: int = 256 * 1024 * 1024
    most: int = 1000


@dataclass(frozen=True)
class Fetched:
    """Names that were fetched, and those that were left alone, with the reason."""

    names: tuple[str, ...]
    left: Mapping[str, str]


def collect(drop: Drop, into: Path) -> Fetched:
    """Fetch what is new into a folder. Raises CollectorError; what came before it is kept."""
    _check(drop)
    into.mkdir(parents=True, exist_ok=True)
    state_path = into / STATE
    known = _state(state_path)
    fetched: list[str] = []
    left: dict[str, str] = {}
    for name, size, when in _listed(drop):
        mark = f"{size} {when}"
        if not fnmatch.fnmatchcase(name, drop.pattern) or known.get(name) == mark:
            continue
        if not _NAME.fullmatch(name):
            left[name[:60].encode("ascii", "replace").decode()] = "its name is none that is taken"
        elif size > drop.max_bytes:
            left[name] = f"larger than {drop.max_bytes} bytes"
        elif len(fetched) >= drop.most:
            left[name] = "the next run takes it"
        else:
            _fetch(drop, name, size, into)
            fetched.append(name)
            known[name] = mark
            _write_state(state_path, known)
    return Fetched(tuple(fetched), left)


def _check(drop: Drop) -> None:
    """Nothing of the settings may be taken for an option or a command."""
    for what, text, shape in (("host", drop.host, _HOST), ("user", drop.user, _USER), ("folder", drop.folder, _FOLDER)):
        if not shape.fullmatch(text):
            raise CollectorError(f"{what}: holds characters that are not taken")
    for what, path in (("key", drop.key), ("known_hosts", drop.known_hosts)):
        if not path.is_file() or any(char in str(path) for char in '"\n% '):
            raise CollectorError(f"{what}: a file that is there, whose path holds neither blanks nor '%'")
    if drop.key.stat().st_mode & 0o077:
        raise CollectorError("key: others than its owner may read it; chmod 600")


def _listed(drop: Drop) -> list[tuple[str, int, str]]:
    """Name, size and time of the plain files; links and folders are not taken."""
    told = _sftp(drop, [f'ls -ln "{drop.folder}"'], drop.max_bytes)
    found = []
    for line in told.splitlines():
        match = _LISTED.fullmatch(line.strip())
        if match:
            found.append((match[3].rpartition("/")[2], int(match[1]), " ".join(match[2].split())))
    return sorted(found)


def _fetch(drop: Drop, name: str, size: int, into: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".", dir=into) as scratch:
        part = Path(scratch) / "part"
        _sftp(drop, [f'get "{drop.folder}/{name}" "{part}"'], drop.max_bytes)
        if not part.is_file() or part.is_symlink() or part.stat().st_size < size:
            raise CollectorError(f"{name}: did not come whole")
        os.chmod(part, 0o640)
        os.replace(part, into / name)


def _sftp(drop: Drop, commands: Sequence[str], max_bytes: int) -> str:
    program = shutil.which("sftp")
    if program is None:
        raise CollectorError("OpenSSH's sftp is not installed on this machine")
    options = (
        *("BatchMode=yes", "StrictHostKeyChecking=yes", f"UserKnownHostsFile={drop.known_hosts}"),
        *("GlobalKnownHostsFile=/dev/null", "UpdateHostKeys=no", "CheckHostIP=no", "IdentitiesOnly=yes"),
        *("IdentityAgent=none", "ForwardAgent=no", "ClearAllForwardings=yes", "PermitLocalCommand=no"),
        *("ProxyCommand=none", "PreferredAuthentications=publickey", "ConnectTimeout=20", "ServerAliveInterval=15"),
    )
    command = [program, "-F", "/dev/null", "-b", "-", "-P", str(drop.port), "-i", str(drop.key)]
    command += [part for option in options for part in ("-o", option)]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max_bytes, max_bytes))

    try:
        done = subprocess.run(
            [*command, "--", f"{drop.user}@{drop.host}"],
            input="".join(f"{line}\n" for line in commands),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
            preexec_fn=limit,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": "/nonexistent"},
        )
    except subprocess.TimeoutExpired:
        raise CollectorError(f"{drop.host}: took longer than {SECONDS} s") from None
    if done.returncode:
        raise CollectorError(f"{drop.host}: {_why(done.stderr)}")
    return done.stdout


def _why(told: str) -> str:
    """What went wrong, in our own words: sftp's may hold paths of the other side."""
    for words, why in (
        ("Host key verification failed", "its key is not the one in known_hosts"),
        ("Permission denied", "it does not take the user or the key, or forbids the folder"),
        ("No such file", "the folder or file is not there"),
        ("not found", "the folder or file is not there"),
        ("refused", "nothing answers at this port"),
        ("timed out", "it does not answer"),
    ):
        if words in told:
            return why
    return "sftp ended with an error"


def _state(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def _write_state(path: Path, known: Mapping[str, str]) -> None:
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(known, indent=0, sort_keys=True), encoding="utf-8")
    os.replace(partial, path)
