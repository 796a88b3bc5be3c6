"""How long scoring takes and what memory it holds: many records of many businesses through the logic of minervarisk.

    .venv/bin/python -m benchmarks.risk_scale [--businesses 500] [--records 200]

One process, one processor, records as `_raw` in pages as the search hands them over, each with its signature, which is
checked; who signed and who holds a record is answered by this process, so a splunkd's part (search, chunks, KV store)
is not in it. The last line says what the same rate means for 25,000 businesses with 5,000,000 records. Memory is told
for half and for all of the records of each business.
"""

from __future__ import annotations

import argparse
import hmac
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from minerva.records import Evidence, Record
from minerva.records.signing import digest_of, with_mark
from minerva.risk_scores.command import Scoring, read_options

FULL_BUSINESSES, FULL_RECORDS = 25_000, 5_000_000
PAGE, NOW = 1000, 1_793_491_200.0
TENANT, KEY = "northfield", b"a key of this benchmark"


def events(businesses: int, records: int) -> Iterator[str]:
    """The raw events: for each business a license and a register entry, else reviews and advertisements."""
    for kind in range(records):
        for number in range(businesses):
            yield signed(record(number, kind)).to_json()


def record(number: int, kind: int) -> Record:
    """One record of a business, not signed yet."""
    record_type = "license" if kind == 0 else "establishment" if kind == 1 else "ad" if kind % 10 == 0 else "review"
    stated: dict[str, str] = {"category": "Massage establishment", "status": "active", "issued": "2020-01-05"}
    if record_type == "ad":
        stated = {"category": "body rubs" if number % 25 == 0 else "services", "price": str(60 + number % 40)}
    elif record_type == "review":
        stated = {"rating": str(kind % 5 + 1)}
    phone = f"+1217555{number % 10_000:04d}"
    return Record(
        f"{number:016x}{kind:016x}", record_type, "made", f"{number} {kind}", TENANT, "2026-10-01T10:00:00Z",
        name=f"Lotus {number} Massage", address=f"{number} Mill Road", city=f"Town {number % 50}", region="IL",
        postcode="62701", attributes=stated,
        text=f"Visit {kind} to number {number}: quiet room, warm towels, nothing else to tell of an hour.",
        evidence=(Evidence(f"phone:{phone}", phone, "text", 0, len(phone), "digits", 1.0),),
    )  # fmt: skip


def signed(one: Record) -> Record:
    """As the handler signs, with a key of this process."""
    return with_mark(one, _mark(digest_of(one)))


def _mark(digest: str) -> str:
    return f"1.{hmac.digest(KEY, digest.encode(), 'sha256').hex()[:32]}"


def ask(operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answers as the handler does: each business is one entity, and what this process signed holds."""
    if operation == "records_check":
        return {"untrusted": [at for at, (digest, mark) in enumerate(body["signed"]) if mark != _mark(digest)]}
    return {"held": {each: f"e_{each[:16]}" for each in body["ids"]}}


def scored(businesses: int, records: int) -> tuple[float, int, int, int]:
    """(processor seconds of scoring, rows, highest memory of this process in MiB with half of the records and at the
    end)."""
    spent, seen, half = 0.0, 0, 0
    rows: list[Any] = []
    page: list[dict[str, str]] = []
    scoring = Scoring(read_options({"sector": "massage", "limit": "100000"}), NOW, ask)
    for raw in events(businesses, records):
        page.append({"_raw": raw})
        if len(page) == PAGE:
            spent += _timed(lambda: scoring.take(page))
            seen += len(page)
            page.clear()
            half = half or (_peak() if 2 * seen >= businesses * records else 0)
    spent += _timed(lambda: scoring.take(page)) + _timed(lambda: rows.extend(scoring.rows()))
    if len(rows) != businesses:
        raise RuntimeError(f"{len(rows)} of {businesses} businesses were scored: {scoring.warnings()}")
    return spent, len(rows), half, _peak()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _timed(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--businesses", type=int, default=500)
    parser.add_argument("--records", type=int, default=200, help="of each business")
    given = parser.parse_args()
    seconds, rows, half, peak = scored(given.businesses, given.records)
    many = given.businesses * given.records
    rate = many / seconds
    print(f"{rows} businesses with {many} records: {seconds:.1f} processor seconds, {rate:,.0f} records a second")
    print(f"highest memory: {half} MiB with half of the records of each, {peak} MiB with all")
    print(f"at this rate {FULL_BUSINESSES:,} with {FULL_RECORDS:,} records take {FULL_RECORDS / rate / 60:.1f} minutes")


if __name__ == "__main__":
    main()
