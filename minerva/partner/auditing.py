"""The operation on the audit: an institution's administrators ask who looked at what."""

from __future__ import annotations

from typing import Any

from minerva.partner import cursors
from minerva.partner.contract.shapes import ref
from minerva.partner.operation import Call, Operation
from minerva.tenancy import auditing

_ASKED = ("user", "about_case", "identifier", "entity_id", "record_id")


def search_audit(call: Call) -> dict[str, Any]:
    """A page of entries, newest first; `limit` counts those that are given."""
    body, user = call.body, call.store.subject.user
    after = cursors.read(call.desk.key, user, "searchAudit", body, body.get("cursor"))
    wanted: dict[str, Any] = {key: body[key] for key in _ASKED if key in body}
    wanted.update(call.tenant, limit=int(body.get("limit", 200)))
    if after:
        wanted["before"] = after[0]
    found = auditing.audit(wanted, call.store)
    following = None
    if found["next"] is not None:
        following = cursors.write(call.desk.key, user, "searchAudit", body, [int(found["next"])])
    return {"entries": found["entries"], "next_cursor": following}


OPERATIONS = (
    Operation(
        "searchAudit", "POST", "/audit/search", "Who asked for what",
        "For administrators of an institution. A page is shorter than `limit` once 50,000 entries were looked at.",
        search_audit, ref("AuditPage"), ref("AuditQuery"),
    ),
)  # fmt: skip
