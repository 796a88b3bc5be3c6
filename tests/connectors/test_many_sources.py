"""Three hundred configured sources on one scheduler: an hour of simulated clock, and no more memory at its end."""

from __future__ import annotations

import gc
import json
import resource
from pathlib import Path

import pytest

from minerva.intake.facts.source import Source, source_from_document
from minerva.intake.inputs import Network, Surroundings, run_http
from minerva.intake.pace import Timing
from minerva.intake.running.runner import no_confirm
from minerva.intake.web.account import Account
from minerva.records import Record
from tests.connectors.loopback import Handler, Site, Slept, serving
from tests.connectors.web.making import document, rows

pytestmark = pytest.mark.full

SOURCES, HOUR_S, STEP_S = 300, 3600, 60
CADENCES = (300, 600, 900, 1800)
GROWTH_BYTES = 8 * 1024 * 1024
"""What may be held at the end of the hour beyond what was held when each source had run once."""


def held_bytes() -> int:
    """What this process holds of the machine's memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def made(number: int) -> Source:
    facts = document(
        paging={"kind": "page", "param": "page", "field": "pages"}, items="items", path=f"/list/{number}",
        rate={"per_second": 50, "burst": 50},
    )  # fmt: skip
    return source_from_document({**facts, "id": f"register_{number}", "cadence_s": CADENCES[number % 4]})


def serve(site: Site, slept: Slept) -> None:
    """Each list has two pages and gains a row every ten minutes; one in ten has a broken page."""

    def answer(handler: Handler) -> None:
        number = int(handler.path.partition("?")[0].rpartition("/")[2])
        page = int(handler.query["page"])
        if number % 10 == 3 and page == 1:
            handler.answer(200, b'{"items": [')
        else:
            first = int(slept.moment // 600)
            handler.answer(200, json.dumps({"items": rows([first, page]), "pages": 2}).encode())

    site.routes.update({f"/list/{number}": answer for number in range(SOURCES)})


def test_an_hour_of_three_hundred_sources_holds_what_each_needs_and_no_more(tmp_path: Path) -> None:
    slept, emitted, failed = Slept(), 0, 0
    sources = [made(number) for number in range(SOURCES)]
    due = dict.fromkeys(range(SOURCES), slept.moment)
    start = slept.moment
    ran = dict.fromkeys(range(SOURCES), 0)
    held_after_first = 0

    def emit(records: list[Record]) -> None:
        nonlocal emitted
        emitted += len(records)

    with serving() as site:
        serve(site, slept)
        while slept.moment < start + HOUR_S:
            for number, source in enumerate(sources):
                if due[number] > slept.moment:
                    continue
                timing = Timing(
                    now=lambda: slept.moment,
                    monotonic=lambda: slept.moment,
                    sleep=lambda _: None,
                    uniform=lambda a, _: a,
                )
                world = Surroundings(tmp_path, emit, no_confirm, lambda *_, **__: None, timing)  # type: ignore[arg-type]
                network = Network(allowed=f"127.0.0.1:{site.port}")
                report = run_http(
                    source, f"minerva_http://s{number}", "northfield", base_url=site.url, account=Account(),
                    network=network, world=world,
                )  # fmt: skip
                failed += bool(report.failed)
                ran[number] += 1
                due[number] = slept.moment + CADENCES[number % 4]
            site.seen.clear()
            if not held_after_first:
                gc.collect()
                held_after_first = held_bytes()
            slept.moment += STEP_S
        gc.collect()
        held = held_bytes()
    assert [ran[number] for number in range(4)] == [12, 6, 4, 2]
    assert failed == 0
    assert emitted > SOURCES
    assert held - held_after_first < GROWTH_BYTES
