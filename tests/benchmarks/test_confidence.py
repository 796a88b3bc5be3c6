"""Reliability at first looks: what the extractors give keeps what it says in rounds that it was not made of."""

from __future__ import annotations

import pytest

from benchmarks.confidence.calibration import (
    GIVEN,
    PRIOR,
    Judged,
    bin_of,
    error,
    halves,
    judged,
    loss,
    made,
    read_files,
    written,
)
from minerva.identifiers.sureness import MOST

MOST_APART = 0.025
"""The bar of the expected calibration error of all finds, by way."""
MOST_OF_A_KIND = 0.05
FEW = 100


def _by_way(found: list[Judged]) -> float:
    return error((each.way, each.finds, each.right, each.given) for each in found)


def test_rounds_held_back_keep_what_the_extractors_say() -> None:
    found = judged(read_files())
    assert sum(each.finds for each in found) > 4_000
    assert _by_way(found) <= MOST_APART
    assert error((bin_of(each.given), each.finds, each.right, each.given) for each in found) <= MOST_APART
    assert loss((each.finds, each.right, each.given) for each in found) <= 0.1


def test_each_kind_keeps_what_it_says() -> None:
    found = judged(read_files())
    kinds = {each.way.partition(" ")[0] for each in found}
    own = {kind: [each for each in found if each.way.startswith(f"{kind} ")] for kind in kinds}
    many = {kind: some for kind, some in own.items() if sum(each.finds for each in some) >= FEW}
    assert set(many) == {"phone", "email", "username"}
    assert {kind: _by_way(some) for kind, some in many.items() if _by_way(some) > MOST_OF_A_KIND} == {}


def test_what_rules_state_is_further_off_than_what_is_given() -> None:
    found = judged(read_files())
    stated = error((each.way, each.finds, each.right, each.stated) for each in found)
    assert stated == pytest.approx(0.103, abs=0.001)
    assert _by_way(found) * 4 < stated


def test_what_the_extractors_give_is_made_of_one_half_of_the_rounds() -> None:
    files = read_files()
    assert GIVEN.read_text(encoding="utf-8") == written(files), "python -m benchmarks.confidence --write"
    made_of, held_back = halves(files)
    assert made_of.keys() | held_back.keys() == files.keys()
    assert not made_of.keys() & held_back.keys()
    # Whatever was right in the other half, the same is given.
    all_wrong = {name: {way: (finds, 0) for way, (finds, _) in own.items()} for name, own in held_back.items()}
    assert made({**made_of, **all_wrong}) == made(files)


def test_what_few_finds_show_moves_a_rule_by_little() -> None:
    way = "phone lookalike 0.78"
    assert PRIOR == 10
    assert made({"a": {way: (0, 0)}})[way] == 0.78
    assert made({"a": {way: (2, 2)}})[way] == 0.82
    assert made({"a": {way: (90, 45)}})[way] == 0.53
    assert made({"a": {"phone digits 0.98": (10_000, 10_000)}}) == {"phone digits 0.98": MOST}


def test_a_way_that_was_not_counted_is_drawn_towards_its_method() -> None:
    counted = {"email joined 0.6": (90, 90), "phone split 0.55": (90, 9)}
    given = made({"a": counted, "b": {"phone split 0.6": (1, 1), "phone words 0.6": (1, 1)}})
    assert given["phone split 0.6"] == pytest.approx((9 + 6) / 100)
    assert given["phone words 0.6"] == 0.6


def test_an_error_is_the_distance_of_what_is_said_from_what_is_right() -> None:
    assert error([("a", 10, 8, 0.9), ("a", 10, 9, 0.9), ("b", 20, 20, 0.75)]) == pytest.approx((1 + 5) / 40)
