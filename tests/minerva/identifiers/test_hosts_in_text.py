"""Web addresses and hosts in running text, and postcodes beside their city."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

HOSTS = {
    "meow://jen-salon.example": ["jen-salon.example"],
    "jensalon.co.in": ["jensalon.co.in"],
    "Hello.World": [],
    "this.state.name": [],
    "item.name": [],
    "file:///jen.example": [],
    "site punto example punto com": ["site.example.com"],
    "jen77 chiocciola site punto example punto com": [],
    "jen77 chiocciola site punto com e altro punto com": ["altro.com"],
    "jen_77 @ mail . example": [],
    "jen@mail.example,site.example": ["site.example"],
    "jen[at]mail[dot]example or site[dot]example": ["site.example"],
}
ADDRESSES = {
    "网站https://jen-salon.example/x。谢谢": ["https://jen-salon.example/x"],
    "https://site.example/x,https://site.example/y": ["https://site.example/x"],
}
POSTCODES = [
    ("Dallas, Texas 75201", None, ["US/75201"]),
    ("D-10115 Berlin", None, ["DE/10115"]),
    ("10115 Berlin", "DE", ["DE/10115"]),
    ("10115 Berlin", "US", []),
    ("1012 AB Amsterdam", "NL", ["NL/1012 AB"]),
    ("〒100-0001", None, ["JP/100-0001"]),
    ("Sydney NSW 2000", None, ["AU/2000"]),
    ("código postal 28013", "ES", ["ES/28013"]),
    ("12345 Items", None, []),
]


@pytest.mark.parametrize(("text", "values"), HOSTS.items(), ids=str)
def test_a_host_in_text(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["domain"])] == values


@pytest.mark.parametrize(("text", "values"), ADDRESSES.items(), ids=str)
def test_a_web_address_ends_where_the_sentence_goes_on(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["url"])] == values


@pytest.mark.parametrize(("text", "region", "values"), POSTCODES, ids=lambda value: str(value))
def test_a_postcode_is_told_by_its_city_state_or_sign(text: str, region: str | None, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["postcode"], region=region)] == values
