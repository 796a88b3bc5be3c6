"""Politeness to a host by all runs together: its turn, its wish to be left alone, and its requests of a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minerva.intake.errors import RetryLater
from minerva.intake.running.hosts import FILE, SharedPace
from tests.connectors.loopback import Slept, serving
from tests.connectors.running import World
from tests.connectors.web.making import rows, web_source


def pace(folder: Path, slept: Slept, per_second: float = 2, burst: int = 2, per_day: int = 0) -> SharedPace:
    return SharedPace(folder / FILE, per_second, burst, slept.timing(), per_day)


def test_two_runs_share_the_pace_of_a_host_and_another_host_has_its_own(tmp_path: Path) -> None:
    slept = Slept()
    one, other = pace(tmp_path, slept), pace(tmp_path, slept)
    for _ in range(5):
        one.take("a.example.org")
        other.take("a.example.org")
    assert sum(slept.sleeps) == pytest.approx(4.0)  # ten requests at two a second, two of them at once
    before = len(slept.sleeps)
    one.take("b.example.org")
    assert len(slept.sleeps) == before


def test_a_host_that_asks_to_be_left_alone_is_left_alone_by_all(tmp_path: Path) -> None:
    slept = Slept()
    pace(tmp_path, slept).hold("a.example.org", 60)
    pace(tmp_path, slept).take("a.example.org")
    assert slept.sleeps == [60]
    pace(tmp_path, slept).hold("a.example.org", 900)
    with pytest.raises(RetryLater) as told:
        pace(tmp_path, slept).take("a.example.org")
    assert told.value.seconds == 900


def test_the_requests_of_a_day_end_and_come_back_the_next_day(tmp_path: Path) -> None:
    slept = Slept(86_400.0 * 20_000)
    for _ in range(3):
        pace(tmp_path, slept, 0, per_day=3).take("a.example.org")
    with pytest.raises(RetryLater) as told:
        pace(tmp_path, slept, 0, per_day=3).take("a.example.org")
    assert told.value.seconds == 86_400
    slept.moment += 86_400
    pace(tmp_path, slept, 0, per_day=3).take("a.example.org")


def test_a_clock_that_is_set_back_does_not_stop_a_host_for_long(tmp_path: Path) -> None:
    slept = Slept()
    pace(tmp_path, slept).hold("a.example.org", 3600)
    slept.moment -= 30 * 86_400
    with pytest.raises(RetryLater) as told:
        pace(tmp_path, slept).take("a.example.org")
    assert told.value.seconds <= 3600
    slept.moment += 3600
    pace(tmp_path, slept).take("a.example.org")


def test_turns_that_were_taken_before_a_clock_was_set_back_end_within_an_hour(tmp_path: Path) -> None:
    slept = Slept()
    for _ in range(5):
        pace(tmp_path, slept).take("a.example.org")
    slept.moment -= 30 * 86_400
    with pytest.raises(RetryLater):
        pace(tmp_path, slept).take("a.example.org")
    slept.moment += 3600
    pace(tmp_path, slept).take("a.example.org")


def test_a_file_that_is_none_leaves_each_run_its_own_pace(tmp_path: Path) -> None:
    slept = Slept()
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    one = pace(tmp_path, slept)
    for _ in range(4):
        one.take("a.example.org")
    assert sum(slept.sleeps) == pytest.approx(1.0)


def test_a_quota_puts_a_run_off_and_the_next_day_goes_on(tmp_path: Path) -> None:
    world = World(tmp_path)
    paging = {"kind": "page", "param": "page"}
    source = web_source(paging=paging, items="", rate={"per_second": 0, "per_day": 2})
    with serving() as site:
        pages = {"1": rows([1]), "2": rows([2]), "3": rows([3])}
        site.routes["/list"] = lambda handler: handler.answer(
            200, json.dumps(pages.get(handler.query["page"], [])).encode()
        )
        report = world.fetch(site, source)
        assert (report.emitted, report.deferred) == (2, True)
        assert world.fetch(site, source).deferred
        world.slept.moment += 86_400
        report = world.fetch(site, source)
        assert (report.emitted, report.failed) == (1, "")


def test_an_input_that_was_put_off_by_a_clock_in_the_future_runs_within_a_day(tmp_path: Path) -> None:
    world = World(tmp_path)
    source = web_source(items="", rate={"per_second": 0})
    with serving() as site:
        site.routes["/list"] = lambda handler: handler.answer(429, Retry_After="3600")
        world.slept.moment += 30 * 86_400
        assert world.fetch(site, source).deferred
        site.routes["/list"] = rows([1])
        world.slept.moment -= 30 * 86_400 - 60
        (tmp_path / FILE).unlink()
        assert world.fetch(site, source).emitted == 1
