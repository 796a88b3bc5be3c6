"""Two places as odds: name and contact tell one fact, strength is a probability, weights come from the file."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.link_places import place_weights
from benchmarks.link_sample import read
from benchmarks.link_trade import Trade
from minerva.linking import resolve
from minerva.linking.model import LinkRecord, read_row
from minerva.linking.places.pairs import PLACE_LEVELS, place_evidence, place_levels, score_pair
from minerva.linking.places.spots import LEVELS
from minerva.linking.places.stated import most_stated
from minerva.linking.weights import bits, probability, table
from tests.minerva_linking.test_resolve import place

PHONE = "5550101"


def record(name: str, address: str, phone: str = "", **fields: Any) -> LinkRecord:
    return read_row({**place(f"{name} {address} {phone}", name, address, phone), **fields})


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        pytest.param("12 N Main St Ste 210", "12 North Main Street, Suite 210", 1.0, id="one suite"),
        pytest.param("12 N Main St # 2F", "12 N Main St Apt. 2-F", 1.0, id="one flat"),
        pytest.param("12 N Main St Ste 210", "12 N Main St Unit 118", 0.55, id="two suites"),
        pytest.param("12 N Main St Ste 210", "12 N Main St", 1.0, id="a suite and the house"),
    ],
)
def test_two_doors_of_a_house_are_not_one_place_for_sure(one: str, other: str, level: float) -> None:
    assert place_levels(record("Moon Hall", one), record("Moon Hall", other), {})["place_address"] == level


@pytest.mark.parametrize(
    ("other", "levels"),
    [
        pytest.param(record("Moon Hall", "12 N Main St", PHONE), (1.0, 1.0, 1.0), id="all agrees"),
        pytest.param(record("Moon Hall", "12 N Main St", "5550102"), (1.0, 1.0, 0.0), id="another phone"),
        pytest.param(record("Oak Inn", "12 N Main St"), (0.0, 1.0, -1.0), id="another name and no phone"),
        pytest.param(record("Moon Hall", "12 N Main St", PHONE, city="Salem"), (1.0, 0.55, 1.0), id="another city"),
        pytest.param(record("Moon Hall", "990 W Oak Ave", PHONE), (1.0, 0.0, 1.0), id="another address"),
        pytest.param(record("Moon Hall", "Main St", PHONE), (1.0, -1.0, 1.0), id="no house number"),
    ],
)  # fmt: skip
def test_levels_of_two_places(other: LinkRecord, levels: tuple[float, float, float]) -> None:
    found = place_levels(record("Moon Hall", "12 North Main Street", PHONE), other, {})
    assert (found["place_name"], found["place_address"], found["place_contact"]) == levels


def test_a_contact_of_many_addresses_is_a_head_offices() -> None:
    one, other = record("Moon Hall", "12 Main St", PHONE), record("Oak Inn", "90 Lake Av", PHONE)
    (contact,) = one.contacts
    assert place_levels(one, other, {contact: 3})["place_contact"] == 0.5


def test_name_and_contact_count_once_where_both_agree_and_both_where_one_speaks_against() -> None:
    told = {"place_name": 8.0, "place_numbers": 0.0, "place_contact": 10.0, "place_address": -3.0}
    assert place_evidence(told) == 7.0
    assert place_evidence({**told, "place_contact": -2.0}) == 3.0
    assert place_evidence({**told, "place_name": -3.0}) == 4.0


def test_a_place_of_one_name_and_phone_at_another_address_is_another_place() -> None:
    one, other = record("Moon Hall", "12 Main St", PHONE), record("Moon Hall", "990 West Oak Ave", PHONE)
    assert score_pair(one, other, {}).score < 0


def test_the_strength_of_a_join_is_how_likely_it_is() -> None:
    rows = [place("a", "Moon Hall", "12 N Main St"), place("b", "Moon Hall", "12 North Main Street")]
    (entity,) = resolve(rows, {}, "t").entities
    odds = bits("place_start", 0.0) + bits("place_name", 1.0) + bits("place_numbers", 1.0) + bits("place_address", 1.0)
    one, other = map(read_row, rows)
    (join,) = entity.joins
    assert join.strength == probability(min(odds, most_stated(one, other, join.why, by_contact=False)))


def test_every_level_of_a_place_has_a_weight() -> None:
    for name, steps in PLACE_LEVELS.items():
        assert [least for least, _ in table()[name]] == list(steps)
    assert all(bits(f"spot_{level}", 1.0) > 0 for level in LEVELS)


def test_the_truth_of_a_sample_teaches_which_way_agreement_points() -> None:
    rows, _, house = Trade(3).rows(120)
    sites = read([row for row in rows if row["record_type"] == "site"])
    found, pairs = place_weights(sites, house, 3, with_truth=True)
    assert pairs > 100
    for name in ("place_name", "place_address", "place_contact"):
        weights = [weight for _, weight in found[name]]
        assert weights[0] > 0 > weights[-1]
    assert found["place_start"][0][1] < -5
