"""receivers/simple and receivers/stream: events over HTTP. Writing needs edit_tcp or edit_monitor, as on splunkd."""

from __future__ import annotations

from starlette.responses import Response

from understudy.rest import replies
from understudy.rest.call import Call, RestError
from understudy.rest.routes import Route
from understudy.storage.events import RawEvent


def _receive(call: Call, whole: bool) -> Response:
    call.need("edit_tcp", "edit_monitor")
    parameters = dict(call.query)
    index = parameters.get("index") or "main"
    index = "main" if index == "default" else index
    if index not in call.stage.store.index_names():
        raise RestError(400, f"The index '{index}' does not exist.")
    event = RawEvent(
        raw=call.body.decode("utf-8", "replace"),
        index=index,
        host=parameters.get("host") or call.client,
        source=parameters.get("source") or "www",
        sourcetype=parameters.get("sourcetype") or "web_input",
        unbroken=whole,
    )
    if not event.raw:
        raise RestError(400, "The request has no body.")
    result = call.stage.store.ingest([event])
    if result.refused:
        raise RestError(400, "; ".join(result.messages))
    facts = {
        "index": index,
        "bytes": len(call.body),
        "host": event.host,
        "source": event.source,
        "sourcetype": event.sourcetype,
    }
    if call.mode == "json":
        return replies.json_reply(facts)
    return replies.xml_reply(
        f"<response><results><result>{replies.xml_value(facts)}</result></results></response>".replace("s:", "")
    )


def simple(call: Call) -> Response:
    """Takes the body as one event."""
    return _receive(call, whole=True)


def stream(call: Call) -> Response:
    """Takes the body as a stream that the source type's line breaking cuts into events."""
    answer = _receive(call, whole=False)
    return Response(status_code=204) if answer.status_code == 200 else answer


ROUTES = [
    Route(("POST",), "receivers/simple", simple),
    Route(("POST",), "receivers/stream", stream),
]
