"""A row of time buckets without gaps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from understudy.spl.commands.binning import aligned_floor
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Context
from understudy.spl.times import Span
from understudy.spl.values import normalize_number

MAX_BUCKETS = 50_000
"""limits.conf [searchresults] maxresultrows: more rows than this are no answer."""


def fill(
    starts: Sequence[float],
    size: Span,
    context: Context,
    *,
    earliest: float | None = None,
    latest: float | None = None,
    align: float | None = None,
) -> Iterator[int | float]:
    """Yields each bucket start from the first to the last one known; earliest and latest widen the range.

    Raises RuntimeSplError when there are more than MAX_BUCKETS.
    """
    known = sorted(starts)
    if earliest is not None and latest is not None:
        first = aligned_floor(earliest, size, context.zone, align)
        known = [first, *(start for start in known if start >= first)]
        end = latest
    elif known:
        end = math.nextafter(known[-1], math.inf)
    else:
        return
    current = known[0]
    count = 0
    while current < end:
        count += 1
        if count > MAX_BUCKETS:
            raise RuntimeSplError(f"The span makes more than {MAX_BUCKETS} buckets of time; choose a longer span.")
        yield normalize_number(current) or 0
        following = size.next(current, context.zone)
        # A span of several days starts anew at its own boundaries, a clock change moves the local start of a day.
        snapped = aligned_floor(following + 1e-6, size, context.zone, align)
        current = snapped if snapped > current else following
