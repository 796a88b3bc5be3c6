"""What others released to the asker, as the policy permits it at this moment, with the asker's own pseudonyms."""

from __future__ import annotations

from typing import Any

from minerva.exports.markings import TLP
from minerva.policy import EVERYONE, Action
from minerva.sharing.content import shown
from minerva.sharing.grants import Released, reaching
from minerva.sharing.objects import need_circumstances, reading_for
from minerva.sharing.pseudonyms import object_name, share_id
from minerva.tenancy.asking import Absent, Body, Store, number_of, text_of


def shared(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "offset"} -> {"items", "limit", "offset"}; newest release first. Purpose and case are needed."""
    need_circumstances(store)
    store, tenant = reading_for(body, store)
    limit, offset = number_of(body, "limit", 50, 1, 1000), number_of(body, "offset", 0, 0, 10_000_000)
    found = [item for released in reaching(store, tenant) for item in [item_of(store, released, tenant)] if item]
    found.sort(key=lambda item: (-item["released"], item["share_id"]))
    return {"items": found[offset : offset + limit], "limit": limit, "offset": offset}


def shared_item(body: Body, store: Store) -> dict[str, Any]:
    """{"share_id"} -> {"item"}; also under the name that the copy in a common index has."""
    need_circumstances(store)
    store, tenant = reading_for(body, store)
    asked = text_of(body, "share_id")
    for released in reaching(store, tenant):
        if asked in _names(store, released, tenant):
            item = item_of(store, released, tenant)
            if item is not None:
                return {"item": item}
    raise Absent


def _names(store: Store, released: Released, tenant: str) -> set[str]:
    row, key = released.document, store.secret("release")
    return {share_id(key, name, row["tenant_id"], row["grant_id"]) for name in (tenant or EVERYONE, row["audience"])}


def item_of(store: Store, released: Released, tenant: str) -> dict[str, Any] | None:
    """A release as the asker may read it; None if the policy permits no class of it."""
    row, grant, key = released.document, released.grant, store.secret("release")
    permits = {name: store.decided(Action.READ, released.obj, name) for name in row["fields"]}
    classes = sorted(name for name, decision in permits.items() if decision.permits)
    if not classes:
        return None
    recipient = tenant or EVERYONE
    obligations = dict.fromkeys(each for name in classes for each in permits[name].obligations)
    return {
        "share_id": share_id(key, recipient, row["tenant_id"], row["grant_id"]),
        "object": object_name(key, recipient, row["tenant_id"], row["what"], row["object_id"]),
        "what": row["what"],
        "owner": store.context.tenants[row["tenant_id"]].name,
        "level": f"L{int(grant.level)}",
        "tlp": TLP[f"L{int(grant.level)}"],
        "released": int(grant.time),
        "expires": int(grant.expires),
        "obligations": list(obligations),
        "classes": classes,
        "content": shown(released.content, classes, grant.level),
    }
