"""Front desks and moves: what a house's phone says of its tenants, and one name with one contact at two addresses."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import Options, resolve
from minerva.linking.model import LinkRecord, read_row
from minerva.linking.places.pairs import MOST_KNOWN, contact_spread, score_pair
from minerva.linking.places.residents import NEAR, OTHER, SAME, city_level, score_residents
from minerva.linking.places.told import MOST_NAMES, Told, at_one_place, holders_told, told_of
from minerva.linking.updates.postings import NOBODY, added

DESK, OWN = "phone:+15035550100", "phone:+15035550177"
HOUSE = "900 Larkspur St"


def of_no_type(record_id: str, name: str, address: str, *held: str, **fields: Any) -> dict[str, Any]:
    return {"record_id": record_id, "source_id": "s", "identifier": held, "name": name, "address": address,
            "city": "Salem", **fields}  # fmt: skip


def groups(*rows: dict[str, Any]) -> set[frozenset[str]]:
    return {frozenset(each.record_id for each in entity.records) for entity in resolve(rows, {}, "t").entities}


ARCHITECTS = of_no_type("architects", "Tide & Timber Architects", f"{HOUSE} Ste 410", DESK)
WRITERS = of_no_type("writers", "Polaris Grant Writing", f"{HOUSE} Ste 302", DESK)
FORMS = of_no_type("forms", "Quill Immigration Forms", HOUSE, DESK)
DENTIST = of_no_type("dentist", "Fenwick Dental", HOUSE, DESK)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((ARCHITECTS, WRITERS), id="two doors"),
        pytest.param((ARCHITECTS, FORMS), id="a door and the house"),
        pytest.param((FORMS, DENTIST, WRITERS), id="three names, two without a door"),
        pytest.param((ARCHITECTS, of_no_type("psychic", "Madame Odile", f"{HOUSE} Rm 6", DESK)), id="a person's name"),
        pytest.param(
            (of_no_type("crane", "Desert Crane Bodywork", f"{HOUSE} Ste 7", DESK, city="Salem"), FORMS),
            id="a name that may be a person's",
        ),
    ],
)
def test_a_receptions_phone_joins_no_two_names_of_its_house(rows: tuple[dict[str, Any], ...]) -> None:
    assert groups(*rows) == {frozenset({row["record_id"]}) for row in rows}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            (of_no_type("a", "Royal Peach Spa", f"{HOUSE} Ste 4", DESK),
             of_no_type("b", "Imperial Plum Massage", f"{HOUSE} #4", DESK)),
            id="two names behind one door",
        ),
        pytest.param(
            (of_no_type("a", "Fenwick Dental Clinic", HOUSE, DESK), of_no_type("b", "Hedgerow Spa", HOUSE, DESK)),
            id="two names in a house without doors",
        ),
        pytest.param(
            (ARCHITECTS, WRITERS, FORMS, of_no_type("b", "Tide and Timber Architects LLC", HOUSE, OWN)),
            id="one name at the desk and with its own phone",
        ),
    ],
)  # fmt: skip
def test_what_is_one_tenants_is_joined_all_the_same(rows: tuple[dict[str, Any], ...]) -> None:
    assert frozenset({rows[0]["record_id"], rows[-1]["record_id"]}) in groups(*rows)


def test_two_people_of_one_house_are_not_one_by_its_phone() -> None:
    one, other = (read_row(of_no_type(name, name, HOUSE, DESK)) for name in ("Dwayne Prescott", "Olga Haddad"))
    assert score_residents(one, other)[0] < 0
    assert score_residents(one, other._replace(name="Ada Prescott"))[0] < 0
    assert score_residents(one, other._replace(name="Dwaine Prescott"))[0] > 0


def test_two_spellings_of_a_business_are_one_though_people_could_be_named_so() -> None:
    rows = [of_no_type(name, name, HOUSE, DESK) for name in ("Larkspur Tax Helpers", "Larkspurr Tax Help")]
    assert len(groups(*rows)) == 1


OLD, NEW = "640 Juniper Terrace", "2218 Wexley Blvd Ste 9"


@pytest.mark.parametrize(
    ("rows", "together"),
    [
        pytest.param(
            (of_no_type("a", "Silver Heron Spa", OLD, OWN), of_no_type("b", "Silver Heron Massage", NEW, OWN)), True,
            id="name and phone",
        ),
        pytest.param(
            (of_no_type("a", "Silver Heron Spa", OLD, OWN), of_no_type("c", "Silver Heron Spa", OLD),
             of_no_type("d", "Silver Heron Spa", NEW), of_no_type("b", "Silver Heron Massage", NEW, OWN)), True,
            id="with records that hold no phone",
        ),
        pytest.param(
            (of_no_type("a", "White Jasmine House", OLD, OWN), of_no_type("b", "Jasmine House Spa", NEW, OWN)), True,
            id="half a name and a phone",
        ),
        pytest.param(
            (of_no_type("a", "Scarlet Crane Spa", OLD, OWN), of_no_type("c", "Red Crane Therapy", OLD, OWN),
             of_no_type("b", "Scarlet Crane Massage", NEW, OWN)), True,
            id="another of its names at the old address",
        ),
        pytest.param((of_no_type("a", "Silver Heron Spa", OLD), of_no_type("b", "Silver Heron Spa", NEW)), False,
                     id="a name alone"),
        pytest.param(
            (of_no_type("a", "Silver Heron Spa", OLD, OWN), of_no_type("b", "Bamboo Nail Salon", NEW, OWN)), False,
            id="a phone alone",
        ),
        pytest.param(
            (of_no_type("a", "Silver Heron Spa", OLD, "local_phone:salem/5550177"),
             of_no_type("b", "Silver Heron Massage", NEW, "local_phone:salem/5550177")), False,
            id="a number without its area code",
        ),
        pytest.param(
            (of_no_type("a", "Silver Heron Spa", OLD, OWN, record_type="site"),
             of_no_type("b", "Silver Heron Massage", NEW, OWN, record_type="site")), False,
            id="places",
        ),
        pytest.param(
            (of_no_type("a", "Silver Heron Spa", OLD, OWN), of_no_type("b", "Silver Heron Massage", NEW, OWN),
             of_no_type("c", "Silver Heron Spa", "77 Mill Road", OWN)), False,
            id="an office of many addresses",
        ),
    ],
)  # fmt: skip
def test_an_operation_that_moved_is_one_by_name_and_contact(rows: tuple[dict[str, Any], ...], together: bool) -> None:
    ids = [row["record_id"] for row in rows]
    assert groups(*rows) == ({frozenset(ids)} if together else {frozenset({each}) for each in ids})


@pytest.mark.parametrize(
    ("told", "count"),
    [
        pytest.param([("1 elm", "", "Oak Inn")], 1, id="one"),
        pytest.param([("1 elm", "", "Oak Inn"), ("1 elm", "2", "Oak Inn LLC")], 1, id="one name"),
        pytest.param([("1 elm", "", "Oak Inn"), ("2 elm", "", "Oak Inn")], 2, id="two addresses"),
        pytest.param([("1 elm", "", each) for each in ("Oak Inn", "Red Barn", "Blue Fox")], 3, id="three names"),
        pytest.param([("1 elm", "4", each) for each in ("Oak Inn", "Red Barn", "Blue Fox")], 1, id="behind one door"),
        pytest.param(
            [("1 elm", "", each) for each in ("Oak Inn", "Red Barn", "Oak Barn")], 1, id="a name between two others"
        ),
        pytest.param([(f"{each} elm", "", "Oak Inn") for each in range(20)], MOST_KNOWN, id="many addresses"),
        pytest.param([("1 elm", "", f"Oak {each}") for each in range(20)], MOST_KNOWN, id="too many to compare"),
    ],
)
def test_holders_of_a_contact_are_counted_by_address_and_name(told: list[tuple[str, str, str]], count: int) -> None:
    assert holders_told({Told(*each) for each in told}, MOST_KNOWN) == count


def test_a_contact_of_two_addresses_is_of_no_one_place() -> None:
    assert at_one_place({Told("1 elm", "", "Oak Inn"), Told("1 elm", "", "Red Barn")})
    assert not at_one_place({Told("1 elm", "", "Oak Inn"), Told("2 elm", "", "Oak Inn")})
    assert not at_one_place({Told("1 elm", "", "Oak Inn")}, {Told("1 elm", "9", "Red Barn")})


NAMES = ("Oak Inn", "Red Barn", "Oak Barn", "Blue Fox", "Tin Cup", *(f"Hut {each}" for each in range(MOST_NAMES)))


@settings(deadline=None)
@given(seed=st.integers(0, 10**6), houses=st.integers(1, 9), names=st.integers(1, len(NAMES)))
def test_what_a_posting_keeps_counts_as_all_records_do_in_any_order(seed: int, houses: int, names: int) -> None:
    draw = random.Random(seed)
    records = [
        read_row(of_no_type(str(each), draw.choice(NAMES[:names]), f"{draw.randrange(houses) + 1} Elm St", DESK))
        for each in range(40)
    ]
    rows = {record.record_id: record for record in records}
    held = NOBODY
    while records:
        size = draw.randrange(1, 9)
        held = added(f"w:{DESK}", held, records[:size], rows, Options())
        records = records[size:]
    assert holders_told({told_of(rows[each]) for each in held.records}, MOST_KNOWN) == _spread([*rows.values()])


def _spread(records: list[LinkRecord]) -> int:
    return contact_spread(records)[DESK]


def test_what_a_reception_shares_is_no_reason() -> None:
    one, other = (
        read_row(of_no_type(name, name, f"{HOUSE} Ste {door}", DESK))
        for door, name in enumerate(("Hedgerow Spa", "Fenwick Dental Clinic"))
    )
    assert "contact" not in score_pair(one, other, {}).why
    assert "same contact" in score_pair(one, other._replace(name=one.name), {}).why


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        pytest.param("S.F.", "San Francisco", NEAR, id="first letters with periods"),
        pytest.param("LA", "los angeles", NEAR, id="first letters"),
        pytest.param("San Fran", "San Francisco", NEAR, id="a cut word"),
        pytest.param("New York", "New York City", SAME, id="the word city behind two"),
        pytest.param("Kansas", "Kansas City", OTHER, id="the word city behind one"),
        pytest.param("St Louis", "St Louis Park", OTHER, id="a city that is the beginning of another's name"),
        pytest.param("San Francisco", "San Antonio", OTHER, id="one first word"),
        pytest.param("L", "Lowell", OTHER, id="a letter"),
        pytest.param("SF", "Santa Fe", NEAR, id="first letters that are another city's too"),
    ],
)
def test_a_shortened_city_does_not_speak_against_one(one: str, other: str, level: float) -> None:
    assert city_level(one, other) == city_level(other, one) == level
