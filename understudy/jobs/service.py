"""The search jobs of one instance: dispatch to threads, look up with access checks, control, expiry.

A job runs with the rights of its owner alone. Another user sees it only when its ACL says so.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from understudy.access import AccessContext
from understudy.jobs import artifacts, control, permissions
from understudy.jobs.control import JobError
from understudy.jobs.execution import Runner
from understudy.jobs.job import INTERNAL_CANCEL, USER_CANCEL, Job, Request
from understudy.jobs.quota import Quotas
from understudy.jobs.replay import Table
from understudy.jobs.results import ResultFile
from understudy.spl.commands.loadjob import Wanted
from understudy.spl.errors import MissingError
from understudy.spl.model import Context, Row, Stream

DEFAULT_TTL = 600.0


class Backstage(Protocol):
    """What jobs need of the instance."""

    @property
    def home(self) -> Path: ...

    def now(self) -> float: ...

    def access(self, user: str) -> AccessContext: ...

    def cumulative_quotas(self) -> bool: ...

    def search_context(self, job: Job) -> Context: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class Jobs:
    """All jobs. Results lie under var/run/dispatch/<sid> and go with the job."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage
        self._folder = stage.home / "var" / "run" / "dispatch"
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True)
        self._jobs: dict[str, Job] = {}
        """Name of the job's folder -> the job: its id, with a number behind it where another user's has that id."""
        self._lock = threading.RLock()
        self._sequence = 0
        self._threads: set[threading.Thread] = set()
        self.quotas = Quotas(stage.access, stage.cumulative_quotas)
        self._runner = Runner(stage, self.quotas, self._all, self._forget)

    def close(self) -> None:
        with self._lock:
            self._runner.closing = True
            jobs, threads = list(self._jobs.values()), list(self._threads)
        self.interrupt()
        for thread in threads:
            thread.join()
        for job in jobs:
            job.results.close()

    def _all(self) -> list[Job]:
        with self._lock:
            return list(self._jobs.values())

    # Dispatch

    def dispatch(self, request: Request, wait: bool = False) -> Job:
        """Starts a job and returns it; with wait, after it has ended. Raises JobError for a sid that is taken."""
        job = self._make(request)
        if wait:
            self.quotas.admit(job, always=True)
            self._runner.run(job)
        else:
            self._start(job)
        return job

    def check_quotas(self, user: str, *, may_queue: bool) -> None:
        """Raises QuotaError for a search of the user that could neither run now nor wait."""
        self.quotas.check(user, self._all(), may_queue=may_queue)

    def _start(self, job: Job) -> None:
        def whole() -> None:
            try:
                self._runner.run_queued(job)
            finally:
                with self._lock:
                    self._threads.discard(thread)

        thread = threading.Thread(target=whole, name=f"job_{job.sid}", daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    def reusable(self, request: Request, seconds: float) -> Job | None:
        """Returns a job of the same user and search that began at most so many seconds ago, or None."""
        oldest = self._stage.now() - seconds
        for job in reversed(self._all()):
            same = replace(job.request, sid=request.sid, label=request.label, ttl=request.ttl, max_time=0) == replace(
                request, max_time=0
            )
            if same and job.owner == request.user and job.created >= oldest and not job.failed and not job.cancelled:
                return job
        return None

    def _make(self, request: Request) -> Job:
        self.purge()
        now = self._stage.now()
        with self._lock:
            self._sequence += 1
            sid = request.sid or f"{now:.0f}.{self._sequence}"
            if not sid.replace("_", "").replace(".", "").replace("-", "").isalnum() or len(sid) > 200 or sid[0] == ".":
                raise JobError(f"'{sid}' is not a valid search id")
            same = [job for job in self._jobs.values() if job.sid == sid]
            if any(permissions.may(job, self._stage.access(request.user), "read") for job in same):
                raise JobError(f"A search job with the id '{sid}' exists already")
            # A job of somebody else does not stand in the way: that would tell of it.
            key = f"{sid}~{self._sequence}" if same or (self._folder / sid).exists() else sid
            folder = self._folder / key
            folder.mkdir(mode=0o700)
            job = Job(
                sid,
                replace(request, sid=sid, max_time=self._time_limit(request)),
                folder,
                now,
                request.ttl or DEFAULT_TTL,
                request.user,
                ResultFile(folder / "results.jsonl"),
                touched=now,
                polled=now,
                preview=request.preview,
            )
            job.resumed.set()
            self._jobs[key] = job
        return job

    def _time_limit(self, request: Request) -> float:
        """Returns the seconds a search may run: the request's, at most those of its user's roles; 0 = no limit."""
        limits = [limit for limit in (request.max_time, float(self._stage.access(request.user).max_time)) if limit > 0]
        return min(limits, default=0.0)

    # Access

    def get(self, sid: str, access: AccessContext) -> Job | None:
        """Returns the job if it is there and the user may read it; a foreign job looks absent."""
        self.purge()
        found = [job for job in self._all() if job.sid == sid and permissions.may(job, access, "read")]
        if not found:
            return None
        job = next((job for job in found if job.owner == access.user), found[0])
        job.polled = self._stage.now()
        return job

    def listed(self, access: AccessContext) -> list[Job]:
        """Returns the jobs the user may read, newest first."""
        self.purge()
        return [job for job in reversed(self._all()) if permissions.may(job, access, "read")]

    def named(self, sid: str, access: AccessContext) -> Job:
        job = self.get(sid, access)
        if job is None:
            raise MissingError(f"job '{sid}' not found")
        return job

    @staticmethod
    def may(job: Job, access: AccessContext, side: str) -> bool:
        return permissions.may(job, access, side)

    def rows(self, job: Job, offset: int = 0, count: int | None = None) -> Iterator[Row]:
        """Yields result rows; a failed job has none."""
        return artifacts.rows(job, offset, count)

    def follow(self, job: Job) -> Iterator[list[Row]]:
        """Yields batches of rows while the job makes them, to its end; `failed` tells of a job that ended midway."""
        return artifacts.follow(job, self._stage.now)

    def row_count(self, job: Job) -> int:
        return job.row_count

    def fields(self, job: Job) -> list[str]:
        return artifacts.columns(job)

    def artifact(self, wanted: Wanted, access: AccessContext) -> Stream | None:
        """Returns the rows of the job that loadjob asks for, by id or among those of a saved search; None: none."""
        if wanted.sid.startswith(artifacts.SAVED):
            return artifacts.loaded(wanted, artifacts.of_saved_search(wanted, self.listed(access)))
        return artifacts.loaded(wanted, self.get(wanted.sid, access))

    def post_process(
        self, job: Job, text: str, user: str | None = None, table: Table | None = None
    ) -> tuple[list[str], list[Row]]:
        """Returns (columns, rows) of a search over the job's rows; see artifacts.post_process. Raises SplError."""
        found = artifacts.post_process(self._stage, job, text, user, table)
        return found.fields, found.rows

    # Control

    def control(self, job: Job, action: str, values: dict[str, str]) -> str:
        """Does one control action and returns the sentence about it. Raises JobError for an unknown one."""
        if action == "cancel":
            self.cancel(job)
            return "Search job cancelled."
        return control.act(job, action, values, self._stage.now(), job.request.ttl or DEFAULT_TTL)

    def interrupt(self) -> None:
        """Stops every running job, as a restart does."""
        for job in self._all():
            if not job.is_done:
                control.cancel(job, INTERNAL_CANCEL)

    def cancel(self, job: Job) -> None:
        """Stops a running job; one that has ended is forgotten."""
        if job.is_done:
            self._forget(job)
        else:
            control.cancel(job, USER_CANCEL)

    def delete(self, job: Job) -> None:
        self.cancel(job)
        job.ended.wait(timeout=10)
        self._forget(job)

    def drop(self, job: Job) -> None:
        """Cancels a job and forgets it as soon as it has ended, without waiting for that."""
        job.dropped = True
        control.cancel(job, USER_CANCEL)
        if job.ended.is_set():
            self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            self._jobs.pop(job.folder.name, None)
        if job.ended.is_set():
            job.results.close()
            with contextlib.suppress(OSError):
                shutil.rmtree(job.folder)

    def purge(self) -> None:
        """Forgets ended jobs whose time to live is over, and applies the limits of those that run."""
        now = self._stage.now()
        with self._lock:
            for job in self._jobs.values():
                control.watch(job, now)
            over = [job for job in self._jobs.values() if job.ended.is_set() and job.expires() < now]
        for job in over:
            self._forget(job)
