"""Admin handlers of apps (restmap.conf `[admin_external:...]`): one process per request around `splunk.admin`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from understudy.protocol.children import ChildError, Surroundings, run_once

MARKER = "understudy-admin-reply "
ACTIONS = frozenset(("create", "list", "edit", "remove", "_reload", "_new"))


@dataclass(frozen=True)
class AdminRequest:
    """action: one of ACTIONS, or the name of a custom action; data: arguments, each a list of texts."""

    action: str
    identifier: str | None
    data: Mapping[str, Sequence[str]]
    user: str
    app: str
    session_key: str
    paging: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> bytes:
        known = self.action in ACTIONS
        return json.dumps(
            {
                "action": self.action if known else "edit",
                "custom_action": "" if known else self.action,
                "id": self.identifier,
                "data": {name: list(values) for name, values in self.data.items()},
                "user": self.user,
                "app": self.app,
                "session_key": self.session_key,
                **self.paging,
            }
        ).encode()


@dataclass(frozen=True)
class AdminReply:
    """status 200 with entries ({name, content, metadata}), or an error status with its message."""

    status: int
    message: str = ""
    entries: Sequence[Mapping[str, Any]] = ()


def call(
    surroundings: Surroundings, app: str, script: str, request: AdminRequest, timeout: float = 60.0
) -> tuple[AdminReply, str]:
    """Runs the handler; returns its reply and what it wrote to stderr. Raises ChildError when it gives no reply."""
    path = surroundings.script(app, script)
    code, out, err = run_once(surroundings, [str(path)], path.parent, request.document(), timeout)
    lines = [line for line in out.decode("utf-8", "replace").splitlines() if line.startswith(MARKER)]
    if not lines:
        raise ChildError(f"the admin handler {script} gave no answer (exit code {code})")
    try:
        reply = json.loads(lines[-1][len(MARKER) :])
    except ValueError as error:
        raise ChildError(f"the admin handler {script} gave an answer that is not JSON") from error
    return AdminReply(int(reply["status"]), str(reply.get("message", "")), reply.get("entries", [])), err
