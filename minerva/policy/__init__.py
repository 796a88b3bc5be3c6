"""The one decision in front of every read and write of stored data: pure, deny by default, an intersection of limits.

vocabulary.py holds the rules as data, model.py what a decision is about, decision.py the decision.
"""

from __future__ import annotations

from minerva.policy.decision import decide, tenants_of
from minerva.policy.model import (
    Approval,
    Context,
    Decision,
    Grant,
    Group,
    Object,
    Subject,
    Tenant,
)
from minerva.policy.vocabulary import (
    COMMUNITY,
    EVERYONE,
    PROFILES,
    QUERY_CAPABILITY,
    WRITE_CAPABILITY,
    Action,
    Level,
)

__all__ = [
    "COMMUNITY",
    "EVERYONE",
    "PROFILES",
    "QUERY_CAPABILITY",
    "WRITE_CAPABILITY",
    "Action",
    "Approval",
    "Context",
    "Decision",
    "Grant",
    "Group",
    "Level",
    "Object",
    "Subject",
    "Tenant",
    "decide",
    "tenants_of",
]
