"""One export as a file: permitted, counted, written into the audit, then made. For programs and for pages alike."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from minerva.exports import ExportRequest, ZipTarget, export
from minerva.exports.request import handling_of
from minerva.policy import Action, Object, decide
from minerva.policy.model import Approval
from minerva.policy.vocabulary import INFRASTRUCTURE, POLICY_VERSION, PROFILES, ROWS_WITHOUT_APPROVAL
from minerva.records.model import format_time
from minerva.sharing import exporting
from minerva.sharing.exporting import Chosen
from minerva.tenancy import day_limits
from minerva.tenancy.asking import Absent, Store
from minerva.tenancy.signing import EXPORT, mark

MAX_BYTES = 20 * 1024 * 1024


class LegalBasisMissing(Exception):
    """The institution's profile asks for a legal basis."""


def made(
    store: Store, content: Chosen, form: str, recipient: str, more: Mapping[str, Any],
    approvals: tuple[Approval, ...] = (), key: bytes = b"",
) -> dict[str, Any]:  # fmt: skip
    """{"manifest", "file"}: the zip in base64. `more` are further keys of the request (query, title, notes, withheld).

    Raises Absent, RecipientRefused, NeedsApproval, LegalBasisMissing; ExportError of what the format cannot carry.
    """
    if not content.rows:
        raise Absent
    content_hash = content.content_hash(form, recipient)
    given, withheld = exporting.for_recipient(store, content, recipient, content_hash, approvals)
    same = "" if approvals else content.content_hash("any", f"{recipient}\n{more.get('recipient_label', '')}")
    again = bool(same) and day_limits.is_counted(store, day_limits.EXPORTED, same)
    obligations = _permitted(store, content, content_hash, approvals, again=again)
    if recipient != content.tenant_id and content.level == "L4":
        obligations = (*obligations, "no_reshare")
    if same and not again:
        if not day_limits.add(store, day_limits.EXPORTED, content.rows, ROWS_WITHOUT_APPROVAL):
            raise _too_many(store)
        day_limits.remember(store, day_limits.EXPORTED, same)
    store.trail.permit(content.rows)
    told = {**more.get("withheld", {}), **withheld}
    stays = {**_not_held(given), **more.get("left_out", {})}
    request = _request(store, given, form, recipient, obligations, {**more, "withheld": told, "left_out": stays})
    stream = io.BytesIO()
    items = ({name: row} for name, rows in (("record", given.records), ("entity", given.entities)) for row in rows)
    manifest = export(
        request, items, ZipTarget(stream), key=key, sign=lambda digest: mark(store, content.tenant_id, digest, EXPORT)
    )
    data = stream.getvalue()
    return {
        "manifest": manifest,
        "file": {
            "name": f"minerva-{manifest['export_id']}.zip", "media_type": "application/zip", "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(), "base64": base64.b64encode(data).decode("ascii"),
        },
    }  # fmt: skip


def _not_held(content: Chosen) -> dict[str, int]:
    """Counts of what the records have in the index and no export takes along, as linking does not keep it."""
    identifiers = sum(len(each["evidence"]) for each in content.records)
    found = {"texts_of_records": len(content.records), "places_in_text_and_confidences_of_identifiers": identifiers}
    return {name: count for name, count in found.items() if count}


def _permitted(
    store: Store, content: Chosen, content_hash: str, approvals: tuple[Approval, ...], *, again: bool
) -> tuple[str, ...]:
    """The obligations of the policy's permit. again: the same content was counted today, for the same recipient."""
    tenant = content.tenant_id
    before = 0 if approvals else day_limits.used(store, day_limits.EXPORTED)
    rows = max(content.rows, before) if again else content.rows + before
    context = replace(store.context, rows=rows, approvals=approvals)
    decision = decide(
        store.subject, Action.EXPORT, Object(tenant, "entity", content_hash=content_hash), INFRASTRUCTURE, context
    )
    store.trail.decided(tenant, decision)
    if decision.permits:
        return decision.obligations
    if decision.reason_code == "approval":
        raise _too_many(store)
    if decision.reason_code == "legal_basis" and context.tenants[tenant].profile in PROFILES:
        raise LegalBasisMissing
    raise Absent


def _too_many(store: Store) -> exporting.NeedsApproval:
    before = day_limits.used(store, day_limits.EXPORTED)
    return exporting.NeedsApproval(
        f"one person may export {ROWS_WITHOUT_APPROVAL} entities and records a day, and you have exported {before} "
        "today (UTC)"
    )


def _request(
    store: Store, content: Chosen, form: str, recipient: str, obligations: tuple[str, ...], more: Mapping[str, Any]
) -> ExportRequest:
    moment = datetime.fromtimestamp(int(store.context.now), timezone.utc)
    return ExportRequest.read(form, {
        "tenant_id": content.tenant_id, "tenant_label": store.context.tenants[content.tenant_id].label,
        "recipient": recipient, "level": content.level, "time": format_time(moment),
        "policy_version": POLICY_VERSION, "purpose": store.context.purpose, "case_number": store.context.case,
        "handling": list(handling_of(obligations)), "max_bytes": MAX_BYTES, **more,
    })  # fmt: skip
