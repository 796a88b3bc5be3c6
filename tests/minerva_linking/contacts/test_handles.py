"""User names that are one but for what is added: their core, what joins by it and what speaks against."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.linking import resolve
from minerva.linking.contacts import handles
from minerva.linking.contacts.handles import candidate_handles
from minerva.linking.held import hold
from minerva.linking.model import DEFAULT, read_row
from minerva.names import username_parts
from minerva.names.username_parts import core_of
from tests.minerva_linking.test_resolve import partition, row

CORE = "@velvetriverlane"


@pytest.mark.parametrize(
    ("username", "core"),
    [
        pytest.param("Velvet_River.Lane", "velvetriverlane", id="separators and case"),
        pytest.param("thevelvetriver", "velvetriver", id="the"),
        pytest.param("velvet_river_xo", "velvetriver", id="xo"),
        pytest.param("velvetriverofficial", "velvetriver", id="official, glued"),
        pytest.param("velvetriver22", "velvetriver", id="digits"),
        pytest.param("velvetriver2024", "velvetriver2024", id="a year is told apart"),
        pytest.param("goldenspa_atl", "goldenspaatl", id="a town stays"),
        pytest.param("the_ana", "", id="too short"),
        pytest.param("theodora", "theodora", id="the within a short name"),
        pytest.param("lane12_3456", "lane12_3456", id="two numbers stay two"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_core_of_a_user_name(username: str, core: str) -> None:
    assert core_of(username) == core
    assert core_of(core) == core


def named(record_id: str, username: str, *held: str, **fields: Any) -> dict[str, Any]:
    return row(record_id, f"username:{username}", *held, time=0, **fields)


ONE = named("a", "any/velvet_river_lane", "phone:+14155550101", name="Mia Lane", city="Salem")


@pytest.mark.parametrize(
    ("other", "together"),
    [
        pytest.param(named("b", "any/thevelvetriverlane"), True, id="nothing else told"),
        pytest.param(named("b", "instagram/velvetriverlane_xo", "phone:+14155550102", name="Mia Lane"), True,
                     id="another platform and phone, one name"),
        pytest.param(named("b", "any/velvetriverlane2", "phone:+14155550102", city="Dover"), False,
                     id="another phone and city"),
        pytest.param(named("b", "any/velvetriverlane2", "phone:+14155550102", name="Olga Haddad", city="Dover"), False,
                     id="all else differs"),
        pytest.param(named("b", "any/velvetriverlane_dover"), False, id="a town is added"),
    ],
)  # fmt: skip
def test_a_core_joins_unless_what_else_is_told_speaks_against(other: dict[str, Any], together: bool) -> None:
    assert (len(partition([ONE, other])) == 1) == together


def test_a_core_that_many_would_choose_joins_nothing() -> None:
    assert len(partition([named("a", "any/maria_garcia"), named("b", "any/mariagarcia1")])) == 2


def test_a_core_of_strangers_joins_none_of_them() -> None:
    rows = [named(str(n), f"any/velvet_river_lane{n}", f"phone:+1415555{n:04}", name=f"{name} Moss", city="Salem")
            for n, name in enumerate(("Ana", "Olga", "Petra", "Ivan", "Wei", "Kwame"))]  # fmt: skip
    assert len(partition(rows)) == 6


def test_a_crowd_is_passed_over() -> None:
    rows = [read_row(named(str(n), f"any/velvet_river_lane{n}")) for n in range(DEFAULT.block_size + 1)]
    assert list(candidate_handles(rows, DEFAULT)) == []
    assert len(list(candidate_handles(rows[:2], DEFAULT))) == 1
    assert list(candidate_handles(rows[:2], DEFAULT, {f"i:{CORE}"})) == []


def test_the_reason_names_the_user_names() -> None:
    (entity,) = resolve([ONE, named("b", "any/thevelvetriverlane", name="Mia Lane")], {}, "t").entities
    (join,) = entity.joins
    assert (join.rule, join.kinds) == ("similar_username", ("username",))
    assert join.why == "user names are one but for what is added; names agree"
    assert entity.explanation == "These 2 records: like user name in 2"


PARTS = ["the", "im", "vip", "official", "xo", "xx", "x", "ig", "anna", "stone", "7", "42", "123", "1987", "_", "."]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join))
def test_ends_found_without_a_search_are_those_that_the_search_finds(username: str) -> None:
    plain = username.strip(username_parts._MARKS)
    assert username_parts._without_ends(plain) == username_parts._ENDS.sub("", plain)
    core = plain if len(username) >= username_parts.LEAST_CORE else ""
    for search in (username_parts._ENDS, username_parts._BETWEEN, username_parts._GLUED):
        core = search.sub("", core)
    assert core_of(username) == (core if len(core) >= username_parts.LEAST_CORE else "")


HELD = st.lists(
    st.sampled_from(
        ["username:ig/annastone", "username:ig/anna.stone", "username:x/anna_stone_7", "username:any/jo", "phone:+1",
         "email:a@mail.example", "username:ig/theannastone", "username:ig/bobriver"]
    ),
    max_size=4, unique=True,
)  # fmt: skip


@given(st.lists(st.tuples(HELD, st.sampled_from(["ad", "", "hotel"])), max_size=8))
def test_who_holds_a_core_is_the_same_by_numbers_and_record_by_record(rows: list[tuple[list[str], str]]) -> None:
    records = [
        read_row(row(f"{number}", *held, record_type=kind, address="1 Elm Street" if kind != "ad" else ""))
        for number, (held, kind) in enumerate(rows)
    ]
    assert handles._blocks(records, hold(records)) == handles._blocks(records, None)
