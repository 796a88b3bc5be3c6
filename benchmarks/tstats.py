"""Measures the event store: ordinary ingestion with six transforms, and tstats over many synthetic records.

Run: `.venv/bin/python -m benchmarks.tstats --events 1000000`. Prints seconds; the loader writes columns directly,
so that only the answers are measured on the large set.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

from understudy import access
from understudy.conf import Conf
from understudy.spl import engine
from understudy.spl.model import Context
from understudy.storage import schema
from understudy.storage.events import RawEvent
from understudy.storage.store import Store

PROPS = "[rec]\nTRUNCATE = 0\nKV_MODE = json\nTRANSFORMS-a = {names}\n"
TRANSFORM = '[{name}]\nREGEX = "{key}":"((?:[^"\\\\]|\\\\.)+)"\nFORMAT = {name}::"$1"\nWRITE_META = true\n'
FIELDS = ("identifier", "record_id", "record_type", "tenant_id", "name", "city")
SEARCHES = (
    "| tstats count",
    "| tstats count by identifier",
    "| tstats count by sourcetype host",
    "| tstats count by _time span=1h",
    "| tstats dc(record_id) as records latest(_time) as last_seen by identifier",
    "| tstats values(identifier) as identifier values(name) as name min(_time) as time by record_id",
    '| tstats count where identifier="phone:+14155550100"',
)


def write_configuration(home: Path) -> Conf:
    folder = home / "etc" / "apps" / "bench" / "default"
    folder.mkdir(parents=True)
    text = "".join(TRANSFORM.format(name=name, key=name) for name in FIELDS)
    (folder / "transforms.conf").write_text(
        text.replace("[identifier]\n", "[identifier]\nREPEAT_MATCH = true\nLOOKAHEAD = 1048576\n"), encoding="utf-8"
    )
    (folder / "props.conf").write_text(PROPS.format(names=", ".join(FIELDS)), encoding="utf-8")
    return Conf.load(home / "etc")


def record(number: int, pick: random.Random) -> tuple[str, list[str]]:
    identifiers = [f"phone:+1415555{pick.randrange(100, 9999):04d}", f"email:u{pick.randrange(250_000)}@x.example"]
    evidence = ",".join(f'{{"identifier":"{item}","field":"text"}}' for item in identifiers)
    text = "lorem ipsum dolor sit amet " * 12
    raw = (
        f'{{"record_id":"{number:032x}","record_type":"ad","tenant_id":"north","name":"Name {number % 5000}",'
        f'"city":"City {number % 300}","text":"{text}","evidence":[{evidence}]}}'
    )
    return raw, identifiers


def raw_events(count: int) -> Iterator[RawEvent]:
    pick = random.Random(1)
    for number in range(count):
        yield RawEvent(record(number, pick)[0], sourcetype="rec", source=f"s{number % 20}", time=1.79e9 + number)


def load(store: Store, count: int) -> None:
    """Fills the store without parsing: the columns that ingestion would have made."""
    pick = random.Random(2)
    connection = store.cursor()
    store.schema.add(connection, FIELDS)
    store.schema.committed()
    columns = store.schema.fields
    for first in range(0, count, 50_000):
        numbers = range(first + 1, min(first + 50_000, count) + 1)
        made = [record(number, pick) for number in numbers]
        size = len(made)
        base: list[list[Any]] = [
            list(numbers),
            [1.79e9 + number * 2.5 for number in numbers],
            [1.79e9] * size,
            ["main"] * size,
            ["minerva"] * size,
            [f"s{number % 20}" for number in numbers],
            ["rec"] * size,
            [raw for raw, _ in made],
            [None] * size,
        ]
        values: dict[str, list[list[str] | None]] = {
            "identifier": [found for _, found in made],
            "record_id": [[f"{number:032x}"] for number in numbers],
            "record_type": [["ad"]] * size,
            "tenant_id": [["north"]] * size,
            "name": [[f"Name {number % 5000}"] for number in numbers],
            "city": [[f"City {number % 300}"] for number in numbers],
        }
        schema.insert(connection, base, {columns[name]: column for name, column in values.items()})
    store.refresh()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--ingest", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        conf = write_configuration(home)
        store = Store(home / "ingest.duckdb", conf, time.time)
        begin = time.perf_counter()
        written = store.ingest(raw_events(options.ingest)).written
        print(f"ingest, six transforms: {written / (time.perf_counter() - begin):,.0f} events/s")
        store.close()
        store = Store(home / "large.duckdb", conf, time.time)
        begin = time.perf_counter()
        load(store, options.events)
        print(f"bulk load of {options.events:,} events: {time.perf_counter() - begin:.1f} s")
        events = store.events_for(access.system(conf))
        missing: Any = None
        context = Context(events=events, tables=missing, knowledge=missing, now=time.time(), zone=UTC)
        for search in SEARCHES:
            begin = time.perf_counter()
            rows = sum(1 for _ in engine.run(search, context).rows)
            print(f"{time.perf_counter() - begin:7.3f} s  {rows:>9,} rows  {search}")
        store.close()


if __name__ == "__main__":
    main()
