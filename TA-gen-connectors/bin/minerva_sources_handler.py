"""Door of the sources: the list that the inputs page offers, and the source workbench. What is pasted comes in bodies:
it stands in no address and no log, and nothing of it is written down."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))

from splunk.persistconn.application import PersistentServerConnectionApplication

_LOG = logging.getLogger("minerva.sources")
MAX_BODY = 8_000_000
Answer = tuple[int, Any]


class SourceListHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """GET list/http, list/file or list/imap: the sources that an input may be made of, for UCC's select field."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        return _handled(in_string, _listed)


class SourcesHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """POST v1/<operation> with a JSON body; see minerva/intake/workbench/operations.py."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        return _handled(in_string, _worked)


def _handled(in_string: Any, respond: Callable[[dict[str, Any]], Answer]) -> dict[str, Any]:
    try:
        status, payload = respond(json.loads(in_string))
    except Exception as error:  # the REST edge: nothing of the cause may reach the asker
        _LOG.error("sources handler failed: %s", type(error).__name__)
        status, payload = 500, {"error": "the request failed; the administrator finds the cause in the logs"}
    return {
        "status": status,
        "payload": json.dumps(payload, ensure_ascii=True, separators=(",", ":")),
        "headers": {"Content-Type": "application/json; charset=UTF-8", "Cache-Control": "no-store"},
    }


def _listed(request: dict[str, Any]) -> Answer:
    from minerva_splunkd import offers_demo, sources

    transport = str(request.get("path_info") or "").strip("/")
    if transport not in ("http", "file", "imap"):
        return 404, {"error": "list/http, list/file or list/imap"}
    key = request["session"]["authtoken"]
    offered = sources(key).offered(transport, offers_demo(key))
    return 200, {
        "entry": [
            {"name": item.source_id, "content": {"source_id": item.source_id, "label": item.title}} for item in offered
        ]
    }


def _worked(request: dict[str, Any]) -> Answer:
    from minerva.intake.errors import BodyError
    from minerva.intake.formats.strict_json import parse_body
    from minerva.intake.workbench.operations import run
    from minerva_desk import SplunkDesk

    payload = request.get("payload") or ""
    if len(payload) > MAX_BODY:
        return 413, {"error": f"the body is longer than {MAX_BODY} characters"}
    try:
        body = parse_body(payload)
    except BodyError as error:
        return 400, {"error": str(error)}
    return run(SplunkDesk(request), str(request.get("path_info") or "").strip("/"), body)
