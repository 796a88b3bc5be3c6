"""The first look at identifiers: with numpy and without, the same ones are doubtful and the same records firm."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import hubs, hubs_numpy
from minerva.linking.model import Options

held_lists = st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=4, unique=True), max_size=30)
option = st.builds(
    Options, hub_degree=st.integers(3, 12), agreement=st.sampled_from([0.1, 0.25, 0.5, 1.0]), suspect_degree=st.just(5)
)


def holders_of(held: list[list[str]], joining: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, values in enumerate(held):
        for value in values:
            if value in joining:
                found.setdefault(value, []).append(position)
    return found


@settings(max_examples=500, deadline=None)
@given(held=held_lists, options=option, joining=st.sampled_from(["abcdefghij", "abcde", ""]))
def test_both_paths_sort_out_the_same(held: list[list[str]], options: Options, joining: str) -> None:
    holders = holders_of(held, joining)
    firm, doubtful = hubs.sort_out_plainly(holders, held, options)
    fast, suspected = hubs_numpy.sort_out_numpy(holders, held, hubs._LEAST, options.hub_degree, options.agreement)
    assert (fast.labels(), suspected) == (firm.labels(), doubtful)


@pytest.mark.parametrize("pairs", [1, 7, 100, 10**6])
def test_the_size_of_the_parts_worked_on_never_matters(monkeypatch: pytest.MonkeyPatch, pairs: int) -> None:
    monkeypatch.setattr(hubs_numpy, "_PAIRS", pairs)
    draw = random.Random(5)
    held = [[f"v{draw.randrange(60)}" for _ in range(draw.randrange(4))] for _ in range(400)]
    held = [sorted(set(values)) for values in held]
    holders: dict[str, list[int]] = {}
    for position, values in enumerate(held):
        for value in values:
            holders.setdefault(value, []).append(position)
    options = Options(hub_degree=25)
    firm, doubtful = hubs.sort_out_plainly(holders, held, options)
    fast, suspected = hubs_numpy.sort_out_numpy(holders, held, hubs._LEAST, options.hub_degree, options.agreement)
    assert (fast.labels(), suspected) == (firm.labels(), doubtful)
