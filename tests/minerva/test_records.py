"""The record model: identity, event form, checks, and the evidence of columns and texts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.records import Column, Record, RecordError, RecordTooLarge, identify
from minerva.records.model import MAX_EVENT_BYTES
from minerva.records.rewriting import Cut, rewritten
from minerva.text.sketch import text_sketch
from minerva.text.style import text_style


def build(**changes: Any) -> Record:
    given_values: dict[str, Any] = {
        "record_type": "ad", "source_id": "classified_ads", "tenant_id": "northfield", "natural_key": "7",
        "observed_time": "2026-01-02T03:04:05Z", "texts": {"text": "call 415 555 0123", "title": ""},
        "attributes": {"price": "100", "tags": ["a", "b"]},
    }  # fmt: skip
    return Record.build(**{**given_values, **changes})


def test_event_keys_stand_in_the_fixed_order_and_the_text_is_last() -> None:
    record = build().with_evidence(identify({"text": "call 415 555 0123"}, region="US"))
    assert list(json.loads(record.to_json())) == [
        "key", "source_id", "source_key", "observed_time", "attributes", "marking", "evidence", "text",
    ]  # fmt: skip
    assert '"evidence":[{"identifier":"phone:+14155550123","raw":"415 555 0123"' in record.to_json()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=20)))
def test_json_round_trip(text: str, attributes: dict[str, str]) -> None:
    record = build(texts={"text": text}, attributes=attributes).with_evidence(identify({"text": text}, region="US"))
    line = record.to_json()
    assert "\n" not in line
    assert Record.from_json(line) == record
    line.encode("utf-8")


LONG_TEXT = " ".join(f"word{number} of a quiet house by the river" for number in range(3))


@pytest.mark.parametrize(
    ("text", "size"),
    [pytest.param("call 415 555 0123", "", id="short"), pytest.param(LONG_TEXT, "s", id="long enough"),
     pytest.param(f"{LONG_TEXT} {LONG_TEXT.upper()}", "l", id="long")],
)  # fmt: skip
def test_an_event_holds_the_sketch_of_the_text_that_stands_in_it(text: str, size: str) -> None:
    event = json.loads(build(texts={"text": text}).to_json())
    assert event["key"].get("sketch", "")[:1] == size
    assert event["key"].get("sketch", "") == text_sketch(event.get("text", ""))


def test_an_event_holds_how_its_text_is_typed_and_where_it_lies() -> None:
    text = "NEW place!!! (quiet) and WARM!!! (central) " * 4
    here = {"latitude": "41.50", "longitude": " -87.0"}
    key = json.loads(build(texts={"text": text}, attributes=here).to_json())["key"]
    assert [key["style"], key["geo"]] == [text_style(text), "41.5,-87"]
    there = build(record_type="school", attributes={"opened": "2010-09-01"})
    assert json.loads(there.to_json())["key"]["span"] == "2010-09-01/"
    nowhere = build(attributes={"latitude": ["41.5", "42"], "longitude": "-87"})
    assert "geo" not in json.loads(nowhere.to_json())["key"]


def test_a_text_that_is_cut_takes_its_sketch_along() -> None:
    record = build(texts={"text": LONG_TEXT})
    cut = rewritten(record, lambda field, text: [Cut(20, len(text), "[...]")] if field == "text" else [])
    assert '"sketch":"s' in record.to_json()
    assert '"sketch"' not in cut.to_json()


def test_a_record_is_refused_before_its_marks_make_it_too_large() -> None:
    room = MAX_EVENT_BYTES - len(build(texts={"text": ""}).to_json()) - len('"text":"",')
    text = ("WARM!! " * (room // 7))[:room]
    for size in range(room - 400, room, 13):
        try:
            record = build(texts={"text": text[:size]}, attributes={"price": "100", "tags": ["a", "b"]})
        except RecordTooLarge:
            continue
        assert len(record.to_json().encode()) <= MAX_EVENT_BYTES


def test_a_sketch_that_comes_with_an_event_is_not_believed() -> None:
    record = build(texts={"text": LONG_TEXT})
    event = json.loads(record.to_json())
    event["key"]["sketch"] = "s" + "A" * 128
    assert Record.from_json(json.dumps(event)).to_json() == record.to_json()


def test_same_row_read_again_has_the_same_id() -> None:
    assert build().record_id == build(observed_time="2026-05-05T00:00:00Z", tenant_id="riverbank").record_id


@pytest.mark.parametrize(
    "changes",
    [{"natural_key": "8"}, {"source_id": "other"}, {"texts": {"text": "else"}}, {"attributes": {}}],
    ids=["key", "source", "text", "attributes"],
)
def test_another_row_has_another_id(changes: dict[str, Any]) -> None:
    assert build(**changes).record_id != build().record_id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"record_type": "poem"}, "record key 'record_type': expected one of ad, article"),
        ({"tenant_id": "North Field"}, "record key 'tenant_id': expected lower-case"),
        ({"texts": {"headline": "x"}}, "record key 'headline': unknown text key; the text keys are title"),
        ({"attributes": {"price": 5}}, "record key 'attributes.price': expected text or a list of texts, not int"),
        ({"observed_time": "yesterday"}, "record key 'observed_time': expected UTC time"),
        ({"observed_time": datetime(2026, 1, 1)}, "expected a datetime with its time zone"),
    ],
)
def test_broken_record_is_explained(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError) as caught:
        build(**changes)
    assert message in str(caught.value)


def test_too_large_record_is_refused() -> None:
    with pytest.raises(RecordTooLarge):
        build(texts={"text": "x" * 900_001})


def test_aware_time_becomes_utc() -> None:
    moment = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    assert build(observed_time=moment).observed_time == "2025-12-31T23:00:00Z"


def test_lone_surrogate_never_reaches_an_event() -> None:
    text = "call \ud800 415 5\ud80055 0123"
    record = build(texts={"text": text}).with_evidence(identify({"text": text}, region="US"))
    record.to_json().encode("utf-8")


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"record_id":1}', '{"color":"red"}'])
def test_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(RecordError):
        Record.from_json(line)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Column("attributes.phone", "phone", " (415) 555-0123 "), "phone:+14155550123"),
        (Column("attributes.phone", "phone", "555-0123"), "local_phone:spring-field/5550123"),
        (Column("attributes.ig", "username", "@Jen_4u", "instagram"), "username:instagram/jen_4u"),
        (Column("attributes.no", "license", "MT 12-34", "tx_massage"), "license:tx_massage/MT1234"),
        (Column("attributes.co", "company_number", "0123", "gb_coh"), "company_number:gb_coh/0123"),
        (Column("attributes.mail", "email", "mail: jen@mail.example"), "email:jen@mail.example"),
    ],
    ids=["phone", "seven-digits", "username", "license", "company", "text-in-column"],
)
def test_column_is_read_as_what_it_holds(column: Column, expected: str) -> None:
    (found,) = identify({}, [column], region="US", city="Spring Field")
    assert found.identifier == expected
    assert column.value[found.start : found.end] == found.raw


def test_seven_digits_in_text_are_no_local_phone() -> None:
    assert identify({"text": "call 555-0123"}, region="US", city="Springfield") == ()
