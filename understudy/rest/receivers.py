"""receivers/simple and receivers/stream: events over HTTP. Writing needs edit_tcp or edit_monitor, as on splunkd."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from understudy.rest import replies
from understudy.rest.backstage import Backstage
from understudy.rest.call import Call, RestError
from understudy.rest.listener import Sink, Streamed
from understudy.rest.routes import Route
from understudy.storage.events import RawEvent


def _allow(call: Call) -> str:
    """Returns the index that the request writes to. Raises RestError 403 or 400."""
    call.need("edit_tcp", "edit_monitor")
    index = dict(call.query).get("index") or "main"
    index = "main" if index == "default" else index
    if index not in call.stage.store.index_names():
        raise RestError(400, f"The index '{index}' does not exist.")
    return index


def _event(call: Call, index: str, body: bytes, whole: bool) -> RawEvent:
    parameters = dict(call.query)
    return RawEvent(
        raw=body.decode("utf-8", "replace"),
        index=index,
        host=parameters.get("host") or call.client,
        source=parameters.get("source") or "www",
        sourcetype=parameters.get("sourcetype") or "web_input",
        unbroken=whole,
    )


def _receive(call: Call, whole: bool) -> dict[str, Any]:
    event = _event(call, _allow(call), call.body, whole)
    if not event.raw:
        raise RestError(400, "The request has no body.")
    result = call.stage.store.ingest([event])
    if result.refused:
        raise RestError(400, "; ".join(result.messages))
    return {
        "index": event.index,
        "bytes": len(call.body),
        "host": event.host,
        "source": event.source,
        "sourcetype": event.sourcetype,
    }


def simple(call: Call) -> Response:
    """Takes the body as one event."""
    facts = _receive(call, whole=True)
    if call.mode == "json":
        return replies.json_reply(facts)
    return replies.xml_reply(
        f"<response><results><result>{replies.xml_value(facts)}</result></results></response>".replace("s:", "")
    )


def stream(call: Call) -> Response:
    """Takes the body as a stream that the source type's line breaking cuts into events."""
    _receive(call, whole=False)
    return Response(status_code=204)


def streamed(stage: Backstage) -> Streamed:
    """Returns what opens a connection without end: the request's head in, the sink of its body out."""
    from understudy.rest.app import authenticate, make_call

    def open_sink(head: bytes, client: str) -> Sink:
        lines = head.decode("latin-1").split("\r\n")
        method, _, rest = lines[0].partition(" ")
        path, _, query = rest.partition(" ")[0].partition("?")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        cookies = dict(item.strip().partition("=")[::2] for item in headers.get("cookie", "").split(";"))
        call = make_call(stage, method, path, _pairs(query), b"", headers, cookies, client)
        try:
            if method != "POST" or call.path != "receivers/stream":
                raise RestError(400, "Only POST receivers/stream takes an endless body.")
            authenticate(call)
            index = _allow(call)
        except RestError as failure:
            raise ValueError(_refusal(failure)) from None

        def write(body: bytes) -> None:
            result = stage.store.ingest([_event(call, index, body, whole=False)])
            for text in result.messages:
                stage.log("WARN", "StreamReceiver", text)

        return Sink(write)

    return open_sink


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _refusal(failure: RestError) -> bytes:
    answer = replies.error("xml", failure)
    headers: Mapping[str, str] = {**answer.headers, "connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {failure.status} Refused\r\n{head}\r\n".encode("latin-1") + bytes(answer.body)


ROUTES = [
    Route(("POST",), "receivers/simple", simple),
    Route(("POST",), "receivers/stream", stream),
]
