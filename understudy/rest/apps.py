"""apps/local: the installed apps; made empty, changed, switched and taken away, or installed from a package."""

from __future__ import annotations

import shutil
import tarfile

from starlette.responses import Response

from understudy.conf import Acl, boolean
from understudy.rest import app_packages, listing, replies
from understudy.rest.bulletins import Bulletin
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

PATH = "apps/local"
RESTART = Bulletin(
    "restart_required", "An app was deleted; splunkd asks for a restart then. Here nothing waits for it.", "warn"
)
TEMPLATES = ("barebones",)
_PLACES = {
    "label": ("ui", "label"),
    "visible": ("ui", "is_visible"),
    "author": ("launcher", "author"),
    "description": ("launcher", "description"),
    "version": ("launcher", "version"),
    "configured": ("install", "is_configured"),
    "check_for_updates": ("package", "check_for_updates"),
}
_META = "[]\naccess = read : [ * ], write : [ admin, power ]\nexport = none\n"


def entries(call: Call) -> list[Entry]:
    """Returns the apps the caller may see, with what their app.conf says."""
    found = []
    for app in call.stage.conf.apps(disabled=True):
        if not call.access.may_read(app.name, ""):
            continue
        facts: dict[str, dict[str, str]] = {}
        for layer in (app.default, app.local):
            for stanza, settings in layer.stanzas("app").items():
                facts.setdefault(stanza, {}).update(settings)
        ui, launcher, install = facts.get("ui", {}), facts.get("launcher", {}), facts.get("install", {})
        content = {
            "label": ui.get("label") or app.name,
            "version": launcher.get("version") or facts.get("id", {}).get("version", ""),
            "author": launcher.get("author", ""),
            "description": launcher.get("description", ""),
            "visible": boolean(ui.get("is_visible"), True),
            "disabled": app.disabled,
            "configured": boolean(install.get("is_configured")),
            "check_for_updates": boolean(facts.get("package", {}).get("check_for_updates")),
            "core": app.name in ("search",),
            "state_change_requires_restart": False,
            "show_in_nav": boolean(ui.get("show_in_nav"), True),
        }
        acl = call.stage.conf.acl(app.name, "")
        acl = Acl("system", "nobody", "app", acl.read, acl.write)
        may_write = call.access.may("edit_local_apps")
        links = ("edit", *(("remove",) if app.name != "search" else ()), "enable" if app.disabled else "disable")
        found.append(Entry(app.name, content, acl, links, path=PATH, may_write=may_write))
    return found


def _find(call: Call, name: str) -> Entry:
    item = next((entry for entry in entries(call) if entry.name == name), None)
    if item is None:
        raise missing(name)
    return item


def _write(call: Call, name: str) -> None:
    """Puts the given arguments into the app's local app.conf. Raises RestError 400 for one that is not known."""
    changes: dict[str, dict[str, str]] = {}
    for argument, value in call.settings(
        "template", "explicit_appname", "filename", "update", "auth", "session"
    ).items():
        if argument not in _PLACES:
            raise RestError(400, f"Argument '{argument}' is not supported by this handler.")
        if "\n" in value:
            raise RestError(400, f"The value of argument '{argument}' has a line break.")
        stanza, key = _PLACES[argument]
        changes.setdefault(stanza, {})[key] = value
    for stanza, settings in changes.items():
        call.stage.conf.write("app", stanza, settings, name)


def listed(call: Call) -> Response:
    if call.method == "POST":
        if call.boolean("filename"):
            call.need("install_apps")
            return replies.entry(call, PATH, _find(call, app_packages.install(call)), 201)
        call.need("edit_local_apps", "install_apps")
        name = call.text("explicit_appname") or call.required("name")
        if call.boolean("update"):
            raise RestError(400, "An app is updated from a package: give its path as name, with filename=true.")
        if call.text("template", "barebones") not in ("", *TEMPLATES):
            raise RestError(400, f"The template '{call.text('template')}' does not exist: {', '.join(TEMPLATES)}.")
        if not app_packages.is_valid_name(name):
            raise RestError(400, f"'{name}' is not a valid name of an app.")
        folder = call.stage.home / "etc" / "apps" / name
        if folder.exists():
            raise RestError(409, f"Unable to create a new object named '{name}'. An object with that name exists.")
        for part in ("default", "local", "metadata"):
            (folder / part).mkdir(parents=True)
        (folder / "default" / "app.conf").write_text(f"[ui]\nlabel = {name}\n", encoding="utf-8")
        (folder / "metadata" / "default.meta").write_text(_META, encoding="utf-8")
        call.stage.conf.reload()
        _write(call, name)
        return replies.entry(call, PATH, _find(call, name), 201)
    return listing.page(call, PATH, entries(call), links=("create", "_reload"))


def one(call: Call) -> Response:
    name = call.parts["name"]
    item = _find(call, name)
    if call.method != "GET":
        call.need("edit_local_apps", "admin_all_objects")
    if call.method == "POST":
        if item.content["disabled"]:
            raise RestError(400, f"The app '{name}' is disabled.")
        _write(call, name)
    elif call.method == "DELETE":
        if name == "search":
            raise RestError(400, "The app 'search' is splunkd's own and cannot be deleted.")
        shutil.rmtree(call.stage.home / "etc" / "apps" / name)
        call.stage.conf.reload()
        call.stage.handlers.forget()
        call.stage.bulletins.put(RESTART)
        return listing.page(call, PATH, entries(call))
    return replies.entry(call, PATH, _find(call, name))


def switch(call: Call) -> Response:
    call.need("edit_local_apps", "admin_all_objects")
    name = call.parts["name"]
    _find(call, name)
    if name == "search":
        raise RestError(400, "The app 'search' is splunkd's own and cannot be disabled.")
    state = "disabled" if call.path.endswith("/disable") else "enabled"
    call.stage.conf.write("app", "install", {"state": state}, name)
    call.stage.conf.reload()
    call.stage.handlers.forget()
    return replies.entry(call, PATH, _find(call, name))


def update(call: Call) -> Response:
    """Nothing is asked of the network: no app has an update here."""
    name = call.parts["name"]
    _find(call, name)
    return replies.entry(call, f"{PATH}/{name}/update", Entry(name, {}, path=PATH))


def package(call: Call) -> Response:
    """Packs an app, its local settings in it, and tells where on the server the archive lies."""
    call.need("edit_local_apps", "admin_all_objects")
    name = call.parts["name"]
    _find(call, name)
    folder = call.stage.home / "etc" / "system" / "static" / "app-packages"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{name}.spl"
    part = archive.with_suffix(".part")
    with tarfile.open(part, "w:gz") as out:
        out.add(call.stage.home / "etc" / "apps" / name, arcname=name)
    part.replace(archive)
    address = f"{call.stage.surroundings.uri}/static/app-packages/{archive.name}"
    content = {"name": name, "path": str(archive), "url": address}
    return replies.entry(call, f"{PATH}/{name}/package", Entry(name, content, path=PATH))


def unserved(call: Call) -> Response:
    _find(call, call.parts["name"])
    what = call.path.rsplit("/", 1)[-1]
    raise RestError(404, f"The stand-in does not serve '{what}' of an app.")


def templates(call: Call) -> Response:
    return listing.page(call, "apps/apptemplates", [Entry(name, {"label": name}) for name in TEMPLATES])


def reload(call: Call) -> Response:
    """Reads the configuration anew, as after a change of files on disk."""
    call.need("edit_local_apps", "admin_all_objects")
    call.stage.conf.reload()
    call.stage.handlers.forget()
    return listing.page(call, PATH, entries(call))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST"), PATH + "/_reload", reload),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("POST",), PATH + "/{name}/enable", switch),
    Route(("POST",), PATH + "/{name}/disable", switch),
    Route(("GET",), PATH + "/{name}/update", update),
    Route(("GET",), PATH + "/{name}/package", package),
    Route(("GET",), PATH + "/{name}/setup", unserved),
    Route(("GET",), "apps/apptemplates", templates),
]
