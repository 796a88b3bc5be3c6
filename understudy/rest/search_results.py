"""Results, previews, events and export of search jobs, v1 and v2."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from starlette.responses import Response

from understudy.jobs import artifacts
from understudy.jobs.job import Job
from understudy.jobs.replay import Table
from understudy.rest import exporting, result_formats, search_jobs
from understudy.rest.call import Call, RestError
from understudy.rest.routes import Route


def results(call: Call) -> Response:
    """Returns final rows; 204 while the job runs; the failure's text as 400 when it failed."""
    job = search_jobs.found(call)
    if not job.is_done:
        return Response(status_code=204)
    _refuse_failed(job)
    return result_formats.answer(call, job, preview=False)


def preview(call: Call) -> Response:
    """Returns the rows so far, or what the events read so far give where rows come at the end; 204 before any."""
    job = search_jobs.found(call)
    _refuse_failed(job)
    table = artifacts.preview(job)
    if table is not None:
        return result_formats.answer(call, job, preview=True, pages=table.page, notes=_bounded(job))
    if not job.is_done and not (job.preview and call.stage.jobs.row_count(job)):
        return Response(status_code=204)
    return result_formats.answer(call, job, preview=not job.is_done)


def _bounded(job: Job) -> list[tuple[str, str]]:
    """Returns the note under a preview that does not cover all that was read."""
    if job.previews is None or not job.previews.bounded:
        return []
    return [("INFO", f"The preview covers the first {artifacts.kept_events(job)} events that were read.")]


def events(call: Call) -> Response:
    """Returns the events before the first command that makes a table of them, as far as they are kept.

    earliest_time and latest_time leave those of a range [earliest, latest), max_lines the first lines of each.
    """
    job = search_jobs.found(call)
    _refuse_failed(job)
    kept = artifacts.kept_events(job) if job.transforming else job.row_count
    if not job.is_done and not kept:
        return Response(status_code=204)
    if call.text("earliest_time") or call.text("latest_time") or call.integer("max_lines", 0) > 0:
        return result_formats.answer(call, job, preview=not job.is_done, pages=_chosen(call, job).page)
    if job.transforming:
        pages = partial(artifacts.events, job)
        return result_formats.answer(call, job, preview=not job.is_done, pages=pages)
    return result_formats.answer(call, job, preview=not job.is_done)


def _chosen(call: Call, job: Job) -> Table:
    jobs, lines = call.stage.jobs, call.integer("max_lines", 0)
    table = artifacts.events(job) if job.transforming else Table(list(jobs.fields(job)), list(jobs.rows(job)))
    low, high = (search_jobs.moment(call, name) for name in ("earliest_time", "latest_time"))
    rows = []
    if (low is not None or high is not None) and not all("_time" in row for row in table.rows):
        raise RestError(400, "The events of this job were kept without their times: make it with status_buckets=1.")
    for row in table.rows:
        time, raw = row.get("_time"), row.get("_raw")
        outside = isinstance(time, (int, float)) and (
            (low is not None and time < low) or (high is not None and time >= high)
        )
        if not outside:
            cut = lines > 0 and isinstance(raw, str) and raw.count("\n") >= lines
            rows.append({**row, "_raw": "\n".join(str(raw).split("\n")[:lines])} if cut else row)
    return replace(table, rows=rows)


def _refuse_failed(job: Job) -> None:
    if job.failed:
        raise RestError(400, search_jobs.failure_text(job), "FATAL")


def export(call: Call) -> Response:
    """Runs a search and streams its rows as they come; the search ends when the client goes away."""
    mode = exporting.mode_of(call)
    job = search_jobs.dispatch(call, search_jobs.request_of(call), wait=False)
    while not job.ended.wait(0.01) and not call.stage.jobs.row_count(job):
        job.polled = call.stage.now()
        if mode in exporting.WITH_PREVIEWS and artifacts.preview(job) is not None:
            break
    if job.failed:
        text = search_jobs.failure_text(job)
        call.stage.jobs.delete(job)
        raise RestError(400, text, "FATAL")
    return exporting.stream(call, job, mode, forget=True)


def launched_by_get(call: Call) -> Response:
    """A link of another page is a GET, and a search may write: as restmap.conf v1APIBlockGETSearchLaunch has it."""
    raise RestError(405, "A GET launches no search: send it by POST.", "FATAL")


def export_job(call: Call) -> Response:
    mode = exporting.mode_of(call)
    job = search_jobs.found(call)
    if not job.is_done:
        return Response(status_code=204)
    _refuse_failed(job)
    return exporting.stream(call, job, mode, forget=False)


ROUTES = [
    route
    for base in ("search/jobs", "search/v2/jobs")
    for route in (
        Route(("POST",), base + "/export", export),
        Route(("GET",), base + "/export", launched_by_get),
        Route(("GET", "POST"), base + "/{sid}/results", results),
        Route(("GET", "POST"), base + "/{sid}/results_preview", preview),
        Route(("GET", "POST"), base + "/{sid}/events", events),
        Route(("GET", "POST"), base + "/{sid}/results/export", export_job),
    )
]
