"""Does somebody else hold this? One bit, by keyed tokens and the rules of both sides; contact desks once both accept.

An asker learns neither who holds it nor how many do; a holder learns which of its releases was met, not by whom.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from minerva.deconfliction import budget
from minerva.documents import Document, find_all
from minerva.policy import COMMUNITY, Action, Object, decide
from minerva.policy.model import Decision
from minerva.sharing import log
from minerva.sharing.grants import Released, at
from minerva.sharing.objects import acting, need_circumstances
from minerva.sharing.paging import after_of, following, newest
from minerva.sharing.strong import strong_form
from minerva.sharing.tokens import DECOY, decoys, token_of
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, number_of, regions_of, text_of

OPEN_S = 14 * 86_400
MAX_CONTACT = 300


def deconflict(body: Body, store: Store) -> dict[str, Any]:
    """{"identifier", "group_id", "accept"} -> {"hit", "inquiry_id", "left_today"}. Purpose and case are needed.

    Asked in one group, or in all of the asker's and the community. `accept` (analysts) says at once that the own desk
    may be told to whoever accepts too. Asking the same again gives the same inquiry, and counts.
    """
    need_circumstances(store)
    store, tenant = acting(body, store, Action.MATCH)
    if store.context.tenants[tenant].match == "none":
        raise BadRequest("your institution allows no blind match (match: none), so it may not ask either")
    identifier = strong_form(text_of(body, "identifier"), regions_of(store, [tenant]))
    accept = body.get("accept", False)
    if not isinstance(accept, bool):
        raise BadRequest("accept: expected true or false")
    if accept and not store.may(Action.SHARE, tenant):
        raise BadRequest("accept: an analyst of your institution accepts; leave it out")
    audiences = _audiences(body, store, tenant)
    budget.check(store, tenant)
    sides = _sides(store, tenant, identifier, audiences)
    store.trail.permit(1 if sides else 0)
    left = budget.spend(store, tenant)
    inquiry = _open(store, tenant, identifier, sides, accept) if sides else None
    return {"hit": bool(sides), "inquiry_id": inquiry, "left_today": left}


def _audiences(body: Body, store: Store, tenant: str) -> list[str]:
    own = sorted(name for name, group in store.context.groups.items() if tenant in group.members and group.active)
    if "group_id" not in body:
        return [*own, COMMUNITY]
    named = text_of(body, "group_id")
    if named not in (*own, COMMUNITY):
        raise BadRequest(f"group_id: expected a group of your institution, or {COMMUNITY}")
    return [named]


def _sides(store: Store, tenant: str, identifier: str, audiences: list[str]) -> dict[str, tuple[Document, Released]]:
    """Holder -> (token row, release) of what the rules of both sides let meet; the first release of each holder.

    The asker must not learn what the rules hide: it takes the same work as what nobody holds, decoys standing in for
    what is not there, and the audit hears of permits alone.
    """
    rows = [
        row
        for audience in audiences
        for row in find_all(
            store.collections["tokens"], {"audience": audience, "token": token_of(store, audience, identifier)}
        )
        if row["tenant_id"] != tenant
    ]
    rows += decoys(store, len(rows))

    another = next((name for name in store.context.tenants if name != tenant), "")

    def may(row: Document, obj: Object) -> Decision:
        if obj.what == DECOY:
            obj = replace(obj, tenant_id=another)
        return decide(store.subject, Action.MATCH, obj, row["field_class"], store.context)

    found: dict[str, tuple[Document, Released]] = {}
    for row, released in zip(rows, at(store, rows, lambda row, obj: may(row, obj).permits)):
        if released is None or row["tenant_id"] in found:
            continue
        decision = may(row, released.obj)
        if decision.permits:
            store.trail.decided(row["tenant_id"], decision)
            found[row["tenant_id"]] = row, released
    return found


def _open(store: Store, tenant: str, identifier: str, sides: dict[str, tuple[Document, Released]], accept: bool) -> str:
    """Saves the inquiry and tells holders that are new to it; its id. As many requests, however many holders."""
    collection, now = store.collections["inquiries"], store.context.now
    inquiry = "q_" + store.trail.token("inquiry", f"{tenant}:{identifier}")[:16]
    base = {"inquiry_id": inquiry, "time": now, "expires": now + OPEN_S}
    kind = identifier.partition(":")[0]
    asked = {"_key": inquiry, "kind": "inquiry", "tenant_id": tenant, "of": kind, "by": store.subject.user}
    made: list[Document] = [
        {
            "_key": f"{inquiry}:{holder}", "kind": "side", "tenant_id": holder, "grant_id": row["grant_id"],
            "what": released.document["what"], "object_id": released.document["object_id"], "of": kind, **base,
        }
        for holder, (row, released) in sides.items()
    ]  # fmt: skip
    known = collection.get_many([side["_key"] for side in made])
    collection.batch_save([{**asked, **base}, *made])
    new = [side for side, before in zip(made, known) if before is None]
    told = {
        each["tenant_id"]: {key: each[key] for key in ("inquiry_id", "object_id", "grant_id", "of")} for each in new
    }
    log.tell_each(store, "match", inquiry, told)
    if accept:
        _say(store, inquiry, tenant, accept=True)
    return inquiry


def inquiries(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "after"} -> {"inquiries", "next"}: matches that the own institution asked for or that met its releases.

    Newest first; `next` is the `after` of the following page or null.
    """
    tenant = store.tenant_for(Action.READ, body)
    limit, after = number_of(body, "limit", 100, 1, 1000), after_of(body)
    found = []
    for kind in ("inquiry", "side"):
        query = {"tenant_id": tenant, "kind": kind}
        found += newest(store.collections["inquiries"], query, "inquiry_id", limit, after)
    found.sort(key=lambda row: (-row["time"], row["inquiry_id"]))
    rows = found[:limit]
    return {"inquiries": [_told(store, row) for row in rows], "next": following(rows, "inquiry_id", limit)}


def inquiry_answer(body: Body, store: Store) -> dict[str, Any]:
    """{"inquiry_id", "accept"} -> {"inquiry"}: one side's yes or no to being put in touch. Purpose and case are needed.

    Contact desks are told once both sides said yes; a no can become a yes until the inquiry ends.
    """
    need_circumstances(store)
    store, tenant = acting(body, store, Action.SHARE)
    asked = text_of(body, "inquiry_id")
    row = _own_part(store, asked, tenant)
    accept = body.get("accept")
    if not isinstance(accept, bool):
        raise BadRequest("accept: expected true or false")
    if store.context.now >= row["expires"]:
        raise Contradicts("the inquiry has ended: ask again", "inquiry_ended")
    store.trail.permit(1)
    log.changed(store, tenant, "match_accepted" if accept else "match_declined", inquiry_id=asked, of=row["of"])
    before = _desks(store, row)
    _say(store, asked, tenant, accept)
    told = _told(store, row)
    for desk in told["desks"] if not before else ():
        for name in (tenant, desk["tenant_id"]):
            log.tell(store, name, "accepted", inquiry_id=asked)
    return {"inquiry": told}


def _own_part(store: Store, inquiry: str, tenant: str) -> Document:
    collection = store.collections["inquiries"]
    for row in (collection.get(inquiry), collection.get(f"{inquiry}:{tenant}")):
        if row is not None and row["kind"] in ("inquiry", "side") and row["tenant_id"] == tenant:
            return row
    raise Absent


def _say(store: Store, inquiry: str, tenant: str, accept: bool) -> None:
    row = {"_key": f"{inquiry}:{tenant}:answer", "kind": "answer", "tenant_id": tenant, "inquiry_id": inquiry}
    said = {"accept": accept, "by": store.subject.user, "time": store.context.now}
    store.collections["inquiries"].batch_save([{**row, **said}])


def _said(store: Store, inquiry: str, tenant: str) -> bool | None:
    row = store.collections["inquiries"].get(f"{inquiry}:{tenant}:answer")
    return None if row is None else bool(row["accept"])


def _desks(store: Store, row: Document) -> list[dict[str, str]]:
    """Who is at the other side, as far as both said yes."""
    inquiry, tenant = str(row["inquiry_id"]), str(row["tenant_id"])
    if not _said(store, inquiry, tenant):
        return []
    collection = store.collections["inquiries"]
    if row["kind"] == "inquiry":
        others = [str(side["tenant_id"]) for side in find_all(collection, {"inquiry_id": inquiry, "kind": "side"})]
    else:
        asked = collection.get(inquiry)
        others = [str(asked["tenant_id"])] if asked is not None else []
    answers = collection.get_many([f"{inquiry}:{name}:answer" for name in others])
    return [_desk(store, name) for name, said in zip(others, answers) if said is not None and said["accept"]]


def _desk(store: Store, tenant: str) -> dict[str, str]:
    held = store.collections["desks"].get(tenant) or {}
    known = store.context.tenants.get(tenant)
    label = known.name if known is not None else tenant
    return {"tenant_id": tenant, "label": label, "contact": str(held.get("contact", ""))}


def _told(store: Store, row: Document) -> dict[str, Any]:
    role = "asker" if row["kind"] == "inquiry" else "holder"
    told: dict[str, Any] = {key: row[key] for key in ("inquiry_id", "time", "expires", "of")}
    if role == "holder":
        told.update({key: row[key] for key in ("what", "object_id", "grant_id")})
    accepted = _said(store, str(row["inquiry_id"]), str(row["tenant_id"]))
    return {**told, "role": role, "accepted": accepted, "desks": _desks(store, row)}


def contact_desk(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "get" | "set", "contact"} -> {"contact"}: how the own institution is reached after a match.

    Its administrators set it.
    """
    operation = body.get("op", "get")
    if operation not in ("get", "set"):
        raise BadRequest("op: expected get or set")
    tenant = store.tenant_for(Action.READ if operation == "get" else Action.ADMINISTER, body)
    collection = store.collections["desks"]
    if operation == "set":
        contact = text_of(body, "contact")
        if len(contact) > MAX_CONTACT:
            raise BadRequest(f"contact: expected text of at most {MAX_CONTACT} characters")
        store.trail.permit(1)
        row = {"_key": tenant, "tenant_id": tenant, "contact": contact, "by": store.subject.user}
        collection.batch_save([{**row, "time": store.context.now}])
    return {"contact": str((collection.get(tenant) or {}).get("contact", ""))}
