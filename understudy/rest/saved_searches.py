"""saved/searches: objects of savedsearches.conf, their dispatch, history, next times, suppression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from understudy.conf import Entry as Stanza
from understudy.conf import boolean
from understudy.rest import job_documents, listing, replies
from understudy.rest.call import Call, RestError
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.rest.search_jobs import created
from understudy.schedule import cron
from understudy.schedule.saved import Saved

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
    defaults = {
        "alert.digest_mode": "1",
        "alert.expires": "24h",
        "alert.severity": "3",
        "alert.suppress": "0",
        "alert.track": "0",
        "alert_comparator": "",
        "alert_threshold": "",
        "alert_type": "always",
        "cron_schedule": "",
        "description": "",
        "dispatch.earliest_time": "",
        "dispatch.latest_time": "",
        "dispatch.ttl": "2p",
        "dispatchAs": "owner",
    }
    return {
        **defaults,
        **item.settings,
        "actions": ",".join(saved.actions),
        "disabled": saved.disabled,
        "is_scheduled": saved.scheduled,
        "is_visible": boolean(item.settings.get("is_visible"), True),
        "next_scheduled_time": next_time,
        "qualifiedSearch": saved.search if saved.search.lstrip().startswith("|") else f"search {saved.search}",
        "eai:appName": item.acl.app,
        "eai:userName": call.user,
    }


def _check(call: Call, settings: Mapping[str, str]) -> None:
    if "cron_schedule" in settings and settings["cron_schedule"].strip():
        try:
            cron.check(settings["cron_schedule"])
        except cron.ScheduleError as failure:
            raise RestError(400, str(failure)) from failure
    if boolean(settings.get("is_scheduled")) or boolean(settings.get("enableSched")):
        call.need("schedule_search")
    if settings.get("search") is not None and not settings["search"].strip():
        raise RestError(400, "The search of a saved search must not be empty.")


SEARCHES = Objects("savedsearches", PATH, _content, ("search",), LINKS, _check)


def listed(call: Call) -> Response:
    _rename(call)
    return SEARCHES.listed(call)


def one(call: Call) -> Response:
    _rename(call)
    return SEARCHES.one(call)


def _rename(call: Call) -> None:
    """The REST argument is_scheduled is the conf key enableSched."""
    call.form = [("enableSched" if name == "is_scheduled" else name, value) for name, value in call.form]


def _saved(call: Call) -> Saved:
    return Saved.of(SEARCHES.find(call, call.parts["name"]))


def dispatch(call: Call) -> Response:
    """Runs the search now: as its owner or as the caller (dispatchAs). `args.x` fills `$args.x$`."""
    saved = _saved(call)
    if saved.disabled:
        raise RestError(400, f"The saved search '{saved.name}' is disabled.")
    call.need("search")
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
        moment=float(call.text("dispatch.now")) if call.text("dispatch.now").isdigit() else None,
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
    saved = _saved(call)
    left = max(0.0, call.stage.ledger.longest_quiet(saved.key) - call.stage.now())
    content = {"suppressed": left > 0, "expiration": int(left), "suppressionKey": saved.key}
    item = SEARCHES.find(call, saved.name)
    return replies.entry(call, PATH, Entry(saved.name, content, item.acl))


def acknowledge(call: Call) -> Response:
    saved = _saved(call)
    item = SEARCHES.find(call, saved.name)
    SEARCHES.may_change(call, item)
    call.stage.ledger.acknowledge(saved.key)
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
    Route(("GET",), PATH + "/{name}/suppress", suppress),
    Route(("POST",), PATH + "/{name}/acknowledge", acknowledge),
]
