"""Weak signals between two records that something else has brought together: posted together, written alike.

They find no pair and join none. MOST bits at most are added where a template or images are compared; two people are
joined or not without them, and the reason names them.
"""

from __future__ import annotations

from minerva.linking.model import LinkRecord
from minerva.linking.style import habits_shared

TOGETHER_S, DAY_S = 3600, 86_400
TOGETHER, ALIKE = 0.5, 0.5
MOST = TOGETHER + ALIKE
"""Bits of all weak signals together: less than what any evidence that finds a pair must reach (5.5) by far."""


def posted_together(a: LinkRecord, b: LinkRecord) -> bool:
    """True when both were posted in one city within an hour. A time at midnight is a date, and tells no hour."""
    if not a.city or a.city.casefold() != b.city.casefold() or not a.time or not b.time:
        return False
    return abs(a.time - b.time) <= TOGETHER_S and a.time % DAY_S != 0 and b.time % DAY_S != 0


def weak_signals(a: LinkRecord, b: LinkRecord, copied: bool = False) -> tuple[float, list[str]]:
    """Returns (bits, reasons). copied: the texts are of one template, so that their style is no second sign."""
    total, reasons = 0.0, []
    if posted_together(a, b):
        total += TOGETHER
        reasons.append("posted within an hour in one city")
    habits = [] if copied else habits_shared(a.identifiers, b.identifiers)
    if habits:
        total += ALIKE
        reasons.append(f"written alike ({', '.join(habits)})")
    return total, reasons
