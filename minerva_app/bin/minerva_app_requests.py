"""What the handlers of stored objects share: a request is answered, and what fails says nothing of its cause."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_body
from minerva.tenancy.answering import Operations, answer, refused
from minerva.tenancy.asking import Answer
from minerva_app_store import store_of


def handled(
    in_string: Any, respond: Callable[[dict[str, Any]], Answer], log: logging.Logger, *, ascii_only: bool = True
) -> dict[str, Any]:
    """splunkd's form of the answer to one request as it came. ascii_only: other characters are written as escapes."""
    try:
        found = respond(json.loads(in_string))
    except Exception as error:  # the REST edge: nothing of the cause may reach the asker
        log.error("%s handler failed: %s", log.name.rpartition(".")[2], type(error).__name__)
        found = Answer(500, {"error": "the request failed; the administrator finds the cause in the logs"})
    payload = json.dumps(found.payload, ensure_ascii=ascii_only, separators=(",", ":"))
    if not payload.isascii():  # half of a character, stored by an older version, would fail outside of this handler
        payload = payload.encode("utf-8", "replace").decode("utf-8")
    wait = found.payload.get("retry_after_s") if found.status in (429, 503) else None
    return {
        "status": found.status,
        "payload": payload,
        "headers": {
            "Content-Type": "application/json; charset=UTF-8",
            "Cache-Control": "no-store",
            **({"Retry-After": str(wait)} if wait else {}),
        },
    }


def posted(request: dict[str, Any], operations: Operations, most: int, prefix: str = "") -> Answer:
    """The answer to a POST of a JSON body of at most `most` characters; the path behind the handler's names the
    operation, without its prefix."""
    if request.get("method") != "POST":
        return Answer(405, {"error": "POST with a JSON body"})
    payload = request.get("payload") or "{}"
    if len(payload) > most:
        return Answer(413, {"error": f"the body is longer than {most} characters"})
    operation = prefix + (request.get("path_info") or "").strip("/")
    try:
        body = parse_body(payload)
    except BodyError as error:
        return refused(operation, str(error), store_of(request), operations)
    return answer(operation, body, store_of(request), operations)
