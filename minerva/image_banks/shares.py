"""Sharing of banks: an institution lets a group or the community match pictures against one of its banks.

Documents of kind `share` of the collection `image_banks`, key <tenant>:<bank_id>:share:<group>. Nothing is shared
unless somebody said so: the policy decides each share, and each look-up again. L1 gives one bit, that some other
institution holds the picture; L3 gives institution, tier and distance; from L4 on, after a colleague's yes, bank and
label too. Hashes are never given out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from minerva.deconfliction import budget
from minerva.deconfliction.cubes import readers_of
from minerva.documents import Document, find_all
from minerva.image_banks.banks import FALSE_POSITIVE, SHARE, is_over, load, lock
from minerva.images.distance import SAME
from minerva.policy import COMMUNITY, Action, Approval, Grant, Level, Object, decide
from minerva.policy.vocabulary import CEILINGS
from minerva.sharing.objects import acting, need_circumstances
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, number_of, text_of

MOST_DAYS, DAYS = 365, 90
_DAY_S = 86_400
_NAMED_FROM = Level.GROUP
_SHOWN = ("bank_id", "group_id", "level", "state", "author", "time", "expires")
Find = Callable[[Document], Sequence[Mapping[str, Any]]]
"""A bank -> its matches of what is asked, nearest first: entry_id, label, distance, tier."""


def image_shares(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "share" | "approve" | "recall", "bank_id", "group_id", ...} -> {"shares", "given"}.

    share: "level" (L1, or L3 up to the bank's own), "days" (90, at most 365); from L4 on it waits for a colleague's yes
    (approve) and is said again. Purpose and case are needed. shares: those of own banks, with state waiting or live.
    given: what others share with the asker's institution: institution, level, group, expires.
    """
    operation = body.get("op", "list")
    if operation not in ("list", SHARE, "approve", "recall"):
        raise BadRequest("op: expected list, share, approve or recall")
    if operation == SHARE:
        need_circumstances(store)
    actions = {SHARE: Action.SHARE, "approve": Action.APPROVE, "recall": Action.RECALL}
    tenant = store.tenant_for(actions.get(operation, Action.READ), body)
    if operation != "list":
        change = {SHARE: _share, "approve": _approve, "recall": _recall}[operation]
        bank_id = str(load(body, store, tenant)["bank_id"])
        with lock(store, tenant, bank_id):
            change(body, store, load({"bank_id": bank_id}, store, tenant), _group(body, store, tenant))
    else:
        store.trail.permit()
    mine = find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": SHARE})
    given = [
        {"institution": _owner(store, row), **{key: row[key] for key in ("level", "group_id", "expires")}}
        for row in _reaching(store, tenant)
    ]
    return {"shares": [{key: row.get(key) for key in _SHOWN} for row in mine], "given": given}


def shared_matches(body: Body, store: Store, tenant: str, find: Find) -> dict[str, Any]:
    """{"shared": matches in banks of others, "elsewhere": whether another institution says it holds the picture}.

    Without purpose and case, and for whoever reads nothing of others, both are empty. "elsewhere" is asked by a body's
    "elsewhere": true alone and counts as a question of deconfliction.
    """
    wanted = body.get("elsewhere", False)
    if not isinstance(wanted, bool):
        raise BadRequest("elsewhere: expected true or false")
    if wanted:
        need_circumstances(store)
        store, tenant = acting({"tenant_id": tenant}, store, Action.MATCH)
        budget.check(store, tenant)
    shared: list[dict[str, Any]] = []
    is_elsewhere = False
    for share in _reaching(store, tenant):
        bank = store.collections["image_banks"].get(f"{share['tenant_id']}:{share['bank_id']}")
        if bank is None or is_over(bank, store.context.now) or bank["what"] == FALSE_POSITIVE:
            continue
        matches = find(bank)
        read = _decided(store, tenant, Action.READ, bank, share)
        if read and matches:
            shared += [_told(store, share, bank, each) for each in matches]
        elif wanted and any(each["tier"] == SAME for each in matches):
            is_elsewhere |= _decided(store, tenant, Action.MATCH, bank, share)
    if wanted:
        budget.spend(store, tenant)
    return {"shared": sorted(shared, key=lambda each: int(each["distance"])), "elsewhere": is_elsewhere}


def _told(store: Store, share: Document, bank: Document, match: Mapping[str, Any]) -> dict[str, Any]:
    told = {"institution": _owner(store, share), "level": share["level"], "what": bank["what"],
            "distance": match["distance"], "tier": match["tier"]}  # fmt: skip
    is_named = min(Level.read(str(share["level"])), Level.read(str(bank["level"]))) >= _NAMED_FROM
    return {**told, **({"bank": bank["name"], "label": match["label"]} if is_named else {})}


def _reaching(store: Store, tenant: str) -> Iterator[Document]:
    """Shares of other institutions that reach one, as far as groups and days say."""
    for group_id in (*_groups_of(store, tenant), COMMUNITY):
        members = readers_of(store.context, group_id)
        for row in find_all(store.collections["image_banks"], {"kind": SHARE, "group_id": group_id}):
            is_live = row["state"] == "live" and row["time"] <= store.context.now < row["expires"]
            if is_live and row["tenant_id"] != tenant and row["tenant_id"] in members:
                yield row


def _groups_of(store: Store, tenant: str) -> list[str]:
    return sorted(name for name, group in store.context.groups.items() if group.active and tenant in group.members)


def _decided(store: Store, tenant: str, action: Action, bank: Document, share: Document) -> bool:
    """What the policy says of another's bank. The audit hears of permits alone: nothing shows what is hidden."""
    obj = replace(_object(bank, share), grants=(_grant(share, str(bank["field_class"])),))
    context = replace(store.context, acting_for=tenant)
    decision = decide(store.subject, action, obj, str(bank["field_class"]), context)
    if decision.permits:
        store.trail.decided(str(bank["tenant_id"]), decision)
    return decision.permits


def _share(body: Body, store: Store, bank: Document, group_id: str) -> None:
    level = Level.read(str(body.get("level", "")))
    if level in (Level.PRIVATE, Level.COUNT):
        raise BadRequest("level: expected L1, or L3 up to the level of the bank")
    most = min(Level.read(str(bank["level"])), CEILINGS[str(bank["field_class"])])
    if level > most:
        raise BadRequest(f"level: expected at most L{most.value}, the level of the bank: change it first")
    days, now = number_of(body, "days", DAYS, 1, MOST_DAYS), store.context.now
    held = store.collections["image_banks"].get(_key(bank, group_id))
    made = {
        "_key": _key(bank, group_id), "kind": SHARE, "tenant_id": bank["tenant_id"], "bank_id": bank["bank_id"],
        "group_id": group_id, "level": f"L{level.value}", "author": store.subject.user, "time": now,
        "expires": now + days * _DAY_S, "state": "live", "approvals": [],
    }  # fmt: skip
    is_same = held is not None and (held["level"], held["author"]) == (made["level"], made["author"])
    made["approvals"] = held["approvals"] if held is not None and is_same else []
    obj = _object(bank, made)
    decision = store.decided(
        Action.SHARE, obj, str(bank["field_class"]), target=level, approvals=_approvals(made),
        acting_for=str(bank["tenant_id"]),
    )  # fmt: skip
    if not decision.permits and decision.reason_code != "approval":
        raise BadRequest("the rules of sharing do not let this bank go so far: see its class and level")
    made["state"] = "live" if decision.permits else "waiting"
    store.trail.permit(1)
    store.collections["image_banks"].batch_save([made])


def _approve(body: Body, store: Store, bank: Document, group_id: str) -> None:
    held = _held(store, bank, group_id)
    if not store.decided(Action.APPROVE, _object(bank, held), str(bank["field_class"])).permits:
        raise Absent
    said = {"user": store.subject.user, "time": store.context.now, "content_hash": _content(bank, held)}
    store.trail.permit(1)
    others = [each for each in held["approvals"] if each["user"] != said["user"]]
    store.collections["image_banks"].batch_save([{**held, "approvals": [*others, said]}])


def _recall(body: Body, store: Store, bank: Document, group_id: str) -> None:
    held = _held(store, bank, group_id)
    store.trail.permit(1)
    store.collections["image_banks"].delete({"_key": held["_key"]})


def _held(store: Store, bank: Document, group_id: str) -> Document:
    row = store.collections["image_banks"].get(_key(bank, group_id))
    if row is None or row.get("kind") != SHARE:
        raise Absent
    return row


def _group(body: Body, store: Store, tenant: str) -> str:
    named = text_of(body, "group_id", 100)
    if named not in (*_groups_of(store, tenant), COMMUNITY):
        raise BadRequest(f"group_id: expected a group of your institution, or {COMMUNITY}")
    return named


def _object(bank: Document, share: Document) -> Object:
    level = Level.read(str(bank["level"]))
    return Object(
        str(bank["tenant_id"]), "image_bank", level, content_hash=_content(bank, share), author=str(share["author"])
    )


def _grant(share: Document, field_class: str) -> Grant:
    return Grant(
        str(share["_key"]), str(share["group_id"]), Level.read(str(share["level"])), frozenset([field_class]),
        str(share["author"]), float(share["time"]), float(share["expires"]), approvals=_approvals(share),
    )  # fmt: skip


def _approvals(share: Document) -> tuple[Approval, ...]:
    return tuple(
        Approval(str(each["user"]), str(share["tenant_id"]), str(each["content_hash"]), float(each["time"]))
        for each in share["approvals"]
    )


def _content(bank: Document, share: Document) -> str:
    """What an approval is bound to: which bank is shared with whom, how far."""
    told = [bank["tenant_id"], bank["bank_id"], bank["field_class"], share["group_id"], share["level"]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _key(bank: Document, group_id: str) -> str:
    return f"{bank['tenant_id']}:{bank['bank_id']}:share:{group_id}"


def _owner(store: Store, row: Document) -> str:
    return store.context.tenants[str(row["tenant_id"])].name
