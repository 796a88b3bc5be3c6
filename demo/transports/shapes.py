"""What a source's server answers: its sample where the facts say that it lies, and what leads to it.

A later page holds nothing more. Links, feeds and servers of indicators have pages of their own, made of the sample.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from minerva.intake.facts.source import Source
from minerva.intake.facts.web import HttpFacts

COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
USER = "demo"
_TAXII = "application/taxii+json;version=2.1"
_JSON = "application/json"
_HTML = "text/html; charset=utf-8"
_TYPES = {
    ".json": _JSON, ".csv": "text/csv", ".html": _HTML, ".rss": "application/rss+xml", ".xml": "application/xml",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_LINKED = "/media/2026/list"
"""Where a file lies that is first found on a page; the name's end is the sample's."""
_LINKS = {
    "gb_companies": '<a href="/media/2026/BasicCompanyDataAsOneFile-2026-12-01.zip">All companies</a>',
    "us_georgia_excluded_providers": (
        f'<a data-text="List of Excluded Individuals and Entities" href="{_LINKED}.xlsx">The list</a>'
    ),
    "gb_licensed_worker_sponsors": json.dumps({"details": {"attachments": [{"url": f"{_LINKED}.csv"}]}}),
}
_RELEASE = (
    "<html lang='en'><head><meta property='og:site_name' content='Press office of Riverton'></head><body>"
    "<nav><a href='/'>All releases</a></nav><article><h1>Release {name}</h1><p>The press office of Riverton says in "
    "release {name} what it has found, and asks whoever knows more to call (202) 555-01{name:.2}, at any hour.</p>"
    "</article></body></html>"
)


@dataclass(frozen=True)
class Answer:
    """One answer; `kind` is its type."""

    status: int
    kind: str = "text/plain"
    body: bytes = b""


MISSING = Answer(404)


class Shaped:
    """The server of one source: `sample` is the file beside its facts, `key` what a client must show."""

    def __init__(self, source: Source, sample: Path, key: str) -> None:
        assert source.http is not None
        self.facts: HttpFacts = source.http
        self._sample, self._key = sample, key
        self._body = sample.read_bytes()
        self._pages = {"/robots.txt": Answer(200, "text/plain", b"User-agent: *\nAllow: /\n")}
        self._pages.update(_pages_of(source, self._body))

    def answer(self, method: str, target: str, headers: Mapping[str, str], base: str) -> Answer:
        """The answer to a request for `target` (path and query) at the server's own address."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.path in self._pages:
            page = self._pages[parts.path]
            if page.kind == _TAXII and not self._is_known(headers, query):
                return Answer(401)
            return Answer(page.status, page.kind, page.body.replace(self.facts.base_url.encode(), base.encode()))
        if not self._is_sample(parts.path, query) or method != self.facts.method:
            return MISSING
        if not self._is_known(headers, query):
            return Answer(401)
        body = self._body if self._is_first(parts.path, query) else self._without_items()
        return Answer(200, _TYPES[self._sample.suffix], body) if body else MISSING

    def _is_sample(self, path: str, query: Mapping[str, str]) -> bool:
        if self.facts.find_link is not None:
            return path.startswith("/media/")
        wanted = urlsplit(self.facts.path)
        if dict(parse_qsl(wanted.query)).items() - query.items():
            return False
        before, numbered, after = wanted.path.partition("{number}")
        if numbered:
            return path.startswith(before) and path.endswith(after)
        return path == wanted.path

    def _is_first(self, path: str, query: Mapping[str, str]) -> bool:
        paging = self.facts.paging
        if paging.kind == "sequence":
            return path == urlsplit(self.facts.path).path.replace("{number}", str(paging.first))
        first = str(paging.first if paging.kind == "page" else 0)
        return paging.kind not in ("page", "offset") or query.get(paging.param, first) == first

    def _without_items(self) -> bytes:
        """The sample with an empty list; nothing where it is no JSON, since no such file is there."""
        if self._sample.suffix != ".json":
            return b""
        document: Any = json.loads(self._body)
        *above, last = self.facts.reading.items.split(".")
        at = document
        for name in above:
            at = at[name]
        if not last:
            return b"[]"
        at[last] = []
        return json.dumps(document).encode()

    def _is_known(self, headers: Mapping[str, str], query: Mapping[str, str]) -> bool:
        auth = self.facts.auth
        if auth.kind == "header":
            return headers.get(auth.name) == f"{auth.prefix}{self._key}"
        if auth.kind == "query":
            return query.get(auth.name) == self._key
        if auth.kind == "basic":
            return headers.get("Authorization") == "Basic " + base64.b64encode(f"{USER}:{self._key}".encode()).decode()
        return auth.kind == "none"


def _pages_of(source: Source, sample: bytes) -> dict[str, Answer]:
    """The pages that lead to what a source holds."""
    made: dict[str, tuple[str, Any]] = {}
    assert source.http is not None
    if source.http.find_link is not None:
        page = _LINKS[source.source_id]
        made[source.http.find_link.page] = (_HTML if page.startswith("<") else _JSON, page)
    elif source.http.follow is not None:
        made["/releases.rss"] = (_TYPES[".rss"], sample.decode("utf-8"))
        made.update({f"/releases/{name}.html": (_HTML, _RELEASE.format(name=name)) for name in ("101", "102", "103")})
    elif source.http.taxii is not None:
        listed = {"id": COLLECTION, "title": "Trafficking indicators", "can_read": True, "can_write": False}
        made["/taxii2/"] = (_TAXII, {"title": "Demo", "api_roots": ["/root/"]})
        made["/root/collections/"] = (_TAXII, {"collections": [listed]})
        made[f"/root/collections/{COLLECTION}/objects/"] = (_TAXII, json.loads(sample))
    elif source.http.misp is not None:
        event = json.loads(sample)["Event"]
        entry = {name: event[name] for name in ("timestamp", "info", "Tag")}
        made["/feed/manifest.json"] = (_JSON, {event["uuid"]: entry})
        made[f"/feed/{event['uuid']}.json"] = (_JSON, {"Event": event})
    return {
        path: Answer(200, kind, (text if isinstance(text, str) else json.dumps(text)).encode())
        for path, (kind, text) in made.items()
    }
