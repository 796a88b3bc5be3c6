"""A moving window answers as one that reads its rows again for each row, and its work does not grow with the window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.understudy.spl.core.conftest import answer, context_of
from understudy.spl.commands.reader import Reader
from understudy.spl.model import Row
from understudy.spl.statistics.aggregation import Plan
from understudy.spl.statistics.calls import Call, parse_named_call
from understudy.spl.statistics.functions import FUNCTIONS
from understudy.spl.statistics.sliding import slides
from understudy.spl.statistics.windows import Bounds, MovingPlan, MovingWindows, Windows, windows_for

CONTEXT = context_of([])
NAMES = [name for name, function in FUNCTIONS.items() if function.scope == "all"]
WRITTEN = [*(f"{name}(a)" for name in NAMES), "count", "perc90(a)", "max(*)", "sum(eval(a*2))", "eval(max(a)-min(a))"]
VALUES = st.one_of(st.integers(-3, 3), st.sampled_from([0.5, 2.5, "x", "b", "10", "2", "é", 1e300, 0.1]))
ROW = st.fixed_dictionaries(
    {"g": st.sampled_from(["p", "q"])},
    optional={"a": st.one_of(VALUES, st.lists(VALUES, min_size=2, max_size=3)), "_time": st.integers(0, 40)},
)


def call_of(text: str) -> Call:
    return parse_named_call(Reader(text, 0, "streamstats"))


def agrees(found: Row, expected: Row) -> bool:
    return found.keys() == expected.keys() and all(
        value == pytest.approx(expected[name], rel=1e-9, abs=1e-9)
        if isinstance(value, float) or isinstance(expected[name], float)
        else value == expected[name]
        for name, value in found.items()
    )


def run(windows: Windows, rows: list[Row], *, current: bool) -> list[Row]:
    found = []
    for row in rows:
        key = (str(row["g"]),)
        if current:
            windows.push(key, row)
        found.append(windows.results(key, row))
        if not current:
            windows.push(key, row)
    return found


@settings(max_examples=400, deadline=None)
@example(["var(a)"], [{"g": "q", "a": [1, -1]}, {"g": "q", "a": [1, 1]}], Bounds(2, None, False), True, False)
@given(
    st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=4, unique=True),
    st.lists(ROW, max_size=25),
    st.builds(Bounds, st.integers(1, 6), st.one_of(st.none(), st.integers(1, 20)), st.booleans()),
    st.booleans(),
    st.booleans(),
)
def test_moving_window_equals_one_that_is_read_again(
    texts: list[str], rows: list[Row], bounds: Bounds, current: bool, allnum: bool
) -> None:
    rows = sorted(rows, key=lambda row: int(str(row.get("_time", 0))))
    calls = [call_of(text) for text in texts]
    plain = run(Windows(bounds, Plan(calls, CONTEXT, ["g"], allnum=allnum)), rows, current=current)
    moving = run(MovingWindows(bounds, MovingPlan(calls, CONTEXT, ["g"], allnum=allnum)), rows, current=current)
    assert all(map(agrees, moving, plain)), (moving, plain)


@pytest.mark.parametrize("name", NAMES)
def test_every_function_moves(name: str) -> None:
    assert slides(call_of(f"{name}(a)"))


def test_sparkline_is_drawn_anew() -> None:
    assert type(windows_for(Bounds(3, None, True), [call_of("sparkline(count)")], None, [], allnum=False)) is Windows


def test_window_reads_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """10,000 rows in a window of 5,000: each row is added once."""
    added = 0
    whole = Plan.update

    def counted(self: Plan, state: Any, row: Row) -> None:
        nonlocal added
        added += 1
        whole(self, state, row)

    monkeypatch.setattr(Plan, "update", counted)
    found = answer("| makeresults count=10000 | streamstats window=5000 sum(_time) as s | tail 1")
    assert (found[0]["s"], added) == (1_700_000_000 * 5000, 10_000)


def test_what_left_the_window_leaves_nothing_behind() -> None:
    rows: list[dict[str, Any]] = [{"a": 1e16}, {"a": 0.1}, {"a": 0.2}, {"a": 0.3}]
    assert answer("search * | streamstats window=2 sum(a) as s | tail 1", rows)[0]["s"] == 0.5
    assert answer("search * | streamstats window=1 stdev(a) as s avg(a) as m | tail 1", rows)[0]["m"] == 0.3
