"""Before anything is shared: markings, the preview of who will see what, proposals and the second person's yes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import EVERYONE, Action, Approval, Level, Object, Tenant, decide
from minerva.policy.vocabulary import APPROVAL_SECONDS, INFRASTRUCTURE, OWN
from minerva.records.model import canonical_json
from minerva.sharing import log
from minerva.sharing.content import MAX_BYTES, bound, chosen, content_of, shown
from minerva.sharing.effects import settle
from minerva.sharing.exporting import EXPORT
from minerva.sharing.exporting import chosen as chosen_for_export
from minerva.sharing.grants import LIVE, SHARE, of_owner
from minerva.sharing.objects import (
    NAMES_ARE,
    RECORD,
    WHOLE,
    Held,
    acting,
    erased_objects,
    held_of,
    load,
    marking_key,
    need_circumstances,
    undecided,
)
from minerva.sharing.paging import after_of, following, newest
from minerva.sharing.recipients import allowed, others, shelves
from minerva.sharing.terms import Terms, level_of, read_terms, stored_terms
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, number_of, one_of, text_of

ERASE, RELEASE_HOLD = "erase", "release_hold"
ACTS = {SHARE: Action.SHARE, ERASE: Action.ERASE, RELEASE_HOLD: Action.RELEASE_HOLD}
MAX_WHY = 500
_MARKING_KEYS = ("tenant_id", "what", "object_id", "level", "consent", "suspicion", "names_are", "legal_hold", "erased",
                 "by", "why", "time")  # fmt: skip
_PROPOSAL_KEYS = ("proposal_id", "act", "what", "object_id", "author", "why", "time", "expires", "content_hash",
                  "state", "terms", "purpose", "case")  # fmt: skip


def mark(body: Body, store: Store) -> dict[str, Any]:
    """{object, "level", "why", "consent", "suspicion", "names_are"} -> {"marking"}.

    How far an object may go at most. What a body leaves out stays as it was; lowering the level hides at once what was
    released above it, and takes its copies back.
    """
    need_circumstances(store)
    store, tenant = acting(body, store, Action.SHARE)
    held = held_of(body, store, tenant)
    change: dict[str, Any] = {"level": f"L{int(level_of(body))}"} if "level" in body else {}
    for key in ("consent", "suspicion"):
        if key in body:
            change[key] = short_text(body, key)
    if "names_are" in body:
        change["names_are"] = one_of(body, "names_are", NAMES_ARE)
    if not change:
        raise BadRequest("expected level, consent, suspicion or names_are")
    if not store.decided(Action.SHARE, held.in_policy(), INFRASTRUCTURE).permits:
        raise Absent
    why = short_text(body, "why")
    with undecided(store, held):
        store.trail.permit(1)
        marking = remark(store, held, "marked", change, why)
    if held.what == RECORD:
        _need_unerased(store, held, "markings", marking_key(tenant, held.what, held.object_id))
    for released in of_owner(store, tenant):
        row = released.document
        if (row["what"], row["object_id"]) == (held.what, held.object_id) and released.state(store.context.now) == LIVE:
            settle(store, released)
    return {"marking": marking}


def remark(store: Store, held: Held, change_name: str, change: Mapping[str, Any], why: str) -> dict[str, Any]:
    """Saves a change of a marking that nobody else changes meanwhile, with what stood there before, and logs it."""
    row: Document = {
        "_key": marking_key(held.tenant_id, held.what, held.object_id), "tenant_id": held.tenant_id, "what": held.what,
        "object_id": held.object_id, "level": "L0", "legal_hold": False, "erased": False, "history": [],
        **held.marking, **change, "by": store.subject.user, "why": why, "time": store.context.now,
    }  # fmt: skip
    if row["erased"]:
        row["history"] = []
    elif held.marking:
        row["history"] = [*held.marking.get("history", ()), {k: v for k, v in held.marking.items() if k != "history"}]
    log.changed(store, held.tenant_id, change_name, what=held.what, object_id=held.object_id, why=why, **change)
    store.collections["markings"].batch_save([row])
    return {key: row[key] for key in _MARKING_KEYS if key in row}


def preview(body: Body, store: Store) -> dict[str, Any]:
    """{object, "to", "level", "fields", "days", "no_evidence", "no_reshare"} -> {"preview"}: who will see what.

    Nothing is stored. `refused` lists field classes that cannot be released so, with the reason; `needs_approvals` is
    how many others have to agree (0 to 2); `recipients` name for each institution the fields that it will see.
    """
    need_circumstances(store)
    store, tenant = acting(body, store, Action.SHARE)
    held = held_of(body, store, tenant)
    terms = read_terms(body, store, tenant)
    return {"preview": previewed(store, held, terms)}


def previewed(store: Store, held: Held, terms: Terms) -> dict[str, Any]:
    """The preview of a release of a loaded object."""
    content = chosen(content_of(held), terms.fields)
    if len(canonical_json(content)) > MAX_BYTES:
        raise BadRequest(f"the content is longer than {MAX_BYTES} characters: release fewer field classes")
    made = bound(held.tenant_id, held.what, held.object_id, terms.document(), content)
    needs, refused = needed(store, held, terms, made, content)
    granted = [name for name in content if name not in {each["field_class"] for each in refused}]
    level = Level(terms.level)
    return {
        "content_hash": made,
        "content": {name: shown(content, [name], level) for name in content},
        "missing": sorted(set(terms.fields) - set(content)),
        "needs_approvals": needs,
        "refused": refused,
        "recipients": _recipients(store, held, terms, made, content, granted, needs) if not refused else [],
    }


def needed(
    store: Store, held: Held, terms: Terms, made: str, content: Mapping[str, Any]
) -> tuple[int, list[dict[str, str]]]:
    """How many approvals a release needs, and the classes that no approvals allow, with the reason of the policy."""
    needs, refused = 0, []
    if not content:
        return 0, [{"field_class": name, "reason": "nothing_of_this_class"} for name in terms.fields]
    for name in content:
        for count in range(3):
            context = replace(store.context, target=Level(terms.level), approvals=_imagined(held, made, count, store))
            decision = decide(store.subject, Action.SHARE, held.in_policy(made), name, context)
            if decision.permits:
                needs = max(needs, count)
                break
        else:
            refused.append({"field_class": name, "reason": decision.reason_code})
    return needs, refused


def _imagined(held: Held, made: str, count: int, store: Store) -> tuple[Approval, ...]:
    """Approvals by people who are nobody, to see what they would change. Never stored."""
    return tuple(Approval(f"\0{number}", held.tenant_id, made, store.context.now) for number in range(count))


def _recipients(
    store: Store, held: Held, terms: Terms, made: str, content: Mapping[str, Any], granted: list[str], needs: int
) -> list[dict[str, Any]]:
    grant = terms.grant("preview", store.subject.user, store.context.now, _imagined(held, made, needs, store))
    obj = held.in_policy(made, store.subject.user, (grant,))
    lying = {shelf.recipient: shelf.index for shelf in shelves(obj, grant, store.context)}
    found = []
    tenants = [*others(held.tenant_id, store.context), *([None] if terms.to == EVERYONE else [])]
    for tenant in tenants:
        may = allowed(tenant, obj, frozenset(granted), store.context)
        if not any(may.values()):
            continue
        name = tenant.tenant_id if tenant else EVERYONE
        sees = sorted(shown(content, may[Action.READ], grant.level))
        row = {"tenant_id": name, "label": tenant.label if tenant else "anybody", "sees": sees}
        row.update({f"{action.value}s": sorted(may[action]) for action in (Action.COUNT, Action.DESCRIBE)})
        row["matches"] = sorted(may[Action.MATCH])
        row["copy"] = "own" if name in lying else "common" if sees and terms.to in lying else "none"
        found.append(row)
    return found


def propose(body: Body, store: Store) -> dict[str, Any]:
    """As `preview`, and "why" -> {"proposal"}; or {"act": "erase" | "release_hold", object, "why"}.

    A proposal holds the content that was previewed; it ends after 72 hours. Others of the institution approve it.
    """
    act = one_of(body, "act", ACTS, SHARE)
    if act == SHARE:
        need_circumstances(store)
        store, tenant = acting(body, store, Action.SHARE)
    else:
        store, tenant = acting(body, store, Action.HOLD)
    held = held_of(body, store, tenant) if act == SHARE else held_of(body, store, tenant, WHOLE)
    now = store.context.now
    row: Document = {
        "kind": "proposal", "tenant_id": tenant, "proposal_id": "p_" + uuid.uuid4().hex[:16], "act": act,
        "state": "open", "what": held.what, "object_id": held.object_id, "author": store.subject.user,
        "why": short_text(body, "why"), "time": now, "expires": now + APPROVAL_SECONDS,
        "purpose": store.context.purpose, "case": store.context.case, "legal_basis": store.context.legal_basis,
    }  # fmt: skip
    if act == SHARE:
        terms = read_terms(body, store, tenant)
        seen = previewed(store, held, terms)
        if seen["refused"]:
            named = ", ".join(f"{each['field_class']} ({each['reason']})" for each in seen["refused"])
            raise Contradicts(f"these classes cannot be released so: {named}", "not_releasable")
        row.update(terms=terms.document(), content=chosen(content_of(held), terms.fields), preview=seen)
        row["content_hash"] = seen["content_hash"]
    else:
        row.update(terms={"act": act}, content_hash=act_hash(held, act))
    row["_key"] = f"{tenant}:{row['proposal_id']}"
    store.trail.permit(1)
    store.collections["proposals"].batch_save([row])
    if act == SHARE:
        _need_unerased(store, held, "proposals", row["_key"])
    return {"proposal": told(store, row, [])}


def _need_unerased(store: Store, held: Held, collection: str, key: str) -> None:
    """Takes what was just written away again, and raises Absent, if an erasure beside it has not seen it."""
    if erased_objects(store, held.tenant_id, [(held.what, held.object_id)]):
        store.collections[collection].delete({"_key": key})
        store.trail.unfinished("erased")
        raise Absent


def act_hash(held: Held, act: str) -> str:
    """What approvals of an act on a whole object are bound to: the object as it is and the act."""
    document = {key: value for key, value in held.document.items() if not key.startswith("_")}
    return bound(held.tenant_id, held.what, held.object_id, {"act": act}, {"document": document})


def proposals(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "after"} -> {"proposals", "next"}: the open ones of the own institution, newest first."""
    tenant = store.tenant_for(Action.APPROVE, body)
    query = {"tenant_id": tenant, "kind": "proposal", "state": "open", "expires": {"$gt": store.context.now}}
    limit = number_of(body, "limit", 100, 1, 1000)
    rows = newest(store.collections["proposals"], query, "proposal_id", limit, after_of(body))
    found = [told(store, row, approvals_of(store, row)) for row in rows]
    return {"proposals": found, "next": following(rows, "proposal_id", limit)}


def approve(body: Body, store: Store) -> dict[str, Any]:
    """{"proposal_id", "content_hash", "why"} -> {"proposal"}: a second person's yes to exactly what they saw."""
    store, tenant = acting(body, store, Action.APPROVE)
    why = short_text(body, "why")
    row = open_proposal(store, tenant, text_of(body, "proposal_id"))
    obj = _as_it_is(store, tenant, row)
    made = obj.content_hash
    if not store.decided(Action.APPROVE, obj, INFRASTRUCTURE).permits:
        raise Contradicts("somebody else of your institution approves what you proposed", "own_proposal")
    if made != row["content_hash"] or text_of(body, "content_hash") != made:
        raise Contradicts("the content is not what was proposed: it has to be proposed again", "content_changed")
    store.trail.permit(1)
    approval = Approval(store.subject.user, tenant, made, store.context.now)
    key = f"{row['_key']}:{store.subject.user}"
    kept = {"_key": key, "kind": "approval", "tenant_id": tenant, "proposal_id": row["proposal_id"], "why": why}
    store.collections["proposals"].batch_save([{**kept, "approval": asdict(approval)}])
    return {"proposal": told(store, row, approvals_of(store, row))}


def _as_it_is(store: Store, tenant: str, row: Document) -> Object:
    """What a proposal is about, with the hash that it has now. Raises Absent."""
    if row["act"] == EXPORT:
        content = chosen_for_export(store, tenant, row["entity_ids"])
        made = content.content_hash(str(row["terms"]["format"]), str(row["terms"]["to"]))
        return Object(tenant, EXPORT, content_hash=made, author=str(row["author"]))
    held = load(store, tenant, row["what"], row["object_id"])
    return held.in_policy(current_hash(held, row), row["author"])


def open_proposal(store: Store, tenant: str, proposal_id: str) -> Document:
    """An open proposal of the institution. Raises Absent."""
    row = store.collections["proposals"].get(f"{tenant}:{proposal_id}")
    if row is None or row.get("kind") != "proposal":
        raise Absent
    if row["state"] != "open" or store.context.now >= row["expires"]:
        raise Contradicts("the proposal is not open any more: propose again", "proposal_closed")
    return row


def current_hash(held: Held, row: Mapping[str, Any]) -> str:
    """The hash of the object as it is now, on the proposal's terms."""
    if row["act"] != SHARE:
        return act_hash(held, str(row["act"]))
    terms = stored_terms(row["terms"])
    return bound(held.tenant_id, held.what, held.object_id, terms.document(), chosen(content_of(held), terms.fields))


def approvals_of(store: Store, row: Mapping[str, Any]) -> list[Approval]:
    """Who said yes to a proposal."""
    return [Approval(**each["approval"]) for each in _agreed(store, row)]


def reasons_of(store: Store, row: Mapping[str, Any]) -> dict[str, str]:
    """Why each of them said yes, by user; who gave no reason is left out."""
    return {str(each["approval"]["user"]): str(each["why"]) for each in _agreed(store, row) if each.get("why")}


def _agreed(store: Store, row: Mapping[str, Any]) -> list[Document]:
    query = {"tenant_id": row["tenant_id"], "kind": "approval", "proposal_id": row["proposal_id"]}
    return find_all(store.collections["proposals"], query)


def standing_approvals(store: Store, row: Mapping[str, Any]) -> list[Approval]:
    """Those of `approvals_of` that count now: by people who may still approve for the institution."""
    tenant = store.context.tenants[str(row["tenant_id"])]
    return [each for each in approvals_of(store, row) if _may_approve(store, tenant, each.user)]


def _may_approve(store: Store, tenant: Tenant, user: str) -> bool:
    person = store.directory.person(user)
    return person is not None and any(Action.APPROVE in OWN[each] for each in tenant.standings(person.roles))


def use_up(store: Store, row: Document, act: str = "") -> None:
    """Takes a proposal's key, which is there once: of two answers at the same moment one counts. Raises Contradicts.

    `act`: what may be repeated until it is done, such as an erasure that was stopped: it finds its own key again.
    """
    key = f"{row['_key']}\0used"
    used = {"_key": key, "kind": "used", "tenant_id": row["tenant_id"], "expires": row["expires"], "act": act}
    if store.collections["proposals"].insert(used):
        return
    held = store.collections["proposals"].get(key)
    if not act or held is None or held.get("act") != act:
        raise Contradicts("the proposal has been answered already", "proposal_closed")


def close(store: Store, row: Document, state: str) -> None:
    """Ends a proposal: done, void, refused or withdrawn."""
    store.collections["proposals"].batch_save([{**row, "state": state, "content": {}, "preview": {}}])


def short_text(body: Body, key: str) -> str:
    """An optional text. Raises BadRequest."""
    value = body.get(key, "")
    if not isinstance(value, str) or len(value) > MAX_WHY:
        raise BadRequest(f"{key}: expected text of at most {MAX_WHY} characters")
    return value


def told(store: Store, row: Mapping[str, Any], approvals: Iterable[Approval]) -> dict[str, Any]:
    """A proposal as a person of the institution may see it: classes that the person does not read stay out."""
    found = {key: row[key] for key in _PROPOSAL_KEYS if key in row}
    found["approved_by"] = sorted(approval.user for approval in approvals)
    found["reasons"] = reasons_of(store, row) if found["approved_by"] else {}
    if row.get("preview"):
        found["preview"] = {**row["preview"], "content": _readable(store, row)}
    return found


def _readable(store: Store, row: Mapping[str, Any]) -> dict[str, Any]:
    obj = Held(str(row["what"]), str(row["object_id"]), str(row["tenant_id"]), {}, {}).in_policy()
    given: Mapping[str, Any] = row["preview"]["content"]
    return {name: fields for name, fields in given.items() if store.decided(Action.READ, obj, name).permits}
