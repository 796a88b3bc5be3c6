"""authorization/roles, capabilities and grantable capabilities: authorize.conf as splunkd shows it."""

from __future__ import annotations

import re
from datetime import UTC

from starlette.responses import Response

from understudy.access import roles as room
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

PATH = "authorization/roles"
_LISTS = {
    "imported_roles": "importRoles",
    "srchIndexesAllowed": "srchIndexesAllowed",
    "srchIndexesDefault": "srchIndexesDefault",
    "srchIndexesDisallowed": "srchIndexesDisallowed",
}
_TEXTS = (
    "srchFilter",
    "srchTimeWin",
    "srchTimeEarliest",
    "srchJobsQuota",
    "rtSrchJobsQuota",
    "srchDiskQuota",
    "cumulativeSrchJobsQuota",
    "cumulativeRTSrchJobsQuota",
    "defaultApp",
)
_DEFAULTS = {
    **{key: room.QUOTA_DEFAULTS[key] for key in ("srchJobsQuota", "rtSrchJobsQuota", "srchDiskQuota")},
    "cumulativeSrchJobsQuota": 50,
    "cumulativeRTSrchJobsQuota": 100,
}


def _entry(call: Call, name: str) -> Entry:
    role = room.load(call.stage.conf, name)
    stanza = call.stage.conf.stanzas("authorize").get(room.PREFIX + name, {})
    own = {key for key, value in stanza.items() if value.strip().lower() == "enabled"} - room.NOT_CAPABILITIES
    everything = role.capabilities if role else frozenset()
    parents = [found for parent in (role.imported if role else ()) if (found := room.load(call.stage.conf, parent))]
    inherited = room.combine(name, {}, parents)
    content = {
        "capabilities": sorted(own),
        "imported_capabilities": sorted(everything - own),
        "imported_roles": list(room.split_list(stanza.get("importRoles"))),
        "srchIndexesAllowed": list(room.split_list(stanza.get("srchIndexesAllowed"))),
        "srchIndexesDefault": list(room.split_list(stanza.get("srchIndexesDefault"))),
        "srchIndexesDisallowed": list(room.split_list(stanza.get("srchIndexesDisallowed"))),
        "srchFilter": stanza.get("srchFilter", ""),
        "srchTimeWin": room.integer(stanza.get("srchTimeWin"), -1),
        "srchTimeEarliest": room.integer(stanza.get("srchTimeEarliest"), -1),
        **{key: room.integer(stanza.get(key), _DEFAULTS[key]) for key in _DEFAULTS},
        "imported_srchIndexesAllowed": list(inherited.allowed),
        "imported_srchIndexesDefault": list(inherited.default),
        "imported_srchIndexesDisallowed": list(inherited.disallowed),
        "imported_srchFilter": " OR ".join(f"({text})" for text in inherited.selecting),
        "imported_srchTimeWin": inherited.time_window,
        "imported_srchTimeEarliest": inherited.earliest_window,
        **{
            f"imported_{key}": room.widest_quota(parent.quotas[key] for parent in parents)
            for key in ("srchJobsQuota", "rtSrchJobsQuota", "srchDiskQuota")
        },
        "defaultApp": stanza.get("defaultApp", ""),
    }
    return Entry(name, content, links=("edit", "remove"), path=PATH, may_write=call.access.may("edit_roles"))


def _names(call: Call) -> list[str]:
    found = room.names(call.stage.conf)
    if call.access.may("list_all_roles") or call.access.may("edit_roles"):
        return found
    return [name for name in found if name in call.access.roles]


def _settings(call: Call) -> dict[str, str]:
    """Returns the settings of the request. Raises RestError 400 for an unknown role, capability, argument or number."""
    known = room.capabilities_known(call.stage.conf)
    for name in call.settings(*_LISTS, *_TEXTS, "capabilities"):
        raise RestError(400, f"Argument '{name}' is not supported by this handler.")
    found: dict[str, str] = {}
    for argument, key in _LISTS.items():
        if call.given(argument):
            found[key] = ";".join(part for text in call.values(argument) for part in text.split(",") if part)
    for parent in room.split_list(found.get("importRoles")):
        if parent not in room.names(call.stage.conf):
            raise RestError(400, f"The role '{parent}' does not exist.")
    for name in _TEXTS:
        if call.given(name):
            found[name] = call.text(name)
            if name not in ("srchFilter", "defaultApp") and not re.fullmatch(r"-?\d{1,9}", found[name].strip()):
                raise RestError(
                    400, f"Invalid value '{found[name]}' for argument '{name}': a whole number is expected."
                )
    if found.get("srchFilter", "").strip() not in ("", "*"):
        check_filter(found["srchFilter"])
    for text in call.values("capabilities"):
        for part in text.split(","):
            if part and part not in known:
                raise RestError(400, f"The capability '{part}' does not exist.")
            if part:
                found[part] = "enabled"
    if any("\n" in value or "\r" in value for value in found.values()):
        raise RestError(400, "The value of an argument has a line break.")
    return found


def check_filter(text: str) -> None:
    """Raises SplError for a search filter that is no search expression."""
    from understudy.spl.search_expression import parse

    parse(text, 0, 0.0, UTC)


def listed(call: Call) -> Response:
    if call.method == "POST":
        call.need("edit_roles")
        name = call.required("name")
        if name in room.names(call.stage.conf):
            raise RestError(409, f"The role '{name}' exists already.")
        if not all(mark.isalnum() or mark in "_-." for mark in name) or name != name.lower():
            raise RestError(400, f"'{name}' is not a valid role name: lower case letters, digits, _ and - only.")
        call.stage.conf.write("authorize", room.PREFIX + name, _settings(call), "system")
        return replies.entry(call, PATH, _entry(call, name), 201)
    return listing.page(call, PATH, [_entry(call, name) for name in _names(call)], links=("create",))


def one(call: Call) -> Response:
    name = call.parts["name"]
    if name not in _names(call):
        raise missing(name)
    if call.method == "DELETE":
        call.need("edit_roles")
        if name in call.access.roles:
            raise RestError(400, f"You hold the role '{name}' and cannot delete it.")
        call.stage.conf.delete("authorize", room.PREFIX + name, "system")
        return listing.page(call, PATH, [_entry(call, item) for item in _names(call)])
    if call.method == "POST":
        call.need("edit_roles")
        settings = _settings(call)
        if call.given("capabilities"):
            old = call.stage.conf.stanzas("authorize").get(room.PREFIX + name, {})
            for key, value in old.items():
                if value == "enabled" and key not in settings and key not in room.NOT_CAPABILITIES:
                    settings[key] = "disabled"
        call.stage.conf.write("authorize", room.PREFIX + name, settings, "system")
    return replies.entry(call, PATH, _entry(call, name))


def capabilities(call: Call) -> Response:
    path = "authorization/capabilities"
    found = sorted(room.capabilities_known(call.stage.conf))
    return replies.entry(call, path, Entry("capabilities", {"capabilities": found}))


def grantable(call: Call) -> Response:
    """Returns what the caller may grant: the own capabilities, with edit_roles_grantable; else all that exist."""
    path = "authorization/grantable_capabilities"
    call.need("edit_roles", "edit_roles_grantable")
    found = room.capabilities_known(call.stage.conf)
    if not call.access.may("edit_roles"):
        found &= call.access.capabilities or frozenset()
    return replies.entry(call, path, Entry("capabilities", {"capabilities": sorted(found)}))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("GET",), "authorization/capabilities", capabilities),
    Route(("GET",), "authorization/capabilities/{name}", capabilities),
    Route(("GET",), "authorization/grantable_capabilities", grantable),
    Route(("GET",), "authorization/grantable_capabilities/{name}", grantable),
]
