"""Ids that are the same in every export and every format: version 5 UUIDs over tenant and local id."""

from __future__ import annotations

import uuid

NAMESPACE = uuid.UUID("6f2b7a52-4d0c-5c5e-9a55-1f0d7c1b8a10")
"""Ours alone; never change it: partners match what they hold by these ids."""


def stable_uuid(*parts: str) -> str:
    """The UUID of `parts`, e.g. ("record", tenant_id, record_id)."""
    return str(uuid.uuid5(NAMESPACE, "\0".join(parts)))


def record_uuid(tenant_id: str, record_id: str) -> str:
    """The UUID of a record in every format."""
    return stable_uuid("record", tenant_id, record_id)


def entity_uuid(tenant_id: str, entity_id: str) -> str:
    """The UUID of an entity in every format."""
    return stable_uuid("entity", tenant_id, entity_id)
