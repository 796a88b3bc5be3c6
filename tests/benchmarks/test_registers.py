"""Real registers stay ahead of the plain rule, where they are beside the project."""

from __future__ import annotations

import pytest

from benchmarks.link_quality import minerva, scores
from benchmarks.link_worlds import LinkSet
from benchmarks.registers import judge, scale, sets, stated

FLOORS = {"wales": (0.995, 0.995), "northern_ireland": (0.98, 0.95), "scotland": (0.98, 0.98)}
"""Set -> least pairwise precision and recall."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "site"])
@pytest.mark.parametrize("name", FLOORS)
@pytest.mark.skipif(not sets.FOLDER.is_dir(), reason=f"the real registers are not at {sets.FOLDER}")
def test_a_real_register_holds_its_floor_with_and_without_a_record_type(name: str, kind: str) -> None:
    chosen = sets.SETS[name](sets.FOLDER)
    rows = [{**row, "record_type": kind} for row in chosen.rows]
    precision, recall, _ = scores(minerva(LinkSet(name, rows, chosen.truth)), chosen.truth)["pairwise"]
    assert precision >= FLOORS[name][0]
    assert recall >= FLOORS[name][1]


@pytest.mark.slow
@pytest.mark.full
@pytest.mark.skipif(not sets.FOLDER.is_dir(), reason=f"the real registers are not at {sets.FOLDER}")
def test_licenses_of_one_name_and_address_are_one_and_names_that_share_a_trade_and_a_house_are_not() -> None:
    chosen = sets.little_rock(sets.FOLDER)
    found = minerva(chosen)
    assert judge.split_groups(chosen, found) == 0
    assert judge.unlike_names(chosen, found) == {}


def test_repeated_rows_have_other_names_and_towns() -> None:
    row = {"record_id": "a", "name": "Moon Hall", "address": "1 Oak St", "city": "Springfield", "postcode": "70201"}
    made = scale.repeated([row], 3)
    assert len({each["record_id"] for each in made}) == 3
    assert len({each["name"] for each in made}) == 3
    assert len({each["city"] for each in made}) == 3


def test_what_an_address_tells_is_taken_out_of_a_row_to_see_what_it_is_worth() -> None:
    row = {"record_id": "a", "address": "12-14 Oak St Suite 9", "city": "Salem", "postcode": "80307"}
    assert stated.without(row, ()) == row
    assert stated.without(row, ("number", "postcode")) == {**row, "address": "Oak St ", "postcode": ""}
