"""Index-time fields of the add-on as staged: every identifier of an event is found by tstats, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.run import Run
from minerva.records import Evidence, Record
from minerva.text.sketch import text_sketch
from tests.integration.installation import NORTHFIELD, installed
from understudy.storage.events import RawEvent

BLANKS_AND_QUOTES = (
    'license:massage/MB 12 "A"',
    "license:massage/back\\slash",
    'username:forum/jen "4" u',
    "license:a/é ü 號",
)
MANY = tuple(f"license:massage/{number:06d}" for number in range(200))


def record(key: str, identifiers: tuple[str, ...], **texts: str) -> Record:
    evidence = [Evidence(value, value, "text", 0, len(value), "column", 0.9) for value in identifiers]
    return Record.build(
        record_type="ad",
        source_id="index_time",
        tenant_id="northfield",
        natural_key=key,
        observed_time="2026-10-01T12:00:00Z",
        texts=texts,
        evidence=evidence,
    )


RECORDS = {
    "blanks and quotes": record("1", BLANKS_AND_QUOTES, name='The "Gold, Room" \\ spa', city="Springfield"),
    "200 values": record("2", MANY, text="many"),
    "80 kB": record("3", ("license:massage/first", "license:massage/last"), text='x "identifier":"not:one" ' * 3_400),
    "text that looks like a key": record(
        "4", ("license:massage/own",), text='{"key":{"name":"intruder","city":"Nowhere"}}'
    ),
}


@pytest.fixture(scope="module")
def run(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with installed(tmp_path_factory.mktemp("index_time") / "splunk", apps) as running:
        events = [
            RawEvent(item.to_json(), NORTHFIELD.index, "minerva", item.source_id, f"minerva:{item.record_type}")
            for item in RECORDS.values()
        ]
        assert running.stage.store.ingest(events).written == len(events)
        yield running


@pytest.mark.parametrize("name", RECORDS)
def test_tstats_finds_every_identifier_of_an_event(run: Run, name: str) -> None:
    item = RECORDS[name]
    spl = f"| tstats count where index={NORTHFIELD.index} record_id={item.record_id} by identifier"
    assert {str(row["identifier"]) for row in run.ask(spl)} == set(item.identifiers)


def test_the_large_event_is_as_large_as_it_says() -> None:
    assert len(RECORDS["80 kB"].to_json().encode()) > 80_000


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        pytest.param("blanks and quotes", "name", 'The "Gold, Room" \\ spa', id="name with quotes and a backslash"),
        pytest.param("blanks and quotes", "city", "Springfield", id="city"),
        pytest.param("text that looks like a key", "name", None, id="no name from free text"),
        pytest.param("text that looks like a key", "city", None, id="no city from free text"),
        pytest.param("80 kB", "record_type", "ad", id="record type of a large event"),
        pytest.param("80 kB", "sketch", text_sketch(RECORDS["80 kB"].text), id="sketch of a text"),
        pytest.param("blanks and quotes", "sketch", None, id="no sketch without a text"),
    ],
)
def test_other_indexed_fields_come_from_the_key_alone(run: Run, name: str, field: str, value: str | None) -> None:
    spl = f"| tstats values({field}) as found where index={NORTHFIELD.index} record_id={RECORDS[name].record_id}"
    rows = run.ask(spl)
    assert (rows[0].get("found") if rows else None) == value


@pytest.mark.parametrize("field", ["identifier", "record_id", "name"])
def test_a_value_is_not_doubled_at_search_time(run: Run, field: str) -> None:
    item = RECORDS["blanks and quotes"]
    (row,) = run.ask(f"search index={NORTHFIELD.index} record_id={item.record_id} | table identifier record_id name")
    found = row[field] if isinstance(row[field], list) else [row[field]]
    assert len(found) == len(set(found))
