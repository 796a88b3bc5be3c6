"""Normal form: dates keep their precision, countries become codes, and what may be read in two ways stays as it is."""

from __future__ import annotations

import pytest

from minerva.intake.mapping.language import UNKNOWN, language_of
from minerva.intake.mapping.normal_form import (
    Value,
    currency_of,
    normal_amount,
    normal_attributes,
    normal_date,
    normal_number,
    normal_place,
)
from minerva.intake.mapping.point import point_of
from minerva.places.countries import country_code, region_code


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2026-12-01", (), "2026-12-01"),
        ("2026-12", (), "2026-12"),
        ("1985", (), "1985"),
        ("2026-12-01T00:00:00.000", (), "2026-12-01"),
        ("2026-12-01T08:30:00+01:00", (), "2026-12-01T07:30:00Z"),
        ("20261201", (), "2026-12-01"),
        ("20261301", (), "20261301"),
        ("1 Dec 2026", (), "2026-12-01"),
        ("December 1, 2026", (), "2026-12-01"),
        ("31-Feb-2026", (), "31-Feb-2026"),
        ("03/04/2026", (), "03/04/2026"),
        ("03/04/2026", ("%m/%d/%Y",), "2026-03-04"),
        ("03/04/2026", ("%d/%m/%Y",), "2026-04-03"),
        ("04/2026", ("%m/%Y",), "2026-04"),
        ("09/Jan/2026 - 00:00", ("%d/%b/%Y - %H:%M",), "2026-01-09"),
        ("09/Jan/2026 - 13:05", ("%d/%b/%Y - %H:%M",), "2026-01-09T13:05:00"),
        ("1764547200000", ("epoch_ms",), "2025-12-01"),
        ("unknown", ("%m/%d/%Y",), "unknown"),
        ("", (), ""),
    ],
)
def test_dates_are_written_as_precisely_as_stated(text: str, formats: tuple[str, ...], expected: str) -> None:
    assert normal_date(text, formats) == expected
    assert normal_date(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected", "currency"),
    [
        ("$1,200.50", "1200.50", ""),
        ("1.200,50 €", "1200.50", "EUR"),
        ("GBP 1,200", "1200", "GBP"),
        ("1 200 000", "1200000", ""),
        ("1,234,567.89", "1234567.89", ""),
        ("-15", "-15", ""),
        ("about 100", "about 100", ""),
        ("100-200", "100-200", ""),
    ],
)
def test_amounts_lose_separators_and_give_their_currency(text: str, expected: str, currency: str) -> None:
    assert normal_amount(text) == expected
    assert currency_of(text) == currency


@pytest.mark.parametrize(("text", "expected"), [("1,234", "1,234"), ("1,234,567", "1234567"), ("12.5", "12.5")])
def test_a_number_that_may_be_read_in_two_ways_stays(text: str, expected: str) -> None:
    assert normal_number(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Côte d'Ivoire", "CI"),
        ("usa", "US"),
        ("GBR", "GB"),
        ("Iran, Islamic Republic of", "IR"),
        ("Congo", ""),
        ("", ""),
    ],
)
def test_countries_are_known_by_all_their_names(text: str, code: str) -> None:
    assert country_code(text) == code


def test_regions_become_codes_where_addresses_write_codes() -> None:
    there, elsewhere = {"country": "United States", "region": "illinois"}, {"country": "DE", "region": "Bayern"}
    normal_place(there, "")
    normal_place(elsewhere, "US")
    assert there == {"country": "US", "region": "IL"}
    assert elsewhere == {"country": "DE", "region": "Bayern"}
    assert region_code("Bayern", "DE") == "BY"


def test_attributes_follow_the_types_of_their_kind() -> None:
    types = {"capital": "amount", "currency": "text", "dissolved": "date", "nationality": "country"}
    given: dict[str, Value] = {
        "capital": "€ 25.000",
        "dissolved": "1/2/2026",
        "nationality": ["Germany", "Freedonia"],
        "x_own": "1,5",
    }
    assert normal_attributes(given, types, {"dissolved": ["%d/%m/%Y"]}) == {
        "capital": "25000", "currency": "EUR", "dissolved": "2026-02-01", "nationality": ["DE", "Freedonia"],
        "x_own": "1,5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"at": "POINT (-87.63 41.88)"}, ("41.88", "-87.63")),
        ({"at": "(41.88, -87.63)"}, ("41.88", "-87.63")),
        ({"at.coordinates": [-87.63, 41.88]}, ("41.88", "-87.63")),
        ({"at.latitude": "41.88", "at.longitude": "-87.63"}, ("41.88", "-87.63")),
        ({"at": "POINT (200 95)"}, ("", "")),
        ({"at": "0, 0"}, ("", "")),
        ({"at": "Main Street"}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_points_are_read_in_the_notations_of_registers(values: dict[str, object], expected: tuple[str, str]) -> None:
    assert point_of(values, "at") == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("New in town and friendly, call me for an appointment any day of the week", "en"),
        ("Nueva en la ciudad, llámame cariño, masajes relajantes todos los días", "es"),
        ("Ich bin neu in der Stadt, ruf mich bitte am Abend an", "de"),
        ("ok 24/7", UNKNOWN),
        ("555 0100 555 0101 555 0102 555 0103", UNKNOWN),
    ],
)
def test_a_language_is_named_only_when_it_is_sure_and_always_the_same(text: str, language: str) -> None:
    assert {language_of(text) for _ in range(5)} == {language}
