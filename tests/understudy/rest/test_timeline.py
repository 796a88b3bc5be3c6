"""A timeline has few buckets of a span that people count in, and every event in one of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.rest.timeline import MOST_BUCKETS, SPANS, buckets

DAY = 86400


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        pytest.param(1_700_000_000, 1_700_000_000, 1, id="one moment"),
        pytest.param(1_700_000_000, 1_700_000_090, 1, id="a minute and a half"),
        pytest.param(1_700_000_000, 1_700_086_400, 900, id="a day"),
        pytest.param(1_700_000_000, 1_700_000_000 + 92 * DAY, DAY, id="three months"),
        pytest.param(1_500_000_000, 1_500_000_000 + 3650 * DAY, 91 * DAY, id="ten years"),
    ],
)
def test_the_span_is_one_that_people_count_in(first: float, last: float, span: float) -> None:
    found = buckets([first, last])
    assert found[0].span == span
    assert found[0].start % span == 0


@given(st.lists(st.floats(0, 4_000_000_000), min_size=1, max_size=40))
def test_every_event_is_in_one_bucket_and_no_stretch_is_left_out(times: list[float]) -> None:
    found = buckets(times)
    assert len(found) <= MOST_BUCKETS
    assert sum(bucket.count for bucket in found) == len(times)
    assert all(a.start + a.span == b.start for a, b in pairwise(found))
    assert found[0].start <= min(times)
    assert max(times) < found[-1].start + found[-1].span
    assert found[0].span in SPANS


def test_no_event_makes_no_bucket() -> None:
    assert buckets([]) == []
