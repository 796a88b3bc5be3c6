"""Numbers of which only the last digits are written behind a slash, and what stands behind one and is none."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Phones


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        ("Bookings 0121 496 0241/0249. Closed Mondays.", "GB", ["+441214960241", "+441214960249"]),
        ("0121 496 0241/0249/0251", "GB", ["+441214960241", "+441214960249", "+441214960251"]),
        ("tel 0121 496 0241 / 0249", "GB", ["+441214960241", "+441214960249"]),
        ("call 415-555-0132/0134", "US", ["+14155550132", "+14155550134"]),
        ("020 7946 0018/0018", "GB", ["+442079460018"]),
        ("415-555-0132/24hrs", "US", ["+14155550132"]),
        ("0121 496 0241/2", "GB", ["+441214960241"]),
        ("415-555-0132/2025-11", "US", ["+14155550132"]),
        ("415-555-0132/012", "US", ["+14155550132"]),
        ("415-5550-132/134", "US", ["+14155550132", "+14155550134"]),
    ],
    ids=[
        "glued",
        "two more",
        "blanks",
        "dashes",
        "the same",
        "hours",
        "one digit",
        "a month",
        "another size",
        "three digits at the end",
    ],
)
def test_last_digits_behind_a_slash_are_another_number(
    text: str, region: str, numbers: list[str], phones: Phones
) -> None:
    found = phones(text, region)
    assert [item.value for item in found] == numbers
    assert {item.method for item in found[1:]} <= {"split"}
    assert all(text[item.start : item.end] == item.raw for item in found)
