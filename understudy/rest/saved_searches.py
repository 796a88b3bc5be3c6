"""saved/searches: objects of savedsearches.conf, their dispatch, history, next times, suppression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from understudy.conf import Entry as Stanza
from understudy.conf import boolean
from understudy.protocol.alert_actions import seconds
from understudy.rest import job_documents, listing, replies
from understudy.rest.call import Call, RestError
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.rest.search_jobs import created
from understudy.schedule import cron
from understudy.schedule.built_in_actions import REFUSED, SERVED
from understudy.schedule.conditions import condition_problem
from understudy.schedule.saved import Saved
from understudy.schedule.searches import KIND

PATH = "saved/searches"
LINKS = ("dispatch", "history", "enable", "disable")


def _content(call: Call, item: Stanza) -> Mapping[str, Any]:
    saved = Saved.of(item)
    next_time = ""
    if saved.scheduled:
        try:
            next_time = replies.iso(cron.following(saved.cron, call.stage.now()))
        except cron.ScheduleError:
            next_time = ""
    kind = item.settings.get("counttype", "").strip() or (
        "custom" if item.settings.get("alert_condition") else "always"
    )
    defaults = {
        **{f"action.{name}": "0" for name in (*SERVED, *REFUSED)},
        "alert.digest_mode": "1",
        "alert.expires": "24h",
        "alert.severity": "3",
        "alert.suppress": "0",
        "alert.suppress.period": "",
        "alert.track": "auto",
        "alert_comparator": item.settings.get("relation", ""),
        "alert_threshold": item.settings.get("quantity", ""),
        "alert_type": kind,
        "allow_skew": "0",
        "cron_schedule": "",
        "description": "",
        "dispatch.earliest_time": "",
        "dispatch.latest_time": "",
        "dispatch.allow_partial_results": "1",
        "dispatch.buckets": "0",
        "dispatch.indexedRealtime": "0",
        "dispatch.lookups": "1",
        "dispatch.max_count": "500000",
        "dispatch.max_time": "0",
        "dispatch.reduce_freq": "10",
        "dispatch.rt_backfill": "0",
        "dispatch.spawn_process": "1",
        "dispatch.time_format": "%FT%T.%Q%:z",
        "dispatch.ttl": "2p",
        "dispatchAs": "owner",
        "max_concurrent": "1",
        "realtime_schedule": "1",
        "restart_on_searchpeer_add": "1",
        "run_on_startup": "0",
        "schedule_priority": "default",
        "schedule_window": "0",
    }
    return {
        **defaults,
        **item.settings,
        "actions": ",".join(saved.actions),
        "disabled": saved.disabled,
        "is_scheduled": saved.scheduled,
        "is_visible": boolean(item.settings.get("is_visible"), True),
        "next_scheduled_time": next_time,
        "triggered_alert_count": sum(
            (alert.search, alert.app) == (saved.name, saved.app) for alert in call.stage.ledger.fired(call.stage.now())
        ),
        "qualifiedSearch": saved.search if saved.search.lstrip().startswith("|") else f"search {saved.search}",
        "eai:appName": item.acl.app,
        "eai:userName": call.user,
    }


_FORMS = {
    "alert.expires": r"\d+[smhd]?",
    "alert.severity": "[1-6]",
    "alert.suppress.period": r"\d+[smhd]?",
    "alert.track": "(?i)0|1|true|false|auto",
    "allow_skew": r"0|\d+%|\d+\s*[a-z]+",
    "dispatch.ttl": r"\d+p?",
    "dispatchAs": "(?i)owner|user",
    "dispatch.allow_partial_results": "(?i)0|1|true|false",
    "dispatch.buckets": r"\d+",
    "dispatch.lookups": "(?i)0|1|true|false",
    "dispatch.max_count": r"\d+",
    "dispatch.max_time": r"\d+",
    "dispatch.reduce_freq": r"\d+",
    "max_concurrent": r"\d+",
    "schedule_priority": "(?i)default|higher|highest",
    "schedule_window": r"\d+|auto",
}


def _check(call: Call, settings: Mapping[str, str]) -> None:
    if "cron_schedule" in settings and settings["cron_schedule"].strip():
        try:
            cron.check(settings["cron_schedule"])
        except cron.ScheduleError as failure:
            raise RestError(400, str(failure)) from failure
    problem = condition_problem(settings)
    if problem:
        raise RestError(400, problem)
    for name, pattern in _FORMS.items():
        if settings.get(name, "").strip() and not re.fullmatch(pattern, settings[name].strip()):
            raise RestError(400, f"Invalid value '{settings[name]}' for argument '{name}'.")
    if settings.get("schedule_window", "").strip() and settings.get("cron_schedule", "").strip():
        try:
            Saved("", "", "", settings).window(call.stage.now(), chosen=True)
        except cron.ScheduleError as failure:
            raise RestError(400, str(failure)) from failure
    _check_times(call, settings)
    per_result = not boolean(settings.get("alert.digest_mode"), True) and boolean(settings.get("alert.suppress"))
    if per_result and not settings.get("alert.suppress.fields", "").strip():
        raise RestError(400, "alert.suppress.fields is required to suppress an alert that fires per result.")
    if boolean(settings.get("is_scheduled")) or boolean(settings.get("enableSched")):
        call.need("schedule_search")
    if settings.get("search") is not None and not settings["search"].strip():
        raise RestError(400, "The search of a saved search must not be empty.")


def _check_times(call: Call, settings: Mapping[str, str]) -> None:
    """Raises SplError for a bound of the search's range that is no time; real-time bounds are refused when it runs."""
    from understudy.spl.times import parse_modifier

    for name in ("dispatch.earliest_time", "dispatch.latest_time"):
        text = settings.get(name, "").strip()
        if text and not text.startswith("rt"):
            parse_modifier(text, call.stage.now(), call.stage.zone(call.user))


SEARCHES = Objects("savedsearches", PATH, _content, ("search",), LINKS, _check)


def listed(call: Call) -> Response:
    _rename(call)
    return SEARCHES.listed(call)


def one(call: Call) -> Response:
    """As of every object; with a search that is deleted go the alerts that it has fired."""
    _rename(call)
    gone = _saved(call) if call.method == "DELETE" else None
    answer = SEARCHES.one(call)
    if gone is not None:
        call.stage.ledger.forget_search(gone.app, gone.owner, gone.name)
    return answer


_REST_NAMES = {
    "is_scheduled": "enableSched",
    "alert_type": "counttype",
    "alert_comparator": "relation",
    "alert_threshold": "quantity",
}
"""Arguments of REST that savedsearches.conf calls otherwise."""


def _rename(call: Call) -> None:
    call.form = [(_REST_NAMES.get(name, name), value) for name, value in call.form]
    if call.method == "POST":
        call.query = [(_REST_NAMES.get(name, name), value) for name, value in call.query]


def _saved(call: Call) -> Saved:
    return Saved.of(SEARCHES.find(call, call.parts["name"]))


def dispatch(call: Call) -> Response:
    """Runs the search now: as its owner or as the caller (dispatchAs). `args.x` fills `$args.x$`."""
    saved = _saved(call)
    if saved.disabled:
        raise RestError(400, f"The saved search '{saved.name}' is disabled.")
    call.need("search")
    if call.given("dispatch.now") and not re.fullmatch(r"\d{1,11}(\.\d+)?", call.text("dispatch.now")):
        raise RestError(400, f"Invalid value '{call.text('dispatch.now')}' for argument 'dispatch.now'.")
    _check_times(call, dict((*call.query, *call.form)))
    text = saved.search
    for name, value in (*call.query, *call.form):
        if name.startswith("args."):
            text = text.replace(f"${name}$", value)
    job = call.stage.search_schedule.dispatch(
        saved,
        caller=call.user,
        search=text,
        earliest=call.text("dispatch.earliest_time") if call.given("dispatch.earliest_time") else None,
        latest=call.text("dispatch.latest_time") if call.given("dispatch.latest_time") else None,
        moment=float(call.text("dispatch.now")) if call.text("dispatch.now") else None,
        trigger=call.boolean("trigger_actions"),
    )
    return created(call, job.sid)


def history(call: Call) -> Response:
    saved = _saved(call)
    jobs = [
        job
        for job in call.stage.jobs.listed(call.access)
        if job.request.saved_search == saved.name and job.request.app == saved.app
    ]
    if call.given("savedsearch") and call.text("savedsearch") not in (saved.name, ""):
        jobs = []
    return listing.page(
        call, f"{PATH}/{saved.name}/history", [replace(job_documents.entry(call, job), title="") for job in jobs]
    )


def scheduled_times(call: Call) -> Response:
    """Returns the times the search will run between earliest_time and latest_time, at most 1,000."""
    from understudy.spl.times import parse_modifier

    saved = _saved(call)
    now, zone = call.stage.now(), call.stage.zone(call.user)
    start = parse_modifier(call.text("earliest_time", "now") or "now", now, zone)
    end = parse_modifier(call.text("latest_time", "+1h") or "+1h", now, zone)
    times: list[int] = []
    at = start
    while saved.scheduled and len(times) < 1000:
        at = cron.following(saved.cron, at)
        if at > end:
            break
        times.append(int(at))
    item = SEARCHES.find(call, saved.name)
    content = {**_content(call, item), "scheduled_times": times}
    return replies.entry(call, PATH, Entry(saved.name, content, item.acl, LINKS))


def suppress(call: Call) -> Response:
    """Tells whether the alert is kept quiet; POST keeps it quiet for `expiration` seconds more (a period), 0 ends it.

    With alert.suppress.fields, `key` is the combination of values that is meant; without it, POST means all of them.
    """
    saved = _saved(call)
    if call.method == "POST":
        SEARCHES.may_change(call, SEARCHES.find(call, saved.name))
        _keep_quiet(call, saved)
    left = max(0.0, call.stage.ledger.longest_quiet(saved.suppress_name) - call.stage.now())
    content = {"suppressed": left > 0, "expiration": int(left), "suppressionKey": saved.key}
    item = SEARCHES.find(call, saved.name)
    return replies.entry(call, PATH, Entry(saved.name, content, item.acl))


def _keep_quiet(call: Call, saved: Saved) -> None:
    text = call.required("expiration").strip()
    if not re.fullmatch(r"\d{1,9}[smhd]?", text):
        raise RestError(400, f"Invalid value '{text}' for argument 'expiration': a number of seconds, or 5m, 2h, 1d.")
    left = seconds(text, 0.0)
    if left <= 0:
        call.stage.ledger.acknowledge(saved.suppress_name)
    else:
        call.stage.ledger.keep_quiet(saved.suppress_name, call.text("key"), call.stage.now() + left)


def reschedule(call: Call) -> Response:
    """Makes the search due at `schedule_time`, at the next look without one: times before it do not run any more."""
    from understudy.spl.times import parse_modifier

    saved = _saved(call)
    SEARCHES.may_change(call, SEARCHES.find(call, saved.name))
    now = call.stage.now()
    text = call.text("schedule_time") or "now"
    moment = parse_modifier(text, now, call.stage.zone(call.user))
    if not saved.scheduled:
        raise RestError(400, f"The saved search '{saved.name}' is not scheduled.")
    if moment > now:
        raise RestError(400, "The stand-in reschedules a search to now or a time that has passed only.")
    call.stage.ledger.ran(KIND, saved.key, cron.latest(saved.cron, moment) - 1)
    return replies.entry(call, PATH, SEARCHES.entry(call, SEARCHES.find(call, saved.name)))


def acknowledge(call: Call) -> Response:
    saved = _saved(call)
    item = SEARCHES.find(call, saved.name)
    SEARCHES.may_change(call, item)
    call.stage.ledger.acknowledge(saved.suppress_name)
    return replies.entry(call, PATH, SEARCHES.entry(call, item))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("GET", "POST"), PATH + "/{name}/acl", SEARCHES.acl),
    Route(("POST",), PATH + "/{name}/enable", SEARCHES.switch),
    Route(("POST",), PATH + "/{name}/disable", SEARCHES.switch),
    Route(("POST",), PATH + "/{name}/dispatch", dispatch),
    Route(("GET",), PATH + "/{name}/history", history),
    Route(("GET",), PATH + "/{name}/scheduled_times", scheduled_times),
    Route(("GET", "POST"), PATH + "/{name}/suppress", suppress),
    Route(("POST",), PATH + "/{name}/acknowledge", acknowledge),
    Route(("POST",), PATH + "/{name}/reschedule", reschedule),
]
