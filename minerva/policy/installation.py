"""The tenants and groups of an installation, from the stanzas of its conf file minerva_tenants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.policy.model import Context, Group, Tenant

_TEXTS = ("index", "analyst_role", "admin_role", "label", "partner_role", "kind", "profile", "state", "match")


def read_installation(stanzas: Mapping[str, Mapping[str, Any]]) -> Context:
    """Stanza name -> settings, as Context. A tenant is in the groups that its `groups` names, with commas.

    What a stanza leaves out has the value that Tenant gives it; a stanza without an index is no tenant.
    """
    tenants: dict[str, Tenant] = {}
    members: dict[str, set[str]] = {}
    for name, settings in stanzas.items():
        if not settings.get("index"):
            continue
        given = {key: str(settings[key]) for key in _TEXTS if settings.get(key)}
        given = {"analyst_role": "", "admin_role": "", **given}
        tenants[name] = Tenant(name, **given)
        for group in str(settings.get("groups") or "").split(","):
            if group.strip():
                members.setdefault(group.strip(), set()).add(name)
    return Context(tenants, {name: Group(name, frozenset(held)) for name, held in members.items()})
