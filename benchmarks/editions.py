"""A large register compared with its last edition: seconds and memory of the comparison, checkpoint included.

    python -m benchmarks.editions [--rows 1000000] [--news 1000]

The first edition is taken over without mapping (its records cost what all records cost); then the second, in which so
many rows each are new, changed and gone, is read from CSV and told through a whole run.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from minerva.intake.editions import Comparison
from minerva.intake.facts.source import Source, source_from_document
from minerva.intake.formats.read import read_rows
from minerva.intake.rows import Chunk, ReadCounts
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from minerva.records import Record

_DOCUMENT: dict[str, Any] = {
    "id": "large_register",
    "family": "demo",
    "title": "A large register",
    "description": "Synthetic.",
    "legal": {
        "owner": "nobody", "licence": "none", "terms": "none", "terms_allow": True, "robots": "not_applicable",
        "personal_data": "none", "retention_days": 365, "marking": "L0",
    },
    "record_type": "license",
    "expect": {"min": 0},
    "mapping": {
        "key": ["number"],
        "fields": {"name": "name", "address": "street", "city": "city", "postcode": "postcode"},
        "extract": [],
    },
    "http": {"base_url": "https://register.example.org", "path": "/all.csv", "format": "csv", "whole": True},
}  # fmt: skip


class _FromDisk:
    """The file of an edition as a transport; what a download does besides is not measured here."""

    def __init__(self, source: Source, state: State, path: Path) -> None:
        self._source, self._state, self._path = source, state, path
        self.met = ReadCounts()

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        assert self._source.http is not None
        compared = Comparison(self._source.mapping, self._state.edition, is_first=False, met=self.met)
        rows = read_rows(self._path, self._source.http.reading, "edition", self._source.mapping.key)
        for news in compared.news(rows):
            yield Chunk(news, dict(position))
        for gone in compared.gone(0.2, 0, True):
            yield Chunk(gone, dict(position))
        yield Chunk((), {"edition": 2})

    def close(self) -> None:
        pass


def write_edition(path: Path, rows: int, first: int, changed: int) -> None:
    """A register of so many rows from a number on; the names of `changed` of them differ."""
    with path.open("w", encoding="utf-8") as out:
        out.write("number,name,street,city,postcode,state\n")
        for number in range(first, first + rows):
            name = "Other" if first and number % max(1, rows // max(1, changed)) == 0 else "Name"
            out.write(f"{number:09d},{name} {number},{number % 999} Long Street,Riverton,{number % 99999:05d},active\n")


def take_over(source: Source, state: State, path: Path) -> None:
    """The edition of a file as if all of it had been told."""
    assert source.http is not None
    compared = Comparison(source.mapping, state.edition, is_first=True, met=ReadCounts())
    parts = compared.news(read_rows(path, source.http.reading, "edition", source.mapping.key))
    while True:
        some = [row.change for part in islice(parts, 1) for row in part if row.change is not None]
        if not some:
            return
        state.move({}, some)


def main() -> None:
    """Prints what both editions cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--news", type=int, default=1000)
    given = parser.parse_args()
    source = source_from_document(_DOCUMENT)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name, first in (("1.csv", 0), ("2.csv", given.news)):
            write_edition(scratch / name, given.rows, first, given.news)
        state = State(scratch / "state.sqlite")
        began, cpu = time.monotonic(), time.process_time()
        take_over(source, state, scratch / "1.csv")
        print(f"taken over: {time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s of CPU", flush=True)
        emitted: list[Record] = []
        transport = _FromDisk(source, state, scratch / "2.csv")
        began, cpu = time.monotonic(), time.process_time()
        run = Run(source, "northfield", transport, state, emitted.extend, lambda *_, **__: None)
        run.go()
        print(
            f"compared: {given.rows} rows in {time.monotonic() - began:.1f} s, "
            f"{time.process_time() - cpu:.1f} s of CPU; "
            f"{dict(transport.met.counts)}; {len(emitted)} records; "
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most; "
            f"checkpoint {(scratch / 'state.sqlite').stat().st_size / 1024 / 1024:.0f} MiB"
        )
        state.close()


if __name__ == "__main__":
    main()
