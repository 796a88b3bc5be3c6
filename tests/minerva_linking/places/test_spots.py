"""Where addresses lie: one spot supports, far apart weakens, towns' centers and bad coordinates say nothing for."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.addresses.spot import distance_m, spot_text
from minerva.linking import resolve
from minerva.linking.places.spots import spot_bits, spot_of
from tests.minerva_linking.test_resolve import partition, place

HERE, BESIDE, AWAY = ("41.878113", "-87.629799"), ("41.878301", "-87.629912"), ("42.331429", "-83.045753")
TOWN, NEXT, SUBURB = ("41.88", "-87.63"), ("41.8801", "-87.6302"), ("41.751239", "-87.605521")


def at(record: dict[str, Any], spot: tuple[str, str]) -> dict[str, Any]:
    return {**record, "latitude": spot[0], "longitude": spot[1]}


def moon(address: str, spot: tuple[str, str] = ("", "")) -> dict[str, Any]:
    return at(place(f"{address} {spot}", "Moon Hall", address), spot)


@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param([moon("12 Main St"), moon("12 Main Street")], True, id="one address as written"),
        pytest.param([moon("12 Main St", HERE), moon("12 Main St", AWAY)], False, id="one address in two towns"),
        pytest.param([moon("12 Main St", SUBURB), moon("12 Main St", TOWN)], True, id="a house and the town's center"),
        pytest.param([moon("12 Main St", AWAY), moon("12 Main St", TOWN)], False, id="another town's center"),
        pytest.param([moon("12 Main St"), moon("40 Main St")], False, id="one street"),
        pytest.param([moon("12 Main St", HERE), moon("40 Main St", BESIDE)], True, id="one street at one spot"),
        pytest.param([moon("12 Main St", TOWN), moon("40 Main St", NEXT)], False, id="beside the center of a town"),
        pytest.param([moon("12 Main St", HERE), moon("40 Main St", HERE)], False, id="a street's coordinate"),
        pytest.param([moon("12 Main St", HERE), at(place("b", "Oak Inn", "90 Lake Av"), BESIDE)], False,
                     id="one spot and nothing else"),
    ],
)  # fmt: skip
def test_a_spot_weighs_beside_the_address(rows: list[dict[str, Any]], together: bool) -> None:
    assert (len(partition(rows)) == 1) == together


def test_the_reason_names_the_spot_and_documents_do_not_list_it() -> None:
    rows = [moon("12 Main St", HERE), moon("40 Main St", BESIDE)]
    (entity,) = resolve(rows, {}, "t").entities
    assert "at one spot by their coordinates" in entity.joins[0].why
    assert entity.to_document()["identifiers"] == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "mark"),
    [
        ("41.878113", "-87.629799", "geo:41.878113,-87.629799"),
        (" 41.50 ", "-087.0", "geo:41.5,-87"),
        ("0", "0.0", ""),
        ("91", "5", ""),
        ("41.8", "181", ""),
        ("", "5", ""),
        ("nan", "5", ""),
        ("1e1", "5", ""),
    ],
)
def test_coordinates_become_a_mark(latitude: str, longitude: str, mark: str) -> None:
    assert spot_text(latitude, longitude) == mark.partition(":")[2]


def test_a_spot_is_read_as_a_geo_uri_is_written() -> None:
    assert spot_of(["email:a@example.com", "geo:48.2010,16.3695,183;crs=wgs84;u=10"]) == (48.201, 16.3695)
    assert spot_of(["geo:here"]) is None


def test_distances_are_those_of_the_globe() -> None:
    assert distance_m((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111_195, rel=1e-4)
    assert distance_m((60.0, 179.9995), (60.0, -179.9995)) == pytest.approx(55.6, rel=1e-2)
    assert distance_m((90.0, 0.0), (-90.0, 0.0)) == pytest.approx(20_015_115, rel=1e-4)


@pytest.mark.parametrize("level", ["same", "close", "near", "street", "different", "unknown"])
def test_far_apart_never_supports_and_one_spot_never_weakens(level: str) -> None:
    here, beside, away = (f"geo:{spot_text(*each)}" for each in (HERE, BESIDE, AWAY))
    assert spot_bits([here], [beside], level)[0] > 0
    assert spot_bits([here], [away], level)[0] < 0
    assert spot_bits([here], [], level) == (0.0, "")
