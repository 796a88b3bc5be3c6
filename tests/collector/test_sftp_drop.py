"""SFTP drops: what may be said to `sftp`, and a real sshd on the loopback where one is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collector.sftp_drop import Drop, collect
from collector.writing import CollectorError
from demo.transports.sshd import find_sshd, put, serving_drop

SSHD = find_sshd()
real = pytest.mark.skipif(SSHD is None, reason="OpenSSH is not installed, and Debian's package could not be fetched")


@pytest.fixture
def drop() -> Iterator[Drop]:
    assert SSHD is not None
    with serving_drop(SSHD) as served:
        yield served


@real
def test_new_and_changed_files_are_fetched_once_and_nothing_else(drop: Drop, tmp_path: Path) -> None:
    put(drop, "one.csv", b"a\n1\n")
    put(drop, "other.txt", b"no")
    put(drop, "two words.csv", b"no")
    (Path(drop.folder) / "link.csv").symlink_to("/etc/passwd")
    assert collect(drop, tmp_path / "in").names == ("one.csv",)
    assert (tmp_path / "in" / "one.csv").read_text() == "a\n1\n"
    assert collect(drop, tmp_path / "in").names == ()
    put(drop, "one.csv", b"a\n1\n2\n")
    assert collect(drop, tmp_path / "in").names == ("one.csv",)
    assert sorted(path.name for path in (tmp_path / "in").glob("*.csv")) == ["one.csv"]


@real
def test_a_file_that_is_too_large_is_left_there_and_said(drop: Drop, tmp_path: Path) -> None:
    put(drop, "big.csv", b"x" * 5000)
    put(drop, "small.csv", b"x")
    outcome = collect(replace(drop, max_bytes=1000), tmp_path / "in")
    assert (outcome.names, list(outcome.left)) == (("small.csv",), ["big.csv"])


@real
def test_a_host_whose_key_is_not_the_pinned_one_gets_nothing(drop: Drop, tmp_path: Path) -> None:
    put(drop, "one.csv", b"a")
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
