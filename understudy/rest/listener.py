"""One listening socket with its HTTP server: REST and the event collector each have one.

Loopback is the default; another address needs to be asked for by name and needs TLS.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOPBACK = "127.0.0.1"
MOST_HEAD = 65_536
IDLE_SECONDS = 7200
"""After which an idle connection is closed (server.conf keepAliveIdleTimeout). A client whose next request meets the
close cannot know whether it was heard, so this is no time that pauses between requests come near."""
Streamed = Callable[[bytes, str], "Sink"]


class AddressRefusedError(Exception):
    """The address may not be listened on as asked. The text is fit for a user."""


def check_address(host: str, allow_remote: bool, tls: bool) -> None:
    """Raises AddressRefusedError for an address beyond this machine, unless it is allowed and TLS is on."""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise AddressRefusedError(f"'{host}' is not an IP address") from None
    if not loopback and not allow_remote:
        raise AddressRefusedError(f"'{host}' can be reached from other machines; say allow_remote to mean it")
    if not loopback and not tls:
        raise AddressRefusedError(f"'{host}' can be reached from other machines; give a TLS certificate and key too")


class Sink:
    """Takes the endless body of a request without a length (X-Splunk-Input-Mode: Streaming), in the event loop.

    write is called in a thread with all whole lines so far; it answers when they are stored.
    """

    FLUSH_BYTES = 1 << 20

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._held = b""
        self._last: Any = None

    def feed(self, data: bytes) -> None:
        self._held += data
        if len(self._held) >= self.FLUSH_BYTES and b"\n" in self._held:
            whole, _, self._held = self._held.rpartition(b"\n")
            self._send(whole + b"\n")

    def finish(self) -> None:
        if self._held:
            self._send(self._held)
            self._held = b""

    def _send(self, data: bytes) -> None:
        before = self._last

        async def run() -> None:
            if before is not None:
                await before
            await asyncio.get_running_loop().run_in_executor(None, self._write, data)

        self._last = asyncio.get_running_loop().create_task(run())


def protocol(streamed: Streamed) -> type[H11Protocol]:
    """Returns an HTTP protocol that hands streaming receivers their connection and serves all else as usual.

    streamed(head, client) answers the sink of such a request, or raises ValueError with the bytes of a refusal.
    """

    class Protocol(H11Protocol):
        _first = b""
        _sink: Sink | None = None
        _decided = False

        def data_received(self, data: bytes) -> None:
            if self._sink is not None:
                self._sink.feed(data)
                return
            if self._decided:
                super().data_received(data)
                return
            self._first += data
            head, mark, body = self._first.partition(b"\r\n\r\n")
            if not mark and len(self._first) < MOST_HEAD:
                return
            self._decided = True
            lowered = head.lower()
            measured = b"\r\ncontent-length:" in lowered or b"\r\ntransfer-encoding:" in lowered
            if b"\r\nx-splunk-input-mode: streaming" in lowered and not measured:
                self._begin(head, body)
            else:
                super().data_received(self._first)
            self._first = b""

        def _begin(self, head: bytes, body: bytes) -> None:
            peer = self.transport.get_extra_info("peername")
            try:
                self._sink = streamed(head, peer[0] if peer else LOOPBACK)
            except ValueError as refusal:
                self.transport.write(refusal.args[0])
                self.transport.close()
                return
            if body:
                self._sink.feed(body)

        def eof_received(self) -> None:
            if self._first and not self._decided:
                self._decided = True
                super().data_received(self._first)
            if self._sink is not None:
                self._sink.finish()
            super().eof_received()

        def connection_lost(self, exc: Exception | None) -> None:
            if self._sink is not None:
                self._sink.finish()
            super().connection_lost(exc)

    return Protocol


class Listener:
    """Bound when made (port 0 = a free one, known as `port`), answering once `start` has returned."""

    def __init__(self, host: str, port: int, tls: tuple[Path, Path] | None) -> None:
        self._tls = tls
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # The event loop turns Nagle's algorithm off only where the protocol is named; with it, each answer on a kept
        # connection waits 40 ms for the client's acknowledgement of its head.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        self.port: int = self._socket.getsockname()[1]
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, app: Starlette, name: str, streamed: Streamed | None = None) -> None:
        self._socket.listen(128)
        settings: dict[str, Any] = {
            "log_level": "critical",  # what fails is in splunkd.log already
            "lifespan": "off",
            "access_log": False,
            "timeout_graceful_shutdown": 2,
            "timeout_keep_alive": IDLE_SECONDS,
        }
        if streamed is not None:
            settings["http"] = protocol(streamed)
        if self._tls:
            settings |= {"ssl_certfile": str(self._tls[0]), "ssl_keyfile": str(self._tls[1])}
        config = uvicorn.Config(app, **settings)
        config.load()
        if config.ssl is not None:
            # A client that attaches to an index sends and closes without reading. Tickets of TLS 1.3 that it has not
            # read make its close a reset, and a reset drops what it has sent.
            config.ssl.num_tickets = 0
        server = self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=server.run, args=([self._socket],), name=name, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 30
        while not server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError(f"the {name} server did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """Ends the server. A client that keeps its connection open is cut off after a second."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=1)
            for connection in list(self._server.server_state.connections) if self._thread.is_alive() else []:
                connection.loop.call_soon_threadsafe(connection.transport.abort)
            self._thread.join(timeout=20)
        self._socket.close()
