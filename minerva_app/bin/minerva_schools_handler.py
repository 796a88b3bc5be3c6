"""The door by which crops of a uniform enter: splunkd's persistent handler for minerva/app/v1/schools. A crop stands in
a body alone, is compared in minerva.school_queries, and is neither stored nor logged."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(1, os.path.dirname(os.path.abspath(__file__)))

from minerva.school_queries import IDENTIFYING
from minerva.school_queries.identifying import MOST_BODY
from minerva.tenancy.asking import Answer
from minerva_app_requests import handled, posted
from splunk.persistconn.application import PersistentServerConnectionApplication

_LOG = logging.getLogger("minerva.schools")


class SchoolsHandler(PersistentServerConnectionApplication):  # type: ignore[misc]  # splunkd's module has no types
    """POST identify with a JSON body; see minerva/school_queries/identifying.py for its keys and the answer's."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        super().__init__()

    def handle(self, in_string: Any) -> dict[str, Any]:
        return handled(in_string, respond, _LOG)


def respond(request: dict[str, Any]) -> Answer:
    """The answer to one request as splunkd hands it over."""
    return posted(request, IDENTIFYING, MOST_BODY, "schools_")
