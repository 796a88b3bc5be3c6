"""The tenants and groups of an installation, from the stanzas of its conf file minerva_tenants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from minerva.policy.model import REQUESTS_PER_DAY, Context, Group, Tenant

_TEXTS = (
    "index", "analyst_role", "admin_role", "label", "partner_role", "kind", "profile", "state", "match",
    "summary_index", "intake_role", "region", "pictures",
)  # fmt: skip
_KEY = re.compile(r"[0-9]{1,4}")
COMMUNITY_STANZA = "community"
GROUP_STANZA = "group:"


def read_installation(stanzas: Mapping[str, Mapping[str, Any]]) -> Context:
    """Stanza name -> settings, as Context. A tenant is in the groups that its `groups` names, with commas.

    What a stanza leaves out has the value that Tenant gives it; a stanza without an index is no tenant. Stanzas
    `group:<id>` and `community` name the index of what is released there, as `shelf`.
    """
    tenants: dict[str, Tenant] = {}
    members: dict[str, set[str]] = {}
    for name, settings in stanzas.items():
        if not settings.get("index"):
            continue
        given = {key: str(settings[key]) for key in _TEXTS if settings.get(key)}
        given = {"analyst_role": "", "admin_role": "", **given}
        keys = tuple(each for each in _listed(settings.get("record_keys")) if _KEY.fullmatch(each)) or ("1",)
        tenants[name] = Tenant(
            name, **given, shelves=frozenset(_listed(settings.get("shelves"))), record_keys=keys,
            requests_per_day=_number(settings.get("requests_per_day")) or REQUESTS_PER_DAY,
        )  # fmt: skip
        for group in _listed(settings.get("groups")):
            members.setdefault(group, set()).add(name)
    groups = {
        name: Group(name, frozenset(held), index=_shelf(stanzas, GROUP_STANZA + name)) for name, held in members.items()
    }
    return Context(tenants, groups, community_index=_shelf(stanzas, COMMUNITY_STANZA))


def _shelf(stanzas: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return str(stanzas.get(name, {}).get("shelf") or "")


def _listed(value: Any) -> list[str]:  # Any: what a conf file's JSON holds
    return [part.strip() for part in str(value or "").split(",") if part.strip()]


def _number(value: Any) -> int:  # Any: as above
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
