"""The first look at identifiers: with numpy and without, the same ones are doubtful and the same records firm."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import held_numpy, hubs, hubs_numpy
from minerva.linking.held import Held, hold, transposed, widened
from minerva.linking.model import LinkRecord, Options

held_lists = st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=4, unique=True), max_size=30)
option = st.builds(
    Options, hub_degree=st.integers(3, 12), agreement=st.sampled_from([0.1, 0.25, 0.5, 1.0]), suspect_degree=st.just(5)
)


def held_by(lists: list[list[str]], joining: str) -> Held:
    """Records that hold the given values; those not in `joining` are company."""
    told = [value for values in lists for value in values if value not in joining]
    numbers = {value: number for number, value in enumerate(dict.fromkeys(told))}
    columns = [
        [numbers.get(values[place], -1) if place < len(values) else -1 for values in lists] for place in range(4)
    ]
    records = [
        LinkRecord(str(n), "", "ad", tuple(f"x:{v}" for v in values if v in joining), "", "", "", "", "", 0)
        for n, values in enumerate(lists)
    ]
    return hold(records, columns[:1])


@settings(max_examples=500, deadline=None)
@given(lists=held_lists, options=option, joining=st.sampled_from(["abcdefghij", "abcde", ""]))
def test_both_paths_sort_out_the_same(lists: list[list[str]], options: Options, joining: str) -> None:
    held = held_by(lists, joining)
    firm, doubtful = hubs.sort_out_plainly(held, options)
    fast, suspected = hubs_numpy.sort_out_numpy(held, hubs._LEAST, options.hub_degree, options.agreement)
    assert (fast.labels(), suspected) == (firm.labels(), doubtful)
    assert fast.company == firm.company


@given(lists=held_lists, joining=st.sampled_from(["abcdefghij", "abcde", ""]))
def test_both_paths_hold_the_same(lists: list[list[str]], joining: str) -> None:
    held = held_by(lists, joining)
    assert held_numpy.transposed(held.flat, held.bounds, len(held.values) + held.company) == transposed(
        held.flat, held.bounds, len(held.values) + held.company
    )
    column = [number % 3 - 1 for number in range(len(lists))]
    assert held_numpy.widened(held.flat, held.bounds, column, 99) == widened(held.flat, held.bounds, column, 99)


@pytest.mark.parametrize("pairs", [1, 7, 100, 10**6])
def test_the_size_of_the_parts_worked_on_never_matters(monkeypatch: pytest.MonkeyPatch, pairs: int) -> None:
    monkeypatch.setattr(hubs_numpy, "_PAIRS", pairs)
    draw = random.Random(5)
    lists = [[f"v{draw.randrange(60)}" for _ in range(draw.randrange(4))] for _ in range(400)]
    held = held_by([sorted(set(values)) for values in lists], " ".join(f"v{n}" for n in range(60)))
    options = Options(hub_degree=25)
    firm, doubtful = hubs.sort_out_plainly(held, options)
    fast, suspected = hubs_numpy.sort_out_numpy(held, hubs._LEAST, options.hub_degree, options.agreement)
    assert (fast.labels(), suspected) == (firm.labels(), doubtful)
