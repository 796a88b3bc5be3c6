"""The scheduled searches and the watch-list alert, and entities that keep their ids as records arrive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assembly.tenants import Tenant
from demo.run import ANALYSTS, Run, watch
from minerva.identifiers import extract
from minerva.records import Record
from tests.integration.installation import NORTHFIELD, RIVERBANK, Browser, documents, installed, schedule, signed
from tests.understudy.staging import Clock

pytestmark = pytest.mark.full

FIRST, SECOND, OTHER = "415-555-0123", "415-555-0145", "415-555-0167"
WATCHED = "phone:+14155550123"
ENTITIES = "minerva_entities"


@pytest.fixture
def clock() -> Clock:
    return Clock(1_795_500_000.0)


@pytest.fixture
def run(apps: list[Path], tmp_path: Path, clock: Clock) -> Iterator[Run]:
    with installed(tmp_path, apps, clock=clock) as made:
        yield made


def plant(
    run: Run, tenant: Tenant, number: int, text: str, observed: str = "", attributes: Mapping[str, str] | None = None
) -> str:
    """Sends one advertisement of that text to the tenant's index, as an input would; returns its record id."""
    record = Record.build(
        record_type="ad",
        source_id="classified_ads",
        tenant_id=tenant.id,
        natural_key=f"ad-{number}",
        observed_time=observed or f"2026-10-{number:02d}T12:00:00Z",
        texts={"text": text},
        attributes=attributes,
        evidence=extract(text, region="US"),
    )
    query = f"index={tenant.index}&sourcetype=minerva:ad&source=classified_ads&host=minerva"
    with Browser(run, "admin") as browser:
        status = browser.send(f"/services/receivers/simple?{query}", signed(run, tenant, record).to_json())
    assert status == 200
    return record.record_id


def turn(run: Run, clock: Clock) -> list[str]:
    """Moves the clock to the next five-minute mark and runs what is due."""
    clock.now = (clock.now // 300 + 1) * 300
    return schedule(run, clock.now)


def alerts(run: Run, tenant: Tenant) -> list[dict[str, str]]:
    spl = f"search index={tenant.index} sourcetype=minerva:alert | sort _time | table _raw"
    return [json.loads(str(row["_raw"])) for row in run.ask(spl)]


def entities(run: Run) -> dict[str, str]:
    return documents(run, NORTHFIELD.id, ENTITIES)


def entity_of(run: Run, record_id: str) -> str:
    with Browser(run, ANALYSTS[NORTHFIELD.id]) as browser:
        status, _, text = browser.entities("lookup", {"record_id": record_id})
    assert status == 200
    return str(json.loads(text)["entities"][0]["entity_id"])


def test_alert_writes_one_event_into_the_tenants_index_and_then_keeps_quiet(run: Run, clock: Clock) -> None:
    for tenant in (NORTHFIELD, RIVERBANK):
        plant(run, tenant, 1, f"call {FIRST}")
        plant(run, tenant, 2, f"call {SECOND}")
    watch(run, NORTHFIELD, WATCHED)
    names = turn(run, clock)
    assert len(names) == 22  # six searches of three tenants and the four of upkeep, each for the first time
    linking, watching = (f"Minerva - {what} - northfield" for what in ("keep entities current", "watch list"))
    assert names.index(linking) < names.index(watching)
    assert [(item["identifier"], item["records"], item["tenant_id"]) for item in alerts(run, NORTHFIELD)] == [
        (WATCHED, "1", NORTHFIELD.id)
    ]
    turn(run, clock)
    turn(run, clock)
    assert len(alerts(run, NORTHFIELD)) == 1
    assert alerts(run, RIVERBANK) == []
    for counting in ("search `minerva_records` | stats count", "| tstats count where `minerva_records`"):
        (row,) = run.ask(counting, ANALYSTS[NORTHFIELD.id])
        assert int(str(row["count"])) == 2, "an alert is no record"


def test_one_more_record_of_a_watched_identifier_speaks_again(run: Run, clock: Clock) -> None:
    plant(run, NORTHFIELD, 1, f"call {FIRST}")
    watch(run, NORTHFIELD, WATCHED)
    turn(run, clock)
    plant(run, NORTHFIELD, 2, f"ring {FIRST}")
    turn(run, clock)
    turn(run, clock)
    assert [item["records"] for item in alerts(run, NORTHFIELD)] == ["1", "2"]


def test_untouched_entities_keep_their_bytes_and_grown_ones_their_id(run: Run, clock: Clock) -> None:
    grown = plant(run, NORTHFIELD, 1, f"call {FIRST}")
    untouched = [plant(run, NORTHFIELD, number, f"text {OTHER} today, number {number}") for number in (2, 3)]
    turn(run, clock)
    before = entities(run)
    ids = {record: entity_of(run, record) for record in (grown, *untouched)}
    later = plant(run, NORTHFIELD, 4, f"ring {FIRST}")
    plant(run, NORTHFIELD, 5, "nobody to call")
    turn(run, clock)
    after = entities(run)
    still = f"{NORTHFIELD.id}:{ids[untouched[0]]}"
    assert after[still] == before[still]
    assert {record: entity_of(run, record) for record in ids} == ids
    assert entity_of(run, later) == ids[grown]
    assert set(before) < set(after)


def test_merge_leaves_a_redirect_that_the_handler_follows(run: Run, clock: Clock) -> None:
    old, new = plant(run, NORTHFIELD, 1, f"call {FIRST}"), plant(run, NORTHFIELD, 2, f"call {SECOND}")
    turn(run, clock)
    kept, merged = entity_of(run, old), entity_of(run, new)
    assert kept != merged
    plant(run, NORTHFIELD, 3, f"call {FIRST} or {SECOND}")
    turn(run, clock)
    assert entity_of(run, new) == entity_of(run, old) == kept
    assert set(entities(run)) == {f"{NORTHFIELD.id}:{kept}"}
    assert set(documents(run, NORTHFIELD.id, "minerva_redirects")) == {f"{NORTHFIELD.id}:{merged}"}
    with Browser(run, ANALYSTS[NORTHFIELD.id]) as browser:
        status, _, text = browser.entities("get", {"entity_id": merged})
    document = json.loads(text)
    assert (status, document["entity_id"], document["requested_id"]) == (200, kept, merged)
    assert len(document["records"]) == 3
    shown = run.ask(f"| minervaexpand entity={merged} output=entity", ANALYSTS[NORTHFIELD.id])
    assert [row["entity_id"] for row in shown] == [kept]
    with Browser(run, ANALYSTS[RIVERBANK.id]) as browser:
        assert browser.entities("get", {"entity_id": merged})[0] == 404
