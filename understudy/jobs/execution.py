"""Running one search job: waiting for a slot, the search, its rows to disk, and how it ends."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from understudy.jobs import control
from understudy.jobs.job import DONE, FAILED, FINALIZING, PARSING, RUNNING, Job, JobCancelled
from understudy.jobs.previews import Previews
from understudy.jobs.quota import Quotas
from understudy.jobs.reading import Reading
from understudy.jobs.shape import shape_of
from understudy.spl.engine import run
from understudy.spl.errors import SplError
from understudy.spl.model import Context, Message, Stream

WORKERS = 8
FLUSH_SECONDS = 0.2
CANCELLED = "Search was cancelled"
INTERNAL_ERROR = "The stand-in failed while it ran this search; the cause is in var/log/splunkd.log"


class Surrounding(Protocol):
    """What a run needs of the instance."""

    def now(self) -> float: ...

    def search_context(self, job: Job) -> Context: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class Runner:
    """Runs jobs, at most WORKERS of those that wait for a slot. everyone: all jobs; forget: drops an ended job."""

    def __init__(
        self,
        stage: Surrounding,
        quotas: Quotas,
        everyone: Callable[[], Sequence[Job]],
        forget: Callable[[Job], None],
    ) -> None:
        self._stage = stage
        self._quotas = quotas
        self._everyone = everyone
        self._forget = forget
        self._slots = threading.BoundedSemaphore(WORKERS)
        self.closing = False

    def run_queued(self, job: Job) -> None:
        """Runs a job in a thread of its own when one of the slots is free."""
        while not (self._quotas.admit(job) and self._slots.acquire(timeout=0.5)):
            if job.cancelled or self.closing:
                break
            time.sleep(0.02)
        else:
            try:
                self.run(job, self._slots)
            finally:
                self._slots.release()
            return
        _fail(job, CANCELLED, "runtime")
        self._end(job)

    def run(self, job: Job, slots: threading.BoundedSemaphore | None = None) -> None:
        """Runs a job to its end in the caller's thread."""
        job.began = time.monotonic()
        job.started = self._stage.now()
        job.thread = threading.get_ident()

        def flush() -> None:
            job.results.flush()
            if job.reading is not None:
                job.reading.flush()

        def interrupted() -> bool:
            control.watch(job, self._stage.now())
            control.hold(job, slots, flush, lambda: control.watch(job, self._stage.now()))
            return job.cancelled

        try:
            job.state = PARSING
            context = self._prepared(job, interrupted)
            job.state = RUNNING  # commands such as stats read all of their input before there is a stream
            stream = run(job.request.search, context)
            job.fields = list(stream.fields or ())
            self._drain(job, stream, interrupted)
            job.state = FINALIZING
            job.results.finish()
            job.fields = stream.fields if stream.fields is not None else job.results.columns()
            job.result_count = job.results.count
            job.state = DONE
        except JobCancelled:
            _fail(job, CANCELLED, "runtime")
        except SplError as error:
            if job.finalized and not job.cancelled:
                job.results.finish()
                job.result_count, job.fields, job.state = job.results.count, job.results.columns(), DONE
            else:
                _fail(job, CANCELLED if job.cancelled else error.located(job.request.search), error.kind)
        except Exception as error:  # the edge of a job: whatever failed, the job ends with a message
            self._stage.log("ERROR", "SearchJob", f"sid={job.sid} {type(error).__name__}: {error}")
            _fail(job, INTERNAL_ERROR, "runtime")
        finally:
            job.run_seconds = time.monotonic() - job.began
            self._end(job)

    def _prepared(self, job: Job, interrupted: Callable[[], bool]) -> Context:
        """Returns the context of the search and gives the job what tells of its progress."""
        context = replace(
            self._stage.search_context(job),
            messages=job.messages,
            cancelled=lambda: job.cancelled,
            finalized=lambda: job.finalized,
        )
        job.earliest, job.latest = context.earliest, context.latest
        shape = job.shape = shape_of(job.request.search, context)
        job.reading = Reading(
            context.events,
            job.folder,
            deepest=1 if shape.branches else 0,
            keep=(shape.blocking or shape.transforming) and not job.request.scheduled,
            whole=job.request.status_buckets > 0,
        )
        again = replace(context, finalized=lambda: False)
        job.previews = Previews(job.request.search, shape, again, job.reading, job.request.max_count)
        return replace(context, cancelled=interrupted, events=job.reading)

    def _drain(self, job: Job, stream: Stream, interrupted: Callable[[], bool]) -> None:
        flushed, results = 0.0, job.results
        most_events = 0 if job.transforming else job.request.finalize_events
        for row in stream.rows:
            if (job.cancelled or not job.resumed.is_set()) and interrupted():
                raise JobCancelled
            if job.finalized and not job.transforming:
                break
            if results.count + results.pending + 1 > job.request.max_count:
                job.messages.append(Message("WARN", f"The result was cut at {job.request.max_count} rows (max_count)."))
                break
            results.append(row)
            now = time.monotonic()
            if now - flushed > FLUSH_SECONDS:
                results.flush()
                job.result_count, flushed = results.count, now
                control.watch(job, self._stage.now())
                self._watch_disk(job)
            if most_events and results.count + results.pending >= most_events:
                control.finalize(job)
        if job.cancelled:
            raise JobCancelled

    def _watch_disk(self, job: Job) -> None:
        if not job.finalized and self._quotas.over_disk(job, self._everyone()):
            job.messages.append(
                Message("WARN", "Search auto-finalized after disk usage limit (srchDiskQuota) reached.")
            )
            control.finalize(job)

    def _end(self, job: Job) -> None:
        job.finished = self._stage.now()
        if job.reading is not None:
            job.reading.close()
        if job.previews is not None:
            job.previews.forget()
        try:
            _write_log(job)
            if job.request.on_end is not None:
                job.request.on_end(job)
        finally:
            job.ended.set()
            if job.dropped:
                self._forget(job)


def _fail(job: Job, text: str, kind: str) -> None:
    job.results.finish()
    job.error_kind = kind
    job.messages.append(Message("FATAL", text))
    job.result_count = 0
    job.state = job.cancelled_by if job.cancelled else FAILED


def _write_log(job: Job) -> None:
    lines = [f"{item.severity} {item.text}" for item in list(job.messages)]
    lines.append(f"INFO state={job.state} results={job.result_count} seconds={job.run_seconds:.3f}")
    with contextlib.suppress(OSError):
        (job.folder / "search.log").write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")
