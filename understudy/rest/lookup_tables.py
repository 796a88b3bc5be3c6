"""data/lookup-table-files: the CSV files of lookups. A new one comes from the staging folder, as with splunkd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from starlette.responses import Response

from understudy.conf import Acl
from understudy.conf.files import write_atomic
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.storage.lookup_files import FOLDER

PATH = "data/lookup-table-files"
STAGING = ("var", "run", "splunk", "lookup_tmp")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,199}\.csv(\.gz)?")


def _files(call: Call) -> Iterator[tuple[Path, Acl, str | None]]:
    """Yields the files of the namespace that the caller may read: own first, then the app's, then exported ones."""
    conf, etc = call.stage.conf, call.stage.home / "etc"
    seen: set[tuple[str, str]] = set()
    for app in conf.apps():
        own = call.every_app or app.name == call.context_app
        folders = [(etc / "users" / call.user / app.name / FOLDER, call.user), (etc / "apps" / app.name / FOLDER, None)]
        for folder, owner in folders:
            for path in sorted(folder.glob("*.csv*")) if folder.is_dir() else []:
                acl = conf.acl(app.name, FOLDER, path.name, owner)
                if (app.name, path.name) in seen or not (own or acl.sharing == "global"):
                    continue
                if call.access.may_read(app.name, FOLDER, path.name, owner):
                    seen.add((app.name, path.name))
                    yield path, acl, owner


def _entry(call: Call, path: Path, acl: Acl) -> Entry:
    content = {"eai:data": str(path), "eai:appName": acl.app, "eai:userName": call.user, "disabled": False}
    may_write = call.access.may_write_acl(acl, FOLDER, path.name)
    return Entry(
        path.name, content, acl, ("edit", "remove") if may_write else (), path.stat().st_mtime, PATH, may_write
    )


def _find(call: Call, name: str) -> tuple[Path, Acl, str | None]:
    found = [item for item in _files(call) if item[0].name == name]
    found.sort(key=lambda item: item[1].app != call.context_app)
    if not found:
        raise missing(name)
    return found[0]


def _staged(call: Call) -> bytes:
    """Returns the file that eai:data names. Raises RestError 400 for one outside the staging folder."""
    staging = call.stage.home.joinpath(*STAGING)
    source = Path(call.required("eai:data"))
    if "\0" in str(source) or not source.resolve().is_relative_to(staging.resolve()) or not source.is_file():
        raise RestError(400, f"eai:data must name a file in the lookup staging area, $SPLUNK_HOME/{'/'.join(STAGING)}.")
    return source.read_bytes()


def listed(call: Call) -> Response:
    if call.method != "POST":
        return listing.page(call, PATH, [_entry(call, path, acl) for path, acl, _ in _files(call)], links=("create",))
    name, app = call.required("name"), call.context_app
    if _NAME.fullmatch(name) is None:
        raise RestError(400, f"'{name}' is not a valid name of a lookup file: it must end in .csv or .csv.gz.")
    owner = call.write_owner if call.owner is not None else call.user
    if owner not in (None, call.user):
        call.need("admin_all_objects")
    if owner is None and not call.access.may_write(app, FOLDER):
        raise RestError(403, f"You do not have permission to write lookup files to the app '{app}'.")
    data = _staged(call)
    base = call.stage.home / "etc" / ("apps" if owner is None else f"users/{owner}") / app / FOLDER
    if (base / name).exists():
        raise RestError(409, f"Unable to create a new object named '{name}'. An object with that name already exists.")
    base.mkdir(parents=True, exist_ok=True)
    write_atomic(base / name, data)
    return replies.entry(call, PATH, _entry(call, base / name, call.stage.conf.acl(app, FOLDER, name, owner)), 201)


def one(call: Call) -> Response:
    path, acl, _ = _find(call, call.parts["name"])
    if call.method != "GET":
        if not call.access.may_write_acl(acl, FOLDER, path.name):
            raise RestError(403, f"You do not have permission to change '{path.name}'.")
        if call.method == "DELETE":
            path.unlink()
            return listing.page(call, PATH, [_entry(call, item, rights) for item, rights, _ in _files(call)])
        write_atomic(path, _staged(call))
    return replies.entry(call, PATH, _entry(call, path, acl))


def permissions(call: Call) -> Response:
    """Reads or sets who may use a file; a private one stays private."""
    path, acl, owner = _find(call, call.parts["name"])
    if call.method == "POST":
        if not call.access.may_write_acl(acl, FOLDER, path.name):
            raise RestError(403, f"You do not have permission to change '{path.name}'.")
        sharing = call.text("sharing", acl.sharing)
        if owner is not None or sharing not in ("app", "global"):
            raise RestError(400, "The stand-in moves no lookup file between a user and an app.")
        read = tuple(part.strip() for part in call.text("perms.read", ",".join(acl.read)).split(",") if part.strip())
        write = tuple(part.strip() for part in call.text("perms.write", ",".join(acl.write)).split(",") if part.strip())
        call.stage.conf.set_acl(
            acl.app, FOLDER, path.name, read=read, write=write, sharing=sharing, owner=call.text("owner", acl.owner)
        )
        path, acl, owner = _find(call, path.name)
    return replies.entry(call, PATH, _entry(call, path, acl))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
    Route(("GET", "POST"), PATH + "/{name}/acl", permissions),
]
