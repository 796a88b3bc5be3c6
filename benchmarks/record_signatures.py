"""What signatures of records cost: at intake, for a linking run that verifies all of them, and for what reads events.

    python3 build.py bench record_signatures [--records 1000000] [--events 100000] [--seed 11]

Rows are those of `link_command`, with marks in half of them, signed with the key of one institution. Verifying is what
minervalink does with its rows, digests and questions, and what the handler does with each question, JSON on the way
included; splunkd between them is not. Events are advertisements of sixty words, signed as an input does it (digests and
lines) and verified from the first letter to the last, as minervarisk and minervatrust do it. Their figures are scaled
to the number of records.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from benchmarks.link_command import Marks, row_of
from benchmarks.link_scale import people
from minerva import services
from minerva.audit import Ledger, Trail
from minerva.documents import MemoryCollection
from minerva.policy import Context, Subject, Tenant
from minerva.records import Evidence, Record
from minerva.records.signing import digest_of, signed_row, with_mark
from minerva.tenancy.asking import Store
from minerva.tenancy.event_trust import whole
from minerva.tenancy.rebuild.link_trust import Trust
from minerva.tenancy.signing import mark

TENANT = "bench"
SERVICE = Subject("minerva_service", frozenset(["minerva_service"]), frozenset(["minerva_query", "minerva_write"]))


class Handler:
    """The handler over collections in memory. seconds: what it spent, the reading and writing of JSON included."""

    def __init__(self) -> None:
        self._collections = {name: MemoryCollection() for name in services.COLLECTIONS}
        self.seconds = 0.0

    def store(self) -> Store:
        """What the handler has for one request."""
        trail = Trail(Ledger(self._collections["audit"], b"key"), b"key")
        context = Context({TENANT: Tenant(TENANT, "mnv_t_bench", "analyst", "admin")}, {})
        return Store(
            SERVICE, context, self._collections, time.time, lambda *_: None, trail,
            secret=lambda name: hashlib.sha256(name.encode()).digest(),
        )  # fmt: skip

    def __call__(self, operation: str, body: dict[str, Any]) -> Mapping[str, Any]:
        start = time.process_time()
        found = services.answer(operation, json.loads(json.dumps(body)), self.store())
        assert found.status == 200, found.payload
        self.seconds += time.process_time() - start
        return found.payload


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--events", type=int, default=100_000)
    options = parser.parse_args()
    records, owners = people(options.records, options.seed)
    marks, handler = Marks(0.5, options.seed), Handler()
    store = handler.store()
    trust, signing, verifying, left = Trust(TENANT, handler), 0.0, 0.0, 0
    for at in range(0, len(records), 50_000):
        given = zip(records[at : at + 50_000], owners[at : at + 50_000], strict=True)
        rows = [{**row_of(record), **marks.of(owner), "signature": _blank(record.time)} for record, owner in given]
        start = time.process_time()
        for row in rows:
            signed = signed_row(row)
            assert signed is not None
            row["signature"] = f"{mark(store, TENANT, signed.digest)}.{signed.time}.{'0' * 64}"
        signing += time.process_time() - start
        rows[0]["name"] = "forged"
        start = time.process_time()
        left += len(trust.trusted(rows))
        verifying += time.process_time() - start
    batches = -(-len(records) // 50_000)
    assert (trust.untrusted, left) == (batches, len(records) - batches)
    print(f"seed {options.seed}, {len(records):,} records, one of each 50,000 forged and found\n")
    print("| step | CPU-s | of it the handler |")
    print("|---|---|---|")
    print(f"| sign | {signing:.1f} | - |")
    print(f"| verify | {verifying:.1f} | {handler.seconds:.1f} |")
    writing, making, reading, asked = of_events(options.events)
    scale = options.records / options.events
    print(f"| write events, unsigned | {writing * scale:.1f} | - |")
    print(f"| write events, signed | {making * scale:.1f} | - |")
    print(f"| verify events | {reading * scale:.1f} | {asked * scale:.1f} |")


def of_events(count: int) -> tuple[float, float, float, float]:
    """CPU-seconds of writing events without signatures, with them, verifying them, and of that the handler's."""
    handler, spent = Handler(), [0.0, 0.0, 0.0]
    store = handler.store()
    for at in range(0, count, 1000):
        made = [_advertisement(number) for number in range(at, min(at + 1000, count))]
        start = time.process_time()
        for record in made:
            _advertisement_line(record)
        spent[0] += time.process_time() - start
        start = time.process_time()
        lines = [with_mark(record, mark(store, TENANT, digest_of(record))).to_json() for record in made]
        spent[1] += time.process_time() - start
        lines[0] = lines[0].replace("quiet", "loud", 1)
        start = time.process_time()
        held = whole(lines, handler)
        spent[2] += time.process_time() - start
        assert [each is None for each in held] == [True] + [False] * (len(lines) - 1)
    return spent[0], spent[1], spent[2], handler.seconds


def _advertisement(number: int) -> Record:
    phone, text = f"phone:+1415555{number % 10_000:04d}", f"quiet rooms by the river, number {number} of many. " * 7
    return Record.build(
        record_type="ad", source_id="ads", tenant_id=TENANT, natural_key=str(number),
        observed_time="2026-10-01T12:00:00Z", texts={"text": text, "city": "Springfield", "name": f"Nova {number}"},
        attributes={"price": "100", "category": "rooms", "latitude": "41.87", "longitude": "-87.62"},
        evidence=[Evidence(phone, phone, "text", 0, len(phone), "digits", 0.9)],
    )  # fmt: skip


def _advertisement_line(record: Record) -> str:
    return replace(record).to_json()  # nothing that is made of it is kept for the next step


def _blank(time_s: int) -> str:
    return f"1.{'0' * 32}.{time_s}.{'0' * 64}"


if __name__ == "__main__":
    main()
