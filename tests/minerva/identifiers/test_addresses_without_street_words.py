"""Addresses of English-speaking countries whose street has no type, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.postal_address import PostalAddress
from tests.minerva.identifiers.addresses import found_in, marked, share_key

WHOLE = [
    ("GB", "[12 Micklegate, York YO1 6JH]", "12 micklegate yo1 6jh"),
    ("GB", "come to [47 Fishergate, York, YO10 4AB].", "47 fishergate yo10 4ab"),
    ("GB", "[Flat 2, 14 High Holborn, London WC1V 6BX]", "14 high holborn apt 2 wc1v 6bx"),
    ("GB", "[12 Micklegate\nYork\nYO1 6JH]", "12 micklegate yo1 6jh"),
    ("GB", "[12 The Shambles, Stoke on Trent ST1 4AB]", "12 the shambles st1 4ab"),
    ("GB", "Studio: [221 St. Aldates, Oxford OX1 1DB]", "221 saint aldates ox1 1db"),
    ("IE", "[14 Temple Bar, Dublin 2, D02 XY45]", "14 temple bar d02 xy45"),
    ("US", "at [1 Infinite Loop, Cupertino, CA 95014]", "1 infinite loop 95014"),
    ("US", "[12345 El Camino Real, Palo Alto CA 94301]", "12345 el camino real 94301"),
    ("AU", "[12 Esplanade, Cairns QLD 4870]", "12 esplanade 4870"),
    ("AU", "[4/12 Esplanade, Cairns QLD 4870]", "12 esplanade unit 4 4870"),
    ("CA", "[12 Promenade, Toronto, ON M5V 2T6]", "12 promenade m5v 2t6"),
]
NONE = [
    "2 Bed Flat, Leeds LS1 4AB",
    "3 Bedrooms, Leeds LS1 4AB",
    "3 Bedroom Semi, Leeds LS1 4AB",
    "1 Double Room, Leeds LS1 4AB",
    "5 Star Spa, Leeds LS1 4AB",
    "24 Hours, London SW1A 2AA",
    "10 Minutes Walk, London SW1A 2AA",
    "10 Minutes, London SW1A 2AA",
    "2 Girls, London SW1A 2AA",
    "90 Min Massage, London SW1A 2AA",
    "iPhone 12 Pro, London SW1A 2AA",
    "4 Kitchen Chairs, Leeds LS1 4AB",
    "BMW 3 Limousine, London SW1A 2AA",
    "2024 World Tour, London SE10 0DX",
    "Room 3 Vacancy, London SE10 0DX",
    "3rd Floor, London SE10 0DX",
    "12 January, London SE10 0DX",
    "Friday 12 March, Dallas, TX 75201",
    "Windows 11 Home, Austin, TX 78701",
    "PlayStation 5 Slim, Austin, TX 78701",
    "Leeds 2 Arsenal, Emirates N7 7AJ",
    "Genesis 3 Adam, London SW1A 2AA",
    "£12 Haircut, York YO1 6JH",
    "12 Months Warranty, York YO1 6JH",
    "50 Inch TV, York YO1 6JH",
    "3 Piece Suite, York YO1 6JH",
    "5 Door Hatchback, York YO1 6JH",
    "12 Volt Battery, Cairns QLD 4870",
    "7 Day Retreat, Cairns QLD 4870",
    "4 Puppies, Cairns QLD 4870",
    "2 Pro Drivers, Toronto, ON M5V 2T6",
    "25 Years Experience, Toronto, ON M5V 2T6",
    "12 Micklegate, York",
    "12 Micklegate, York YO1",
    "1 Infinite Loop, Cupertino",
    "14 Temple Bar, Dublin",
    "12 Esplanade, Cairns 4870",
]
SAME = [
    ("12 Micklegate, York YO1 6JH", "12, Micklegate,\nYork\nYO16JH", "GB"),
    ("Flat 2, 14 High Holborn, London WC1V 6BX", "14 High Holborn, Flat 2, London WC1V6BX", "GB"),
    ("1 Infinite Loop, Cupertino, CA 95014", "1 Infinite Loop\nCupertino, California 95014", "US"),
]


@pytest.mark.parametrize(("region", "text", "key"), WHOLE, ids=[text for _, text, _ in WHOLE])
def test_an_address_told_fully_needs_no_street_word(region: str, text: str, key: str) -> None:
    whole, raw = marked(text)
    (found,) = extract(whole, kinds=["address"], region=region)
    assert (found.raw, found.value) == (raw, key)
    assert found.confidence <= 0.7
    assert PostalAddress.normalize(key) == key


@pytest.mark.parametrize("text", NONE)
def test_what_is_counted_or_not_told_fully_is_no_address(text: str) -> None:
    for region in (None, "GB", "US", "IE", "AU"):
        assert found_in(text, region) == []


@pytest.mark.parametrize(("first", "second", "region"), SAME, ids=[first for first, _, _ in SAME])
def test_two_ways_of_writing_one_place_have_one_key(first: str, second: str, region: str) -> None:
    assert share_key(first, second, region)


@pytest.mark.full
@pytest.mark.parametrize("piece", ["12 Aa Bb, Cc ", "5 Aa of the Bb ", "7 Aa,\n"])
def test_a_long_text_of_parts_is_read_in_time(piece: str) -> None:
    extract(piece * (200_000 // len(piece)), kinds=["address"], region="GB")
