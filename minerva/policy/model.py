"""What a decision is about: who asks, what for, under which circumstances. Immutable; times are epoch seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minerva.policy.vocabulary import POLICY_VERSION, Level, Standing

REQUESTS_PER_DAY = 20_000


@dataclass(frozen=True)
class Tenant:
    """One institution, as conf file minerva_tenants of the installation states it.

    `kind`: police, government, ngo, university, company or operator. `match`: with whom a blind match is allowed, one
    of none, groups, community. Only the state `active` grants anything; an unknown profile grants nothing to others.
    """

    tenant_id: str
    index: str
    analyst_role: str
    admin_role: str
    label: str = ""
    partner_role: str = ""
    kind: str = "police"
    profile: str = "none"
    state: str = "active"
    match: str = "none"
    summary_index: str = ""
    """Where copies for this institution alone go."""
    shelves: frozenset[str] = frozenset()
    """Which common indexes its analysts' role opens: `group` (those of its groups), `community`."""
    intake_role: str = ""
    """Role of the account with which inputs ask the vault. It is no standing: its holders belong to no institution."""
    region: str = ""
    """Country (ISO 3166, as US) in which its people dial a number without a country code."""
    pictures: str = "none"
    """What its inputs may do with pictures, where the source's facts name them too: none, hash or read (text)."""
    requests_per_day: int = REQUESTS_PER_DAY
    """Requests to the entity handler that one of its people may send a day."""
    record_keys: tuple[str, ...] = ("1",)
    """Numbers of the keys that sign its records, the newest first: it signs, and all of them count."""

    @property
    def name(self) -> str:
        """What people call it: its label, or its id where it has none."""
        return self.label or self.tenant_id

    def standings(self, roles: frozenset[str]) -> frozenset[Standing]:
        """What somebody with these roles is in the institution."""
        named = (
            (self.analyst_role, Standing.ANALYST),
            (self.admin_role, Standing.ADMIN),
            (self.partner_role, Standing.PARTNER),
        )
        return frozenset(standing for role, standing in named if role and role in roles)

    def is_analyst(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles is an analyst of the institution."""
        return Standing.ANALYST in self.standings(roles)

    def takes_in(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles asks the institution's vault for inputs."""
        return self.intake_role != "" and self.intake_role in roles


@dataclass(frozen=True)
class Group:
    """Institutions that share with each other. Membership counts as it is now."""

    group_id: str
    members: frozenset[str]
    active: bool = True
    index: str = ""
    """Where copies for all of its members go."""


@dataclass(frozen=True)
class Subject:
    """Who asks, as splunkd says: never from a payload, header or query."""

    user: str
    roles: frozenset[str]
    capabilities: frozenset[str]


@dataclass(frozen=True)
class Approval:
    """A second person's yes to exactly this content."""

    user: str
    tenant_id: str
    content_hash: str
    time: float


@dataclass(frozen=True)
class Grant:
    """The owner's release of an object to a group, the community or everyone.

    `fields` are the field classes released. `author` released it at `time`; `revoked` is when it was recalled, None if
    never. `no_evidence` and `no_reshare` are the handling codes H1 and H2.
    """

    grant_id: str
    group_id: str
    level: Level
    fields: frozenset[str]
    author: str
    time: float
    expires: float
    revoked: float | None = None
    approvals: tuple[Approval, ...] = ()
    no_evidence: bool = False
    no_reshare: bool = False


@dataclass(frozen=True)
class Object:
    """What is asked for, as loaded: its own tenant, what it is, its level and what has been decided about it.

    `author` made it. `consent` refers to the victim's written consent, `suspicion` to the recorded ground of suspicion.
    """

    tenant_id: str
    what: str = "entity"
    level: Level = Level.PRIVATE
    content_hash: str = ""
    author: str = ""
    grants: tuple[Grant, ...] = ()
    consent: str = ""
    suspicion: str = ""
    legal_hold: bool = False
    erased: bool = False


@dataclass(frozen=True)
class Context:
    """Facts that are neither subject nor object.

    `acting_for` names the tenant that a user of several speaks for. `approvals` are for the act itself; `rows` is how
    many an export holds; `target` the level that a release asks for.
    """

    tenants: Mapping[str, Tenant]
    groups: Mapping[str, Group] = field(default_factory=dict)
    now: float = 0.0
    acting_for: str = ""
    purpose: str = ""
    case: str = ""
    legal_basis: str = ""
    approvals: tuple[Approval, ...] = ()
    rows: int = 0
    target: Level = Level.PRIVATE
    community_index: str = ""


@dataclass(frozen=True)
class Decision:
    """`reason_code` is for the audit, never for the asker; `obligations` bind whoever carries the permit out."""

    permits: bool
    reason_code: str
    obligations: tuple[str, ...] = ()
    policy_version: str = POLICY_VERSION
