"""Rows a second through the row path of the search language, over rows in memory: no store, no extraction.

    .venv/bin/python -m benchmarks.spl_rows [--rows 200000] [--repeat 3]

Numbers are given once as numbers and once as text, the way fields of events hold them. The best of the repeats counts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import UTC

from understudy.spl import engine
from understudy.spl.model import Context, Row, Stream
from understudy.spl.row_events import NoKnowledge, NoTables, RowEvents

SEARCHES = (
    'eval x=a*2+1, big=if(a>500,"y","n") | where status>=400 AND a<900 | stats count avg(x) by host',
    "eval x=a*2+1",
    "where status>=400 AND a<900",
    "stats count avg(a) by host",
    "stats count by host status",
    'eval k=lower(host)." ".status | dedup k',
    "streamstats sum(a) as s by host",
    "sort 0 - a host",
)


def rows_of(count: int, *, text: bool) -> list[Row]:
    """Returns rows of six fields; text: the numbers as decimal text."""
    chance = random.Random(5)
    return [
        {
            "_time": 1_700_000_000 - number,
            "host": f"h{number % 50}",
            "a": str(number % 1000) if text else number % 1000,
            "b": str(number % 77),
            "status": (str if text else int)(chance.choice((200, 404, 500))),
            "message": "x" * 20,
        }
        for number in range(count)
    ]


def rate(search: str, rows: list[Row], repeat: int) -> float:
    """Returns the best rows a second."""

    def once() -> float:
        given: Iterator[Row] = iter([dict(row) for row in rows])
        context = Context(RowEvents([]), NoTables(), NoKnowledge(), 1_700_000_000, UTC)
        begin = time.perf_counter()
        for _ in engine.run_nested(search, 0, context, Stream(given)).rows:
            pass
        return len(rows) / (time.perf_counter() - begin)

    return max(once() for _ in range(repeat))


def main() -> None:
    parser = argparse.ArgumentParser(description="Rows a second through the row path.")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    tables = {"numbers": rows_of(options.rows, text=False), "text": rows_of(options.rows, text=True)}
    print(f"{options.rows:,} rows\n{'numbers':>12} {'text':>12}  search")
    for search in SEARCHES:
        rates = [rate(search, rows, options.repeat) for rows in tables.values()]
        print("".join(f"{one:12,.0f} " for one in rates) + f" {search}")


if __name__ == "__main__":
    main()
