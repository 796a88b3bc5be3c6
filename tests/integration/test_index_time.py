"""Index-time fields of the add-on as staged: every identifier of an event is found by tstats, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.inputs import ADDON
from demo.run import ANALYSTS, Run
from minerva.records import Evidence, Record
from minerva.text.sketch import text_sketch
from tests.integration.installation import NORTHFIELD, Browser, installed
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
    "long text": record(
        "5",
        ("license:massage/long",),
        title="Ask for Ann",
        text="a quiet house " * 1_000,
        country="US",
        url="https://site.example/5",
    ),
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
    where = f"index={NORTHFIELD.index} minerva_record_id={item.record_id}"
    spl = f"| tstats count where {where} by minerva_identifier"
    assert {str(row["minerva_identifier"]) for row in run.ask(spl)} == set(item.identifiers)


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
    where = f"index={NORTHFIELD.index} minerva_record_id={RECORDS[name].record_id}"
    rows = run.ask(f"| tstats values(minerva_{field}) as found where {where}")
    assert (rows[0].get("found") if rows else None) == value


@pytest.mark.parametrize("field", ["identifier", "record_id", "name"])
def test_a_value_is_not_doubled_at_search_time(run: Run, field: str) -> None:
    item = RECORDS["blanks and quotes"]
    (row,) = as_analyst(run, f"record_id={item.record_id} | table identifier record_id name")
    found = row[field] if isinstance(row[field], list) else [row[field]]
    assert len(found) == len(set(found))


def as_analyst(run: Run, search: str) -> list[dict[str, Any]]:
    """Searches the events of the index as an analyst does, in an app that is not Minerva's."""
    spl = f"search index={NORTHFIELD.index} {search}"
    return [dict(row) for row in run.stage.search(spl, ANALYSTS[NORTHFIELD.id], app="search").rows]


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        pytest.param("city=springfield", "blanks and quotes", id="city"),
        pytest.param(r'name="The \"Gold*"', "blanks and quotes", id="name"),
        pytest.param("identifier=license:massage/last", "80 kB", id="identifier behind 5,000 characters of JSON"),
        pytest.param("identifier=license:massage/000199", "200 values", id="one of 200 identifiers"),
        pytest.param(f"record_id={RECORDS['200 values'].record_id}", "200 values", id="record id"),
        pytest.param("record_type=ad tenant_id=northfield identifier=license:massage/own",
                     "text that looks like a key", id="type and institution"),
        pytest.param("tag=minerva eventtype=minerva_record city=Springfield", "blanks and quotes", id="labels"),
        pytest.param("minerva_city=Springfield", "blanks and quotes", id="the indexed field itself"),
    ],
)  # fmt: skip
def test_an_analyst_finds_events_by_short_names_in_any_app(run: Run, condition: str, name: str) -> None:
    found = as_analyst(run, f"{condition} | table record_id")
    assert [row["record_id"] for row in found] == [RECORDS[name].record_id]


def test_short_names_have_the_values_of_the_indexed_fields_in_every_form_of_search(run: Run) -> None:
    many = sorted(MANY)
    its = f"record_id={RECORDS['200 values'].record_id}"
    assert sorted(as_analyst(run, f"{its} | table identifier")[0]["identifier"]) == many
    assert [row["identifier"] for row in as_analyst(run, f"{its} | stats count by identifier")] == many
    (row,) = as_analyst(run, "city=* | stats values(city) as city values(name) as name dc(record_id) as records")
    assert (row["city"], row["name"], row["records"]) == ("Springfield", 'The "Gold, Room" \\ spa', 1)


def test_an_identifier_of_other_data_keeps_its_meaning(run: Run) -> None:
    """`identifier` is no indexed field of the installation: what other apps call so is read from their events."""
    with_own = RawEvent("identifier=own words", NORTHFIELD.index, "elsewhere", "else", "else:log")
    assert run.stage.store.ingest([with_own]).written == 1
    assert [row["_raw"] for row in as_analyst(run, "identifier=own | table _raw")] == ["identifier=own words"]


def test_the_add_on_shows_an_analyst_nothing_but_what_searches_need(run: Run) -> None:
    run.stage.conf.write("inputs", "minerva_file://of_another", {"path": "/secret", "index": "main"}, ADDON)
    with Browser(run, ANALYSTS[NORTHFIELD.id]) as browser:
        for conf in ("inputs", "ta_gen_connectors_account", "ta_gen_connectors_settings", "restmap", "passwords"):
            status, _, text = browser.ask("GET", f"/servicesNS/nobody/{ADDON}/configs/conf-{conf}", count="0")
            told = [part for part in ("minerva_file", "/secret", "<entry>") if part in text]
            assert status == 404 or not told, conf
        assert browser.ask("GET", f"/servicesNS/nobody/{ADDON}/configs/conf-props/minerva:ad")[0] == 200


HOTEL = Record.build(
    record_type="hotel", source_id="index_time", tenant_id="northfield", natural_key="8",
    observed_time="2026-10-01T12:00:00Z", texts={"name": "Example House", "city": "Oakton", "country": "US"},
    attributes={"rooms": "14", "owner": ["Ann Example", "Bo Example"], "category": "inn", "x_own_code": "7"},
)  # fmt: skip


@pytest.mark.parametrize(
    "condition",
    [
        "eventtype=minerva_hotel", "rooms=14", 'owner="Bo Example"', "category=inn city=Oakton",
        "tag=minerva_place tag=minerva_register", "attributes.x_own_code=7", "sourcetype=minerva:hotel rooms>10",
    ],
)  # fmt: skip
def test_attributes_are_found_by_the_names_of_the_data_model(run: Run, condition: str) -> None:
    if not as_analyst(run, 'name="Example House"'):
        event = RawEvent(HOTEL.to_json(), NORTHFIELD.index, "minerva", HOTEL.source_id, "minerva:hotel")
        assert run.stage.store.ingest([event]).written == 1
    (row,) = as_analyst(run, f"{condition} | table record_id rooms owner category")
    assert row == {
        "record_id": HOTEL.record_id, "rooms": "14", "owner": ["Ann Example", "Bo Example"], "category": "inn",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("app", "given", "lookup", "found"),
    [
        ("search", 'country="us"', "minerva_countries country OUTPUT country_name", {"country_name": "United States"}),
        ("search", 'source_id="classified_ads"', "minerva_sources source_id OUTPUT source_owner",
         {"source_owner": "the site's operator"}),
        ("search", 'record_type="ad"', "minerva_record_kinds record_type OUTPUT kind_title", {"kind_title": "Ad"}),
        ("search", 'platform="instagram"', "minerva_platforms platform OUTPUT platform_title",
         {"platform_title": "Instagram"}),
        ("search", 'country="US", region="IL", city="chicago"', "minerva_places country region city OUTPUT latitude",
         {"latitude": "41.850"}),
        ("search", 'area_code="+1312"', "minerva_area_codes area_code OUTPUT country place",
         {"country": "US", "place": "Chicago, IL"}),
        ("minerva_app", 'country="DE"', "minerva_countries country OUTPUT country_code3", {"country_code3": "DEU"}),
    ],
)  # fmt: skip
def test_reference_data_answers_an_analyst_as_lookups(
    run: Run, app: str, given: str, lookup: str, found: dict[str, str]
) -> None:
    spl = f"| makeresults | eval {given} | lookup {lookup} | table {' '.join(found)}"
    assert [dict(row) for row in run.stage.search(spl, ANALYSTS[NORTHFIELD.id], app=app).rows] == [found]


def test_a_record_names_the_owner_of_its_source_by_an_automatic_lookup(run: Run) -> None:
    item = Record.build(
        record_type="ad", source_id="classified_ads", tenant_id="northfield", natural_key="9",
        observed_time="2026-10-01T12:00:00Z", texts={"title": "one"},
    )  # fmt: skip
    event = RawEvent(item.to_json(), NORTHFIELD.index, "minerva", item.source_id, "minerva:ad")
    assert run.stage.store.ingest([event]).written == 1
    (row,) = as_analyst(run, 'source_owner="the site*" | table record_id source_title')
    assert row == {"record_id": item.record_id, "source_title": "Classified advertisements"}


def test_a_long_text_hides_no_other_field_from_a_search(run: Run) -> None:
    item = RECORDS["long text"]
    names = ("title", "country", "url", "marking.level", "evidence{}.identifier", "source_id", "text", "read")
    search = f'search index={NORTHFIELD.index} record_id={item.record_id} | eval read=json_extract(_raw, "text")'
    (row,) = run.ask(f"{search} | table {' '.join(names)}")
    assert [row.get(name) for name in names] == [
        item.title, item.country, item.url, item.marking.level, *item.identifiers, item.source_id, None, item.text,
    ]  # fmt: skip


def test_long_texts_are_grouped_as_the_examples_say(run: Run) -> None:
    place = f"index={NORTHFIELD.index} sourcetype=minerva:*"
    search = f'search {place} | eval text=json_extract(_raw, "text") | minervatext field=text'
    found = {row["record_id"]: row.get("text_group") for row in run.ask(f"{search} | table record_id text_group")}
    assert found[RECORDS["long text"].record_id]
