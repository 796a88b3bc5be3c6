"""Speed of the stand-in's search language, each figure beside its bar; ratios are against plain DuckDB SQL.

    .venv/bin/python -m benchmarks.spl_speed [--events 1000000] [--repeat 3] [--seed 11] [--only NAME ...]

The SQL reads a Parquet file of the same events, written and read in the same run. Memory is that of child processes.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import duckdb

from understudy import access
from understudy.conf import Conf
from understudy.spl import engine
from understudy.spl.model import Context, Row, Stream
from understudy.spl.row_events import NoKnowledge, NoTables, RowEvents
from understudy.storage.schema import scalar_of
from understudy.storage.store import Store

MIB = 2**20
START = 1_790_000_000
WORDS = (
    "visa",
    "urgent",
    "hotel",
    "street",
    "agency",
    "city",
    "calls",
    "nights",
    "number",
    "station",
    "market",
    "river",
)
FIELDS = ("city", "risk", "kind", "owner")
PROPS = "[flat]\nKV_MODE = none\n[deep]\nKV_MODE = json\n"
FIELDS_CONF = "".join(f"[{name}]\nINDEXED = true\n" for name in FIELDS)
EVENTS = """
INSERT INTO events (id, time, indextime, idx, host, source, sourcetype, raw, {columns})
SELECT id, time, time, 'main', host, source, '{sourcetype}',
  '{{"record_id":"' || printf('%032x', id) || '","town":"' || city || '","score":' || risk || ',"price":' || price
  || ',"user":{{"name":"' || owner || '","age":' || age || '}},"tags":["t' || age % 7 || '","t' || age % 5
  || '"],"at":' || time::BIGINT || ',"text":"' || text || '"}}',
  [city], [risk::VARCHAR], [kind], [owner], city, risk::VARCHAR, kind, owner
FROM (
  SELECT id, {start} + id * 0.5 AS time, 'host' || pick % 50 AS host, 'source' || pick % 20 AS source,
    'City ' || pick % 300 AS city, (pick // 7) % 101 AS risk, 'kind' || (pick // 3) % 9 AS kind,
    'owner' || (pick // 11) % 20000 AS owner, (pick // 13) % 90 AS age, ((pick // 17) % 4000) / 4 AS price,
    list_aggregate(list_transform(range(52), lambda n:
      CASE WHEN hash(pick, n) % 97 = 0 THEN 'visa' WHEN hash(pick, n) % 89 = 0 THEN 'urgent'
      ELSE list_extract({words}, (hash(pick, n) % {plain} + 3)::INT) END), 'string_agg', ' ') AS text
  FROM (SELECT i AS id, (hash(i, {seed}) % 1000000007)::BIGINT AS pick FROM range({low}, {high}) r(i))
)
"""


@dataclass(frozen=True)
class Figure:
    """One line of the table. higher: the bar is a least, else a most."""

    name: str
    what: str
    bar: float
    reached: float
    unit: str
    higher: bool = False

    def line(self) -> str:
        met = self.reached >= self.bar if self.higher else self.reached <= self.bar
        shown = f"{self.reached:,.0f}" if self.reached >= 100 else f"{self.reached:.2f}"
        bar = f"{'at least' if self.higher else 'at most'} {self.bar:,g} {self.unit}"
        return f"| {self.name} | {self.what} | {bar} | {shown} {self.unit} | {'yes' if met else '**no**'} |"


class Bench:
    """A store of events in a folder, its Parquet file, and the clock."""

    def __init__(self, home: Path, sourcetype: str) -> None:
        self.conf = write_configuration(home / "etc")
        self.parquet = home / f"{sourcetype}.parquet"
        self.store = Store(home / f"{sourcetype}.duckdb", self.conf, lambda: float(START))
        self.sql = duckdb.connect()

    def load(self, count: int, seed: int, sourcetype: str) -> None:
        connection = self.store.cursor()
        self.store.schema.add(connection, FIELDS)
        self.store.schema.committed()
        columns = self.store.schema.fields
        for low in range(1, count + 1, 100_000):
            connection.execute(
                EVENTS.format(
                    columns=", ".join([*(columns[n] for n in FIELDS), *(scalar_of(columns[n]) for n in FIELDS)]),
                    sourcetype=sourcetype,
                    start=START,
                    words=list(WORDS),
                    plain=len(WORDS) - 2,
                    seed=seed,
                    low=low,
                    high=min(low + 100_000, count + 1),
                )
            )
        connection.execute("CHECKPOINT")
        self.store.refresh()
        shown = ", ".join(f"{columns[name]}[1] AS {name}" for name in FIELDS)
        connection.execute(
            f"COPY (SELECT time, idx, host, source, sourcetype, raw, {shown} FROM events) TO '{self.parquet}'"
        )

    def search(self, text: str) -> float:
        """Returns the seconds of a search, all rows read."""
        begin = time.perf_counter()
        for _ in engine.run(text, self.context()).rows:
            pass
        return time.perf_counter() - begin

    def context(self) -> Context:
        rights = access.system(self.conf)
        return Context(self.store.events_for(rights), NoTables(), NoKnowledge(), float(START), UTC)

    def plain(self, text: str) -> float:
        """Returns the seconds of the plain SQL; {{}} stands for the Parquet file."""
        begin = time.perf_counter()
        self.sql.execute(text.replace("{}", f"'{self.parquet}'")).fetchall()
        return time.perf_counter() - begin

    def ratio(self, search: str, sql: str, repeat: int) -> float:
        """Returns the best time of the search over the best time of the SQL, taken in turns."""
        times = [(self.search(search), self.plain(sql)) for _ in range(repeat)]
        return min(own for own, _ in times) / min(other for _, other in times)


def write_configuration(etc: Path) -> Conf:
    folder = etc / "system" / "local"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "props.conf").write_text(PROPS, encoding="utf-8")
    (folder / "fields.conf").write_text(FIELDS_CONF, encoding="utf-8")
    return Conf.load(etc)


FREE_TEXT = " AND ".join(f"regexp_matches(raw, '(?i)\\b{word}\\b')" for word in ("visa", "urgent"))
RATIOS: tuple[tuple[str, str, str, str, float], ...] = (
    ("tstats", "flat", "| tstats count by host", "SELECT host, count(*) FROM {} GROUP BY 1 ORDER BY 1", 3),
    (
        "tstats on an indexed field",
        "flat",
        "| tstats count by city",
        "SELECT city, count(*) FROM {} GROUP BY 1 ORDER BY 1",
        3,
    ),
    (
        "stats on indexed fields",
        "flat",
        "* | stats count avg(risk) by city",
        "SELECT city, count(*), avg(try_cast(risk AS DOUBLE)) FROM {} GROUP BY 1 ORDER BY 1",
        3,
    ),
    (
        "stats on JSON fields",
        "deep",
        "* | stats count avg(score) by town",
        "SELECT raw->>'$.town' AS town, count(*), avg(try_cast(raw->>'$.score' AS DOUBLE)) FROM {} "
        "GROUP BY 1 ORDER BY 1",
        5,
    ),
    (
        "free text",
        "flat",
        "visa urgent | stats count",
        f"SELECT count(*) FROM {{}} WHERE {FREE_TEXT}",
        3,
    ),
    (
        "free text, its rows",
        "flat",
        "visa urgent | table _time _raw",
        f"SELECT time, raw FROM {{}} WHERE {FREE_TEXT}",
        3,
    ),
)
RATES: tuple[tuple[str, str, str, float], ...] = (
    (
        "row path, indexed fields",
        "flat",
        '* | eval x=risk*2+1, big=if(risk>50,"y","n") | where x>=40 AND risk<90 | stats count avg(x) by city',
        200_000,
    ),
    (
        "row path, JSON by row",
        "deep",
        '* | eval x=score*2+1, big=if(score>50,"y","n") | where x>=40 AND score<90 | stats count avg(x) by town',
        40_000,
    ),
)
WHOLE_SEARCH = "* | streamstats count as n by kind | stats max(n) by kind"


def figures(home: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Yields every figure asked for."""

    def asked(name: str) -> bool:
        return not options.only or any(part in name for part in options.only)

    for sourcetype in ("flat", "deep"):
        bench = Bench(home, sourcetype)
        bench.load(options.events, options.seed, sourcetype)
        for name, kind, search, sql, bar in RATIOS:
            if kind == sourcetype and asked(name):
                yield Figure(name, f"`{search}`", bar, bench.ratio(search, sql, options.repeat), "x")
        for name, kind, search, bar in RATES:
            if kind == sourcetype and asked(name):
                best = min(bench.search(search) for _ in range(options.repeat))
                yield Figure(name, f"`{search}`", bar, options.events / best, "rows/s", True)
        bench.store.close()
    if asked("memory"):
        for sourcetype in ("flat", "deep"):
            peak = child("search", str(home), sourcetype)
            yield Figure(f"memory, {sourcetype}", f"`{WHOLE_SEARCH}`, all fields", 1.5 * 1024, peak, "MiB")
        small, large = child("stream", str(options.events)), child("stream", str(options.events * 10))
        what = f"peak of {options.events * 10:,} rows through eval, where, head over that of {options.events:,}"
        yield Figure("streaming memory", what, 1.05, large / small, "x")
    yield from crossings(home, options, asked)


def crossings(home: Path, options: argparse.Namespace, asked: Callable[[str], bool]) -> Iterator[Figure]:
    """Yields the figures of rows and events that cross a process border."""
    from benchmarks.spl_processes import ingested_rate, passed_rate

    count = min(options.events, 100_000)
    if asked("pass-through"):
        rates = [passed_rate(home / "pass", count) for _ in range(options.repeat)]
        yield Figure("pass-through command", f"{count:,} rows, SDK, six fields", 16_000, max(rates), "rows/s", True)
    if asked("ingestion"):
        rate = ingested_rate(home / "ingest", count)
        yield Figure("ingestion", f"{count:,} events of a modular input", 10_000, rate, "events/s", True)


def child(*arguments: str) -> float:
    """Returns the peak memory of this module run as a child, MiB."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.spl_speed", "--child", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def run_child(arguments: list[str]) -> None:
    """Prints the peak memory of one search, MiB."""
    if arguments[0] == "search":
        Bench(Path(arguments[1]), arguments[2]).search(WHOLE_SEARCH)
    else:
        given = Stream(made_rows(int(arguments[1])))
        context = Context(RowEvents([]), NoTables(), NoKnowledge(), float(START), UTC)
        search = 'eval x=a*2+1, y=if(a>500,"y","n") | where a>=0 | fields x y host | head 1000000000'
        for _ in engine.run_nested(search, 0, context, given).rows:
            pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def made_rows(count: int) -> Iterator[Row]:
    for number in range(count):
        yield {"_time": START - number, "host": f"h{number % 50}", "a": str(number % 1000), "message": "x" * 500}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Speed of the search language against plain SQL.")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--only", nargs="*", help="parts of names of figures")
    parser.add_argument("--child", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        run_child(options.child)
        return 0
    print(f"{options.events:,} events, seed {options.seed}, best of {options.repeat}\n", flush=True)
    print("| figure | what runs | bar | reached | met |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder), options):
            print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
