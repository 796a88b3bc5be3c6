"""One run of a source that is compared as a whole, in a process of its own, killed at the n-th named step.

Arguments: address of the site, scratch folder, step name (or "none"), how often it must be passed before the kill.
What is emitted is appended to `index.txt` with fsync: what is there has reached the index.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from minerva.intake.inputs import Network, make_guard
from minerva.intake.pace import Timing
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from minerva.intake.web.access import Access
from minerva.intake.web.download import DownloadSource
from minerva.intake.web.fetch import Fetcher
from minerva.intake.web.guard import pair_of, resolve_host
from minerva.records import Record
from tests.connectors.web.making import web_source


def main(url: str, folder: Path, step: str, count: int) -> None:
    index, passed = folder / "index.txt", 0

    def at(name: str) -> None:
        nonlocal passed
        passed += name == step
        if name == step and passed == count:
            os.kill(os.getpid(), signal.SIGKILL)

    def emit(records: Sequence[Record]) -> None:
        with index.open("a") as out:
            for number, record in enumerate(records):
                change = record.attributes["change"]
                out.write(f"{record.record_id}|{record.source_key}|{change}|{record.name}\n")
                if number == 1:
                    out.flush()
                    at("inside emit")
            out.flush()
            os.fsync(out.fileno())

    def confirm(record_ids: Sequence[str]) -> set[str]:
        held = {line.partition("|")[0] for line in index.read_text().splitlines()} if index.exists() else set()
        return held.intersection(record_ids)

    source = web_source(format="csv", whole=True)
    assert source.http is not None
    host, port = pair_of(url)
    guard = make_guard(source.http, url, Network(allowed=f"{host}:{port}"), resolve_host)
    access = Access(source.http, Fetcher(guard, base_url=url), base_url=url)
    state = State(folder / "state.sqlite")
    transport = DownloadSource(
        source.http,
        access,
        mapping=source.mapping,
        edition=state.edition,
        scratch=folder / "state.download",
        now=lambda: 1_775_000_000.0,
    )
    run = Run(
        source, "northfield", transport, state, emit, lambda *_, **__: None, confirm=confirm,
        timing=Timing(sleep=lambda _: None), step=at, batch_records=4,
    )  # fmt: skip
    run.go()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
