"""One trust store: what it holds is trusted by mailboxes, by web sources and where the vault is on another machine."""

from __future__ import annotations

import ipaddress
import json
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509

from assembly.paths import ADDON, ROOT
from demo.transports.certificates import certificate
from minerva.intake.errors import FetchError
from minerva.intake.web.trust_store import trusting

# The add-on's own door, with the libraries that it ships.
ASK = """
import sys
sys.path[:0] = sys.argv[3:]
from minerva.intake.errors import VaultError
from minerva_vault import Vault
try:
    vault = Vault("", sys.argv[1], "a token", sys.argv[2] or None)
    print(vault.ask("intake_check", {"tenant_id": "northfield", "records": []}))
except VaultError as error:
    print(error)
"""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"answered": True}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked stands in no log."""


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Address and certificate of a server on loopback, whose certificate nobody but its own file vouches for."""
    pem, key = certificate(tmp_path, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}", pem
    server.shutdown()
    thread.join()
    server.server_close()


def asked(address: str, ca_file: str) -> str:
    folders = [ROOT / ADDON / "bin", ROOT / "build" / "lib" / ADDON, ROOT]
    command = [sys.executable, "-c", ASK, address, ca_file, *map(str, folders)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_vault_elsewhere_is_trusted_by_the_file_that_is_named(vault: tuple[str, Path]) -> None:
    address, pem = vault
    assert asked(address, str(pem)) == "{'answered': True}"
    assert "trust store (Configuration, Network)" in asked(address, "")
    assert "cannot be read as PEM" in asked(address, str(pem.parent / "not there.pem"))


def test_a_file_without_certificates_is_no_trust_store(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing\n", encoding="utf-8")
    for name in ("empty.pem", "not_there.pem"):
        with pytest.raises(FetchError, match="trust store"):
            trusting(str(tmp_path / name))
    assert trusting(None).get_ca_certs()
