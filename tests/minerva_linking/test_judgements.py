"""Judgements of people: they win over evidence, can be taken back, and are named when they contradict each other."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import resolve
from minerva.linking.judgements import Judgement, contradiction_of, judgement, read_judgement, settle
from minerva.linking.places.kept_apart import SetsKeptApart
from tests.minerva_linking.test_resolve import row

PHONE, OTHER = "phone:+14155550101", "email:x@example.com"


def same(a: str, b: str) -> Judgement:
    return judgement(a, b, "same", "nora", "one voice", 1)


def apart(a: str, b: str) -> Judgement:
    return judgement(a, b, "not_same", "nina", "two people", 2)


def groups(rows: list[dict[str, object]], judgements: list[Judgement]) -> set[frozenset[str]]:
    found = resolve(rows, {}, "t", judgements=judgements).entities
    return {frozenset(record.record_id for record in entity.records) for entity in found}


def parted(*sets: str) -> set[frozenset[str]]:
    return {frozenset(each) for each in sets}


PAIR = [row("a", PHONE), row("b", PHONE)]
CHAIN = [row("a", PHONE), row("b", PHONE, OTHER), row("c", OTHER)]


@pytest.mark.parametrize(
    ("rows", "judgements", "expected"),
    [
        pytest.param(PAIR, [apart("a", "b")], parted("a", "b"), id="not same splits a shared phone"),
        pytest.param([row("a"), row("b")], [same("a", "b")], parted("ab"), id="same joins strangers"),
        pytest.param(PAIR, [judgement("a", "b", "unsure")], parted("ab"), id="unsure changes nothing"),
        pytest.param(
            [*PAIR, row("c", PHONE)], [apart("a", "b")], parted("ac", "b"), id="the rest stays with the oldest"
        ),
        pytest.param(
            [row("a", PHONE), row("b", PHONE, OTHER), row("c", PHONE, OTHER)],
            [apart("a", "b")],
            parted("a", "bc"),
            id="a neighbor of the part split off goes with it",
        ),
        pytest.param(CHAIN, [apart("a", "c")], parted("a", "bc"), id="not same across a chain"),
        pytest.param([row("a"), row("b"), row("c")], [same("a", "b"), same("b", "c"), same("a", "c")], parted("abc"),
                     id="a cycle of same is no contradiction"),
        pytest.param([row("a"), row("b"), row("c")], [same("a", "b"), same("b", "c"), apart("a", "c")],
                     parted("a", "b", "c"), id="a contradiction counts for nothing"),
        pytest.param(PAIR, [apart("a", "gone"), same("b", "gone")], parted("ab"), id="records that are gone"),
    ],
)  # fmt: skip
def test_judgements_win_over_evidence(
    rows: list[dict[str, object]], judgements: list[Judgement], expected: set[frozenset[str]]
) -> None:
    assert groups(rows, judgements) == expected
    assert groups(rows, []) == groups(rows, [judgement("a", "b", "unsure")])


def test_a_judged_join_says_who_and_why() -> None:
    (entity,) = resolve([row("a"), row("b")], {}, "t", judgements=[same("a", "b")]).entities
    (join,) = entity.joins
    assert (join.rule, join.strength) == ("judgement", 1.0)
    assert join.why == "nora judged a and b the same: one voice"
    assert entity.explanation == "These 2 records: judged the same in 2"


def test_a_split_by_judgement_keeps_the_id_on_the_oldest_and_taking_it_back_redirects() -> None:
    rows = [row("a", PHONE, time=5), row("b", PHONE, time=9)]
    first = resolve(rows, {}, "t").members
    split = resolve(rows, first, "t", judgements=[apart("a", "b")])
    assert split.members["a"] == first["a"]
    assert split.members["b"] != first["b"]
    merged = resolve(rows, split.members, "t")
    assert merged.members == first
    assert merged.redirects == {split.members["b"]: first["a"]}


def test_a_contradiction_names_all_its_judgements() -> None:
    resolution = resolve(
        [row("a"), row("b"), row("c")], {}, "t", judgements=[same("a", "b"), same("b", "c"), apart("a", "c")]
    )
    (found,) = resolution.contradictions
    sentence = found.sentence()
    for part in ("nina judged a and c not the same", "nora judged a and b the same", "nora judged b and c the same"):
        assert part in sentence
    assert all("cannot all be true" in e.explanation for e in resolution.entities if e.records[0].record_id in "ac")


def test_what_a_new_judgement_would_contradict_is_told_before() -> None:
    held = [same("a", "b"), same("b", "c")]
    assert contradiction_of(same("a", "c"), held) is None
    found = contradiction_of(apart("a", "c"), held)
    assert found is not None
    assert [each.a + each.b for each in found.chain] == ["ab", "bc"]


@pytest.mark.parametrize("bad", [("a", "a", "same"), ("a", "", "same"), ("a", "b", "maybe")])
def test_a_judgement_needs_two_records_and_a_known_verdict(bad: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=r"two different records|verdict"):
        judgement(*bad)


def test_a_stored_judgement_reads_back() -> None:
    document = {"a": "a", "b": "b", "verdict": "same", "by": "nora", "why": "one voice", "time": 1}
    assert read_judgement(document) == same("a", "b")


edges = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(["same", "not_same"])).filter(
        lambda each: each[0] != each[1]
    ),
    max_size=10,
).map(lambda found: [judgement(*each) for each in {tuple(sorted(each[:2])): each for each in found}.values()])


@settings(max_examples=200, deadline=None)
@given(edges, st.randoms(use_true_random=False))
def test_what_holds_can_all_be_true_and_does_not_depend_on_the_order(
    judgements: list[Judgement], chance: random.Random
) -> None:
    held = settle(judgements)
    shuffled = list(judgements)
    chance.shuffle(shuffled)
    assert settle(shuffled) == held
    assert settle([*held.same, *held.apart]).contradictions == ()
    rows = [row(name, PHONE) for name in "abcdef"]
    members = resolve(rows, {}, "t", judgements=judgements).members
    assert all(members[each.a] == members[each.b] for each in held.same)
    assert all(members[each.a] != members[each.b] for each in held.apart)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
)
def test_sets_never_bring_two_ends_together(joined: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    kept = [(a, b) for a, b in kept if a != b]
    sets = SetsKeptApart(10, kept)
    for a, b in joined:
        may, were = sets.may_join(a, b), sets.find(a) == sets.find(b)
        assert sets.union(a, b) == (may and not were)
    assert all(sets.find(a) != sets.find(b) for a, b in kept)
