"""The official client, area by area, in the order of what apps need most: macros to loggers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.understudy.gate import MADE, MADE_SEARCH, PASSING, gated
from tests.understudy.rest.test_official_client import connect, rows
from tests.understudy.staging import ADMIN, PASSWORD, make_stage, until
from understudy.stage import Stage

client = pytest.importorskip("splunklib.client", reason="the shipped libraries are not built")
binding = pytest.importorskip("splunklib.binding")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home")) as stage:
        stage.create_user("ann", PASSWORD, ["user"])
        stage.start()
        yield stage


@pytest.fixture(scope="module")
def service(live: Stage) -> Any:
    return connect(live)


def test_macro_takes_arguments_checks_them_and_says_what_is_wrong(service: Any, live: Stage) -> None:
    service.macros.create(
        "rows(1)",
        definition="makeresults count=$n$",
        args="n",
        validation="isnum($n$)",
        errormsg="a number of rows is needed",
    )
    assert len(rows(service.jobs.oneshot("| `rows(3)`", output_mode="json"))) == 3
    with pytest.raises(binding.HTTPError, match="a number of rows is needed"):
        service.jobs.oneshot("| `rows(many)`")
    macro = service.macros["rows(1)"]
    assert (macro.args, macro.validation) == ("n", "isnum($n$)")
    macro.update(definition="makeresults count=7").refresh()
    assert macro.definition == "makeresults count=7"
    service.macros.delete("rows(1)")
    assert "rows(1)" not in service.macros


def test_job_is_steered_from_the_client(service: Any, live: Stage) -> None:
    with gated(live, made=MADE) as gate:
        job = service.jobs.create(MADE_SEARCH, auto_cancel=600)
        until(lambda: int(job.refresh()["resultPreviewCount"]) > 0)
        assert rows(job.preview(output_mode="json", count=1))
        job.pause()
        gate.open()
        until(lambda: job.refresh()["dispatchState"] == "PAUSED")
    assert job["isPaused"] == "1"
    job.set_priority(7)
    job.disable_preview()
    assert (job.refresh()["priority"], job["isPreviewEnabled"]) == ("7", "0")
    job.enable_preview()
    job.touch()
    job.finalize()
    until(job.is_done)
    assert (job.refresh()["isFinalized"], job["dispatchState"]) == ("1", "DONE")
    assert 0 < int(job["resultCount"]) < MADE
    assert "INFO state=DONE" in job.searchlog().read().decode()
    assert b"buckets" in job.timeline(output_mode="json").read()
    assert b"fields" in job.summary(output_mode="json").read()
    job.cancel()


def test_job_pages_filters_and_chooses_fields(service: Any) -> None:
    search = '| makeresults count=5 | streamstats count as n | eval a="x" | table n a'
    job = service.jobs.create(search, exec_mode="blocking")
    assert rows(job.results(output_mode="json", f="n", offset=3)) == [{"n": "4"}, {"n": "5"}]
    assert rows(job.results(output_mode="json", search="search n>3 | fields n")) == [{"n": "4"}, {"n": "5"}]
    assert service.job(job.sid)["isDone"] == "1"
    assert [item.sid for item in service.jobs.list(count=1)] == [job.sid]
    again = service.jobs.create(search, reuse_max_seconds_ago=60)
    assert again.sid == job.sid


def test_time_limit_of_a_job_finalizes_it(service: Any, live: Stage) -> None:
    with gated(live, made=MADE) as gate:
        job = service.jobs.create(MADE_SEARCH + " | stats count", max_time=1)
        until(lambda: int(job.refresh()["scanCount"]) >= PASSING)
        limit = time.time() + 1
        until(lambda: time.time() > limit)
        gate.open()
        until(job.is_done)
    assert job.refresh()["isFinalized"] == "1"
    assert "auto-finalized" in str(job["messages"])
    assert PASSING <= int(rows(job.results(output_mode="json"))[0]["count"]) < MADE


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"max_time": "soon"}, "whole number"),
        ({"auto_cancel": "-1"}, "negative"),
        ({"exec_mode": "later"}, "exec_mode"),
        ({"search_mode": "realtime"}, "Real-time"),
        ({"index_earliest": "-1d"}, "index_earliest"),
        ({"earliest_time": "yesterdayish"}, "yesterdayish"),
        ({"namespace": "nosuch"}, "Application does not exist"),
        ({"id": "../x"}, "not a valid search id"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_job_argument_that_makes_no_sense_is_refused(live: Stage, arguments: dict[str, str], why: str) -> None:
    service = connect(live, app="-", owner="-")
    with pytest.raises(binding.HTTPError, match=why) as caught:
        service.post("search/v2/jobs", search="| makeresults", **arguments)
    assert caught.value.status in (400, 404)


def test_saved_search_has_history_times_and_suppression(service: Any) -> None:
    saved = service.saved_searches.create(
        "timed",
        "| makeresults | eval a=$args.a$ | table a",
        is_scheduled=1,
        cron_schedule="0 * * * *",
        **{"alert.suppress": 1, "alert.suppress.period": "5m", "alert_type": "always"},
    )
    job = saved.dispatch(**{"args.a": "5"})
    until(job.is_done)
    assert rows(job.results(output_mode="json")) == [{"a": "5"}]
    assert [item.sid for item in saved.history()] == [job.sid]
    times = saved.scheduled_times("now", "+3h")
    assert len(times) == 3
    assert {moment.minute for moment in times} == {0}
    assert saved.suppressed == 0
    saved.acknowledge()
    saved.disable()
    with pytest.raises(binding.HTTPError, match="disabled"):
        saved.dispatch()
    saved.enable()
    service.saved_searches.delete("timed")


def test_fired_alerts_are_grouped_by_search(service: Any, live: Stage) -> None:
    service.saved_searches.create(
        "firing",
        "| makeresults",
        is_scheduled=1,
        cron_schedule="* * * * *",
        **{"alert_type": "always", "alert.track": 1, "alert.severity": 5},
    )
    live.run_schedules()
    group = next(item for item in service.fired_alerts if item.name == "firing")
    assert group.count == 1
    (fired,) = group.alerts
    assert (fired["savedsearch_name"], fired["severity"]) == ("firing", "5")
    service.saved_searches.delete("firing")


def test_roles_grant_and_revoke(service: Any) -> None:
    role = service.roles.create("keeper", imported_roles=["user"], srchIndexesDefault=["main"], srchJobsQuota=7)
    role.grant("edit_tcp", "search")
    assert {"edit_tcp", "search"} <= set(role.refresh()["capabilities"])
    role.revoke("edit_tcp")
    assert "edit_tcp" not in role.refresh()["capabilities"]
    assert (role["imported_roles"], role["srchJobsQuota"]) == (["user"], "7")
    assert "search" in service.capabilities
    user = service.users.create("Kim", password=PASSWORD, roles=["keeper"])
    assert [item.name for item in user.role_entities] == ["keeper"]
    user.update(email="kim@mail.example", realname="Kim").refresh()
    assert user["email"] == "kim@mail.example"
    service.users.delete(user.name)
    service.roles.delete("keeper")


def test_apps_are_made_changed_and_deleted(service: Any) -> None:
    app = service.apps.create("clientapp", label="made by the client")
    assert app["label"] == "made by the client"
    app.update(description="changed", version="1.0.1").refresh()
    assert (app["description"], app["version"]) == ("changed", "1.0.1")
    app.disable()
    assert app.refresh()["disabled"] == "1"
    app.enable()
    service.apps.delete("clientapp")
    assert "clientapp" not in service.apps


def test_index_life_through_the_client(service: Any) -> None:
    index = service.indexes.create("clientindex", frozenTimePeriodInSecs=3600)
    assert index["frozenTimePeriodInSecs"] == "3600"
    index.submit("one", sourcetype="s", host="h")
    until(lambda: index.refresh()["totalEventCount"] == "1")
    index.update(maxTotalDataSizeMB=5).refresh()
    assert index["maxTotalDataSizeMB"] == "5"
    index.disable()
    assert index.refresh()["disabled"] == "1"
    index.enable()
    index.delete()
    assert "clientindex" not in service.indexes
    assert service.indexes.get_default() == "main"


def test_settings_loggers_and_kinds(service: Any) -> None:
    service.settings.update(sessionTimeout="42m")
    assert service.settings.refresh()["sessionTimeout"] == "42m"
    logger = service.loggers["RestEndpoint"]
    logger.update(level="WARN").refresh()
    assert logger["level"] == "WARN"
    assert list(service.modular_input_kinds) == []


@pytest.mark.parametrize("way", ["basic", "token", "bearer", "cookie", "session"])
def test_every_way_to_log_in(live: Stage, way: str) -> None:
    settings: dict[str, Any] = {"host": "127.0.0.1", "port": live.rest_port, "scheme": "http"}
    if way == "basic":
        service = client.Service(username=ADMIN, password=PASSWORD, basic=True, **settings)
    elif way == "bearer":
        service = client.connect(splunkToken=live.accounts.create_token(ADMIN, "t")[1], **settings)
    elif way == "token":
        service = client.connect(token=live.accounts.open_session(ADMIN), **settings)
    elif way == "cookie":
        first = client.connect(username=ADMIN, password=PASSWORD, **settings)
        service = client.connect(cookie="; ".join(f"{k}={v}" for k, v in first.get_cookies().items()), **settings)
    else:
        service = client.connect(username=ADMIN, password=PASSWORD, **settings)
        service.logout()
        with pytest.raises(binding.AuthenticationError):
            service.get("apps/local")
        service.login()
    assert "search" in [app.name for app in service.apps]


def test_namespaces_keep_private_objects_apart(live: Stage) -> None:
    owner, other = connect(live), connect(live, "ann")
    owner.saved_searches.create("hidden", "| makeresults", owner=ADMIN, app="search", sharing="user")
    assert "hidden" in [item.name for item in owner.saved_searches]
    assert "hidden" not in [item.name for item in other.saved_searches]
    shared = connect(live, owner="nobody")
    shared.saved_searches.create("open", "| makeresults", sharing="app")
    assert "open" in [item.name for item in other.saved_searches]
    with pytest.raises(binding.HTTPError) as caught:
        other.saved_searches["open"].update(description="mine now")
    assert caught.value.status in (403, 409)
    every = connect(live, app="-", owner="-")
    assert {"hidden", "open"} <= {item.name for item in every.saved_searches}


def test_posted_body_may_be_written_out(service: Any) -> None:
    answer = service.post("search/v2/jobs", body="search=%7C+makeresults&exec_mode=oneshot&output_mode=csv")
    assert answer.body.read().decode().startswith("_time\n")
    assert service.get("/services/server/info/").status == 200


def test_messages_event_types_and_confs(service: Any) -> None:
    service.messages.create("said", value="hello", severity="warn")
    assert service.messages["said"]["severity"] == "warn"
    with pytest.raises(binding.HTTPError):
        service.messages.create("loud", value="x", severity="scream")
    service.messages.delete("said")
    kind = service.event_types.create("greetings", search="hello", description="d", priority=3)
    kind.disable()
    assert kind.refresh()["disabled"] == "1"
    service.event_types.delete("greetings")
    conf = service.confs.create("own")
    stanza = conf.create("s")
    stanza.submit({"a": "1", "b": "2"})
    assert dict(stanza.refresh().content)["b"] == "2"
    assert len(stanza) >= 2
    conf.delete("s")
    assert "s" not in conf
