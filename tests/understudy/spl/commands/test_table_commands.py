"""Commands that reshape tables: sort, dedup, totals, transpose, xyseries, untable, chart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understudy.spl.commands.bench import search

Rows = list[dict[str, Any]]
SALES: Rows = [
    {"p": "A", "q": "Q1", "s": 12},
    {"p": "B", "q": "Q1", "s": 14},
    {"p": "A", "q": "Q2", "s": 15},
    {"p": "C", "q": "Q2", "s": 1},
]
EARTH: Rows = [{"mag": m} for m in (-0.5, 0.2, 0.7, 1.5, 2)]

CASES: list[Any] = [
    pytest.param([{"a": 10}, {"a": 9}], "| sort a", [{"a": 9}, {"a": 10}], id="sort-numeric"),
    pytest.param(
        [{"a": "9"}, {"a": "x"}, {"a": "10"}], "| sort a", [{"a": "9"}, {"a": "10"}, {"a": "x"}], id="sort-mixed"
    ),
    pytest.param(
        [{"a": "10.0.0.9"}, {"a": "10.0.0.10"}],
        "| sort a",
        [{"a": "10.0.0.9"}, {"a": "10.0.0.10"}],
        id="sort-addresses",
    ),
    pytest.param([{"a": 10}, {"a": 9}], "| sort str(a)", [{"a": 10}, {"a": 9}], id="sort-str"),
    pytest.param(
        [{"a": 1}, {"b": 2}, {"a": 3}], "| sort -a", [{"a": 3}, {"a": 1}, {"b": 2}], id="sort-missing-last-descending"
    ),
    pytest.param(
        [{"b": 2}, {"a": 3}, {"a": 1}], "| sort a", [{"a": 1}, {"a": 3}, {"b": 2}], id="sort-missing-last-ascending"
    ),
    pytest.param(SALES, "| sort - s p | table s", [{"s": 15}, {"s": 14}, {"s": 12}, {"s": 1}], id="sort-spread-minus"),
    pytest.param(SALES, "| sort q, -s | table s", [{"s": 14}, {"s": 12}, {"s": 15}, {"s": 1}], id="sort-two-fields"),
    pytest.param(SALES, "| sort 2 -num(s), +str(p) | table s", [{"s": 15}, {"s": 14}], id="sort-number"),
    pytest.param(SALES, "| sort limit=1 s | table s", [{"s": 1}], id="sort-limit"),
    pytest.param(SALES, "| sort s desc | table s", [{"s": 15}, {"s": 14}, {"s": 12}, {"s": 1}], id="sort-desc"),
    pytest.param([{"n": 1}] * 10_001, "| sort n | stats count", [{"count": 10_000}], id="sort-default-limit"),
    pytest.param([{"n": 1}] * 10_001, "| sort 0 n | stats count", [{"count": 10_001}], id="sort-0-is-all"),
    pytest.param(SALES, "| dedup p | table s", [{"s": 12}, {"s": 14}, {"s": 1}], id="dedup"),
    pytest.param(SALES, "| dedup 2 p | table s", [{"s": 12}, {"s": 14}, {"s": 15}, {"s": 1}], id="dedup-2"),
    pytest.param(SALES, "| dedup p sortby -s | table s", [{"s": 15}, {"s": 14}, {"s": 1}], id="dedup-sortby"),
    pytest.param([{"a": 1}, {"b": 1}, {"a": 1}], "| dedup a", [{"a": 1}], id="dedup-null-dropped"),
    pytest.param([{"a": 1}, {"b": 1}, {"a": 1}], "| dedup a keepempty=t", [{"a": 1}, {"b": 1}], id="dedup-keepempty"),
    pytest.param(
        [{"a": 1, "b": 1}, {"a": 1, "b": 2}],
        "| dedup a keepevents=t",
        [{"a": 1, "b": 1}, {"b": 2}],
        id="dedup-keepevents",
    ),
    pytest.param(
        [{"a": 1}, {"a": 1}, {"a": 2}, {"a": 1}],
        "| dedup a consecutive=t",
        [{"a": 1}, {"a": 2}, {"a": 1}],
        id="dedup-consecutive",
    ),
    pytest.param(
        [{"a": 1, "b": "2", "c": "x"}], "| addtotals", [{"a": 1, "b": "2", "c": "x", "Total": 3}], id="addtotals"
    ),
    pytest.param(
        [{"ab": 1, "b": 2}], "| addtotals fieldname=sum a*", [{"ab": 1, "b": 2, "sum": 1}], id="addtotals-list"
    ),
    pytest.param(
        [{"a": 1}, {"a": 2}],
        "| addtotals row=f col=t labelfield=n label=ALL",
        [{"a": 1}, {"a": 2}, {"a": 3, "n": "ALL"}],
        id="addtotals-col",
    ),
    pytest.param(
        [{"a": 1, "h": "x"}, {"a": 2, "h": "y"}],
        "| addcoltotals labelfield=h",
        [{"a": 1, "h": "x"}, {"a": 2, "h": "y"}, {"a": 3, "h": "Total"}],
        id="addcoltotals",
    ),
    pytest.param([{"a": 1, "b": 5}], "| addcoltotals a", [{"a": 1, "b": 5}, {"a": 1}], id="addcoltotals-list"),
    pytest.param(
        [{"n": "x", "v": 1}, {"n": "y", "v": 2}],
        "| transpose",
        [{"column": "n", "row 1": "x", "row 2": "y"}, {"column": "v", "row 1": 1, "row 2": 2}],
        id="transpose",
    ),
    pytest.param(
        [{"n": "x", "v": 1}, {"n": "y", "v": 2}],
        '| transpose 1 column_name="Test Name" header_field=n',
        [{"Test Name": "v", "x": 1}],
        id="transpose-options",
    ),
    pytest.param(
        [{"a": n} for n in range(7)],
        "| transpose | table row*",
        [{f"row {n + 1}": n for n in range(5)}],
        id="transpose-5-rows",
    ),
    pytest.param(
        SALES, "| xyseries q p s", [{"q": "Q1", "A": 12, "B": 14}, {"q": "Q2", "A": 15, "C": 1}], id="xyseries"
    ),
    pytest.param(
        [{"x": 1, "y": "a", "d": 2, "e": 3}],
        "| xyseries x y d e",
        [{"x": 1, "d: a": 2, "e: a": 3}],
        id="xyseries-two-fields",
    ),
    pytest.param(
        [{"x": 1, "y": "a", "d": 2, "e": 3}],
        '| xyseries x y d e sep="_"',
        [{"x": 1, "d_a": 2, "e_a": 3}],
        id="xyseries-sep",
    ),
    pytest.param(
        [{"x": 1, "y": "a", "d": 2}],
        '| xyseries x y d format="$VAL$-$AGG$"',
        [{"x": 1, "a-d": 2}],
        id="xyseries-format",
    ),
    pytest.param(
        [{"x": 1, "a": 2, "b": 3}],
        "| untable x s v",
        [{"x": 1, "s": "a", "v": 2}, {"x": 1, "s": "b", "v": 3}],
        id="untable",
    ),
    pytest.param(SALES, "| chart sum(s) by q", [{"q": "Q1", "sum(s)": 26}, {"q": "Q2", "sum(s)": 16}], id="chart-by"),
    pytest.param(
        SALES,
        "| chart count over q by p",
        [{"q": "Q1", "A": 1, "B": 1, "C": 0}, {"q": "Q2", "A": 1, "B": 0, "C": 1}],
        id="chart-over-by",
    ),
    pytest.param(
        SALES, "| chart max(s) by q p", [{"q": "Q1", "A": 12, "B": 14}, {"q": "Q2", "A": 15, "C": 1}], id="chart-by-two"
    ),
    pytest.param(
        SALES,
        "| chart eval(sum(s)/count) AS mean BY q",
        [{"q": "Q1", "mean": 13}, {"q": "Q2", "mean": 8}],
        id="chart-eval",
    ),
    pytest.param(
        SALES,
        "| chart sum(s) over q by p limit=1",
        [{"q": "Q1", "A": 12, "OTHER": 14}, {"q": "Q2", "A": 15, "OTHER": 1}],
        id="chart-limit-other",
    ),
    pytest.param(
        SALES,
        "| chart sum(s) over q by p limit=bottom1 useother=f",
        [{"q": "Q1"}, {"q": "Q2", "C": 1}],
        id="chart-bottom",
    ),
    pytest.param(
        SALES,
        "| chart sum(s) over q by p where sum > 13 useother=f",
        [{"q": "Q1", "A": 12, "B": 14}, {"q": "Q2", "A": 15}],
        id="chart-where-over",
    ),
    pytest.param(
        SALES,
        "| chart sum(s) over q by p where max notin top1 otherstr=REST",
        [{"q": "Q1", "B": 14, "REST": 12}, {"q": "Q2", "C": 1, "REST": 15}],
        id="chart-where-notin",
    ),
    pytest.param(
        [{"x": 1, "y": "a"}, {"x": 1}],
        "| chart count over x by y",
        [{"x": 1, "a": 1, "NULL": 1}],
        id="chart-null-series",
    ),
    pytest.param(
        [{"x": 1, "y": "a"}, {"x": 1}], "| chart count over x by y usenull=f", [{"x": 1, "a": 1}], id="chart-usenull"
    ),
    pytest.param(
        SALES[:2],
        '| chart count sum(s) over q by p format="$VAL$/$AGG$"',
        [{"q": "Q1", "A/count": 1, "B/count": 1, "A/sum(s)": 12, "B/sum(s)": 14}],
        id="chart-format",
    ),
    pytest.param(
        EARTH,
        "| chart count BY mag span=1",
        [
            {"mag": "-1-0", "count": 1},
            {"mag": "0-1", "count": 2},
            {"mag": "1-2", "count": 1},
            {"mag": "2-3", "count": 1},
        ],
        id="documented-magnitudes",
    ),
    pytest.param(
        [{"m": ["x", "x"]}],
        "| chart count by m dedup_splitvals=t",
        [{"m": "x", "count": 1}],
        id="chart-dedup-splitvals",
    ),
    pytest.param(
        [{"lat": 10, "lon": 20}, {"lat": 12, "lon": 22}],
        "| geostats count maxzoomlevel=0",
        [{"geobin": "bl_n_z0_y4_x4", "latitude": 11.0, "longitude": 21.0, "count": 2}],
        id="geostats",
    ),
    pytest.param(
        [{"la": 10, "lo": 20, "g": "f", "r": 4}],
        "| geostats latfield=la longfield=lo maxzoomlevel=0 avg(r) by g",
        [{"geobin": "bl_n_z0_y4_x4", "latitude": 10.0, "longitude": 20.0, "f": 4}],
        id="geostats-by",
    ),
]


@pytest.mark.parametrize(("rows", "spl", "expected"), CASES)
def test_table_command(rows: Rows, spl: str, expected: Rows) -> None:
    assert search(rows, spl) == expected


KEYED = st.lists(
    st.fixed_dictionaries({}, optional={"k": st.one_of(st.integers(0, 5), st.sampled_from(["x", "y", "3"]))}),
    max_size=20,
)


def numbered(rows: Rows) -> Rows:
    return [{**row, "n": number} for number, row in enumerate(rows)]


@settings(deadline=None)
@given(KEYED)
def test_sort_keeps_the_order_of_equal_rows_and_loses_none(rows: Rows) -> None:
    found = search(numbered(rows), "| sort 0 k")
    assert sorted(row["n"] for row in found) == list(range(len(rows)))
    groups: dict[str, list[int]] = {}
    for row in found:
        groups.setdefault(str(row.get("k", "missing")), []).append(row["n"])
    assert all(numbers == sorted(numbers) for numbers in groups.values())
    assert search(found, "| sort 0 k") == found


@settings(deadline=None)
@given(KEYED)
def test_dedup_keeps_the_first_of_each_value_and_is_idempotent(rows: Rows) -> None:
    found = search(numbered(rows), "| dedup k")
    expected: dict[str, int] = {}
    for number, row in enumerate(rows):
        if "k" in row:
            expected.setdefault(str(row["k"]), number)
    assert [row["n"] for row in found] == list(expected.values())
    assert search(found, "| dedup k") == found


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({"x": st.integers(0, 4), "y": st.sampled_from("ab")}), max_size=15))
def test_untable_undoes_chart(rows: Rows) -> None:
    cells = search(rows, "| chart count over x by y | untable x y count | where count>0 | sort 0 x y")
    assert cells == search(rows, "| stats count by x y | sort 0 x y")
