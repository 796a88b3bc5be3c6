"""The partner API as a WSGI application over a World, for tools that speak HTTP without a network.

It does what splunkd does before the door: names headers, splits the query, gives the body to POST alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from minerva.partner.api import Request, answer, failed
from minerva.partner.registry import BASE
from minerva.policy import Subject
from tests.partner.world import World

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def application(world: World, subject: Callable[[], Subject]) -> Callable[..., Iterable[bytes]]:
    """`subject` says who sends the next request."""

    def respond(environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        reply = failed("r" * 32)
        try:
            reply = answer(_request(environ), world.desk(subject()), "r" * 32)
        finally:
            start_response(f"{reply.status} .", list(reply.headers.items()))
        return [reply.payload.encode("utf-8")]

    return respond


def _request(environ: Mapping[str, Any]) -> Request:
    headers = {
        name[5:].replace("_", "-").lower(): value.encode("latin-1").decode("utf-8", "replace")
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    if environ.get("CONTENT_TYPE"):
        headers["content-type"] = environ["CONTENT_TYPE"]
    method = environ["REQUEST_METHOD"]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) if method in ("POST", "PUT") else b""
    path = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))
    query = tuple(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    return Request(method, path.removeprefix(BASE), query, headers, body.decode("utf-8", "replace"))
