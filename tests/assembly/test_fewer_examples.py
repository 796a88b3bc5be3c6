"""Property tests draw a quarter of their examples where the examples are the same in each run."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import draw_fewer


def counting(named: int) -> tuple[list[int], Callable[[], None]]:
    drawn: list[int] = []

    @settings(max_examples=named, database=None)
    @given(st.integers())
    def run(number: int) -> None:
        drawn.append(number)

    return drawn, run


@pytest.mark.parametrize(("named", "left"), [(400, 100), (120, 30), (60, 25), (25, 25), (10, 10)])
def test_a_quarter_is_drawn_and_never_less_than_25_of_them(named: int, left: int) -> None:
    drawn, run = counting(named)
    draw_fewer(cast(Any, [SimpleNamespace(obj=run), SimpleNamespace(obj=run)]))  # twice collected, once lessened
    run()
    assert len(drawn) == left


def test_a_test_without_examples_is_left_alone() -> None:
    draw_fewer(cast(Any, [SimpleNamespace(obj=test_a_test_without_examples_is_left_alone), SimpleNamespace()]))
