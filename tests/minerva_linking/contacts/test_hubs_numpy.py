"""The first look at identifiers: with numpy and without, the same ones are doubtful and the same records firm."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import held_numpy
from minerva.linking.contacts import bridges, bridges_numpy, hubs, hubs_numpy
from minerva.linking.held import Held, hold, transposed, widened
from minerva.linking.model import LinkRecord, Options
from minerva.linking.people.people_names import Names, telling_words

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


@given(lists=held_lists, joining=st.sampled_from(["abcdefghij", "abcde", ""]))
def test_both_paths_find_what_several_hold(lists: list[list[str]], joining: str) -> None:
    held = held_by(lists, joining)
    assert bridges_numpy.several_numpy(held) == bridges.several_plainly(held)


WORDS = ("anna", "Anna", "anne", "stone", "stoun", "li", "J.", "7", "Town", "massage", "al-Rahman", "\t", "")
ALIKE = ("anna stone", "Anna  Stone", "stone anna", "anna stoun", "anna stone\t", "anna")


def named_world(seed: int) -> list[LinkRecord]:
    """Records with and without a city; values of names of one person, of a few words, and of hardly any in common."""
    draw = random.Random(seed)
    made = []
    for number in range(600):
        words = WORDS if number % 2 else ["".join(draw.choices("abcdefgh", k=5)) for _ in range(3)]
        name = " ".join(draw.choices(words, k=draw.choice([0, 1, 2, 2, 2, 2, 3])))
        name = draw.choice(ALIKE) if number % 3 == 0 else name
        held = tuple(f"x:{draw.randrange(15)}-{number % 6}" for _ in range(2))
        city = draw.choice(["", "Town", "city", "city"])
        made.append(
            LinkRecord(str(number), "", draw.choice(["ad", "ad", "site"]), held, name, "", city, "", "", number)
        )
    return made


@pytest.mark.parametrize("least", [5, 8])
@pytest.mark.parametrize("seed", range(12))
def test_names_disagree_about_the_same_values_where_numbers_of_names_are_at_hand(
    monkeypatch: pytest.MonkeyPatch, seed: int, least: int
) -> None:
    records = named_world(seed)
    held = hold(records)
    options = Options(suspect_degree=least, hub_degree=25)
    names = [record.name for record in records]
    expected = hubs.names_disagree(held, options, names)
    asked = hubs_numpy.perhaps_apart_numpy(held, least, 25, 40, options.agreement, Names(records))
    monkeypatch.setattr(hubs, "fast", lambda size: True)
    assert hubs.names_disagree(held, options, names, Names(records)) == expected
    assert expected
    assert len(asked) < sum(least <= held.degree(value) <= 25 for value in range(len(held.values)))


@pytest.mark.parametrize("city", ["Town", ""], ids=["numbered", "without a number"])
def test_a_small_word_that_names_share_makes_them_no_names_of_one(monkeypatch: pytest.MonkeyPatch, city: str) -> None:
    names = ["anna stone", "boris lake", "carla wood", "david hill", *(f"de {word}er" for word in "bcdfghkl")]
    records = [
        LinkRecord(str(number), "", "ad", ("x:desk",), name, "", city, "", "", number)
        for number, name in enumerate(names)
    ]
    held = hold(records)
    assert hubs.names_disagree(held, Options(), names) == {0}
    monkeypatch.setattr(hubs, "fast", lambda size: True)
    assert hubs.names_disagree(held, Options(), names, Names(records)) == {0}


@pytest.mark.parametrize("seed", range(3))
def test_names_share_as_many_words_by_number_as_they_do_as_they_sound(seed: int) -> None:
    records = named_world(seed)[:80]
    names, people = [record.name for record in records], Names(records)
    numbers = [{*people.telling(names, record)} for record in range(len(records))]
    words = [telling_words(name) for name in names]
    shared = [[len(one & other) for other in numbers] for one in numbers]
    assert shared == [[len(one & other) for other in words] for one in words]
