"""New records into linked ones: CPU-seconds and records looked at, beside a link of everything, with the same outcome.

    python3 build.py bench link_changes [--records 200000] [--new 10 100 1000] [--seed 11]

Invented people of `link_scale`; the new records are drawn from among all of them. What is stored lies in memory: the
figures are those of linking, without a store. Looked at: records read, most of them to judge the hubs that new records
hold. Equal: documents and ids are those of a link of everything that starts from the same ids.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.link_scale import people
from minerva.linking import DEFAULT, Resolution, resolve
from minerva.linking.changes import Changed, link_changes
from minerva.linking.model import LinkRecord
from minerva.linking.postings import Posting, postings_of

TENANT = "bench"


class Memory:
    """`postings.Stored` over dictionaries."""

    def __init__(self, records: Sequence[LinkRecord], found: Resolution) -> None:
        self._rows = {record.record_id: record for record in records}
        self.members = found.members
        self.documents = {entity.entity_id: entity.to_document() for entity in found.entities}
        self._posted = dict(postings_of(records, {hub.identifier: hub for hub in found.hubs}, DEFAULT))

    def records(self, ids: Sequence[str]) -> Mapping[str, tuple[LinkRecord, str]]:
        return {each: (self._rows[each], self.members[each]) for each in ids if each in self._rows}

    def entities(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return {each: self.documents[each]["records"] for each in ids if each in self.documents}

    def postings(self, keys: Sequence[str]) -> Mapping[str, Posting]:
        return {key: self._posted[key] for key in keys if key in self._posted}


def documents_after(memory: Memory, done: Changed) -> dict[str, dict[str, Any]]:
    """Returns the entities as a store would hold them after the change."""
    kept = {each: found for each, found in memory.documents.items() if each not in done.ended}
    return {**kept, **{entity.entity_id: entity.to_document() for entity in done.entities}}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--new", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    records, _ = people(options.records, options.seed)
    random.Random(options.seed).shuffle(records)
    print(f"seed {options.seed}, {len(records):,} records\n")
    print("| new records | linked again | looked at | CPU-s | everything, CPU-s | times | equal |")
    print("|---|---|---|---|---|---|---|")
    for count in options.new:
        old, new = records[:-count], records[-count:]
        memory = Memory(old, resolve(old, {}, TENANT, DEFAULT))
        start = time.process_time()
        done = link_changes(new, [], [], memory, TENANT, DEFAULT, most=len(records))
        part = time.process_time() - start
        start = time.process_time()
        whole = resolve(records, memory.members, TENANT, DEFAULT)
        full = time.process_time() - start
        again = sum(len(entity.records) for entity in done.entities)
        equal = documents_after(memory, done) == {each.entity_id: each.to_document() for each in whole.entities}
        print(
            f"| {count:,} | {again:,} | {done.looked_at:,} | {part:.2f} | {full:.2f} | {full / part:.1f} | {equal} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
