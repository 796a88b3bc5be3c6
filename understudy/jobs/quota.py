"""Search quotas of roles: how many searches a user may run and queue, and how much disk their jobs may hold.

srchJobsQuota and srchDiskQuota are the widest of a user's roles, 0 = no limit. With enable_cumulative_quota the
searches of all holders of a role count against cumulativeSrchJobsQuota, the role with the largest first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from understudy.access import AccessContext
from understudy.jobs.job import Job

MEGABYTE = 1024 * 1024


class QuotaError(Exception):
    """A search that is not executed because a quota of the user's roles is used up."""


class Quotas:
    """Admits jobs one after the other. access: a user's rights; cumulative: whether cumulative quotas are on."""

    def __init__(self, access: Callable[[str], AccessContext], cumulative: Callable[[], bool]) -> None:
        self._access = access
        self._cumulative = cumulative
        self._admitted: dict[str, Job] = {}
        self._waiting: dict[str, Job] = {}
        self._lock = threading.Lock()

    def check(self, user: str, jobs: Sequence[Job], *, may_queue: bool) -> None:
        """Raises QuotaError for a search that can neither run now nor wait. jobs: every job there is."""
        rights = self._access(user)
        usage, quota = disk_usage(user, jobs), rights.quotas.get("srchDiskQuota", 0)
        if quota and usage > quota * MEGABYTE:
            raise QuotaError(
                "Search not executed: The maximum disk usage quota for this user has been reached. "
                f"usage={usage / MEGABYTE:.0f}MB quota={quota}MB user={user}"
            )
        with self._lock:
            blocked = self._blocked(user, rights)
            queued = sum(1 for job in self._waiting.values() if job.owner == user and not job.ended.is_set())
        most = rights.quotas.get("queuedSearchQuota", 0)
        if blocked and (not may_queue or (most and queued >= most)):
            raise QuotaError(f"Search not executed: This search could not be dispatched because {blocked}.")

    def admit(self, job: Job, *, always: bool = False) -> bool:
        """Counts the job as running if a quota lets it; a job that may not run yet is counted as waiting."""
        with self._lock:
            if job.sid in self._admitted:
                return True
            if not always and self._blocked(job.owner, self._access(job.owner)):
                self._waiting[job.sid] = job
                return False
            self._waiting.pop(job.sid, None)
            self._admitted[job.sid] = job
            return True

    def over_disk(self, job: Job, jobs: Sequence[Job]) -> bool:
        """Tells whether the jobs of the job's owner hold more than the disk quota."""
        quota = self._access(job.owner).quotas.get("srchDiskQuota", 0)
        return bool(quota) and disk_usage(job.owner, jobs) > quota * MEGABYTE

    def _blocked(self, user: str, rights: AccessContext) -> str | None:
        """Returns which limit is reached, in words, or None."""
        for jobs in (self._admitted, self._waiting):
            for sid in [sid for sid, job in jobs.items() if job.ended.is_set()]:
                del jobs[sid]
        quota = rights.quotas.get("srchJobsQuota", 0)
        usage = sum(1 for job in self._admitted.values() if job.owner == user)
        if quota and usage >= quota:
            return (
                f'the role-based concurrency limit of historical searches for user "{user}" has been reached '
                f"(usage={usage}, quota={quota})"
            )
        if self._cumulative() and not self._has_cumulative_room(rights):
            return f'the cumulative role-based quota of historical searches of every role of user "{user}" is used up'
        return None

    def _has_cumulative_room(self, rights: AccessContext) -> bool:
        used: dict[str, int] = {}
        for job in self._admitted.values():
            role = role_with_room(self._access(job.owner), used)
            if role is not None:
                used[role] = used.get(role, 0) + 1
        return not rights.cumulative or role_with_room(rights, used) is not None


def role_with_room(rights: AccessContext, used: dict[str, int]) -> str | None:
    """Returns the role a search counts against: the largest cumulative quota that is not used up; 0 = no limit."""
    for role, quota in sorted(rights.cumulative.items(), key=lambda pair: (pair[1] != 0, -pair[1], pair[0])):
        if not quota or used.get(role, 0) < quota:
            return role
    return None


def disk_usage(user: str, jobs: Sequence[Job]) -> int:
    """Returns the bytes that the results of a user's jobs hold."""
    total = 0
    for job in jobs:
        if job.owner == user:
            try:
                total += (job.folder / "results.jsonl").stat().st_size
            except OSError:
                continue
    return total
