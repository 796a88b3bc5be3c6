"""A place is as precise as its record says: coordinates, postcode, town, area, country; none where two are meant."""

from __future__ import annotations

import pytest

from minerva.places import Asked, locate, spot_of
from minerva.places.spots import PRECISIONS

FOUND = [
    pytest.param(Asked("Chicago", "IL", "60614", "US", "41.9", "-87.6"), "point", (41.9, -87.6), id="own coordinates"),
    pytest.param(Asked("Chicago", "IL", "60614-1234", "US"), "postcode", (41.92, -87.65), id="ZIP with four more"),
    pytest.param(Asked("", "Illinois", "60614", "USA"), "postcode", (41.92, -87.65), id="state and country in words"),
    pytest.param(Asked("", "IL", "60614", ""), "postcode", (41.92, -87.65), id="a ZIP code of the state that is named"),
    pytest.param(Asked("Chicago", "IL", "99999", "US"), "town", (41.85, -87.65), id="an unknown ZIP code"),
    pytest.param(Asked("Chicago", "IL", "90210", "US"), "town", (41.85, -87.65), id="a ZIP code of another state"),
    pytest.param(Asked("", "", "EH6 1AA", "GB"), "postcode", (55.97, -3.17), id="an outward code"),
    pytest.param(Asked("Nowhere at all", "Illinois", "", "US"), "region", (40.4, -89.0), id="an unknown town"),
    pytest.param(Asked("", "Devon", "", "United Kingdom"), "region", (50.74, -3.75), id="a county"),
    pytest.param(Asked("", "Hackney London Boro", "", "GB"), "region", (51.55, -0.06), id="another name"),
    pytest.param(Asked("", "", "", "Ireland"), "country", (53.3, -7.0), id="a country alone"),
    pytest.param(Asked("", "", "", "Fiji"), "country", (-17.9, 178.2), id="a country beside the date line"),
]


@pytest.mark.parametrize(("asked", "precision", "spot"), FOUND)
def test_a_place_is_found_as_precisely_as_it_is_told(asked: Asked, precision: str, spot: tuple[float, float]) -> None:
    found = spot_of(asked)
    assert found is not None
    assert found.precision == precision
    assert precision in PRECISIONS
    assert (found.latitude, found.longitude) == pytest.approx(spot, abs=1.0 if precision == "country" else 0.1)


NONE = [
    pytest.param(Asked("Springfield", "", "", "US"), "", id="many of one name"),
    pytest.param(Asked("Springfield", "ZZ", "", "US"), "", id="a state that is none"),
    pytest.param(Asked("", "", "60614", ""), "", id="five digits of no country"),
    pytest.param(Asked("", "", "60614", "DE"), "", id="five digits of another country"),
    pytest.param(Asked("Chicago", "IL", "60614", "Freedonia"), "", id="a country that is none"),
    pytest.param(Asked("", "", "", ""), "US", id="nothing but where the source is"),
    pytest.param(Asked("", "", "", "", "0", "0"), "", id="coordinates of nowhere"),
    pytest.param(Asked("", "", "", "", "95", "200"), "", id="coordinates beyond the earth"),
]


@pytest.mark.parametrize(("asked", "default"), NONE)
def test_no_place_that_the_record_does_not_support(asked: Asked, default: str) -> None:
    assert spot_of(asked, default) is None


def test_the_country_of_the_source_counts_for_postcodes_too() -> None:
    found = spot_of(Asked("", "", "60614"), "US")
    assert found is not None
    assert found.precision == "postcode"


def test_a_town_is_the_same_as_before() -> None:
    assert spot_of(Asked("Perth", "", "", "AU")) == locate("Perth", "", "AU")
