"""The band around a share that few cases leave."""

from __future__ import annotations

from math import sqrt

_NORMAL = 1.96
"""Of the band: 95 of 100."""


def wilson(hits: float, count: int) -> tuple[float, float]:
    """The band of a share that was counted (Wilson, 1927), 95 of 100; 0 to 1 where nothing was counted."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, _NORMAL**2
    middle = share + square / (2 * count)
    width = _NORMAL * sqrt(share * (1 - share) / count + square / (4 * count * count))
    return max(0.0, (middle - width) / (1 + square / count)), min(1.0, (middle + width) / (1 + square / count))
