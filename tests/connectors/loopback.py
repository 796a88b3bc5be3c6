"""A site on the loopback whose answers a test writes down: path -> bytes, or a function that answers by hand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Union
from urllib.parse import parse_qs, urlsplit

from minerva.intake.pace import Bucket, Timing
from minerva.intake.web.fetch import Fetcher
from minerva.intake.web.guard import Guard

Reply = Union[bytes, dict[str, Any], list[Any], Callable[["Handler"], None]]


class Site:
    """`routes` by path; `seen` holds (path with query, headers) of every request, `bodies` what was posted."""

    def __init__(self) -> None:
        self.routes: dict[str, Any] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.seen]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # an answer in two packets waits for the first to be acknowledged
    site: Site
    body = b""

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.site.bodies.append(self.body)
        self.do_GET()

    def do_GET(self) -> None:
        self.site.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        reply = self.site.routes.get(urlsplit(self.path).path)
        if reply is None:
            self.answer(404, b"", "text/plain")
        elif callable(reply):
            reply(self)
        else:
            self.answer(200, reply if isinstance(reply, bytes) else json.dumps(reply).encode())

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def answer(self, status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        pass  # a client that closes early is what half of these tests are about


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    server = _Server(("127.0.0.1", 0), type("SiteHandler", (Handler,), {"site": site}))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class Slept:
    """A Timing that does not wait: sleeping moves its clock and is written down."""

    def __init__(self, now: float = 1_775_000_000.0) -> None:
        self.moment = now
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.moment += seconds

    def timing(self) -> Timing:
        return Timing(
            now=lambda: self.moment, monotonic=lambda: self.moment, sleep=self.sleep, uniform=lambda _, high: high
        )


def fetcher_for(site: Site, slept: Slept | None = None, **options: Any) -> Fetcher:
    """A fetcher that may reach this site (and only it) on the loopback."""
    timing = (slept or Slept()).timing()
    allowed = options.pop("allowed", {("127.0.0.1", site.port)})
    guard = options.pop("guard", None) or Guard(allowed=allowed)
    return Fetcher(
        guard, base_url=site.url, timing=timing, bucket=options.pop("bucket", Bucket(0, 1, timing)), **options
    )
