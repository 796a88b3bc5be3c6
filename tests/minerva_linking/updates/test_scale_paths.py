"""Linking with numpy and without: the same pairs compared, the same joins made, the same company seen."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.components import DisjointSets
from minerva.components.forest import forest_numpy
from minerva.linking import DEFAULT, held, resolve
from minerva.linking.contacts.shared import join_shared_plainly
from minerva.linking.contacts.shared_numpy import join_shared_numpy
from minerva.linking.held import hold
from minerva.linking.model import LinkRecord
from minerva.linking.people import candidates, candidates_numpy
from minerva.linking.people.people import contact_kinds, margins
from minerva.linking.people.people_names import Names, neighbors
from minerva.linking.places.kept_apart import SetsKeptApart
from minerva.linking.updates.keys import keys_of
from minerva.linking.updates.postings import postings_of

edges = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=80)


@settings(max_examples=300, deadline=None)
@given(edges)
def test_the_forest_has_the_edges_that_union_takes_one_by_one(given_edges: list[tuple[int, int]]) -> None:
    sets = DisjointSets(30)
    taken = [place for place, (a, b) in enumerate(given_edges) if sets.union(a, b)]
    ends = np.array(given_edges, dtype=np.int64).reshape(-1, 2)
    picked, labels = forest_numpy(30, ends[:, 0], ends[:, 1])
    assert (picked.tolist(), labels.tolist()) == (taken, sets.labels())


def crowd(size: int, seed: int, cities: int = 2) -> list[LinkRecord]:
    """People of few names in few cities, blocks of every size; some with contacts, some with addresses."""
    draw = random.Random(seed)
    first = ("anna", "ana", "bill", "william", "sergey", "sergei", "mei", "li", "jo")
    last = ("stone", "stoune", "ivanov", "ivanoff", "moreno", "morena", "berg", "burg", "na")
    made = []
    for number in range(size):
        name = f"{draw.choice(first)} {draw.choice(last)}" + (f" {draw.choice(last)}" if draw.random() < 0.2 else "")
        contacts = [f"phone:+1415555{draw.randrange(size):04}"] if draw.random() < 0.5 else []
        contacts += [f"email:u{draw.randrange(size)}@example.com"] if draw.random() < 0.3 else []
        address = f"{draw.randrange(5) + 1} Main St" if draw.random() < 0.1 else ""
        city = f"Town {draw.randrange(cities)}" if draw.random() < 0.9 else ""
        record_id = f"{number:05}"
        made.append(LinkRecord(record_id, "s", "ad", tuple(sorted(contacts)), name, address, city, "", "", number))
    return made


def people_in(records: list[LinkRecord], names: Names) -> candidates.People:
    """Two records to a group, weights of no meaning."""
    equal, other = margins(3.5)
    groups = [position // 2 * 2 for position in range(len(records))]
    own = bytearray(int(bool(record.address)) for record in records)
    spread = [float(count - 1) for count in candidates.spread_of(names)]
    return candidates.People(groups, contact_kinds(hold(records), ()), own, equal, other, spread)


@pytest.mark.parametrize(("size", "cities"), [(12, 2), (150, 4), (700, 2), (2500, 1)])
def test_both_paths_compare_the_same_people(size: int, cities: int) -> None:
    records = crowd(size, size, cities)
    names = Names(records)
    people = people_in(records, names)
    plain = sorted(candidates.candidate_people_plainly(names, people))
    assert candidates_numpy.candidate_people_numpy(names, people) == plain
    assert plain


@pytest.mark.parametrize("size", [150, 700])
def test_both_paths_keep_to_what_they_are_told_is_full(size: int) -> None:
    records = crowd(size, size)
    names = Names(records)
    people = people_in(records, names)
    told = names.told({key for record in records[::3] for key in keys_of(record)})
    assert all(told)
    decided = bytearray(position % 5 == 0 for position in range(size))
    plain = sorted(candidates.candidate_people_plainly(names, people, told, decided))
    assert candidates_numpy.candidate_people_numpy(names, people, told, decided) == plain
    free = set(candidates.candidate_people_plainly(names, people))
    assert set(plain) < {(a, b) for a, b in free if decided[a] or decided[b]}


def test_as_many_records_as_are_told_of_divide_a_block_as_records_at_hand_do() -> None:
    records = crowd(2500, 5, 1)
    names = Names(records)
    people = people_in(records, names)
    full = [key for key, held in postings_of(records, {}, DEFAULT) if held.over and key[0] in "pqx"]
    assert {key[0] for key in full} >= {"p", "q"}
    free = sorted(candidates.candidate_people_plainly(names, people))
    assert sorted(candidates.candidate_people_plainly(names, people, names.told(full))) == free


@pytest.mark.parametrize("pairs", [1, 50, 10**6])
def test_the_number_of_pairs_at_once_never_matters(monkeypatch: pytest.MonkeyPatch, pairs: int) -> None:
    monkeypatch.setattr(candidates_numpy, "_PAIRS", pairs)
    test_both_paths_compare_the_same_people(150, 4)


def test_both_paths_see_the_same_company_and_spread() -> None:
    names = Names(crowd(300, 3))
    plain, fast = candidates.name_company(names), candidates_numpy.name_company_numpy(names).tolist()
    assert [plain.index(number) if number >= 0 else -1 for number in plain] == [
        fast.index(number) if number >= 0 else -1 for number in fast
    ]
    assert candidates.spread_of(names).tolist() == candidates_numpy.spread_numpy(names).tolist()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abzy019", min_size=1, max_size=12)))
def test_both_paths_see_the_same_letters_beside_each_other(sounds: list[str]) -> None:
    assert candidates_numpy.neighbors_numpy(sounds).tolist() == list(map(neighbors, sounds))


def test_what_joins_by_itself_is_numbered_as_first_seen() -> None:
    telling, plain = "username:any/qzxv_kwjq_9137", "username:any/anna"
    rows = [
        ("ad", ("local_phone:5550100", "phone:+14155550100", telling)),
        ("site", ("phone:+14155550101",)),
        ("ad", (plain, "phone:+14155550102", "phone:+14155550100")),
        ("ad", ()),
        ("ad", ("plate:ab 1", telling)),
    ]
    found = hold([
        LinkRecord(f"{number}", "s", kind, values, "", "", "", "", "", number)
        for number, (kind, values) in enumerate(rows)
    ])  # fmt: skip
    assert found.values == ["phone:+14155550100", telling, "phone:+14155550102", "plate:ab 1"]
    assert [found.kind_names[kind] for kind in found.kinds] == ["phone", "username", "phone", "plate"]
    assert [found.of(position).tolist() for position in range(5)] == [[0, 1], [], [2, 0], [], [3, 1]]
    assert [found.holders(number).tolist() for number in range(4)] == [[0, 2], [0, 4], [2], [4]]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_both_paths_make_the_same_joins(seed: int) -> None:
    records = [record._replace(address="") for record in crowd(40, seed)]
    found = hold(records)
    hubs = set(range(0, len(found.values), 7))
    one, other = SetsKeptApart(40), SetsKeptApart(40)
    plain = join_shared_plainly(records, found, hubs, one, [], {})
    fast = join_shared_numpy(found, hubs, other)
    assert [list(column) for column in fast[:3]] == [list(column) for column in plain[:3]]
    assert one.labels() == other.labels()
    assert all(fast.degrees[value] == plain.degrees[value] for value in plain.value)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_whole_link_is_the_same_on_both_paths(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    records = crowd(1500, seed, 3)
    plain = resolve(records, {}, "t")
    monkeypatch.setattr(held, "WORTH_NUMPY", 0)
    assert resolve(records, {}, "t") == plain
