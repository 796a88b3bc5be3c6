"""Cron expressions and intervals."""

from __future__ import annotations

import pytest

from understudy.schedule import cron

NOON = 1_700_049_600.0  # 2023-11-15 12:00:00 UTC


def test_latest_includes_the_moment_itself_and_following_does_not() -> None:
    assert cron.latest("*/5 * * * *", NOON) == NOON
    assert cron.latest("*/5 * * * *", NOON + 299) == NOON
    assert cron.following("*/5 * * * *", NOON) == NOON + 300


@pytest.mark.parametrize("text", ["", "* * * *", "61 * * * *", "* * * * * *", "every day"])
def test_bad_expression_is_refused(text: str) -> None:
    with pytest.raises(cron.ScheduleError):
        cron.check(text)


@pytest.mark.parametrize(
    ("interval", "last", "due"),
    [
        pytest.param("60", None, True, id="never-ran"),
        pytest.param("60", NOON - 59, False, id="too-early"),
        pytest.param("60", NOON - 60, True, id="over"),
        pytest.param("-1", NOON - 1e6, False, id="once-only"),
        pytest.param("0", NOON, True, id="always"),
        pytest.param("0 * * * *", NOON - 10, True, id="cron-passed"),
        pytest.param("0 * * * *", NOON, False, id="cron-not-yet"),
    ],
)
def test_interval(interval: str, last: float | None, due: bool) -> None:
    assert cron.interval_due(interval, NOON, last) is due
