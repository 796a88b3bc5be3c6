"""Who may see and change a search job."""

from __future__ import annotations

from collections.abc import Sequence

from understudy.access import AccessContext
from understudy.jobs.job import Job


def may(job: Job, access: AccessContext, side: str) -> bool:
    """Owner and holders of admin_all_objects always; others by the job's ACL. side: read or write."""
    if job.owner == access.user or access.may("admin_all_objects"):
        return True
    request = job.request
    if side == "read" and request.shared and (request.scheduled or access.user in request.viewers):
        # Whether by schedule or started by this user in its owner's name: for as long as the user may read the search.
        return access.may_read(request.app, "savedsearches", request.saved_search)
    names: Sequence[str] = job.read if side == "read" else job.write
    return "*" in names or any(role in names for role in access.roles)
