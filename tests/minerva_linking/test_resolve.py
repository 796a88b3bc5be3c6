"""Linking as a whole: what joins, what does not, ids that stay, answers that do not depend on order or neighbors."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import Options, resolve
from minerva.linking.model import read_row


def row(record_id: str, *identifiers: str, time: object = 1, **fields: object) -> dict[str, Any]:
    return {
        "record_id": record_id,
        "source_id": "s",
        "record_type": "ad",
        "identifier": list(identifiers),
        "time": time,
        **fields,
    }


def place(record_id: str, name: str, address: str, phone: str = "") -> dict[str, Any]:
    held = [f"local_phone:springfield/{phone}"] if phone else []
    base = row(record_id, *held, name=name, address=address, city="Springfield")
    return {**base, "record_type": "site"}


def documents(rows: list[dict[str, Any]], previous: dict[str, str] | None = None, tenant: str = "t") -> dict[str, str]:
    return {
        entity.entity_id: json.dumps(entity.to_document(), sort_keys=True)
        for entity in resolve(rows, previous or {}, tenant).entities
    }


def partition(rows: list[dict[str, Any]], previous: dict[str, str] | None = None) -> set[frozenset[str]]:
    return {
        frozenset(record.record_id for record in entity.records)
        for entity in resolve(rows, previous or {}, "t").entities
    }


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        pytest.param([row("a", "phone:+14155550101"), row("b", "phone:+14155550101")], [{"a", "b"}], id="shared phone"),
        pytest.param(
            [row("a", "phone:+14155550101"), row("b", "phone:+14155550102")], [{"a"}, {"b"}], id="other phone"
        ),
        pytest.param(
            [
                row("a", "phone:+14155550101"),
                row("b", "phone:+14155550101", "email:x@example.com"),
                row("c", "email:x@example.com"),
            ],
            [{"a", "b", "c"}],
            id="chain over two kinds",
        ),
        pytest.param(
            [row("a", "local_phone:springfield/5550101"), row("b", "local_phone:springfield/5550101")],
            [{"a"}, {"b"}],
            id="a local phone alone does not join",
        ),
        pytest.param(
            [place("a", "Sunny Day Care", "12 N Main St"), place("b", "SUNNY DAYCARE INC", "12 North Main Street")],
            [{"a", "b"}],
            id="same name and address",
        ),
        pytest.param(
            [
                place("a", "Sunny Day Care", "12 N Main St", "5550101"),
                place("b", "Moon Academy", "990 W Oak Ave", "5550101"),
            ],
            [{"a"}, {"b"}],
            id="one head office phone for two places",
        ),
        pytest.param(
            [
                place("a", "Sunny Day Care 1", "12 N Main St", "5550101"),
                place("b", "Sunny Day Care 2", "480 N Main St", "5550101"),
            ],
            [{"a"}, {"b"}],
            id="numbered branches on one street",
        ),
    ],
)
def test_records_join_only_on_enough_evidence(rows: list[dict[str, Any]], groups: list[set[str]]) -> None:
    assert partition(rows) == {frozenset(group) for group in groups}


def test_places_that_share_an_email_stay_apart_when_their_addresses_contradict() -> None:
    rows = [place("a", "Sunny Day Care", "12 N Main St"), place("b", "Moon Academy", "990 W Oak Ave")]
    for item in rows:
        item["identifier"] = ["email:office@example.org"]
    assert partition(rows) == {frozenset({"a"}), frozenset({"b"})}


def rings(count: int, each: int, hub: str) -> list[dict[str, Any]]:
    """Returns `count` rings of `each` records; phone and mail of a ring cross, and every record carries the hub."""
    made = []
    for ring in range(count):
        for number in range(each):
            own = [f"phone:+1415555{ring:04d}"] if number % 2 else [f"email:r{ring}@example.com"]
            both = [f"phone:+1415555{ring:04d}", f"email:r{ring}@example.com"] if number == 0 else own
            made.append(row(f"{ring:03d}-{number}", *both, hub))
    return made


def test_a_front_desk_number_does_not_merge_rings_and_is_named() -> None:
    rows = rings(12, 4, "phone:+14155559999")
    resolution = resolve(rows, {}, "t")
    assert len(resolution.entities) == 12
    assert [hub.identifier for hub in resolution.hubs] == ["phone:+14155559999"]
    assert "12 groups" in resolution.hubs[0].why
    assert all("set aside" in entity.explanation for entity in resolution.entities)


def test_a_phone_in_many_records_of_one_ring_is_no_hub() -> None:
    rows = [row(f"r{n}", "phone:+14155550101", "email:x@example.com") for n in range(40)]
    assert len(partition(rows)) == 1


def test_an_identifier_above_the_degree_cap_never_joins() -> None:
    rows = [row(f"r{n}", "phone:+14155550101", "email:x@example.com") for n in range(12)]
    assert len(resolve(rows, {}, "t", Options(hub_degree=10)).entities) == 12


def test_each_join_names_records_rule_and_reason() -> None:
    (entity,) = resolve([row("a", "phone:+14155550101"), row("b", "phone:+14155550101")], {}, "t").entities
    (join,) = entity.to_document()["joins"]
    assert (join["a"], join["b"], join["rule"], join["identifier"]) == (
        "a",
        "b",
        "shared_identifier",
        "phone:+14155550101",
    )
    assert 0.0 < join["strength"] <= 1.0
    assert "phone" in join["why"]
    assert entity.explanation == "These 2 records: phone in 2"


def test_an_entity_of_n_records_has_n_minus_1_joins() -> None:
    rows = rings(3, 6, "url:https://example.org/a")
    for entity in resolve(rows, {}, "t").entities:
        assert len(entity.joins) == len(entity.records) - 1


def test_merging_keeps_the_id_with_the_oldest_record_and_redirects_the_other() -> None:
    before = [row("a", "phone:+14155550101", time=10), row("b", "email:x@example.com", time=5)]
    first = resolve(before, {}, "t").members
    after = [*before, row("c", "phone:+14155550101", "email:x@example.com", time=20)]
    merged = resolve(after, first, "t")
    assert set(merged.members.values()) == {first["b"]}
    assert merged.redirects == {first["a"]: first["b"]}


def test_a_split_keeps_the_id_on_the_oldest_part() -> None:
    previous = {"a": "e_old", "b": "e_old"}
    split = resolve([row("a", "phone:+14155550101", time=9), row("b", "phone:+14155550102", time=3)], previous, "t")
    assert split.members["b"] == "e_old"
    assert split.members["a"] != "e_old"
    assert split.redirects == {}


def test_a_record_delivered_twice_counts_once() -> None:
    (entity,) = resolve([row("a", "phone:+14155550101"), row("a", "phone:+14155550101")], {}, "t").entities
    assert entity.to_document()["size"] == 1


def test_a_row_without_record_id_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="by record_id"):
        read_row({"identifier": "phone:+14155550101"})


identifiers = st.lists(
    st.sampled_from([f"phone:+141555501{n:02d}" for n in range(8)] + [f"email:u{n}@example.com" for n in range(8)]),
    max_size=3,
    unique=True,
)
worlds = st.lists(identifiers, min_size=1, max_size=25).map(
    lambda lists: [row(f"r{number:02d}", *held, time=number % 5) for number, held in enumerate(lists)]
)


@settings(max_examples=150, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(rows: list[dict[str, Any]], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert documents(shuffled) == documents(rows)


@settings(max_examples=150, deadline=None)
@given(worlds, worlds)
def test_unrelated_records_leave_every_entity_byte_identical(
    rows: list[dict[str, Any]], more: list[dict[str, Any]]
) -> None:
    strangers = [
        {
            **item,
            "record_id": "z" + item["record_id"],
            "identifier": [value.replace("555", "777") + "9" for value in item["identifier"]],
        }
        for item in more
    ]
    before = documents(rows)
    after = documents(rows + strangers, resolve(rows, {}, "t").members)
    assert before.items() <= after.items()


@settings(max_examples=150, deadline=None)
@given(worlds, st.integers(0, 25))
def test_linking_in_two_runs_gives_the_groups_of_one_run(rows: list[dict[str, Any]], cut: int) -> None:
    first = resolve(rows[:cut], {}, "t").members
    assert partition(rows, first) == partition(rows)


@settings(max_examples=100, deadline=None)
@given(worlds)
def test_a_second_run_over_the_same_records_changes_nothing(rows: list[dict[str, Any]]) -> None:
    first = resolve(rows, {}, "t")
    again = resolve(rows, first.members, "t")
    assert again == first


def test_two_tenants_have_different_ids_for_equal_records() -> None:
    rows = [row("a", "phone:+14155550101")]
    assert documents(rows, tenant="one").keys().isdisjoint(documents(rows, tenant="two").keys())
