"""The door by which crops of a uniform enter: splunkd's persistent handler for minerva/app/v1/schools. A crop stands in
a body alone, is compared in minerva.school_queries, and is neither stored nor logged."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))

from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_body
from minerva.school_queries import IDENTIFYING
from minerva.school_queries.identifying import MOST_BODY
from minerva.tenancy.answering import answer, refused
from minerva.tenancy.asking import Answer
from minerva_app_store import store_of
from splunk.persistconn.application import PersistentServerConnectionApplication

_LOG = logging.getLogger("minerva.schools")


class SchoolsHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """POST identify with a JSON body; see minerva/school_queries/identifying.py for its keys and the answer's."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        try:
            found = respond(json.loads(in_string))
        except Exception as error:  # the REST edge: nothing of the cause may reach the asker
            _LOG.error("schools handler failed: %s", type(error).__name__)
            found = Answer(500, {"error": "the request failed; the administrator finds the cause in the logs"})
        return {
            "status": found.status,
            "payload": json.dumps(found.payload, ensure_ascii=True, separators=(",", ":")),
            "headers": {"Content-Type": "application/json; charset=UTF-8", "Cache-Control": "no-store"},
        }


def respond(request: dict[str, Any]) -> Answer:
    """The answer to one request as splunkd hands it over."""
    if request.get("method") != "POST":
        return Answer(405, {"error": "POST with a JSON body"})
    payload = request.get("payload") or "{}"
    if len(payload) > MOST_BODY:
        return Answer(413, {"error": f"the body is longer than {MOST_BODY} characters"})
    operation = f"schools_{(request.get('path_info') or '').strip('/')}"
    try:
        body = parse_body(payload)
    except BodyError as error:
        return refused(operation, str(error), store_of(request), IDENTIFYING)
    return answer(operation, body, store_of(request), IDENTIFYING)
