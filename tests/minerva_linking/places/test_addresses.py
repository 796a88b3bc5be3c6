"""Addresses: parts, keys and the levels of comparison, on invented streets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.addresses import compare_addresses, parse_address
from minerva.addresses.compare import OTHER_STREET, STREET_MISSPELLED


@pytest.mark.parametrize(
    ("text", "number", "direction", "street", "street_type"),
    [
        pytest.param("12 N. Main St", 12, "n", ("main",), "st", id="abbreviated"),
        pytest.param(
            "12 North Main Street, Springfield 60601", 12, "n", ("main",), "st", id="town and postcode behind"
        ),
        pytest.param("12-18 W 35th St.", 12, "w", ("35",), "st", id="range and ordinal"),
        pytest.param("480 W.Oak", 480, "w", ("oak",), "", id="glued direction, no type"),
        pytest.param("7 East Third Avenue Suite 200", 7, "e", ("3",), "ave", id="ordinal word and unit"),
        pytest.param("55 St Mary Blvd", 55, "", ("saint", "mary"), "blvd", id="saint is no street"),
        pytest.param("90 W 24 TH BLVD", 90, "w", ("24",), "blvd", id="spaced ordinal"),
        pytest.param("Garden Floor\n33 Elm Ct", 33, "", ("elm",), "ct", id="line break before the number"),
    ],
)
def test_parts_of_an_address(text: str, number: int, direction: str, street: tuple[str, ...], street_type: str) -> None:
    parsed = parse_address(text)
    assert (parsed.number, parsed.direction, parsed.street, parsed.street_type) == (
        number,
        direction,
        street,
        street_type,
    )


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        pytest.param("12 N Main St", "12 north main street", "same", id="spelling"),
        pytest.param("12-18 N Main St", "16 N Main", "same", id="inside a range"),
        pytest.param("12 Lakeshore Dr", "12 Lake Shore Drive", "same", id="blank in the name"),
        pytest.param("12 Arlingtn Ave", "12 Arlington Ave", "close", id="typing error"),
        pytest.param("12 N Main St", "12 S Main St", "different", id="other direction"),
        pytest.param("12 Main St", "14 Main St", "near", id="next door"),
        pytest.param("1653 Main St", "1633 Main St", "near", id="one digit apart"),
        pytest.param("12 Main St", "880 Main St", "street", id="same street only"),
        pytest.param("12 35th St", "12 36th St", "different", id="numbers never nearly match"),
        pytest.param("12 Main St", "12 Oak St", "different", id="other street"),
        pytest.param("12 Main St", "Main campus", "unknown", id="no house number"),
        pytest.param("18 Copper Cir", "25 Copper Rd", "different", id="numbers alike on streets of two types"),
        pytest.param("18 Copper Cir", "18 Copper Rd", "same", id="one house, its street's type written otherwise"),
        pytest.param("18 Copper Cir", "25 Copper", "near", id="next door, one street without its type"),
        pytest.param("P.O. Box 77", "PO BOX 77", "close", id="same box"),
        pytest.param("12 Main St, PO Box 77", "12 Main St", "same", id="a house with a box"),
        pytest.param("c/o J Doe, PO Box 77, 12 Main St", "12 Main Street", "same", id="a box before the house"),
        pytest.param("PO Box 77, Springfield", "12 Main St, Springfield", "unknown", id="a box and a house"),
        pytest.param("PO Box 77, 12 Main St", "P O Box 78, 12 Main St", "same", id="two boxes of a house"),
    ],
)
def test_levels_of_comparison(a: str, b: str, level: str) -> None:
    assert compare_addresses(parse_address(a), parse_address(b)).level == level
    assert compare_addresses(parse_address(b), parse_address(a)).level == level


@pytest.mark.parametrize(
    ("text", "box", "number"),
    [("PO Box 77 Springfield 70201", "box 77", None), ("Post Office, PO Box 77", "box 77", None),
     ("PO Box 77 Main Street", "box 77", None), ("PO Box 77, 12 Main St Suite 4", "", 12)],
)  # fmt: skip
def test_a_post_box_is_no_house_and_hides_none(text: str, box: str, number: int | None) -> None:
    parsed = parse_address(text)
    assert (parsed.number, parsed.unit == box or not box) == (number, True)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read_and_compared_both_ways_alike(a: str, b: str) -> None:
    left, right = parse_address(a), parse_address(b)
    assert compare_addresses(left, right).level == compare_addresses(right, left).level


@pytest.mark.parametrize(
    ("text", "district", "number"),
    [
        pytest.param("Georges Hill, Dublin 7", "dublin 7", None, id="a number behind a town"),
        pytest.param("Terenure, DUBLIN 6W", "dublin 6w", None, id="number and letter"),
        pytest.param("Haddington Road, Dublin 4, 104", "dublin 4", None, id="another number behind it"),
        pytest.param("12 High Street, London SE1", "london se1", 12, id="letters and number"),
        pytest.param("Nadrazni 12, Praha 5", "praha 5", 12, id="a town by its own people's name"),
        pytest.param("12 Georges Road Dublin 7", "dublin 7", 12, id="behind a whole street"),
        pytest.param("Dublin 7", "dublin 7", None, id="nothing else"),
        pytest.param("Via Roma 12, Torino", "", 12, id="a street named like a town"),
        pytest.param("Londres 12, Juarez, Mexico", "", 12, id="a street of one word"),
        pytest.param("Paris 12, Hinterhof", "", 12, id="the first of several parts"),
        pytest.param("Oak Street 12", "", 12, id="a street"),
    ],
)
def test_a_number_behind_a_town_is_a_postal_district_and_no_house(text: str, district: str, number: int | None) -> None:
    parsed = parse_address(text)
    assert (parsed.district, parsed.number) == (district, number)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        pytest.param("Georges Hill, Dublin 7", "Blackpitts, Dublin 8", "different", id="two districts"),
        pytest.param("12 High Street, London SE1", "12 High Street, London N7", "different", id="one street in both"),
        pytest.param("12 High Street, London SE1", "12 High St, London", "same", id="told by one"),
        pytest.param("Georges Hill, Dublin 7", "Georges Hill, Dublin 7", "unknown", id="the same district"),
    ],
)
def test_another_postal_district_contradicts(a: str, b: str, level: str) -> None:
    assert compare_addresses(parse_address(a), parse_address(b)).level == level
    assert compare_addresses(parse_address(b), parse_address(a)).level == level


@pytest.mark.parametrize(
    ("a", "b", "postcode", "why"),
    [
        pytest.param("10 Lanes End", "10 Denver St", "72223", OTHER_STREET, id="another street of the postcode"),
        pytest.param("10 Chenault Pkwy", "10 Chenal Pkwy", "72223", STREET_MISSPELLED, id="many errors"),
        pytest.param("10 Old Mill", "10 Ferry Road", "BT99 8AY", STREET_MISSPELLED, id="a postcode of a few houses"),
    ],
)
def test_one_number_and_postcode_on_another_street_is_told_apart_from_a_misspelled_one(
    a: str, b: str, postcode: str, why: str
) -> None:
    assert compare_addresses(parse_address(a, postcode), parse_address(b, postcode)).why == why


@pytest.mark.parametrize("text", ["as above", "As above.", "SAME", "ditto", "n/a", "N.A.", "see above", "unknown"])
def test_what_stands_for_an_address_is_none(text: str) -> None:
    parsed = parse_address(text, "QX1 1AB")
    assert (parsed.key, parsed.extra, parsed.unit, parsed.postcode) == (None, frozenset(), "", "qx11ab")
