"""Names: words that count, spelling, numbers that contradict, and the command line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.names import compare_names
from minerva.names.__main__ import answer


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        pytest.param("Sunny Meadow Day Care", "SUNNY MEADOW DAYCARE INC.", True, id="case and legal form"),
        pytest.param("Meadow", "City Public Schools Meadow, Jane R.", True, id="held by the longer name"),
        pytest.param("Y.M.C.A. Garfield", "YMCA Garfield", True, id="dotted initials"),
        pytest.param("Greenwod Academy", "Greenwood Acad", True, id="typing error and short form"),
        pytest.param("Sunny Center", "Moon Center", False, id="only a generic word"),
        pytest.param("Child Care Center", "Day Care Center", False, id="nothing but generic words"),
        pytest.param("Sunny Meadow 1", "Sunny Meadow II", False, id="numbered differently"),
        pytest.param("", "Sunny", False, id="empty"),
    ],
)
def test_names_match(a: str, b: str, match: bool) -> None:
    compared = answer(json.dumps({"id": "1", "a": a, "b": b}))
    assert compared["match"] is match, compared


@given(st.text(max_size=60), st.text(max_size=60))
def test_scores_are_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0.0 <= compare_names(a, b).score <= 1.0
    assert compare_names(a, b).score == pytest.approx(compare_names(b, a).score)


def test_a_line_that_is_no_pair_is_answered_in_place() -> None:
    assert answer("oops")["match"] is False
