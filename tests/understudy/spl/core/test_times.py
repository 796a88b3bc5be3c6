"""Time modifiers, snapping, spans. Source: Splunk 10.2 search reference, time modifiers."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.spl import times

NOW = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC).timestamp()  # a Tuesday
CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2023-11-14T22:13:20"),
        ("-1h", "2023-11-14T21:13:20"),
        ("-h", "2023-11-14T21:13:20"),
        ("-1d@d", "2023-11-13T00:00:00"),
        ("@d", "2023-11-14T00:00:00"),
        ("@h", "2023-11-14T22:00:00"),
        ("@m", "2023-11-14T22:13:00"),
        ("@w0", "2023-11-12T00:00:00"),
        ("@w", "2023-11-12T00:00:00"),
        ("@w7", "2023-11-12T00:00:00"),
        ("@w1", "2023-11-13T00:00:00"),
        ("@w6", "2023-11-11T00:00:00"),
        ("@mon", "2023-11-01T00:00:00"),
        ("@q", "2023-10-01T00:00:00"),
        ("@y", "2023-01-01T00:00:00"),
        ("-1mon@mon", "2023-10-01T00:00:00"),
        ("-1q", "2023-08-14T22:13:20"),
        ("-1y", "2022-11-14T22:13:20"),
        ("+2weeks", "2023-11-28T22:13:20"),
        ("-1d@d+2h", "2023-11-13T02:00:00"),
        ("-2minutes@m", "2023-11-14T22:11:00"),
        ("0", "1970-01-01T00:00:00"),
        ("11/14/2023:10:00:00", "2023-11-14T10:00:00"),
        ("2023-11-14T10:00:00", "2023-11-14T10:00:00"),
        ("2023-11-14T10:00:00.000+02:00", "2023-11-14T08:00:00"),
        ("now-1d", "2023-11-13T22:13:20"),
    ],
)
def test_modifier_gives_a_moment(text: str, expected: str) -> None:
    assert times.parse_modifier(text, NOW, UTC) == datetime.fromisoformat(expected + "+00:00").timestamp()


def test_month_end_is_clamped() -> None:
    end = datetime(2023, 3, 31, tzinfo=UTC).timestamp()
    assert times.parse_modifier("-1mon", end, UTC) == datetime(2023, 2, 28, tzinfo=UTC).timestamp()


def test_days_keep_the_local_clock_over_a_clock_change() -> None:
    before = datetime(2023, 3, 11, 12, tzinfo=CHICAGO).timestamp()
    assert times.add(before, 1, "d", CHICAGO) - before == 23 * 3600
    assert times.snap(before, "d", CHICAGO) == datetime(2023, 3, 11, tzinfo=CHICAGO).timestamp()


@pytest.mark.parametrize("text", ["", "yesterday", "-1x", "@", "rt-5m", "-1d@zz", "1d", "-99999999999y"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(times.TimeSyntaxError):
        times.parse_modifier(text, NOW, UTC)


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("5m", 5, "m"),
        ("1d", 1, "d"),
        ("10", 10, ""),
        ("2log3", 2, "log"),
        ("month", 1, "mon"),
        ("0.5", 0.5, ""),
        ("100ms", 100, "ms"),
    ],
)
def test_span_is_read(text: str, count: float, unit: str) -> None:
    span = times.parse_span(text)
    assert (span.count, span.unit) == (count, unit)


@pytest.mark.parametrize("text", ["", "x", "-5m", "0m", "1.5d"])
def test_text_that_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(times.TimeSyntaxError):
        times.parse_span(text)


@given(st.integers(0, 4_000_000_000), st.sampled_from(["1m", "5m", "1h", "1d", "1w", "1mon", "1q", "1y", "3d", "2h"]))
def test_bucket_holds_its_time_and_ends_where_the_next_begins(epoch: int, text: str) -> None:
    span = times.parse_span(text)
    start = span.floor(epoch, UTC)
    assert start <= epoch < span.next(start, UTC)
    assert span.floor(start, UTC) == start


@given(st.integers(0, 4_000_000_000))
def test_text_of_a_time_reads_back_as_the_same_time(epoch: int) -> None:
    text = times.strftime(epoch, "%Y-%m-%dT%H:%M:%S%z", CHICAGO)
    assert text is not None
    assert times.strptime(text, "%Y-%m-%dT%H:%M:%S%z", UTC) == epoch
