"""A stage with every kind of object for the table of who sees what: two apps, nine users, indexes, jobs.

Each user holds the role of the same name. Events have source `<index>-plain`, `-odd` or `-old`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from tests.understudy.staging import ADMIN, PASSWORD, Clock
from understudy.rest.app import make_call, run
from understudy.stage import Stage
from understudy.storage.events import RawEvent

DAY_S = 86_400
INDEXES = ("own", "open", "shut", "barred", "main", "_internal")
KINDS = ("plain", "odd", "old")
SOURCES = [f"{index}-{kind}" for index in INDEXES for kind in KINDS]
ROLES = """
[role_north]
search = enabled
input_file = enabled
output_file = enabled
get_metadata = enabled
rest_access_server_endpoints = enabled
rest_properties_get = enabled
srchIndexesAllowed = own;open;barr*
srchIndexesDefault = own
srchIndexesDisallowed = barred;_*

[role_wide]
importRoles = user

[role_inside]
importRoles = user
srchIndexesAllowed = _*
srchIndexesDefault = _internal

[role_filtered]
importRoles = user
srchIndexesDefault = own
srchFilter = sourcetype=plain

[role_odd]
srchFilter = sourcetype=odd

[role_child]
importRoles = filtered;odd

[role_recent]
importRoles = user
srchTimeEarliest = 86400

[role_windowed]
importRoles = north
srchTimeWin = 86400

[role_bare]
search = enabled
input_file = enabled
get_metadata = enabled
rest_access_server_endpoints = enabled
"""
USERS = ("north", "wide", "inside", "filtered", "child", "recent", "windowed", "bare")
META_A = """
[]
access = read : [ * ], write : [ admin ]
[lookups/north.csv]
access = read : [ north ], write : [ north ]
[lookups/closed.csv]
access = read : [ admin ]
[transforms/t_north]
access = read : [ north ], write : [ north ]
[transforms/t_closed]
access = read : [ admin ]
[collections/k_north]
access = read : [ north ], write : [ north ]
[collections/k_closed]
access = read : [ admin ]
[views/v_north]
access = read : [ north ], write : [ north ]
[views/v_closed]
access = read : [ admin ]
[savedsearches/s_north]
access = read : [ north ], write : [ north ]
[savedsearches/s_closed]
access = read : [ admin ]
[macros/m_north]
access = read : [ north ], write : [ north ]
[macros/m_closed]
access = read : [ admin ]
[eventtypes/e_north]
access = read : [ north ], write : [ north ]
[eventtypes/e_closed]
access = read : [ admin ]
"""
META_B = """
[]
access = read : [ * ], write : [ admin ]
[lookups/exported.csv]
export = system
[collections/k_exported]
export = system
[transforms/t_k_exported]
export = system
[transforms/t_exported]
export = system
[views/v_exported]
export = system
[savedsearches/s_exported]
export = system
[macros/m_exported]
export = system
[eventtypes/e_exported]
export = system
"""
OBJECTS = {"a": ("open", "north", "closed"), "b": ("exported", "kept")}
"""app -> the names of its objects: each kind of object has one of each name."""


def stanzas(app: str) -> dict[str, str]:
    """Returns the conf files of an app: one lookup, collection, saved search, macro and event type of each name."""
    files: dict[str, list[str]] = {
        name: [] for name in ("transforms", "collections", "savedsearches", "macros", "eventtypes")
    }
    for name in OBJECTS[app]:
        files["transforms"] += [f"[t_{name}]\nfilename = {name}.csv\n"]
        files["transforms"] += [
            f"[t_k_{name}]\nexternal_type = kvstore\ncollection = k_{name}\nfields_list = _key, v\n"
        ]
        files["collections"] += [f"[k_{name}]\nfield.v = string\n"]
        files["savedsearches"] += [f'[s_{name}]\nsearch = | makeresults | eval v="{name}" | table v\n']
        files["macros"] += [f'[m_{name}]\ndefinition = eval v="{name}"\n']
        files["eventtypes"] += [f"[e_{name}]\nsearch = v={name}\n"]
    return {name: "\n".join(parts) for name, parts in files.items()}


def make_apps(home: Path) -> None:
    for app, meta in (("a", META_A), ("b", META_B)):
        folder = home / "etc" / "apps" / app
        for part in ("default/data/ui/views", "metadata", "lookups"):
            (folder / part).mkdir(parents=True)
        for name, text in stanzas(app).items():
            (folder / "default" / f"{name}.conf").write_text(text, encoding="utf-8")
        (folder / "metadata" / "default.meta").write_text(meta, encoding="utf-8")
        for name in OBJECTS[app]:
            (folder / "lookups" / f"{name}.csv").write_text(f"v\n{name}\n", encoding="utf-8")
            view = folder / "default" / "data" / "ui" / "views" / f"v_{name}.xml"
            view.write_text(f"<dashboard><label>{name}</label></dashboard>", encoding="utf-8")
    default = home / "etc" / "apps" / "a" / "default"
    (default / "authorize.conf").write_text(ROLES, encoding="utf-8")
    (default / "indexes.conf").write_text("[own]\n[open]\n[shut]\n[barred]\n", encoding="utf-8")
    found = "search index=$args.i$ | table source"
    (default / "savedsearches.conf").write_text(
        (default / "savedsearches.conf").read_text(encoding="utf-8")
        + f"\n[as_user]\nsearch = {found}\ndispatchAs = user\n"
        + f"\n[as_owner]\nsearch = {found}\ndispatchAs = owner\n"
        + "\n[by_name]\nsearch = search index=$i$ | table source\n",
        encoding="utf-8",
    )
    with (default / "macros.conf").open("a", encoding="utf-8") as macros:
        macros.write("\n[look(1)]\nargs = i\ndefinition = index=$i$\n")
    with (default / "eventtypes.conf").open("a", encoding="utf-8") as types:
        types.write("".join(f"\n[in_{index}]\nsearch = index={index}\n" for index in INDEXES))
    (home / "etc" / "apps" / "a" / "metadata" / "local.meta").write_text(
        "[savedsearches/as_owner]\nowner = admin\n[savedsearches/as_user]\nowner = admin\n", encoding="utf-8"
    )
    private = home / "etc" / "users" / "wide" / "a"
    for part in ("local/data/ui/views", "lookups"):
        (private / part).mkdir(parents=True)
    (private / "lookups" / "mine.csv").write_text("v\nmine\n", encoding="utf-8")
    (private / "local" / "data" / "ui" / "views" / "v_mine.xml").write_text(
        "<dashboard><label>mine</label></dashboard>", encoding="utf-8"
    )
    own = {
        "transforms": "[t_mine]\nfilename = mine.csv\n",
        "savedsearches": '[s_mine]\nsearch = | makeresults | eval v="mine" | table v\n',
        "macros": '[m_mine]\ndefinition = eval v="mine"\n',
        "eventtypes": "[e_mine]\nsearch = v=mine\n",
    }
    for name, text in own.items():
        (private / "local" / f"{name}.conf").write_text(text, encoding="utf-8")


def make_world(home: Path) -> Stage:
    """Returns the stage, with events, KV documents and users."""
    make_apps(home)
    clock = Clock()
    stage = Stage(home, rest_port=0, clock=clock)
    for name in (ADMIN, *USERS):
        stage.create_user(name, PASSWORD, [name], default_app="a")
    events = [
        RawEvent(
            f"needle {index} {kind}",
            index=index,
            source=f"{index}-{kind}",
            sourcetype="odd" if kind == "odd" else "plain",
            time=clock.now - (10 * DAY_S if kind == "old" else 600),
        )
        for index in INDEXES
        for kind in KINDS
    ]
    assert stage.store.ingest(events).written == len(events)
    for app, names in OBJECTS.items():
        for name in names:
            stage.kv.collection(app, f"k_{name}").insert({"_key": "1", "v": name})
    return stage


def rest(
    stage: Stage, user: str, method: str, path: str, body: Any = None, owner: str = "nobody", **values: str
) -> Response:
    """Returns the answer of an endpoint in the namespace of app `a`, as the user. A body is sent as JSON."""
    headers = {"authorization": f"Splunk {stage.session_key(user)}"}
    query = [("output_mode", "json"), ("count", "0")]
    data = b""
    if body is not None:
        headers["content-type"] = "application/json"
        data = json.dumps(body).encode()
    elif method == "POST":
        headers["content-type"] = "application/x-www-form-urlencoded"
        data = urlencode(values).encode()
    else:
        query += list(values.items())
    call = make_call(stage, method, f"/servicesNS/{owner}/a/{quote(path)}", query, data, headers, {}, "127.0.0.1")
    return run(call)


def document(response: Response) -> Any:
    """Returns the JSON of an answer."""
    return json.loads(bytes(response.body))


def values_of(rows: Any, name: str) -> set[str]:
    """Returns the values of a field over rows, multivalues taken apart."""
    found: set[str] = set()
    for row in rows:
        value: Any = row.get(name, []) if isinstance(row, Mapping) else []
        found.update(value if isinstance(value, list) else [value])
    return found
