"""Who joins an institution or changes standing: one person proposes, another agrees, an administrator carries it out.

The agreement is bound to the person's roles as they were: whoever was changed meanwhile has to be proposed again.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from minerva.administration.leaving import need_administrator, need_another_administrator, nobody_else, without_jobs
from minerva.administration.standing import (
    MEMBERSHIP,
    administered,
    belongs,
    membership_hash,
    person_of,
    roles_of,
    standing_of,
    told,
)
from minerva.documents import Document
from minerva.policy import Action, Approval, Object
from minerva.policy.vocabulary import APPROVAL_SECONDS, INFRASTRUCTURE, Standing
from minerva.sharing import log
from minerva.sharing.proposals import approvals_of, close, short_text, standing_approvals, use_up
from minerva.tenancy.asking import Absent, Body, Contradicts, Store, number_of, text_of

_TOLD = ("proposal_id", "person", "standing", "before", "author", "why", "time", "expires", "content_hash")


def people_propose(body: Body, store: Store) -> dict[str, Any]:
    """{"person", "standing", "why"} -> {"proposal"}: takes somebody in, or changes the standing of one's own.

    Nothing changes yet. The proposal ends after 72 hours. Raises Absent for a person who belongs elsewhere.
    """
    tenant = administered(body, store)
    person, standing = person_of(body, store, tenant), standing_of(body, tenant)
    now, before = store.context.now, told(person, tenant)["standings"]
    if before == [standing.value]:
        raise Contradicts(f"the person is {standing.value} already")
    row: Document = {
        "kind": MEMBERSHIP, "tenant_id": tenant.tenant_id, "proposal_id": "m_" + uuid.uuid4().hex[:16],
        "state": "open", "person": person.user, "standing": standing.value, "before": before,
        "author": store.subject.user, "why": short_text(body, "why"), "time": now, "expires": now + APPROVAL_SECONDS,
        "content_hash": membership_hash(tenant, person, standing.value),
    }  # fmt: skip
    row["_key"] = f"{tenant.tenant_id}:{row['proposal_id']}"
    store.trail.permit(1)
    store.collections["proposals"].batch_save([row])
    return {"proposal": _shown(store, row)}


def people_proposals(body: Body, store: Store) -> dict[str, Any]:
    """{"limit"} -> {"proposals"}: the open ones of the own institution, newest first."""
    tenant = store.tenant_for(Action.APPROVE, body)
    query = {"tenant_id": tenant, "kind": MEMBERSHIP, "state": "open", "expires": {"$gt": store.context.now}}
    limit = number_of(body, "limit", 100, 1, 1000)
    rows = store.collections["proposals"].find(query, sort="time:-1,_key:1", limit=limit)
    return {"proposals": [_shown(store, row) for row in rows]}


def people_approve(body: Body, store: Store) -> dict[str, Any]:
    """{"proposal_id", "content_hash"} -> {"proposal"}: a second person's yes."""
    tenant = store.tenant_for(Action.APPROVE, body)
    row = _open(store, tenant, text_of(body, "proposal_id"))
    obj = Object(tenant, MEMBERSHIP, content_hash=row["content_hash"], author=row["author"])
    if not store.decided(Action.APPROVE, obj, INFRASTRUCTURE).permits or row["person"] == store.subject.user:
        raise Contradicts("somebody of your institution who neither proposed it nor is meant approves it")
    if text_of(body, "content_hash") != row["content_hash"]:
        raise Contradicts("this is not what was proposed: look at the proposal again")
    store.trail.permit(1)
    approval = Approval(store.subject.user, tenant, row["content_hash"], store.context.now)
    store.collections["proposals"].batch_save([{
        "_key": f"{row['_key']}:{store.subject.user}", "kind": "approval", "tenant_id": tenant,
        "proposal_id": row["proposal_id"], "approval": asdict(approval),
    }])  # fmt: skip
    return {"proposal": _shown(store, row)}


def people_apply(body: Body, store: Store) -> dict[str, Any]:
    """{"proposal_id"} -> {"person"}: what was proposed and agreed to is done. May be repeated until it is.

    Who comes in leaves behind what was searched elsewhere: those searches are deleted first, or nobody comes in.
    """
    tenant = administered(body, store)
    with nobody_else(store, tenant):
        need_administrator(store, tenant)
        row = _open(store, tenant.tenant_id, text_of(body, "proposal_id"))
        person = person_of({"person": row["person"]}, store, tenant)
        made = membership_hash(tenant, person, row["standing"])
        obj = Object(tenant.tenant_id, MEMBERSHIP, content_hash=made, author=row["author"])
        agreed = store.decided(Action.ADMINISTER, obj, INFRASTRUCTURE, approvals=tuple(standing_approvals(store, row)))
        if made != row["content_hash"]:
            raise Contradicts("the person's roles have changed since: it has to be proposed again")
        if not agreed.permits:
            raise Contradicts("somebody else of your institution has to agree first")
        if row["standing"] != Standing.ADMIN.value:
            need_another_administrator(store, tenant, person.user)
        store.trail.permit(1)
        if not belongs(person, tenant) and (left := without_jobs(store, person.user).left):
            raise Contradicts(f"{left} searches of the person's time elsewhere could not be deleted: ask again")
        use_up(store, row, "joined")
        log.changed(
            store, tenant.tenant_id, "joined", what=MEMBERSHIP, object_id=person.user, standing=row["standing"],
            why=row["why"],
        )  # fmt: skip
        store.directory.set_roles(person.user, [roles_of(tenant)[Standing(row["standing"])]])
        close(store, row, "done")
    return {"person": {"person": person.user, "name": person.name, "standings": [row["standing"]]}}


def _open(store: Store, tenant: str, proposal_id: str) -> Document:
    row = store.collections["proposals"].get(f"{tenant}:{proposal_id}")
    if row is None or row.get("kind") != MEMBERSHIP:
        raise Absent
    if row["state"] != "open" or store.context.now >= row["expires"]:
        raise Contradicts("the proposal is not open any more: propose again")
    return row


def _shown(store: Store, row: Document) -> dict[str, Any]:
    agreed = sorted(approval.user for approval in approvals_of(store, row))
    return {**{key: row[key] for key in _TOLD}, "approved_by": agreed}
