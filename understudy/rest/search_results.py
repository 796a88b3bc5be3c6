"""Results, previews, events and export of search jobs, v1 and v2."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

import orjson
from starlette.responses import Response, StreamingResponse

from understudy.jobs.job import Job
from understudy.rest import result_formats, search_jobs
from understudy.rest.call import Call, RestError
from understudy.rest.routes import Route
from understudy.spl.model import Row

_BATCH = 1000


def results(call: Call) -> Response:
    """Returns final rows; 204 while the job runs; the failure's text as 400 when it failed."""
    job = search_jobs.found(call)
    if not job.is_done:
        return Response(status_code=204)
    _refuse_failed(job)
    return result_formats.answer(call, job, preview=False)


def preview(call: Call) -> Response:
    """Returns the rows so far; 204 before there are any."""
    job = search_jobs.found(call)
    _refuse_failed(job)
    if not job.is_done and not call.stage.jobs.row_count(job):
        return Response(status_code=204)
    return result_formats.answer(call, job, preview=not job.is_done)


def events(call: Call) -> Response:
    """Returns the events of a search that does not transform them; a transforming one keeps none."""
    job = search_jobs.found(call)
    _refuse_failed(job)
    if not job.is_done and not call.stage.jobs.row_count(job):
        return Response(status_code=204)
    if job.transforming:
        mode = call.text("output_mode", "xml")
        return result_formats.render(mode, [], [], result_formats.messages_of(job), preview=not job.is_done, offset=0)
    return result_formats.answer(call, job, preview=not job.is_done)


def _refuse_failed(job: Job) -> None:
    if job.failed:
        raise RestError(400, search_jobs.failure_text(job), "FATAL")


def export(call: Call) -> Response:
    """Runs a search and streams its rows: one JSON object a line, or one document in xml, csv or raw."""
    job = search_jobs.dispatch(call, search_jobs.request_of(call), wait=True)
    if job.failed:
        text = search_jobs.failure_text(job)
        call.stage.jobs.delete(job)
        raise RestError(400, text, "FATAL")
    return _stream(call, job, forget=True)


def export_job(call: Call) -> Response:
    job = search_jobs.found(call)
    if not job.is_done:
        return Response(status_code=204)
    _refuse_failed(job)
    return _stream(call, job, forget=False)


def _stream(call: Call, job: Job, forget: bool) -> Response:
    mode = call.text("output_mode", "xml") or "xml"
    jobs, fields = call.stage.jobs, call.stage.jobs.fields(job)
    messages = result_formats.messages_of(job)
    total = jobs.row_count(job)
    zone = call.stage.zone(call.user)

    def shown(start: int = 0, count: int | None = None) -> Iterator[Row]:
        return (result_formats.shown(row, zone) for row in jobs.rows(job, start, count))

    def lines() -> Iterator[bytes]:
        if total == 0:
            notes = [{"type": kind, "text": text} for kind, text in messages]
            yield orjson.dumps({"preview": False, "lastrow": True, "messages": notes}) + b"\n"
        for index, row in enumerate(shown()):
            result = {name: result_formats.text(row[name]) for name in fields if name in row}
            item = {"preview": False, "offset": index, "result": result}
            if index == total - 1:
                item["lastrow"] = True
            yield orjson.dumps(item) + b"\n"

    def table() -> Iterator[bytes]:
        yield result_formats.to_csv(fields, []).encode()
        for start in range(0, total, _BATCH):
            text = result_formats.to_csv(fields, shown(start, _BATCH))
            yield text.split("\n", 1)[1].encode() if fields else text.encode()

    def markup() -> Iterator[bytes]:
        opened = result_formats.to_xml(fields, [], messages, False, 0)
        yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + opened[: -len("</results>")].encode("utf-8", "replace")
        for start in range(0, total, _BATCH):
            text = result_formats.to_xml(fields, list(shown(start, _BATCH)), [], False, start)
            yield text[text.index("<messages></messages>") + len("<messages></messages>") : -len("</results>")].encode(
                "utf-8", "replace"
            )
        yield b"</results>"

    def raw() -> Iterator[bytes]:
        for row in jobs.rows(job):
            if "_raw" in row:
                yield str(row["_raw"]).encode("utf-8", "replace") + b"\n"

    kinds = {
        "json": (lines, "application/json"),
        "csv": (table, "text/csv"),
        "xml": (markup, "text/xml"),
        "raw": (raw, "text/plain"),
    }
    if mode not in kinds:
        raise RestError(
            400, f"Invalid output_mode '{escape(mode)}' for export: json, xml, csv and raw are served.", "FATAL"
        )
    produce, media = kinds[mode]

    def whole() -> Iterator[bytes]:
        try:
            yield from produce()
        finally:
            if forget:
                jobs.delete(job)

    return StreamingResponse(whole(), media_type=media)


ROUTES = [
    route
    for base in ("search/jobs", "search/v2/jobs")
    for route in (
        Route(("POST", "GET"), base + "/export", export),
        Route(("GET", "POST"), base + "/{sid}/results", results),
        Route(("GET", "POST"), base + "/{sid}/results_preview", preview),
        Route(("GET", "POST"), base + "/{sid}/events", events),
        Route(("GET", "POST"), base + "/{sid}/results/export", export_job),
    )
]
