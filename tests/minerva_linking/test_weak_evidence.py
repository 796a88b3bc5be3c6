"""What joins beside equal identifiers: names in a city, places by address, rare texts; and hubs of any size."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.link_quality import missed, scores
from benchmarks.link_worlds import LinkSet
from benchmarks.linking_hubs import CLUSTERS_PER_HUB, pairwise, regime
from minerva.linking import resolve
from tests.minerva_linking.test_resolve import partition, row

DESK = "phone:+14155550100"
TEXT = (
    "Two weeks only in the old mill house by the river, quiet rooms with tea and soft light, please write a day before "
    "and say which hour suits you, parking behind the bakery, no hidden fees, ask for {name}"
)


def person(record_id: str, name: str, *identifiers: str, city: str = "Riverton", **fields: Any) -> dict[str, object]:
    return row(record_id, *identifiers, name=name, city=city, **fields)


def listed(record_id: str, name: str, address: str) -> dict[str, object]:
    return {**row(record_id, DESK, name=name, address=address, city="Riverton"), "record_type": ""}


@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param([person("a", "Sergey Ivanov"), person("b", "Ivanov, Sergei")], True, id="spelt otherwise"),
        pytest.param([person("a", "Anna Petrova"), person("b", "Anna Petrova", city="Salem")], False, id="other city"),
        pytest.param([person("a", "Anna"), person("b", "Anna")], False, id="a first name alone"),
        pytest.param([person("a", "Team Riverton"), person("b", "Team Riverton")], False, id="the city's own name"),
        pytest.param([person("a", "Anna Petrova"), person("b", "Boris Petrov")], False, id="other first name"),
        pytest.param(
            [person("a", "Sergey Ivanov", "phone:+14155550101"), person("b", "Serge Ivanof", "phone:+14155550102")],
            False,
            id="names alike and phones differ",
        ),
        pytest.param(
            [row(key, text=TEXT.format(name=name), city="Salem") for key, name in (("a", "Lena"), ("b", "Mia"))],
            True,
            id="a rare text in one city",
        ),
        pytest.param([row("a", text="Call me now", city="Salem"), row("b", text="Call me now", city="Salem")], False,
                     id="a short phrase"),
        pytest.param(
            [row(f"{n}", f"phone:+1415555{n:04}", text=TEXT.format(name=n), city="Salem") for n in range(9)],
            False,
            id="a text that many hold, each with a phone of its own",
        ),
        pytest.param([listed("a", "Moon Hall", "12 Main St"), listed("b", "Oak Hall", "990 West Oak Ave")], False,
                     id="one office's phone for two places of no known type"),
        pytest.param([listed("a", "Moon Hall", "12 Main St"), listed("b", "The Moon Hall", "12 Main Street")], True,
                     id="one place of no known type"),
        pytest.param([listed("a", "Moon Hall", "12 Main St"), row("b", DESK)], True, id="an ad with a place's phone"),
    ],
)  # fmt: skip
def test_weak_evidence_joins_only_when_enough_of_it_agrees(rows: list[dict[str, object]], together: bool) -> None:
    assert (len(partition(rows)) == 1) == together


def test_an_ad_with_an_offices_phone_joins_none_of_its_places() -> None:
    rows = [listed("a", "Moon Hall", "12 Main St"), listed("b", "Oak Hall", "990 West Oak Ave"), row("c", DESK)]
    assert len(partition(rows)) == 3


def test_the_reason_names_what_agreed() -> None:
    (entity,) = resolve([person("a", "Sergey Ivanov"), person("b", "Sergei Ivanov")], {}, "t").entities
    (join,) = entity.joins
    assert join.rule == "name_city"
    assert "sergei / sergey: other spelling" in join.why
    assert entity.explanation == "These 2 records: name and city in 2"


@pytest.mark.parametrize("per_hub", CLUSTERS_PER_HUB)
def test_hubs_of_every_size_are_kept_out(per_hub: int) -> None:
    records, truth = regime(800, max(3, 800 // per_hub), 5)
    found = resolve(records, {}, "t").members
    assert pairwise([found[record.record_id] for record in records], truth)[2] >= 0.97


def test_a_hub_of_four_strangers_is_seen() -> None:
    rows = []
    for ring in range(4):
        own = (f"phone:+1415555{ring:04}", f"email:r{ring}@example.com")
        rows += [row(f"{ring}-{n}", *own, *(["phone:+14155559999"] if n == 0 else [])) for n in range(4)]
    assert len(partition(rows)) == 4


def test_scores_of_a_small_case() -> None:
    truth = {"a": "1", "b": "1", "c": "1", "d": "2"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}
    reached = scores(found, truth)
    assert reached["pairwise"] == pytest.approx((0.5, 1 / 3, 0.4))
    assert reached["bcubed"] == pytest.approx((0.75, 2 / 3, 12 / 17))
    assert reached["cluster"] == pytest.approx((0.0, 0.0, 0.0))


def test_missed_pairs_of_one_house_are_counted_apart() -> None:
    house = {"source_id": "s", "address": "12 Main Street", "city": "Riverton"}
    names = {"a": "Anna Stone", "b": "Ann Stone", "c": "Luke Stone"}
    rows = [{"record_id": key, "name": name, **house} for key, name in names.items()]
    chosen = LinkSet("FEBRL", rows, dict.fromkeys(names, "1"))
    assert missed(chosen, {"a": "x", "b": "x", "c": "x"}) == (0, 0)
    assert missed(chosen, {"a": "x", "b": "y", "c": "z"}) == (3, 2)


def test_a_front_desk_and_the_link_page_beside_it_do_not_speak_for_each_other() -> None:
    names = ("Anna Stone", "Boris Kowal", "Carla Mendes", "Dmitri Orlov", "Emeka Obi", "Farah Nasser", "Greta Lund")
    page = "url:https://links.example.org/agency"
    rows = [
        person(f"{number}-{each}", name, f"email:own{number}@example.com", *((DESK, page) if each else ()))
        for number, name in enumerate(names)
        for each in range(2)
    ]
    resolution = resolve(rows, {}, "t")
    assert {hub.identifier for hub in resolution.hubs} == {DESK, page}
    assert all("7 names" in hub.why for hub in resolution.hubs)
    assert len(resolution.entities) == len(names)


def test_a_phone_of_one_person_under_spellings_of_one_name_is_no_hub() -> None:
    spellings = ("Sergey Ivanov", "Sergei Ivanov", "Ivanov, Sergey", "S. Ivanov", "Serguei Ivanoff", "Sergey V. Ivanov")
    rows = [person(f"r{number}", name, DESK) for number, name in enumerate(spellings)]
    assert len(partition(rows)) == 1
