"""Weak signals between two records that something else has brought together: posted together, written alike.

They find no pair and join none. MOST bits at most are added where a template or images are compared; two people are
joined or not without them, and the reason names them.
"""

from __future__ import annotations

from minerva.linking.model import LinkRecord
from minerva.linking.texts.style import habits_shared
from minerva.linking.weights import bits

TOGETHER_S, DAY_S = 3600, 86_400
MOST_EACH = 0.5
"""Bits that a weak signal adds at most, whatever was learned: as little as before it was learned. How real people share
habits and hours nobody has measured."""
MOST = 2 * MOST_EACH


def tells_hour(record: LinkRecord) -> bool:
    """True when a record's time is more than a date: a time at midnight tells no hour."""
    return record.time % DAY_S != 0


def posted_together(a: LinkRecord, b: LinkRecord) -> bool:
    """True when both were posted in one city within an hour."""
    if not a.city or a.city.casefold() != b.city.casefold() or not a.time or not b.time:
        return False
    return abs(a.time - b.time) <= TOGETHER_S and tells_hour(a) and tells_hour(b)


def weak_signals(a: LinkRecord, b: LinkRecord) -> tuple[float, list[str]]:
    """Returns (bits, reasons)."""
    total, reasons = 0.0, []
    if posted_together(a, b):
        total += bits("weak_together", 1.0)
        reasons.append("posted within an hour in one city")
    habits = habits_shared(a.identifiers, b.identifiers)
    if habits:
        total += bits("weak_alike", 1.0)
        reasons.append(f"written alike ({', '.join(habits)})")
    return total, reasons
