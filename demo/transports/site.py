"""Servers of the catalogue's sources on loopback: each source has an address of its own, as it has in the world.

A host is asked at one pace by all sources that lie on it: on one address they would wait for each other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from demo.fake_site import QuietServer
from demo.transports.shapes import Shaped


@contextmanager
def serving(sources: Mapping[str, Shaped]) -> Iterator[dict[str, str]]:
    """Serves each source until the block ends; gives source -> `host:port`."""
    servers = {
        source_id: _opened(number, type("Handler", (_Handler,), {"shaped": shaped}))
        for number, (source_id, shaped) in enumerate(sources.items(), 2)
    }
    threads = [
        threading.Thread(target=server.serve_forever, name=f"catalogue-{name}", daemon=True)
        for name, server in servers.items()
    ]
    for thread in threads:
        thread.start()
    try:
        yield {name: "{}:{}".format(*server.server_address[:2]) for name, server in servers.items()}
    finally:
        ending = [threading.Thread(target=server.shutdown) for server in servers.values()]
        for thread in ending:
            thread.start()
        for thread in (*ending, *threads):
            thread.join()
        for server in servers.values():
            server.server_close()


def _opened(number: int, handler: type[BaseHTTPRequestHandler]) -> QuietServer:
    """A server at an address of its own where the machine has more than one on loopback, as Linux has."""
    try:
        return QuietServer((f"127.0.0.{number}", 0), handler)
    except OSError:
        return QuietServer(("127.0.0.1", 0), handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # an answer in two packets waits for the first to be acknowledged
    shaped: Shaped

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer("POST")

    def _answer(self, method: str) -> None:
        headers = dict(self.headers.items())
        found = self.shaped.answer(method, self.path, headers, f"http://{headers.get('Host', '')}")
        self.send_response(found.status)
        self.send_header("Content-Type", found.kind)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the console quiet."""
