"""search/jobs/export: rows sent while the search runs, in json, xml, csv or raw.

Rows of a search that does not transform are final as they come. A search whose rows come at its end sends previews
meanwhile, in json and xml, which can say that they are previews: each is a whole answer that replaces the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.sax.saxutils import escape

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from understudy.jobs import artifacts
from understudy.jobs.job import Job
from understudy.jobs.replay import Table
from understudy.protocol.result_csv import to_csv
from understudy.rest import result_formats, search_jobs
from understudy.rest.call import Call, RestError
from understudy.spl.model import Row
from understudy.spl.values import text_of

MEDIA = {"json": "application/json", "csv": "text/csv", "xml": "text/xml", "raw": "text/plain"}


WITH_PREVIEWS = ("json", "xml")


class ExportEnded(Exception):
    """The search failed after rows were sent; ending the connection early is what tells a client of csv or raw."""


def mode_of(call: Call) -> str:
    """Returns the output mode. Raises RestError 400 for one that export does not serve."""
    mode = call.text("output_mode", "xml") or "xml"
    if mode not in MEDIA:
        raise RestError(
            400, f"Invalid output_mode '{escape(mode)}' for export: json, xml, csv and raw are served.", "FATAL"
        )
    return mode


def stream(call: Call, job: Job, mode: str, forget: bool) -> Response:
    """Returns the streaming answer. forget: the job goes when the stream ends, also when the client goes away."""
    produce = {"json": _lines, "csv": _table, "xml": _markup, "raw": _raw}[mode]

    return _Stream(produce(call, job), MEDIA[mode], (lambda: call.stage.jobs.drop(job)) if forget else None)


class _Stream(StreamingResponse):
    """A streaming answer that says when it has ended, also because the client went away."""

    def __init__(self, parts: Iterator[bytes], media: str, ended: Callable[[], None] | None) -> None:
        super().__init__(parts, media_type=media)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self._ended is not None:
                self._ended()


def _batches(call: Call, job: Job) -> Iterator[list[Row]]:
    zone = call.stage.zone(call.user)
    for part in call.stage.jobs.follow(job):
        yield [result_formats.shown(row, zone) for row in part]


def _previews(call: Call, job: Job) -> Iterator[Table]:
    """Yields each preview of a job until the job ends; none where rows come as they are made."""
    before: Table | None = None
    while job.previews is not None and job.previews.possible and job.preview and not job.ended.is_set():
        table = artifacts.preview(job)
        if table is not None and table is not before:
            before = table
            zone = call.stage.zone(call.user)
            yield replace(table, rows=[result_formats.shown(row, zone) for row in table.rows])
        job.polled = call.stage.now()
        job.ended.wait(0.05)


def _preview_lines(table: Table) -> bytes:
    lines = []
    for offset, row in enumerate(table.rows):
        result = {name: result_formats.text(row[name]) for name in table.fields if name in row}
        line: dict[str, object] = {"preview": True, "offset": offset, "result": result}
        if offset == len(table.rows) - 1:
            line["lastrow"] = True
        lines.append(orjson.dumps(line) + b"\n")
    return b"".join(lines)


def _lines(call: Call, job: Job) -> Iterator[bytes]:
    """Yields JSON objects, one a line; one row is held back, so that the last can say that it is the last."""
    yield from map(_preview_lines, _previews(call, job))
    held: dict[str, object] | None = None
    offset = 0
    for part in _batches(call, job):
        lines = []
        for row in part:
            if held is not None:
                lines.append(orjson.dumps(held))
            order = job.fields or list(row)
            result = {name: result_formats.text(row[name]) for name in order if name in row}
            held = {"preview": False, "offset": offset, "result": result}
            offset += 1
        if lines:
            yield b"\n".join(lines) + b"\n"
    notes = [{"type": kind, "text": text} for kind, text in result_formats.messages_of(job)]
    if held is None:
        yield orjson.dumps({"preview": False, "lastrow": True, "messages": notes}) + b"\n"
        return
    if not job.failed:
        held["lastrow"] = True
    yield orjson.dumps(held) + b"\n"
    if job.failed:
        yield orjson.dumps({"preview": False, "messages": notes}) + b"\n"


def _columns(call: Call, job: Job) -> list[str]:
    """Returns the columns, at once where a command fixes them; else they are known when the search has ended."""
    if not job.fields:
        while not job.ended.wait(0.5):
            job.polled = call.stage.now()
    return list(call.stage.jobs.fields(job))


def _table(call: Call, job: Job) -> Iterator[bytes]:
    fields = _columns(call, job)
    yield to_csv(fields, []).encode("utf-8", "replace")
    for part in _batches(call, job):
        text = to_csv(fields, part)
        yield text.split("\n", 1)[1].encode("utf-8", "replace") if fields else text.encode("utf-8", "replace")
    _refuse_end(job)


def _markup(call: Call, job: Job) -> Iterator[bytes]:
    """Yields a document of results per preview, and one of the final rows; its fieldOrder needs the columns."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    for table in _previews(call, job):
        document = result_formats.to_xml(table.fields, table.rows, [], True, 0)
        yield document.encode("utf-8", "replace") + b"\n"
    fields = _columns(call, job)
    head, mark = result_formats.to_xml(fields, [], [], False, 0), "<messages></messages>"
    yield (head[: head.index(mark)].encode("utf-8", "replace") + _notes(job if job.is_done else None))
    offset = 0
    for part in _batches(call, job):
        text = result_formats.to_xml(fields, part, [], False, offset)
        offset += len(part)
        yield text[text.index(mark) + len(mark) : -len("</results>")].encode("utf-8", "replace")
    _refuse_end(job)
    yield b"</results>"


def _notes(job: Job | None) -> bytes:
    document = result_formats.to_xml([], [], result_formats.messages_of(job) if job else [], False, 0)
    return document[document.index("<messages>") : -len("</results>")].encode("utf-8", "replace")


def _raw(call: Call, job: Job) -> Iterator[bytes]:
    for part in call.stage.jobs.follow(job):
        texts = [text_of(row["_raw"]) + "\n" for row in part if "_raw" in row]
        yield "".join(texts).encode("utf-8", "replace")
    _refuse_end(job)


def _refuse_end(job: Job) -> None:
    if job.failed:
        raise ExportEnded(search_jobs.failure_text(job))
