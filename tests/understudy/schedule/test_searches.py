"""Scheduled searches and alerts: when they run, as whom, what fires, what stays quiet, what the action is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.protocol.apps import write_app
from tests.understudy.staging import Clock, make_stage
from understudy.schedule.conditions import ConditionError, fires
from understudy.spl.model import Row
from understudy.stage import Stage

ACTION = """
    import gzip, json, os, sys
    if len(sys.argv) < 2 or sys.argv[1] != "--execute":
        sys.exit(2)
    payload = json.load(sys.stdin)
    with gzip.open(payload["results_file"], "rt") as results:
        payload["csv"] = results.read()
    print("INFO told", file=sys.stderr)
    with open(os.path.join(os.environ["SPLUNK_HOME"], "told.jsonl"), "a") as out:
        out.write(json.dumps(payload) + "\\n")
    sys.exit(5 if payload["configuration"].get("fail") else 0)
"""
ACTIONS = "[tell]\nis_custom = 1\npayload_format = json\nparam.word = default\nparam.extra = kept\n"
NOON = 1_700_049_600.0


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def scheduled(tmp_path: Path, clock: Clock) -> Iterator[Stage]:
    with make_stage(tmp_path / "home", clock) as stage:
        yield stage


def add(stage: Stage, searches: str) -> None:
    write_app(
        stage.home,
        "probe",
        {
            "bin/tell.py": ACTION,
            "default/alert_actions.conf": ACTIONS,
            "default/savedsearches.conf": searches,
            "metadata/default.meta": "[]\naccess = read : [ * ], write : [ admin ]\nexport = system\n",
        },
    )
    stage.conf.reload()


def told(stage: Stage) -> list[dict[str, Any]]:
    path = stage.home / "told.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def alert(search: str, *lines: str) -> str:
    head = (
        f"[watch]\nsearch = {search}\nenableSched = 1\ncron_schedule = */5 * * * *\naction.tell = 1\nalert.track = 1\n"
    )
    return head + "\n".join(lines) + "\n"


def test_due_search_runs_once_per_time(scheduled: Stage, clock: Clock) -> None:
    add(
        scheduled,
        "[a]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n\n[off]\nsearch = | makeresults\n",
    )
    assert [job.request.saved_search for job in scheduled.run_schedules()] == ["a"]
    assert scheduled.run_schedules() == []
    clock.now += 301
    (job,) = scheduled.run_schedules()
    assert job.request.now == NOON + 300


def test_restarted_stage_remembers_what_ran(tmp_path: Path, clock: Clock) -> None:
    with make_stage(tmp_path / "home", clock) as stage:
        add(stage, "[a]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n")
        assert len(stage.run_schedules()) == 1
    with make_stage(tmp_path / "home", clock) as stage:
        assert stage.run_schedules() == []


def test_search_runs_with_its_owners_rights(scheduled: Stage) -> None:
    scheduled.create_user("ann", "a password", ["power"])
    add(scheduled, "[a]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n")
    scheduled.conf.set_acl("probe", "savedsearches", "a", read=("*",), write=("admin",), owner="ann")
    (job,) = scheduled.run_schedules()
    assert job.owner == "ann"


def test_action_is_told_the_results_and_its_parameters(scheduled: Stage) -> None:
    add(
        scheduled,
        alert('| makeresults count=2 | eval x="a,b" | table x', "action.tell.param.word = $name$ saw $result.x$"),
    )
    (job,) = scheduled.run_schedules()
    (payload,) = told(scheduled)
    assert payload["configuration"] == {"word": "watch saw a,b", "extra": "kept"}
    assert payload["result"] == {"x": "a,b"}
    assert list(csv.reader(io.StringIO(payload["csv"]))) == [["x"], ["a,b"], ["a,b"]]
    assert (payload["sid"], payload["search_name"], payload["app"]) == (job.sid, "watch", "probe")
    assert scheduled.accounts.session_user(payload["session_key"]) is not None
    (fired,) = scheduled.ledger.fired(scheduled.now())
    assert (fired.search, fired.count, fired.digest, fired.actions) == ("watch", 2, True, "tell")


def test_per_result_alert_fires_for_each_and_throttles_by_field(scheduled: Stage, clock: Clock) -> None:
    rows = '| makeresults count=3 | streamstats count as n | eval who=if(n<3,"p","q") | table n who'
    add(
        scheduled,
        alert(
            rows,
            "alert.digest_mode = 0",
            "alert.suppress = 1",
            "alert.suppress.period = 10m",
            "alert.suppress.fields = who",
        ),
    )
    scheduled.run_schedules()
    assert [payload["result"]["n"] for payload in told(scheduled)] == ["1", "3"]
    clock.now += 301
    scheduled.run_schedules()
    assert len(told(scheduled)) == 2
    clock.now += 601
    scheduled.run_schedules()
    assert len(told(scheduled)) == 4


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        pytest.param(["counttype = number of events", "relation = greater than", "quantity = 2"], 1, id="greater"),
        pytest.param(["counttype = number of events", "relation = greater than", "quantity = 3"], 0, id="not-greater"),
        pytest.param(["counttype = number of events", "relation = less than", "quantity = 4"], 1, id="less"),
        pytest.param(["counttype = custom", "alert_condition = search n=3"], 1, id="custom-true"),
        pytest.param(["counttype = custom", "alert_condition = search n=9"], 0, id="custom-false"),
        pytest.param(["counttype = always"], 1, id="always"),
        pytest.param(["counttype = number of moons"], 0, id="unknown-is-logged"),
    ],
)
def test_condition_decides(scheduled: Stage, lines: list[str], count: int) -> None:
    add(scheduled, alert("| makeresults count=3 | streamstats count as n | table n", *lines))
    scheduled.run_schedules()
    assert len(told(scheduled)) == count


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        pytest.param([], 1, id="always-is-the-default"),
        pytest.param(["counttype = always"], 1, id="always"),
        pytest.param(["counttype = number of events", "relation = greater than", "quantity = 0"], 0, id="counted"),
        pytest.param(["alert_condition = search n>0"], 0, id="condition"),
        pytest.param(["alert.digest_mode = 0"], 0, id="per-result"),
    ],
)
def test_search_without_results_fires_as_its_condition_says(scheduled: Stage, lines: list[str], count: int) -> None:
    add(scheduled, alert("| makeresults | where 1=2", *lines))
    scheduled.run_schedules()
    assert len(told(scheduled)) == count


def test_failing_action_and_unserved_action_are_logged(scheduled: Stage) -> None:
    add(scheduled, alert("| makeresults", "action.tell.param.fail = 1", "action.email = 1"))
    scheduled.run_schedules()
    log = (scheduled.home / "var/log/splunkd.log").read_text(encoding="utf-8")
    assert "exit code 5" in log
    assert "action=email" in log


def test_searches_run_before_the_alerts_that_read_what_they_make(scheduled: Stage) -> None:
    plain = "\n[z]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n"
    add(scheduled, alert("| makeresults") + plain)
    assert [job.request.saved_search for job in scheduled.run_schedules()] == ["z", "watch"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [("relation", "is nice"), ("quantity", "many"), ("counttype", "number of moons")],
    ids=["relation", "quantity", "counttype"],
)
def test_unknown_condition_is_refused(setting: str, value: str) -> None:
    settings = {"counttype": "number of events", "relation": "greater than", "quantity": "1", setting: value}
    with pytest.raises(ConditionError, match=r"not (supported|a number)"):
        fires(settings, 1, list[Row], lambda text: False)


@pytest.mark.parametrize(
    ("relation", "quantity", "before", "now", "fired"),
    [
        ("rises by", "2", 3, 5, True),
        ("rises by", "3", 3, 5, False),
        ("rises by", "1", None, 5, False),
        ("drops by", "2", 5, 3, True),
        ("drops by", "1", 3, 5, False),
        ("rises by perc", "50", 4, 6, True),
        ("drops by", "60%", 4, 2, False),
        ("equal to", "2", None, 2, True),
        ("not equal to", "2", None, 2, False),
    ],
)
def test_change_since_the_run_before_decides(
    relation: str, quantity: str, before: float | None, now: int, fired: bool
) -> None:
    settings = {"counttype": "number of events", "relation": relation, "quantity": quantity}
    assert fires(settings, now, list[Row], lambda text: False, before) is fired


@pytest.mark.parametrize(("kind", "fired"), [("number of hosts", True), ("number of sources", False)])
def test_hosts_and_sources_are_counted_once_each(kind: str, fired: bool) -> None:
    rows: list[Row] = [{"host": "a", "source": "s"}, {"host": "b", "source": "s"}, {"host": "b"}]
    settings = {"counttype": kind, "relation": "equal to", "quantity": "2"}
    assert fires(settings, 3, lambda: rows, lambda text: False) is fired


def test_rise_is_seen_over_two_runs(scheduled: Stage, clock: Clock) -> None:
    rows = "| inputlookup grows.csv"
    add(scheduled, alert(rows, "counttype = number of events", "relation = rises by", "quantity = 2"))
    table = scheduled.home / "etc/apps/probe/lookups/grows.csv"
    table.parent.mkdir()
    for size, expected in ((1, 0), (2, 0), (4, 1)):
        table.write_text("n\n" + "1\n" * size, encoding="utf-8")
        scheduled.run_schedules()
        assert len(told(scheduled)) == expected
        clock.now += 301


def test_continuous_search_makes_up_for_what_it_missed_and_others_do_not(scheduled: Stage, clock: Clock) -> None:
    each = "search = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n"
    add(scheduled, f"[now]\n{each}\n[all]\n{each}realtime_schedule = 0\n")
    scheduled.run_schedules()
    clock.now += 901
    jobs = scheduled.run_schedules()
    assert [(job.request.saved_search, job.request.now) for job in jobs] == [
        ("now", NOON + 900),
        ("all", NOON + 300),
        ("all", NOON + 600),
        ("all", NOON + 900),
    ]
    assert "status=skipped count=2" in log(scheduled)


def log(stage: Stage) -> str:
    return (stage.home / "var/log/splunkd.log").read_text(encoding="utf-8")


def test_search_still_running_is_skipped_with_the_reason(scheduled: Stage, clock: Clock) -> None:
    add(scheduled, "[slow]\nsearch = | makeresults count=1000000 | eval b=md5(random())\n")
    (saved,) = (each for each in scheduled.search_schedule.saved() if each.app == "probe")
    running = scheduled.search_schedule.dispatch(saved, scheduled=True)
    try:
        add(scheduled, "[slow]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n")
        assert scheduled.run_schedules() == []
        assert "status=skipped" in log(scheduled)
        assert "maximum number of concurrent running jobs" in log(scheduled)
    finally:
        scheduled.jobs.cancel(running)


def test_search_whose_owner_is_gone_is_skipped_with_the_reason(scheduled: Stage) -> None:
    add(scheduled, "[a]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n")
    scheduled.conf.set_acl("probe", "savedsearches", "a", read=("*",), write=("admin",), owner="gone")
    assert scheduled.run_schedules() == []
    assert "the owner 'gone' does not exist" in log(scheduled)


@pytest.mark.parametrize("line", ["allow_skew = some", "run_n_times = 3", "cron_schedule = @daily"])
def test_schedule_that_is_not_understood_is_logged(scheduled: Stage, line: str) -> None:
    add(scheduled, f"[a]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = */5 * * * *\n{line}\n")
    assert scheduled.run_schedules() == []
    assert "status=skipped" in log(scheduled)


def test_skew_moves_a_search_by_the_same_time_always(scheduled: Stage, clock: Clock) -> None:
    add(
        scheduled,
        "[a]\nsearch = | makeresults\nenableSched = 1\ncron_schedule = 0 * * * *\nallow_skew = 50%\n",
    )
    (saved,) = (each for each in scheduled.search_schedule.saved() if each.app == "probe")
    skew = saved.skew(clock.now)
    assert 0 < skew < 1800
    assert saved.skew(clock.now + 86_400) == skew
    scheduled.ledger.ran("search", saved.key, NOON - 3600)
    clock.now = NOON + skew - 1
    assert scheduled.run_schedules() == []
    clock.now = NOON + skew
    assert [job.request.now for job in scheduled.run_schedules()] == [NOON]


def test_alerts_of_a_suppression_group_are_quiet_together(scheduled: Stage) -> None:
    group = "alert.suppress = 1\nalert.suppress.period = 10m\nalert.suppress.group_name = g\n"
    one = alert("| makeresults") + group
    add(scheduled, one + "\n" + one.replace("[watch]", "[other]"))
    scheduled.run_schedules()
    assert len(told(scheduled)) == 1


@pytest.mark.parametrize(
    ("track", "stanza", "tracked"),
    [("1", "", True), ("0", "track_alert = 1", False), ("auto", "track_alert = 1", True), ("auto", "", False)],
    ids=["forced", "off", "by-action", "by-no-action"],
)
def test_fired_alert_is_kept_as_track_says(scheduled: Stage, track: str, stanza: str, tracked: bool) -> None:
    condition = ("counttype = number of events", "relation = greater than", "quantity = 0")
    add(scheduled, alert("| makeresults", f"alert.track = {track}", *condition))
    write_app(scheduled.home, "probe", {"default/alert_actions.conf": f"{ACTIONS}{stanza}\n"})
    scheduled.conf.reload()
    scheduled.run_schedules()
    assert len(told(scheduled)) == 1
    assert bool(scheduled.ledger.fired(scheduled.now())) is tracked


@pytest.mark.parametrize("lines", [[], ["counttype = always"]], ids=["by-default", "as-told"])
def test_alert_that_always_fires_is_not_tracked_for_its_actions(scheduled: Stage, lines: list[str]) -> None:
    add(scheduled, alert("| makeresults", "alert.track = auto", *lines))
    write_app(scheduled.home, "probe", {"default/alert_actions.conf": f"{ACTIONS}track_alert = 1\n"})
    scheduled.conf.reload()
    scheduled.run_schedules()
    assert len(told(scheduled)) == 1
    assert scheduled.ledger.fired(scheduled.now()) == []


def test_a_run_raises_no_more_alerts_than_limits_conf_says(scheduled: Stage, clock: Clock) -> None:
    search = "| makeresults count=5 | streamstats count as who"
    add(scheduled, alert(search, "counttype = always", "alert.digest_mode = 0"))
    scheduled.conf.write("limits", "scheduler", {"max_per_result_alerts": "3"}, "system")
    scheduled.run_schedules()
    assert [payload["result"]["who"] for payload in told(scheduled)] == ["1", "2", "3"]
    assert "max_per_result_alerts" in (scheduled.home / "var" / "log" / "splunkd.log").read_text(encoding="utf-8")
