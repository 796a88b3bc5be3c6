"""The timeline of a job: how many of its events fall into each stretch of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MOST_BUCKETS = 100
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# Spans that people count in; each starts at a multiple of itself since 1970, so days start at midnight UTC.
SPANS = (
    *(1, 2, 5, 10, 15, 30),
    *(count * _MINUTE for count in (1, 2, 5, 10, 15, 30)),
    *(count * _HOUR for count in (1, 2, 3, 4, 6, 12)),
    *(count * _DAY for count in (1, 2, 7, 14, 30, 91, 365, 3650)),
)


@dataclass(frozen=True)
class Bucket:
    """Events with start <= _time < start + span, epoch seconds."""

    start: float
    span: float
    count: int


def buckets(times: Iterable[float]) -> list[Bucket]:
    """Returns buckets of one span without a gap, the shortest usual span that needs at most MOST_BUCKETS of them."""
    moments = sorted(times)
    if not moments:
        return []
    first, last = moments[0], moments[-1]
    longest = (last - first) // MOST_BUCKETS + 2
    span = float(next((span for span in SPANS if last // span - first // span < MOST_BUCKETS), longest))
    counts = Counter(moment // span for moment in moments)
    return [Bucket(place * span, span, counts[place]) for place in _whole(first // span, last // span)]


def _whole(first: float, last: float) -> Iterable[float]:
    place = first
    while place <= last:
        yield place
        place += 1
