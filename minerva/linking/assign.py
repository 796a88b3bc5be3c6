"""Gives groups of records their entity ids: kept from an earlier run where possible, new ones from the oldest record.

Order of rules: (1) an id stays with the group that holds the oldest record it had; (2) a group that holds several such
ids keeps the one whose oldest record is oldest, the others redirect to it; (3) a group without any gets a new id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from minerva.linking.model import Assignment, LinkRecord


def age(record: LinkRecord) -> tuple[int, str]:
    """Returns the sort key of seniority: first seen, then smallest record_id; records without a time come last."""
    return (record.time if record.time else 2**62, record.record_id)


def entity_id_of(tenant_id: str, record_id: str) -> str:
    """Returns the id of a new entity: 16 hex digits of SHA-256 over tenant and oldest record."""
    return "e_" + hashlib.sha256(f"{tenant_id}\0{record_id}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def nth_id(tenant_id: str, record_id: str, salt: int) -> str:
    """Returns the id of a new entity where `salt` ids of the same oldest record live already."""
    return entity_id_of(tenant_id, f"{record_id}\0{salt}" if salt else record_id)


def assign(
    groups: Sequence[Sequence[LinkRecord]], previous: Assignment, tenant_id: str, taken: AbstractSet[str] = frozenset()
) -> tuple[list[str], dict[str, str]]:
    """Returns (entity id per group, redirects from ids that ended). taken: ids of entities of other records."""
    anchors: dict[str, tuple[tuple[int, str], int]] = {}
    holders: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for record in group:
            old = previous.get(record.record_id)
            if old is None:
                continue
            holders.setdefault(old, set()).add(number)
            if old not in anchors or age(record) < anchors[old][0]:
                anchors[old] = (age(record), number)
    claims: dict[int, list[tuple[tuple[int, str], str]]] = {}
    for old, (oldest, number) in anchors.items():
        claims.setdefault(number, []).append((oldest, old))
    alive = {*anchors, *taken}
    ids: list[str] = []
    redirects: dict[str, str] = {}
    for number, group in enumerate(groups):
        claimed = sorted(claims.get(number, []))
        if claimed:
            ids.append(claimed[0][1])
            redirects.update({old: claimed[0][1] for _, old in claimed[1:]})
        else:
            ids.append(_fresh_id(tenant_id, min(group, key=age).record_id, alive))
    return ids, dict(sorted(redirects.items()))


def _fresh_id(tenant_id: str, record_id: str, taken: AbstractSet[str]) -> str:
    """Returns a new id that no live entity has: a part split off may hold the record its old whole was named after."""
    salt = 0
    while (candidate := nth_id(tenant_id, record_id, salt)) in taken:
        salt += 1
    return candidate
