"""E-mail addresses whose names of signs and providers are written with letters doubled or with one wrong."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "a letter thrice": ("la mia email: larchbay chioccciola outlook dot com", "larchbay@outlook.com"),
    "the last letter twice": ("larchbay sobakaa gmail tochka com", "larchbay@gmail.com"),
    "in Cyrillic": ("почта larchbay собакаа gmail точка com", "larchbay@gmail.com"),
    "any host behind a label": ("mail: larchbay chioccciola example punto com", "larchbay@example.com"),
    "all dots": ("e-mail larch pontoo bay pontoo 7 arrobaa gmail pontoo com", "larch.bay.7@gmail.com"),
    "a dot alone": ("larch puntoo bay arroba gmail puntoo com", "larch.bay@gmail.com"),
    "a provider in two words": ("larchbay7 arrroba i cloud punto com", "larchbay7@icloud.com"),
    "a short name of the sign": ("larchbay att hotmail dot com", "larchbay@hotmail.com"),
    "a provider too": ("larchbay12 att hottmail d o t c o m", "larchbay12@hotmail.com"),
    "in brackets": ("larchbay(arroba)gmail(puntto)com", "larchbay@gmail.com"),
    "a letter missing": ("larchbay chioccola gmail punto com", "larchbay@gmail.com"),
    "a letter wrong": ("larchbay arrobe gmail punto com", "larchbay@gmail.com"),
    "two letters swapped": ("larchbay arorba gmail punto com", "larchbay@gmail.com"),
    "a case of the word": ("larchbay собаке gmail точка com", "larchbay@gmail.com"),
}
NONE = {
    "a name": "Barroba wrote about gmail dot com scams",
    "a drawn out word": "sooo happy with my gmail account",
    "a word before a provider": "the aroma outlook is good",
    "a usual word": "owners assign gmail dot com accounts",
    "a firm": "AT&T att gmail dot com",
    "a dot drawn out": "puntoo gmail com",
    "a word behind a provider": "sooo att gmail it is",
    "clouds": "the cloud, att last, is gone",
    "a sign alone": "what is a chioccciola in gmail dot com",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5", "\U0001f43e {}!"], ids=["alone", "lines", "a picture"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    whole = around.format(text)
    (found,) = mails(whole)
    assert found.value == address
    assert whole[found.start : found.end] == found.raw
    assert found.raw.startswith(address[:5])
    assert found.raw.endswith(("com", "o m"))


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
