"""Addresses: parts, keys and the levels of comparison, on invented streets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.addresses import compare_addresses, parse_address


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
        pytest.param("P.O. Box 77", "PO BOX 77", "close", id="same box"),
    ],
)
def test_levels_of_comparison(a: str, b: str, level: str) -> None:
    assert compare_addresses(parse_address(a), parse_address(b)).level == level
    assert compare_addresses(parse_address(b), parse_address(a)).level == level


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read_and_compared_both_ways_alike(a: str, b: str) -> None:
    left, right = parse_address(a), parse_address(b)
    assert compare_addresses(left, right).level == compare_addresses(right, left).level
