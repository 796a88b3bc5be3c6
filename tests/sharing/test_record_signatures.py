"""Signatures of records: what the index gives back of a signed record holds, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.conf_read import read_conf
from assembly.paths import ADDON, ROOT
from minerva.records import Evidence, Record, RecordError
from minerva.records.signing import digest_of, signed_row
from minerva.tenancy import signing
from minerva.tenancy.link_trust import Trust, marked
from tests.sharing.desk import PHONE, SERVICE, Desk, who

TEXTS = {"name": 'The "Gold" \\ spa\nüber', "address": "1 Main St", "city": "Leeds", "region": "X", "postcode": "1"}

TRANSFORMS = read_conf(ROOT / ADDON / "default" / "transforms.conf")


def made(*identifiers: str, **texts: str) -> Record:
    evidence = [Evidence(value, value, "text", 0, len(value), "column", 0.9) for value in identifiers or (PHONE,)]
    return Record.build(
        record_type="establishment",
        source_id="ads",
        tenant_id="river",
        natural_key="1",
        observed_time="1969-10-01T12:00:00Z",
        texts={**TEXTS, "text": "a QUIET room!! by the RIVER (now!!) " * 8, **texts},
        attributes={"latitude": "41.878113", "longitude": "-87.629799", "opened": "2010-09-01"},
        evidence=evidence,
    )


def signed(desk: Desk, record: Record, tenant: str = "river") -> Record:
    return signing.signed(desk.store(SERVICE), tenant, record)


def row_of(record: Record) -> dict[str, Any]:
    """The row of the linking search, made by the add-on's own index-time transforms on the text of the event."""
    row: dict[str, Any] = {"source_id": record.source_id, "indexed_time": "5"}
    raw = record.to_json()
    for name, settings in TRANSFORMS.items():
        if "REGEX" not in settings:  # a lookup
            continue
        field = name.removeprefix("minerva_")
        found = sorted(set(indexed(raw, settings)))
        row[field] = found if len(found) > 1 else found[0] if found else ""
    return row


def indexed(raw: str, settings: Mapping[str, str]) -> list[str]:
    found = [match[1] for match in re.finditer(settings["REGEX"], raw)]
    return [re.sub(r'\\(["\\])', r"\1", value) for value in found]


class Handler:
    """The handler of a desk, as minervalink asks it."""

    def __init__(self, desk: Desk, asker: Any = SERVICE) -> None:
        self.desk, self.asker, self.asked = desk, asker, 0

    def __call__(self, operation: str, body: dict[str, Any]) -> Mapping[str, Any]:
        self.asked += 1
        return self.desk.got(self.asker, operation, **body)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def trusted(desk: Desk, *rows: dict[str, Any], tenant: str = "river") -> list[dict[str, Any]]:
    return Trust(tenant, Handler(desk)).trusted(rows)


def test_what_the_index_gives_back_of_a_signed_record_holds(desk: Desk) -> None:
    record = signed(desk, made(PHONE, 'license:a/"b" \\ c', PHONE))
    (row,) = trusted(desk, {**row_of(record), "time": "99", "text": "of nobody"})
    assert (row["record_id"], row["time"], row["city"]) == (record.record_id, -7_905_600, "Leeds")
    assert {"text", "indexed_time", "signature"}.isdisjoint(row)
    assert Record.from_json(record.to_json()) == record


@pytest.mark.parametrize("name", ["record_id", "record_type", "source_id", "name", "address", "city", "region",
                                  "postcode", "sketch", "style", "geo", "span", "identifier", "signature"])  # fmt: skip
@pytest.mark.parametrize("value", ["", "x", ["x", "y"]], ids=["gone", "another", "several"])
def test_no_field_that_linking_reads_can_be_changed(desk: Desk, name: str, value: object) -> None:
    row = row_of(signed(desk, made()))
    assert row[name] != value
    assert trusted(desk, {**row, name: value}) == []


def test_a_value_more_and_another_time_do_not_hold(desk: Desk) -> None:
    row = row_of(signed(desk, made()))
    later = re.sub(r"[0-9]+$", "7", row["signature"])
    assert trusted(desk, {**row, "identifier": [row["identifier"], "email:x@mail.example"]}) == []
    assert trusted(desk, {**row, "signature": later}) == []
    assert trusted(desk, {**row, "name": [row["name"], "Another"]}) == []


def test_each_institution_has_keys_of_its_own(desk: Desk) -> None:
    row = row_of(signed(desk, made()))
    assert trusted(desk, row, tenant="north") == []
    assert trusted(desk, row_of(signed(desk, made(), "north"))) == []


def test_a_new_key_signs_and_old_ones_count_as_long_as_they_are_named(desk: Desk) -> None:
    old = row_of(signed(desk, made()))
    desk.change("river", record_keys=("2", "1"))
    new = row_of(signed(desk, made()))
    assert (old["signature"][:2], new["signature"][:2]) == ("1.", "2.")
    assert len(trusted(desk, old, new)) == 2
    desk.change("river", record_keys=("2",))
    assert [row["record_id"] for row in trusted(desk, old, new)] == [new["record_id"]]
    forged = {**new, "signature": new["signature"].replace("2.", "1.", 1)}
    assert trusted(desk, forged) == []


def test_what_is_left_out_is_counted_and_named_without_what_it_says(desk: Desk) -> None:
    row = row_of(signed(desk, made()))
    trust = Trust("river", Handler(desk))
    assert trust.trusted([{**row, "name": "Jen"}, row, {"record_id": "Jen Doe", "signature": "none"}]) != []
    assert trust.untrusted == 2
    assert trust.warning().startswith("2 events are untrusted and not linked")
    assert row["record_id"] in trust.warning()
    assert "Jen" not in trust.warning()


def test_many_rows_take_few_questions(desk: Desk) -> None:
    row = row_of(signed(desk, made()))
    handler = Handler(desk)
    assert len(Trust("river", handler).trusted([row] * 20_001)) == 20_001
    assert handler.asked == 3


def test_a_changed_record_has_no_signature(desk: Desk) -> None:
    record = signed(desk, made())
    assert record.with_evidence(()).signature == ""
    assert signed(desk, record).signature == record.signature
    with pytest.raises(RecordError, match="handler"):
        replace(record, signature="1.x").check()


def test_an_attribute_cannot_pass_for_evidence() -> None:
    with pytest.raises(RecordError, match="identifier"):
        replace(made(), attributes={"identifier": "phone:+1"}).with_evidence((), {"identifier": "phone:+1"})


@pytest.mark.parametrize(
    "body",
    [
        {"signed": [["0" * 63, "1.x"]]},
        {"signed": [["0" * 64]]},
        {"signed": [["0" * 64, "1.é"]]},
        {"signed": "x"},
        {"signed": [["0" * 64, "1.x"]] * 10_001},
    ],
    ids=["short digest", "no mark", "beyond ASCII", "no list", "too many"],
)
def test_questions_that_cannot_be_understood(desk: Desk, body: dict[str, Any]) -> None:
    assert desk.ask(SERVICE, "records_check", tenant_id="river", **body)[0] == 400
    assert desk.ask(who("north"), "records_check", tenant_id="river", **body)[0] == 404


@given(st.text(min_size=1, max_size=20), st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=3))
def test_any_text_comes_back_from_the_index_as_it_was_signed(name: str, values: list[str]) -> None:
    record = made(*(f"license:{value}" for value in values), name=name)
    row = signed_row({**row_of(replace(record, signature=f"1.{'0' * 32}.-7905600"))})
    assert row is not None
    assert row.digest == digest_of(record)


def test_events_say_in_words_whether_minerva_stored_them(desk: Desk) -> None:
    record = signed(desk, made())
    fields = {f"minerva_{name}": value for name, value in row_of(record).items() if name not in ("source_id",)}
    event = {**fields, "source": "ads", "_raw": record.to_json()}
    events = [event, {**event, "minerva_city": "Elsewhere"}, {**event, "source": "other"}, {"_raw": "x"}, event]
    words = [(each["trust"], each["_raw"]) for each in marked(events, Handler(desk, who("river")))]
    signed_by, untrusted = ("signed by Minerva", event["_raw"]), "untrusted: not stored by Minerva"
    assert words == [signed_by, (untrusted, event["_raw"]), (untrusted, event["_raw"]), (untrusted, "x"), signed_by]
