"""Release, recall and the weekly re-release of what lives on. Order: audit entry, log, grant, tokens, copies, notices.

A release that was cut short is completed by the next re-release; a recall reaches every copy that may be there.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from typing import Any

from minerva.documents import Document
from minerva.policy import Action, Level
from minerva.policy.vocabulary import INFRASTRUCTURE
from minerva.sharing import copies, log, tokens
from minerva.sharing.grants import EXPIRED, LIVE, RECALLED, Released, finish, grant_key, of_owner, one, read
from minerva.sharing.objects import acting, load
from minerva.sharing.proposals import SHARE, close, current_hash, open_proposal, short_text, standing_approvals
from minerva.sharing.pseudonyms import share_id
from minerva.sharing.recipients import allowed, others
from minerva.sharing.terms import stored_terms
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, number_of, text_of

_TOLD = ("grant_id", "what", "object_id", "author", "time", "expires", "why", "purpose", "case", "legal_basis",
         "content_hash")  # fmt: skip


def release(body: Body, store: Store) -> dict[str, Any]:
    """{"proposal_id"} -> {"grant", "copies"}: releases what was proposed, if it is still that and enough people agreed.

    Who proposed it releases it. Purpose, case and legal basis are those of the proposal.
    """
    store, tenant = acting(body, store, Action.RECALL)
    row = open_proposal(store, tenant, text_of(body, "proposal_id"))
    if row["act"] != SHARE:
        raise BadRequest("proposal_id: expected a proposal to share")
    context = replace(
        store.context, purpose=row["purpose"], case=row["case"], legal_basis=row["legal_basis"], acting_for=tenant
    )
    store = replace(store, context=context)
    if row["author"] != store.subject.user:
        raise Contradicts("who proposed it releases it", "not_the_author")
    held = load(store, tenant, row["what"], row["object_id"])
    if current_hash(held, row) != row["content_hash"]:
        raise Contradicts("the content has changed since it was proposed: propose it again", "content_changed")
    terms, approvals = stored_terms(row["terms"]), tuple(standing_approvals(store, row))
    obj = held.in_policy(row["content_hash"], row["author"])
    for name in row["content"]:
        decision = store.decided(Action.SHARE, obj, name, target=Level(terms.level), approvals=approvals)
        if not decision.permits:
            code = "approval_needed" if decision.reason_code == "approval" else "not_releasable"
            raise Contradicts(f"{name} cannot be released so: {decision.reason_code}", code)
    grant = terms.grant("g_" + uuid.uuid4().hex[:16], row["author"], store.context.now, approvals)
    made: Document = {
        "_key": grant_key(tenant, grant.grant_id), "kind": "grant", "tenant_id": tenant, "grant_id": grant.grant_id,
        "audience": terms.to, "level": terms.level, "fields": sorted(row["content"]), "author": grant.author,
        "time": grant.time, "expires": grant.expires, "approvals": [asdict(approval) for approval in approvals],
        "no_evidence": terms.no_evidence, "no_reshare": terms.no_reshare, "what": held.what,
        "object_id": held.object_id, "content": row["content"], "terms": row["terms"],
        "content_hash": row["content_hash"], "purpose": row["purpose"], "case": row["case"],
        "legal_basis": row["legal_basis"], "why": row["why"],
    }  # fmt: skip
    store.trail.permit(1)
    # The proposal's key is used once: two releases at the same moment make one grant.
    used = {"tenant_id": tenant, "expires": row["expires"]}
    if not store.collections["proposals"].insert({"_key": f"{row['_key']}\0used", "kind": "used", **used}):
        raise Contradicts("the proposal has been released already", "proposal_closed")
    released = read(store, [made])[0]
    log.changed(store, tenant, "released", **_logged(made), recipients=readers(store, released))
    store.collections["grants"].batch_save([made])
    close(store, row, "done")
    written = _hand_out(store, released)
    return {"grant": told(store, released), "copies": written}


def _logged(row: Document) -> dict[str, Any]:
    return {
        "grant_id": row["grant_id"], "what": row["what"], "object_id": row["object_id"], "to": row["audience"],
        "level": f"L{row['level']}", "fields": row["fields"], "expires": row["expires"], "why": row["why"],
    }  # fmt: skip


def _hand_out(store: Store, released: Released) -> int:
    """Tokens, copies and notices of a new grant."""
    tokens.register(store, released)
    written = copies.write(store, released, copies.planned(store, released))
    for name in readers(store, released):
        _tell(store, released, name, "released")
    return written


def readers(store: Store, released: Released) -> list[str]:
    """The institutions whose analysts may read something of a live grant now."""
    context, obj = released.circumstances(store.context), released.obj
    return [
        tenant.tenant_id
        for tenant in others(obj.tenant_id, context)
        if allowed(tenant, obj, released.grant.fields, context, (Action.READ,))[Action.READ]
    ]


def _tell(store: Store, released: Released, recipient: str, what: str) -> None:
    row, key = released.document, store.secret("release")
    owner = store.context.tenants[row["tenant_id"]].label or row["tenant_id"]
    name = share_id(key, recipient, row["tenant_id"], row["grant_id"])
    log.tell(store, recipient, what, share_id=name, owner=owner)


def grants(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "offset", "live"} -> {"grants", "limit", "offset"}: the own institution's, newest first."""
    tenant = store.tenant_for(Action.READ, body)
    limit, offset = number_of(body, "limit", 50, 1, 1000), number_of(body, "offset", 0, 0, 10_000_000)
    found = list(reversed(of_owner(store, tenant)))
    if body.get("live"):
        found = [each for each in found if each.state(store.context.now) == LIVE]
    page = found[offset : offset + limit]
    return {"grants": [told(store, each) for each in page], "limit": limit, "offset": offset}


def told(store: Store, released: Released) -> dict[str, Any]:
    """A grant as its owner's people see it: without the content."""
    row = released.document
    found = {key: row[key] for key in _TOLD if key in row}
    found.update(to=row["audience"], level=f"L{row['level']}", fields=row["fields"])
    found.update(approved_by=sorted(each["user"] for each in row["approvals"]))
    found["state"] = released.state(store.context.now)
    if released.end is not None:
        found["ended"] = {key: released.end[key] for key in ("time", "by", "why")}
    return found


def recall(body: Body, store: Store) -> dict[str, Any]:
    """{"grant_id", "why"} -> {"grant", "tombstones"}: takes a release back.

    From now on nobody reads it through the handler or is told of a match; its copies get a tombstone each, which the
    macro minerva_shared heeds, and leave their indexes by age. An export that was taken before cannot be recalled.
    """
    store, tenant = acting(body, store, Action.RECALL)
    released = one(store, tenant, text_of(body, "grant_id"))
    if not store.decided(Action.RECALL, released.obj, INFRASTRUCTURE).permits:
        raise Absent
    why = short_text(body, "why")
    state = released.state(store.context.now)
    if state != LIVE:
        raise Contradicts(f"the release is {state} already", "release_ended")
    store.trail.permit(1)
    written = end(store, released, RECALLED, why)
    return {"grant": told(store, one(store, tenant, released.document["grant_id"])), "tombstones": written}


def end(store: Store, released: Released, why_ended: str, why: str) -> int:
    """Ends a grant wherever it has an effect; how many copies got a tombstone. May be repeated."""
    row = released.document
    informed = readers(store, released)
    if released.end is None:
        log.changed(store, row["tenant_id"], why_ended, **{**_logged(row), "why": why}, recipients=informed)
        if finish(store, released, why_ended, store.subject.user, why):
            for name in informed:
                _tell(store, released, name, why_ended)
    tokens.forget(store, row["tenant_id"], row["grant_id"])
    return copies.take_back(store, released)


def rerelease(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"copies", "expired"}. Service only.

    Writes copies that are a week old or missing, for as long as their grants live, takes back those of members that
    left and of institutions that are suspended, and ends what has expired. May be repeated at any time.
    """
    written = expired = 0
    names = [name for name in sorted(store.context.tenants) if store.may(Action.STORE, name)]
    if not names:
        raise Absent
    store.trail.permit(len(names))
    for name in sorted(store.context.tenants):
        for released in of_owner(store, name):
            if released.end is not None:
                end(store, released, str(released.end["why_ended"]), "")  # again, in case it was cut short
            elif store.context.now >= released.grant.expires:
                end(store, released, EXPIRED, "")
                expired += 1
            else:
                tokens.register(store, released)
                written += copies.write(store, released, copies.planned(store, released))
    return {"copies": written, "expired": expired}
