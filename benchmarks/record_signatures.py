"""What signatures of records cost: at intake, and for a linking run that verifies all of them.

    python3 build.py bench record_signatures [--records 1000000] [--seed 11]

Rows are those of `link_command`, with marks in half of them, signed with the key of one institution. Verifying is what
minervalink does with its rows, digests and questions, and what the handler does with each question, JSON on the way
included; splunkd between them is not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any

from benchmarks.link_command import Marks, row_of
from benchmarks.link_scale import people
from minerva import services
from minerva.audit import Ledger, Trail
from minerva.documents import MemoryCollection
from minerva.policy import Context, Subject, Tenant
from minerva.records.signing import signed_row
from minerva.tenancy.asking import Store
from minerva.tenancy.link_trust import Trust
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
            row["signature"] = f"{mark(store, TENANT, signed.digest)}.{signed.time}"
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


def _blank(time_s: int) -> str:
    return f"1.{'0' * 32}.{time_s}"


if __name__ == "__main__":
    main()
