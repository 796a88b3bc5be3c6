"""What the store answers in SQL, the hard cases by name; random ones are proofs/pushdown.py's, and that it sees planted
faults proofs/pushdown_faults.py's."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from proofs import pushdown
from understudy.storage import stats_sql
from understudy.storage.events import RawEvent
from understudy.storage.store import Store


def test_a_stats_over_indexed_fields_is_answered_without_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the proof could compare the row path with itself."""
    answered = []
    real = stats_sql.answer

    def counted(*arguments: Any) -> Any:
        found = real(*arguments)
        answered.append(found is not None)
        return found

    monkeypatch.setattr(stats_sql, "answer", counted)
    for test in pushdown.pairs(random.Random("answered"), 300, (pushdown.Chance,)):
        test()
    assert sum(answered) >= 3


@pytest.mark.parametrize(
    ("values", "function"),
    [(("NaN", "1"), "avg"), (("inf", "1"), "sum"), (("0.1", "0.2", "0.7", "1e16"), "sum")],
    ids=["not a number", "infinite", "order of adding"],
)
def test_what_sql_would_calculate_otherwise_goes_row_by_row(
    tmp_path: Path, values: Sequence[str], function: str
) -> None:
    store = Store(tmp_path / "events.duckdb", pushdown.write_configuration(tmp_path), lambda: pushdown.NOW)
    times = [pushdown.NOW - number for number in range(1, len(values) + 1)]
    store.ingest(
        RawEvent("x", sourcetype="plain", time=time, fields={"size": [value]})
        for value, time in zip(values, times, strict=True)
    )
    search = f"search * | stats {function}(size)"
    by_rows = pushdown.answer(store, search, pushdown=False)
    assert pushdown.answer(store, search, pushdown=True) == by_rows
    store.close()


@pytest.mark.parametrize("where", ["_time=1789999999.0", "NOT _time=1789999999.0", "_time!=1789999999.0"])
def test_time_is_compared_as_text_for_equality(tmp_path: Path, where: str) -> None:
    store = Store(tmp_path / "events.duckdb", pushdown.write_configuration(tmp_path), lambda: pushdown.NOW)
    store.ingest([RawEvent("x", sourcetype="plain", host="h", time=pushdown.NOW - 1)])
    for search in (f"search {where} | stats count by host", f"| tstats count where {where} by host"):
        by_rows = pushdown.answer(store, search, pushdown=False)
        assert pushdown.answer(store, search, pushdown=True) == by_rows
    store.close()
