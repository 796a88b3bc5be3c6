"""What the official client, and programs written with it, take for granted: names, namespaces, defaults, statuses."""

from __future__ import annotations

import datetime
import json
import tarfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.rest.test_official_client import connect, rows
from tests.understudy.staging import ADMIN, PASSWORD, make_stage, until
from understudy.stage import Stage
from understudy.storage.events import RawEvent

client = pytest.importorskip("splunklib.client", reason="the shipped libraries are not built")
binding = pytest.importorskip("splunklib.binding")

SEARCH = "search index=main | head 3"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home")) as stage:
        stage.create_user("ann", PASSWORD, ["user"])
        stage.store.ingest([RawEvent(f"n={number}", index="main", time=1000.0 + number) for number in range(5)])
        stage.start()
        yield stage


@pytest.fixture(scope="module")
def service(live: Stage) -> Any:
    return connect(live)


# Searches


@pytest.mark.parametrize("text", ["nonsense", "nonsense|moreso", "index=main", "* | head 1", '"a phrase"'])
def test_search_over_rest_begins_with_a_command(service: Any, text: str) -> None:
    word = text.split("|")[0].split()[0].strip('"')
    for ask in (service.jobs.create, service.jobs.export, service.parse):
        with pytest.raises(binding.HTTPError, match="Unknown search command") as caught:
            ask(text)
        assert caught.value.status == 400
        assert word[:5] in str(caught.value)


@pytest.mark.parametrize("text", ["SEARCH index=main", "search(index=main)", "makeresults", "| makeresults", "`ours`"])
def test_command_may_lead_in_every_spelling(service: Any, text: str) -> None:
    if "ours" not in service.macros:
        service.macros.create("ours", definition="search index=main")
    assert rows(service.jobs.oneshot(text, output_mode="json"))


def test_saved_search_needs_no_command(service: Any) -> None:
    saved = service.saved_searches.create("implied", "index=main | head 2")
    job = saved.dispatch()
    until(job.is_done)
    assert job["resultCount"] == "2"
    service.saved_searches.delete("implied")


def test_touch_shows_in_the_time_of_the_last_change(service: Any) -> None:
    job = service.jobs.create(SEARCH)
    until(job.is_done)
    before = job.refresh().state.updated
    second = time.time() + 1
    until(lambda: time.time() > second)
    job.touch()
    assert job.refresh().state.updated > before


def test_pause_is_told_at_once(service: Any) -> None:
    job = service.jobs.create(SEARCH)
    until(job.is_done)
    job.pause()
    assert job.refresh()["isPaused"] == "1"
    job.unpause()
    assert (job.refresh()["isPaused"], job["dispatchState"]) == ("0", "DONE")


def test_job_shows_how_its_events_are_sorted_and_who_may_read_it(service: Any) -> None:
    job = service.jobs.create(SEARCH, exec_mode="blocking")
    assert (job.refresh()["eventSorting"], job["remoteSearch"]) == ("desc", SEARCH)
    assert (job.access.sharing, job.access.perms.read) == ("global", [ADMIN])


# Objects


def test_objects_of_one_name_are_told_apart_by_their_namespace(live: Stage) -> None:
    every = connect(live, app="-", owner="-")
    shared = client.namespace(app="search", sharing="app")
    private = client.namespace(app="search", owner=ADMIN, sharing="user")
    every.saved_searches.create("twice", SEARCH, namespace=shared)
    every.saved_searches.create("twice", SEARCH, namespace=private)
    with pytest.raises(client.AmbiguousReferenceException):
        every.saved_searches["twice"]
    for space, text in ((shared, "all"), (private, "mine")):
        every.saved_searches["twice", space].update(description=text)
    found = {item.access.sharing: item["description"] for item in every.saved_searches if item.name == "twice"}
    assert found == {"app": "all", "user": "mine"}


def test_wildcard_owner_shows_private_objects_to_administrators_alone(live: Stage) -> None:
    own = connect(live, "ann", owner="ann", app="search")
    own.saved_searches.create("anns", SEARCH)
    live.create_user("bob", PASSWORD, ["user"])
    names = {
        user: {item.name for item in connect(live, user, owner="-", app="search").saved_searches}
        for user in (ADMIN, "ann", "bob")
    }
    assert {user: "anns" in found for user, found in names.items()} == {ADMIN: True, "ann": True, "bob": False}


def test_address_of_an_object_names_its_owner_and_app(live: Stage) -> None:
    service = connect(live, owner=None, app=None)
    saved: Any = service.saved_searches.create("placed", SEARCH)
    assert saved.links["alternate"] == f"/servicesNS/{ADMIN}/search/saved/searches/placed"
    assert dict(saved.access)["perms"] is None
    saved.acl_update(sharing="app", owner=ADMIN, app="search", **{"perms.read": "admin, user"})
    assert (saved.access["sharing"], saved.access["perms"]["read"]) == ("app", ["admin", "user"])


@pytest.mark.parametrize(
    "name", ["apps", "event_types", "indexes", "macros", "messages", "roles", "saved_searches", "users"]
)
def test_form_of_a_new_object_is_there(service: Any, name: str) -> None:
    meta = getattr(service, name).itemmeta()
    assert set(meta.access) >= {"app", "owner", "sharing"}
    assert set(meta.fields) == {"optional", "required", "wildcard"}


def test_file_that_every_splunk_has_may_be_empty(live: Stage) -> None:
    service = connect(live, owner="nobody", app="search")
    assert list(service.confs["transactiontypes"]) == []
    with pytest.raises(KeyError):
        service.confs["nosuchfile"]


def test_saved_search_shows_the_defaults_of_its_settings(service: Any) -> None:
    saved = service.saved_searches.create("plain", SEARCH)
    wanted = {
        "dispatch.allow_partial_results": "1",
        "dispatch.buckets": "0",
        "dispatch.lookups": "1",
        "dispatch.max_count": "500000",
        "dispatch.ttl": "2p",
        "restart_on_searchpeer_add": "1",
        "action.email": "0",
        "triggered_alert_count": "0",
    }
    assert {name: saved[name] for name in wanted} == wanted


def test_alert_is_kept_quiet_by_hand_and_counted(service: Any, live: Stage) -> None:
    settings = {"alert_type": "always", "alert.track": "1"}
    alert = service.saved_searches.create(
        "loud", "| makeresults", is_scheduled=1, cron_schedule="* * * * *", **settings
    )
    assert (alert.alert_count, len(alert.fired_alerts)) == (0, 0)
    alert.suppress(100)
    assert 0 < alert["suppressed"] <= 100
    now = live.now()
    live.run_schedules(now)
    assert alert.refresh().alert_count == 0
    alert.unsuppress()
    assert alert["suppressed"] == 0
    live.run_schedules(now + 120)
    assert alert.refresh().alert_count == 1
    alert.fired_alerts.list()[0].delete()
    assert len(alert.fired_alerts) == 0
    with pytest.raises(binding.HTTPError, match="expiration"):
        alert.post("suppress", expiration="soon")
    service.saved_searches.delete("loud")


def test_deleted_search_takes_its_fired_alerts_with_it(service: Any, live: Stage) -> None:
    settings = {"alert_type": "always", "alert.track": "1", "is_scheduled": "1", "cron_schedule": "* * * * *"}
    service.saved_searches.create("fleeting", "| makeresults", **settings)
    live.run_schedules(live.now() + 300)
    assert "fleeting" in [group.name for group in service.fired_alerts]
    service.saved_searches.delete("fleeting")
    assert "fleeting" not in [group.name for group in service.fired_alerts]
    assert "fleeting" not in service.fired_alerts


def test_macro_shows_every_setting_and_a_truth_value_as_a_digit(service: Any) -> None:
    macro = service.macros.create("shown", "eval a=1")
    assert {macro.content[name] for name in ("args", "validation", "errormsg")} == {None}
    assert macro["iseval"] == "0"
    assert macro.update(iseval=True).refresh()["iseval"] == "1"


@pytest.mark.parametrize(("values", "passes"), [("12, 34", True), ("34, 12", False), ("9, 10", True)])
def test_validation_of_a_macro_knows_the_arguments_by_name(service: Any, values: str, passes: bool) -> None:
    if "ordered(2)" not in service.macros:
        service.macros.create(
            "ordered(2)", "eval a=$low$", args="low,high", validation="low < high", errormsg="not in order"
        )
    search = f"| makeresults | `ordered({values})`"
    if passes:
        assert rows(service.jobs.oneshot(search, output_mode="json"))
    else:
        with pytest.raises(binding.HTTPError, match="not in order"):
            service.jobs.oneshot(search)


# The KV store


def test_configuration_of_collections_belongs_to_nobody(live: Stage) -> None:
    service = connect(live, app="search")
    service.kvstore_owner = ADMIN
    with pytest.raises(binding.HTTPError, match="user context of 'nobody'") as caught:
        service.kvstore.list()
    assert caught.value.status == 400


def test_key_is_left_out_by_the_name_it_has_in_the_store(live: Stage) -> None:
    service = connect(live, app="search", owner="nobody")
    service.kvstore.create("projected")
    data = service.kvstore["projected"].data
    data.insert(json.dumps({"_key": "k", "a": 1, "b": 2}))
    assert data.query(fields="a,_id:0") == [{"a": 1}]
    assert data.query(fields="a,_key:0") == [{"a": 1}]


def test_deleted_collection_takes_its_documents_with_it(live: Stage) -> None:
    service = connect(live, app="search", owner="nobody")
    for _ in range(2):
        service.kvstore.create("passing")
        assert service.kvstore["passing"].data.query() == []
        service.kvstore["passing"].data.insert(json.dumps({"a": 1}))
        service.kvstore["passing"].delete()
    assert "passing" not in service.kvstore


# Secrets


@pytest.mark.parametrize(
    ("realm", "user", "name"),
    [
        pytest.param("r", "u", "r:u:", id="plain"),
        pytest.param(None, "u", ":u:", id="no-realm"),
        pytest.param("\\r", "\\u", "\\\\r:\\\\u:", id="backslashes"),
        pytest.param("/r", "u/v", "/r:u/v:", id="slashes"),
        pytest.param("r:s:", ":u", "r\\:s\\::\\:u:", id="colons"),
        pytest.param("!@#$%^&*()_+{}|<>?", "a b~`", "!@#$%^&*()_+{}|<>?:a b~`:", id="signs"),
    ],
)
def test_secret_of_any_name_is_found_changed_and_deleted(service: Any, realm: str | None, user: str, name: str) -> None:
    made = service.storage_passwords.create("first", user, realm)
    assert (made.name, made.realm, made.username) == (name, realm, user)
    made.update(password="second").refresh()
    assert made.clear_password == "second"
    assert name in service.storage_passwords
    made.delete()
    assert name not in service.storage_passwords


def test_last_colon_of_a_secret_may_be_left_out(service: Any) -> None:
    service.storage_passwords.create("word", "someone")
    assert ":someone" in service.storage_passwords
    service.storage_passwords.delete("someone")


# The server, apps, roles, indexes


def test_server_tells_what_programs_ask_it(service: Any) -> None:
    asked = {"licenseKeys", "licenseSignature", "master_guid", "os_build", "physicalMemoryMB", "kv_store_status"}
    assert asked <= set(service.info)
    assert service.loggers["AuditLogger"].update(level="CRIT").refresh()["level"] == "CRIT"


def test_root_lists_what_is_served_to_those_who_are_logged_in(live: Stage) -> None:
    context = binding.connect(
        host="127.0.0.1", port=live.rest_port, scheme="http", username=ADMIN, password=PASSWORD, autologin=True
    )
    assert b"<title>search</title>" in context.get("/services").body.read()
    context.logout()
    assert context.get("/services").status == 200
    context.autologin = False
    context.logout()
    with pytest.raises(binding.AuthenticationError):
        context.get("/services")


def test_session_cookie_comes_again_with_every_answer(live: Stage) -> None:
    context = binding.connect(host="127.0.0.1", port=live.rest_port, scheme="http", username=ADMIN, password=PASSWORD)
    ((name, key),) = context.get_cookies().items()
    sent = [value for header, value in context.get("apps/local").headers if header.lower() == "set-cookie"]
    assert [value.split(";")[0] for value in sent] == [f"{name}={key}"]
    by_token = binding.connect(host="127.0.0.1", port=live.rest_port, scheme="http", token=key)
    assert "set-cookie" not in {header.lower() for header, _ in by_token.get("apps/local").headers}


def test_deleting_an_app_asks_for_a_restart(tmp_path: Path) -> None:
    with make_stage(tmp_path / "home") as stage:
        stage.start()
        service = connect(stage)
        service.apps.create("passing")
        assert not service.restart_required
        service.apps.delete("passing")
        assert service.restart_required
    with make_stage(tmp_path / "home") as stage:
        stage.start()
        assert not connect(stage).restart_required


def test_app_is_packed(service: Any) -> None:
    service.apps.create("packed", label="to be packed")
    package = service.apps["packed"].package()
    assert package["name"] == "packed"
    with tarfile.open(package["path"]) as archive:
        assert "packed/default/app.conf" in archive.getnames()
    service.apps.delete("packed")


def test_role_shows_what_it_imports_apart_from_its_own(service: Any) -> None:
    service.roles.create("parent", srchIndexesAllowed="main", srchFilter="host=a", srchJobsQuota=9, srchTimeWin=60)
    role = service.roles.create("heir", imported_roles="parent", srchJobsQuota=4)
    own = ("srchFilter", "srchJobsQuota", "srchTimeWin", "rtSrchJobsQuota", "srchDiskQuota")
    assert [role[name] for name in own] == [None, "4", "-1", "6", "100"]
    assert role["imported_srchIndexesAllowed"] == ["main"]
    assert "host=a" in role["imported_srchFilter"]
    assert (role["imported_srchJobsQuota"], role["imported_srchTimeWin"]) == ("9", "60")


def test_header_of_a_stream_with_a_length_is_an_ordinary_request(live: Stage) -> None:
    context = binding.connect(host="127.0.0.1", port=live.rest_port, scheme="http", username=ADMIN, password=PASSWORD)
    headers = [("x-splunk-input-mode", "streaming")]
    answer = context.post("/services/receivers/simple", headers=headers, sourcetype="probe", body="Hello, world!")
    assert answer.status == 200


def test_index_is_cleaned(service: Any) -> None:
    index = service.indexes.create("cleaned")
    index.submit("gone soon", sourcetype="probe")
    assert index.refresh()["totalEventCount"] == "1"
    index.clean(timeout=60)
    assert index["totalEventCount"] == "0"
    assert index.refresh()["frozenTimePeriodInSecs"] == "188697600"
    service.indexes.delete("cleaned")


def test_bucket_with_a_young_event_stays_whole(live: Stage, service: Any) -> None:
    index = service.indexes.create("mixed")
    now = live.now()
    live.store.ingest([RawEvent("old", index="mixed", time=now - 5000), RawEvent("new", index="mixed", time=now)])
    index.update(frozenTimePeriodInSecs=1000)
    index.roll_hot_buckets()
    assert index.refresh()["totalEventCount"] == "2"
    service.indexes.delete("mixed")


def test_times_a_search_will_run_are_as_far_apart_as_its_schedule_says(service: Any) -> None:
    saved = service.saved_searches.create("often", SEARCH, is_scheduled=True, cron_schedule="*/5 * * * *")
    times = saved.scheduled_times()
    assert {later - earlier for earlier, later in pairwise(times)} == {datetime.timedelta(minutes=5)}
