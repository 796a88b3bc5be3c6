"""What the benchmark of registers counts, and floors of drawn sets, where no register is at hand."""

from __future__ import annotations

import pytest

from assembly.paths import ROOT
from benchmarks.link_quality import minerva, scores
from benchmarks.link_worlds import LinkSet
from benchmarks.registers import drawn, explained, judge, lists, peers, sets

SEEDS = (34, 35)
LIST_FLOORS = {"trusts": 0.97, "scotland_names": 0.95}
"""List -> least F1 of each half."""


def small(*names: str, address: str = "1 Oak St") -> LinkSet:
    rows = [{"record_id": f"{place}", "source_id": "a", "name": name, "address": address, "postcode": "70201"}
            for place, name in enumerate(names)]  # fmt: skip
    return LinkSet("small", rows, {})


@pytest.mark.parametrize("seed", SEEDS)
def test_two_drawn_guides_are_one_guide_with_kitchens_of_one_hotel_apart(seed: int) -> None:
    chosen = drawn.guides(seed=seed)
    assert scores(minerva(chosen), chosen.truth)["pairwise"][2] >= 0.97
    assert scores(peers.baseline(chosen), chosen.truth)["pairwise"][2] < 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_drawn_institutes_are_found_as_authors_write_them_and_none_is_named_wrongly(seed: int) -> None:
    chosen = drawn.institutes(seed=seed)
    true = [holder for holder, _ in chosen.asked]
    precision, recall, _ = lists.shares(list(zip(true, lists.ours(chosen), strict=True)))
    assert precision == 1.0
    assert recall >= 0.78 > 2 * lists.shares(list(zip(true, lists.equal_name(chosen), strict=True)))[1]


def test_drawn_sets_follow_from_their_seed() -> None:
    assert drawn.guides(seed=1).rows == drawn.guides(seed=1).rows != drawn.guides(seed=2).rows
    assert drawn.institutes(seed=1) == drawn.institutes(seed=1) != drawn.institutes(seed=2)


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("name", LIST_FLOORS)
@pytest.mark.skipif(not sets.FOLDER.is_dir(), reason=f"the real registers are not at {sets.FOLDER}")
def test_a_real_list_holds_its_floor(name: str, half: int) -> None:
    (chosen,) = lists.LISTS[name](sets.FOLDER, half)
    pairs = list(zip((holder for holder, _ in chosen.asked), lists.ours(chosen), strict=True))
    assert lists.shares(pairs)[2] >= LIST_FLOORS[name]


def test_names_that_share_only_words_of_the_whole_register_are_a_fault_of_their_entity() -> None:
    hair = [f"{word} hair" for word in ("amber", "brant", "cedar", "delta", "ember")]
    chosen = small(*hair, *(f"{place} hair {place}" for place in range(judge.COMMON)))
    one = {row["record_id"]: "e" if row["name"] in hair else row["record_id"] for row in chosen.rows}
    assert judge.unlike_names(chosen, one) == {"e": hair}
    assert judge.unlike_names(chosen, {**one, "0": "other"}) == {}


def test_a_group_of_equal_name_and_address_that_is_apart_is_counted() -> None:
    chosen = small("Moon Hall", "MOON HALL", "Oak Inn")
    assert judge.split_groups(chosen, {"0": "a", "1": "a", "2": "b"}) == 0
    assert judge.split_groups(chosen, {"0": "a", "1": "c", "2": "b"}) == 1
    told = list(judge.sample(chosen, {"0": "a", "1": "a", "2": "b"}, 9, 1))
    assert [line.split("|")[0].split()[-2:] for line in told] == [["MOON", "HALL"], ["Moon", "Hall"]]


def test_a_row_without_name_or_postcode_is_joined_to_none_by_the_plain_rule() -> None:
    chosen = small("", "", "Moon Hall", "Moon Hall")
    assert list(peers.baseline(chosen).values()) == ["0", "1", "2", "2"]


def test_shares_count_what_is_said_of_names_that_nobody_of_the_list_bears() -> None:
    assert lists.shares([("a", "a"), ("", "b"), ("c", ""), ("d", "e")]) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_the_page_shows_ten_joins_and_ten_refusals_as_the_command_answers_them() -> None:
    found = [(kind, one["entity_id"] == other["entity_id"]) for kind, _, (one, other) in explained.answered()]
    assert found == [("joined", True)] * 10 + [("refused", False)] * 10
    assert explained.table().strip() in (ROOT / "docs" / "linking.md").read_text(encoding="utf-8")
