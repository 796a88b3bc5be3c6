"""Side doors of REST: nothing is read, started or changed by a way that does not ask for the right to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.understudy.rest.test_objects import Caller
from tests.understudy.staging import ADMIN, PASSWORD, Clock, make_stage
from understudy.jobs.job import Request
from understudy.stage import Stage

SECRET = "known to administrators alone"
FILES = {
    "guarded/default/app.conf": "[ui]\nlabel = Guarded\n",
    "guarded/default/parties.conf": f"[north]\nnote = {SECRET}\nregion = n\n\n[open]\nnote = all\n",
    "guarded/default/macros.conf": f'[told]\ndefinition = makeresults | eval note="{SECRET}"\n',
    "guarded/default/transforms.conf": "[hidden]\nfilename = hidden.csv\n",
    "guarded/default/savedsearches.conf": f'[kept]\nsearch = | makeresults | eval note="{SECRET}"\n',
    "guarded/metadata/default.meta": (
        "[]\naccess = read : [ * ], write : [ admin ]\nexport = system\n\n"
        "[parties/north]\naccess = read : [ admin ]\n\n"
        "[macros]\naccess = read : [ admin ]\n\n[transforms]\naccess = read : [ admin ]\n\n"
        "[savedsearches]\naccess = read : [ admin ]\n"
    ),
    "closed/default/app.conf": "[ui]\nlabel = Closed\n",
    "closed/default/parties.conf": f"[south]\nnote = {SECRET}\n",
    "closed/metadata/default.meta": "[]\naccess = read : [ admin ], write : [ admin ]\nexport = none\n",
    "beside/default/app.conf": "[ui]\nlabel = Beside\n",
    "beside/metadata/default.meta": "[]\naccess = read : [ * ], write : [ power ]\nexport = none\n",
}


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Stage]:
    home = tmp_path_factory.mktemp("home")
    for name, text in FILES.items():
        path = home / "etc" / "apps" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with make_stage(home, clock) as stage:
        stage.create_user("ann", PASSWORD, ["power"])
        stage.create_user("bob", PASSWORD, ["user"])
        stage.create_user("bill", PASSWORD, ["user"])
        stage.start()
        yield stage


# A stanza of the name of a protected one


@pytest.mark.parametrize("app", ["guarded", "beside"], ids=["same-app", "other-app"])
def test_private_stanza_shows_nothing_of_a_protected_one_of_its_name(guarded: Stage, app: str) -> None:
    bob, path = Caller(guarded, "bob"), f"/servicesNS/bob/{app}/configs/conf-parties"
    made = bob.post(path, name="north", own="1")
    read = bob.get(f"{path}/north")
    _, properties = bob.ask("GET", f"/servicesNS/bob/{app}/properties/parties/north")
    for shown in (made, read, properties):
        assert SECRET not in str(shown)
        assert "region" not in str(shown)
    assert (read["own"], Caller(guarded).get("/servicesNS/nobody/guarded/configs/conf-parties/north")["note"]) == (
        "1",
        SECRET,
    )
    bob.ask("DELETE", f"{path}/north")


def test_what_is_made_in_an_app_that_one_may_not_read_tells_of_itself_alone(guarded: Stage) -> None:
    bill, path = Caller(guarded, "bill"), "/servicesNS/bill/closed/configs/conf-parties"
    status, answer = bill.ask("POST", path, name="south", own="1")
    assert SECRET not in str(answer), status
    assert SECRET not in str(bill.ask("GET", f"{path}/south"))


def test_shared_stanza_of_another_app_shows_nothing_of_a_protected_one(guarded: Stage) -> None:
    ann, path = Caller(guarded, "ann"), "/servicesNS/nobody/beside/configs/conf-parties"
    ann.post(path, name="north", own="1")
    assert SECRET not in str(ann.get(f"{path}/north"))
    ann.post(f"{path}/north/acl", sharing="user", owner="ann")
    assert SECRET not in str(ann.get("/servicesNS/ann/beside/configs/conf-parties/north"))
    ann.post("/servicesNS/ann/beside/configs/conf-parties/north/acl", sharing="app", owner="ann")
    assert SECRET not in str(ann.get(f"{path}/north"))
    ann.ask("DELETE", f"{path}/north")


def test_private_stanza_still_takes_over_what_its_owner_may_read(guarded: Stage) -> None:
    bob, path = Caller(guarded, "bob"), "/servicesNS/bob/guarded/configs/conf-parties"
    bob.post(path, name="open", own="1")
    assert bob.get(f"{path}/open")["note"] == "all"
    bob.ask("DELETE", f"{path}/open")


def test_private_macro_and_search_of_a_protected_name_run_nothing_of_it(guarded: Stage) -> None:
    bob = Caller(guarded, "bob")
    bob.post("/servicesNS/bob/guarded/configs/conf-macros", name="told", description="mine")
    bob.post("/servicesNS/bob/guarded/configs/conf-savedsearches", name="kept", description="mine")
    for text in ("| `told`", "| savedsearch kept"):
        status, document = bob.ask("POST", "/servicesNS/bob/guarded/search/v2/jobs", search=text, exec_mode="oneshot")
        assert status == 400
        assert SECRET not in str(document)
    bob.ask("DELETE", "/servicesNS/bob/guarded/configs/conf-macros/told")
    bob.ask("DELETE", "/servicesNS/bob/guarded/configs/conf-savedsearches/kept")


def test_key_of_a_private_stanza_is_written_where_it_is_private(guarded: Stage) -> None:
    bob, path = Caller(guarded, "bob"), "/servicesNS/bob/guarded"
    bob.post(f"{path}/configs/conf-parties", name="open", own="1")
    assert bob.ask("POST", f"{path}/properties/parties/open/note", value="changed")[0] == 200
    assert bob.ask("POST", f"{path}/properties/parties/open", more="2")[0] == 200
    shared = Caller(guarded).get("/servicesNS/nobody/guarded/configs/conf-parties/open")
    assert (shared["note"], "more" in shared) == ("all", False)
    assert bob.get(f"{path}/configs/conf-parties/open")["note"] == "changed"
    assert bob.ask("DELETE", f"{path}/properties/parties/open")[0] == 200


# What a file's own endpoint asks for


SCHEDULE = {"enableSched": "1", "cron_schedule": "* * * * *"}


def test_no_door_schedules_without_the_capability(guarded: Stage) -> None:
    bob, conf = Caller(guarded, "bob"), "/servicesNS/bob/search/configs/conf-savedsearches"
    assert bob.refused("POST", conf, name="due", search="| makeresults", **SCHEDULE) == 403
    bob.post(conf, name="due", search="| makeresults", cron_schedule="* * * * *")
    assert bob.refused("POST", f"{conf}/due", enableSched="1") == 403
    assert bob.refused("POST", "/servicesNS/bob/search/properties/savedsearches/due", enableSched="1") == 403
    assert bob.refused("POST", "/servicesNS/bob/search/properties/savedsearches/due/enableSched", value="1") == 403
    assert "enableSched" not in Caller(guarded, "bob").get(f"{conf}/due")
    bob.ask("DELETE", f"{conf}/due")


def test_schedule_of_an_owner_without_the_capability_does_not_run(guarded: Stage, clock: Clock) -> None:
    for owner in ("ann", "bob"):
        guarded.conf.write("savedsearches", "due", {"search": "| makeresults", **SCHEDULE}, "search", owner)
    clock.now += 60
    assert [job.owner for job in guarded.run_schedules()] == ["ann"]
    log = (guarded.home / "var/log/splunkd.log").read_text(encoding="utf-8")
    assert "'bob' may not schedule searches" in log
    for owner in ("ann", "bob"):
        guarded.conf.delete("savedsearches", "due", "search", owner)


WRITTEN_BY_FEW = ("app", "authentication", "authorize", "indexes", "inputs", "restmap", "server", "web")


@pytest.mark.parametrize("conf", WRITTEN_BY_FEW)
@pytest.mark.parametrize("door", ["configs/conf-{}", "properties/{}"])
def test_who_may_write_to_an_app_may_not_write_every_file_of_it(guarded: Stage, conf: str, door: str) -> None:
    ann = Caller(guarded, "ann")
    named = {"name": "role_power", "__stanza": "role_power"}
    status, _ = ann.ask("POST", f"/servicesNS/nobody/search/{door.format(conf)}", admin_all_objects="enabled", **named)
    assert status == 403
    assert not guarded.access("ann").may("admin_all_objects")


@pytest.mark.parametrize("conf", ["authentication", "authorize", "server"])
def test_files_about_who_may_what_are_read_by_those_who_edit_them(guarded: Stage, conf: str) -> None:
    assert Caller(guarded, "bob").refused("GET", f"/services/configs/conf-{conf}") == 403
    assert Caller(guarded).ask("GET", f"/services/configs/conf-{conf}")[0] == 200


# Jobs


def test_id_of_somebody_elses_job_is_neither_told_nor_taken(guarded: Stage) -> None:
    guarded.jobs.dispatch(Request("| makeresults | eval a=1", "ann", sid="chosen"), wait=True)
    bob, path = Caller(guarded, "bob"), "/services/search/v2/jobs"
    asked = {"search": "| makeresults", "exec_mode": "blocking"}
    answers = [bob.ask("POST", path, id=name, **asked) for name in ("chosen", "free")]
    assert [status for status, _ in answers] == [201, 201]
    assert answers[0][1] == {"sid": "chosen"}
    assert len(bob.names(path, id="chosen")) == 1
    assert bob.ask("GET", f"{path}/chosen/results")[1]["results"][0].keys() == {"_time"}
    assert Caller(guarded, "ann").ask("GET", f"{path}/chosen/results")[1]["results"][0]["a"] == "1"
    assert bob.refused("POST", path, search="| makeresults", id="chosen") == 400
    assert bob.ask("DELETE", f"{path}/chosen")[0] == 200
    assert bob.refused("GET", f"{path}/chosen") == 404
    assert len(Caller(guarded, "ann").names(path, id="chosen")) == 1


@pytest.mark.parametrize("base", ["search/jobs", "search/v2/jobs"])
def test_a_get_launches_no_search(guarded: Stage, base: str) -> None:
    admin = Caller(guarded)
    writes = '| makeresults | eval _raw="by a link" | collect index=main'
    assert admin.refused("GET", f"/services/{base}/export", search=writes) == 405
    sid = guarded.jobs.dispatch(Request("| makeresults", ADMIN), wait=True).sid
    for part in ("results", "results_preview", "events"):
        assert admin.refused("GET", f"/services/{base}/{sid}/{part}", search="collect index=main") == 400
    assert guarded.search("search index=main", ADMIN).rows is not None
    assert list(guarded.search("search index=main", ADMIN).rows) == []


@pytest.mark.parametrize("path", ["auth/login", "auth/logout", "server/control/restart", "data/inputs/x/y/enable"])
def test_a_get_changes_nothing(guarded: Stage, path: str) -> None:
    assert Caller(guarded).refused("GET", f"/services/{path}", username=ADMIN, password=PASSWORD) in (404, 405)


# Roles


GRANTED_BY_NONE = (
    "delete_by_keyword", "edit_modinput", "edit_roles_grantable", "edit_script", "indexes_list_all", "list_all_roles",
    "list_all_users", "list_users", "run_walklex",
)  # fmt: skip


def test_administrators_hold_no_capability_that_splunks_lack(guarded: Stage) -> None:
    held = guarded.access(ADMIN).capabilities
    assert held is not None
    assert not held & set(GRANTED_BY_NONE)
    known = set(Caller(guarded).get("/services/authorization/capabilities")["capabilities"])
    assert {"edit_roles_grantable", "list_all_roles", "list_all_users", "run_walklex", "delete_by_keyword"} <= known
    assert not known & {"edit_modinput", "edit_script", "list_users", "indexes_list_all"}


def test_administrators_still_see_users_roles_and_indexes(guarded: Stage) -> None:
    admin = Caller(guarded)
    assert {"ann", "bob", ADMIN} <= set(admin.names("/services/authentication/users"))
    assert {"admin", "power", "can_delete"} <= set(admin.names("/services/authorization/roles"))
    assert {"main", "_internal"} <= set(admin.names("/services/data/indexes"))


# Files


def test_home_is_closed_to_other_users_of_the_machine(guarded: Stage) -> None:
    Caller(guarded, "bob").post("/servicesNS/bob/search/configs/conf-macros", name="m", definition="makeresults")
    guarded.jobs.dispatch(Request("| makeresults", ADMIN), wait=True)
    home = guarded.home
    folders = ("", "var", "var/lib/understudy", "var/run/dispatch", "var/log", "etc/users", "etc/system/local")
    assert {name: oct((home / name).stat().st_mode & 0o777) for name in folders} == dict.fromkeys(folders, "0o700")
    parts = ("var/lib", "var/log", "etc/users", "etc/system/local")
    found = [path for part in parts for path in (home / part).rglob("*")]
    files = {path.relative_to(home).as_posix(): path.stat().st_mode & 0o77 for path in found if path.is_file()}
    assert any(name.endswith("kv.sqlite") for name in files)
    # DuckDB makes its log beside the file; the folder keeps it.
    assert {name for name, mode in files.items() if mode and not name.endswith(".duckdb.wal")} == set()
