"""SFTP drops: what may be said to `sftp`, and a real sshd on the loopback where one is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collector.sftp_drop import Drop, collect
from collector.writing import CollectorError

SSHD = os.environ.get("SSHD") or shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
real = pytest.mark.skipif(not SSHD or not shutil.which("sftp"), reason="OpenSSH's server is not installed")
NOBODY = 65534


@pytest.fixture
def drop() -> Iterator[Drop]:
    """A running sshd that gives one user SFTP alone, and what leads to it."""
    home = Path(tempfile.mkdtemp(prefix="sftp-"))
    as_root = os.geteuid() == 0
    try:
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", home / name], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (home / "files").mkdir()
        beside = Path(str(SSHD)).resolve().parents[1] / "lib" / "openssh"
        lines = [
            f"ListenAddress 127.0.0.1:{port}", f"HostKey {home}/host", f"AuthorizedKeysFile {home}/user.pub",
            "UsePAM no", "StrictModes no", "PasswordAuthentication no", "Subsystem sftp internal-sftp",
            "ForceCommand internal-sftp", "PidFile none",
        ]  # fmt: skip
        if (beside / "sshd-session").exists():
            lines += [f"SshdSessionPath {beside}/sshd-session", f"SshdAuthPath {beside}/sshd-auth"]
        (home / "config").write_text("\n".join(lines) + "\n")
        user = "nobody" if as_root else Path("~").expanduser().owner()
        if as_root:
            home.chmod(0o755)
            for path in home.iterdir():
                if path.name != "user":
                    os.chown(path, NOBODY, -1)
        command: list[str | Path] = [str(SSHD), "-D", "-e", "-f", home / "config"]
        with (home / "log").open("w") as log:
            if as_root:  # as root it would need a user of its own on this machine
                server = subprocess.Popen(command, stderr=log, user=NOBODY, group=NOBODY, extra_groups=[])
            else:
                server = subprocess.Popen(command, stderr=log)
        try:
            _until_open(port)
            host_key = (home / "host.pub").read_text()
            (home / "known").write_text(f"[127.0.0.1]:{port} {host_key}")
            yield Drop("127.0.0.1", user, home / "user", home / "known", str(home / "files"), "*.csv", port)
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(home)


def _until_open(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("sshd does not answer")


def put(drop: Drop, name: str, content: str) -> None:
    path = Path(drop.folder) / name
    path.write_text(content)
    path.chmod(0o644)


@real
def test_new_and_changed_files_are_fetched_once_and_nothing_else(drop: Drop, tmp_path: Path) -> None:
    put(drop, "one.csv", "a\n1\n")
    put(drop, "other.txt", "no")
    put(drop, "two words.csv", "no")
    (Path(drop.folder) / "link.csv").symlink_to("/etc/passwd")
    assert collect(drop, tmp_path / "in").names == ("one.csv",)
    assert (tmp_path / "in" / "one.csv").read_text() == "a\n1\n"
    assert collect(drop, tmp_path / "in").names == ()
    put(drop, "one.csv", "a\n1\n2\n")
    assert collect(drop, tmp_path / "in").names == ("one.csv",)
    assert sorted(path.name for path in (tmp_path / "in").glob("*.csv")) == ["one.csv"]


@real
def test_a_file_that_is_too_large_is_left_there_and_said(drop: Drop, tmp_path: Path) -> None:
    put(drop, "big.csv", "x" * 5000)
    put(drop, "small.csv", "x")
    outcome = collect(replace(drop, max_bytes=1000), tmp_path / "in")
    assert (outcome.names, list(outcome.left)) == (("small.csv",), ["big.csv"])


@real
def test_a_host_whose_key_is_not_the_pinned_one_gets_nothing(drop: Drop, tmp_path: Path) -> None:
    put(drop, "one.csv", "a")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    (tmp_path / "known").write_text(f"[127.0.0.1]:{drop.port} {(tmp_path / 'other.pub').read_text()}")
    with pytest.raises(CollectorError, match="known_hosts"):
        collect(replace(drop, known_hosts=tmp_path / "known"), tmp_path / "in")
    (tmp_path / "known").write_text("")
    with pytest.raises(CollectorError, match="known_hosts"):
        collect(replace(drop, known_hosts=tmp_path / "known"), tmp_path / "in")


@real
def test_a_key_that_is_not_known_there_is_told(drop: Drop, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    with pytest.raises(CollectorError, match="does not take the user or the key"):
        collect(replace(drop, key=tmp_path / "other"), tmp_path / "in")


@pytest.mark.parametrize(
    "change",
    [
        {"host": "-oProxyCommand=touch x"},
        {"host": "a b"},
        {"user": "-l"},
        {"user": "root;id"},
        {"folder": 'x"\nput "y'},
        {"folder": "$(id)"},
        {"key": Path("/no/such/key")},
    ],
)
def test_no_setting_is_taken_for_an_option_or_a_command(tmp_path: Path, change: dict[str, object]) -> None:
    key = tmp_path / "key"
    key.write_text("k")
    key.chmod(0o600)
    plain = Drop("sftp.example.org", "drop", key, key)
    with pytest.raises(CollectorError):
        collect(replace(plain, **change), tmp_path / "in")  # type: ignore[arg-type]


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k")
    key.chmod(0o644)
    with pytest.raises(CollectorError, match="chmod 600"):
        collect(Drop("sftp.example.org", "drop", key, key), tmp_path / "in")
