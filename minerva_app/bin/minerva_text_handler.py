"""The door to minerva/app/v1/text: splunkd's persistent handler that says what a posted text holds. The text comes in a
body, so it stands in no address and no search, and it is neither stored nor logged."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.identifiers.explain import BadRequest, explain
from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_body
from splunk.persistconn.application import PersistentServerConnectionApplication

_LOG = logging.getLogger("minerva.text")
MAX_BODY = 6_000_000


class TextHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """POST a JSON body; see minerva/identifiers/explain.py for its keys and the answer's."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        try:
            status, payload = respond(json.loads(in_string))
        except Exception as error:  # the REST edge: nothing of the cause may reach the asker
            _LOG.error("text handler failed: %s", type(error).__name__)
            status, payload = 500, {"error": "the request failed; the administrator finds the cause in the logs"}
        return {
            "status": status,
            "payload": json.dumps(payload, ensure_ascii=True, separators=(",", ":")),
            "headers": {"Content-Type": "application/json; charset=UTF-8", "Cache-Control": "no-store"},
        }


def respond(request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Status and answer of one request as splunkd hands it over."""
    if request.get("method") != "POST":
        return 405, {"error": "POST with a JSON body"}
    payload = request.get("payload") or ""
    if len(payload) > MAX_BODY:
        return 413, {"error": f"the body is longer than {MAX_BODY} characters"}
    try:
        return 200, explain(parse_body(payload))
    except (BadRequest, BodyError) as error:
        return 400, {"error": str(error)}
