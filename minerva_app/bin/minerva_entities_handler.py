"""The door to stored entities: splunkd's persistent handler for minerva/app/v1/entities. What is answered is decided in
minerva.tenancy; here a request becomes a subject, a body and collections."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))

from minerva.services import OPERATIONS
from minerva.tenancy.asking import Answer
from minerva_app_requests import handled, posted
from splunk.persistconn.application import PersistentServerConnectionApplication

_LOG = logging.getLogger("minerva.entities")
MAX_BODY = 20_000_000


class EntitiesHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """POST <operation> with a JSON body; see minerva/services.py for the operations."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        return handled(in_string, respond, _LOG, ascii_only=False)


def respond(request: dict[str, Any]) -> Answer:
    """The answer to one request as splunkd hands it over."""
    return posted(request, OPERATIONS, MAX_BODY)
