"""Events leave an index by age, as splunkd freezes them: bucket by bucket, when the newest event of one is too old.

A bucket is what an index holds of one span of time (`maxHotSpanSecs`), or all that it held when it was rolled. There
are no hot buckets that wait to be rolled: a bucket can go as soon as it is old enough.
"""

from __future__ import annotations

from collections.abc import Mapping

from understudy.storage.store import Store

FROZEN_AFTER = "188697600"
SPAN = "7776000"
EVERY_S = 60.0
"""rotatePeriodInSecs: how often buckets are looked at."""


def freeze(store: Store, now: float) -> None:
    """Takes every bucket off the disk whose newest event is past the `frozenTimePeriodInSecs` of its index."""
    for name, settings in store.conf.stanzas("indexes").items():
        kept = _seconds(settings, "frozenTimePeriodInSecs", FROZEN_AFTER)
        store.freeze(name, now - kept, max(_seconds(settings, "maxHotSpanSecs", SPAN), 1.0))


def _seconds(settings: Mapping[str, str], key: str, default: str) -> float:
    text = settings.get(key, "").strip()
    return float(text if text.isdigit() else default)
