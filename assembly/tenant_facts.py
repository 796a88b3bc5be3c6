"""An operator's tenants file as facts: institutions with kind, groups, legal profile, quotas and state, and groups."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assembly.facts import FactError, read_facts

Kind = Literal["police", "government", "ngo", "university", "company", "operator"]
Profile = Literal["none", "28cfr23", "vawa_voca", "sar", "gdpr_led"]
State = Literal["active", "suspended", "retired"]
Match = Literal["none", "groups", "community"]
Pictures = Literal["none", "hash", "read"]
ID = re.compile(r"[a-z][a-z0-9_-]{0,40}")
REGION = re.compile(r"[A-Z]{2}")
COMMUNITY_INDEX = "mnv_community"
COPIES_DAYS = 30
"""Copies of what others released leave the indexes after so many days; live ones are written again each week."""
ID_RULE = "a letter, then at most 40 lower-case letters, digits, '_' or '-'"


def index_name(prefix: str, what: str, name: str) -> str:
    """A name that says nothing of whose index it is: the first 8 hex digits of a hash."""
    return prefix + hashlib.sha256(f"{what}:{name}".encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Quotas:
    """Limits of an institution's roles in place of the templates' own. Splunk reads 0 as unlimited: refused."""

    jobs: int | None = None
    all_jobs: int | None = None
    disk_mb: int | None = None

    def problem(self) -> str | None:
        """Zero and less."""
        bad = [name for name, value in vars(self).items() if value is not None and value < 1]
        return f"{', '.join(bad)}: at least 1, since 0 means unlimited" if bad else None


@dataclass(frozen=True)
class Group:
    """Institutions that share with each other. A closed group's index stays until it is empty; nobody reads it."""

    id: str
    label: str
    retention_days: int = 30
    state: Literal["active", "closed"] = "active"

    @property
    def index(self) -> str:
        """The index of what is released to the group."""
        return index_name("mnv_g_", "group", self.id)

    def problem(self) -> str | None:
        """Ids stand in tables and keys."""
        if not ID.fullmatch(self.id):
            return f"id {self.id!r}: {ID_RULE}"
        return "retention_days must be at least 1" if self.retention_days < 1 else None


@dataclass(frozen=True)
class Tenant:
    """One institution. What is left out comes from the preset of its kind (roles.yml).

    `retention_days`: records older than this leave the index. `match`: with whom a blind match is allowed. `region`:
    country in which its people dial a number without a country code. `pictures`: whether inputs fetch and hash pictures
    where a source's facts name them, and read text in them.
    """

    id: str
    label: str
    kind: Kind = "police"
    groups: list[str] = field(default_factory=list, hash=False)
    retention_days: int | None = None
    profile: Profile | None = None
    match: Match | None = None
    quotas: Quotas = field(default_factory=Quotas)
    region: str = ""
    pictures: Pictures = "none"
    state: State = "active"

    @property
    def index(self) -> str:
        """The index that holds the tenant's records."""
        return index_name("mnv_t_", "tenant", self.id)

    @property
    def summary_index(self) -> str:
        """The index of copies that others released to this tenant alone."""
        return index_name("mnv_s_", "summary", self.id)

    @property
    def analyst_role(self) -> str:
        """Role of those who read, judge and share."""
        return f"minerva_{self.id}_analyst"

    @property
    def admin_role(self) -> str:
        """Role of the institution's administrators: watch list, holds, erasure, audit; no victim's identity."""
        return f"minerva_{self.id}_admin"

    @property
    def partner_role(self) -> str:
        """Role of the institution's programs: they ask the handler and nothing else."""
        return f"minerva_{self.id}_partner"

    @property
    def intake_role(self) -> str:
        """Role of the account with which the add-on's inputs ask the institution's vault, and nothing else."""
        return f"minerva_{self.id}_intake"

    def problem(self) -> str | None:
        """Ids become role names and keys: Splunk takes lower case only."""
        if not ID.fullmatch(self.id):
            return f"id {self.id!r}: {ID_RULE}"
        if len(set(self.groups)) < len(self.groups):
            return "groups: one occurs twice"
        if self.region and not REGION.fullmatch(self.region):
            return f"region {self.region!r}: expected a two-letter country code such as US"
        return "retention_days must be at least 1" if (self.retention_days or 1) < 1 else None


@dataclass(frozen=True)
class TenantFacts:
    """All of a tenants file."""

    tenants: list[Tenant]
    groups: list[Group] = field(default_factory=list)


def read_tenant_facts(tenants_file: Path) -> TenantFacts:
    """Returns the whole file. Raises FactError, also for an id or index that occurs twice and an unknown group."""
    facts = read_facts(tenants_file, TenantFacts)
    for what, rows in (("tenants", facts.tenants), ("groups", facts.groups)):
        for key in ("id", "index"):
            counted = Counter(str(getattr(row, key)) for row in rows)
            twice = [value for value, count in counted.items() if count > 1]
            if twice:
                raise FactError(tenants_file, 1, f"{what}.{key}", f"{twice[0]} occurs twice")
    known = {group.id for group in facts.groups}
    for tenant in facts.tenants:
        for name in tenant.groups:
            if name not in known:
                raise FactError(tenants_file, 1, f"tenants.{tenant.id}.groups", f"{name!r} is not among the groups")
    return facts


def read_tenants(tenants_file: Path) -> list[Tenant]:
    """Returns the tenants in the file's order. Raises FactError."""
    return read_tenant_facts(tenants_file).tenants
