"""A site and a folder for transports that the world does not use: a feed with its pages, TAXII, MISP, saved messages.

What they give out are the samples of the demo's own sources, read through the add-on's inputs for one institution.
"""

from __future__ import annotations

import base64
import json
import secrets
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from demo import inputs
from demo.progress import step
from demo.run import ROOT, Run

SAMPLES = ROOT / "TA-gen-connectors" / "sources" / "demo"
WEB = ("press_news", "taxii_indicators", "misp_events")
MAIL = "tip_mail"
COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
_TAXII = "application/taxii+json;version=2.1"
_HTML = "text/html; charset=utf-8"
_USER = "demo"
_PAGE = (
    "<html lang='en'><head><meta property='og:site_name' content='Press office of Riverton'></head><body>"
    "<nav><a href='/'>All releases</a></nav><article><h1>Release {name}</h1><p>The press office of Riverton says in "
    "release {name} what it has found, and asks whoever knows more to call (202) 555-01{name:.2}, at any hour.</p>"
    "</article></body></html>"
)

Routes = dict[str, tuple[str, bytes]]
"""Path -> type and body of the answer."""


def routes(base: str, tenant: str) -> Routes:
    """Returns every page of the site at `base`, an address that ends with the institution's name."""

    def sample(source: str, kind: str) -> str:
        return (SAMPLES / source / f"sample.{kind}").read_text(encoding="utf-8")

    event = json.loads(sample("misp_events", "json"))["Event"]
    entry = {"timestamp": event["timestamp"], "info": event["info"], "Tag": event["Tag"]}
    listed = {"id": COLLECTION, "title": "Trafficking indicators", "can_read": True, "can_write": False}
    texts: dict[str, tuple[str, Any]] = {
        "releases.rss": ("application/rss+xml", sample("press_news", "rss").replace("https://press.example.org", base)),
        **{f"releases/{name}.html": (_HTML, _PAGE.format(name=name)) for name in ("101", "102", "103")},
        "taxii2/": (_TAXII, {"title": "Demo", "api_roots": [f"/{tenant}/root/"]}),
        "root/collections/": (_TAXII, {"collections": [listed]}),
        f"root/collections/{COLLECTION}/objects/": (_TAXII, json.loads(sample("taxii_indicators", "json"))),
        "feed/manifest.json": ("application/json", {event["uuid"]: entry}),
        f"feed/{event['uuid']}.json": ("application/json", {"Event": event}),
    }
    made = {
        f"/{tenant}/{path}": (kind, (text if isinstance(text, str) else json.dumps(text)).encode())
        for path, (kind, text) in texts.items()
    }
    return {**made, "/robots.txt": ("text/plain", b"User-agent: *\nAllow: /\n")}


@contextmanager
def further_sources(run: Run, world_site: str, home: Path) -> Iterator[None]:
    """Serves the further sources and sets up their inputs for the first institution that collects."""
    tenant, key = run.collecting[0], secrets.token_urlsafe(12)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"key": key}))
    address = f"127.0.0.1:{server.server_address[1]}"
    server.RequestHandlerClass.routes = routes(f"http://{address}/{tenant.id}", tenant.id)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, name="further-sources", daemon=True)
    thread.start()
    try:
        with step("setting up a feed, a TAXII server, a MISP feed and a folder of messages"):
            inputs.set_network(run.admin, f"{world_site},{address}")
            run.admin.post(f"{inputs.REST_ROOT}_account", {"name": "taxii", "username": _USER, "api_key": key})
            inputs.ACCOUNTS.setdefault("taxii_indicators", "taxii")
            for source in WEB:
                inputs.add_http_input(run.admin, tenant.id, tenant.index, source, f"http://{address}")
            folder = home / "registers" / tenant.id / "tips"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SAMPLES / MAIL / "sample.eml", folder / "tip.eml")
            inputs.add_file_input(run.admin, tenant.id, tenant.index, MAIL, folder)
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of clients that hang up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    routes: Routes
    key: str

    def do_GET(self) -> None:
        kind, body = self.routes.get(urlsplit(self.path).path, ("", b""))
        expected = "Basic " + base64.b64encode(f"{_USER}:{self.key}".encode()).decode("ascii")
        if kind == _TAXII and self.headers.get("Authorization") != expected:
            self._send(401, "text/plain", b"")
        else:
            self._send(200 if kind else 404, kind or "text/plain", body)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the console quiet."""
