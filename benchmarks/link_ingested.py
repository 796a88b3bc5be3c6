"""Quality of linking on records as the add-on's own sources ingest them: the demo's figures without the stand-in.

    .venv/bin/python -m benchmarks.link_ingested [--level easy|medium|hard] [--records 20000]
    .venv/bin/python -m benchmarks.link_ingested --real DIR

Sources, mapping, extraction and linking are the shipped ones; what is left out is splunkd between them (inputs, index,
scheduled searches). The demo reads the same counts and scores from the store.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo import inputs
from demo.real import DATA_SET
from demo.real import SOURCES as REGISTERS
from demo.world import LEVELS, World, build
from demo.world.build import SOURCES
from demo.world.publish import UNTIL
from demo.world.truth import Pairs, Score, count_pairs
from minerva.intake.facts.authoring import gather
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.facts.source import Source, source_from_document
from minerva.intake.file_source import FileSource
from minerva.intake.rows import Chunk, ReadCounts, Transport
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from minerva.intake.web.http_source import page_rows
from minerva.linking import resolve
from minerva.records import Record
from minerva.records.retention import event_time

FACTS = Path(__file__).resolve().parents[1] / "TA-gen-connectors" / "sources"
CHICAGO = FACTS.parents[2] / "shared" / "data" / "real" / DATA_SET
"""The nine real registers, where a machine has them beside the project; they are no part of it."""


class _Served:
    """All items of an HTTP source as one page."""

    def __init__(self, items: list[Any]) -> None:
        self._items, self.met = items, ReadCounts()

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        yield Chunk(page_rows(self._items, ReadFacts()), {"token": None})

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Ingested:
    """What one tenant's sources gave. read, stored, refused: source_id -> records."""

    tenant: str
    records: list[Record] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def take(self, source: Source, transport: Transport, scratch: Path) -> None:
        """Reads a source to its end, as its input does."""
        before = len(self.records)
        state = State(scratch / f"{self.tenant}_{source.source_id}.sqlite")
        report = Run(source, self.tenant, transport, state, self.records.extend, lambda *_, **__: None).go()
        state.close()
        if report.failed:
            raise RuntimeError(f"source {source.source_id}: {report.failed}")
        self.read[source.source_id] += report.read
        self.refused[source.source_id] += sum(report.refused.values())
        self.stored[source.source_id] += len({record.record_id for record in self.records[before:]})


@dataclass(frozen=True)
class Linked:
    """found: (source_id, key of the source) -> entity id; sizes: entity id -> records."""

    found: dict[Hashable, str]
    sizes: Counter[str]


def ingest_registers(folder: Path) -> Ingested:
    """Returns the records of the real registers in `folder`/sources."""
    known, ingested = _sources(), Ingested("chicago")
    with tempfile.TemporaryDirectory() as scratch:
        for source_id in REGISTERS:
            source = known[source_id]
            assert source.file is not None
            ingested.take(source, FileSource(source.file, folder / "sources", needed=source.mapping.key), Path(scratch))
    return ingested


def ingest_world(world: World) -> list[Ingested]:
    """Returns the records of each tenant of a world."""
    known, found = _sources(), []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for tenant in world.published:
            ingested = Ingested(tenant)
            for source_id in SOURCES:
                source, rows = known[source_id], world.rows(tenant, source_id)
                ingested.take(source, _transport(source, rows, scratch / tenant / source_id), scratch)
            found.append(ingested)
    return found


def link(ingested: Ingested) -> Linked:
    """Links the records as the scheduled search gives them to linking."""
    members = resolve(map(linking_row, ingested.records), {}, ingested.tenant).members
    found: dict[Hashable, str] = {
        (each.source_id, each.source_key): members[each.record_id] for each in ingested.records
    }
    return Linked(found, Counter(members.values()))


def score_registers(found: Mapping[Hashable, str], folder: Path) -> Score:
    """Returns the pairwise score over the rows that `folder`/truth_half.csv lists."""
    with (folder / "truth_half.csv").open(encoding="utf-8", newline="") as lines:
        truth: dict[Hashable, str] = {row["Id"]: row["site"] for row in csv.DictReader(lines)}
    return count_pairs({key[1]: entity for key, entity in found.items()}, truth).score()  # type: ignore[index]


def score_world(world: World, linked: Mapping[str, Linked]) -> Score:
    """Returns the pairwise score over all tenants. linked: tenant -> its entities."""
    pairs = (count_pairs(linked[tenant].found, dict(world.truth(tenant))) for tenant in world.published)
    return sum(pairs, Pairs()).score()


def identifier_kinds(ingested: list[Ingested]) -> dict[str, int]:
    """Returns kind -> how many different identifiers the tenants hold, each tenant's counted apart."""
    held = [{value for record in each.records for value in record.identifiers} for each in ingested]
    kinds = Counter(value.partition(":")[0] for values in held for value in values)
    return dict(sorted(kinds.items(), key=lambda item: -item[1]))


def _sources() -> dict[str, Source]:
    return {source_id: source_from_document(document) for source_id, document in gather(FACTS).items()}


def _transport(source: Source, rows: list[Any], folder: Path) -> Transport:
    if source.file is None:
        return _Served(rows)
    name = source.file.pattern.replace("*", source.source_id)
    (inputs.write_csv if name.endswith(".csv") else inputs.write_workbook)(folder / name, rows)
    return FileSource(source.file, folder, needed=source.mapping.key)


def linking_row(record: Record) -> dict[str, Any]:
    """Returns the row that `tstats ... by record_id` makes of a record's event."""
    event: Any = record.to_dict()
    return {**event["key"], "identifier": record.identifiers, "source_id": record.source_id,
            "time": event_time(record, UNTIL.timestamp())}  # fmt: skip


def main() -> None:
    """Prints the figures as the demo's summary does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--level", choices=sorted(LEVELS), default="medium")
    parser.add_argument("--real", type=Path, metavar="DIR")
    given = parser.parse_args()
    if given.real is not None:
        ingested = [ingest_registers(given.real)]
        linked = {each.tenant: link(each) for each in ingested}
        score = score_registers(linked["chicago"].found, given.real)
    else:
        world = build(records=given.records, level=LEVELS[given.level])
        ingested = ingest_world(world)
        linked = {each.tenant: link(each) for each in ingested}
        score = score_world(world, linked)
    for each in ingested:
        for source_id, read in sorted(each.read.items()):
            stored, refused = each.stored[source_id], each.refused[source_id]
            print(f"  {source_id:26s} {each.tenant:10s} {read:6d}   {stored:6d}   {refused:6d}")
    print("  identifiers    ", ", ".join(f"{kind} {count}" for kind, count in identifier_kinds(ingested).items()))
    for tenant, entities in linked.items():
        several = sum(size > 1 for size in entities.sizes.values())
        print(f"  entities        {tenant}: {len(entities.sizes)}, of them {several} with more than one record")
    print(f"  against truth   precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}")


if __name__ == "__main__":
    main()
