"""What a change of who belongs rests on: none other runs beside it, the asker still administers, no old search stays.

A finished search keeps its rows for whoever ran it, also after a move to another institution: it goes with its owner.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator

from minerva.documents import Document
from minerva.policy import Tenant
from minerva.policy.vocabulary import Standing
from minerva.tenancy.asking import Absent, Contradicts, Store
from minerva.tenancy.directory import Jobs
from minerva.tenancy.errors import Unanswered

CLAIM_SECONDS = 60
"""A change that has not ended after so long is taken for dead."""


@contextlib.contextmanager
def alone(store: Store, tenant: Tenant) -> Iterator[None]:
    """Within it no other change of who belongs to the institution runs. Raises Contradicts while one does."""
    collection, key, now = store.collections["proposals"], f"{tenant.tenant_id}\0membership", store.clock()
    row: Document = {
        "_key": key, "kind": "claim", "tenant_id": tenant.tenant_id, "owner": uuid.uuid4().hex, "time": now,
        "expires": now + CLAIM_SECONDS,
    }  # fmt: skip
    if not collection.insert(row):
        held = collection.get(key)
        if held is not None and held.get("expires", 0.0) <= now:
            collection.delete({"_key": key})
        if not collection.insert(row):
            raise Contradicts("somebody else changes who belongs to your institution just now: ask again in a minute")
    try:
        yield
    finally:
        held = collection.get(key)
        if held is not None and held.get("owner") == row["owner"]:
            collection.delete({"_key": key})


def need_administrator(store: Store, tenant: Tenant) -> None:
    """Raises Absent for an asker who has been removed since the request began."""
    asker = store.directory.person(store.subject.user)
    if asker is None or Standing.ADMIN not in tenant.standings(asker.roles):
        raise Absent


def without_jobs(store: Store, user: str) -> Jobs:
    """Deletes the searches of a user; what stays stands in the audit. Raises Contradicts if that cannot be told."""
    try:
        jobs = store.directory.delete_jobs(user)
    except Unanswered:
        store.trail.unfinished("jobs_unknown")
        raise Contradicts(
            "the person's searches could not be listed, so some may be left with their results: ask again"
        ) from None
    if jobs.left:
        store.trail.unfinished("jobs_left", jobs.left)
    return jobs
