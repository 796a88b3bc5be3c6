"""New records into linked ones: CPU-seconds and records looked at, beside a link of everything, with the same outcome.

    python3 build.py bench link_changes [--records 100000 400000] [--new 10 100 1000] [--repeats 3] [--seed 11]
        [--addresses] [--streets N] [--unchecked]

Invented people of `link_scale`: names, cities, contacts, hubs, and with --addresses half of them at a street address,
written in several ways (--streets 10: on streets of ten names, so that far more strangers share one). The new records
are drawn from among all of them. What is stored lies in memory: the figures are those of linking, without a store. CPU
of a batch: median of the repeats, each with other new records on the same base. Looked at: records read. Equal:
documents and ids are those of a link of everything that starts from the same ids and keeps the verdicts on hubs that
stood; anew: entities that differ from one that judges every hub anew. A batch that touches so much that everything is
to be linked anew is said to be wide, with what it took to find that out. --unchecked, for large bases: everything is
linked once, for the base, and no outcome is compared.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from benchmarks.link_scale import CITIES, END, START, people
from minerva.linking import DEFAULT, Resolution, resolve
from minerva.linking.model import Beyond, Hub, LinkRecord
from minerva.linking.relations import Relation, of_document
from minerva.linking.updates.changes import Changed, link_changes
from minerva.linking.updates.known import TooWide
from minerva.linking.updates.postings import Posting, postings_of

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

    def relations(self, ids: Sequence[str]) -> Mapping[str, Sequence[Relation]]:
        return {each: of_document(self.documents[each]) for each in ids if each in self.documents}

    def postings(self, keys: Sequence[str]) -> Mapping[str, Posting]:
        return {key: self._posted[key] for key in keys if key in self._posted}


STREETS = [f"{one}{other}{end}".title() for end in ("wood", "field", "brook", "hill", "gate", "ford", "view", "dale")
           for one in START for other in END]  # fmt: skip
OFTEN = list(accumulate(rank**-0.5 for rank in range(1, len(STREETS) + 1)))
"""How often a street's name is met: of roads in the United States 0.9 % are called Park (9,640 of a million), and the
20th name is half as frequent as the first (Census and You, February 1993); here 1.2 % and a quarter."""
TOWNS = random.Random(1).sample(
    [f"{one}{other}{third}{end}".title() for one in START for other in END for third in START
     for end in ("burg", "ham", "polis", "")], CITIES)  # fmt: skip
"""Names of cities: those of `people`, which differ in their number alone, read like misspellings of one another."""
ENDINGS = ("Street", "St", "St.", "street")
AT_HOME, TOLD = 0.5, 0.6
"""Share of people with an address, and of their records that tell it."""


def with_addresses(
    records: Sequence[LinkRecord], owners: Sequence[int], seed: int, streets: int = len(STREETS)
) -> list[LinkRecord]:
    """Returns the records, some with the address of their person: house numbers 1 to 4,000 on streets of so many
    names, which come in every city."""
    draw = random.Random(seed + 1)
    homes: dict[int, tuple[str, str]] = {}
    found = []
    for record, owner in zip(records, owners, strict=True):
        if owner not in homes:
            street = draw.choices(STREETS[:streets], cum_weights=OFTEN[:streets])[0]
            home = f"{draw.randrange(1, 4000)} {street}" if draw.random() < AT_HOME else ""
            homes[owner] = home, f"{draw.randrange(10000, 99999)}"
        home, postcode = homes[owner]
        if record.city:
            record = record._replace(city=TOWNS[int(record.city.split()[1])])
        if home and record.city and draw.random() < TOLD:
            record = record._replace(address=f"{home} {draw.choice(ENDINGS)}", postcode=postcode)
        found.append(record)
    return found


def documents_after(memory: Memory, done: Changed) -> dict[str, dict[str, Any]]:
    """Returns the entities as a store would hold them after the change."""
    kept = {each: found for each, found in memory.documents.items() if each not in done.ended}
    return {**kept, **{entity.entity_id: entity.to_document() for entity in done.entities}}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=[100_000, 400_000])
    parser.add_argument("--new", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--addresses", action="store_true")
    parser.add_argument("--streets", type=int, default=len(STREETS))
    parser.add_argument("--unchecked", action="store_true")
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.repeats} repeats\n")
    print("| records | new | linked again | looked at | CPU-s | everything, CPU-s | times | equal | anew |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in options.records:
        records, owners = people(size, options.seed)
        if options.addresses:
            records = with_addresses(records, owners, options.seed, options.streets)
        random.Random(options.seed).shuffle(records)
        spare = max(options.new) * options.repeats
        old, rest = records[:-spare], records[-spare:]
        start = time.process_time()
        linked = resolve(old, {}, TENANT, DEFAULT)
        full = time.process_time() - start
        memory = Memory(old, linked)
        for count in options.new:
            batches = [rest[at * count : (at + 1) * count] for at in range(options.repeats)]
            _measure(old, memory, batches, full if options.unchecked else None)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


def _measure(
    old: Sequence[LinkRecord], memory: Memory, batches: Sequence[Sequence[LinkRecord]], full: float | None
) -> None:
    """Prints a line: the middle of the batches, and the last of them beside a link of everything. full: what that
    costs, where it is not to be done for the batch."""
    spent = []
    done = None
    for batch in batches:
        start = time.process_time()
        try:
            done = link_changes(batch, [], [], memory, TENANT, DEFAULT, most=len(old))
        except TooWide as wide:
            print(f"  wide, after {time.process_time() - start:.3f} CPU-s: {wide}")
            continue
        spent.append(time.process_time() - start)
    if done is None:
        return
    part = statistics.median(spent)
    same, differ = "-", "-"
    if full is None:
        full, same, differ = _compared(old, memory, batches[-1], done)
    again = sum(len(entity.records) for entity in done.entities)
    print(
        f"| {len(old):,} | {len(batches[-1]):,} | {again:,} | {done.looked_at:,} | {part:.3f} | {full:.2f}"
        f" | {full / part:,.{0 if full > part else 1}f} | {same} | {differ} |",
        flush=True,
    )


def _compared(
    old: Sequence[LinkRecord], memory: Memory, batch: Sequence[LinkRecord], done: Changed
) -> tuple[float, str, str]:
    """Returns (CPU-seconds of a link of everything, equal, entities that differ from one that judges hubs anew)."""
    everything = [*old, *batch]
    stood = {key[2:]: held for key, held in done.postings.items() if held.since}
    hubs = {value: Hub(value, len(held.records), "", held.apart) for value, held in stood.items()}
    found = documents_after(memory, done)
    kept = _documents(resolve(everything, memory.members, TENANT, DEFAULT, (), Beyond(hubs=hubs)))
    start = time.process_time()
    whole = resolve(everything, memory.members, TENANT, DEFAULT)
    full = time.process_time() - start
    anew = _documents(whole)
    differ = sum(found.get(each) != document for each, document in anew.items()) + len(found.keys() - anew.keys())
    return full, str(found == kept), f"{differ:,}"


def _documents(found: Resolution) -> dict[str, dict[str, Any]]:
    return {entity.entity_id: entity.to_document() for entity in found.entities}


if __name__ == "__main__":
    main()
