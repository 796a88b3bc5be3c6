"""stats, eventstats, streamstats, top, rare: examples of the function pages, and laws that hold for all rows."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understudy.spl.commands.bench import search

Rows = list[dict[str, Any]]
Y: Rows = [{"y": n} for n in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)]
AGES: Rows = [{"name": "Garcia", "age": 32}, {"name": "Mayer", "age": 45}, {"name": "Garcia", "age": "29"}, {"age": 45}]
TEMPERATURES: Rows = [{"t": t} for t in (65, 42, 40, 31, 47, 53, 64)]
MIXED: Rows = [{"v": v} for v in ("1", "c", "a", 2, "100", "b", 4, 9)]
LOG: Rows = [
    {"_time": 30, "h": "a", "d": 5, "xd": 1},
    {"_time": 20, "h": "b", "d": 3},
    {"_time": 10, "h": "a", "d": 1, "xd": 3},
]

CASES: list[Any] = [
    pytest.param(LOG, "| stats count", [{"count": 3}], id="count"),
    pytest.param(LOG, "| stats count AS c BY h", [{"h": "a", "c": 2}, {"h": "b", "c": 1}], id="count-by"),
    pytest.param([], "| stats count", [{"count": 0}], id="count-of-nothing"),
    pytest.param([], "| stats count by h", [], id="count-of-nothing-by"),
    pytest.param(LOG, "| stats count(xd) c(h)", [{"count(xd)": 2, "c(h)": 3}], id="count-field"),
    pytest.param(
        [{"m": ["x", "y"]}, {"m": "x"}],
        "| stats count(m) dc(m)",
        [{"count(m)": 3, "dc(m)": 2}],
        id="multivalues-count-each",
    ),
    pytest.param(
        [{"m": ["x", "y"]}, {"m": "x"}],
        "| stats count by m",
        [{"m": "x", "count": 2}, {"m": "y", "count": 1}],
        id="multivalue-by",
    ),
    pytest.param(
        [{"m": ["x", "x"]}], "| stats count by m dedup_splitvals=t", [{"m": "x", "count": 1}], id="dedup-splitvals"
    ),
    pytest.param([{"a": 1}, {"b": 1}], "| stats count by a", [{"a": 1, "count": 1}], id="null-by-dropped"),
    pytest.param([{"a": 1}, {"a": "1"}], "| stats count by a", [{"a": 1, "count": 2}], id="one-number-one-group"),
    pytest.param(LOG, '| stats count(eval(h="a")) AS n', [{"n": 2}], id="count-eval"),
    pytest.param(LOG, "| stats sum(eval(d*2)) AS n", [{"n": 18}], id="sum-eval"),
    pytest.param(
        LOG, "| stats avg(*d) BY h", [{"h": "a", "avg(d)": 3, "avg(xd)": 2}, {"h": "b", "avg(d)": 3}], id="wildcard"
    ),
    pytest.param(LOG, "| stats max(*d) AS *_top", [{"_top": 5, "x_top": 3}], id="wildcard-as"),
    pytest.param(LOG, '| stats sum(d) AS "total d"', [{"total d": 9}], id="quoted-name"),
    pytest.param(
        TEMPERATURES,
        "| stats mean(t), sumsq(t), stdev(t)",
        [
            {
                "mean(t)": pytest.approx(48.857142857142854),
                "sumsq(t)": 17664,
                "stdev(t)": pytest.approx(12.615183595289349),
            }
        ],
        id="documented-temperatures",
    ),
    pytest.param(
        [{"m": 2.0}, {"m": 1.6}],
        "| stats var(m) stdevp(m) varp(m)",
        [{"var(m)": pytest.approx(0.08), "stdevp(m)": pytest.approx(0.2), "varp(m)": pytest.approx(0.04)}],
        id="variance",
    ),
    pytest.param([{"m": 5}], "| stats stdev(m) var(m)", [{"stdev(m)": 0, "var(m)": 0}], id="one-value-has-no-spread"),
    pytest.param(
        [{"m": m} for m in (8, 13, 34, 37, 38, 58, 74)],
        "| stats median(m)",
        [{"median(m)": 37}],
        id="documented-median",
    ),
    pytest.param(
        Y,
        "| stats median(y) perc95(y) p0(y) p100(y) exactperc20(y)",
        [{"median(y)": 6, "perc95(y)": 10, "p0(y)": 1, "p100(y)": 10, "exactperc20(y)": 3}],
        id="nearest-rank",
    ),
    pytest.param(
        AGES, "| stats mode(age) mode(name)", [{"mode(age)": 45, "mode(name)": "Garcia"}], id="documented-mode"
    ),
    pytest.param(MIXED, "| stats min(v) max(v)", [{"min(v)": 1, "max(v)": "c"}], id="numbers-before-text"),
    pytest.param(
        [{"v": "10"}, {"v": "9"}],
        "| stats min(v) max(v) range(v)",
        [{"min(v)": 9, "max(v)": 10, "range(v)": 1}],
        id="numeric-text",
    ),
    pytest.param(
        MIXED, "| stats sum(v) avg(v)", [{"sum(v)": 116, "avg(v)": pytest.approx(23.2)}], id="text-is-skipped"
    ),
    pytest.param(MIXED, "| stats allnum=t sum(v) count", [{"count": 8}], id="allnum"),
    pytest.param(
        [{"v": "b"}, {"v": "a"}, {"v": "b"}, {"v": 10}, {"v": 9}],
        "| stats values(v) list(v)",
        [{"values(v)": ["10", "9", "a", "b"], "list(v)": ["b", "a", "b", "10", "9"]}],
        id="values-list",
    ),
    pytest.param(
        [{"v": n} for n in range(150)],
        "| stats list(v) as l | eval n=mvcount(l) | table n",
        [{"n": 100}],
        id="list-first-100",
    ),
    pytest.param(
        [{"v": n} for n in range(150)],
        "| stats values(v) as l | eval n=mvcount(l) | table n",
        [{"n": 150}],
        id="values-unlimited",
    ),
    pytest.param(
        [{"v": "b"}, {"v": "a"}], '| stats delim=":" values(v) as v | nomv v', [{"v": "a:b"}], id="delim-shown-by-nomv"
    ),
    pytest.param(
        LOG,
        "| stats first(d) last(d) earliest(d) latest(d) earliest_time(xd) latest_time(xd) rate(d)",
        [
            {
                "first(d)": 5,
                "last(d)": 1,
                "earliest(d)": 1,
                "latest(d)": 5,
                "earliest_time(xd)": 10,
                "latest_time(xd)": 30,
                "rate(d)": 0.2,
            }
        ],
        id="order-and-time",
    ),
    pytest.param(
        LOG,
        "| stats estdc(h) estdc_error(h) distinct_count(h)",
        [{"estdc(h)": 2, "estdc_error(h)": 0, "distinct_count(h)": 2}],
        id="distinct",
    ),
    pytest.param(
        LOG,
        "| stats sparkline(count,10s) AS s BY h",
        [{"h": "a", "s": ["##__SPARKLINE__##", "1", "0", "1"]}, {"h": "b", "s": ["##__SPARKLINE__##", "0", "1", "0"]}],
        id="sparkline",
    ),
    pytest.param(
        [{"n": 10}, {"n": 9}, {"n": "x"}],
        "| stats count by n | table n",
        [{"n": 9}, {"n": 10}, {"n": "x"}],
        id="natural-order",
    ),
    pytest.param(
        LOG,
        "| eventstats avg(d) as m by h | table d m",
        [{"d": 5, "m": 3}, {"d": 3, "m": 3}, {"d": 1, "m": 3}],
        id="eventstats-by",
    ),
    pytest.param(
        [{"a": 1}, {"b": 2}],
        "| eventstats max(a) as m",
        [{"a": 1, "m": 1}, {"b": 2, "m": 1}],
        id="eventstats-reaches-all-rows",
    ),
    pytest.param(
        [{"a": 1}, {"b": 2}], "| eventstats count by a", [{"a": 1, "count": 1}, {"b": 2}], id="eventstats-null-by-kept"
    ),
    pytest.param(
        LOG, "| streamstats count | table count", [{"count": 1}, {"count": 2}, {"count": 3}], id="streamstats"
    ),
    pytest.param(
        LOG,
        "| streamstats count current=f | table count",
        [{"count": 0}, {"count": 1}, {"count": 2}],
        id="streamstats-current",
    ),
    pytest.param(
        LOG, "| streamstats sum(d) as s window=2 | table s", [{"s": 5}, {"s": 8}, {"s": 4}], id="streamstats-window"
    ),
    pytest.param(
        LOG,
        "| streamstats sum(d) as s by h window=2 global=f | table s",
        [{"s": 5}, {"s": 3}, {"s": 6}],
        id="streamstats-window-per-group",
    ),
    pytest.param(
        LOG,
        "| streamstats sum(d) as s by h window=2 | table s",
        [{"s": 5}, {"s": 3}, {"s": 1}],
        id="streamstats-window-global",
    ),
    pytest.param(
        LOG,
        "| streamstats time_window=15s count | table count",
        [{"count": 1}, {"count": 2}, {"count": 2}],
        id="streamstats-time-window",
    ),
    pytest.param(
        LOG,
        "| streamstats reset_on_change=t count by h | table count",
        [{"count": 1}, {"count": 1}, {"count": 1}],
        id="streamstats-reset-on-change",
    ),
    pytest.param(
        LOG,
        '| streamstats reset_before=(h="b") count | table count',
        [{"count": 1}, {"count": 1}, {"count": 2}],
        id="streamstats-reset-before",
    ),
    pytest.param(
        LOG,
        '| streamstats reset_after=(h="b") count | table count',
        [{"count": 1}, {"count": 2}, {"count": 1}],
        id="streamstats-reset-after",
    ),
    pytest.param(
        [{"a": 1}, {"b": 1}, {"a": 1}],
        "| streamstats count by a",
        [{"a": 1, "count": 1}, {"b": 1}, {"a": 1, "count": 2}],
        id="streamstats-null-by-untouched",
    ),
    pytest.param(
        LOG,
        "| top h",
        [{"h": "a", "count": 2, "percent": "66.666667"}, {"h": "b", "count": 1, "percent": "33.333333"}],
        id="top",
    ),
    pytest.param(
        LOG,
        "| top limit=1 useother=t otherstr=REST countfield=n showperc=f h",
        [{"h": "a", "n": 2}, {"h": "REST", "n": 1}],
        id="top-options",
    ),
    pytest.param(LOG, "| top 1 h showcount=f percentfield=p", [{"h": "a", "p": "66.666667"}], id="top-number-first"),
    pytest.param(
        LOG,
        "| top d by h showperc=f limit=1",
        [{"h": "a", "d": 5, "count": 1}, {"h": "b", "d": 3, "count": 1}],
        id="top-by",
    ),
    pytest.param(LOG, "| rare h showperc=f", [{"h": "b", "count": 1}, {"h": "a", "count": 2}], id="rare"),
    pytest.param([{"n": n} for n in range(12)], "| top n | stats count", [{"count": 10}], id="top-default-10"),
    pytest.param([{"n": n} for n in range(12)], "| top limit=0 n | stats count", [{"count": 12}], id="top-limit-0"),
    pytest.param(LOG, "| top limit=100 h | stats sum(count)", [{"sum(count)": 3}], id="documented-top-then-stats"),
]


@pytest.mark.parametrize(("rows", "spl", "expected"), CASES)
def test_statistics(rows: Rows, spl: str, expected: Rows) -> None:
    assert search(rows, spl) == expected


VALUES = st.one_of(st.integers(-1000, 1000), st.sampled_from(["x", "yy", "7", "-3"]))
TABLES = st.lists(st.fixed_dictionaries({}, optional={"g": st.sampled_from(["a", "b"]), "v": VALUES}), max_size=25)
ORDER_FREE = "| stats count sum(v) min(v) max(v) dc(v) values(v) range(v) median(v) by g"


@settings(deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows: Rows, chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert search(shuffled, ORDER_FREE) == search(rows, ORDER_FREE)


@settings(deadline=None)
@given(TABLES)
def test_groups_add_up_to_the_whole(rows: Rows) -> None:
    grouped = search(rows, "| stats count sum(v) as s by g | stats sum(count) as n sum(s) as s")
    whole = search(rows, "| where isnotnull(g) | stats count as n sum(v) as s")
    assert grouped == (whole if whole[0]["n"] else [{}])


@settings(deadline=None)
@given(TABLES)
def test_last_running_total_is_the_total(rows: Rows) -> None:
    running = search(rows, "| streamstats sum(v) as s | tail 1 | table s") if rows else []
    total = search(rows, "| stats sum(v) as s")
    assert (running or [{}]) == total


@settings(deadline=None)
@given(TABLES)
def test_eventstats_keeps_rows_and_agrees_with_stats(rows: Rows) -> None:
    with_counts = search(rows, "| eventstats count as n by g")
    assert [{k: v for k, v in row.items() if k != "n"} for row in with_counts] == search(rows, "| where true()")
    counts = {row["g"]: row["n"] for row in search(rows, "| stats count as n by g")}
    assert all(row.get("n") == counts.get(row.get("g")) for row in with_counts)
