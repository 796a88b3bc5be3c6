"""The one decision in front of every read and write of stored data: own tenant, else absent. Pure.

Order of the rules; the first that fails ends in ABSENT, which callers answer exactly like "does not exist":
1. the action and the field class are known;
2. the object's tenant is a tenant of this installation;
3. reading and the watch list: the subject holds a role of that tenant, or is the service;
4. storing and alerting: the subject is the service.
More roles can only grant more: no rule asks for a role to be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

POLICY_VERSION = "2026-11.1"
WRITE_CAPABILITY = "minerva_write"
QUERY_CAPABILITY = "minerva_query"
FIELD_CLASSES = ("infrastructure", "contact", "statistics")


class Action(str, Enum):
    READ = "read"
    WATCH = "watch"
    STORE = "store"
    ALERT = "alert"


class Effect(str, Enum):
    PERMIT = "permit"
    ABSENT = "absent"


@dataclass(frozen=True)
class Tenant:
    """One institution, as conf file minerva_tenants of the installation states it."""

    tenant_id: str
    index: str
    analyst_role: str
    admin_role: str
    label: str = ""

    def roles(self) -> frozenset[str]:
        return frozenset(role for role in (self.analyst_role, self.admin_role) if role)


@dataclass(frozen=True)
class Subject:
    """Who asks, as splunkd says: never from a payload, header or query."""

    user: str
    roles: frozenset[str]
    capabilities: frozenset[str]


@dataclass(frozen=True)
class Object:
    """What is asked for: the loaded document's own tenant, and what the document is."""

    tenant_id: str
    what: str = "entity"


@dataclass(frozen=True)
class Context:
    """Facts that are neither subject nor object: the tenants of the installation, by id."""

    tenants: Mapping[str, Tenant]


@dataclass(frozen=True)
class Decision:
    """`fields`: "*" or nothing at all. `reason_code` is for the audit, never for the asker."""

    effect: Effect
    fields: tuple[str, ...]
    reason_code: str
    policy_version: str = POLICY_VERSION

    @property
    def permits(self) -> bool:
        return self.effect is Effect.PERMIT


def decide(subject: Subject, action: Action, obj: Object, field_class: str, context: Context) -> Decision:
    """Whether `subject` may do `action` to `obj`; see the rules at the head of this file."""
    if not isinstance(action, Action):
        return _absent("unknown_action")
    if field_class not in FIELD_CLASSES:
        return _absent("unknown_field_class")
    tenant = context.tenants.get(obj.tenant_id)
    if tenant is None:
        return _absent("unknown_tenant")
    if WRITE_CAPABILITY in subject.capabilities:
        return _permit("service")
    if action in (Action.STORE, Action.ALERT):
        return _absent("service_only")
    if tenant.roles() & subject.roles:
        return _permit("own_tenant")
    return _absent("other_tenant")


def tenants_of(subject: Subject, context: Context) -> list[str]:
    """Ids of the tenants whose entities `subject` may read through a role of theirs, sorted."""
    return sorted(name for name, tenant in context.tenants.items() if tenant.roles() & subject.roles)


def _permit(reason: str) -> Decision:
    return Decision(Effect.PERMIT, ("*",), reason)


def _absent(reason: str) -> Decision:
    return Decision(Effect.ABSENT, (), reason)
