"""data/ui: views and nav as the apps ship them (files), time ranges as times.conf or the stand-in has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import unescape

from starlette.responses import Response

from understudy.conf import Acl
from understudy.conf.files import write_atomic
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

_LABEL = re.compile(r"<label>(.*?)</label>", re.DOTALL)
_ROOT = re.compile(r"<(dashboard|form|view|nav)\b([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_PRESETS = (
    ("Last 15 minutes", "-15m", "now"),
    ("Last 60 minutes", "-60m@m", "now"),
    ("Last 4 hours", "-4h@m", "now"),
    ("Last 24 hours", "-24h@h", "now"),
    ("Last 7 days", "-7d@h", "now"),
    ("Last 30 days", "-30d@d", "now"),
    ("Today", "@d", "now"),
    ("Yesterday", "-1d@d", "@d"),
    ("Year to date", "@y", "now"),
    ("All time", "0", ""),
)


def _files(call: Call, kind: str) -> Iterator[tuple[str, Path, Acl, str | None]]:
    """Yields (name, file, acl, owner of a private one) of what the caller may read in the namespace."""
    conf, apps = call.stage.conf, call.stage.home / "etc" / "apps"
    seen: set[tuple[str, str]] = set()
    owner_shown = call.private_owner or call.user
    for app in conf.apps():
        own = call.every_app or app.name == call.context_app
        folders: list[tuple[Path, str | None]] = [
            (call.stage.home / "etc" / "users" / owner_shown / app.name / "local", owner_shown),
            (apps / app.name / "local", None),
            (apps / app.name / "default", None),
        ]
        for folder, owner in folders:
            for path in sorted((folder / "data" / "ui" / kind).glob("*.xml")):
                if (app.name, path.stem) in seen:
                    continue
                acl = conf.acl(app.name, kind, path.stem, owner)
                shared = own or acl.sharing == "global"
                if shared and call.access.may_read(app.name, kind, path.stem, owner):
                    seen.add((app.name, path.stem))
                    yield path.stem, path, acl, owner


def _entry(call: Call, kind: str, name: str, path: Path, acl: Acl) -> Entry:
    text = path.read_text(encoding="utf-8", errors="replace")
    root = _ROOT.search(text)
    attributes = dict(_ATTRIBUTE.findall(root[2])) if root else {}
    label = _LABEL.search(text)
    content = {
        "label": unescape(label[1].strip()) if label else name,
        "isDashboard": bool(root and root[1] in ("dashboard", "form")),
        "isVisible": attributes.get("isVisible", "true").lower() not in ("false", "0"),
        "rootNode": root[1] if root else "",
        "version": attributes.get("version", "1.0"),
        "type": attributes.get("type", ""),
        "eai:type": kind,
        "eai:data": text,
        "eai:digest": "",
        "eai:appName": acl.app,
        "eai:userName": call.user,
        "disabled": False,
    }
    may_write = call.access.may_write_acl(acl, kind, name)
    return Entry(
        name, content, acl, ("edit", "remove") if may_write else (), path.stat().st_mtime, f"data/ui/{kind}", may_write
    )


def listed(call: Call) -> Response:
    kind = call.parts["kind"]
    if kind not in ("views", "nav", "panels"):
        raise RestError(404, f"Not Found: the stand-in does not serve data/ui/{kind}.")
    if call.method == "POST":
        return _create(call, kind)
    entries = [_entry(call, kind, name, path, acl) for name, path, acl, _ in _files(call, kind)]
    if call.given("digest") and call.boolean("digest"):
        for item in entries:
            item.content = {key: value for key, value in item.content.items() if key != "eai:data"}
    return listing.page(call, f"data/ui/{kind}", entries, links=("create",))


def _create(call: Call, kind: str) -> Response:
    name, text = call.required("name"), call.required("eai:data")
    if _NAME.fullmatch(name) is None:
        raise RestError(400, f"'{name}' is not a valid name.")
    app, owner = call.context_app, call.write_owner or call.user
    if owner != call.user and not call.access.may("admin_all_objects"):
        raise RestError(403, "You do not have permission to write objects of another user.")
    if call.owner == "nobody":
        if not call.access.may_write(app, kind):
            raise RestError(403, f"You do not have permission to write to the app '{app}'.")
        folder = call.stage.home / "etc" / "apps" / app / "local"
    else:
        folder = call.stage.home / "etc" / "users" / owner / app / "local"
    path = folder / "data" / "ui" / kind / f"{name}.xml"
    if path.exists():
        raise RestError(409, f"An object with the name '{name}' exists already.")
    write_atomic(path, text.encode("utf-8"))
    acl = call.stage.conf.acl(app, kind, name, None if call.owner == "nobody" else owner)
    return replies.entry(call, f"data/ui/{kind}", _entry(call, kind, name, path, acl), 201)


def one(call: Call) -> Response:
    kind, wanted = call.parts["kind"], call.parts["name"]
    found = [item for item in _files(call, kind) if item[0] == wanted]
    found.sort(key=lambda item: item[2].app != call.context_app)
    if not found:
        raise missing(wanted)
    name, path, acl, owner = found[0]
    if call.method != "GET":
        if not call.access.may_write(acl.app, kind, name, owner):
            raise RestError(403, f"You do not have permission to change '{name}'.")
        if call.method == "DELETE":
            if "default" in path.parts[-6:]:
                raise RestError(403, f"'{name}' comes with its app and cannot be deleted.")
            path.unlink()
            return listing.page(call, f"data/ui/{kind}", [])
        if "default" in path.relative_to(call.stage.home).parts:
            path = call.stage.home / "etc" / "apps" / acl.app / "local" / "data" / "ui" / kind / f"{name}.xml"
        write_atomic(path, call.required("eai:data").encode("utf-8"))
    return replies.entry(call, f"data/ui/{kind}", _entry(call, kind, name, path, acl))


def time_ranges(call: Call) -> Response:
    """Returns times.conf if an app brings one, else the stand-in's presets."""
    entries = []
    for item in call.stage.conf.entries("times", call.context_app, call.user):
        facts = item.settings
        if facts.get("label"):
            content = {
                "label": facts["label"],
                "order": int(facts.get("order") or 0),
                "disabled": False,
                "earliest_time": facts.get("earliest_time", ""),
                "latest_time": facts.get("latest_time", ""),
            }
            entries.append(Entry(item.name, content, item.acl))
    if not entries:
        for order, (label, earliest, latest) in enumerate(_PRESETS):
            content = {
                "label": label,
                "order": order,
                "disabled": False,
                "earliest_time": earliest,
                "latest_time": latest,
            }
            entries.append(Entry(label.lower().replace(" ", "_"), content))
    return listing.page(call, "data/ui/times", entries)


ROUTES = [
    Route(("GET",), "data/ui/times", time_ranges),
    Route(("GET", "POST"), "data/ui/{kind}", listed),
    Route(("GET", "POST", "DELETE"), "data/ui/{kind}/{name}", one),
]
