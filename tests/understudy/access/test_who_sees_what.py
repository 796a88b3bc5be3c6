"""The table of who sees what: every role on every surface, for every kind of index, object and job.

The expectations are who_sees_what.yml. Each cell that must be empty has its positive control: the same surface, asked
by a user whom the table lets see, must show the object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.read_yaml import read_yaml
from tests.understudy.access.world import INDEXES, KINDS, OBJECTS, SOURCES, USERS, document, make_world, rest, values_of
from understudy.jobs.job import Job, Request
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.stage import Stage

TABLE: dict[str, Any] = read_yaml(Path(__file__).with_name("who_sees_what.yml"))
EVERYBODY = ("admin", *USERS)
NAMES = [*OBJECTS["a"], *OBJECTS["b"], "mine"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    home: Path = tmp_path_factory.mktemp("who") / "home"
    home.mkdir()
    with make_world(home) as stage:
        yield stage


def rows(stage: Stage, user: str, spl: str) -> list[dict[str, Any]]:
    return list(engine.run(spl, stage.context(user, "a")).rows)


def not_allowed(error: SplError) -> bool:
    """Returns False; raises what is no refusal. What may not be read looks absent."""
    if not any(text in str(error) for text in ("not found", "no permission", "may not")):
        raise error
    return False


# Events

LITERAL = "source\n" + "\n".join(SOURCES)
SEARCHES: dict[str, str] = {
    "search": "search index={index} | table source",
    "search-or": "search (index={index} OR nosuchword) needle | table source",
    "search-in": "search index IN ({index}, nowhere) | table source",
    "search-term-or-index": "search index={index} (needle OR index=*) | table source",
    "search-not": "search index={index} NOT source=nowhere | table source",
    "search-wildcard": 'search index=* OR index=_* | where index="{index}" | table source',
    "tstats": "| tstats count where index={index} by source",
    "tstats-wildcard": '| tstats count where index=* OR index=_* by source index | where index="{index}"',
    "tstats-values": "| tstats values(source) as source where index={index}",
    "metadata": "| metadata type=sources index={index}",
    "subsearch": '| makeresults format=csv data="{literal}" | search [search index={index} | fields source]',
    "append": "| makeresults | append [search index={index} | table source] | table source",
    "append-tstats": "| makeresults | append [tstats count where index={index} by source] | table source",
    "appendcols": "| makeresults count=9 | appendcols [search index={index} | table source] | table source",
    "appendpipe": "| makeresults | appendpipe [append [search index={index} | table source]] | table source",
    "join": "| makeresults | eval k=1 | join type=left max=0 k [search index={index} | eval k=1 | table k source]",
    "union": "| union [search index={index} | table source] [| makeresults | fields _time] | table source",
    "multisearch": "| multisearch [search index={index}] [search index={index} nosuchword] | table source",
    "map": '| makeresults | map search="search index={index} | table source"',
    "map-subsearch": "| makeresults | map [search index={index} | table source]",
    "macro": "| makeresults | append [search `look({index})` | table source] | table source",
    "eventtype": "search eventtype=in_{index} | table source",
    "savedsearch": '| savedsearch by_name i="{index}"',
    "foreach-eval": "search index={index} | foreach source [eval copy='<<FIELD>>'] | eval source=copy | table source",
}


def oneshot(stage: Stage, user: str, index: str, path: str, **more: str) -> set[str]:
    answer = rest(stage, user, "POST", path, search=f"search index={index} | table source", **more, output_mode="json")
    assert answer.status_code == 200, bytes(answer.body)
    return values_of(document(answer)["results"], "source")


def loadjob(stage: Stage, user: str, index: str) -> set[str]:
    job = stage.jobs.dispatch(Request(f"search index={index} | table source", user, "a"), wait=True)
    found = values_of(rows(stage, user, f"| loadjob {job.sid}"), "source")
    stage.jobs.delete(job)
    return found


def results_search(stage: Stage, user: str, index: str) -> set[str]:
    """A search over the results of a job that admin shares: its subsearches have the rights of the one who asks."""
    job = stage.jobs.dispatch(Request("| makeresults", "admin", "a"), wait=True)
    job.read = ("*",)
    text = f"append [search index={index} | table source] | table source"
    answer = rest(stage, user, "POST", f"search/v2/jobs/{job.sid}/results", search=text)
    assert answer.status_code == 200, bytes(answer.body)
    stage.jobs.delete(job)
    return values_of(document(answer)["results"], "source")


def dispatched(stage: Stage, user: str, index: str, name: str) -> set[str]:
    answer = rest(stage, user, "POST", f"saved/searches/{name}/dispatch", **{"args.i": index})
    assert answer.status_code == 201, bytes(answer.body)
    sid = document(answer)["sid"]
    job = stage.jobs.get(sid, stage.access(user))
    assert job is not None
    assert job.ended.wait(120)
    found = values_of(stage.jobs.rows(job), "source")
    stage.jobs.delete(job)
    return found


CALLS: dict[str, Callable[[Stage, str, str], set[str]]] = {
    "oneshot": lambda stage, user, index: oneshot(stage, user, index, "search/jobs", exec_mode="oneshot"),
    "oneshot-v2": lambda stage, user, index: oneshot(stage, user, index, "search/v2/jobs", exec_mode="oneshot"),
    "loadjob": loadjob,
    "results-search": results_search,
    "dispatch-as-user": lambda stage, user, index: dispatched(stage, user, index, "as_user"),
}


def events_seen(stage: Stage, surface: str, user: str, index: str) -> set[str]:
    if surface in CALLS:
        return CALLS[surface](stage, user, index)
    return values_of(rows(stage, user, SEARCHES[surface].format(index=index, literal=LITERAL)), "source")


def events_expected(user: str, index: str) -> set[str]:
    kinds = TABLE["events"][user].get(index, "")
    return {f"{index}-{kind}" for kind in (KINDS if kinds == "all" else kinds.split())}


@cache
def shown_to_admin(stage: Stage, surface: str, index: str) -> bool:
    return events_seen(stage, surface, "admin", index) == events_expected("admin", index)


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize("surface", [*SEARCHES, *CALLS])
def test_events(world: Stage, surface: str, user: str) -> None:
    found = {index: events_seen(world, surface, user, index) for index in INDEXES}
    assert found == {index: events_expected(user, index) for index in INDEXES}
    if user != "admin":
        for index in (index for index in INDEXES if not found[index]):
            assert shown_to_admin(world, surface, index)


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize(
    "spl",
    [
        pytest.param("search needle | stats values(index) as index", id="search"),
        pytest.param("| tstats values(index) as index", id="tstats"),
        pytest.param("| tstats values(index) as index where source=*", id="tstats-where"),
        pytest.param("| makeresults | append [search needle | stats count by index] | table index", id="append"),
        pytest.param('| makeresults | map search="search needle | table index"', id="map"),
        pytest.param('| metadata type=sources | rex field=source "(?<index>.+)-"', id="metadata"),
    ],
)
def test_default_indexes(world: Stage, spl: str, user: str) -> None:
    assert values_of(rows(world, user, spl), "index") == set(TABLE["default"][user])


@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("user", EVERYBODY)
def test_search_dispatched_as_owner_has_the_rights_of_the_owner(world: Stage, user: str, index: str) -> None:
    assert dispatched(world, user, index, "as_owner") == events_expected("admin", index)


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize(
    "surface",
    [
        pytest.param(
            lambda s, u: values_of(rows(s, u, "| eventcount summarize=false index=* index=_*"), "index"),
            id="eventcount",
        ),
        pytest.param(
            lambda s, u: {e["name"] for e in document(rest(s, u, "GET", "data/indexes"))["entry"]}, id="data-indexes"
        ),
        pytest.param(lambda s, u: values_of(rows(s, u, "| rest /services/data/indexes"), "title"), id="rest-command"),
    ],
)
def test_indexes_are_listed_where_they_may_be_searched(
    world: Stage, surface: Callable[[Stage, str], set[str]], user: str
) -> None:
    expected = set(TABLE["events"][user])
    assert surface(world, user) & set(INDEXES) == expected


# Objects

FUNCTION = '| makeresults | eval x=lookup("{0}.csv", json_object("v","{0}"), json_array("v")) | where isnotnull(x)'
READS: dict[str, Callable[[Stage, str, str], set[str]]] = {
    "inputlookup-definition": lambda s, u, n: values_of(rows(s, u, f"| inputlookup t_{n}"), "v"),
    "inputlookup-file": lambda s, u, n: values_of(rows(s, u, f"| inputlookup {n}.csv"), "v"),
    "inputlookup-append": lambda s, u, n: values_of(rows(s, u, f"| makeresults | inputlookup append=t {n}.csv"), "v"),
    "lookup": lambda s, u, n: values_of(
        rows(s, u, f'| makeresults | eval k="{n}" | lookup t_{n} v AS k OUTPUT v'), "v"
    ),
    "lookup-function": lambda s, u, n: values_of(rows(s, u, FUNCTION.format(n)), "x") and {n},
    "macro": lambda s, u, n: values_of(rows(s, u, f"| makeresults | `m_{n}`"), "v"),
    "savedsearch": lambda s, u, n: values_of(rows(s, u, f"| savedsearch s_{n}"), "v"),
    "map-saved": lambda s, u, n: values_of(rows(s, u, f"| makeresults | map s_{n}"), "v"),
    "eventtype": lambda s, u, n: values_of(rows(s, u, f'| makeresults | eval v="{n}" | search eventtype=e_{n}'), "v"),
    "view": lambda s, u, n: listed_one(s, u, f"data/ui/views/v_{n}", n),
    "view-list": lambda s, u, n: listed(s, u, "data/ui/views", n, "v_"),
    "saved-search": lambda s, u, n: listed_one(s, u, f"saved/searches/s_{n}", n),
    "saved-search-list": lambda s, u, n: listed(s, u, "saved/searches", n, "s_"),
    "macro-object": lambda s, u, n: listed_one(s, u, f"admin/macros/m_{n}", n),
    "macro-conf": lambda s, u, n: listed_one(s, u, f"configs/conf-macros/m_{n}", n),
    "event-type-object": lambda s, u, n: listed_one(s, u, f"saved/eventtypes/e_{n}", n),
    "lookup-object": lambda s, u, n: listed_one(s, u, f"data/transforms/lookups/t_{n}", n),
    "rest-command": lambda s, u, n: (
        {n} & {t[2:] for t in values_of(rows(s, u, f"| rest /servicesNS/{u}/a/saved/searches"), "title")}
    ),
}
COLLECTIONS: dict[str, Callable[[Stage, str, str], set[str]]] = {
    "kv-inputlookup": lambda s, u, n: values_of(rows(s, u, f"| inputlookup t_k_{n}"), "v"),
    "kv-lookup": lambda s, u, n: values_of(
        rows(s, u, f'| makeresults | eval k="{n}" | lookup t_k_{n} v AS k OUTPUT v'), "v"
    ),
    "kv-data": lambda s, u, n: kv_read(s, u, n, "GET", ""),
    "kv-key": lambda s, u, n: kv_read(s, u, n, "GET", "/1"),
    "kv-batch-find": lambda s, u, n: kv_read(s, u, n, "POST", "/batch_find", [{"query": {"v": n}}]),
    "kv-config": lambda s, u, n: listed_one(s, u, f"storage/collections/config/k_{n}", n),
}


def listed_one(stage: Stage, user: str, path: str, name: str) -> set[str]:
    answer = rest(stage, user, "GET", path, owner="nobody" if "collections" in path else user)
    assert answer.status_code in (200, 404), bytes(answer.body)
    return {name} if answer.status_code == 200 else set()


def listed(stage: Stage, user: str, path: str, name: str, prefix: str) -> set[str]:
    answer = rest(stage, user, "GET", path, owner=user)
    return {name} & {item["name"].removeprefix(prefix) for item in document(answer)["entry"]}


def kv_read(stage: Stage, user: str, name: str, method: str, tail: str, body: Any = None) -> set[str]:
    answer = rest(stage, user, method, f"storage/collections/data/k_{name}{tail}", body)
    assert answer.status_code in (200, 404), bytes(answer.body)
    if answer.status_code == 404:
        return set()
    found = document(answer)
    while isinstance(found, list):
        found = found[0]
    return {str(found["v"])}


def seen(read: Callable[[Stage, str, str], set[str]], stage: Stage, user: str, name: str) -> bool:
    """Tells whether the surface shows the object; what may not be read must look absent, or be refused."""
    try:
        return read(stage, user, name) == {name}
    except SplError as error:
        return not_allowed(error)


@cache
def shown_to_another(stage: Stage, surface: str, name: str) -> bool:
    read = READS.get(surface) or COLLECTIONS[surface]
    return seen(read, stage, "wide" if name == "mine" else "admin", name)


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize("surface", [*READS, *COLLECTIONS])
def test_objects(world: Stage, surface: str, user: str) -> None:
    read = READS.get(surface) or COLLECTIONS[surface]
    names = NAMES if surface in READS else NAMES[:-1]
    expected = [name for name in names if name in TABLE["read"][user]]
    assert [name for name in names if seen(read, world, user, name)] == expected
    for name in (name for name in names if name not in expected):
        assert name == "kept" or shown_to_another(world, surface, name)


def test_kept_objects_are_there_for_the_users_of_their_app(world: Stage) -> None:
    found = list(world.search("| inputlookup t_kept", "north", app="b").rows)
    assert found == list(world.search("| inputlookup t_k_kept | table v", "north", app="b").rows) == [{"v": "kept"}]


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize("path", ["saved/searches/s_mine", "admin/macros/m_mine", "data/ui/views/v_mine"])
def test_private_object_is_reached_by_its_owners_name(world: Stage, path: str, user: str) -> None:
    status = rest(world, user, "GET", path, owner="wide").status_code
    assert (status == 200) == (user in ("wide", "admin"))


WRITES: dict[str, Callable[[Stage, str, str], bool]] = {
    "outputlookup-definition": lambda s, u, n: wrote(
        s, u, f'| makeresults | eval v="{n}" | table v | outputlookup t_{n}'
    ),
    "outputlookup-append": lambda s, u, n: wrote(
        s, u, f'| makeresults | eval v="{n}" | table v | outputlookup append=t t_{n}'
    ),
    "outputlookup-collection": lambda s, u, n: wrote(
        s, u, f'| makeresults | eval v="{n}", _key="1" | table _key v | outputlookup t_k_{n}'
    ),
    "kv-insert": lambda s, u, n: posted(s, u, f"storage/collections/data/k_{n}", {"v": n}),
    "kv-update": lambda s, u, n: posted(s, u, f"storage/collections/data/k_{n}/1", {"v": n}),
    "kv-batch-save": lambda s, u, n: posted(
        s, u, f"storage/collections/data/k_{n}/batch_save", [{"_key": "1", "v": n}]
    ),
    "saved-search": lambda s, u, n: posted(s, u, f"saved/searches/s_{n}", description="d"),
    "macro": lambda s, u, n: posted(s, u, f"admin/macros/m_{n}", description="d"),
    "event-type": lambda s, u, n: posted(s, u, f"saved/eventtypes/e_{n}", description="d"),
    "view": lambda s, u, n: posted(
        s, u, f"data/ui/views/v_{n}", **{"eai:data": f"<dashboard><label>{n}</label></dashboard>"}
    ),
    "saved-search-acl": lambda s, u, n: posted(
        s, u, f"saved/searches/s_{n}/acl", sharing="app" if n != "exported" else "global"
    ),
}


def wrote(stage: Stage, user: str, spl: str) -> bool:
    try:
        rows(stage, user, spl)
    except SplError as error:
        return not_allowed(error)
    return True


def posted(stage: Stage, user: str, path: str, body: Any = None, **values: str) -> bool:
    answer = rest(stage, user, "POST", path, body, **values)
    assert answer.status_code in (200, 201, 403, 404), bytes(answer.body)
    return answer.status_code < 300


@pytest.mark.parametrize("user", [*USERS, "admin"])
@pytest.mark.parametrize("surface", WRITES)
def test_changes(world: Stage, surface: str, user: str) -> None:
    names = NAMES[:-1]
    expected = [name for name in names if name in TABLE["write"][user]]
    if user == "bare" and surface.startswith("outputlookup"):
        expected = []
    assert [name for name in names if WRITES[surface](world, user, name)] == expected


# Jobs


@pytest.fixture(scope="module")
def jobs(world: Stage) -> dict[str, Job]:
    """The jobs of the table, by name; `own` is made for each user."""

    def made(name: str, **more: Any) -> Job:
        request = Request("| makeresults | table _time", "admin", "a", sid=f"job_{name}", **more)
        return world.jobs.dispatch(request, wait=True)

    found = {name: made(name) for name in ("private", "granted", "public")}
    found["granted"].read, found["public"].read = ("north",), ("*",)
    for name, search, owner, shared in (
        ("scheduled", "s_open", "nobody", True),
        ("scheduled_closed", "s_closed", "nobody", True),
    ):
        found[name] = made(name, saved_search=search, saved_search_owner=owner, scheduled=True, shared=shared)
    mine = Request(
        "| makeresults | table _time",
        "wide",
        "a",
        sid="job_scheduled_mine",
        saved_search="s_mine",
        saved_search_owner="wide",
        scheduled=True,
    )
    found["scheduled_mine"] = world.jobs.dispatch(mine, wait=True)
    for user in EVERYBODY:
        found[f"own {user}"] = world.jobs.dispatch(
            Request("| makeresults | table _time", user, "a", sid=f"own_{user}"), wait=True
        )
    return found


def answered(stage: Stage, user: str, path: str) -> bool:
    status = rest(stage, user, "GET", path).status_code
    assert status in (200, 404)
    return status == 200


JOB_READS: dict[str, Callable[[Stage, str, str], bool]] = {
    "job": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}"),
    "results": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}/results"),
    "results-v2": lambda s, u, sid: answered(s, u, f"search/v2/jobs/{sid}/results"),
    "preview": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}/results_preview"),
    "events": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}/events"),
    "summary": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}/summary"),
    "log": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}/search.log"),
    "acl": lambda s, u, sid: answered(s, u, f"search/jobs/{sid}/acl"),
    "list": lambda s, u, sid: sid in {e["content"]["sid"] for e in document(rest(s, u, "GET", "search/jobs"))["entry"]},
    "loadjob": lambda s, u, sid: loads(s, u, sid),
}


def loads(stage: Stage, user: str, sid: str) -> bool:
    try:
        return bool(rows(stage, user, f"| loadjob {sid}"))
    except SplError as error:
        return not_allowed(error)


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize("surface", JOB_READS)
def test_jobs(world: Stage, jobs: dict[str, Job], surface: str, user: str) -> None:
    names = ["own", *(name for name in jobs if not name.startswith("own "))]
    sids = {name: jobs[f"own {user}" if name == "own" else name].sid for name in names}
    found = {name for name, sid in sids.items() if JOB_READS[surface](world, user, sid)}
    assert found == set(TABLE["jobs"][user])
    assert all(JOB_READS[surface](world, "admin", sid) for sid in sids.values())


@pytest.mark.parametrize("action", ["pause", "finalize", "cancel", "setttl"])
@pytest.mark.parametrize("user", USERS)
def test_what_may_be_read_is_not_to_be_controlled(world: Stage, jobs: dict[str, Job], user: str, action: str) -> None:
    for name in ("private", "granted", "public", "scheduled"):
        answer = rest(world, user, "POST", f"search/jobs/{jobs[name].sid}/control", action=action, ttl="5")
        assert answer.status_code == (403 if name in TABLE["jobs"][user] else 404)


@pytest.mark.parametrize("user", EVERYBODY)
def test_newest_job_of_a_saved_search(world: Stage, jobs: dict[str, Job], user: str) -> None:
    for search, owner, name in (("s_open", "nobody", "scheduled"), ("s_mine", "wide", "scheduled_mine")):
        assert loads(world, user, f'savedsearch="{owner}:a:{search}"') == (name in TABLE["jobs"][user])


# Capabilities

COMMANDS = {
    "inputlookup": "| inputlookup open.csv",
    "outputlookup": "| makeresults | outputlookup no_such_lookup",
    "metadata": "| metadata type=hosts",
    "rest": "| rest /services/server/info",
    "collect": "| makeresults | collect index=own testmode=true",
    "sendalert": "| makeresults | sendalert no_such_action",
}


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize("command", COMMANDS)
def test_commands_that_ask_for_a_capability(world: Stage, command: str, user: str) -> None:
    refused = False
    try:
        rows(world, user, COMMANDS[command])
    except SplError as error:
        refused = "capability" in str(error)
    assert refused != (command in TABLE["commands"][user])
