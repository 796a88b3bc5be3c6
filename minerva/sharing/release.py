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
from minerva.sharing import copies, log
from minerva.sharing.effects import again, end, logged, readers, settle, tell
from minerva.sharing.grants import ERASED, EXPIRED, LIVE, RECALLED, SHARE, Released, grant_key, of_owner, one, read
from minerva.sharing.objects import acting, load
from minerva.sharing.proposals import (
    close,
    current_hash,
    open_proposal,
    reasons_of,
    short_text,
    standing_approvals,
    use_up,
)
from minerva.sharing.terms import stored_terms
from minerva.tenancy import duties
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
    reasons = reasons_of(store, row)
    made: Document = {
        "_key": grant_key(tenant, grant.grant_id), "kind": "grant", "tenant_id": tenant, "grant_id": grant.grant_id,
        "audience": terms.to, "level": terms.level, "fields": sorted(row["content"]), "author": grant.author,
        "time": grant.time, "expires": grant.expires, "approvals": [asdict(approval) for approval in approvals],
        "no_evidence": terms.no_evidence, "no_reshare": terms.no_reshare, "what": held.what,
        "object_id": held.object_id, "content": row["content"], "terms": row["terms"],
        "content_hash": row["content_hash"], "purpose": row["purpose"], "case": row["case"],
        "legal_basis": row["legal_basis"], "why": row["why"],
        "reasons": {each.user: reasons[each.user] for each in approvals if each.user in reasons},
    }  # fmt: skip
    store.trail.permit(1)
    use_up(store, row)
    released = read(store, [made])[0]
    log.changed(store, tenant, "released", **logged(made), recipients=readers(store, released))
    store.collections["grants"].batch_save([made])
    close(store, row, "done")
    released, written = settle(store, released)
    if released.state(store.context.now) == ERASED:
        store.trail.unfinished("erased")
        raise Contradicts("it has just been erased: nothing is released")
    for name in readers(store, released) if released.end is None else ():
        tell(store, released, name, "released")
    return {"grant": told(store, released), "copies": written}


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
    found.update(approved_by=sorted(each["user"] for each in row["approvals"]), reasons=row.get("reasons", {}))
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
    return {"grant": told(store, again(store, released)), "tombstones": written}


def rerelease(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"copies", "expired"}. Service only.

    Writes copies that are a week old or missing, for as long as their grants live, takes back those of members that
    left and of institutions that are suspended, and ends what has expired. What one who died has left half done is
    finished. May be repeated at any time.
    """
    written = expired = 0
    names = [name for name in sorted(store.context.tenants) if store.may(Action.STORE, name)]
    if not names:
        raise Absent
    store.trail.permit(len(names))
    for name in sorted(store.context.tenants):
        for released in of_owner(store, name):
            if released.end is None and store.context.now >= released.grant.expires:
                end(store, released, EXPIRED, "")
                expired += 1
            else:  # also what has ended, in case that was cut short
                written += settle(store, released)[1]
        copies.take_back_left_over(store, name)
    duties.done(store, "rerelease")
    return {"copies": written, "expired": expired}
