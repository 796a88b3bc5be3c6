"""search/parser, search/timeparser and its zone, data/commands: the language without a job."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.rest.search_jobs import led_by_command
from understudy.spl.errors import SplError
from understudy.spl.registry import commands

UTC_ZONE = "### SERIALIZED TIMEZONE FORMAT 1.0;Y0 NW 55 54 43;$"


def parse(call: Call) -> Response:
    """Answers the commands of a search, or 400 with the place of the mistake."""
    from understudy.spl.engine import check

    text = call.text("q")
    if not text.strip():
        raise RestError(400, "The following required arguments are missing: q.")
    try:
        context = call.stage.context(call.user, call.context_app)
        text = led_by_command(text, context)
        names = check(text, context)
    except SplError as failure:
        raise RestError(400, failure.located(text), "FATAL") from failure
    known = commands()
    found = [
        {
            "command": name,
            "rawargs": "",
            "pipeline": known[name].kind if name in known else "custom",
            "isGenerating": False,
            "isRisky": is_risky(call, name),
        }
        for name in names
    ]
    document = {"commands": found, "remoteSearch": text, "remoteTimeOrdered": True, "reportsSearch": ""}
    if call.mode == "json":
        return replies.json_reply(document)
    keys = "".join(f'<dict><key name="command">{item["command"]}</key></dict>' for item in found)
    return replies.xml_reply(f'<response><list name="commands">{keys}</list></response>')


def is_risky(call: Call, name: str) -> bool:
    """Tells whether a page that loads a search by a link should ask before it runs this command (commands.conf)."""
    own = commands()[name].risky if name in commands() else False
    return call.stage.conf.boolean("commands", name, "is_risky", own, call.context_app)


def times(call: Call) -> Response:
    """Answers each time modifier with its moment, in the caller's zone."""
    from understudy.spl.times import parse_modifier

    texts = call.values("time")
    if not texts:
        raise RestError(400, "The following required arguments are missing: time.")
    zone = call.stage.zone(call.user)
    found: dict[str, str] = {}
    for text in texts:
        if not text.strip():
            continue  # no bound, as the time picker asks for "all time"
        try:
            moment = parse_modifier(text, call.stage.now(), zone)
        except SplError as failure:
            raise RestError(400, failure.message) from failure
        form = call.text("output_time_format")
        stamp = datetime.fromtimestamp(moment, zone)
        found[text] = (
            stamp.strftime(form.replace("%Q", f"{stamp.microsecond // 1000:03d}"))
            if form
            else stamp.isoformat(timespec="milliseconds")
        )
    if call.mode == "json" or not call.given("output_mode"):
        return replies.json_reply(found)
    keys = replies.xml_value(found)
    return replies.xml_reply(f'<response xmlns:s="http://dev.splunk.com/ns/rest">{keys}</response>')


def zone(call: Call) -> Response:
    return Response(UTC_ZONE, media_type="text/plain")


def listed(call: Call) -> Response:
    entries = [
        Entry(name, {"syntax": command.syntax, "description": command.summary, "type": command.kind})
        for name, command in sorted(commands().items())
    ]
    return listing.page(call, "data/commands", entries)


def command(call: Call) -> Response:
    name = call.parts["name"]
    found = commands().get(name)
    if found is None:
        raise missing(name)
    content = {"syntax": found.syntax, "description": found.summary, "type": found.kind, "disabled": False}
    return replies.entry(call, "data/commands", Entry(name, content))


ROUTES = [
    Route(("GET", "POST"), "search/parser", parse),
    Route(("GET", "POST"), "search/v2/parser", parse),
    Route(("GET",), "search/timeparser", times),
    Route(("GET",), "search/timeparser/tz", zone),
    Route(("GET",), "data/commands", listed),
    Route(("GET",), "data/commands/{name}", command),
]
