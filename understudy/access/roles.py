"""Roles of authorize.conf, with what they import.

Capabilities, indexes and quotas are inherited through importRoles (cycles end where they began). Indexes that
are not allowed win over those that are, wherever in the chain they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from understudy.conf import Conf, boolean

PREFIX = "role_"
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


def names(conf: Conf) -> list[str]:
    """Returns the roles that exist."""
    return sorted(stanza[len(PREFIX) :] for stanza in conf.stanzas("authorize") if stanza.startswith(PREFIX))


def split_list(text: str | None) -> tuple[str, ...]:
    return tuple(item.strip() for item in (text or "").split(";") if item.strip())


def integer(text: str | None, default: int) -> int:
    try:
        return int((text or "").strip())
    except ValueError:
        return default


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
    )
