"""The scheduled refresh beside linking everything anew, on the stand-in: index, tstats, minervalink, handler, KV store.

    python3 build.py bench link_refresh [--records 20000] [--new 10 100 1000] [--seed 11]

Both are the app's own scheduled searches, run as the service. CPU-seconds are those of all processes together: search,
command, handler, store. The records are those of `link_scale`, in random order; the base is linked before, untimed, and
each batch is indexed and then linked by the five-minute search. At the end everything is linked anew, with the same
records: that is what each batch is measured against. Reading: the search without `minervalink`, run once more. A hub
that stands may be judged otherwise by then, so entities that linking anew changes are counted and not forbidden.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assembly.emit.app_searches import fill, read_searches
from assembly.packages.stage import stage_apps
from assembly.tenants import emit_tenants_app, read_tenants
from benchmarks.link_scale import people
from demo.run import ROOT, SERVICE, Run
from minerva.documents import PAGE
from minerva.identifiers.evidence import Evidence
from minerva.linking.model import LinkRecord
from minerva.records import Record
from minerva.records.model import epoch_s
from minerva.records.signing import digest_of, with_mark
from understudy.stage import Stage
from understudy.storage.events import RawEvent

TENANTS = ROOT / "demo" / "tenants.yml"
KEEP, ANEW = "Minerva - keep entities current", "Minerva - link everything anew"
_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds() -> float:
    """Returns what this process and all it started have used, those that still run and those that ended."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if fields:
            parents[int(entry.name)] = int(fields[1])
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / _TICKS
    total, waiting = 0.0, [os.getpid()]
    while waiting:
        process = waiting.pop()
        total += spent.get(process, 0.0)
        waiting += [each for each, parent in parents.items() if parent == process]
    return total


class Scheduled:
    """The searches of one tenant on a running stand-in."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._tenant = run.tenants[0]

    def index(self, records: Iterable[LinkRecord]) -> None:
        """Writes events as an input would."""
        name = self._tenant.index
        made = (RawEvent(each.to_json(), index=name, sourcetype="minerva:ad", source=each.source_id, host="bench",
                         time=float(epoch_s(each.observed_time))) for each in self._signed(records))  # fmt: skip
        done = self._run.stage.store.ingest(made)
        assert not done.refused, done.messages

    def _signed(self, records: Iterable[LinkRecord]) -> Iterator[Record]:
        """Yields records as the handler lets inputs write them."""
        waiting = [_record(each, self._tenant.id) for each in records]
        for at in range(0, len(waiting), PAGE):
            part = waiting[at : at + PAGE]
            body = {
                "tenant_id": self._tenant.id,
                "index": self._tenant.index,
                "digests": [digest_of(each) for each in part],
            }
            yield from map(with_mark, part, self._run.call_handler(SERVICE, "intake_sign", body)["marks"])

    def search(self, name: str, linked: bool = True) -> tuple[float, int]:
        """Runs a scheduled search; returns (CPU-seconds, rows)."""
        (text,) = (each.search for each in read_searches(ROOT).searches if each.name.startswith(name))
        text = fill(text, {"tenant": self._tenant.id, "index": self._tenant.index})
        start = cpu_seconds()
        rows = self._run.ask(text if linked else text.rpartition("| minervalink")[0], SERVICE)
        return cpu_seconds() - start, len(rows)

    def entities(self) -> dict[str, str]:
        """Returns key -> stored entity as text, without the number of the refresh that wrote it."""
        rows = self._run.stage.kv.collection("minerva_app", "minerva_entities").all()
        return {row["_key"]: json.dumps({**row, "refresh": 0}, sort_keys=True) for row in rows}


def _record(record: LinkRecord, tenant: str) -> Record:
    evidence = [Evidence(each, each, "text", 0, len(each), "column", 1.0) for each in record.identifiers]
    return Record.build(
        record_type=record.record_type,
        source_id=record.source_id,
        tenant_id=tenant,
        natural_key=record.record_id,
        observed_time=datetime.fromtimestamp(record.time, UTC),
        texts={"name": record.name, "city": record.city},
        evidence=evidence,
    )


class Clock:
    """The stand-in's clock, which an hour of index time between two batches needs."""

    def __init__(self) -> None:
        self.now = 1_795_500_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def standing(home: Path, clock: Clock) -> Iterator[Run]:
    """Yields a stand-in with both apps, the tenants and the service user."""
    staged = home / "staged"
    staged.mkdir()
    stage = Stage(home / "splunk", rest_port=0, clock=clock)
    try:
        for app in [*stage_apps(staged), emit_tenants_app(TENANTS, staged)]:
            stage.install(app)
        stage.create_user(SERVICE, "a password for a measurement", [SERVICE])
        stage.start()
        yield Run(stage, read_tenants(TENANTS), {})
    finally:
        stage.stop()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--new", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    records, _ = people(options.records + sum(options.new), options.seed)
    random.Random(options.seed).shuffle(records)
    with tempfile.TemporaryDirectory() as folder, standing(Path(folder), clock := Clock()) as run:
        scheduled = Scheduled(run)
        start = time.monotonic()
        scheduled.index(records[: options.records])
        print(f"indexed {options.records:,} records in {time.monotonic() - start:.0f} s")
        first, _ = scheduled.search(ANEW)
        found = len(scheduled.entities())
        print(f"linked them the first time in {first:.1f} CPU-s: {found:,} entities; seed {options.seed}", flush=True)
        at, measured = options.records, []
        for count in options.new:
            clock.now += 3600
            scheduled.index(records[at : at + count])
            at += count
            spent, rows = scheduled.search(KEEP)
            reading, read = scheduled.search(KEEP, linked=False)
            measured.append((count, read, rows, spent, reading))
            print(f"{count:,} new: {read:,} read, {rows:,} entities linked, {spent:.2f} CPU-s", flush=True)
        before = scheduled.entities()
        full, _ = scheduled.search(ANEW)
        after = scheduled.entities()
        changed = sum(before.get(key) != text for key, text in after.items()) + len(before.keys() - after.keys())
    print(f"\neverything anew: {full:.1f} CPU-s; it changes {changed:,} of {len(after):,} entities\n")
    print("| new records | rows read | entities linked again | CPU-s | reading | everything anew, CPU-s | times |")
    print("|---|---|---|---|---|---|---|")
    for count, read, rows, spent, reading in measured:
        print(f"| {count:,} | {read:,} | {rows:,} | {spent:.2f} | {reading:.2f} | {full:.1f} | {full / spent:.0f} |")


if __name__ == "__main__":
    main()
