"""Roles of authorize.conf, with what they import.

Capabilities, indexes, filters and time windows are inherited through importRoles (cycles end where they began).
Indexes that are not allowed win over those that are, wherever in the chain they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from understudy.conf import Conf, boolean

PREFIX = "role_"
KV_OPERATIONS = ("create", "update", "delete")
UNREAD = ("fieldFilterExemption", "deleteIndexesAllowed", "grantableRoles", "srchFederatedProvidersAllowed")
"""Settings of a role that the stand-in does not act on."""
DURATION = re.compile(r"\s*(\d+)\s*([smhdw]?)\w*\s*", re.IGNORECASE)
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
MAX_TIME_S = 100 * 86_400
CUMULATIVE = "cumulativeSrchJobsQuota"
QUOTAS = ("srchJobsQuota", "rtSrchJobsQuota", "srchDiskQuota", "queuedSearchQuota")
QUOTA_DEFAULTS = {"srchJobsQuota": 3, "rtSrchJobsQuota": 6, "srchDiskQuota": 100, "queuedSearchQuota": 0}
NOT_CAPABILITIES = frozenset(
    {
        "importRoles",
        "grantableRoles",
        "srchFilter",
        "srchFilterSelecting",
        "fieldFilterExemption",
        "srchTimeWin",
        "srchTimeEarliest",
        "srchMaxTime",
        "srchIndexesDefault",
        "srchIndexesAllowed",
        "srchIndexesDisallowed",
        "deleteIndexesAllowed",
        "cumulativeSrchJobsQuota",
        "cumulativeRTSrchJobsQuota",
        *QUOTAS,
    }
)


@dataclass(frozen=True)
class Role:
    """One role with everything it imports. time windows in seconds, -1 = not set, 0 = no limit."""

    name: str
    imported: tuple[str, ...] = ()
    capabilities: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    disallowed: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    selecting: tuple[str, ...] = ()
    eliminating: tuple[str, ...] = ()
    time_window: int = -1
    earliest_window: int = -1
    quotas: Mapping[str, int] = field(default_factory=lambda: dict(QUOTA_DEFAULTS))
    max_time: int = MAX_TIME_S
    """seconds after which a search is finalized (srchMaxTime)"""
    cumulative_quota: int = 50
    kv_denied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """operation (create, update, delete) -> collections where the role's holders may not do it"""
    kv_inherited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """the part of kv_denied that importing roles take over (implicit_deny_list)"""


def names(conf: Conf) -> list[str]:
    """Returns the roles that exist."""
    return sorted(stanza[len(PREFIX) :] for stanza in conf.stanzas("authorize") if stanza.startswith(PREFIX))


def capabilities_known(conf: Conf) -> set[str]:
    """Returns every capability that a role holds or a stanza [capability::name] declares."""
    found: set[str] = set()
    for stanza, settings in conf.stanzas("authorize").items():
        if stanza.startswith("capability::"):
            found.add(stanza[len("capability::") :])
        elif stanza.startswith(PREFIX):
            found |= {
                key
                for key, value in settings.items()
                if key not in NOT_CAPABILITIES
                and not key.startswith("kvstore_")
                and value.strip().lower() in ("enabled", "disabled")
            }
    return found


def split_list(text: str | None) -> tuple[str, ...]:
    return tuple(item.strip() for item in (text or "").split(";") if item.strip())


def union(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def integer(text: str | None, default: int) -> int:
    try:
        return int((text or "").strip())
    except ValueError:
        return default


def duration(text: str | None) -> int:
    """Returns `1h`, `10m`, `2hours`, `100days` as seconds; the default for what is no duration."""
    found = DURATION.fullmatch(text or "")
    return int(found[1]) * SECONDS[found[2].lower()] if found else MAX_TIME_S


def least_restrictive(windows: Iterable[int]) -> int:
    """Returns the widest time window: 0 (no limit) over any number, the largest number else, -1 if none is set."""
    values = list(windows)
    return 0 if 0 in values else max(values, default=-1)


def widest_quota(quotas: Iterable[int]) -> int:
    values = list(quotas)
    return 0 if 0 in values else max(values, default=0)


def load(conf: Conf, name: str, above: tuple[str, ...] = ()) -> Role | None:
    """Returns a role with its imports, or None if authorize.conf has no such role."""
    stanza = conf.stanzas("authorize").get(PREFIX + name)
    if stanza is None:
        return None
    parents = []
    for parent_name in split_list(stanza.get("importRoles")):
        if parent_name == name or parent_name in above:
            continue
        parent = load(conf, parent_name, (*above, name))
        if parent is not None:
            parents.append(parent)
    return combine(name, stanza, parents)


def combine(name: str, stanza: Mapping[str, str], parents: list[Role]) -> Role:
    own = {
        key
        for key, value in stanza.items()
        if key not in NOT_CAPABILITIES and not key.startswith("kvstore_") and value.strip().lower() == "enabled"
    }
    search_filter = stanza.get("srchFilter", "").strip()
    selecting = tuple(item for parent in parents for item in parent.selecting)
    eliminating = tuple(item for parent in parents for item in parent.eliminating)
    if search_filter == "*":
        # A role's own `*` overrides the filters it imports; it selects everything.
        selecting, eliminating = ("*",), ()
    elif search_filter:
        if boolean(stanza.get("srchFilterSelecting"), True):
            selecting += (search_filter,)
        else:
            eliminating += (search_filter,)

    def indexes(key: str, inherited: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        joined = [*split_list(stanza.get(key)), *(item for items in inherited for item in items)]
        return tuple(dict.fromkeys(item.lower() for item in joined))

    implicit = {
        operation: union(
            split_list(stanza.get(f"kvstore_{operation}.implicit_deny_list")),
            *(parent.kv_inherited.get(operation, ()) for parent in parents),
        )
        for operation in KV_OPERATIONS
    }
    return Role(
        name=name,
        imported=tuple(dict.fromkeys(item for parent in parents for item in (parent.name, *parent.imported))),
        capabilities=frozenset(own).union(*(parent.capabilities for parent in parents)),
        allowed=indexes("srchIndexesAllowed", (parent.allowed for parent in parents)),
        disallowed=indexes("srchIndexesDisallowed", (parent.disallowed for parent in parents)),
        default=indexes("srchIndexesDefault", (parent.default for parent in parents)),
        selecting=tuple(dict.fromkeys(selecting)),
        eliminating=tuple(dict.fromkeys(eliminating)),
        time_window=least_restrictive(
            [integer(stanza.get("srchTimeWin"), -1), *(parent.time_window for parent in parents)]
        ),
        earliest_window=least_restrictive(
            [integer(stanza.get("srchTimeEarliest"), -1), *(parent.earliest_window for parent in parents)]
        ),
        quotas={key: integer(stanza.get(key), QUOTA_DEFAULTS[key]) for key in QUOTAS},
        max_time=duration(stanza.get("srchMaxTime")),
        cumulative_quota=integer(stanza.get(CUMULATIVE), 50),
        kv_denied={
            operation: union(split_list(stanza.get(f"kvstore_{operation}.deny_list")), implicit[operation])
            for operation in KV_OPERATIONS
        },
        kv_inherited=implicit,
    )
