"""Hashes of images: equal ones need a second sign, near ones are compared where a function is plugged in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import pytest

from minerva.linking import Resolution, resolve
from minerva.linking.model import DEFAULT, LinkRecord
from minerva.linking.near_values import PLUGGED, candidate_values
from tests.minerva_linking.test_changes import few_bits_apart
from tests.minerva_linking.test_resolve import partition, row

HASH = "0f1e2d3c4b5a6978"
NEAR = "0f1e2d3c4b5a6979"
FAR = "f0e1d2c3b4a59687"


IMAGES = replace(DEFAULT, near=("image",))


@pytest.fixture
def plugged() -> Iterator[None]:
    with mock.patch.dict(PLUGGED, {"image": few_bits_apart}):
        yield


def linked(rows: list[dict[str, object]]) -> Resolution:
    return resolve(rows, {}, "t", IMAGES)


def two(other: str, *contacts: str) -> list[dict[str, object]]:
    return [
        row("a", f"image:{HASH}", *contacts[:1], city="Salem"),
        row("b", f"image:{other}", *contacts[1:], city="Salem"),
    ]


@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param(two(HASH), True, id="in one city"),
        pytest.param([row("a", f"image:{HASH}", time=0), row("b", f"image:{HASH}", time=0)], False, id="nothing else"),
        pytest.param(two(HASH, "phone:+14155550101", "phone:+14155550102"), False, id="phones differ"),
        pytest.param(
            [{**each, "name": "Olga Haddad"} for each in two(HASH, "email:a@example.com", "email:b@example.com")], True,
            id="mails differ, one name",
        ),
        pytest.param([two(HASH)[0], {**two(HASH)[1], "city": "Dover"}], False, id="in two cities"),
    ],
)  # fmt: skip
def test_equal_images_join_with_a_second_sign(rows: list[dict[str, object]], together: bool) -> None:
    assert (len(partition(rows)) == 1) == together


def test_the_reason_of_equal_images_is_theirs() -> None:
    (entity,) = resolve(two(HASH), {}, "t").entities
    assert entity.joins[0].rule == "similar_image"
    assert entity.joins[0].identifier == ""


@pytest.mark.parametrize(("owners", "joined"), [(2, True), (4, True), (5, False)])
def test_a_picture_of_one_city_joins_until_it_has_many_holders(owners: int, joined: bool) -> None:
    kinds = ("email:u@example.com", "phone:+14155550101", "license:ca/1", "url:example.com/u", "plate:ca/1")
    rows = [row(held, held, f"image:{HASH}", city="Salem", time=0) for held in kinds[:owners]]
    assert len(partition(rows)) == (1 if joined else owners)


def test_a_stock_picture_joins_no_strangers() -> None:
    owners = [(n, f"phone:+1415555{n:04}") for n in range(8)]
    rows = [row(f"{n}-{m}", phone, *([f"image:{HASH}"] if m else [])) for n, phone in owners for m in (0, 1)]
    assert len(partition(rows)) == 8


def test_near_images_join_nothing_as_shipped() -> None:
    assert len(partition(two(NEAR))) == 2


@pytest.mark.usefixtures("plugged")
@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param(two(NEAR), True, id="one bit apart in one city"),
        pytest.param(two(FAR), False, id="far apart"),
        pytest.param([row("a", f"image:{HASH}"), row("b", f"image:{NEAR}")], False, id="nothing else told"),
        pytest.param(two(NEAR, "phone:+14155550101", "phone:+14155550102"), False, id="phones differ"),
    ],
)
def test_near_images_join_with_other_evidence(rows: list[dict[str, object]], together: bool) -> None:
    assert (len(linked(rows).entities) == 1) == together


@pytest.mark.usefixtures("plugged")
def test_the_reason_names_the_images() -> None:
    (entity,) = linked(two(NEAR)).entities
    assert entity.joins[0].rule == "similar_image"
    assert entity.joins[0].why.startswith("images near each other; both in Salem")
    assert entity.explanation == "These 2 records: near image in 2"


@pytest.mark.usefixtures("plugged")
def test_a_crowd_is_not_compared() -> None:
    def held(number: int, value: str) -> LinkRecord:
        return LinkRecord(f"{number}", "s", "ad", (f"image:{value}",), "", "", "", "", "", 0)

    rows = [held(0, HASH), held(1, NEAR)]
    assert [pair[:2] for pair in candidate_values(rows, IMAGES)] == [(0, 1)]
    crowds = {f"i:image{place}:{HASH[place : place + 4]}" for place in (0, 4, 8)}
    assert list(candidate_values(rows, IMAGES, crowds)) == []
    many = [held(number, f"{HASH[:12]}{number:04x}") for number in range(DEFAULT.block_size + 1)]
    assert list(candidate_values(many, IMAGES)) == []


@pytest.mark.usefixtures("plugged")
def test_a_function_whose_kind_the_options_do_not_name_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"Options.near: expected the kinds .* \['image'\], not \[\]"):
        resolve(two(NEAR), {}, "t")


def test_a_kind_that_the_options_name_and_that_has_no_function_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"Options.near: expected the kinds .* \[\], not \['image'\]"):
        linked(two(NEAR))
