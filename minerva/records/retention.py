"""Whether a record is too old for its index before it comes: Splunk freezes by the time of an event."""

from __future__ import annotations

from minerva.records.kinds import STATE_TYPES
from minerva.records.model import Record, epoch_s

PAST_RETENTION = "past_retention"
"""Code under which such a record is counted and refused."""


def event_time(record: Record, now: float) -> int:
    """Epoch seconds of the event of a record that is read now: Splunk selects and freezes events by it."""
    return int(now) if record.record_type in STATE_TYPES else epoch_s(record.observed_time)


def is_past(record: Record, kept_since: float) -> bool:
    """True if the record's event would be older than what the index keeps; `kept_since`: epoch seconds, 0 = unknown."""
    return record.record_type not in STATE_TYPES and epoch_s(record.observed_time) < kept_since
