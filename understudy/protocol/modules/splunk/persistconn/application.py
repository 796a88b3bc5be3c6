"""`splunk.persistconn.application`: the base class of persistent REST handlers."""

from __future__ import annotations

from typing import Any


class PersistentServerConnectionApplication:
    """A handler that stays loaded between requests. `handle` gets the request as JSON text and returns the reply."""

    def __init__(self, command_line: Any = None, command_arg: Any = None) -> None:
        pass

    def handle(self, in_string: str) -> Any:
        raise NotImplementedError("PersistentServerConnectionApplication.handle")

    def handleStream(self, handle: Any, in_string: str) -> Any:
        raise NotImplementedError("PersistentServerConnectionApplication.handleStream")

    def done(self) -> None:
        """Called once before the process ends."""
