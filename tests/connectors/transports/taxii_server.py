"""A small TAXII 2.1 server after the standard (OASIS, June 2021): media type, authorization, discovery, collections,
objects with added_after, match[type], limit, more and next, and the headers of dates added."""

from __future__ import annotations

import base64
import json
from typing import Any

from minerva.intake.web.taxii import MEDIA_TYPE
from tests.connectors.loopback import Handler, Site

COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
CLOSED = "52892447-4d7e-4f70-b94d-d7f22742ff63"


class Taxii:
    """Objects with the date on which each was added; `user` and `key` are asked of every request."""

    def __init__(self, site: Site, *, page: int = 3, user: str = "", key: str = "") -> None:
        self.site, self.page, self.user, self.key = site, page, user, key
        self.objects: list[tuple[str, dict[str, Any]]] = []
        self.tokens: dict[str, int] = {}
        self.asked: list[dict[str, str]] = []
        site.routes["/taxii2/"] = self.discovery
        site.routes["/root/collections/"] = self.collections
        site.routes[f"/root/collections/{COLLECTION}/objects/"] = self.page_of_objects

    def add(self, added: str, **thing: Any) -> None:
        self.objects.append((added, thing))

    def allowed(self, handler: Handler) -> bool:
        expected = "Basic " + base64.b64encode(f"{self.user}:{self.key}".encode()).decode()
        if self.user and handler.headers.get("Authorization") != expected:
            self.answer(handler, 401, {"title": "Unauthorized", "http_status": "401"})
            return False
        if "application/taxii+json" not in handler.headers.get("Accept", ""):
            self.answer(handler, 406, {"title": "Not acceptable", "http_status": "406"})
            return False
        return True

    def answer(self, handler: Handler, status: int, document: Any, **headers: str) -> None:
        handler.answer(status, json.dumps(document).encode(), MEDIA_TYPE, **headers)

    def discovery(self, handler: Handler) -> None:
        if self.allowed(handler):
            self.answer(handler, 200, {"title": "Community", "default": "/root/", "api_roots": ["/root/"]})

    def collections(self, handler: Handler) -> None:
        if self.allowed(handler):
            listed = [
                {"id": COLLECTION, "title": "Trafficking indicators", "can_read": True, "can_write": False},
                {"id": CLOSED, "title": "Closed", "can_read": False, "can_write": True},
            ]
            self.answer(handler, 200, {"collections": listed})

    def page_of_objects(self, handler: Handler) -> None:
        if not self.allowed(handler):
            return
        query = handler.query
        self.asked.append(query)
        kinds = set(filter(None, query.get("match[type]", "").split(",")))
        found = [
            (added, thing)
            for added, thing in sorted(self.objects, key=lambda pair: pair[0])
            if added > query.get("added_after", "") and (not kinds or thing["type"] in kinds)
        ]
        if "next" in query and query["next"] not in self.tokens:
            return self.answer(handler, 404, {"title": "Unknown token", "http_status": "404"})
        start = self.tokens[query["next"]] if "next" in query else 0
        size = min(self.page, int(query.get("limit", self.page)))
        page = found[start : start + size]
        envelope: dict[str, Any] = {}
        headers = {}
        if page:
            envelope["objects"] = [thing for _, thing in page]
            headers = {"X_TAXII_Date_Added_First": page[0][0], "X_TAXII_Date_Added_Last": page[-1][0]}
        if start + size < len(found):
            token = f"token-{len(self.tokens)}"
            self.tokens[token] = start + size
            envelope.update(more=True, next=token)
        self.answer(handler, 200, envelope, **headers)
