"""A record's way in: map, normalize, identifiers, vault and the modular-input protocol, in records a second
of one core.

    python -m benchmarks.intake [--records 1000] [--repeats 3] [--seed 7]

The baseline of the same run goes record by record: each record's texts are searched for identifiers, then the record
alone for what the vault is asked about. The vault's own answer is not counted; it knows nobody.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo.world.build import SOURCES, build
from minerva.intake.errors import MappingError
from minerva.intake.events import event_xml
from minerva.intake.facts.authoring import gather
from minerva.intake.facts.source import Source, source_from_document
from minerva.intake.mapping.mapper import Draft, Mapper, finish_each
from minerva.intake.running.protection import VaultProtection
from minerva.intake.running.runner import BATCH_RECORDS
from minerva.records import Record
from minerva.records.mentions import mentioned
from minerva.records.signing import digest_of, with_mark

_FACTS = Path(__file__).resolve().parents[1] / "TA-gen-connectors" / "sources"
_NOW = datetime(2026, 4, 1, tzinfo=UTC)
_MARK = "1." + "a" * 32
Way = Callable[[Sequence[Draft]], list[Record]]


def _answer(operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a vault says that knows nobody."""
    return {"erased": [], "named": [], "minimise": [], "kept_since": 0, "marks": [_MARK] * len(body["records"])}


def one_by_one(drafts: Sequence[Draft]) -> list[Record]:
    """The baseline."""
    made = []
    for draft in drafts:
        record = draft.finish()
        mentioned(record, draft.region, draft.texts.keys())
        digest_of(record)
        made.append(with_mark(record, _MARK))
    return made


def together(drafts: Sequence[Draft]) -> list[Record]:
    """As the runner does."""
    made = zip(drafts, finish_each(drafts), strict=True)
    found = [(draft, record) for draft, record in made if isinstance(record, Record)]
    return VaultProtection(_answer, "northfield")(found).records


def _batches(mapper: Mapper, rows: Sequence[Any]) -> Iterator[list[Draft]]:
    for at in range(0, len(rows), BATCH_RECORDS):
        drafts = []
        for row in rows[at : at + BATCH_RECORDS]:
            try:
                drafts.append(mapper.map_row(row, _NOW))
            except (MappingError, AttributeError):  # the world's broken rows
                continue
        yield drafts


def spent(source: Source, rows: Sequence[Any], way: Way) -> tuple[float, int]:
    """CPU-seconds of all rows, and the records that came of them."""
    began, count = time.process_time(), 0
    for drafts in _batches(Mapper(source, "northfield"), rows):
        records = way(drafts)
        text = "".join(event_xml(record, "minerva_file://t", "main", 0.0) for record in records)
        count += text.count("</event>")
    return time.process_time() - began, count


def import_seconds(module: str) -> float:
    """CPU-seconds of a process that imports a module and ends."""
    script = f"import time; began = time.process_time(); import {module}; print(time.process_time() - began)"
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Prints a line for each source, and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    print(f"import of an input: {import_seconds('minerva.intake.inputs'):.2f} CPU-s")
    world = build(records=given.records, seed=given.seed, tenants=("northfield",))
    known = {name: source_from_document(document) for name, document in gather(_FACTS).items() if name in SOURCES}
    totals = [0.0, 0.0, 0.0]
    for source_id in SOURCES:
        rows = world.rows("northfield", source_id)
        spent(known[source_id], rows[:20], together)
        spent(known[source_id], rows[:20], one_by_one)
        turns = [
            (spent(known[source_id], rows, one_by_one), spent(known[source_id], rows, together))
            for _ in range(given.repeats)
        ]
        old, new = (statistics.median(turn[at][0] for turn in turns) for at in (0, 1))
        count = turns[0][1][1]
        assert count == turns[0][0][1]
        _line(source_id, count, old, new)
        totals = [totals[0] + count, totals[1] + old, totals[2] + new]
    _line("all", int(totals[0]), totals[1], totals[2])


def _line(name: str, count: int, old: float, new: float) -> None:
    print(f"{name:24s} {count:7,} records: one by one {count / old:8,.0f}/s, together {count / new:8,.0f}/s, "
          f"{old / new:.2f} times", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
