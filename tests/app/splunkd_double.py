"""A small splunkd on loopback for the doors: the entity handler itself, run over collections in memory."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

from minerva.audit import Ledger, Trail
from minerva.documents import MemoryCollection
from minerva.policy import Context, Subject, Tenant
from minerva.records.signing import signed_row
from minerva.tenancy.rebuild.entity_store import Store, answer
from minerva.tenancy.signing import mark

TENANTS = {
    name: Tenant(
        name, f"mnv_t_{name}", f"minerva_{name}_analyst", f"minerva_{name}_admin", name.title(), region="US"
    )
    for name in ("northfield", "riverbank")
}  # fmt: skip
KEY = b"an audit key for tests"
SERVICE = Subject("minerva_service", frozenset(["minerva_service"]), frozenset(["minerva_query", "minerva_write"]))


def analyst(tenant: str) -> Subject:
    return Subject(f"{tenant}_analyst", frozenset([f"minerva_{tenant}_analyst"]), frozenset(["minerva_query"]))


class Desk:
    """Stores of any subject over the same collections; `events` are the events written, `lookups` what a search over
    a lookup gives, `definitions` the lookups of collections, and `readable` the documents of collections by path."""

    def __init__(self) -> None:
        names = ("entities", "members", "redirects", "watchlist", "judgements", "audit", "refresh", "postings")
        self.collections = {name: MemoryCollection() for name in names}
        self.events: list[tuple[str, str, str]] = []
        self.now = 1700000000.0
        self.lookups: dict[str, list[str]] = {}
        self.definitions: dict[str, dict[str, Any]] = {}
        self.readable: dict[str, list[dict[str, Any]]] = {}

    def store(self, subject: Subject) -> Store:
        return Store(
            subject,
            Context(TENANTS),
            self.collections,
            lambda: self.now,
            lambda *event: self.events.append(event),
            Trail(Ledger(self.collections["audit"], KEY, wait=lambda seconds: None), KEY),
            secret=lambda name: hashlib.sha256(name.encode()).digest(),
        )

    def signed(self, rows: Iterable[Mapping[str, Any]], tenant: str = "northfield") -> list[dict[str, Any]]:
        """Rows of a linking search, signed by the handler as their time and all that is signed stand in them."""
        found = []
        for row in rows:
            unsigned = signed_row({**row, "signature": f"1.{'0' * 32}.{row.get('time') or 0}.{'0' * 64}"})
            assert unsigned is not None, "a record has a field several times"
            made = f"{mark(self.store(SERVICE), tenant, unsigned.digest)}.{unsigned.time}.{'0' * 64}"
            found.append({**row, "signature": made})
        return found

    def ask(self, subject: Subject, operation: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        found = answer(operation, body or {}, self.store(subject))
        return found.status, json.loads(json.dumps(found.payload))


def _exported(desk: Desk, search: str) -> tuple[int, bytes]:
    lookup, field = re.fullmatch(r'\| inputlookup (\S+) \| stats count by "(.*)" \| fields ".*"', search).groups()  # type: ignore[union-attr]
    if lookup not in desk.lookups:
        text = f"Error in 'inputlookup' command: no lookup {lookup}"
        return 400, json.dumps({"messages": [{"type": "FATAL", "text": text}]}).encode()
    rows = [json.dumps({"preview": False, "result": {field: value}}) for value in desk.lookups[lookup]]
    return 200, "\n".join(rows or [json.dumps({"preview": False, "lastrow": True})]).encode()


def _read(desk: Desk, path: str, query: dict[str, list[str]]) -> tuple[int, bytes]:
    """A lookup's definition, or a page of a collection's documents."""
    before, _, name = path.partition("/data/transforms/lookups/")
    if before != path and name in desk.definitions:
        entry = {"name": name, "acl": {"app": "lists"}, "content": desk.definitions[name]}
        return 200, json.dumps({"entry": [entry]}).encode()
    if path in desk.readable:
        options = {name: int(query[name][0]) for name in ("skip", "limit")}
        return 200, json.dumps(_page(desk.readable[path], {**options, "sort": query.get("sort", [""])[0]})).encode()
    return 404, json.dumps({"messages": [{"type": "ERROR", "text": "not there"}]}).encode()


def _page(rows: list[dict[str, Any]], asked: dict[str, Any]) -> list[dict[str, Any]]:
    held = MemoryCollection()
    held.rows = {str(row["_key"]): row for row in rows}
    return held.find(asked.get("query", {}), sort=asked.get("sort", ""), limit=asked["limit"], skip=asked["skip"])


@contextmanager
def serving(desk: Desk, subject: Subject) -> Iterator[str]:
    """The URI of a server that answers minerva/app/v1/entities for `subject`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("/search/v2/jobs/export"):
                status, data = _exported(desk, parse_qs(sent.decode())["search"][0])
            elif self.path.endswith("/batch_find"):
                rows = desk.readable[self.path.rsplit("/", 1)[0]]
                status, data = 200, json.dumps([_page(rows, asked) for asked in json.loads(sent)]).encode()
            else:
                status, payload = desk.ask(subject, self.path.rsplit("/", 1)[1], json.loads(sent))
                data = json.dumps(payload).encode()
            self.answer(status, data)

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            self.answer(*_read(desk, path, parse_qs(query)))

        def answer(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
