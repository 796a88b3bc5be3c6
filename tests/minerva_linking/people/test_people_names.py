"""Names of people as a whole link reads them are those that a change reads one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.linking.model import LinkRecord
from minerva.linking.people.people_names import Names, person_of


def named(*names: str) -> list[LinkRecord]:
    return [
        LinkRecord(f"{number:032x}", "ads", "ad", (), name, "", "Ogdenville", "", "", number)
        for number, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Alza Stone s.r.o.", id="a legal form with dots"),
        pytest.param("Anna Stone S R O", id="the same with blanks"),
        pytest.param("Anna B Stone", id="an initial"),
        pytest.param("Anna Stone B", id="an initial at the end"),
        pytest.param("Ltd Anna Stone", id="a legal form in front"),
        pytest.param("Anna Stone GmbH", id="a legal form"),
        pytest.param("Anna 5 Stone", id="a number"),
        pytest.param("Anna", id="a first name alone"),
        pytest.param("Anna Ogdenville", id="a place"),
    ],
)
def test_a_name_is_a_persons_for_a_whole_link_where_it_is_for_a_change(name: str) -> None:
    (record,) = named(name)
    assert (Names([record]).of[0] >= 0) == bool(person_of(record))


WORDS = ["anna", "stone", "s", "s r o", "s.r.o.", "b", "ltd", "gmbh", "spa", "5", "ogdenville", "de", "jr"]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6))
def test_so_are_random_names(names: list[str]) -> None:
    records = named(*names)
    assert [number >= 0 for number in Names(records).of] == [bool(person_of(record)) for record in records]
