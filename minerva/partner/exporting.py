"""Operations on exports: permitted entities with their records in a partner's format, as one zip in the answer."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from minerva.exports import ExportError, ExportRequest, ZipTarget, export
from minerva.exports.request import handling_of
from minerva.partner.identifiers import normal_forms
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem, absent
from minerva.partner.shapes import ref
from minerva.partner.sharing import without_content
from minerva.partner.sharing_schemas import PROPOSAL_ID
from minerva.policy import Action, Object, decide
from minerva.policy.model import Approval
from minerva.policy.vocabulary import INFRASTRUCTURE, POLICY_VERSION, PROFILES, ROWS_WITHOUT_APPROVAL
from minerva.records.model import format_time
from minerva.sharing import exporting
from minerva.sharing.export_proposals import agreed_export, propose_export
from minerva.sharing.exporting import Chosen
from minerva.tenancy import day_limits
from minerva.tenancy.asking import Store, holders_of

MAX_BYTES = 20 * 1024 * 1024
SELECTORS = ("entity_ids", "identifiers", "min_size")


def make_export(call: Call) -> dict[str, Any]:
    """The zip and its manifest. What is absent and what is not the caller's are left out alike."""
    tenant = call.store.tenant_for(Action.EXPORT, call.tenant)
    content = exporting.chosen(call.store, tenant, _ids(call, tenant))
    form, recipient = str(call.body["format"]), str(call.body.get("recipient", tenant))
    asked = {key: call.body[key] for key in SELECTORS if key in call.body}
    return _made(call, call.store, content, form, recipient, asked)


def propose(call: Call) -> dict[str, Any]:
    """A proposal of an export that needs a second person."""
    tenant = call.store.tenant_for(Action.EXPORT, call.tenant)
    body = {"why": call.body.get("why", "")}
    recipient = str(call.body.get("recipient", tenant))
    made = propose_export(body, call.store, tenant, _ids(call, tenant), str(call.body["format"]), recipient)
    return without_content(made["proposal"])


def make_proposed(call: Call) -> dict[str, Any]:
    """The zip of an export to which somebody else agreed."""
    agreed = agreed_export({**call.path, **call.tenant}, call.store)
    asked = {"proposal_id": call.path["proposal_id"]}
    return _made(call, agreed.store, agreed.content, agreed.form, agreed.recipient, asked, agreed.approvals)


def _ids(call: Call, tenant: str) -> list[str]:
    body = call.body
    if "min_size" in body:
        return exporting.of_size(call.store, tenant, int(body["min_size"]))
    if "entity_ids" in body:
        return list(body["entity_ids"])
    return [each for one in normal_forms(call, body["identifiers"]) for each in holders_of(call.store, [tenant], one)]


def _made(
    call: Call, store: Store, content: Chosen, form: str, recipient: str, asked: Mapping[str, Any],
    approvals: tuple[Approval, ...] = (),
) -> dict[str, Any]:  # fmt: skip
    """The answer with the file, its entry in the audit written before anything is made."""
    if not content.entities:
        raise absent()
    content_hash = content.content_hash(form, recipient)
    try:
        given, withheld = exporting.for_recipient(store, content, recipient, content_hash, approvals)
    except exporting.RecipientRefused as error:
        raise Problem(400, "recipient_refused", str(error), "recipient") from None
    except exporting.NeedsApproval:
        raise _approval_needed("what is marked so goes to another institution") from None
    obligations = _permitted(store, content, content_hash, approvals)
    if recipient != content.tenant_id and content.level == "L4":
        obligations = (*obligations, "no_reshare")
    if not approvals and not day_limits.add(store, day_limits.EXPORTED, content.rows, ROWS_WITHOUT_APPROVAL):
        raise _too_many(store)
    call.store.trail.permit(content.rows)
    request = _request(store, given, form, recipient, obligations, {"query": asked, "withheld": withheld})
    stream = io.BytesIO()
    items = ({name: row} for name, rows in (("record", given.records), ("entity", given.entities)) for row in rows)
    try:
        manifest = export(request, items, ZipTarget(stream), key=bytes.fromhex(call.body.get("hash_key", "")))
    except ExportError as error:
        raise Problem(400, "export_refused", error.expected, {"key": "hash_key"}.get(error.key, error.key)) from None
    data = stream.getvalue()
    return {
        "manifest": manifest,
        "file": {
            "name": f"minerva-{manifest['export_id']}.zip", "media_type": "application/zip", "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(), "base64": base64.b64encode(data).decode("ascii"),
        },
    }  # fmt: skip


def _permitted(store: Store, content: Chosen, content_hash: str, approvals: tuple[Approval, ...]) -> tuple[str, ...]:
    """The obligations of the policy's permit. Raises Problem."""
    tenant = content.tenant_id
    before = 0 if approvals else day_limits.used(store, day_limits.EXPORTED)
    context = replace(store.context, rows=content.rows + before, approvals=approvals)
    obj = Object(tenant, "entity", content_hash=content_hash)
    decision = decide(store.subject, Action.EXPORT, obj, INFRASTRUCTURE, context)
    store.trail.decided(tenant, decision)
    if decision.permits:
        return decision.obligations
    if decision.reason_code == "approval":
        raise _too_many(store)
    profile = PROFILES.get(context.tenants[tenant].profile)
    if decision.reason_code == "legal_basis" and profile is not None:
        raise Problem(
            400, "circumstances_missing", "your institution's profile asks for a legal basis", "Minerva-Legal-Basis"
        )
    raise absent()


def _too_many(store: Store) -> Problem:
    before = day_limits.used(store, day_limits.EXPORTED)
    limit = f"more than {ROWS_WITHOUT_APPROVAL} entities and records a person and day"
    return _approval_needed(f"{limit}, of which you have exported {before} today (UTC), leave")


def _approval_needed(why: str) -> Problem:
    return Problem(403, "approval_needed", f"{why}: propose it with POST /exports/proposals, and somebody else agrees")


def _request(
    store: Store, content: Chosen, form: str, recipient: str, obligations: tuple[str, ...], more: Mapping[str, Any]
) -> ExportRequest:
    moment = datetime.fromtimestamp(int(store.context.now), timezone.utc)
    given = {
        "tenant_id": content.tenant_id, "tenant_label": store.context.tenants[content.tenant_id].label,
        "recipient": recipient, "level": content.level, "time": format_time(moment),
        "policy_version": POLICY_VERSION, "purpose": store.context.purpose, "case_number": store.context.case,
        "handling": list(handling_of(obligations)), "max_bytes": MAX_BYTES, **more,
    }  # fmt: skip
    try:
        return ExportRequest.read(form, given)
    except ExportError as error:
        field = {"case_number": "Minerva-Case", "purpose": "Minerva-Purpose"}.get(error.key, error.key)
        raise Problem(400, "export_refused", error.expected, field) from None


OPERATIONS = (
    Operation(
        "makeExport", "POST", "/exports", "Export entities with their records, and a manifest",
        "csv, xlsx, ftm (FollowTheMoney), stix (2.1), misp, htcds or hashes. Own entities, marked as strictly as the "
        "strictest of them. The zip is in the answer, in base64; nothing of it is kept but the audit's entry.",
        make_export, ref("Export"), ref("ExportRequest"), statuses=(403,), cost=20, stated=True, one_of=SELECTORS,
    ),
    Operation(
        "proposeExport", "POST", "/exports/proposals", "Propose an export that needs a second person",
        "Somebody else of your institution agrees with POST /proposals/{proposal_id}/approve or on the app's page. "
        "It ends after 72 hours.",
        propose, ref("Proposal"), ref("ExportProposal"), status=201, changes=True, cost=20, stated=True,
        one_of=SELECTORS,
    ),
    Operation(
        "makeProposedExport", "POST", "/exports/proposals/{proposal_id}/export", "Make an export that was agreed to",
        "By who proposed it, as often as needed until the proposal ends.",
        make_proposed, ref("Export"), ref("ExportKey"), variables={"proposal_id": PROPOSAL_ID}, statuses=(403, 409),
        cost=20,
    ),
)  # fmt: skip
