"""Builds the businesses of a sector from one seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from demo.world.places import CITIES, City
from demo.world.trades import hotels, massage, others, recruiters
from demo.world.trades.chances import DIFFICULTIES
from demo.world.trades.writing import UNTIL, Pen, Written

SECTORS: dict[str, Callable[[Pen, int], None]] = {
    "massage": massage.write,
    "hotel": hotels.write,
    "recruiter": recruiters.write,
    "mailbox": others.mailboxes,
    "property": others.properties,
    "school": others.schools,
    "advertiser": others.advertisers,
}
Trades = Written


def build_trades(
    sector: str,
    count: int,
    *,
    seed: int = 7,
    level: str = "medium",
    until: datetime = UNTIL,
    cities: Sequence[City] = CITIES,
    taken: Iterable[str] = (),
) -> Trades:
    """The records of so many businesses of a sector, and which of them are illicit; seeded. taken: phones of others."""
    pen = Pen(DIFFICULTIES[level], random.Random(f"{seed}-{sector}-{level}"), until, cities, taken)
    SECTORS[sector](pen, count)
    return pen.written
