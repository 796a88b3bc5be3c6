"""A small IMAP server (RFC 9051, with XOAUTH2) over TLS on the loopback, and a certificate that a test trusts."""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509

from demo.transports.certificates import certificate


class Mailbox:
    """One folder: messages by UID; `commands` holds what clients asked for, without their secrets."""

    def __init__(self) -> None:
        self.messages: dict[int, bytes] = {}
        self.user, self.password, self.token = "tips@example.org", 'pass "word" \\', "a-token"
        self.validity = 7
        self.commands: list[str] = []
        self.announced: dict[int, int] = {}
        self.port = 0


class _Session(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def send(self, *lines: bytes) -> None:
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    def handle(self) -> None:
        box, is_in = self.mailbox, False
        self.send(b"* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready")
        while line := self.rfile.readline():
            tag, _, rest = line.strip().decode().partition(" ")
            verb = rest.split(" ")[0].upper()
            box.commands.append(verb if verb in ("LOGIN", "AUTHENTICATE") else rest)
            ok = f"{tag} OK done".encode()
            if verb == "CAPABILITY":
                self.send(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2", ok)
            elif verb == "LOGIN":
                given = [re.sub(r"\\(.)", r"\1", part) for part in re.findall(r'"((?:[^"\\]|\\.)*)"', rest)]
                is_in = given == [box.user, box.password]
                self.send(ok if is_in else f"{tag} NO [AUTHENTICATIONFAILED] no".encode())
            elif verb == "AUTHENTICATE":
                self.send(b"+ ")
                told = base64.b64decode(self.rfile.readline()).decode()
                is_in = told == f"user={box.user}\x01auth=Bearer {box.token}\x01\x01"
                if not is_in:
                    self.send(b"+ " + base64.b64encode(b'{"status":"401"}'))
                    self.rfile.readline()
                self.send(ok if is_in else f"{tag} NO no".encode())
            elif verb == "LOGOUT":
                self.send(b"* BYE", ok)
                return
            elif not is_in:
                self.send(f"{tag} BAD log in first".encode())
            elif verb == "EXAMINE":
                if '"INBOX"' not in rest:
                    self.send(f"{tag} NO no such folder".encode())
                    continue
                count = f"* {len(box.messages)} EXISTS".encode()
                self.send(
                    count, f"* OK [UIDVALIDITY {box.validity}] valid".encode(), f"{tag} OK [READ-ONLY] done".encode()
                )
            elif rest.upper().startswith("UID SEARCH UID "):
                first = int(rest.split(" ")[3].partition(":")[0])
                last = max(box.messages, default=0)
                found = [uid for uid in sorted(box.messages) if uid >= first or uid == last]
                self.send(("* SEARCH " + " ".join(map(str, found))).strip().encode(), ok)
            elif rest.upper().startswith("UID FETCH "):
                uid = int(rest.split(" ")[2])
                body = box.messages.get(uid)
                if body is None:
                    self.send(ok)
                elif "RFC822.SIZE" in rest:
                    size = box.announced.get(uid, len(body))
                    self.send(f"* 1 FETCH (UID {uid} RFC822.SIZE {size})".encode(), ok)
                else:
                    self.send(f"* 1 FETCH (UID {uid} BODY[] {{{len(body)}}}".encode())
                    self.wfile.write(body)
                    self.send(b")", ok)
            else:
                self.send(f"{tag} BAD unknown".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    context: ssl.SSLContext

    def get_request(self) -> tuple[ssl.SSLSocket, object]:
        sock, address = self.socket.accept()
        return self.context.wrap_socket(sock, server_side=True), address

    def handle_error(self, *_: object) -> None:
        pass  # clients that end early are what some tests are about


@contextmanager
def serving_mail(folder: Path, handle: Callable[[Any], None] | None = None) -> Iterator[tuple[Mailbox, Path]]:
    """A mailbox on the loopback, and the file of the certificate that it shows. `handle` answers a session instead."""
    pem, key = certificate(folder, x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    box = Mailbox()
    server = _Server(
        ("127.0.0.1", 0), type("MailSession", (_Session,), {"mailbox": box, **({"handle": handle} if handle else {})})
    )
    server.context = context
    box.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield box, pem
    finally:
        server.shutdown()
        server.server_close()
