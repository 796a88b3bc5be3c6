"""Dovecot on loopback with one mailbox: a password for LOGIN, and tokens that it asks an address about for XOAUTH2."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509

from assembly import paths
from assembly.machine import output_of
from assembly.servers import find_server
from demo.transports.certificates import certificate
from demo.transports.ports import answers, free_port

USER, PASSWORD = "tips@example.org", "a password"
_CONFIG = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_server_cert_file = {home}/cert.pem
ssl_server_key_file = {home}/key.pem
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
first_valid_uid = 1
first_valid_gid = 1
mail_driver = maildir
mail_path = {home}/mail
auth_mechanisms = plain xoauth2
oauth2 {{
  introspection_mode = auth
  introspection_url = {introspection}
  username_attribute = username
  active_attribute = active
  active_value = true
}}
passdb oauth2 {{
  mechanisms_filter = xoauth2
}}
passdb passwd-file {{
  mechanisms_filter = plain
  passwd_file_path = {home}/users
}}
userdb static {{
  fields {{
    uid = nobody
    gid = nogroup
    home = {home}/mail
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Served:
    """Where the mailbox is reached, and the certificate that it shows."""

    port: int
    certificate: Path
    mail: Path

    def put(self, name: str, content: bytes) -> None:
        """Delivers a message."""
        path = self.mail / "new" / name
        path.write_bytes(content)
        shutil.chown(path, "nobody", "nogroup")

    def names(self) -> list[str]:
        """The files of all messages: their names hold the flags that anybody set."""
        return sorted(path.name for folder in ("new", "cur") for path in (self.mail / folder).iterdir())


def find_dovecot() -> str | None:
    """The program, None where it is missing or cannot be run: its parts run as users of their own."""
    found = find_server("dovecot")
    if found is None or os.geteuid() != 0 or output_of(_placed(found, ["true"]), 20) is None:
        return None
    version = output_of(_placed(found, [found, "--version"]), 20) or ""
    return found if version.startswith("2.4") else None


def _placed(program: str, command: list[str]) -> list[str]:
    """The command as it is run: what was unpacked is laid over /usr for it alone, where it looks for its parts."""
    if not Path(program).is_relative_to(paths.SERVERS):
        return command
    over = f"mount -t overlay overlay -o lowerdir={paths.SERVERS / 'usr'}:/usr /usr"
    return ["unshare", "--mount", "sh", "-c", f'{over} && exec "$@"', "sh", *command]


@contextmanager
def serving_dovecot(program: str, introspection: str) -> Iterator[Served]:
    """A running Dovecot until the block ends."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:  # the paths of sockets have to be short
        home = Path(folder)
        home.chmod(0o755)
        pem, _ = certificate(home, x509.IPAddress(ip_address("127.0.0.1")))
        for name in ("cur", "new", "tmp"):
            (home / "mail" / name).mkdir(parents=True)
            shutil.chown(home / "mail" / name, "nobody", "nogroup")
        shutil.chown(home / "mail", "nobody", "nogroup")
        (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
        shutil.chown(home / "users", "nobody", "nogroup")
        port = free_port()
        text = _CONFIG.format(home=home, port=port, introspection=introspection)
        (home / "conf").write_text(text, encoding="utf-8")
        server = subprocess.Popen(
            _placed(program, [program, "-F", "-c", str(home / "conf")]), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _until_open(port, server)
            yield Served(port, pem, home / "mail")
        finally:
            server.terminate()
            server.communicate(timeout=20)


def _until_open(port: int, server: subprocess.Popen[bytes]) -> None:
    if answers(port, 20, lambda: server.poll() is None):
        return
    server.kill()
    raise AssertionError(f"dovecot does not answer: {(server.communicate()[0] or b'').decode()[-500:]}")
