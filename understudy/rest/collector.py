"""The HTTP Event Collector on its own port: event, raw, health and ack, with the codes that splunkd documents.

Tokens are the stanzas [http://name] of inputs.conf. An event is on disk when its request is answered.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from understudy.conf import Conf, boolean
from understudy.protocol.children import Surroundings
from understudy.rest.collector_events import Refusal, parse_events, raw_event
from understudy.storage.events import StorageError
from understudy.storage.store import Store

LARGEST_BODY = 100 * 1024 * 1024
PREFIX = "http://"
_CHANNEL = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PATHS = {
    "": "event",
    "event": "event",
    "event/1.0": "event",
    "raw": "raw",
    "raw/1.0": "raw",
    "ack": "ack",
    "health": "health",
    "health/1.0": "health",
}


class Backstage(Protocol):
    """What the collector needs of the instance."""

    conf: Conf
    store: Store
    surroundings: Surroundings

    def now(self) -> float: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


@dataclass(frozen=True)
class Token:
    """One [http://name] stanza with the global [http] below it. indexes: what it may write to; empty = any."""

    name: str
    settings: Mapping[str, str]

    @property
    def disabled(self) -> bool:
        return boolean(self.settings.get("disabled"))

    @property
    def acknowledges(self) -> bool:
        return boolean(self.settings.get("useACK"))

    @property
    def indexes(self) -> frozenset[str]:
        return frozenset(part.strip() for part in self.settings.get("indexes", "").split(",") if part.strip())


def tokens(stage: Backstage) -> list[Token]:
    """Returns every token of inputs.conf that has a value."""
    shared = {k: v for k, v in stage.conf.stanzas("inputs").get("http", {}).items() if k != "disabled"}
    return [
        Token(name[len(PREFIX) :], {**shared, **settings})
        for name, settings in stage.conf.stanzas("inputs").items()
        if name.startswith(PREFIX) and settings.get("token")
    ]


class Acknowledgements:
    """Ids of requests per token and channel. An id is told true once, then forgotten, as splunkd does."""

    MOST = 1_000_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[tuple[str, str], int] = {}
        self._open: dict[tuple[str, str], set[int]] = {}

    def make(self, token: str, channel: str) -> int:
        with self._lock:
            held = self._open.setdefault((token, channel), set())
            if len(held) >= self.MOST:
                raise Refusal(503, 9, "Server is busy")
            number = self._next.get((token, channel), 0)
            self._next[token, channel] = number + 1
            held.add(number)
            return number

    def ask(self, token: str, channel: str, numbers: list[int]) -> dict[str, bool]:
        with self._lock:
            held = self._open.setdefault((token, channel), set())
            answer = {str(number): number in held for number in numbers}
            held.difference_update(numbers)
            return answer


def build(stage: Backstage) -> Starlette:
    """Returns the collector's app."""
    acknowledgements = Acknowledgements()

    async def answer(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refusal as refusal:
            return _refused(refusal)
        return await run_in_threadpool(_respond, stage, acknowledgements, request, body)

    async def unknown(request: Request) -> Response:
        return JSONResponse({"text": "The requested URL was not found on this server.", "code": 404}, 404)

    methods = ["GET", "POST", "PUT", "DELETE"]
    return Starlette(
        routes=[
            Route("/services/collector", answer, methods=methods),
            Route("/services/collector/{path:path}", answer, methods=methods),
            Route("/{path:path}", unknown, methods=methods),
        ]
    )


async def _body(request: Request) -> bytes:
    encoding = request.headers.get("content-encoding", "").lower()
    if encoding not in ("", "identity", "gzip"):
        raise Refusal(415, 6, "Invalid data format")
    unpack = zlib.decompressobj(31) if encoding == "gzip" else None
    parts, size = [], 0
    async for part in request.stream():
        try:
            piece = unpack.decompress(part, LARGEST_BODY - size + 1) if unpack else part
        except zlib.error:
            raise Refusal(400, 6, "Invalid data format") from None
        size += len(piece)
        if size > LARGEST_BODY:
            raise Refusal(413, 6, "Content-Length is too large")
        parts.append(piece)
    if unpack is not None and size and not unpack.eof:
        raise Refusal(400, 6, "Invalid data format")
    return b"".join(parts)


def _refused(refusal: Refusal) -> Response:
    document: dict[str, Any] = {"text": refusal.text, "code": refusal.code}
    if refusal.number is not None:
        document["invalid-event-number"] = refusal.number
    return JSONResponse(document, refusal.status)


def _respond(stage: Backstage, acknowledgements: Acknowledgements, request: Request, body: bytes) -> Response:
    try:
        return JSONResponse(_answer(stage, acknowledgements, request, body))
    except Refusal as refusal:
        return _refused(refusal)
    except StorageError as failure:
        stage.log("ERROR", "HttpInputDataHandler", str(failure))
    except Exception as failure:  # the edge of the collector: the sender gets a code, the log the cause
        stage.log("ERROR", "HttpInputDataHandler", f"{type(failure).__name__}: {failure}")
    return _refused(Refusal(500, 8, "Internal server error"))


def _answer(stage: Backstage, acknowledgements: Acknowledgements, request: Request, body: bytes) -> dict[str, Any]:
    kind = _PATHS.get(str(request.path_params.get("path", "")).strip("/"))
    if kind is None:
        raise Refusal(404, 404, "The requested URL was not found on this server.")
    if kind == "health":
        return {"text": "HEC is healthy", "code": 17}
    if request.method not in (("GET", "POST") if kind == "ack" else ("POST",)):
        raise Refusal(405, 405, "Method Not Allowed")
    query = dict(parse_qsl(request.url.query, keep_blank_values=True))
    token = _authorized(stage, request, query)
    channel = query.get("channel") or request.headers.get("x-splunk-request-channel", "")
    if kind == "ack" and not token.acknowledges:
        raise Refusal(400, 14, "ACK is disabled")
    if not channel and (token.acknowledges or kind == "raw"):
        raise Refusal(400, 10, "Data channel is missing")
    if channel and _CHANNEL.fullmatch(channel) is None:
        raise Refusal(400, 11, "Invalid data channel")
    if kind == "ack":
        return {"acks": acknowledgements.ask(token.name, channel, _asked(body))}
    host = request.headers.get("host", stage.surroundings.uri.partition("://")[2])
    defaults = {"host": host, "source": f"http:{token.name}", "index": "main", **dict(_given(token.settings))}
    known = frozenset(stage.store.index_names())
    if token.indexes:  # the default index is open to a token in any case
        known &= token.indexes | {defaults["index"]}
    defaults.update(_given(query))
    if kind == "raw":
        events, refusal = [raw_event(body, defaults, known)], None
    else:
        events, refusal = parse_events(body, defaults, known, stage.now(), query)
    stage.store.ingest(events)
    if refusal is not None:
        raise refusal
    document: dict[str, Any] = {"text": "Success", "code": 0}
    if token.acknowledges:
        document["ackId"] = acknowledgements.make(token.name, channel)
    return document


def _given(settings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("host", "source", "sourcetype", "index", "time"):
        value = settings.get(name, "")
        if value and not (name == "index" and value == "default"):
            yield name, value


def _authorized(stage: Backstage, request: Request, query: Mapping[str, str]) -> Token:
    """Returns the token of the request: of the query string where its stanza allows that, else of the header."""
    header = request.headers.get("authorization", "")
    given = query.get("token", "")
    if not given:
        if not header:
            raise Refusal(401, 2, "Token is required")
        scheme, _, value = header.partition(" ")
        given = value.strip()
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                given = ""
        if scheme.lower() not in ("splunk", "basic") or not given:
            raise Refusal(401, 3, "Invalid authorization")
    found = next((token for token in tokens(stage) if token.settings["token"] == given), None)
    if found is None:
        raise Refusal(403, 4, "Invalid token")
    if query.get("token") and not boolean(found.settings.get("allowQueryStringAuth")):
        raise Refusal(400, 16, "Query string authorization is not enabled")
    if found.disabled:
        raise Refusal(403, 1, "Token disabled")
    return found


def _asked(body: bytes) -> list[int]:
    try:
        numbers = json.loads(body or b"null")["acks"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refusal(400, 6, "Invalid data format") from None
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        raise Refusal(400, 6, "Invalid data format")
    return numbers
