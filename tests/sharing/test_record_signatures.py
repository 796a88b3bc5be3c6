"""Signatures of records: what the index gives back of a signed record holds, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.conf_read import read_conf
from assembly.paths import ADDON, ROOT
from minerva.records import Evidence, Record, RecordError
from minerva.records.signing import digest_of, signed_row, signed_text, with_mark
from minerva.records.signing import row_of as search_row
from minerva.tenancy import signing
from minerva.tenancy.event_trust import marked
from minerva.tenancy.rebuild.link_trust import Trust
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
    marked_as = with_mark(record, f"1.{'0' * 32}")
    row, text = signed_row(row_of(marked_as)), signed_text(marked_as.to_json())
    assert row is not None
    assert text is not None
    assert row.digest == digest_of(record) == digest_of(marked_as)
    assert text.signed == row
    assert {"indexed_time": "5", **search_row(text)}.items() <= row_of(marked_as).items()


def event_of(record: Record, **columns: Any) -> dict[str, Any]:
    """The event of a search, with a column that other kinds of records have too."""
    fields = {f"minerva_{name}": value for name, value in row_of(record).items() if name != "source_id"}
    return {
        **fields,
        "source": "ads",
        "sourcetype": f"minerva:{record.record_type}",
        "_raw": record.to_json(),
        "price": "",
        **columns,
    }


def words(desk: Desk, *events: dict[str, Any]) -> list[str]:
    return [str(each["trust"]) for each in marked(events, Handler(desk, who("river")))]


def signed_before(desk: Desk, record: Record) -> Record:
    """A record as it was signed before the whole text was, and before records told their span."""
    record = replace(record, attributes={name: record.attributes[name] for name in ("latitude", "longitude")})
    blank = replace(record, signature=f"1.{'0' * 32}.-7905600")
    row = signed_row(row_of(blank))
    assert row is not None
    made_of_it = signing.mark(desk.store(SERVICE), "river", row.digest)
    return replace(record, signature=f"{made_of_it}.-7905600")


SIGNED, UNTRUSTED = "signed by Minerva", "untrusted: not stored by Minerva"
OLD = "signed the old way: its text is not covered"


def test_events_say_in_words_whether_minerva_stored_them(desk: Desk) -> None:
    event = event_of(signed(desk, made()))
    forged = [{"minerva_city": "Elsewhere"}, {"source": "other"}, {"sourcetype": "minerva:ad"}]
    assert words(desk, event, {"_raw": "x"}, {}, event) == [SIGNED, UNTRUSTED, UNTRUSTED, SIGNED]
    assert words(desk, *({**event, **each} for each in forged)) == [UNTRUSTED] * 3


TWINS = {
    "another text": ("a QUIET", "a quiet"),
    "another attribute": ('"latitude":"41.878113"', '"latitude":"41.878114"'),
    "another sharing level": ('"level":"L0"', '"level":"L6"'),
    "another confidence": ('"confidence":0.9', '"confidence":0.8'),
    "another time": ("1969-10-01T12:00:00Z", "1969-10-01T12:00:01Z"),
    "a blank": ('"marking":{', '"marking": {'),
    "a letter written otherwise": ("QUIET", "QUI\\u0045T"),
    "a key twice": ('"marking":{', '"marking":{"level":"L6"},"marking":{'),
    "one key more": ('"marking":{', '"price":"1","marking":{'),
    "another institution": ('"tenant_id":"river"', '"tenant_id":"north"'),
    "cut short": ("}", ""),
}


@pytest.mark.parametrize(("old", "new"), TWINS.values(), ids=TWINS)
def test_a_twin_with_the_same_indexed_fields_and_code_is_untrusted(desk: Desk, old: str, new: str) -> None:
    event = event_of(signed(desk, made()))
    twin = {**event, "_raw": event["_raw"].replace(old, new, 1)}
    assert twin["_raw"] != event["_raw"]
    assert words(desk, event, twin) == [SIGNED, UNTRUSTED]


def test_of_a_signed_event_the_fields_are_those_of_its_text(desk: Desk) -> None:
    event = event_of(
        signed(desk, made()), price="1", text="of nobody", name="Jen", identifier=["a", "b"], own="kept",
        **{"attributes.latitude": "1", "attributes.violation{}": "x", "marking.level": "L6", "evidence{}.raw": "y"},
    )  # fmt: skip
    (shown,) = marked([event], Handler(desk, who("river")))
    assert shown["text"].startswith("a QUIET room!!")
    assert (shown["name"], shown["identifier"], shown["price"]) == (TEXTS["name"], PHONE, "")
    assert (shown["attributes.latitude"], shown["attributes.violation{}"]) == ("41.878113", "")
    assert (shown["marking.level"], shown["evidence{}.raw"], shown["own"]) == ("L0", PHONE, "kept")
    assert list(shown) == [*event, "trust"]


def test_what_was_signed_before_texts_were_is_linked_and_says_so(desk: Desk) -> None:
    record = signed_before(desk, made())
    assert len(trusted(desk, row_of(record))) == 1
    event = event_of(record)
    twin = {**event, "_raw": event["_raw"].replace("QUIET", "LOUD")}
    later = {**event, "_raw": event["_raw"].replace("1969", "1968")}
    elsewhere = {**event, "_raw": event["_raw"].replace("Leeds", "York")}
    assert words(desk, event, twin, later, elsewhere) == [OLD, OLD, UNTRUSTED, UNTRUSTED]
    dated = signed(desk, made()).signature.rsplit(".", 1)[0]  # a new mark that pretends to be an old one
    assert words(desk, event_of(replace(record, signature=dated))) == [UNTRUSTED]
    assert trusted(desk, {**row_of(record), "span": "2010-09-01/"}) == []


@pytest.mark.parametrize("attributes", ['["x"]', '{"opened":1}', '{"opened":null}'])
def test_attributes_that_no_record_has_make_an_event_untrusted_and_end_no_search(desk: Desk, attributes: str) -> None:
    """Who writes a text may copy a signature of before, which covers no attributes."""
    event = event_of(signed_before(desk, made()))
    whole = event["_raw"]
    at = whole.index('"attributes":') + len('"attributes":')
    odd = f"{whole[:at]}{attributes}{whole[whole.index('}', at) + 1 :]}"
    assert words(desk, event, {**event, "_raw": odd}) == [OLD, UNTRUSTED]


def test_an_event_whose_text_names_no_record_leaves_a_linking_search_whole(desk: Desk) -> None:
    record = signed_before(desk, made())
    unnamed = record.to_json().replace(f'"record_id":"{record.record_id}",', "")
    trust = Trust("river", Handler(desk), lambda ids: [unnamed, record.to_json()])
    (found,) = trust.trusted([{**row_of(record), "events": "2", "city": ["Leeds", "York"]}])
    assert (found["record_id"], found["city"]) == (record.record_id, "Leeds")


@pytest.mark.parametrize("count", ["2", ""], ids=["counted", "by hand"])
def test_of_a_row_of_several_events_the_genuine_one_is_linked(desk: Desk, count: str) -> None:
    record, other = signed(desk, made()), signed(desk, made(name="Other"))
    row = row_of(record)
    mixed = {**row, "events": count, "city": ["Leeds", "York"], "identifier": [PHONE, "email:x@mail.example"]}
    twin = record.to_json().replace("Leeds", "York")
    asked: list[list[str]] = []

    def read(ids: Sequence[str]) -> list[str]:
        asked.append([*ids])
        return ["", twin, signed(desk, made(), "north").to_json(), record.to_json(), record.to_json(), other.to_json()]

    trust = Trust("river", Handler(desk), read)
    assert trust.trusted([mixed, {**row, "events": "1", "name": "forged"}]) == trusted(desk, row)
    assert (asked, trust.untrusted) == ([[record.record_id]], 2)


def test_no_text_of_an_event_is_too_odd_to_be_untrusted() -> None:
    texts = ["[]", "{}", '{"key":1}', '{"key":{}}', '{"key":{"signature":1}}', "[" * 100_000, "NaN", "\ud800"]
    whole = with_mark(made(), f"1.{'0' * 32}").to_json()
    texts += [whole.replace('"evidence":[', '"evidence":[1,'), whole.replace(':"establishment"', ':"x"')]
    assert [signed_text(text) for text in texts] == [None] * len(texts)
    assert signed_text(whole) is not None
