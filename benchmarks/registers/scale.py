"""CPU time of linking by rows: one register's beginning, all of it, and its rows again in invented towns."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from benchmarks.link_quality import minerva
from benchmarks.link_worlds import LinkSet, Row

TOWNS = ("Ashford", "Brookdale", "Carston", "Dunmore", "Eastham", "Fairlea", "Glenroy", "Hartwell", "Ingleby", "Kelso")


def repeated(rows: Sequence[Row], count: int) -> list[Row]:
    """Returns so many rows: those given, and again in invented towns, where every name and street has another word."""
    made: list[Row] = []
    while len(made) < count:
        turn, row = divmod(len(made), len(rows))
        town = TOWNS[turn % len(TOWNS)]
        again = dict(rows[row])
        if turn:
            again.update(record_id=f"{turn}/{again['record_id']}", city=town, postcode=f"{10000 + turn}",
                         name=f"{town}{turn} {again['name']}")  # fmt: skip
        made.append(again)
    return made


def times(rows: Sequence[Row]) -> None:
    """Prints CPU seconds by rows, and the exponent between them."""
    spent: list[tuple[int, float]] = []
    for count in (3500, 7000, len(rows), 100_000):
        chosen = LinkSet("", list(rows[:count]) if count <= len(rows) else repeated(rows, count), {})
        started = time.process_time()
        minerva(chosen)
        spent.append((count, time.process_time() - started))
        grown = ""
        if len(spent) > 1:
            (few, before), (many, after) = spent[0], spent[-1]
            grown = f"   exponent {math.log(after / before) / math.log(many / few):.2f}"
        print(f"  {count:7d} rows   cpu-s {spent[-1][1]:.1f}{grown}", flush=True)
