"""Reliability at first looks: rounds of texts that were left out keep what the others say."""

from __future__ import annotations

import pytest

from benchmarks.confidence.calibration import MOST, confidence, error, held_back, loss, read_files


def test_rounds_left_out_keep_what_the_others_say() -> None:
    judged = held_back(read_files())
    assert sum(each.finds for each in judged) > 9_000
    given = error((each.way, each.finds, each.right, each.given) for each in judged)
    stated = error((each.way, each.finds, each.right, each.stated) for each in judged)
    assert given <= 0.015
    assert stated == pytest.approx(0.103, abs=0.001)
    assert loss((each.finds, each.right, each.given) for each in judged) <= 0.1


def test_what_few_finds_show_moves_a_rule_by_little() -> None:
    assert confidence("phone lookalike 0.78", 0, 0) == 0.78
    assert confidence("phone lookalike 0.78", 2, 2) == 0.82
    assert confidence("phone lookalike 0.78", 90, 45) == 0.53
    assert confidence("phone digits 0.98", 10_000, 10_000) == MOST


def test_an_error_is_the_distance_of_what_is_said_from_what_is_right() -> None:
    assert error([("a", 10, 8, 0.9), ("a", 10, 9, 0.9), ("b", 20, 20, 0.75)]) == pytest.approx((1 + 5) / 40)
