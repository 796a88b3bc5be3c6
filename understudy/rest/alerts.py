"""alerts/fired_alerts: what fired, by saved search; alerts/alert_actions: the custom actions that apps bring."""

from __future__ import annotations

from starlette.responses import Response

from understudy.conf import Acl
from understudy.rest import listing, replies
from understudy.rest.call import Call, missing
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.rest.saved_searches import SEARCHES
from understudy.schedule.ledger import FiredAlert

PATH = "alerts/fired_alerts"
ACTIONS = Objects("alert_actions", "alerts/alert_actions")


def _visible(call: Call) -> list[FiredAlert]:
    """Returns the alerts of searches the caller may read."""
    found = []
    for alert in call.stage.ledger.fired(call.stage.now()):
        private = alert.owner == call.user or call.access.may("admin_all_objects")
        if private or call.access.may_read(alert.app, "savedsearches", alert.search):
            found.append(alert)
    return found


def groups(call: Call) -> Response:
    """Returns one entry per search with its count, and `-` for all of them."""
    alerts = _visible(call)
    counts: dict[str, int] = {"-": len(alerts)} if alerts else {}
    for alert in alerts:
        counts[alert.search] = counts.get(alert.search, 0) + 1
    entries = [Entry(name, {"triggered_alert_count": count}, path=PATH) for name, count in counts.items()]
    return listing.page(call, PATH, entries)


def _entry(call: Call, alert: FiredAlert) -> Entry:
    content = {
        "savedsearch_name": alert.search,
        "sid": alert.sid,
        "actions": alert.actions,
        "alert_type": "historical",
        "severity": alert.severity,
        "digest_mode": alert.digest,
        "trigger_time": int(alert.at),
        "trigger_time_rendered": replies.iso(alert.at),
        "expiration_time_rendered": replies.iso(alert.expires),
        "triggered_alerts": alert.count,
    }
    acl = Acl(alert.app, alert.owner, "app", ("*",), ("admin",))
    return Entry(str(alert.id), content, acl, ("remove",), alert.at, PATH, True)


def group(call: Call) -> Response:
    name = call.parts["name"]
    alerts = _visible(call)
    if call.method == "DELETE":
        found = next((alert for alert in alerts if str(alert.id) == name), None)
        if found is None or not (found.owner == call.user or call.access.may("admin_all_objects")):
            raise missing(name)
        call.stage.ledger.forget(found.id)
        return replies.message(call, "The fired alert was deleted.")
    shown = [alert for alert in alerts if name in ("-", alert.search, str(alert.id))]
    if not shown and name != "-" and not any(item.name == name for item in SEARCHES.visible(call)):
        raise missing(name)
    return listing.page(call, f"{PATH}/{name}", [_entry(call, alert) for alert in shown])


ROUTES = [
    Route(("GET",), PATH, groups),
    Route(("GET", "DELETE"), PATH + "/{name}", group),
    *ACTIONS.routes(),
]
