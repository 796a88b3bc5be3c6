"""The rules of sharing as data: levels, actions, field classes with ceilings, who may what at which level, profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum

POLICY_VERSION = "2026-11.3"
WRITE_CAPABILITY = "minerva_write"
QUERY_CAPABILITY = "minerva_query"
COMMUNITY = "*community"
"""As a grant's group: every active tenant. No group id begins with an asterisk."""
EVERYONE = "*everyone"
"""As a grant's group: every active tenant, and users of none."""
APPROVAL_SECONDS = 72 * 3600
ROWS_WITHOUT_APPROVAL = 100
INTAKE = "intake"
"""As what is stored: what an input has read, about which it asks the vault."""


class Level(IntEnum):
    """How far a record or a grant may go. A higher level never undoes a lower limit beside it."""

    PRIVATE = 0
    BLIND_MATCH = 1
    COUNT = 2
    REDACTED = 3
    GROUP = 4
    COMMUNITY = 5
    PUBLIC = 6

    @classmethod
    def read(cls, text: str) -> Level:
        """The level of a marking's `L0` to `L6`; whatever else it says is private."""
        return cls(int(text[1])) if len(text) == 2 and text[0] == "L" and text[1] in "0123456" else cls.PRIVATE


class Action(str, Enum):
    """What a subject can ask for."""

    READ = "read"
    DESCRIBE = "describe"
    COUNT = "count"
    MATCH = "match"
    EXPORT = "export"
    JUDGE = "judge"
    WATCH = "watch"
    WATCH_ADD = "watch_add"
    WATCH_REMOVE = "watch_remove"
    SUBMIT = "submit"
    SHARE = "share"
    RECALL = "recall"
    APPROVE = "approve"
    ERASE = "erase"
    HOLD = "hold"
    RELEASE_HOLD = "release_hold"
    ADMINISTER = "administer"
    AUDIT = "audit"
    HEALTH = "health"
    STORE = "store"
    ALERT = "alert"


class Standing(str, Enum):
    """What a user is in an institution, by role."""

    ANALYST = "analyst"
    ADMIN = "admin"
    PARTNER = "partner"


class Audience(str, Enum):
    """What a subject is to a grant: the columns of the table of levels."""

    NAMED = "named"
    COMMUNITY = "community"
    ACADEMIC = "academic"
    OPERATOR = "operator"
    PUBLIC = "public"


VICTIM = "victim_identity"
SUSPICIOUS = "suspicious_activity"
WITNESS = "witness"
PERPETRATOR = "perpetrator"
INFRASTRUCTURE = "infrastructure"
STATISTICS = "statistics"
CEILINGS: Mapping[str, Level] = {
    VICTIM: Level.BLIND_MATCH,
    SUSPICIOUS: Level.PRIVATE,
    WITNESS: Level.PRIVATE,
    PERPETRATOR: Level.GROUP,
    INFRASTRUCTURE: Level.COMMUNITY,
    STATISTICS: Level.PUBLIC,
}
"""Field class -> the level it never exceeds, whatever its record says. A class that is not here is private."""
GUARDED = frozenset({VICTIM, SUSPICIOUS, WITNESS})
"""Classes that an institution's own administrators and programs do not see either."""
MATCHABLE = frozenset({VICTIM, PERPETRATOR, INFRASTRUCTURE})
"""Classes of strong identifiers. What many people share is never matched."""

DATA = frozenset({Action.READ, Action.DESCRIBE, Action.COUNT, Action.MATCH, Action.EXPORT})
"""Actions that a grant can give to others than the owner."""
_SEEN = frozenset({Action.READ, Action.DESCRIBE, Action.COUNT})

OWN: Mapping[Standing, frozenset[Action]] = {
    Standing.ANALYST: DATA
    | {Action.JUDGE, Action.WATCH, Action.WATCH_ADD, Action.WATCH_REMOVE, Action.SUBMIT, Action.SHARE}
    | {Action.RECALL, Action.APPROVE},
    Standing.ADMIN: _SEEN
    | {Action.WATCH, Action.WATCH_ADD, Action.WATCH_REMOVE, Action.RECALL, Action.APPROVE, Action.ERASE}
    | {Action.HOLD, Action.RELEASE_HOLD, Action.ADMINISTER, Action.AUDIT, Action.HEALTH},
    Standing.PARTNER: DATA | {Action.JUDGE, Action.WATCH, Action.WATCH_ADD, Action.SUBMIT},
}
"""What each standing allows on the own institution's objects."""
CLEARANCE: Mapping[Standing, frozenset[Action]] = {
    Standing.ANALYST: DATA,
    Standing.ADMIN: frozenset({Action.DESCRIBE, Action.COUNT}),
    Standing.PARTNER: DATA,
}
"""What each standing allows on objects of others, if a grant does too."""
SERVICE = frozenset({Action.READ, Action.DESCRIBE, Action.WATCH, Action.STORE, Action.ALERT})

_ALL: frozenset[Action] = DATA
_META = frozenset({Action.DESCRIBE})
_BIT = frozenset({Action.MATCH})
_CUBE = frozenset({Action.COUNT})
RIGHTS: Mapping[Level, Mapping[Audience, frozenset[Action]]] = {
    Level.PRIVATE: {},
    Level.BLIND_MATCH: {Audience.NAMED: _BIT, Audience.COMMUNITY: _BIT},
    Level.COUNT: {
        Audience.NAMED: _CUBE,
        Audience.COMMUNITY: _CUBE,
        Audience.ACADEMIC: _CUBE,
        Audience.OPERATOR: _CUBE,
    },
    Level.REDACTED: {
        Audience.NAMED: _ALL,
        Audience.COMMUNITY: _CUBE,
        Audience.ACADEMIC: _CUBE,
        Audience.OPERATOR: _META,
    },
    Level.GROUP: {Audience.NAMED: _ALL, Audience.OPERATOR: _META},
    Level.COMMUNITY: {
        Audience.NAMED: _ALL,
        Audience.COMMUNITY: _ALL,
        Audience.ACADEMIC: _SEEN,
        Audience.OPERATOR: _META,
    },
    Level.PUBLIC: {
        Audience.NAMED: _ALL,
        Audience.COMMUNITY: _ALL,
        Audience.ACADEMIC: _ALL,
        Audience.OPERATOR: _SEEN,
        Audience.PUBLIC: _SEEN,
    },
}
"""Level -> audience -> actions. Every limit of a decision is one level, and each of them must allow the action."""

PURPOSES = frozenset({"investigation", "victim_safety", "threat_to_life", "prevention", "research", "compliance"})
NEEDS_PURPOSE = frozenset({Action.READ, Action.MATCH, Action.EXPORT})
"""What others released is read with a purpose of the list and a case number; so is whatever leaves."""


@dataclass(frozen=True)
class Profile:
    """What the law of an institution adds. `ceilings` lower those of CEILINGS; `obligations` come with each reading by
    others; `fixed` holds classes whose ceiling no approvers lift."""

    ceilings: Mapping[str, Level] = field(default_factory=dict)
    legal_basis: bool = False
    suspicion: bool = False
    fixed: frozenset[str] = frozenset()
    obligations: tuple[str, ...] = ()


PROFILES: Mapping[str, Profile] = {
    "none": Profile(),
    # Reasonable suspicion for each named subject, dissemination on the record, review within five years.
    "28cfr23": Profile(
        legal_basis=True, suspicion=True, obligations=("record_dissemination", "review_within_five_years")
    ),
    # Confidentiality covers hashed and encoded client data too, so a blind match is disclosure.
    "vawa_voca": Profile(ceilings={VICTIM: Level.PRIVATE}, obligations=("written_time_limited_release",)),
    # The existence of a report must not be revealed; what it names stays out of the community.
    "sar": Profile(ceilings={PERPETRATOR: Level.BLIND_MATCH}, obligations=("never_reveal_existence",)),
    "gdpr_led": Profile(
        legal_basis=True, fixed=frozenset({PERPETRATOR}), obligations=("record_processing", "data_subject_rights")
    ),
}
