"""What a change of who belongs rests on: none other runs beside it, the asker still administers, no old search stays.

A finished search keeps its rows for whoever ran it, also after a move to another institution: it goes with its owner.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from minerva.policy import Tenant
from minerva.policy.vocabulary import Standing
from minerva.tenancy.asking import Absent, Contradicts, Store
from minerva.tenancy.claims import alone
from minerva.tenancy.directory import Jobs
from minerva.tenancy.errors import Unanswered


def nobody_else(store: Store, tenant: Tenant) -> AbstractContextManager[None]:
    """Within it no other change of who belongs to the institution runs. Raises Contradicts while one does."""
    busy = "somebody else changes who belongs to your institution just now: ask again in a minute"
    return alone(store, tenant.tenant_id, "membership", busy)


def need_administrator(store: Store, tenant: Tenant) -> None:
    """Raises Absent for an asker who has been removed since the request began."""
    asker = store.directory.person(store.subject.user)
    if asker is None or Standing.ADMIN not in tenant.standings(asker.roles):
        raise Absent


def need_another_administrator(store: Store, tenant: Tenant, user: str) -> None:
    """Raises Contradicts if the user is the institution's only administrator."""
    admins = [one.user for one in store.directory.people() if Standing.ADMIN in tenant.standings(one.roles)]
    if admins == [user]:
        raise Contradicts("the last administrator of an institution stays: make another one first")


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
