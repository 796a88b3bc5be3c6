"""OpenSSH's server on loopback, for a folder that one user reads by SFTP alone: what an SFTP drop is fetched from."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assembly.servers import environment_of, find_server
from collector.sftp_drop import Drop
from demo.transports.ports import answers, free_port

NOBODY = 65534


def find_sshd() -> str | None:
    """The program of OpenSSH's server, None where it or the client `sftp` is missing."""
    return find_server("sshd") if shutil.which("sftp") and shutil.which("ssh-keygen") else None


@contextmanager
def serving_drop(sshd: str) -> Iterator[Drop]:
    """A running sshd and what leads to its folder: a user's key, and a file with the host's own key alone."""
    home = Path(tempfile.mkdtemp(prefix="sftp-"))
    as_root = os.geteuid() == 0
    try:
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", home / name], check=True)
        port = free_port()
        (home / "files").mkdir()
        (home / "config").write_text("\n".join(_settings(Path(sshd), home, port)) + "\n")
        user = "nobody" if as_root else Path("~").expanduser().owner()
        if as_root:
            home.chmod(0o755)
            for path in home.iterdir():
                if path.name != "user":
                    os.chown(path, NOBODY, -1)
        command: list[str | Path] = [sshd, "-D", "-e", "-f", home / "config"]
        with (home / "log").open("w") as log:
            if as_root:  # as root it would need a user of its own on this machine
                server = subprocess.Popen(
                    command, stderr=log, env=environment_of(sshd), user=NOBODY, group=NOBODY, extra_groups=[]
                )
            else:
                server = subprocess.Popen(command, stderr=log, env=environment_of(sshd))
        try:
            if not answers(port, 10):
                raise RuntimeError("sshd does not answer")
            host_key = (home / "host.pub").read_text()
            (home / "known").write_text(f"[127.0.0.1]:{port} {host_key}")
            yield Drop("127.0.0.1", user, home / "user", home / "known", str(home / "files"), "*.csv", port)
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(home)


def _settings(sshd: Path, home: Path, port: int) -> list[str]:
    lines = [
        f"ListenAddress 127.0.0.1:{port}", f"HostKey {home}/host", f"AuthorizedKeysFile {home}/user.pub",
        "UsePAM no", "StrictModes no", "PasswordAuthentication no", "Subsystem sftp internal-sftp",
        "ForceCommand internal-sftp", "PidFile none",
    ]  # fmt: skip
    beside = sshd.resolve().parents[1] / "lib" / "openssh"
    if (beside / "sshd-session").exists():
        lines += [f"SshdSessionPath {beside}/sshd-session", f"SshdAuthPath {beside}/sshd-auth"]
    return lines


def put(drop: Drop, name: str, content: bytes) -> None:
    """Lays a file into the drop, for its user to read."""
    path = Path(drop.folder) / name
    path.write_bytes(content)
    path.chmod(0o644)
