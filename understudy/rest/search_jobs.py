"""search/jobs (v1 and v2): create, list, one job, control, acl. Results are the neighbor file's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from understudy.jobs.control import JobError
from understudy.jobs.job import Job, Request
from understudy.jobs.quota import QuotaError
from understudy.rest import job_documents, listing, replies, result_formats
from understudy.rest.call import WILDCARDS, Call, RestError
from understudy.rest.replies import Feed
from understudy.rest.routes import Route
from understudy.spl.errors import SplError
from understudy.spl.model import Context
from understudy.spl.registry import commands

_REALTIME = re.compile(r"^\s*rt")


def request_of(call: Call) -> Request:
    """Reads the parameters of a new job. Raises RestError 400 for what the stand-in does not do."""
    search = call.text("search").strip()
    if not search:
        raise RestError(400, "The following required arguments are missing: search.", "FATAL")
    earliest, latest = _bound(call, "earliest_time"), _bound(call, "latest_time")
    if _REALTIME.match(earliest) or _REALTIME.match(latest) or call.text("search_mode") == "realtime":
        raise RestError(400, "Real-time searches are not supported by the stand-in.", "FATAL")
    _refuse_unserved(call)
    timeout = call.integer("timeout", 0)
    return Request(
        search=search,
        user=call.user,
        app=_namespace(call),
        earliest=earliest,
        latest=latest,
        now=moment(call, "now"),
        label=call.text("label"),
        sid=call.text("id") if call.method == "POST" else "",
        ttl=float(timeout) if timeout > 0 else None,
        max_count=min(max(1, call.integer("max_count", 500_000)), 500_000),
        max_time=float(_natural(call, "max_time")),
        auto_cancel=float(_natural(call, "auto_cancel")),
        auto_pause=float(_natural(call, "auto_pause")),
        finalize_events=_natural(call, "auto_finalize_ec"),
        status_buckets=_natural(call, "status_buckets"),
        preview=call.boolean("enable_preview", call.boolean("preview", True)),
        custom={name: value for name, value in (*call.query, *call.form) if name.startswith("custom.")},
    )


def _natural(call: Call, name: str) -> int:
    value = call.integer(name, 0)
    if value < 0:
        raise RestError(400, f"Invalid value '{value}' for argument '{name}': it must not be negative.", "FATAL")
    return value


def _namespace(call: Call) -> str:
    """Returns the app of the search: the path's, else the argument `namespace`, else the caller's default app."""
    app = call.text("namespace") if call.app in (None, *WILDCARDS) and call.text("namespace") else call.context_app
    if app not in {item.name for item in call.stage.conf.apps()} or not call.access.may_read(app, ""):
        raise RestError(404, f"Application does not exist: {app}", "FATAL")
    return app


def _refuse_unserved(call: Call) -> None:
    """Arguments that would change the answer and that the stand-in does not know are refused, not passed over."""
    for name in ("index_earliest", "index_latest", "replay_speed", "replay_et", "replay_lt", "remote_server_list"):
        if call.text(name):
            raise RestError(400, f"The stand-in does not serve the argument '{name}' of a search job.", "FATAL")
    if call.text("sample_ratio", "1") not in ("", "0", "1"):
        raise RestError(400, "The stand-in does not sample events (sample_ratio).", "FATAL")


def moment(call: Call, name: str) -> float | None:
    """Returns a time argument as epoch seconds, None without one: a time modifier, or text in time_format."""
    from understudy.spl.times import parse_modifier

    text = _bound(call, name).strip()
    return parse_modifier(text, call.stage.now(), call.stage.zone(call.user)) if text else None


def _bound(call: Call, name: str) -> str:
    """Returns a time argument as it is written, as epoch seconds where it is written in time_format."""
    from understudy.spl.time_format import strptime

    text, form = call.text(name), call.text("time_format")
    found = strptime(text.strip(), form, call.stage.zone(call.user), whole=True) if form and text.strip() else None
    return text if found is None else f"{found:.6f}"


_COMMAND = re.compile(r"\s*([^\s|\[\"(]*)")


def led_by_command(search: str, context: Context) -> str:
    """Returns the search as the language takes it: over REST its first word names a command, `search` is not implied.

    Raises RestError 400 where it names none. A macro's first word counts, not its name.
    """
    from understudy.spl.macros import expand

    text = expand(search, context).text.lstrip()
    found = _COMMAND.match(text)
    word = found[1] if found is not None else ""
    if text.startswith(("|", "[")) or word.lower() == "search":
        return search
    if word.lower() not in commands() and context.knowledge.custom_command(word) is None:
        raise RestError(400, f"Unknown search command '{word or text[:1]}'.", "FATAL")
    return f"| {search.lstrip()}"


def check(call: Call, request: Request) -> Request:
    """Returns the request as it is to run; refuses a search that cannot be understood before a job is made of it."""
    from understudy.spl.engine import check as check_search
    from understudy.spl.times import parse_modifier

    context = call.stage.context(call.user, request.app)
    low, high = (
        parse_modifier(text, context.now, context.zone) if text.strip() else None
        for text in (request.earliest, request.latest)
    )
    if low is not None and high is not None and low > high:
        raise RestError(400, f"Invalid time bounds in search: start={low:.0f} > end={high:.0f}.", "FATAL")
    try:
        request = replace(request, search=led_by_command(request.search, context))
        check_search(request.search, context)
    except SplError as failure:
        raise RestError(400, failure.located(request.search), "FATAL") from failure
    return request


def dispatch(call: Call, request: Request, wait: bool) -> Job:
    try:
        request = check(call, request)
        # Splunk lets a normal search wait for its turn and refuses one whose caller waits for the answer.
        call.stage.jobs.check_quotas(request.user, may_queue=not wait)
        job = call.stage.jobs.dispatch(request, wait=False)
    except QuotaError as failure:
        raise RestError(503, str(failure), "FATAL") from failure
    except JobError as failure:
        raise RestError(400, str(failure), "FATAL") from failure
    if wait:
        while not job.ended.wait(1.0):
            job.polled = call.stage.now()
    return job


def failure_text(job: Job) -> str:
    return next((item.text for item in reversed(job.messages) if item.severity == "FATAL"), "The search failed.")


def created(call: Call, sid: str) -> Response:
    return replies.document(call, f"<sid>{sid}</sid>", {"sid": sid}, 201)


def create(call: Call) -> Response:
    """Makes a job: exec_mode normal (at once), blocking (after the end), oneshot (results instead of a job)."""
    mode = call.text("exec_mode", "normal")
    if mode not in ("normal", "blocking", "oneshot"):
        raise RestError(400, f"Invalid exec_mode '{mode}'.", "FATAL")
    request = request_of(call)
    recent = _natural(call, "reuse_max_seconds_ago")
    if recent and mode != "oneshot" and (found_job := call.stage.jobs.reusable(request, recent)) is not None:
        return created(call, found_job.sid)
    job = dispatch(call, request, wait=mode != "normal")
    if mode != "oneshot":
        return created(call, job.sid)
    if job.failed:
        text = failure_text(job)
        call.stage.jobs.delete(job)
        raise RestError(400, text, "FATAL")
    answer = result_formats.answer(call, job, preview=False)
    call.stage.jobs.delete(job)
    return answer


def listed(call: Call) -> Response:
    """Returns the caller's jobs; `id=` (repeatable) picks jobs, of which the absent ones are left out."""
    wanted = [name for text in call.values("id") for name in text.split(",") if name]
    if wanted:
        jobs = [job for sid in wanted if (job := call.stage.jobs.get(sid, call.access)) is not None]
    else:
        jobs = call.stage.jobs.listed(call.access)
    entries = [job_documents.entry(call, job) for job in jobs]
    if wanted:
        return replies.feed(call, Feed("jobs", "search/jobs", entries, len(entries), 0, max(30, len(entries))))
    return listing.page(call, "search/jobs", entries)


def found(call: Call) -> Job:
    """Returns the job of the path; a foreign one looks absent. Raises RestError 404."""
    job = call.stage.jobs.get(call.parts["sid"], call.access)
    if job is None:
        raise RestError(404, "Unknown sid.", "FATAL")
    return job


def one(call: Call) -> Response:
    job = found(call)
    if call.method == "DELETE":
        _may_write(call, job)
        call.stage.jobs.delete(job)
        return replies.message(call, "Search job cancelled.")
    if call.method == "POST":
        _may_write(call, job)
        custom = {name: value for name, value in (*call.query, *call.form) if name.startswith("custom.")}
        job.request = replace(
            job.request, label=call.text("label", job.request.label), custom={**job.request.custom, **custom}
        )
    item = job_documents.entry(call, job)
    if call.mode == "json":
        return replies.feed(call, Feed("jobs", "search/jobs", [item], 1))
    return replies.xml_reply(replies.xml_entry(call, item, "search/jobs", bare=True))


def _may_write(call: Call, job: Job) -> None:
    if not call.stage.jobs.may(job, call.access, "write"):
        raise RestError(403, "You do not have permission to change this job.")


def control(call: Call) -> Response:
    job = found(call)
    _may_write(call, job)
    values = dict((*call.query, *call.form))
    try:
        return replies.message(call, call.stage.jobs.control(job, call.required("action"), values))
    except JobError as failure:
        raise RestError(400, str(failure)) from failure


def acl(call: Call) -> Response:
    """Reads or changes who may see the job: sharing, perms.read, perms.write; its owner changes it."""
    job = found(call)
    if call.method == "POST":
        if job.owner != call.user and not call.access.may("admin_all_objects"):
            raise RestError(403, "Only the owner of a job changes its permissions.")
        job.sharing = call.text("sharing", job.sharing)
        job.read = _names(call, "perms.read", job.read)
        job.write = _names(call, "perms.write", job.write)
    return replies.feed(call, Feed("acl", f"search/jobs/{job.sid}/acl", [job_documents.entry(call, job)], 1))


def _names(call: Call, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    if not call.given(name):
        return before
    return tuple(part.strip() for text in call.values(name) for part in text.split(",") if part.strip())


def search_log(call: Call) -> Response:
    job = found(call)
    path = job.folder / "search.log"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return Response(text, media_type="text/plain")


def summary(call: Call) -> Response:
    """Returns per field how many rows have it and its most frequent values, over the first 10,000 rows."""
    job = found(call)
    counts: dict[str, dict[str, int]] = {}
    rows = list(call.stage.jobs.rows(job, 0, 10_000))
    for row in rows:
        for name, value in row.items():
            values = counts.setdefault(name, {})
            for item in value if isinstance(value, list) else [value]:
                values[str(item)] = values.get(str(item), 0) + 1
    fields: dict[str, Any] = {
        name: {
            "count": sum(1 for row in rows if name in row),
            "distinct_count": len(values),
            "is_exact": 1,
            "modes": [
                {"value": value, "count": count, "is_exact": 1}
                for value, count in sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[
                    : call.integer("top_count", 10)
                ]
            ],
        }
        for name, values in counts.items()
    }
    return result_formats.summary(call, job, len(rows), fields)


def timeline(call: Call) -> Response:
    return result_formats.timeline(call, found(call))


ROUTES = [
    route
    for base in ("search/jobs", "search/v2/jobs")
    for route in (
        Route(("POST",), base, create),
        Route(("GET",), base, listed),
        Route(("GET", "POST", "DELETE"), base + "/{sid}", one),
        Route(("POST",), base + "/{sid}/control", control),
        Route(("GET", "POST"), base + "/{sid}/acl", acl),
        Route(("GET",), base + "/{sid}/search.log", search_log),
        Route(("GET",), base + "/{sid}/summary", summary),
        Route(("GET",), base + "/{sid}/timeline", timeline),
    )
]
