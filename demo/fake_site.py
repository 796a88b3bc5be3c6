"""A local web site that serves the HTTP sources as real ones would: paged, keyed, limited, failing one call in ten.

GET /<tenant>/ads?page=&per_page=&since=        X-Api-Key     {"items", "page", "pages"}
GET /<tenant>/profiles?cursor=&limit=           Bearer        {"data", "next_cursor"}
GET /<tenant>/reviews?offset=&limit=            no key        {"results", "total"}
GET /<tenant>/notices?since=&page=              no key        {"notices", "next"}
GET /<tenant>/pictures/<scene>-<edit>.jpg       no key        a JPEG that is drawn when it is asked for
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from demo.pictures import can_draw, drawn
from demo.world.pictured import parts_of

FAIL_EVERY = 10
REQUESTS_PER_SECOND = 200
NOTICES_PER_PAGE = 200

Rows = Mapping[tuple[str, str], list[Any]]
"""(tenant, source_id) -> rows."""


class FakeSite:
    """Runs the site on a loopback port until stopped. failures and limited count what clients had to live with."""

    def __init__(self, rows: Rows, api_key: str, token: str, port: int = 0) -> None:
        self.rows = rows
        self.api_key = api_key
        self.token = token
        self.requests = 0
        self.failures = 0
        self.limited = 0
        self._recent: list[float] = []
        self._lock = threading.Lock()
        self._server = QuietServer(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, name="fake-site", daemon=True)

    @property
    def port(self) -> int:
        """Returns the port the site listens on."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Starts serving in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Stops serving and closes the socket."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def trouble(self) -> tuple[int, dict[str, str]] | None:
        """Counts a request; returns (status, headers) when this one is to fail."""
        with self._lock:
            self.requests += 1
            now = time.monotonic()
            self._recent = [moment for moment in self._recent if now - moment < 1.0]
            if len(self._recent) >= REQUESTS_PER_SECOND:
                self.limited += 1
                return 429, {"Retry-After": "1"}
            self._recent.append(now)
            if self.requests % FAIL_EVERY == 0:
                self.failures += 1
                return 503, {"Retry-After": "0"}
        return None

    def answer(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, Any]:
        """Returns (status, document) of one request; the document of a picture is its bytes."""
        tenant, _, name = path.strip("/").partition("/")
        if name == "ads":
            if headers.get("X-Api-Key") != self.api_key:
                return 401, {"error": "X-Api-Key missing or wrong"}
            return self._ads(tenant, query)
        if name == "profiles":
            if headers.get("Authorization") != f"Bearer {self.token}":
                return 401, {"error": "bearer token missing or wrong"}
            return self._profiles(tenant, query)
        if name == "reviews":
            rows = self.rows.get((tenant, "business_reviews"), [])
            start, limit = _number(query, "offset", 0), _number(query, "limit", 100)
            return 200, {"results": rows[start : start + limit], "total": len(rows)}
        if name == "notices":
            return self._notices(tenant, query)
        if name.startswith("pictures/") and can_draw():
            asked = parts_of(name.removeprefix("pictures/"))
            return (200, drawn(*asked)) if asked is not None else (404, {"error": "no such picture"})
        return 404, {"error": "no such page"}

    def _ads(self, tenant: str, query: Mapping[str, str]) -> tuple[int, Any]:
        rows = _since(self.rows.get((tenant, "classified_ads"), []), "posted_at", query.get("since", ""))
        page, size = max(1, _number(query, "page", 1)), max(1, _number(query, "per_page", 100))
        pages = (len(rows) + size - 1) // size
        return 200, {"items": rows[(page - 1) * size : page * size], "page": page, "pages": pages}

    def _profiles(self, tenant: str, query: Mapping[str, str]) -> tuple[int, Any]:
        rows = self.rows.get((tenant, "user_profiles"), [])
        start, limit = _number(query, "cursor", 0), max(1, _number(query, "limit", 100))
        following = start + limit
        return 200, {"data": rows[start:following], "next_cursor": str(following) if following < len(rows) else None}

    def _notices(self, tenant: str, query: Mapping[str, str]) -> tuple[int, Any]:
        since = query.get("since", "")
        rows = _since(self.rows.get((tenant, "missing_person_notices"), []), "published_at", since)
        page = _number(query, "page", 0)
        start = page * NOTICES_PER_PAGE
        more = start + NOTICES_PER_PAGE < len(rows)
        tail = f"&since={since}" if since else ""
        following = f"http://127.0.0.1:{self.port}/{tenant}/notices?page={page + 1}{tail}" if more else None
        return 200, {"notices": rows[start : start + NOTICES_PER_PAGE], "next": following}


class QuietServer(ThreadingHTTPServer):
    """Says nothing of clients that hang up: connectors close connections when they retry."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _since(rows: list[Any], key: str, since: str) -> list[Any]:
    """Returns the rows not older than `since`; broken rows are always served."""
    if not since:
        return rows
    return [row for row in rows if not isinstance(row, dict) or str(row.get(key, "~")) >= since]


def _number(query: Mapping[str, str], key: str, default: int) -> int:
    text = query.get(key, "")
    return int(text) if text.isdigit() else default


def _handler(site: FakeSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # an answer in two packets waits for the first to be acknowledged

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/robots.txt":
                return self._send(200, b"User-agent: *\nAllow: /\n", "text/plain", {})
            trouble = site.trouble()
            if trouble is not None:
                return self._send(trouble[0], b'{"error": "try again"}', "application/json", trouble[1])
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            status, document = site.answer(parts.path, query, dict(self.headers.items()))
            if isinstance(document, bytes):
                return self._send(status, document, "image/jpeg", {})
            self._send(status, json.dumps(document, ensure_ascii=False).encode(), "application/json", {})

        def _send(self, status: int, body: bytes, kind: str, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind if kind == "image/jpeg" else f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            try:
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the console quiet: the site's counts tell what happened."""

    return Handler
