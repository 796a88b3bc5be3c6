"""collect writes to the store: what comes back, which indexes take it, and whose search may."""

from __future__ import annotations

import pytest

from tests.understudy.staging import ADMIN
from understudy.spl.errors import RuntimeSplError
from understudy.stage import Stage

ROWS = '| makeresults count=2 | streamstats count as n | eval user="ann lee", host="web 1", tags=split("a,b", ",")'


def found(stage: Stage, search: str, user: str = ADMIN) -> list[dict[str, object]]:
    return [dict(row) for row in stage.search(search, user).rows]


def test_events_of_a_summary_are_found_by_their_fields(stage: Stage) -> None:
    passed = found(stage, f'{ROWS} | collect index=summary source=daily marker="report=\\"r 1\\""')
    assert [row["n"] for row in passed] == [1, 2]
    rows = found(stage, "search index=summary n=2 | table user orig_host report host source sourcetype")
    assert rows == [
        {
            "user": "ann lee",
            "orig_host": "web 1",
            "report": "r 1",
            "host": "understudy",
            "source": "daily",
            "sourcetype": "stash",
        }
    ]


def test_text_of_an_event_is_time_bounds_and_pairs(stage: Stage) -> None:
    stage.search(
        "| makeresults | eval n=1 | collect index=summary", ADMIN, earliest="86400", latest="172800", now=200000
    )
    [row] = found(stage, "search index=summary")
    assert row["_raw"] == (
        "01/03/1970 07:33:20 +0000, info_min_time=86400.000, info_max_time=172800.000, info_search_time=200000.000, n=1"
    )
    assert row["_time"] == 200000


def test_event_that_has_its_text_keeps_it_and_its_time(stage: Stage) -> None:
    found(stage, '| makeresults | eval _time=1700000000, _raw="a=1 as it was" | collect index=summary sourcetype=mine')
    rows = found(stage, "search index=summary | table _time _raw sourcetype")
    assert rows == [{"_time": 1700000000, "_raw": "a=1 as it was", "sourcetype": "mine"}]


def test_hec_format_makes_indexed_fields(stage: Stage) -> None:
    found(stage, f"{ROWS} | collect index=summary output_format=hec")
    assert found(stage, '| tstats count where index=summary user="ann lee" by tags sourcetype') == [
        {"tags": "a", "sourcetype": "stash_hec", "count": 2},
        {"tags": "b", "sourcetype": "stash_hec", "count": 2},
    ]
    assert found(stage, "search index=summary n=1 | table n") == [{"n": "1"}]


def test_test_mode_writes_nothing(stage: Stage) -> None:
    assert found(stage, f"{ROWS} | collect index=summary testmode=true | stats count") == [{"count": 2}]
    assert found(stage, "search index=summary | stats count") == [{"count": 0}]


def test_search_that_stops_early_has_written_what_went_by(stage: Stage) -> None:
    found(stage, "| makeresults count=3 | collect index=summary | head 1")
    assert found(stage, "search index=summary | stats count") == [{"count": 3}]


def test_index_must_exist(stage: Stage) -> None:
    with pytest.raises(RuntimeSplError, match="index 'nowhere' does not exist"):
        found(stage, f"{ROWS} | collect index=nowhere")


@pytest.mark.parametrize(
    ("role", "index", "message"),
    [
        pytest.param(
            "[role_r]\nsearch=enabled\nrun_collect=disabled\nsrchIndexesAllowed=*\n", "summary", "run_collect", id="off"
        ),
        pytest.param(
            "[role_r]\nsearch=enabled\nrun_collect=enabled\nsrchIndexesAllowed=main\n",
            "summary",
            "'summary' does not",
            id="reach",
        ),
        pytest.param(
            "[role_r]\nsearch=enabled\nrun_collect=enabled\nsrchIndexesAllowed=*\nsrchIndexesDisallowed=summary\n",
            "summary",
            "'summary' does not",
            id="disallowed",
        ),
        pytest.param(
            "[role_r]\nsearch=enabled\nrun_collect=enabled\nsrchIndexesAllowed=*\n",
            "_internal",
            "'_internal' does not",
            id="internal",
        ),
    ],
)
def test_role_decides_where_a_user_writes(stage: Stage, role: str, index: str, message: str) -> None:
    path = stage.home / "etc" / "system" / "local" / "authorize.conf"
    path.write_text(role, encoding="utf-8")
    stage.conf.reload()
    stage.create_user("ann", "a test password", ["r"])
    with pytest.raises(RuntimeSplError, match=message):
        found(stage, f"| makeresults | collect index={index}", "ann")
    assert found(stage, f"search index={index} sourcetype=stash | stats count") == [{"count": 0}]


def test_eventcount_without_an_index_counts_the_default_indexes(stage: Stage) -> None:
    found(stage, f"{ROWS} | collect index=summary")
    found(stage, "| makeresults | collect index=main")
    assert found(stage, "| eventcount") == [{"count": 1}]
    assert found(stage, "| eventcount index=summary index=main") == [{"count": 3}]
    rows = found(stage, "| eventcount summarize=false index=* report_size=true | where count>0 | fields - size_bytes")
    assert rows == [
        {"count": 1, "index": "main", "provider": "local", "server": "understudy"},
        {"count": 2, "index": "summary", "provider": "local", "server": "understudy"},
    ]
