"""The no to a proposal: who may approve it refuses it, or who made it withdraws it. Nothing of it happens then."""

from __future__ import annotations

from typing import Any

from minerva.documents import Document
from minerva.policy import Action, Object
from minerva.policy.vocabulary import INFRASTRUCTURE
from minerva.sharing import log
from minerva.sharing.objects import acting
from minerva.sharing.proposals import close, short_text, use_up
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, text_of

REFUSED, WITHDRAWN = "refused", "withdrawn"
_TOLD = ("proposal_id", "act", "what", "object_id", "person", "standing", "author", "time", "why")


def refuse(body: Body, store: Store) -> dict[str, Any]:
    """{"proposal_id", "why"} -> {"proposal"}: the proposal is closed, as refused or, by its author, as withdrawn.

    Whoever may approve it may refuse it, also where its content has changed since, and says why: the institution gets a
    notice with the reason, for who proposed it. A release at the same moment wins or is refused, never both.
    """
    store, tenant = acting(body, store, Action.APPROVE)
    why = short_text(body, "why").strip()
    row = store.collections["proposals"].get(f"{tenant}:{text_of(body, 'proposal_id')}")
    if row is None or row.get("kind") not in ("proposal", "membership"):
        raise Absent
    if row["state"] != "open" or store.context.now >= row["expires"]:
        raise Contradicts("the proposal is not open any more", "proposal_closed")
    is_own = row["author"] == store.subject.user
    if not is_own:
        obj = Object(tenant, str(row.get("what", row["kind"])), content_hash=row["content_hash"], author=row["author"])
        if not store.decided(Action.APPROVE, obj, INFRASTRUCTURE).permits or row.get("person") == store.subject.user:
            raise Contradicts("somebody of your institution who is not meant refuses it")
        if not why:
            raise BadRequest("why: expected the reason, which who proposed it reads")
    store.trail.permit(1)
    use_up(store, row)
    return {"proposal": _closed(store, row, WITHDRAWN if is_own else REFUSED, why)}


def _closed(store: Store, row: Document, state: str, why: str) -> dict[str, Any]:
    ended = {"by": store.subject.user, "time": store.context.now, "why": why}
    close(store, {**row, "ended": ended}, state)
    if state == REFUSED:
        told = {"user": row["author"], "by": store.subject.user, "why": why, "proposal_id": row["proposal_id"]}
        log.tell(store, str(row["tenant_id"]), REFUSED, **told)
    return {**{key: row[key] for key in _TOLD if key in row}, "state": state, "ended": ended}
