"""Who will see what of a release, and where its copies lie: decide() is asked for every institution and class. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minerva.policy import (
    COMMUNITY,
    EVERYONE,
    QUERY_CAPABILITY,
    Action,
    Context,
    Grant,
    Level,
    Object,
    Subject,
    Tenant,
    decide,
)

ACTIONS = (Action.READ, Action.COUNT, Action.DESCRIBE, Action.MATCH)


@dataclass(frozen=True)
class Shelf:
    """One copy: the index it lies in, for whom (a tenant id, or the audience of a common index), which classes."""

    index: str
    recipient: str
    classes: frozenset[str]
    obligations: tuple[str, ...] = ()


def analyst_of(tenant: Tenant) -> Subject:
    """Somebody who is an analyst of the institution and nothing else."""
    return Subject("", frozenset([tenant.analyst_role]), frozenset([QUERY_CAPABILITY]))


def others(owner: str, context: Context) -> list[Tenant]:
    """The active institutions other than the owner, by id."""
    return [tenant for name, tenant in sorted(context.tenants.items()) if name != owner and tenant.state == "active"]


def allowed(
    tenant: Tenant | None, obj: Object, classes: frozenset[str], context: Context, actions: Iterable[Action] = ACTIONS
) -> dict[Action, frozenset[str]]:
    """Action -> the classes for which an analyst of the institution (None: somebody of none) may do it."""
    subject = analyst_of(tenant) if tenant else Subject("", frozenset(), frozenset())
    asked = replace(context, acting_for="", approvals=())
    return {
        action: frozenset(name for name in classes if decide(subject, action, obj, name, asked).permits)
        for action in actions
    }


def shelves(obj: Object, grant: Grant, context: Context) -> list[Shelf]:
    """The copies that a live grant has now: a common one where each of its readers may read the same, else one each.

    Readers of a common index can change without a release, so it is used only where whoever may join reads the same:
    with a legal basis stated (some profiles ask for it) and from L4 on (below, each recipient has its own pseudonyms).
    """
    found: list[Shelf] = []
    seen: dict[str, Shelf] = {}
    for tenant in others(obj.tenant_id, context):
        classes = allowed(tenant, obj, grant.fields, context, (Action.READ,))[Action.READ]
        if classes and tenant.summary_index:
            seen[tenant.tenant_id] = Shelf(
                tenant.summary_index, tenant.tenant_id, classes, _obligations(tenant, obj, classes, context)
            )
    common = _common(obj, grant, context, seen)
    readers: set[str] = set()
    if common is not None:
        shelf, readers = common
        found.append(shelf)
    return found + [shelf for name, shelf in seen.items() if name not in readers]


def _common(obj: Object, grant: Grant, context: Context, seen: Mapping[str, Shelf]) -> tuple[Shelf, set[str]] | None:
    if grant.group_id in (COMMUNITY, EVERYONE):
        index, readers = context.community_index, {
            tenant.tenant_id for tenant in others(obj.tenant_id, context) if "community" in tenant.shelves
        }  # fmt: skip
    else:
        group = context.groups.get(grant.group_id)
        index = group.index if group else ""
        members = group.members if group else frozenset()
        readers = {
            tenant.tenant_id
            for tenant in others(obj.tenant_id, context)
            if "group" in tenant.shelves and tenant.tenant_id in members
        }
    if not index or not readers or grant.level < Level.GROUP or not context.legal_basis or not readers <= set(seen):
        return None
    if len({(seen[name].classes, seen[name].obligations) for name in readers}) != 1:
        return None
    one = seen[min(readers)]
    return Shelf(index, grant.group_id, one.classes, one.obligations), readers


def _obligations(tenant: Tenant, obj: Object, classes: frozenset[str], context: Context) -> tuple[str, ...]:
    asked = replace(context, acting_for="", approvals=())
    found = {
        obligation: None
        for name in sorted(classes)
        for obligation in decide(analyst_of(tenant), Action.READ, obj, name, asked).obligations
    }
    return tuple(found)
