"""The operation on exports: permitted entities in a partner's format, with their manifest, as one zip in the answer."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from minerva.documents import Document
from minerva.exports import ExportError, ExportRequest, ZipTarget, export
from minerva.exports.request import handling_of
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem, absent
from minerva.partner.shapes import ref
from minerva.policy import Action, Object, decide
from minerva.policy.vocabulary import INFRASTRUCTURE, POLICY_VERSION, PROFILES, ROWS_WITHOUT_APPROVAL
from minerva.records.model import format_time
from minerva.tenancy.asking import BadRequest, entity_of, holders_of, normal_identifier

MAX_BYTES = 20 * 1024 * 1024
_SELECTORS = ("entity_ids", "identifiers", "min_size")


def make_export(call: Call) -> dict[str, Any]:
    """The zip and its manifest. What is absent and what is not the caller's are left out alike."""
    _need_circumstances(call)
    tenant = call.store.tenant_for(Action.READ, call.tenant)
    documents = _documents(call, tenant)
    if not documents:
        raise absent()
    obligations = _permitted(call, tenant, len(documents))
    call.store.trail.permit(len(documents))
    request = _request(call, tenant, obligations)
    stream = io.BytesIO()
    try:
        key = bytes.fromhex(call.body.get("hash_key", ""))
        manifest = export(request, ({"entity": row} for row in documents), ZipTarget(stream), key=key)
    except ExportError as error:
        field = {"key": "hash_key"}.get(error.key, error.key)
        raise Problem(400, "export_refused", error.expected, field) from None
    data = stream.getvalue()
    return {
        "manifest": manifest,
        "file": {
            "name": f"minerva-{manifest['export_id']}.zip", "media_type": "application/zip", "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(), "base64": base64.b64encode(data).decode("ascii"),
        },
    }  # fmt: skip


def _need_circumstances(call: Call) -> None:
    context = call.store.context
    for name, value in (("Minerva-Purpose", context.purpose), ("Minerva-Case", context.case)):
        if not value:
            raise Problem(400, "circumstances_missing", "an export states its purpose and its case", name)


def _documents(call: Call, tenant: str) -> list[Document]:
    body, tenants, store = call.body, [tenant], call.store
    if "min_size" in body:
        query = {"tenant_id": tenant, "size": {"$gte": int(body["min_size"])}}
        rows = store.collections["entities"].find(query, sort="entity_id:1", limit=ROWS_WITHOUT_APPROVAL + 1)
        ids = [str(row["entity_id"]) for row in rows]
    elif "entity_ids" in body:
        ids = list(body["entity_ids"])
    else:
        ids = []
        for given in body["identifiers"]:
            try:
                ids += holders_of(store, tenants, normal_identifier(given))
            except BadRequest:
                continue
    found = {}
    for entity_id in dict.fromkeys(ids):
        document = entity_of(store, tenants, entity_id)
        if document is not None:
            found[str(document["entity_id"])] = document
    return [found[name] for name in sorted(found)]


def _permitted(call: Call, tenant: str, rows: int) -> tuple[str, ...]:
    store = call.store
    context = replace(store.context, rows=rows)
    decision = decide(store.subject, Action.EXPORT, Object(tenant, "entity"), INFRASTRUCTURE, context)
    store.trail.decided(tenant, decision)
    if decision.permits:
        return decision.obligations
    if decision.reason_code == "approval":
        raise Problem(
            403, "approval_needed", f"more than {ROWS_WITHOUT_APPROVAL} rows need a second person's approval: narrow it"
        )
    profile = PROFILES.get(context.tenants[tenant].profile)
    if decision.reason_code == "legal_basis" and profile is not None:
        raise Problem(
            400, "circumstances_missing", "your institution's profile asks for a legal basis", "Minerva-Legal-Basis"
        )
    raise absent()


def _request(call: Call, tenant: str, obligations: tuple[str, ...]) -> ExportRequest:
    store, body = call.store, call.body
    query: Mapping[str, Any] = {key: body[key] for key in _SELECTORS if key in body}
    moment = datetime.fromtimestamp(int(store.context.now), timezone.utc)
    given = {
        "tenant_id": tenant, "tenant_label": store.context.tenants[tenant].label,
        "recipient": body.get("recipient", tenant), "level": "L0", "time": format_time(moment),
        "policy_version": POLICY_VERSION, "purpose": store.context.purpose, "case_number": store.context.case,
        "query": query, "handling": list(handling_of(obligations)), "max_bytes": MAX_BYTES,
    }  # fmt: skip
    try:
        return ExportRequest.read(body["format"], given)
    except ExportError as error:
        field = {"case_number": "Minerva-Case", "purpose": "Minerva-Purpose"}.get(error.key, error.key)
        raise Problem(400, "export_refused", error.expected, field) from None


OPERATIONS = (
    Operation(
        "makeExport", "POST", "/exports", "Export entities, with a manifest",
        "csv, xlsx, ftm (FollowTheMoney), stix (2.1), misp, htcds or hashes. Own entities, marked L0. The zip is in "
        "the answer, in base64; nothing of it is kept but the audit's entry.",
        make_export, ref("Export"), ref("ExportRequest"), statuses=(403,), cost=20,
    ),
)  # fmt: skip
