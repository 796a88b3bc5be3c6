"""Rows of a job in the formats clients ask for: json, json_cols, json_rows, xml, csv, raw; and two small summaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson
from starlette.responses import Response

from understudy.jobs import artifacts
from understudy.jobs.job import Job
from understudy.jobs.replay import Table
from understudy.protocol.result_csv import to_csv
from understudy.rest import replies
from understudy.rest import timeline as timelines
from understudy.rest.call import Call, RestError
from understudy.spl.model import Row, Value
from understudy.spl.time_format import strftime
from understudy.spl.values import number_of, text_of

MOST_ROWS = 50_000
"""limits.conf [restapi] maxresultrows: what one request returns at most."""


def text(value: Value) -> str | list[str]:
    return [text_of(item) for item in value] if isinstance(value, list) else text_of(value)


def shown(row: Row, zone: tzinfo, form: str = "") -> Row:
    """Returns the row as clients see it: `_time` as text, the rest as it is.

    form: of `_time` (output_time_format); without one ISO text with milliseconds and offset.
    """
    moment = row.get("_time")
    if isinstance(moment, str):
        moment = number_of(moment)
    if not isinstance(moment, (int, float)) or not -6e10 < moment < 2.5e11:
        return row
    stamp = strftime(moment, form, zone) if form else None
    if stamp is None:
        stamp = datetime.fromtimestamp(moment, zone).isoformat(timespec="milliseconds")
    return {name: stamp if name == "_time" else value for name, value in row.items()}


Pages = Callable[[int, "int | None"], Table]
"""Rows from an offset on, at most a count of them, None = all."""


def answer(
    call: Call,
    job: Job,
    *,
    preview: bool,
    default_mode: str = "xml",
    pages: Pages | None = None,
    notes: Sequence[tuple[str, str]] = (),
) -> Response:
    """Returns the page of rows asked for, after the post-process search if one is given.

    pages: where the rows come from if they are not the job's results; notes: (severity, text) behind the job's own.
    """
    jobs = call.stage.jobs
    offset, count = call.integer("offset", 0), call.integer("count", 100)
    count = MOST_ROWS if count <= 0 else min(count, MOST_ROWS)

    def begin(rows: int) -> int:
        """Returns where the page begins; a negative offset counts from the end."""
        return max(0, rows + offset) if offset < 0 else offset

    total: int | None = None
    if call.text("search").strip() and call.path.rsplit("/", 1)[-1] in ("results", "results_preview", "events"):
        if call.method != "POST":
            raise RestError(400, "A GET launches no search: send the argument 'search' by POST.", "FATAL")
        given = None if pages is None else pages(0, None)
        fields, everything = jobs.post_process(job, call.text("search"), call.user, given)
        offset = begin(len(everything))
        rows, total = everything[offset : offset + count], len(everything)
    elif pages is not None:
        offset = begin(len(pages(0, None).rows) if offset < 0 else 0)
        page = pages(offset, count)
        fields, rows = page.fields, page.rows
    else:
        fields = jobs.fields(job)
        offset = begin(jobs.row_count(job))
        rows = list(jobs.rows(job, offset, count))
    zone, form = call.stage.zone(call.user), call.text("output_time_format")
    rows = [shown(row, zone, form) for row in rows]
    wanted = [name for given in call.values("f") for name in given.split(",") if name] or [
        name for given in call.values("field_list") for name in given.split(",") if name
    ]
    if wanted:
        fields = [name for name in fields if name in wanted]
        rows = [{name: value for name, value in row.items() if name in wanted} for row in rows]
    mode = call.text("output_mode", default_mode) or default_mode
    return render(mode, fields, rows, [*messages_of(job), *notes], preview=preview, offset=offset, total=total)


def messages_of(job: Job) -> list[tuple[str, str]]:
    return [(item.severity, item.text) for item in list(job.messages)]


def render(
    mode: str,
    fields: Sequence[str],
    rows: Sequence[Row],
    messages: Sequence[tuple[str, str]],
    *,
    preview: bool,
    offset: int,
    total: int | None = None,
) -> Response:
    """Returns rows in a format. Raises RestError 400 for a format that is not served."""
    if mode in ("json", "json_cols", "json_rows"):
        return _json(mode, fields, rows, messages, preview, offset, total)
    if mode == "csv":
        return Response(to_csv(fields, rows), media_type="text/csv")
    if mode == "raw":
        return Response("".join(text_of(row["_raw"]) + "\n" for row in rows if "_raw" in row), media_type="text/plain")
    if mode in ("xml", ""):
        return replies.xml_reply(to_xml(fields, rows, messages, preview, offset))
    raise RestError(
        400, f"Invalid output_mode '{mode}': json, json_cols, json_rows, xml, csv and raw are served.", "FATAL"
    )


def _json(
    mode: str,
    fields: Sequence[str],
    rows: Sequence[Row],
    messages: Sequence[tuple[str, str]],
    preview: bool,
    offset: int,
    total: int | None,
) -> Response:
    document: dict[str, Any] = {
        "preview": preview,
        "init_offset": offset,
        "messages": [{"type": kind, "text": words} for kind, words in messages],
    }
    if total is not None:
        document["post_process_count"] = total
    if mode == "json":
        document["fields"] = [{"name": name} for name in fields]
        document["results"] = [{name: text(row[name]) for name in fields if name in row} for row in rows]
        document["highlighted"] = {}
    elif mode == "json_cols":
        document["fields"] = [{"name": name} for name in fields]
        document["columns"] = [[text(row[name]) if name in row else None for row in rows] for name in fields]
    else:
        document["fields"] = list(fields)
        document["rows"] = [[text(row[name]) if name in row else None for name in fields] for row in rows]
    return Response(orjson.dumps(document), media_type="application/json")


def to_xml(
    fields: Sequence[str], rows: Sequence[Row], messages: Sequence[tuple[str, str]], preview: bool, offset: int
) -> str:
    order = "".join(f"<field>{escape(replies.clean(name))}</field>" for name in fields)
    notes = "".join(f"<msg type={quoteattr(kind)}>{escape(replies.clean(words))}</msg>" for kind, words in messages)
    parts = [
        f"<results preview='{int(preview)}'><meta><fieldOrder>{order}</fieldOrder></meta><messages>{notes}</messages>"
    ]
    for index, row in enumerate(rows):
        parts.append(f"<result offset='{offset + index}'>")
        for name in fields:
            if name not in row:
                continue
            value = text(row[name])
            values = value if isinstance(value, list) else [value]
            if name == "_raw":
                body = f"<v xml:space='preserve' trunc='0'>{escape(replies.clean(values[0]))}</v>"
            else:
                body = "".join(f"<value><text>{escape(replies.clean(item))}</text></value>" for item in values)
            parts.append(f"<field k={quoteattr(replies.clean(name))}>{body}</field>")
        parts.append("</result>")
    parts.append("</results>")
    return "".join(parts)


def summary(call: Call, job: Job, rows: int, fields: dict[str, Any]) -> Response:
    document = {
        "earliest_time": job.earliest or 0,
        "latest_time": job.latest or call.stage.now(),
        "duration": 0,
        "event_count": rows,
        "fields": fields,
    }
    if call.mode == "json":
        return replies.json_reply(document)
    inner = "".join(
        f"<field k={quoteattr(name)} c='{facts['count']}' dc='{facts['distinct_count']}' exact='1'><modes>"
        + "".join(
            f"<value c='{m['count']}' exact='1'><text>{escape(replies.clean(m['value']))}</text></value>"
            for m in facts["modes"]
        )
        + "</modes></field>"
        for name, facts in fields.items()
    )
    return replies.xml_reply(
        f"<results preview='0'><summary earliest_time='{document['earliest_time']}' "
        f"latest_time='{document['latest_time']}' duration='0' c='{rows}'>{inner}</summary></results>"
    )


def timeline(call: Call, job: Job) -> Response:
    """Returns counts per bucket of the events kept so far (see timeline.buckets)."""
    rows = artifacts.events(job).rows if job.transforming else call.stage.jobs.rows(job)
    times = [float(value) for row in rows if isinstance(value := row.get("_time"), (int, float))]
    buckets: list[dict[str, Any]] = [
        {
            "earliest_time": bucket.start,
            "duration": bucket.span,
            "total_count": bucket.count,
            "available_count": bucket.count,
            "is_finalized": job.is_done,
        }
        for bucket in timelines.buckets(times)
    ]
    if call.mode == "json":
        return replies.json_reply(
            {"buckets": buckets, "event_count": len(times), "cursor_time": 0, "is_time_cursored": True}
        )
    inner = "".join(
        f"<bucket c='{b['total_count']}' a='{b['available_count']}' t='{b['earliest_time']}' "
        f"d='{b['duration']}' f='{int(b['is_finalized'])}'/>"
        for b in buckets
    )
    return replies.xml_reply(f"<timeline c='{len(times)}' cursor='0'>{inner}</timeline>")
