"""Events leave an index by age: a bucket goes when its newest event is older than the index keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.staging import Clock, make_stage
from understudy.stage import Stage
from understudy.storage.events import RawEvent

DAY = 86_400.0
NOW = 1_700_000_000.0


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def stage(tmp_path: Path, clock: Clock) -> Iterator[Stage]:
    with make_stage(tmp_path / "home", clock) as made:
        made.conf.write("indexes", "year", {"frozenTimePeriodInSecs": str(365 * 86_400)}, "search")
        made.conf.write("indexes", "usual", {"homePath": "$SPLUNK_DB/usual/db"}, "search")
        yield made


def add(stage: Stage, index: str, *days_ago: float) -> None:
    stage.store.ingest([RawEvent(f"{days:g} days", index=index, time=NOW - days * DAY) for days in days_ago])


def left(stage: Stage, index: str) -> list[str]:
    return [str(row["_raw"]) for row in stage.search(f"search index={index} | sort _time | table _raw", "admin").rows]


def test_an_event_older_than_the_index_keeps_is_frozen_though_it_came_today(stage: Stage) -> None:
    add(stage, "year", 730, 10)
    add(stage, "usual", 730)
    stage.run_due()
    assert left(stage, "year") == ["10 days"]
    assert left(stage, "usual") == ["730 days"]


def test_a_bucket_stays_while_its_newest_event_is_young_enough(stage: Stage, clock: Clock) -> None:
    span = 90 * DAY  # maxHotSpanSecs of Splunk
    start = (NOW - 366 * DAY) // span * span
    ages = [(NOW - start) / DAY - within for within in (1, 85)]
    add(stage, "year", *ages)
    stage.run_schedules()
    assert len(left(stage, "year")) == 2
    clock.now = start + 85 * DAY + 366 * DAY
    stage.run_schedules()
    assert left(stage, "year") == []


def test_buckets_are_looked_at_once_a_minute(stage: Stage, clock: Clock) -> None:
    stage.run_due()
    add(stage, "year", 730)
    clock.now += 30
    stage.run_due()
    assert left(stage, "year") == ["730 days"]
    clock.now += 31
    stage.run_due()
    assert left(stage, "year") == []
