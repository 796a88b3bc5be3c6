"""Different contents under one record id: nothing of them is lost, in whatever order they come, and all is named."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.linking import resolve
from minerva.linking.model import DIFFERS, LinkRecord, read_row
from minerva.linking.same_id import against, as_one, loggable, sentence, together
from minerva.linking.updates.changes import link_changes
from minerva.linking.updates.keys import keys_of
from tests.minerva_linking.test_resolve import row
from tests.minerva_linking.updates.test_changes import TENANT, TIGHT, Base

PHONE, OTHER = "phone:+14155550123", "phone:+14155550145"
WORD = "sketch:s" + "A" * 128
VALUES = {
    "source_id": ("", "ads", "forum"), "record_type": ("", "ad", "profile"), "name": ("", "Ann", "Bea"),
    "city": ("", "Salem"), "time": (0, 100, 200),
}  # fmt: skip


def record(record_id: str, *identifiers: str, **fields: Any) -> LinkRecord:
    blank = LinkRecord(record_id, "ads", "ad", tuple(sorted(identifiers)), "", "", "", "", "", 100)
    return blank._replace(**fields)


def contents() -> st.SearchStrategy[LinkRecord]:
    marks = st.sampled_from(("", WORD, WORD.replace("A", "B"), "geo:44.9,-123.0"))
    held = st.tuples(st.sets(st.sampled_from((PHONE, OTHER, "email:u@mail.example"))), marks)
    fields = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
    return st.builds(lambda have, told: record("a", *have[0], *filter(None, have[1:]), **told), held, fields)


@given(st.lists(contents(), min_size=1, max_size=5), st.integers(0, 99))
def test_contents_of_one_id_count_as_the_same_record_in_any_order_and_however_often(
    found: list[LinkRecord], seed: int
) -> None:
    mixed = random.Random(seed).sample([*found, *found], 2 * len(found))
    (one,), (other,) = as_one([*found, found[0]]), as_one([*mixed, found[0]])
    assert one == other == together(one, random.Random(seed).choice(found))
    assert {value for each in found for value in each.contacts} == {*one.contacts}


@pytest.mark.parametrize(
    ("other", "differing"),
    [
        pytest.param(record("a", PHONE), [], id="equal"),
        pytest.param(record("a", PHONE, time=900), [], id="read at another time"),
        pytest.param(record("a", PHONE, city="Salem"), [], id="tells more"),
        pytest.param(record("a", OTHER), ["identifiers"], id="another phone"),
        pytest.param(record("a", PHONE, name="Bea"), ["name"], id="another name"),
        pytest.param(record("a", PHONE, source_id="forum"), ["source_id"], id="another source"),
        pytest.param(record("a", PHONE, WORD.replace("A", "B")), ["text"], id="another text"),
    ],
)
def test_what_differs_is_named_by_entity_and_document(other: LinkRecord, differing: list[str]) -> None:
    (entity,) = resolve([record("a", PHONE, WORD, name="Ann"), other], {}, "t").entities
    told = f"1 record id came with different content: a ({', '.join(differing)})"
    assert (told in entity.explanation) == bool(differing)
    assert entity.to_document().get("differing", {}) == ({"a": ", ".join(differing)} if differing else {})
    assert not [value for value in entity.to_document()["identifiers"] if value.startswith(DIFFERS)]


def test_of_both_contents_every_identifier_counts() -> None:
    found = resolve([record("a", PHONE), record("a", OTHER), record("b", PHONE), record("c", OTHER)], {}, "t")
    assert [len(entity.records) for entity in found.entities] == [3]


def test_that_two_ids_differ_alike_joins_nothing_and_is_no_key() -> None:
    rows = [read_row({"record_id": name, "name": [f"Ann {name}", f"Bea {name}"]}) for name in "ab"]
    assert [each.differing for each in rows] == [["name"], ["name"]]
    assert len(resolve(rows, {}, "t").entities) == 2
    plain = [read_row({"record_id": each.record_id, "name": each.name}) for each in rows]
    assert [{*keys_of(each)} for each in rows] == [{*keys_of(each)} for each in plain]


@pytest.mark.parametrize(
    ("field", "value", "differing"),
    [
        ("name", ["Ann", "Bea"], ["name"]),
        ("name", ["Ann"], []),
        ("city", ["Salem", "Salem"], []),
        ("sketch", [WORD[7:], WORD[7:].replace("A", "B")], ["text"]),
        ("identifier", [PHONE, OTHER], []),
    ],
    ids=["two names", "one name", "one city twice", "two sketches", "two phones of one record"],
)
def test_a_row_that_a_search_made_of_several_events_says_where_they_differ(
    field: str, value: list[str], differing: list[str]
) -> None:
    assert read_row({"record_id": "a", field: value}).differing == differing


def test_rows_of_events_and_the_row_that_a_search_makes_of_them_are_one_record() -> None:
    events = [row("a", PHONE, name="Bea", city="Salem", time="200"), row("a", OTHER, name="Ann", time="100")]
    merged = row("a", PHONE, OTHER, name=["Ann", "Bea"], city="Salem", time="100")
    (one,) = as_one([read_row(each) for each in events])
    assert one._replace(identifiers=()) == read_row(merged)._replace(identifiers=())
    assert one.contacts == read_row(merged).contacts
    assert one.differing == ["identifiers", "name"], "a search's row cannot tell whose identifiers are whose"


def test_a_record_known_to_differ_keeps_what_it_holds_when_one_of_its_contents_comes_again() -> None:
    first, second = record("a", PHONE, name="Ann"), record("a", OTHER, name="Bea")
    base = Base().changed([together(first, second), record("b", PHONE), record("c", OTHER)])
    again = base.changed([second])
    assert again.shown() == base.shown()
    third = record("a", PHONE, name="Cea", city="Salem")
    assert again.changed([third]).rows["a"] == together(third, together(first, second))


def test_one_row_of_different_contents_changes_what_is_stored_and_is_named() -> None:
    base = Base().changed([record("a", PHONE, name="Ann")])
    done = link_changes([together(record("a", PHONE, name="Ann"), record("a", PHONE, name="Bea"))], (), (), base,
                        TENANT, TIGHT)  # fmt: skip
    assert [entity.to_document()["differing"] for entity in done.entities] == [{"a": "name"}]


def test_a_stored_record_that_tells_otherwise_is_found() -> None:
    given_now = {each.record_id: each for each in (record("a", PHONE, name="Bea"), record("b", PHONE))}
    stored = [record("a", PHONE, name="Ann"), record("b", PHONE, time=5), record("c", PHONE)]
    assert against(given_now, stored) == {"a": ["name"]}
    assert against(given_now, [together(stored[0], given_now["a"])]) == {}


def test_a_sentence_names_a_few_ids_and_counts_the_rest() -> None:
    found = {f"r{number}": ["name", "city"] for number in range(5)}
    assert sentence(found) == (
        "5 record ids came with different content: r0 (name, city), r1 (name, city), r2 (name, city) and 2 more"
    )


def test_an_id_that_is_no_hash_stands_in_no_message() -> None:
    assert loggable("0" * 32) == "0" * 32
    assert loggable("+14155550123").startswith("sha256-")
    assert "4155550123" not in loggable("+14155550123")
