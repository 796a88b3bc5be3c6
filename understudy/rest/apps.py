"""apps/local: the installed apps."""

from __future__ import annotations

from starlette.responses import Response

from understudy.conf import Acl, boolean
from understudy.rest import listing, replies
from understudy.rest.call import Call, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route


def entries(call: Call) -> list[Entry]:
    """Returns the apps the caller may see, with what their app.conf says."""
    found = []
    for app in call.stage.conf.apps(disabled=True):
        if not call.access.may_read(app.name, ""):
            continue
        facts = call.stage.conf.stanzas("app", app.name)
        ui, launcher, install = facts.get("ui", {}), facts.get("launcher", {}), facts.get("install", {})
        content = {
            "label": ui.get("label") or app.name,
            "version": launcher.get("version") or facts.get("id", {}).get("version", ""),
            "author": launcher.get("author", ""),
            "description": launcher.get("description", ""),
            "visible": boolean(ui.get("is_visible"), True),
            "disabled": boolean(
                install.get("state", "enabled").replace("disabled", "true").replace("enabled", "false")
            ),
            "configured": boolean(install.get("is_configured")),
            "check_for_updates": False,
            "core": app.name in ("search",),
            "state_change_requires_restart": False,
            "show_in_nav": boolean(ui.get("show_in_nav"), True),
        }
        acl = call.stage.conf.acl(app.name, "")
        found.append(
            Entry(app.name, content, Acl("system", "nobody", "app", acl.read, acl.write), ("edit",), path="apps/local")
        )
    return found


def listed(call: Call) -> Response:
    return listing.page(call, "apps/local", entries(call))


def one(call: Call) -> Response:
    name = call.parts["name"]
    item = next((entry for entry in entries(call) if entry.name == name), None)
    if item is None:
        raise missing(name)
    return replies.entry(call, "apps/local", item)


def reload(call: Call) -> Response:
    """Reads the configuration anew, as after a change of files on disk."""
    call.need("edit_local_apps", "admin_all_objects")
    call.stage.conf.reload()
    call.stage.handlers.forget()
    return listing.page(call, "apps/local", entries(call))


ROUTES = [
    Route(("GET",), "apps/local", listed),
    Route(("GET", "POST"), "apps/local/_reload", reload),
    Route(("GET",), "apps/local/{name}", one),
]
