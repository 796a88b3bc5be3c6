"""IMAP over TLS to one checked address. Every command has a limit of bytes, of lines and of time, whatever the server
sends: imaplib keeps all that comes, and a socket's timeout alone starts anew with each byte.
"""

from __future__ import annotations

import imaplib
import io
import re
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any

from minerva.intake.errors import FetchError
from minerva.intake.web.guard import Target

CONNECT_TIMEOUT_S = 10.0
MOST_LINES = 10_000
_LONG_LITERAL = re.compile(rb"\{[0-9]{10,}\}\r?\n\Z")


@dataclass(frozen=True)
class Limits:
    """What the answer to one command may cost; a message may come to `message_bytes`, all else is short."""

    seconds: float = 60.0
    message_seconds: float = 300.0
    answer_bytes: int = 2 * 1024 * 1024
    message_bytes: int = 32 * 1024 * 1024


class Connection(imaplib.IMAP4):
    """A connection. `target.host` names the certificate that the server must show."""

    def __init__(self, target: Target, context: ssl.SSLContext, limits: Limits) -> None:
        self._target = target
        self._context = context
        self._limits = limits
        self._bytes_left = self._lines_left = 0
        self._deadline = 0.0
        self._allow(limits.seconds, limits.answer_bytes)
        try:
            super().__init__(target.host, target.port, CONNECT_TIMEOUT_S)
        except ssl.SSLError:  # of a certificate it is a ValueError, too
            raise
        except ValueError:
            raise self._nonsense() from None

    def ask(self, command: str, *args: Any) -> Any:
        """The answer to a short command. Raises FetchError where it is too long, too slow or no IMAP."""
        return self._asked(self._limits.seconds, self._limits.answer_bytes, command, *args)

    def fetch_message(self, uid: int) -> bytes | None:
        """The content of a message, None where there is none any more. Raises FetchError."""
        limits = self._limits
        size = limits.message_bytes + limits.answer_bytes
        _, parts = self._asked(limits.message_seconds, size, "uid", "FETCH", str(uid), "(UID BODY.PEEK[])")
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple) and len(part) > 1), None)

    def _asked(self, seconds: float, size: int, command: str, *args: Any) -> Any:
        self._allow(seconds, size)
        try:
            return getattr(self, command)(*args)
        except ValueError:  # imaplib's own reading of what came
            raise self._nonsense() from None

    def leave(self) -> None:
        """Log out, within seconds, and close."""
        self._allow(5.0, 65_536)
        try:
            self.logout()
        except (imaplib.IMAP4.error, FetchError, OSError, ValueError):
            self.shutdown()

    def readline(self) -> bytes:
        """One line of the answer, counted."""
        line: bytes = super().readline()
        self._lines_left -= 1
        self._count(len(line))
        if _LONG_LITERAL.search(line):
            raise self._too_much()
        return line

    def read(self, size: int) -> bytes:
        """What the server announced, if there is room for it."""
        self._count(size)
        return super().read(size)

    def _allow(self, seconds: float, size: int) -> None:
        """A new command: what was told beside the answers to those before is let go."""
        self._deadline = time.monotonic() + seconds
        self._bytes_left, self._lines_left = size, MOST_LINES
        self.untagged_responses: dict[str, Any] = {}

    def _count(self, size: int) -> None:
        self._bytes_left -= size
        if self._bytes_left < 0 or self._lines_left < 0:
            raise self._too_much()

    def _too_much(self) -> FetchError:
        return FetchError("imap_too_much", f"{self._target.host}: the server sends more than it was asked for")

    def _nonsense(self) -> FetchError:
        return FetchError("imap", f"{self._target.host}: the server's answer is no IMAP")

    def left_s(self) -> float:
        """Seconds that the command may still take. Raises FetchError when it has had them."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise FetchError("slow", f"{self._target.host}: the server did not answer in time")
        return left

    def _create_socket(self, timeout: Any = None) -> Any:
        plain = socket.create_connection((self._target.address, self._target.port), CONNECT_TIMEOUT_S)
        try:
            wrapped = self._context.wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise
        return _TimedSocket(wrapped, self)


class _TimedReader(io.RawIOBase):
    """Reads a socket; each read gets only the time that the command has left."""

    def __init__(self, sock: Any, connection: Connection) -> None:
        super().__init__()
        self._sock = sock
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._connection.left_s())
        try:
            return int(self._sock.recv_into(buffer))
        except socket.timeout:
            self._connection.left_s()
            raise


class _TimedSocket:
    """A socket whose file for reading is timed; all else is the socket's own."""

    def __init__(self, sock: Any, connection: Connection) -> None:
        self._sock = sock
        self._connection = connection

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._connection))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
