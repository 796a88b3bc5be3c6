"""Commands over time: bin, timechart, makecontinuous, transaction, gentimes, addinfo."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understudy.spl.commands.bench import NOW, search

Rows = list[dict[str, Any]]
EVENTS: Rows = [
    {"_time": 200, "h": "a", "x": 4},
    {"_time": 130, "h": "b", "x": 3},
    {"_time": 65, "h": "a", "x": 2},
    {"_time": 5, "h": "a", "x": 1},
]
VISITS: Rows = [
    {"_time": 60, "u": "m", "a": "logout", "_raw": "4 logout"},
    {"_time": 40, "u": "m", "a": "view", "_raw": "3 view"},
    {"_time": 30, "u": "m", "a": "login", "_raw": "2 login"},
    {"_time": 5, "u": "m", "a": "view", "_raw": "1 view"},
]

CASES: list[Any] = [
    pytest.param([{"s": 7}, {"s": 10}], "| bin s span=5", [{"s": "5-10"}, {"s": "10-15"}], id="bin-span"),
    pytest.param([{"s": 7}], "| bin s span=5 as b", [{"s": 7, "b": "5-10"}], id="bin-as"),
    pytest.param([{"s": 0}, {"s": 99}], "| bin bins=10 s", [{"s": "0-10"}, {"s": "90-100"}], id="bin-bins"),
    pytest.param([{"s": 0}, {"s": 60}], "| bin s", [{"s": "0-1"}, {"s": "60-61"}], id="bin-100-bins"),
    pytest.param([{"s": 0}, {"s": 100}], "| bin s", [{"s": "0-10"}, {"s": "100-110"}], id="bin-100-bins-at-most"),
    pytest.param([{"s": 0}, {"s": 0.5}], "| bin s", [{"s": "0-0.01"}, {"s": "0.5-0.51"}], id="bin-100-bins-of-parts"),
    pytest.param([{"s": 0}, {"s": 7}], "| bucket s minspan=5", [{"s": "0-10"}, {"s": "0-10"}], id="bin-minspan"),
    pytest.param([{"s": 3}, {"s": 200}], "| bin s span=log10", [{"s": "1-10"}, {"s": "100-1000"}], id="bin-log"),
    pytest.param(
        [{"s": 3}, {"s": 12}], "| bin s span=2log5", [{"s": "2-10"}, {"s": "10-50"}], id="bin-log-coefficient"
    ),
    pytest.param(
        [{"s": 3}, {"s": 50}], "| bin s start=0 end=1000 bins=20", [{"s": "0-100"}, {"s": "0-100"}], id="bin-start-end"
    ),
    pytest.param([{"s": "text"}, {"t": 1}], "| bin s span=5", [{"s": "text"}, {"t": 1}], id="bin-text-stays"),
    pytest.param(
        EVENTS,
        "| bin _time span=1m | stats count by _time",
        [{"_time": 0, "count": 1}, {"_time": 60, "count": 1}, {"_time": 120, "count": 1}, {"_time": 180, "count": 1}],
        id="bin-time",
    ),
    pytest.param([{"_time": NOW}], "| bin _time span=1d", [{"_time": 1_699_920_000}], id="bin-day"),
    pytest.param([{"_time": NOW}], "| bin _time span=1mon", [{"_time": 1_698_796_800}], id="bin-month"),
    pytest.param(
        [{"_time": NOW}], "| bin _time span=12h aligntime=@d+3h", [{"_time": 1_699_974_000}], id="bin-aligntime"
    ),
    pytest.param(
        EVENTS,
        "| bin _time bins=4 minspan=1m | dedup _time | table _time",
        [{"_time": 180}, {"_time": 120}, {"_time": 60}, {"_time": 0}],
        id="bin-minspan",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=1m count",
        [{"_time": 0, "count": 1}, {"_time": 60, "count": 1}, {"_time": 120, "count": 1}, {"_time": 180, "count": 1}],
        id="timechart",
    ),
    pytest.param(
        [EVENTS[0], EVENTS[3]],
        "| timechart span=1m count avg(x)",
        [
            {"_time": 0, "count": 1, "avg(x)": 1},
            {"_time": 60, "count": 0},
            {"_time": 120, "count": 0},
            {"_time": 180, "count": 1, "avg(x)": 4},
        ],
        id="timechart-gaps",
    ),
    pytest.param(
        [EVENTS[0], EVENTS[3]],
        "| timechart span=1m cont=f count",
        [{"_time": 0, "count": 1}, {"_time": 180, "count": 1}],
        id="timechart-cont",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m count by h",
        [{"_time": 0, "a": 2, "b": 0}, {"_time": 120, "a": 1, "b": 1}],
        id="timechart-by",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m sum(x) by h limit=1",
        [{"_time": 0, "a": 3}, {"_time": 120, "a": 4, "OTHER": 3}],
        id="timechart-other",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m count by h where count in bottom1 useother=f",
        [{"_time": 0, "b": 0}, {"_time": 120, "b": 1}],
        id="timechart-where",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m count by h limit=bottom1 agg=min useother=f",
        [{"_time": 0, "b": 0}, {"_time": 120, "b": 1}],
        id="timechart-agg",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m count sum(x) by h",
        [
            {"_time": 0, "count: a": 2, "count: b": 0, "sum(x): a": 3},
            {"_time": 120, "count: a": 1, "count: b": 1, "sum(x): a": 4, "sum(x): b": 3},
        ],
        id="timechart-two-functions-by",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m eval(avg(x)*count) AS p",
        [{"_time": 0, "p": 3}, {"_time": 120, "p": 7}],
        id="timechart-eval",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=2m per_minute(x)",
        [{"_time": 0, "per_minute(x)": 1.5}, {"_time": 120, "per_minute(x)": 3.5}],
        id="timechart-per-minute",
    ),
    pytest.param(
        EVENTS,
        "| timechart span=1m partial=f count",
        [{"_time": 60, "count": 1}, {"_time": 120, "count": 1}],
        id="timechart-partial",
    ),
    pytest.param(
        [{"_time": 1, "h": "a"}, {"_time": 2}],
        "| timechart span=1m count by h nullstr=NONE",
        [{"_time": 0, "a": 1, "NONE": 1}],
        id="timechart-null",
    ),
    pytest.param(
        [{"_time": 1, "h": "a"}, {"_time": 2}],
        "| timechart span=1m count by h usenull=f",
        [{"_time": 0, "a": 1}],
        id="timechart-usenull",
    ),
    pytest.param([], "| timechart count", [], id="timechart-nothing"),
    pytest.param(
        [EVENTS[0], EVENTS[3]],
        "| sort _time | makecontinuous _time span=100s",
        [{"_time": 0, "h": "a", "x": 1}, {"_time": 100}, {"_time": 200, "h": "a", "x": 4}],
        id="makecontinuous",
    ),
    pytest.param(
        [{"x": 1}, {"x": 3}], "| makecontinuous x span=1", [{"x": 1}, {"x": 2}, {"x": 3}], id="makecontinuous-numbers"
    ),
    pytest.param(
        EVENTS,
        "| transaction h | table h duration eventcount closed_txn",
        [
            {"h": "b", "duration": 0, "eventcount": 1, "closed_txn": 0},
            {"h": "a", "duration": 195, "eventcount": 3, "closed_txn": 0},
        ],
        id="transaction-field",
    ),
    pytest.param(
        EVENTS,
        "| transaction h maxspan=80s | table _time h eventcount",
        [
            {"_time": 200, "h": "a", "eventcount": 1},
            {"_time": 130, "h": "b", "eventcount": 1},
            {"_time": 5, "h": "a", "eventcount": 2},
        ],
        id="transaction-maxspan",
    ),
    pytest.param(
        EVENTS,
        "| transaction maxpause=66s | table _time eventcount x",
        [{"_time": 200, "eventcount": 1, "x": 4}, {"_time": 5, "eventcount": 3, "x": [1, 2, 3]}],
        id="transaction-maxpause",
    ),
    pytest.param(
        VISITS,
        '| transaction u startswith="login" endswith="logout" | table _raw duration closed_txn',
        [{"_raw": "2 login\n3 view\n4 logout", "duration": 30, "closed_txn": 1}],
        id="transaction-ends",
    ),
    pytest.param(
        VISITS,
        '| transaction u startswith=(a=login) endswith=eval(a="logout") keepevicted=t | table eventcount closed_txn',
        [{"eventcount": 3, "closed_txn": 1}, {"eventcount": 1, "closed_txn": 0}],
        id="transaction-evicted",
    ),
    pytest.param(
        VISITS,
        "| transaction u maxevents=2 | table a",
        [{"a": ["logout", "view"]}, {"a": ["login", "view"]}],
        id="transaction-maxevents",
    ),
    pytest.param(
        VISITS[:2],
        "| transaction u mvlist=a mvraw=t | table a u _raw",
        [{"a": ["view", "logout"], "u": "m", "_raw": ["3 view", "4 logout"]}],
        id="transaction-mvlist",
    ),
    pytest.param(
        [*VISITS[:1], {"_time": 3}],
        "| transaction u keeporphans=t | table _time _txn_orphan",
        [{"_time": 60}, {"_time": 3, "_txn_orphan": 1}],
        id="transaction-orphans",
    ),
    pytest.param(
        [],
        "!| gentimes start=10/1/07 end=10/3/07 | table starttime endtime",
        [
            {"starttime": 1_191_196_800, "endtime": 1_191_283_199},
            {"starttime": 1_191_283_200, "endtime": 1_191_369_599},
        ],
        id="gentimes",
    ),
    pytest.param([], "!| gentimes start=-30 end=-27 | stats count", [{"count": 3}], id="gentimes-days"),
    pytest.param(
        [], "!| gentimes start=10/1/07 end=10/5/07 increment=1h | stats count", [{"count": 96}], id="gentimes-hours"
    ),
]


@pytest.mark.parametrize(("rows", "spl", "expected"), CASES)
def test_time_command(rows: Rows, spl: str, expected: Rows) -> None:
    assert search(rows, spl) == expected


@pytest.mark.parametrize(
    ("minutes", "step"),
    [(15, 10), (60, 60), (240, 300), (1440, 1800), (7 * 1440, 86400), (30 * 1440, 86400)],
    ids=["15m", "60m", "4h", "24h", "7d", "30d"],
)
def test_default_span_follows_the_documented_table(minutes: int, step: int) -> None:
    start = 1_700_006_400 - minutes * 60
    found = search([{"_time": start + 1}], "| timechart count", earliest=start, latest=1_700_006_400)
    assert found[1]["_time"] - found[0]["_time"] == step


def test_timechart_covers_the_range_of_the_search_unless_told() -> None:
    rows: Rows = [{"_time": 130}]
    assert [row["count"] for row in search(rows, "| timechart span=1m count", earliest=60, latest=240)] == [0, 1, 0]
    assert len(search(rows, "| timechart span=1m fixedrange=f count", earliest=60, latest=240)) == 1


def test_addinfo_tells_the_bounds_of_the_search() -> None:
    found = search([{"_time": 130}], "| addinfo", earliest=60, latest=240, sid="s1")
    assert found == [
        {"_time": 130, "info_min_time": 60, "info_max_time": 240, "info_sid": "s1", "info_search_time": NOW}
    ]
