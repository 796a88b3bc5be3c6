"""A town gets the spot that the data supports, and none where several towns could be meant."""

from __future__ import annotations

import pytest

from minerva.places import locate

FOUND = [
    pytest.param(("Salem", "OR", "US"), (44.943, -123.035), id="a state tells which"),
    pytest.param(("salem", "or", ""), (44.943, -123.035), id="case, and the region's own country"),
    pytest.param(("Zürich", "", "CH"), (47.367, 8.55), id="an accent"),
    pytest.param(("Zurich", "", "CH"), (47.367, 8.55), id="without the accent"),
    pytest.param(("Leeds", "England", "GB"), (53.796, -1.548), id="a region in words that the table writes otherwise"),
    pytest.param(("Chicago", "", "US"), (41.85, -87.65), id="one that outweighs its namesakes"),
]


@pytest.mark.parametrize(("asked", "spot"), FOUND)
def test_a_town_is_found(asked: tuple[str, str, str], spot: tuple[float, float]) -> None:
    found = locate(*asked)
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx(spot, abs=0.05)
    assert found.precision == "town"


NONE = [
    pytest.param(("Springfield", "", "US"), id="many of one name"),
    pytest.param(("Springfield", "ZZ", "US"), id="a region without such a town"),
    pytest.param(("Nowhere at all", "", ""), id="unknown"),
    pytest.param(("", "", "US"), id="nothing"),
    pytest.param(("Salem", "", ""), id="no country and several"),
]


@pytest.mark.parametrize("asked", NONE)
def test_no_point_that_the_data_does_not_support(asked: tuple[str, str, str]) -> None:
    assert locate(*asked) is None


def test_the_country_of_the_source_is_meant_where_a_record_names_none() -> None:
    assert locate("Perth", "", "", "AU") != locate("Perth", "", "", "GB")
    assert locate("Perth", "", "GB", "AU") == locate("Perth", "", "GB")
