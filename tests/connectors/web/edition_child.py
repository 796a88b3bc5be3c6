"""One run of a source that is compared as a whole, in a process of its own, killed at the n-th named step.

Arguments: address of the site, scratch folder, step name (or "none"), how often it must be passed before the kill.
What is emitted is appended to `index.txt` with fsync: what is there has reached the index.
"""

from __future__ import annotations

import sys
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
from tests.connectors.kills.killed import Killed
from tests.connectors.web.making import web_source


def main(url: str, folder: Path, step: str, count: int) -> None:
    def line(record: Record) -> str:
        return f"{record.record_id}|{record.source_key}|{record.attributes['change']}|{record.name}"

    killed = Killed(folder / "index.txt", step, count, line)
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
        source, "northfield", transport, state, killed.emit, lambda *_, **__: None, confirm=killed.confirm,
        timing=Timing(sleep=lambda _: None), step=killed.at, batch_records=4,
    )  # fmt: skip
    run.go()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
