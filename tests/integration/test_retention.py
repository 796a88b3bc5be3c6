"""What retention does to old records: an advertisement goes by its own time, a licence by the time of its reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.run import Run
from minerva.records import Record
from tests.integration.installation import NORTHFIELD, Browser, installed, schedule
from tests.understudy.staging import Clock

pytestmark = pytest.mark.full

YEAR_S = 365 * 86_400.0


@pytest.fixture
def clock() -> Clock:
    return Clock(1_795_500_000.0)


@pytest.fixture
def run(apps: list[Path], tmp_path: Path, clock: Clock) -> Iterator[Run]:
    with installed(tmp_path, apps, clock=clock) as made:
        yield made


def plant(run: Run, record_type: str, observed: str) -> None:
    record = Record.build(
        record_type=record_type, source_id="planted", tenant_id=NORTHFIELD.id, natural_key=record_type,
        observed_time=observed, texts={"text": "nobody to call"},
    )  # fmt: skip
    query = f"index={NORTHFIELD.index}&sourcetype=minerva:{record_type}&source=planted&host=minerva"
    with Browser(run, "admin") as browser:
        assert browser.send(f"/services/receivers/stream?{query}", record.to_json()) in (200, 204)


def kept(run: Run) -> list[str]:
    search = f"| tstats count where index={NORTHFIELD.index} sourcetype=minerva:* by minerva_record_type"
    return [str(row["minerva_record_type"]) for row in run.ask(search)]


def test_a_licence_of_1994_stays_for_the_retention_and_an_advertisement_of_2019_goes(run: Run, clock: Clock) -> None:
    plant(run, "license", "1994-02-01T00:00:00Z")
    plant(run, "ad", "2019-02-01T00:00:00Z")
    plant(run, "review", "2026-11-01T00:00:00Z")
    assert kept(run) == ["ad", "license", "review"]
    schedule(run, clock.now)
    assert kept(run) == ["license", "review"]
    clock.now += (NORTHFIELD.retention_days or 0) * 86_400 - YEAR_S
    schedule(run, clock.now)
    assert "license" in kept(run)
    clock.now += 2 * YEAR_S
    schedule(run, clock.now)
    assert kept(run) == []
