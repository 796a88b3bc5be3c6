"""The search jobs of one instance: dispatch to threads, look up with access checks, control, expiry.

A job runs with the rights of its owner alone. Another user sees it only when its ACL says so.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from understudy.access import AccessContext
from understudy.jobs.job import DONE, FAILED, FINALIZING, PARSING, PAUSED, QUEUED, RUNNING, Job, JobCancelled, Request
from understudy.jobs.results import ResultFile
from understudy.jobs.shape import is_transforming
from understudy.spl.errors import MissingError, RuntimeSplError, SplError
from understudy.spl.model import Context, Message, Row, Stream

DEFAULT_TTL = 600.0
WORKERS = 8
INTERNAL_ERROR = "The stand-in failed while it ran this search; the cause is in var/log/splunkd.log"


class JobError(Exception):
    """A control action that cannot be done. The text is fit for a user."""


class Backstage(Protocol):
    """What jobs need of the instance."""

    @property
    def home(self) -> Path: ...

    def now(self) -> float: ...

    def access(self, user: str) -> AccessContext: ...

    def search_context(self, job: Job) -> Context: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class Jobs:
    """All jobs. Results lie under var/run/dispatch/<sid> and go with the job."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage
        self._folder = stage.home / "var" / "run" / "dispatch"
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._jobs: dict[str, Job] = {}
        self._results: dict[str, ResultFile] = {}
        self._lock = threading.RLock()
        self._sequence = 0
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="job")

    def close(self) -> None:
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancelled = True
            job.resumed.set()
        self._workers.shutdown(wait=True, cancel_futures=True)
        for results in self._results.values():
            results.close()

    # Dispatch

    def dispatch(self, request: Request, wait: bool = False) -> Job:
        """Starts a job and returns it; with wait, after it has ended. Raises JobError for a sid that is taken."""
        job = self._make(request)
        if wait:
            self._run(job)
        else:
            self._workers.submit(self._run, job)
        return job

    def _make(self, request: Request) -> Job:
        self.purge()
        now = self._stage.now()
        with self._lock:
            self._sequence += 1
            sid = request.sid or f"{now:.0f}.{self._sequence}"
            if not sid.replace("_", "").replace(".", "").replace("-", "").isalnum() or len(sid) > 200 or sid[0] == ".":
                raise JobError(f"'{sid}' is not a valid search id")
            if sid in self._jobs:
                raise JobError(f"A search job with the id '{sid}' exists already")
            folder = self._folder / sid
            folder.mkdir()
            job = Job(
                sid, replace(request, sid=sid), folder, now, request.ttl or DEFAULT_TTL, request.user, touched=now
            )
            job.resumed.set()
            self._jobs[sid] = job
            self._results[sid] = ResultFile(folder / "results.jsonl")
        return job

    def _run(self, job: Job) -> None:
        results = self._results[job.sid]
        began = time.monotonic()
        job.started = self._stage.now()
        try:
            job.state = PARSING
            context = replace(self._stage.search_context(job), messages=job.messages)
            job.earliest, job.latest = context.earliest, context.latest
            job.transforming = is_transforming(job.request.search)
            stream = self._stream(job, context)
            if job.state == PARSING:
                job.state = RUNNING
            self._drain(job, stream, results, began)
            job.state = FINALIZING
            results.finish()
            job.fields = stream.fields if stream.fields is not None else results.columns()
            job.result_count = results.count
            job.state = DONE
        except JobCancelled:
            self._fail(job, results, "Search was cancelled", "runtime")
        except SplError as error:
            if job.finalized and not job.cancelled:
                results.finish()
                job.result_count, job.fields, job.state = results.count, results.columns(), DONE
            else:
                self._fail(job, results, error.located(job.request.search), error.kind)
        except Exception as error:  # the edge of a job: whatever failed, the job ends with a message
            self._stage.log("ERROR", "SearchJob", f"sid={job.sid} {type(error).__name__}: {error}")
            self._fail(job, results, INTERNAL_ERROR, "runtime")
        finally:
            job.run_seconds = time.monotonic() - began
            job.finished = self._stage.now()
            try:
                if job.request.on_end is not None:
                    job.request.on_end(job)
            finally:
                job.ended.set()

    def _stream(self, job: Job, context: Context) -> Stream:
        from understudy.spl.engine import run

        return run(job.request.search, context)

    def _drain(self, job: Job, stream: Stream, results: ResultFile, began: float) -> None:
        flushed = began
        for row in stream.rows:
            if job.cancelled:
                raise JobCancelled
            if job.finalized:
                break
            if not job.resumed.is_set():
                results.flush()
                job.state = PAUSED
                job.resumed.wait()
                job.state = RUNNING
            if results.count + 1 > job.request.max_count:
                job.messages.append(Message("WARN", f"The result was cut at {job.request.max_count} rows (max_count)."))
                break
            results.append(row)
            now = time.monotonic()
            if now - flushed > 0.5:
                results.flush()
                job.result_count = results.count
                flushed = now
        if job.cancelled:
            raise JobCancelled

    def _fail(self, job: Job, results: ResultFile, text: str, kind: str) -> None:
        results.finish()
        job.error_kind = kind
        job.messages.append(Message("FATAL", text))
        job.result_count = 0
        job.state = FAILED

    # Access

    def get(self, sid: str, access: AccessContext) -> Job | None:
        """Returns the job if it is there and the user may read it; a foreign job looks absent."""
        self.purge()
        with self._lock:
            job = self._jobs.get(sid)
        return job if job is not None and self.may(job, access, "read") else None

    def listed(self, access: AccessContext) -> list[Job]:
        """Returns the jobs the user may read, newest first."""
        self.purge()
        with self._lock:
            jobs = list(self._jobs.values())
        return [job for job in reversed(jobs) if self.may(job, access, "read")]

    @staticmethod
    def may(job: Job, access: AccessContext, side: str) -> bool:
        """Owner and holders of admin_all_objects always; others by the job's ACL."""
        if job.owner == access.user or (side == "read" and access.user in job.request.viewers):
            return True
        if access.may("admin_all_objects"):
            return True
        names: Sequence[str] = job.read if side == "read" else job.write
        return "*" in names or any(role in names for role in access.roles)

    def rows(self, job: Job, offset: int = 0, count: int | None = None) -> Iterator[Row]:
        """Yields result rows; a failed job has none."""
        if not job.failed:
            yield from self._results[job.sid].rows(offset, count)

    def row_count(self, job: Job) -> int:
        return 0 if job.failed else self._results[job.sid].count

    def fields(self, job: Job) -> list[str]:
        return job.fields or self._results[job.sid].columns()

    def finished_stream(self, sid: str, access: AccessContext) -> Stream | None:
        """Returns the results of an ended job, for loadjob."""
        job = self.get(sid, access)
        if job is None:
            return None
        if not job.ended.is_set() or job.failed:
            raise RuntimeSplError(f"The job '{sid}' has no final results")
        return Stream(self.rows(job), list(job.fields) or None)

    def post_process(self, job: Job, text: str) -> tuple[list[str], list[Row]]:
        """Runs a search over the job's rows, as its owner. Raises SplError."""
        from understudy.spl.engine import run_nested

        context = replace(self._stage.search_context(job), messages=[])
        stripped = text.strip()
        text = stripped[1:] if stripped.startswith("|") else stripped
        stream = run_nested(text, 0, context, Stream(self.rows(job), self.fields(job)))
        rows = list(stream.rows)
        fields = (
            list(stream.fields) if stream.fields is not None else list(dict.fromkeys(n for row in rows for n in row))
        )
        return fields, rows

    # Control

    def control(self, job: Job, action: str, values: dict[str, str]) -> str:
        """Does one control action and returns the sentence about it. Raises JobError for an unknown one."""
        if action == "cancel":
            self.cancel(job)
            return "Search job cancelled."
        if action == "finalize":
            job.finalized = True
            job.resumed.set()
            return "Search job finalized."
        if action == "pause":
            if not job.is_done:
                job.resumed.clear()
            return "Search job paused."
        if action == "unpause":
            job.resumed.set()
            return "Search job unpaused."
        if action == "touch":
            job.touched = self._stage.now()
            return "Search job touched."
        if action == "setttl":
            job.ttl, job.touched = _seconds(values.get("ttl")), self._stage.now()
            return f"The ttl of the search job was changed to {job.ttl:.0f}."
        if action == "setpriority":
            job.priority = int(_seconds(values.get("priority")))
            return f"The search job's priority was set to {job.priority}."
        if action in ("enablepreview", "disablepreview", "save", "unsave"):
            if action == "save":
                job.ttl = max(job.ttl, 7 * 86400.0)
            return "Search job changed."
        raise JobError(f"Invalid action '{action}' for a search job")

    def cancel(self, job: Job) -> None:
        job.cancelled = True
        job.resumed.set()
        if job.is_done or job.state == QUEUED:
            self._forget(job)

    def delete(self, job: Job) -> None:
        self.cancel(job)
        job.ended.wait(timeout=10)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            self._jobs.pop(job.sid, None)
            results = self._results.get(job.sid)
        if results is not None and job.ended.is_set():
            results.close()
            with contextlib.suppress(OSError):
                shutil.rmtree(job.folder)
            with self._lock:
                self._results.pop(job.sid, None)

    def purge(self) -> None:
        """Forgets ended jobs whose time to live is over."""
        now = self._stage.now()
        with self._lock:
            over = [job for job in self._jobs.values() if job.ended.is_set() and job.expires() < now]
        for job in over:
            self._forget(job)

    def named(self, sid: str, access: AccessContext) -> Job:
        job = self.get(sid, access)
        if job is None:
            raise MissingError(f"job '{sid}' not found")
        return job


def _seconds(text: str | None) -> float:
    try:
        value = float(text or "")
    except ValueError:
        raise JobError(f"'{text}' is not a number") from None
    if not 0 <= value < 1e9:
        raise JobError(f"'{text}' is out of range")
    return value
