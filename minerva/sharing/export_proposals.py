"""Exports that need a second person: proposed, agreed to by somebody else of the institution, then made.

The yes comes through `approve` as for a release. It is bound to which things leave, as what, for whom and how marked.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from minerva.documents import Document
from minerva.policy import Action, Approval
from minerva.policy.vocabulary import APPROVAL_SECONDS
from minerva.sharing.exporting import EXPORT, Chosen, chosen
from minerva.sharing.proposals import open_proposal, short_text, standing_approvals, told
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, text_of


@dataclass(frozen=True)
class Agreed:
    """A proposed export as it may be made now. `store` speaks with the circumstances of the proposal."""

    store: Store
    content: Chosen
    form: str
    recipient: str
    content_hash: str
    approvals: tuple[Approval, ...]


def propose_export(
    body: Body, store: Store, tenant: str, ids: Iterable[str], form: str, recipient: str
) -> dict[str, Any]:
    """{"why"} and what was chosen -> {"proposal"}. Raises Absent if nothing is chosen. It ends after 72 hours."""
    content = chosen(store, tenant, ids)
    if not content.entities:
        raise Absent
    now = store.context.now
    proposal_id = "p_" + uuid.uuid4().hex[:16]
    row: Document = {
        "_key": f"{tenant}:{proposal_id}", "kind": "proposal", "tenant_id": tenant, "proposal_id": proposal_id,
        "act": EXPORT, "state": "open", "what": EXPORT, "object_id": f"{form} of {content.rows} rows",
        "author": store.subject.user, "why": short_text(body, "why"), "time": now, "expires": now + APPROVAL_SECONDS,
        "purpose": store.context.purpose, "case": store.context.case, "legal_basis": store.context.legal_basis,
        "content_hash": content.content_hash(form, recipient),
        "entity_ids": [str(each["entity_id"]) for each in content.entities],
        "terms": {
            "act": EXPORT, "to": recipient, "level": int(content.level[1]), "format": form,
            "entities": len(content.entities), "records": len(content.records),
        },
    }  # fmt: skip
    store.trail.permit(content.rows)
    store.collections["proposals"].batch_save([row])
    return {"proposal": told(store, row, [])}


def agreed_export(body: Body, store: Store) -> Agreed:
    """{"proposal_id"} -> what may be made now. Who proposed it makes it, as often as needed while it is open."""
    tenant = store.tenant_for(Action.READ, body)  # whether it may be exported is asked with what the proposal states
    row = open_proposal(store, tenant, text_of(body, "proposal_id"))
    if row["act"] != EXPORT:
        raise BadRequest("proposal_id: expected a proposal to export")
    if row["author"] != store.subject.user:
        raise Contradicts("who proposed it makes it", "not_the_author")
    stated = {key: row[key] for key in ("purpose", "case", "legal_basis")}
    store = replace(store, context=replace(store.context, acting_for=tenant, **stated))
    content = chosen(store, tenant, row["entity_ids"])
    form, recipient = str(row["terms"]["format"]), str(row["terms"]["to"])
    made = content.content_hash(form, recipient)
    if made != row["content_hash"]:
        raise Contradicts("the content has changed since it was proposed: propose it again", "content_changed")
    return Agreed(store, content, form, recipient, made, tuple(standing_approvals(store, row)))
