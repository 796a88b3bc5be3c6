"""What may be read of a job: rows while and after it runs, previews, events, and searches over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from understudy.jobs.job import Job
from understudy.jobs.replay import Table
from understudy.spl.commands.loadjob import SCHEDULER, Wanted
from understudy.spl.engine import run_nested
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Context, Row, Stream

SAVED = "savedsearch="
FOLLOWED_ROWS = 1000


class Surrounding(Protocol):
    """What reading a job needs of the instance."""

    def now(self) -> float: ...

    def search_context(self, job: Job) -> Context: ...


def rows(job: Job, offset: int = 0, count: int | None = None) -> Iterator[Row]:
    """Yields result rows; a failed job has none."""
    if not job.failed:
        yield from job.results.rows(offset, count)


def columns(job: Job) -> list[str]:
    """Returns the columns of the result, of the rows so far while the job runs."""
    return job.fields or job.results.columns()


def follow(job: Job, now: Callable[[], float]) -> Iterator[list[Row]]:
    """Yields batches of rows while the job makes them, to its end; `failed` tells of a job that ended midway."""
    offset = 0
    while True:
        ended = job.ended.is_set()
        part = list(job.results.rows(offset, FOLLOWED_ROWS))
        offset += len(part)
        if part:
            yield part
        job.polled = now()
        if not part:
            if ended:
                return
            job.ended.wait(0.02)


def preview(job: Job) -> Table | None:
    """Returns the preview of a running job whose rows come at its end; None: none is made, or not yet.

    A search that writes or runs an app's program is not run twice, so it has no previews.
    """
    if job.is_done or not job.preview or job.previews is None:
        return None
    return job.previews.latest()


def kept_events(job: Job) -> int:
    """Returns how many events the events of a job can be made of now."""
    return 0 if job.reading is None else job.reading.available


def events(job: Job, offset: int = 0, count: int | None = None) -> Table:
    """Returns kept events of a job whose results are a table, at most reading.KEPT_EVENTS of them."""
    return Table([], []) if job.previews is None else job.previews.events(offset, count)


def loaded(wanted: Wanted, job: Job | None) -> Stream | None:
    """Returns the rows of a job for loadjob; None without a job. Raises RuntimeSplError."""
    if job is None:
        return None
    if not job.ended.is_set() or job.failed:
        raise RuntimeSplError(f"The job '{wanted.sid}' has no final results")
    if wanted.events and job.transforming:
        raise RuntimeSplError(f"The job '{wanted.sid}' keeps no events beside its results")
    return Stream(rows(job), list(job.fields) or None)


def of_saved_search(wanted: Wanted, jobs: Sequence[Job]) -> Job | None:
    """Returns the job of a saved search that did not fail and was started by the delegate. jobs: newest first."""
    name = tuple(wanted.sid[len(SAVED) :].split(":", 2))
    found = [
        job
        for job in jobs
        if name == (job.request.saved_search_owner, job.request.app, job.request.saved_search)
        and (job.request.scheduled if wanted.delegate == SCHEDULER else job.owner == wanted.delegate)
        and not job.failed
        and (job.ended.is_set() or not wanted.ignore_running)
    ]
    return found[wanted.offset] if wanted.offset < len(found) else None


def post_process(stage: Surrounding, job: Job, text: str, user: str | None, table: Table | None) -> Table:
    """Runs a search over the job's rows, or over a table of it, with the rights of the user who asks.

    Its owner's without one. Raises SplError.
    """
    asked = job if user is None else replace(job, request=replace(job.request, user=user))
    context = replace(stage.search_context(asked), messages=[])
    stripped = text.strip()
    text = stripped[1:] if stripped.startswith("|") else stripped
    given = Stream(rows(job), columns(job)) if table is None else Stream(iter(table.rows), table.fields)
    stream = run_nested(text, 0, context, given)
    found = list(stream.rows)
    fields = list(stream.fields) if stream.fields is not None else list(dict.fromkeys(n for row in found for n in row))
    return Table(fields, found)
