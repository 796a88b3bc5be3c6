"""authorization/roles, capabilities and grantable capabilities: authorize.conf as splunkd shows it."""

from __future__ import annotations

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


def _entry(call: Call, name: str) -> Entry:
    role = room.load(call.stage.conf, name)
    stanza = call.stage.conf.stanzas("authorize").get(room.PREFIX + name, {})
    own = {key for key, value in stanza.items() if value.strip().lower() == "enabled"} - room.NOT_CAPABILITIES
    everything = role.capabilities if role else frozenset()
    content = {
        "capabilities": sorted(own),
        "imported_capabilities": sorted(everything - own),
        "imported_roles": list(room.split_list(stanza.get("importRoles"))),
        "srchIndexesAllowed": list(room.split_list(stanza.get("srchIndexesAllowed"))),
        "srchIndexesDefault": list(room.split_list(stanza.get("srchIndexesDefault"))),
        "srchIndexesDisallowed": list(room.split_list(stanza.get("srchIndexesDisallowed"))),
        "srchFilter": stanza.get("srchFilter", ""),
        "srchTimeWin": role.time_window if role else -1,
        "srchJobsQuota": role.quotas.get("srchJobsQuota", 0) if role else 0,
        "srchDiskQuota": role.quotas.get("srchDiskQuota", 0) if role else 0,
        "defaultApp": stanza.get("defaultApp", ""),
    }
    return Entry(name, content, links=("edit", "remove"), path=PATH, may_write=call.access.may("edit_roles"))


def _names(call: Call) -> list[str]:
    found = room.names(call.stage.conf)
    if call.access.may("list_all_roles") or call.access.may("edit_roles"):
        return found
    return [name for name in found if name in call.access.roles]


def _settings(call: Call) -> dict[str, str]:
    found: dict[str, str] = {}
    for argument, key in _LISTS.items():
        if call.given(argument):
            found[key] = ";".join(part for text in call.values(argument) for part in text.split(",") if part)
    for name in ("srchFilter", "srchTimeWin", "srchJobsQuota", "srchDiskQuota", "defaultApp"):
        if call.given(name):
            found[name] = call.text(name)
    for text in call.values("capabilities"):
        for part in text.split(","):
            if part:
                found[part] = "enabled"
    return found


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
    found: set[str] = set()
    for name in room.names(call.stage.conf):
        role = room.load(call.stage.conf, name)
        found |= role.capabilities if role else set()
    for stanza in call.stage.conf.stanzas("authorize"):
        if stanza.startswith("capability::"):
            found.add(stanza[len("capability::") :])
    path = "authorization/capabilities"
    return replies.entry(call, path, Entry("capabilities", {"capabilities": sorted(found)}))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("GET",), "authorization/capabilities", capabilities),
    Route(("GET",), "authorization/capabilities/{name}", capabilities),
]
